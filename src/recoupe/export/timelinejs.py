"""The dated happenings and truces as TimelineJS reads them; an uncertain time is a range, never a made-up instant."""

import html
import json
from collections.abc import Iterator
from datetime import datetime

from ..model.relations import Happening, Truce
from .content import Content

# What an entry shows of an article: the words around the event.
AROUND = 160


def export(content: Content) -> Iterator[bytes]:
    """One timeline: its title, and its events from the earliest on."""
    truces = [truce for truce in content.relations.truces if truce.earliest]
    held = {ref for truce in truces for ref in truce.mentions}
    events = [_truce(content, truce) for truce in truces]
    events += [
        _happening(content, one)
        for one in content.relations.happenings
        if one.earliest and not held.intersection(one.mentions)
    ]
    titles = [story.title for story in content.relations.stories if story.title]
    page = {"title": {"text": {"headline": html.escape(titles[0] if titles else "Recoupe")}}, "events": events}
    yield json.dumps(page, ensure_ascii=False, indent=1).encode()


def _happening(content: Content, one: Happening) -> dict[str, object]:
    doc, record = one.mentions[0]
    event = content.records[doc, record]
    text = content.by_id[doc].article.text
    around = " ".join(text[max(0, event.start - AROUND) : event.end + AROUND].split())
    where = content.label(one.place)
    kind = content.pack.phrase(f"brief.event.{one.type}")
    headline = f"{kind}, {where}" if where else kind
    sources = ", ".join(sorted({content.by_id[one_doc].article.outlet or one_doc for one_doc, _ in one.mentions}))
    return {
        "unique_id": one.id,
        **_dates(one.earliest, one.latest),
        "text": {"headline": html.escape(headline), "text": html.escape(f"… {around} … ({sources})")},
        "group": kind,
    }


def _truce(content: Content, one: Truce) -> dict[str, object]:
    by = ", ".join(content.label(who) for who in one.by)
    stage = content.pack.phrase(f"brief.truce.stage.{one.stage}")
    return {
        "unique_id": one.id,
        **_dates(one.earliest, one.latest),
        "text": {"headline": html.escape(f"{stage} ({by})" if by else stage), "text": html.escape(one.zone)},
    }


def _dates(earliest: str | None, latest: str | None) -> dict[str, object]:
    """The start, and the end where the interval is longer than what it begins with says."""
    assert earliest is not None
    found: dict[str, object] = {"start_date": _date(earliest)}
    if latest and latest != earliest:
        found["end_date"] = _date(latest)
    return found


def _date(instant: str) -> dict[str, int]:
    moment = datetime.fromisoformat(instant)
    date = {"year": moment.year, "month": moment.month, "day": moment.day}
    return {**date, "hour": moment.hour, "minute": moment.minute} if "T" in instant else date
