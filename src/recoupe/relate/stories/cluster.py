"""Articles to groups by average linkage: the same groups whatever the order, and whatever else is grouped beside."""

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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

    groups: list[Node]
    nodes: list[Node]


def linked(numbers: Mapping[str, int], orders: Mapping[str, Order], near: Mapping[str, Near], least: float) -> Linked:
    """Groups joined while the mean likeness between two of them is `least` or more, the likest first.

    Ties go by the first article of each group. Likenesses that are not given count 0. A group's number is made of its
    members' `numbers`. Time: O(p log p) in the number of likenesses.
    """
    # A group goes by the place of its first article in the order.
    listed = sorted(numbers, key=lambda doc: orders[doc])
    place = {doc: at for at, doc in enumerate(listed)}
    nodes = [Node(numbers[doc], [doc]) for doc in listed]
    alive: dict[int, Node] = dict(enumerate(nodes))
    sums = [{place[k]: value for k, value in near.get(doc, {}).items() if k in place} for doc in listed]
    heap = [(-value, a, b, 0) for a, row in enumerate(sums) for b, value in row.items() if a < b and value >= least]
    heapq.heapify(heap)
    # Which joining last changed a group: what was offered before is void.
    changed, now = [0] * len(listed), 0
    below = least - 10**-DECIMALS
    while heap:
        mean, a, b, offered = heapq.heappop(heap)
        if a not in alive or b not in alive or offered < max(changed[a], changed[b]):
            continue  # one of the two has been joined to something since
        left, right = alive[a], alive.pop(b)
        left.height = right.height = -mean
        alive[a] = Node(number_of((left.number, right.number)), [*left.members, *right.members], (left, right))
        nodes.append(alive[a])
        now += 1
        changed[a] = now
        totals, others, size = sums[a], sums[b], len(alive[a].members)
        del totals[b], others[a]
        for k, value in others.items():
            totals[k] = totals.get(k, 0.0) + value
            del sums[k][b]
        for k, total in totals.items():
            sums[k][a] = total
            mean = total / (size * len(alive[k].members))
            # Most are far below, and rounding takes longer than all else here.
            if mean > below and (mean := round(mean, DECIMALS)) >= least:
                heapq.heappush(heap, (-mean, min(a, k), max(a, k), now))
    return Linked([alive[at] for at in sorted(alive)], nodes)


def number_of(numbers: Iterable[int]) -> int:
    """The number of a group, from those of its members or of its parts."""
    return sum(numbers) & ((1 << 64) - 1)
