"""The guide's records, one JSON object a line."""

from collections.abc import Iterator

import msgspec

from ..model.lines import article_lines, relation_lines
from .content import Content

_encode = msgspec.json.Encoder().encode


def export(content: Content) -> Iterator[bytes]:
    """Everything in a store: each line names its article in `doc`; what stands between articles has doc null."""
    for found in content.articles:
        for line in article_lines(found, content.entity_of):
            yield _with_doc(line, found.article.id)
    for line in relation_lines(content.relations):
        yield _with_doc(line, None)
    for review in content.said:
        about = {"record": review.record, "of": review.layer, "verdict": review.verdict, "who": review.who}
        rest = {"at": review.at, "quote": review.quote, "note": review.note, "fields": review.fields}
        told = {"layer": "review", **about, **rest, "status": review.status, "program": review.program}
        yield _with_doc(_encode(told), review.doc or None)


def _with_doc(line: bytes, doc: str | None) -> bytes:
    return b'{"doc":' + _encode(doc) + b"," + line[1:] + b"\n"
