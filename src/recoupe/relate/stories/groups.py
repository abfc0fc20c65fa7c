"""Which articles are of one group, kept up to date as articles come and go.

Grouping is average linkage over all articles. An arrival can change only groups that it, or a group it comes to be
in, is likely to be joined with. So these are grouped anew, alone; then every group on the way that was not there
before, or stood alone for longer, is held against all other articles. Where one of these is as near as groups must be
to be joined, its group is taken in too, and the grouping made again. Where none is, the outcome is that of grouping
all articles: no joining could have gone another way.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from .cluster import Linked, Node, linked, number_of
from .likeness import Near, likenesses
from .summary import Summary

# Mean likeness from which groups are one story. On the developers' half of the dispatches pairs F1 is .88 to .90
# between .024 and .033; below .021 the two stories of the fullest day run together (.70).
LEAST = 0.028


class Filed(Protocol):
    """The articles filed so far, by whatever keeps them. A group goes by its first article."""

    def summaries(self, docs: Iterable[str]) -> dict[str, Summary]:
        """The summaries of some articles."""
        ...

    def near(self, listed: Sequence[Summary]) -> dict[str, Near]:
        """The likeness of each of some articles to every other that is filed; nothing for the rest."""
        ...

    def group_of(self, docs: Iterable[str]) -> dict[str, str]:
        """The groups that some articles are in; of those that are in none, nothing."""
        ...

    def members(self, groups: Iterable[str]) -> dict[str, list[str]]:
        """The articles of some groups."""
        ...


def regrouped(filed: Filed, fresh: Iterable[str], loosened: Iterable[str]) -> tuple[dict[str, list[str]], set[str]]:
    """The groups that come of some articles, and the groups that they replace.

    `fresh` are filed articles that are in no group yet, `loosened` the groups from which articles were taken.
    """
    work = _Work(filed, sorted(set(fresh)), frozenset(loosened))
    taken = set(loosened) | work.beside(work.fresh)
    while True:
        found = work.grouped(taken)
        further = work.outside(found, taken)
        if not further:
            break
        taken |= further
    return {_first(group, work): sorted(group.members) for group in found.groups}, taken


def _first(group: Node, work: "_Work") -> str:
    return min(group.members, key=lambda doc: work.known[doc].order)


class _Work:
    """One run, with what has been looked up."""

    def __init__(self, filed: Filed, fresh: list[str], loosened: frozenset[str]) -> None:
        self.filed, self.fresh, self.loosened = filed, fresh, loosened
        self.known: dict[str, Summary] = filed.summaries(fresh)
        self.home: dict[str, str] = {}
        self.inside: dict[str, list[str]] = {}
        self._near: dict[str, Near] = {}
        self._heights: dict[str, dict[int, float]] = {}
        self._inner: dict[str, Near] = {}

    def near(self, docs: Iterable[str]) -> dict[str, Near]:
        self._near |= self.filed.near([self.known[doc] for doc in docs if doc not in self._near])
        return self._near

    def _homes(self, docs: Iterable[str]) -> set[str]:
        missing = [doc for doc in docs if doc not in self.home]
        self.home |= self.filed.group_of(missing)
        return {self.home[doc] for doc in docs if doc in self.home}

    def beside(self, docs: Iterable[str]) -> set[str]:
        """The groups with an article that is near enough to one of these to be joined with it."""
        docs = set(docs)
        near = self.near(docs)
        return self._homes({other for doc in docs for other, value in near[doc].items() if value >= LEAST})

    def grouped(self, taken: set[str]) -> Linked:
        """The articles of some groups and the fresh ones, grouped by themselves."""
        missing = [group for group in taken if group not in self.inside]
        self.inside |= self.filed.members(missing)
        docs = {doc for group in taken for doc in self.inside.get(group, ())} | set(self.fresh)
        self.known |= self.filed.summaries(docs - self.known.keys())
        self._inner = likenesses([self.known[doc] for doc in docs])
        return self._linked(docs)

    def _linked(self, docs: Iterable[str]) -> Linked:
        listed = [self.known[doc] for doc in docs]
        return linked(
            {one.doc: one.number for one in listed}, {one.doc: one.order for one in listed}, self._inner, LEAST
        )

    def outside(self, found: Linked, taken: set[str]) -> set[str]:
        """The groups not taken in with an article that some new or longer-lived node might be joined with."""
        before = self._before(found, taken)
        inside = {doc for group in found.groups for doc in group.members}
        wanted: set[int] = {id(node) for node in found.nodes if node.height < before.get(node.number, float("inf"))}
        totals: dict[int, dict[str, float]] = {}
        needed = set(wanted)
        for node in reversed(found.nodes):
            if id(node) in needed and node.parts:
                needed |= {id(part) for part in node.parts}
        near = self.near(node.members[0] for node in found.nodes if node.parts is None and id(node) in needed)
        far: set[str] = set()
        for node in found.nodes:
            if id(node) not in needed:
                continue
            if node.parts is None:
                (doc,) = node.members
                total = {other: value for other, value in near[doc].items() if other not in inside}
            else:
                one, other = sorted((totals.pop(id(part)) for part in node.parts), key=len)
                total = other
                for doc, value in one.items():
                    total[doc] = total.get(doc, 0.0) + value
            totals[id(node)] = total
            if id(node) in wanted:
                least = LEAST * len(node.members)
                far |= {doc for doc, value in total.items() if value >= least}
        return self._homes(far) - taken

    def _before(self, found: Linked, taken: set[str]) -> Mapping[int, float]:
        """The nodes that the groups were made of before, and the likeness at which each was joined to another. Of one
        that has lost articles nothing is known."""
        made = {node.number: node for node in found.nodes}
        before: dict[int, float] = {}
        for group in taken - self.loosened:
            if group not in self._heights:
                number = number_of(self.known[doc].number for doc in self.inside[group])
                # What came together as a whole did so as it would alone: nothing else had a part in it.
                whole = [made[number]] if number in made else self._linked(self.inside[group]).groups
                self._heights[group] = {node.number: node.height for node in _below(whole)} | {number: 0.0}
            before |= self._heights[group]
        return before


def _below(nodes: Iterable[Node]) -> Iterator[Node]:
    """Some nodes, and all that they were joined from."""
    waiting = [*nodes]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.parts or ()
