"""Articles to groups by average linkage: the same groups whatever the order, and whatever else is grouped beside."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .likeness import DECIMALS, Near

Order = tuple[str, str]


@dataclass(slots=True)
class Node:
    """A group on its way: its members, the two it was joined from, and the likeness at which it was joined to another
    (0 where it was not)."""

    number: int
    members: list[str]
    parts: "tuple[Node, Node] | None" = None
    height: float = 0.0


@dataclass(slots=True)
class Linked:
    """The groups that came of some articles, and every node on the way."""

    groups: list[Node] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)


def linked(numbers: Mapping[str, int], orders: Mapping[str, Order], near: Mapping[str, Near], least: float) -> Linked:
    """Groups joined while the mean likeness between two of them is `least` or more, the likest first.

    Ties go by the first article of each group. Likenesses that are not given count 0. A group's number is made of its
    members' `numbers`. Time: O(p log p) in the number of likenesses.
    """
    found = Linked()
    alive: dict[str, Node] = {}
    sums: dict[str, dict[str, float]] = {}
    heap: list[tuple[float, Order, Order, int, int]] = []

    def offer(a: str, b: str) -> None:
        mean = round(sums[a][b] / (len(alive[a].members) * len(alive[b].members)), DECIMALS)
        if mean >= least:
            x, y = sorted((a, b), key=lambda doc: orders[doc])
            heapq.heappush(heap, (-mean, orders[x], orders[y], alive[x].number, alive[y].number))

    # A group goes by its first article.
    for doc in sorted(numbers, key=lambda doc: orders[doc]):
        alive[doc] = Node(numbers[doc], [doc])
        found.nodes.append(alive[doc])
        sums[doc] = {other: value for other, value in near.get(doc, {}).items() if other in numbers}
    for a in alive:
        for b in sums[a]:
            if orders[a] < orders[b]:
                offer(a, b)
    while heap:
        mean, (_, a), (_, b), one, other = heapq.heappop(heap)
        if a not in alive or b not in alive or (alive[a].number, alive[b].number) != (one, other):
            continue  # one of the two has been joined to something since
        left, right = alive[a], alive.pop(b)
        left.height = right.height = -mean
        joined = Node(_number(left, right), [*left.members, *right.members], (left, right))
        alive[a] = joined
        found.nodes.append(joined)
        for k, total in _sums(sums.pop(a), sums.pop(b), (a, b)):
            sums[k].pop(b, None)
            sums[k][a] = total
            sums.setdefault(a, {})[k] = total
        sums.setdefault(a, {})
        for k in sums[a]:
            offer(a, k)
    found.groups = [alive[doc] for doc in sorted(alive, key=lambda doc: orders[doc])]
    return found


def _number(a: Node, b: Node) -> int:
    return (a.number + b.number) & ((1 << 64) - 1)


def _sums(one: Near, other: Near, without: Sequence[str]) -> Iterable[tuple[str, float]]:
    totals: dict[str, float] = defaultdict(float)
    for side in (one, other):
        for k, value in side.items():
            if k not in without:
                totals[k] += value
    return totals.items()
