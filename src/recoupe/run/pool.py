"""Runs the pure steps in several processes: one that dies or hangs costs nothing but the article that did it."""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError
from multiprocessing import get_context
from typing import TYPE_CHECKING

import msgspec

from ..annotate import Parser
from ..model.article import Article
from ..model.records import Annotated, AnyRecord
from .local import Failure, batched, batches
from .patience import Patience
from .recent import Recent
from .sweeps import seldom

if TYPE_CHECKING:
    from pebble import ProcessFuture, ProcessPool

    from ..store.parses import Parses

Opened = Callable[[], "Parses | Recent | None"]
Batch = list[Article]
# What travels between processes: for each article the layers' rows, or why there are none.
Row = tuple[AnyRecord, ...] | str
_encode = msgspec.msgpack.Encoder().encode
_articles = msgspec.msgpack.Decoder(list[Article]).decode
_rows = msgspec.msgpack.Decoder(list[Row]).decode
# Batches handed out for each process beyond those that it works on, so that none waits.
AHEAD = 1


def row_of(found: Annotated | Failure) -> Row:
    """What of a result travels: its article is known on the other side."""
    return found.reason if isinstance(found, Failure) else found.records


def found_of(article: Article, row: Row) -> Annotated | Failure:
    """The result that a row was made of."""
    return Failure(article, row) if isinstance(row, str) else Annotated(article, row)


def nothing_kept() -> None:
    """No parses are kept."""


def pooled(
    articles: Iterable[Article], jobs: int, opened: Opened = nothing_kept,
    progress: Callable[[int], None] = lambda _: None, patience: Patience = Patience(),  # noqa: B008
) -> Iterator[Annotated | Failure]:  # fmt: skip
    """Every article with its records, in order, or why it has none, from `jobs` processes of a pool of its own."""
    with Pool(jobs, opened, patience) as pool:
        yield from pool(articles, progress)


class Pool:
    """Processes that annotate, kept until the end of a `with` block.

    Each reaches the kept parses through `opened`, which must be picklable. Where a process dies or is over its time,
    each article of its batch is tried once more, alone, and what fails again is a Failure.
    """

    def __init__(self, jobs: int, opened: Opened = nothing_kept, patience: Patience = Patience()) -> None:  # noqa: B008
        from pebble import ProcessPool

        self._jobs, self._patience = jobs, patience
        # Processes of their own from the start: a copy of this one would take its threads' locks and open files along.
        context = get_context("spawn")
        self._pool: ProcessPool = ProcessPool(jobs, initializer=_start, initargs=(opened,), context=context)

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: object) -> None:
        """Also where the caller wants no more, or an error goes up."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def __call__(
        self, articles: Iterable[Article], progress: Callable[[int], None] = lambda _: None
    ) -> Iterator[Annotated | Failure]:
        """Every article with its records, in order, or why it has none."""
        source, waiting = batches(articles), deque[tuple[Batch, "ProcessFuture[bytes]"]]()
        more = True
        while more or waiting:
            while more and len(waiting) < self._jobs * (1 + AHEAD):
                if batch := next(source, None):
                    waiting.append((batch, _sent(self._pool, batch, self._patience)))
                else:
                    more = False
            if waiting:
                batch, future = waiting.popleft()
                yield from _taken(self._pool, batch, future, self._patience)
                progress(len(batch))


def _sent(pool: "ProcessPool", batch: Batch, patience: Patience) -> "ProcessFuture[bytes]":
    return pool.schedule(_work, (_encode(batch),), timeout=patience.of(batch))


def _taken(
    pool: "ProcessPool", batch: Batch, future: "ProcessFuture[bytes]", patience: Patience
) -> Iterator[Annotated | Failure]:
    from pebble import ProcessExpired

    try:
        yield from _told(batch, future)
    except (TimeoutError, ProcessExpired):
        again = [([article], _sent(pool, [article], patience)) for article in batch]
        for one, retried in again:
            try:
                yield from _told(one, retried)
            except TimeoutError:
                yield Failure(one[0], f"TimeoutError: {patience.of(one):.0f} s")
            except ProcessExpired as error:
                yield Failure(one[0], f"ProcessExpired: {error.exitcode}")


def _told(batch: Batch, future: "ProcessFuture[bytes]") -> list[Annotated | Failure]:
    return [found_of(article, row) for article, row in zip(batch, _rows(future.result()), strict=True)]


_parser = Parser()


def _start(opened: Opened) -> None:
    """In the new process: an interrupt is for the one that reads the results."""
    global _parser
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    seldom()
    parses = opened()
    if parses is not None:
        _parser = Parser(parses.load, parses.save)


def _work(rows: bytes) -> bytes:
    """In the new process: a batch of articles as rows, and their records as rows."""
    return _encode([row_of(one) for one in batched(_articles(rows), _parser)])
