"""What an archive costs a step and an article, and how near its finding of copies comes to the store's own.

Usage: python -m bench.archive SHARED [HOW_MANY [TEXTS]]

HOW_MANY pages (200 unless told) of a WARC file, of six paragraphs each, made of the sentences of SHARED/data/sequoia_ne
with other words (see bench/reuse.py; the seed is fixed), every paragraph new. Milliseconds of processor time each:
all threads, models and first calls before the clock starts: `read` from the compressed file to the table of
what was read, `annotate` in one process with nothing kept, `write` all tables of a bucket, `load` into a store of
SQLite, `relate` there. `near` and `story` are Daft's on those tables, after one run for warmth. `kb_…` are kilobytes on
disk an article. Then, on TEXTS articles (2,000) made as bench/reuse.py makes them, some taken from others: `recall` is
the share of the store's pairs of articles (relate/reuse) that `near` finds, `precision` the share of what it finds that
are the store's too, `recall_store` the share of the pairs of families that the store finds, `recall_near` that near
does; `near_ms` is processor time an article there, `own_ms` that of relate/reuse.
"""

import gzip
import html
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import combinations
from pathlib import Path

from recoupe.archive import near as across
from recoupe.archive import stories as matters
from recoupe.archive.buckets import make_bucket
from recoupe.archive.loading import kept
from recoupe.archive.plan import planned
from recoupe.archive.reading import items_of, read_group
from recoupe.lang import pack
from recoupe.model.article import Article
from recoupe.model.records import Annotated
from recoupe.relate.reading import stems
from recoupe.relate.reuse import leads, lifted
from recoupe.relate.words import RelateWords
from recoupe.run import Failure, annotated, related
from recoupe.run.spread import Daft
from recoupe.store import Store

from .reuse import LANG, Made, Maker, made, page

MANY, TEXTS, LENGTH, WARM = 200, 2_000, 6, 8
NOW = "2024-06-01T00:00:00+00:00"


def warc(maker: Maker, many: int) -> bytes:
    """A compressed web archive of pages."""
    return b"".join(gzip.compress(_record(maker, n), mtime=0) for n in range(many))


