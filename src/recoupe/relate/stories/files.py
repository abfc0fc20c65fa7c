"""Files: groups of articles that are read together, because articles of one tell at length of another's matter, or
both tell of a truce.

In a long war everything hangs together with everything else by some article. So the strongest ties count first, and
no tie joins more than MOST articles into one file: what is read together is bounded, whatever the store holds.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Protocol

from .build import NAMING, TOLD, Host
from .likeness import REACH
from .summary import Summary, Told

# Articles of one file at most, where it is made of several groups.
MOST = 120
# Two groups that tell of a truce name so many of the same.
SAME = 2
Ties = dict[str, dict[str, int]]


class Tied(Protocol):
    """The groups so far, by whatever keeps them."""

    def summaries(self, docs: Iterable[str]) -> dict[str, Summary]: ...

    def group_of(self, docs: Iterable[str]) -> dict[str, str]: ...

    def members(self, groups: Iterable[str]) -> dict[str, list[str]]: ...

    def telling(self, told: Iterable[Told]) -> dict[Told, list[str]]:
        """The articles that tell at all of each kind of event on each day, and of truces in each month."""
        ...

    def ties(self, groups: Iterable[str]) -> Ties:
        """From each group to those that it is tied to, and how strongly."""
        ...

    def sizes(self, groups: Iterable[str]) -> dict[str, int]:
        """How many articles each group has."""
        ...


def months(one: Summary) -> list[Told]:
    """What an article that tells of a truce is filed under: the month of its publication."""
    return [("truce", (one.published or "")[:7])] if one.truces >= TOLD else []


def keys(one: Summary) -> list[Told]:
    """Everything that an article is filed under for others to find what it tells of."""
    return [*one.telling, *months(one)]


def tied(kept: Tied, groups: Iterable[str]) -> Ties:
    """The ties of some groups to all others: how many articles of one are guests of the other, or tell of a truce."""
    work = _Tying(kept)
    found: Ties = {}
    for group in sorted(groups):
        strength: Counter[str] = Counter()
        for other, count in (*work.as_host(group), *work.as_guest(group), *work.by_truce(group)):
            strength[other] += count
        found[group] = dict(strength)
    return found


class _Tying:
    def __init__(self, kept: Tied) -> None:
        self._kept = kept
        self._members: dict[str, list[Summary]] = {}

    def members(self, group: str) -> list[Summary]:
        if group not in self._members:
            docs = self._kept.members([group])[group]
            known = self._kept.summaries(docs)
            self._members[group] = [known[doc] for doc in docs]
        return self._members[group]

    def as_host(self, group: str) -> Iterable[tuple[str, int]]:
        """The groups of which articles are guests of this one."""
        host = Host(self.members(group))
        found = self._kept.telling(host.own) if host.own else {}
        docs = {doc for listed in found.values() for doc in listed} - host.docs
        guests = [doc for doc, one in self._kept.summaries(docs).items() if host.takes(one)]
        return Counter(self._kept.group_of(guests).values()).items()

    def as_guest(self, group: str) -> Iterable[tuple[str, int]]:
        """The groups that have articles of this one as guests."""
        own = self.members(group)
        days = {key for one in own for key in one.telling if key[1] != one.published}
        found = self._kept.telling(days)
        known = self._kept.summaries({doc for listed in found.values() for doc in listed})
        docs = {doc for key, listed in found.items() for doc in listed if known[doc].published == key[1]}
        hosts = set(self._kept.group_of(docs).values()) - {group}
        for other in sorted(hosts):
            host = Host(self.members(other))
            count = sum(host.takes(one) for one in own)
            if count:
                yield other, count

    def by_truce(self, group: str) -> Iterable[tuple[str, int]]:
        """The groups that tell of a truce as this one does, at one time and with the same names."""
        own = self.members(group)
        if not _of_truce(own):
            return
        docs = {doc for listed in self._kept.telling(_around(own)).values() for doc in listed}
        named = _named(own)
        for other in sorted(set(self._kept.group_of(docs).values()) - {group}):
            others = self.members(other)
            if _of_truce(others) and _near(own, others) and len(named & _named(others)) >= SAME:
                yield other, min(len(own), len(others))


def _of_truce(members: Iterable[Summary]) -> bool:
    told = [one.truces >= TOLD for one in members]
    return sum(told) * 2 > len(told)


def _named(members: Iterable[Summary]) -> set[tuple[str, str]]:
    return {feature for one in members for feature in one.features if feature[0] in NAMING}


def _near(one: Iterable[Summary], other: Iterable[Summary]) -> bool:
    return any(not (a.dated and b.dated) or max(0, a.low - b.high, b.low - a.high) <= REACH for a in one for b in other)


def _around(members: Iterable[Summary]) -> list[Told]:
    """The months of some articles, the one before and the one after; articles without a date have one of their own."""
    found = {("truce", "")}
    for one in members:
        year, _, month = (one.published or "")[:7].partition("-")
        if year.isdigit() and month.isdigit():
            number = int(year) * 12 + int(month) - 1
            found |= {("truce", f"{n // 12:04}-{n % 12 + 1:02}") for n in (number - 1, number, number + 1)}
    return sorted(found)


def bundled(kept: Tied, groups: Iterable[str]) -> dict[str, list[str]]:
    """The files of all groups that hang together with some groups, each by its first group."""
    ties: Ties = {}
    waiting = set(groups)
    while waiting:
        found = kept.ties(waiting)
        ties |= {group: found.get(group, {}) for group in waiting}
        waiting = {other for tied in found.values() for other in tied} - ties.keys()
    return _joined(ties, kept.sizes(ties))


def _joined(ties: Ties, sizes: Mapping[str, int]) -> dict[str, list[str]]:
    """Groups joined by the strongest ties first, as long as a file holds MOST articles at most."""
    home = {group: group for group in ties}
    inside = {group: [group] for group in ties}
    count = dict(sizes)
    edges = {(min(a, b), max(a, b), n) for a, listed in ties.items() for b, n in listed.items()}
    for a, b, _ in sorted(edges, key=lambda edge: (-edge[2], edge[0], edge[1])):
        one, other = sorted((home[a], home[b]))
        if one != other and count[one] + count[other] <= MOST:
            count[one] += count.pop(other)
            for group in inside[other]:
                home[group] = one
            inside[one] += inside.pop(other)
    return {group: sorted(members) for group, members in inside.items()}
