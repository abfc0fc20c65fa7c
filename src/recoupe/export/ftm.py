"""People, bodies, places and happenings as FollowTheMoney entities, one JSON object a line, each with the articles that
name it: an `Article` per text, a `Mention` per name and article, `Event`s with their proof."""

import hashlib
import json
from collections.abc import Iterator

from ..model.harmless import address
from ..model.relations import Entity, Happening
from .content import Content

SCHEMAS = {"PER": "Person", "ORG": "Organization", "LOC": "Address"}


def export(content: Content) -> Iterator[bytes]:
    """The articles, then the entities with their mentions, then the happenings."""
    for one in content.articles:
        about = one.article
        told = {
            "title": about.title, "publisher": about.outlet, "sourceUrl": address(about.url),
            "publishedAt": about.published or "", "fileName": about.source.rpartition("/")[2],
        }  # fmt: skip
        yield _line(f"article-{_key(about.id)}", "Article", {name: [value] for name, value in told.items() if value})
    for entity in content.relations.entities:
        yield from _entity(content, entity)
    for happening in content.relations.happenings:
        yield _event(content, happening)


def _key(article: str) -> str:
    """An article's id as a key: whatever a file was called, without spaces and marks."""
    return hashlib.sha1(article.encode(), usedforsecurity=False).hexdigest()


def _line(key: str, schema: str, properties: dict[str, list[str]]) -> bytes:
    found = {"id": key, "schema": schema, "properties": properties}
    return json.dumps(found, ensure_ascii=False).encode() + b"\n"


def _entity(content: Content, entity: Entity) -> Iterator[bytes]:
    schema, forms = SCHEMAS.get(entity.type, "Thing"), [form for form, _ in entity.forms]
    properties = {"name": [entity.label], "alias": [form for form in forms if form != entity.label]}
    docs = list(dict.fromkeys(doc for doc, _ in entity.mentions))
    properties["sourceUrl"] = [url for doc in docs if (url := address(content.by_id[doc].article.url))]
    if entity.place is not None:
        properties |= {"latitude": [str(entity.place.lat)], "longitude": [str(entity.place.lon)]}
        properties |= {"full": [entity.label], "country": [entity.place.country.lower()]}
    yield _line(f"entity-{entity.id}", schema, {name: values for name, values in properties.items() if any(values)})
    for doc in docs:
        names = {content.records[ref].text for ref in entity.mentions if ref[0] == doc and ref in content.records}
        mention = {
            "document": [f"article-{_key(doc)}"], "resolved": [f"entity-{entity.id}"], "name": sorted(names),
            "detectedSchema": [schema],
        }  # fmt: skip
        yield _line(f"mention-{_key(doc)}-{entity.id}", "Mention", mention)


def _event(content: Content, one: Happening) -> bytes:
    where = content.label(one.place)
    kind = content.pack.phrase(f"brief.event.{one.type}")
    properties = {
        "name": [f"{kind}, {where}" if where else kind],
        "startDate": [one.earliest] if one.earliest else [],
        "endDate": [one.latest] if one.latest else [],
        "location": [where] if where else [],
        "involved": [f"entity-{who}" for who in (one.actor, one.target) if who in content.entities],
        "proof": [f"article-{_key(doc)}" for doc in dict.fromkeys(doc for doc, _ in one.mentions)],
        "recordId": [record for _, record in one.mentions],
    }
    return _line(f"event-{one.id}", "Event", {name: values for name, values in properties.items() if values})