def _record(maker: Maker, n: int) -> bytes:
    day = (date(2023, 1, 1) + timedelta(days=n // 8)).isoformat()
    title = html.escape(maker.sentence())
    body = "".join(f"<p>{html.escape(maker.paragraph())}</p>" for _ in range(LENGTH))
    head = f'<title>{title}</title><meta property="article:published_time" content="{day}">'
    text = f'<!DOCTYPE html><html lang="{LANG}"><head>{head}</head><body><h1>{title}</h1>{body}</body></html>'.encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(text)
    lines = (
        "WARC/1.0", "WARC-Type: response", f"WARC-Target-URI: https://news.example/{day}/{n}.html",
        f"WARC-Date: {day}T12:00:00Z", f"WARC-Record-ID: <urn:uuid:{n:032x}>",
        "Content-Type: application/http; msgtype=response", f"Content-Length: {len(answer) + len(text)}", "", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode() + answer + text + b"\r\n\r\n"


def timed(work: Callable[[], object], many: int) -> float:
    """Milliseconds of processor time for each of so many."""
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start) / many


def costs(shared: Path, many: int, daft: Daft) -> Iterator[tuple[str, float]]:
    """The steps, one after the other."""
    with tempfile.TemporaryDirectory() as root:
        folder, source = Path(root) / "archive", Path(root) / "pages.warc.gz"
        maker = Maker(shared / "data/sequoia_ne")
        source.write_bytes(warc(maker, many))
        plan = planned(folder, [source], NOW, many)
        slots = (0, 1 << 16)
        list(annotated(_articles(maker, WARM)))
        yield "read", timed(lambda: read_group(folder, plan, 0), many)
        listed = [item for _, item, _ in items_of(folder, plan, slots) if isinstance(item, Article)]
        found: list[Annotated | Failure] = []
        yield "annotate", timed(lambda: found.extend(annotated(listed)), many)
        yield "words", sum(len(one.text.split()) for one in listed) / len(listed)
        yield "write", timed(lambda: make_bucket(folder, plan, 0, slots, lambda _: iter(found)), many)
        for name, work, table in (("near", across.near, "paragraph"), ("story", matters.stories, "feature")):
            frame = daft.api.read_parquet(str(folder / table / "*" / "*.parquet"))
            work(daft, frame).to_pydict()
            yield name, timed(lambda: work(daft, frame).to_pydict(), many)  # noqa: B023
        store = Store(Path(root) / "store.db", create=True)
        items = [one for one in kept(folder).items if isinstance(one, Annotated)]
        yield "load", timed(lambda: [store.put(one) for one in items], many)
        yield "relate", timed(partial(related, store), many)
        store.close()
        for part in ("read", "order", "article", "paragraph", "feature"):
            yield f"kb_{part}", _size(folder / part) / many
        records = ("block", "time", "name", "figure", "claim", "event")
        yield "kb_records", sum(_size(folder / part) for part in records) / many
        yield "kb_store", (Path(root) / "store.db").stat().st_size / 1000 / many


def _articles(maker: Maker, many: int) -> list[Article]:
    texts = ["\n\n".join(maker.paragraph() for _ in range(LENGTH)) for _ in range(many)]
    return [Article(id=f"warm{n}", text=text, sha256="", lang=LANG) for n, text in enumerate(texts)]


def _size(folder: Path) -> float:
    return sum(one.stat().st_size for one in folder.rglob("*.parquet")) / 1000


def agreement(articles: list[list[Made]], daft: Daft) -> Iterator[tuple[str, float]]:
    """What near finds beside what relate/reuse finds, in pairs of articles."""
    pages = [page(number, paragraphs, len(articles)) for number, paragraphs in enumerate(articles)]
    by_id = {one.id: one for one in pages}
    own: set[tuple[str, str]] = set()

    def search() -> None:
        led = leads(pages)
        for one in pages:
            if one.id in led:
                for record in lifted(one, led[one.id], by_id.__getitem__).records:
                    own.add((min(record.a[0], record.b[0]), max(record.a[0], record.b[0])))

    own_ms = timed(search, len(articles))
    stopped = pack(LANG).words(RelateWords, "relate").stopped
    rows = [
        {
            "doc": one.id,
            "lang": LANG,
            "start": start,
            "end": end,
            "words": " ".join(stems(one.text[start:end], stopped)),
        }
        for one in pages
        for start, end in one.spans
    ]
    frame = daft.api.from_pylist(rows)
    found: set[tuple[str, str]] = set()

    def near() -> None:
        listed = across.near(daft, frame).to_pydict()
        found.update(zip(listed["a_doc"], listed["b_doc"], strict=True))

    near_ms = timed(near, len(articles))
    families: dict[int, set[str]] = {}
    for one, paragraphs in zip(pages, articles, strict=True):
        for paragraph in paragraphs:
            families.setdefault(paragraph.family, set()).add(one.id)
    right = {pair for docs in families.values() if len(docs) <= LARGE for pair in combinations(sorted(docs), 2)}
    yield "recall", len(own & found) / len(own)
    yield "precision", len(own & found) / len(found)
    yield "recall_store", len(own & right) / len(right)
    yield "recall_near", len(found & right) / len(right)
    yield "near_ms", near_ms
    yield "own_ms", own_ms


# Of boilerplate both sides only pair the first ones.
LARGE = 12


def main() -> None:
    """Prints both."""
    shared = Path(sys.argv[1])
    many, texts = (int(sys.argv[n]) if len(sys.argv) > n else default for n, default in ((2, MANY), (3, TEXTS)))
    daft = Daft()
    for name, value in (*costs(shared, many, daft), *agreement(made(shared / "data/sequoia_ne", texts), daft)):
        print(f"{name:14}{value:10.3f}", flush=True)


if __name__ == "__main__":
    main()
