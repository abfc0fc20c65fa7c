"""Claims, figures and events as W3C Web Annotations, on the characters of their article: by quotation and position."""

import json
from collections.abc import Iterator, Sequence

from ..model.article import Article
from ..model.harmless import address
from ..model.records import Claim, Event, Figure, Record, Span
from .content import Content

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# So much text before and after a quotation tells it from its repeats.
AROUND = 32


def export(content: Content) -> Iterator[bytes]:
    """One annotation collection with a single page."""
    items = [
        _annotation(content, one.article, record)
        for one in content.articles
        for record in one.records
        if isinstance(record, Claim | Figure | Event)
    ]
    first = {"type": "AnnotationPage", "startIndex": 0, "items": items}
    page = {
        "@context": CONTEXT, "id": "urn:recoupe:annotations", "type": "AnnotationCollection", "total": len(items),
        "first": first,
    }  # fmt: skip
    yield json.dumps(page, ensure_ascii=False, indent=1).encode()


def _annotation(content: Content, article: Article, record: Claim | Figure | Event) -> dict[str, object]:
    spans: Sequence[Span] = (record.span, *record.more) if isinstance(record, Claim) else (record.span,)
    # Offsets are into the text as read, of which the address is only where it came from.
    source = address(article.url) or f"urn:recoupe:article:{article.id}"
    return {
        "id": f"urn:recoupe:record:{record.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": {"type": "TextualBody", "format": "application/json", "value": _told(content, article, record)},
        "target": [{"source": source, "selector": [_quotation(article.text, span), _position(span)]} for span in spans],
    }


def _quotation(text: str, span: Span) -> dict[str, str]:
    start, end = span
    return {
        "type": "TextQuoteSelector", "exact": text[start:end], "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }  # fmt: skip


def _position(span: Span) -> dict[str, object]:
    return {"type": "TextPositionSelector", "start": span[0], "end": span[1]}


def _told(content: Content, article: Article, record: Record) -> str:
    """What is marked there, as JSON."""
    found: dict[str, object] = {"layer": str(record.__struct_config__.tag)}
    if isinstance(record, Claim):
        entity = content.entity(article.id, record.source_entity)
        found |= {"act": record.act, "form": record.form, "polarity": record.polarity, "certainty": record.certainty}
        found |= {"source": content.raw(article.id, record.source), "entity": entity.label if entity else None}
    elif isinstance(record, Figure):
        found |= {"low": record.low, "high": record.high, "measure": record.measure, "counts": list(record.counts)}
    elif isinstance(record, Event):
        found |= {"type": record.type, "status": record.status}
    return json.dumps(found, ensure_ascii=False)
