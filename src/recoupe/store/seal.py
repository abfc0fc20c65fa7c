"""Digests over what is stored: any later change of a value, offset or source shows."""

import hashlib
from collections.abc import Iterable

import msgspec

from ..model.article import Article
from ..model.records import AnyRecord
from ..model.relations import AnyRelation

_encode = msgspec.json.Encoder(order="deterministic").encode


def encoded(value: AnyRecord | AnyRelation | Article) -> str:
    """A record, relation or article as stored (JSON, fields in a fixed order)."""
    return _encode(value).decode("utf-8", "surrogatepass")


def seal(article: Article, bodies: Iterable[str]) -> str:
    """The digest over an article and all its records as stored, in their order (SHA-256, hexadecimal)."""
    return joined([encoded(article), *bodies])


def joined(parts: Iterable[str]) -> str:
    """SHA-256 over strings, each with its length in front so that no two lists collide."""
    total = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        total.update(len(raw).to_bytes(8, "big"))
        total.update(raw)
    return total.hexdigest()
