"""What happened where, as GeoJSON (RFC 7946): one point a happening that has a place on the map, with its precision."""

import json
from collections.abc import Iterator

from ..model.codes import event_codes
from ..model.relations import Happening
from .content import Content


def export(content: Content) -> Iterator[bytes]:
    """One feature collection."""
    found = [feature for one in content.relations.happenings if (feature := _feature(content, one))]
    yield json.dumps({"type": "FeatureCollection", "features": found}, ensure_ascii=False, indent=1).encode()


def _feature(content: Content, one: Happening) -> dict[str, object] | None:
    place = content.place(one.place)
    events = [event for ref in one.mentions if (event := content.event(ref))]
    if place is None or not events:
        return None
    docs = sorted({doc for doc, _ in one.mentions})
    return {
        "type": "Feature",
        "id": one.id,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {
            "type": one.type,
            "means": one.means,
            "statuses": sorted({event.status for event in events}),
            "place": content.label(one.place),
            "precision": place.precision,
            "actor": content.label(one.actor) or None,
            "target": content.label(one.target) or None,
            "earliest": one.earliest,
            "latest": one.latest,
            "acled": event_codes(events[0]).acled or None,
            "articles": docs,
            "records": [f"{doc}#{record}" for doc, record in one.mentions],
        },
    }
