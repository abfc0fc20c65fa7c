"""How long articles may take."""

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

import msgspec

from ..model.article import Article


class Patience(msgspec.Struct, frozen=True):
    """Seconds that a batch may take: the models load in about 5, a thousand characters take .05 and at worst .1."""

    start: float = 60.0
    per_character: float = 0.002

    def of(self, batch: Sequence[Article]) -> float:
        """The seconds that a batch may take."""
        return self.start + self.per_character * sum(len(article.text) for article in batch)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Ends what takes longer with a TimeoutError, between two steps of Python: what our own rules may do, while the
    models' steps are bounded by the length of a paragraph. In another thread than the first, and on Windows, which have
    no such signal, there is no limit."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: FrameType | None) -> NoReturn:
        raise TimeoutError(f"{seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
