"""How much two articles are about one matter: what they have in common, less the further apart they were published."""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

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
# So many articles are held against others at once.
ROWS = 64
FADED = np.array([*(math.exp(-days / FADE) for days in range(REACH + 1)), 0.0])
Near = dict[str, float]
Matrix = NDArray[np.float64]
Key = TypeVar("Key", bound=Hashable)


class Placed(Protocol):
    """What of an article counts besides its features: its days, and whether it is long."""

    @property
    def low(self) -> int: ...

    @property
    def high(self) -> int: ...

    @property
    def long(self) -> bool: ...


def weighed(a: Sequence[Placed], b: Sequence[Placed], dots: Matrix, shared: NDArray[Any]) -> Matrix:
    """The likeness of every one of some articles to every one of others, of which the products of their vectors and the
    numbers of features that they share are given; 0 for nothing."""
    (low, high, long), (lows, highs, longs) = _places(a), _places(b)
    found = np.where((shared < SHARED) & long & longs.T, dots * ALONE, dots)
    # Days between the nearest days that two dates of publication may mean.
    days = np.clip(np.maximum(low - highs.T, lows.T - high), 0, REACH + 1)
    found *= np.where((low != NO_DAY) & (lows.T != NO_DAY), FADED[days], 1.0)
    exact = ((low != NO_DAY) & (low == high)) & ((lows != NO_DAY) & (lows == highs)).T
    found *= np.where(exact, 1.0, UNDATED)
    found = found.round(DECIMALS)
    return np.where(found >= NOTHING, found, 0.0)


def _places(listed: Sequence[Placed]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """First days, last days and whether they are long, each as a column."""
    days = np.array([(one.low, one.high) for one in listed], np.int64).reshape(-1, 2)
    return days[:, :1], days[:, 1:], np.array([one.long for one in listed], bool).reshape(-1, 1)


class Vectors(NamedTuple):
    """Weights of features in arrays: the row that each is of, the feature's number and the weight, row by row."""

    rows: NDArray[np.int64]
    features: NDArray[np.int64]
    weights: Matrix


def vectors(listed: Sequence[Mapping[Key, float]], numbers: Mapping[Key, int]) -> Vectors:
    """Vectors as rows; features that have no number are left out."""
    found = [
        (row, number, weight)
        for row, vector in enumerate(listed)
        for feature, weight in vector.items()
        if (number := numbers.get(feature)) is not None
    ]
    rows, features, weights = zip(*found, strict=True) if found else ((), (), ())
    return Vectors(np.array(rows, np.int64), np.array(features, np.int64), np.array(weights, np.float64))


def products(a: Vectors, b: Vectors, shape: tuple[int, int]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The products of every two vectors, and how many features they share."""
    order = np.argsort(b.features, kind="stable")
    sorted_by = b.features[order]
    start, end = (np.searchsorted(sorted_by, a.features, side) for side in ("left", "right"))
    counts = end - start
    # Every weight of one meets every weight of the others of its feature.
    mine = np.repeat(np.arange(len(counts)), counts)
    theirs = order[np.arange(len(mine)) + np.repeat(start - np.cumsum(counts) + counts, counts)]
    pairs, size = a.rows[mine] * shape[1] + b.rows[theirs], shape[0] * shape[1]
    dots = np.bincount(pairs, a.weights[mine] * b.weights[theirs], size)
    return dots.reshape(shape), np.bincount(pairs, minlength=size).reshape(shape)


def likenesses(listed: Sequence[Summary]) -> dict[str, Near]:
    """The likeness of every two of some articles, from each to each."""
    found: dict[str, Near] = defaultdict(dict)
    ordered = sorted(listed, key=lambda one: (one.low, one.doc))
    for rows, columns in _blocks(ordered):
        numbers: dict[tuple[str, str], int] = {}
        for one in rows:
            for feature in one.features:
                numbers.setdefault(feature, len(numbers))
        left, right = (vectors([one.vector for one in side], numbers) for side in (rows, columns))
        values = np.triu(weighed(rows, columns, *products(left, right, (len(rows), len(columns)))), 1)
        for i, j in np.argwhere(values).tolist():
            a, b, value = rows[i].doc, columns[j].doc, float(values[i, j])
            found[a][b] = found[b][a] = value
    return found


def _blocks(ordered: Sequence[Summary]) -> Iterator[tuple[Sequence[Summary], Sequence[Summary]]]:
    """Some articles at a time, with those (themselves first) that may be near to them in time."""
    lows = [one.low for one in ordered]
    for start in range(0, len(ordered), ROWS):
        rows = ordered[start : start + ROWS]
        end = len(ordered)
        if all(one.dated for one in rows):
            end = int(np.searchsorted(lows, max(one.high for one in rows) + REACH, "right"))
        yield rows, ordered[start : max(end, start + len(rows))]
