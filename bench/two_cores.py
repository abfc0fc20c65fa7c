"""How much faster two processes annotate than one, in one run on the same articles.

Usage: python -m bench.two_cores ARTICLES.jsonl …

`ratio` is the real time of `--jobs 1` over that of `--jobs 2` (asked: 1.8). The clocks start when the articles
before have gone through, on which each process loads its models and compiles its patterns, and no parses are kept.
Real time, so that it says something on a quiet machine of two cores only; `cores` is how many this one has.
"""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from bench.throughput import WARM, articles
from recoupe.model.article import Article
from recoupe.run import Failure, annotated, pooled
from recoupe.run.local import batches
from recoupe.run.pool import AHEAD

JOBS = 2


def pace(work: Callable[[Iterable[Article]], Iterator[object]], listed: Sequence[Article], ahead: int) -> float:
    """Seconds of real time for the articles, from when the first of them is asked for, `ahead` batches being out."""
    started = 0.0

    def fed() -> Iterator[Article]:
        nonlocal started
        for _ in range(ahead):
            yield from next(batches(listed))
        started = time.perf_counter()
        yield from listed

    for found in work(fed()):
        if isinstance(found, Failure):
            raise SystemExit(f"{found.article.id}: {found.reason}")
    return time.perf_counter() - started


def score(paths: Sequence[Path]) -> dict[str, float]:
    """The ratio, and how many cores there are."""
    listed = articles(paths)[WARM:]
    one = pace(annotated, listed, 1)
    two = pace(lambda fed: pooled(fed, JOBS), listed, JOBS * (1 + AHEAD))
    return {"ratio": one / two, "cores": float(os.cpu_count() or 1)}


if __name__ == "__main__":
    for name, value in score([Path(argument) for argument in sys.argv[1:]]).items():
        print(f"{name:12}{value:10.2f}")
