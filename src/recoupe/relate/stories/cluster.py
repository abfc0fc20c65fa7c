"""Articles to groups by average linkage over sparse likenesses: the same groups whatever the order."""

import functools
import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from .profile import WORDS, Feature, Vector

# Likeness falls to 1/e in so many days between publications; beyond REACH days articles are not compared at all.
FADE, REACH = 2.5, 20
# Where a day of publication is not known, likeness counts half.
UNDATED = 0.5
# Between two long articles one feature in common (a country, a kind of event) counts for little.
SHARED, ALONE, LONGER = 2, 0.3, 6
# A feature that more articles than this have (all outlets name the president) finds no candidates of its own.
COMMON = 400
Pair = tuple[int, int]
# The first and last day that an article's publication date may mean; None where it has none.
Days = tuple[int, int] | None


def likenesses(vectors: Sequence[Vector], days: Sequence[Days]) -> dict[Pair, float]:
    """Cosine of every two articles that share features, less the further apart they were published."""
    index: dict[Feature, list[int]] = defaultdict(list)
    for i, vector in enumerate(vectors):
        for feature in vector:
            index[feature].append(i)
    dots: dict[Pair, float] = defaultdict(float)
    shared: dict[Pair, int] = defaultdict(int)
    for feature, members in sorted(index.items()):
        if len(members) > COMMON:
            continue
        for at, i in enumerate(members):
            for j in members[at + 1 :]:
                if _within(days[i], days[j]):
                    dots[i, j] += vectors[i][feature] * vectors[j][feature]
                    shared[i, j] += 1
    long = [len(vector) >= WORDS + LONGER for vector in vectors]
    return {
        (i, j): dot * _fade(days, (i, j)) * (ALONE if shared[i, j] < SHARED and long[i] and long[j] else 1.0)
        for (i, j), dot in dots.items()
    }


def _apart(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Days between the nearest days of two spans."""
    return max(0, a[0] - b[1], b[0] - a[1])


# Asked for each feature of each pair, of a few hundred days.
@functools.lru_cache(1 << 16)
def _within(a: Days, b: Days) -> bool:
    return a is None or b is None or _apart(a, b) <= REACH


def _fade(days: Sequence[Days], pair: Pair) -> float:
    a, b = days[pair[0]], days[pair[1]]
    if a is None or b is None:
        return UNDATED
    known = a[0] == a[1] and b[0] == b[1]
    return math.exp(-_apart(a, b) / FADE) * (1.0 if known else UNDATED)


def linked(size: int, likeness: Mapping[Pair, float], least: float) -> list[list[int]]:
    """Groups joined while the mean likeness between two of them is `least` or more, the likest first, ties by number.

    Likenesses that are not given count 0. Time: O(p log p) in the number of given pairs.
    """
    groups = {i: [i] for i in range(size)}
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), value in likeness.items():
        near[i][j] = near[j][i] = value
    heap = [(-value, i, j) for (i, j), value in likeness.items() if value >= least]
    heapq.heapify(heap)
    fresh = size
    while heap:
        _, i, j = heapq.heappop(heap)
        if i not in groups or j not in groups:
            continue
        # The joined group gets a number of its own, so that what the heap holds of the two is known to be old.
        groups[fresh] = sorted(groups.pop(i) + groups.pop(j))
        for k, total in _sums((near.pop(i), near.pop(j)), {i, j}):
            near[k].pop(i, None)
            near[k].pop(j, None)
            near[k][fresh] = near[fresh][k] = total
            mean = total / (len(groups[k]) * len(groups[fresh]))
            if mean >= least:
                heapq.heappush(heap, (-mean, k, fresh))
        fresh += 1
    return sorted(groups.values())


def _sums(sides: Iterable[Mapping[int, float]], without: set[int]) -> Iterable[tuple[int, float]]:
    totals: dict[int, float] = defaultdict(float)
    for side in sides:
        for k, value in side.items():
            if k not in without:
                totals[k] += value
    return sorted(totals.items())
