"""How much two articles are about one matter: what they have in common, less the further apart they were published."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..days import NO_DAY
from .summary import Summary

# Likeness falls to 1/e in so many days between publications; beyond REACH days articles are not compared at all.
FADE, REACH = 2.2, 9
# Where a day of publication is not known, likeness counts half.
UNDATED = 0.5
# Between two long articles one feature in common (a country, a kind of event) counts for little.
SHARED, ALONE = 2, 0.5
# Less than this is nothing: it is what any two reports of one week have in common.
NOTHING = 0.004
# Figures are compared at so many decimals, so that the order of adding up changes nothing.
DECIMALS = 9
# Articles are multiplied so many rows at a time.
ROWS = 256
Near = dict[str, float]


class Placed(Protocol):
    """What of an article counts besides its features: its days, and whether it is long."""

    @property
    def low(self) -> int: ...

    @property
    def high(self) -> int: ...

    @property
    def long(self) -> bool: ...


def apart(a: Placed, b: Placed) -> int:
    """Days between the nearest days that two dates of publication may mean."""
    return max(0, a.low - b.high, b.low - a.high)


def weighed(a: Placed, b: Placed, dot: float, shared: int) -> float:
    """The likeness of two articles with so many features in common and this product of their vectors; 0 for nothing."""
    found = dot * (ALONE if shared < SHARED and a.long and b.long else 1.0)
    if NO_DAY not in (a.low, b.low):
        days = apart(a, b)
        if days > REACH:
            return 0.0
        found *= math.exp(-days / FADE)
    if NO_DAY in (a.low, b.low) or a.low != a.high or b.low != b.high:
        found *= UNDATED
    found = round(found, DECIMALS)
    return found if found >= NOTHING else 0.0


def likenesses(listed: Sequence[Summary]) -> dict[str, Near]:
    """The likeness of every two of some articles, from each to each."""
    found: dict[str, Near] = defaultdict(dict)
    for a, b, dot, shared in _products(sorted(listed, key=lambda one: (one.low, one.doc))):
        value = weighed(a, b, dot, shared)
        if value:
            found[a.doc][b.doc] = found[b.doc][a.doc] = value
    return found


def _products(ordered: Sequence[Summary]) -> Iterator[tuple[Summary, Summary, float, int]]:
    """The pairs that may be near in time, with the product of their vectors and how many features they share."""
    lows = [one.low for one in ordered]
    for start in range(0, len(ordered), ROWS):
        rows = ordered[start : start + ROWS]
        end = len(ordered)
        if all(one.dated for one in rows):
            end = int(np.searchsorted(lows, max(one.high for one in rows) + REACH, "right"))
        columns = ordered[start : max(end, start + len(rows))]
        numbers: dict[tuple[str, str], int] = {}
        for one in rows:
            for feature in one.features:
                numbers.setdefault(feature, len(numbers))
        left, right = _matrix(rows, numbers), _matrix(columns, numbers)
        dots, shared = left @ right.T, (left > 0).astype(np.float64) @ (right > 0).T.astype(np.float64)
        for i, j in np.argwhere(dots >= NOTHING).tolist():
            if j > i:
                yield rows[i], columns[j], float(dots[i, j]), int(shared[i, j])


def _matrix(listed: Sequence[Summary], numbers: dict[tuple[str, str], int]) -> NDArray[np.float64]:
    found = np.zeros((len(listed), len(numbers)))
    for row, one in enumerate(listed):
        for feature, weight in one.vector.items():
            at = numbers.get(feature)
            if at is not None:
                found[row, at] = weight
    return found
