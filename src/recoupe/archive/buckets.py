"""The second step of an archive: the articles of a bucket are chosen, annotated, and written, a table a layer."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from ..model.article import Article
from ..model.records import Annotated
from ..read import HeldBack, Problem, chosen
from ..relate import summary
from ..run import Failure
from .files import Seal, arrow, sealed, write_json, write_table
from .layers import problem, rows, schema
from .plan import Manifest
from .reading import ARTICLE, HELD, PROBLEM, items_of

# Where a row's article could not be annotated, its kind; and in counts all that was refused.
FAILED, REFUSED = "failed", "refused"
Work = Callable[[Iterable[Article]], Iterator[Annotated | Failure]]
Place = tuple[int, int]
_encode = msgspec.msgpack.Encoder().encode


def seal_of(bucket: int) -> str:
    """Where the seal of a bucket is."""
    return f"sealed/{bucket:06}.json"


def make_bucket(folder: Path, manifest: Manifest, bucket: int, slots: tuple[int, int], work: Work) -> None:
    """Annotates the articles of a bucket, if that was not done, and writes every table of it: `order`, which `load`
    reads, has all that was read as it is, the others have a column a field and lie by month of publication."""
    if sealed(folder, seal_of(bucket)) is not None:
        return
    listed = list(_chosen(folder, manifest, slots))
    done = work([item for _, item in listed if isinstance(item, Article)])
    order: list[dict[str, object]] = []
    last: dict[str, Annotated] = {}
    tables: dict[str, list[Mapping[str, object]]] = defaultdict(list)
    counts = {"articles": 0, REFUSED: 0}
    every: list[Annotated] = []
    problems: list[Problem] = []
    for (group, n), item in listed:
        about: dict[str, object] = {"group": group, "n": n, "body": _encode(item), "records": None}
        if isinstance(item, Article):
            found = next(done)
            if isinstance(found, Failure):
                counts[REFUSED] += 1
                order.append({**about, "kind": FAILED, "records": _encode(found.reason)})
                problems.append(_set_aside(found))
            else:
                counts["articles"] += 1
                order.append({**about, "kind": ARTICLE, "records": _encode(found.records)})
                every.append(found)
                last[item.id] = found
        else:
            counts[REFUSED] += not item.repaired
            order.append({**about, "kind": HELD if isinstance(item, HeldBack) else PROBLEM})
            problems.append(item)
    for found in every:
        month = (found.article.published or "unknown")[:7]
        for table, row in rows(found, summary(found) if last[found.article.id] is found else None):
            tables[f"{table}/month={month}/{bucket:06}.parquet"].append(row)
    if problems:
        tables[f"{PROBLEM}/{bucket:06}.parquet"] = [problem(one) for one in problems]
    files = [write_table(folder, f"order/{bucket:06}.parquet", _schema(), order)]
    files += [
        write_table(folder, place, schema(place.partition("/")[0]), listed) for place, listed in sorted(tables.items())
    ]
    write_json(folder / seal_of(bucket), Seal(tuple(files), counts))


def _set_aside(found: Failure) -> Problem:
    """What is said of an article that cannot be annotated."""
    values: dict[str, object] = {"place": found.article.source or found.article.id, "reason": found.reason}
    return Problem(key="cli.cannot_annotate", values=values)


def _chosen(folder: Path, manifest: Manifest, slots: tuple[int, int]) -> Iterator[tuple[Place, Article | Problem]]:
    """What is used of what was read in some slots, with its place in the order of the inputs."""
    at: Place = (0, 0)

    def items() -> Iterator[tuple[Article | Problem, str]]:
        nonlocal at
        for place, item, made in items_of(folder, manifest, slots):
            at = place
            yield item, made

    for item in chosen(items()):
        yield at, item


def _schema() -> object:
    at = arrow()
    return at.schema(
        [
            ("group", at.int64()),
            ("n", at.int64()),
            ("kind", at.string()),
            ("body", at.binary()),
            ("records", at.binary()),
        ]
    )
