"""The first step of an archive: a group of input files becomes one table of articles and of what is wrong."""

from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import merge
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from ..model.article import Article
from ..read import HeldBack, Problem, read_items
from .files import UNDONE, Seal, arrow, rows_of, sealed, write_json, write_table
from .plan import Manifest, slot

# Kinds of rows.
ARTICLE, PROBLEM, HELD = "article", "problem", "held"
# Bytes of what was read that are in memory at once, and those of a row besides its body: an input may have any size.
MOST, ROW = 64_000_000, 500
Row = dict[str, Any]
_encode = msgspec.msgpack.Encoder().encode
_kinds = {ARTICLE: Article, PROBLEM: Problem, HELD: HeldBack}


def seal_of(group: int) -> str:
    """Where the seal of a group is."""
    return f"read/{group:06}.json"


def read_group(folder: Path, manifest: Manifest, group: int) -> None:
    """Reads a group of inputs, if that was not done: its rows, in the order of their slots and then as they came."""
    if sealed(folder, seal_of(group)) is not None:
        return
    inputs = [Path(path) for path, _ in manifest.groups[group].inputs]
    counts = Counter[str]()

    def rows() -> Iterator[Row]:
        for n, (item, made) in enumerate(read_items(inputs, now=manifest.read)):
            counts[kind := _kind(item)] += 1
            yield {"slot": slot(_key(item)), "n": n, "kind": kind, "made": made, "body": _encode(item)}

    file = write_table(folder, f"read/{group:06}.parquet", _schema(), _in_order(folder, rows()))
    write_json(folder / seal_of(group), Seal((file,), {"articles": counts[ARTICLE]}))


def _schema() -> object:
    at = arrow()
    return at.schema(
        [("slot", at.int32()), ("n", at.int64()), ("kind", at.string()), ("made", at.string()), ("body", at.binary())]
    )


def _in_order(folder: Path, rows: Iterable[Row]) -> Iterator[Row]:
    """Rows in the order of their slots. More than are held in memory lie sorted in parts on the disk, to be merged."""
    with TemporaryDirectory(suffix=UNDONE, dir=folder) as beside:
        parts: list[Iterator[Row]] = []
        some: list[Row] = []
        size = 0
        for row in rows:
            some.append(row)
            size += len(row["body"]) + ROW
            if size > MOST:
                some.sort(key=_place)
                part = write_table(Path(beside), f"{len(parts)}.parquet", _schema(), some)
                parts.append(rows_of(Path(beside, part.place)))
                some, size = [], 0
        some.sort(key=_place)
        yield from merge(*parts, some, key=_place)


def _place(row: Row) -> tuple[int, int]:
    return row["slot"], row["n"]


def _kind(item: Article | Problem) -> str:
    return ARTICLE if isinstance(item, Article) else HELD if isinstance(item, HeldBack) else PROBLEM


def _key(item: Article | Problem) -> str:
    """What decides about its slot: whatever is said of an id is in the slot of that id."""
    if isinstance(item, Article):
        return item.id
    return item.doc if isinstance(item, HeldBack) else str(item.values.get("place", ""))


def items_of(
    folder: Path, manifest: Manifest, slots: tuple[int, int]
) -> Iterator[tuple[tuple[int, int], Article | Problem, str]]:
    """What was read in some slots (first, end), in the order of the inputs: its place in that order, what it is, and
    when it was captured or made."""
    where = [("slot", ">=", slots[0]), ("slot", "<", slots[1])]
    for group in range(len(manifest.groups)):
        found = rows_of(folder / f"read/{group:06}.parquet", where)
        for row in sorted(found, key=lambda row: int(row["n"])):
            item = msgspec.msgpack.decode(row["body"], type=_kinds[row["kind"]])
            yield (group, row["n"]), item, row["made"]
