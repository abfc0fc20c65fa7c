"""What an archive holds, in the order in which it was read: for a store to take it as if it had read it itself."""

from collections.abc import Iterator
from heapq import merge
from pathlib import Path
from typing import NamedTuple

import msgspec

from ..model.article import Article
from ..model.records import Annotated, AnyRecord
from ..read import HeldBack, Problem
from ..run import Failure
from .buckets import FAILED
from .files import checked, rows_of
from .making import plan_of, seals_of
from .reading import HELD

_decode = msgspec.msgpack.Decoder(Article).decode
_records = msgspec.msgpack.Decoder(tuple[AnyRecord, ...]).decode
_reason = msgspec.msgpack.Decoder(str).decode
Held = Annotated | Failure | Problem


class Kept(NamedTuple):
    """An archive to be loaded: when it was read (ISO 8601, UTC), and what is in it."""

    read: str
    items: Iterator[Held]


def kept(folder: Path) -> Kept:
    """What an archive holds. Raises ArchiveError where it is not complete, or is damaged: each file's digest is made
    again before the first article comes."""
    plan = plan_of(folder)
    seals = seals_of(folder, plan)
    paths = [checked(folder, one) for found in seals for one in found.files if one.place.startswith("order/")]
    # Each bucket is in the order of the inputs; so they are as one.
    rows = merge(*(rows_of(path) for path in paths), key=lambda row: (row["group"], row["n"]))
    return Kept(plan.read, map(_item, rows))


def _item(row: dict[str, object]) -> Held:
    body, records = bytes(row["body"]), row["records"]  # type: ignore[call-overload]
    if records is None:
        return msgspec.msgpack.decode(body, type=HeldBack if row["kind"] == HELD else Problem)
    if row["kind"] == FAILED:
        return Failure(_decode(body), _reason(bytes(records)))  # type: ignore[call-overload]
    return Annotated(_decode(body), _records(bytes(records)))  # type: ignore[call-overload]
