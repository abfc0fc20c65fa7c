"""Look-up of an article's records by where they stand: without it each record would be compared with every other."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from ..model.records import Span

T = TypeVar("T")
# Characters to a shelf: about a paragraph, so that a record stands on one or two and a look-up meets a few records.
WIDTH = 500


class Shelf(Generic[T]):
    """Things by the stretches of text that they cover, given by `spans`."""

    def __init__(self, things: Iterable[T], spans: Callable[[T], Iterable[Span]]) -> None:
        self._things = list(things)
        self._rows: dict[int, dict[int, None]] = {}
        for i, thing in enumerate(self._things):
            for start, end in spans(thing):
                first, last = start // WIDTH, end // WIDTH
                for row in (first,) if first == last else range(first, last + 1):
                    self._rows.setdefault(row, {})[i] = None

    def near(self, span: Span) -> list[T]:
        """What may share a character with a span (the caller still compares), in the order given."""
        first, last = span[0] // WIDTH, span[1] // WIDTH
        if first == last:
            found: Iterable[int] = self._rows.get(first, ())
        else:
            found = sorted({i for row in range(first, last + 1) for i in self._rows.get(row, ())})
        return [self._things[i] for i in found]
