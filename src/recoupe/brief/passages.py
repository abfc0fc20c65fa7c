"""Which passages share words, and how many independent texts some passages stand in."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from ..model.records import Span
from ..model.relations import Origin, Reuse

Passage = tuple[str, Span]
# A shared passage of one article (its beginning and end), and where another has it (the article, beginning, end).
Row = tuple[int, int, str, int, int]


class Passages:
    """The shared passages and origins of some articles, looked up by place."""

    def __init__(self, reuse: Iterable[Reuse], origins: Sequence[Origin]) -> None:
        self._rows: dict[str, list[Row]] = defaultdict(list)
        for one in reuse:
            (a, start, end), (b, first, last) = one.a, one.b
            self._rows[a].append((start, end, b, first, last))
            self._rows[b].append((first, last, a, start, end))
        # Of each article: its rows by their beginning, the beginnings, and the furthest end so far.
        self._sorted: dict[str, tuple[list[Row], list[int], list[int]]] = {}
        self._known: dict[Passage, list[Passage]] = {}
        self._sure, self._unsure = (_by_article(origins, sure) for sure in (True, False))

    def shared(self, doc: str, span: Span) -> list[Passage]:
        """The passages of other articles that a span shares words with."""
        if (doc, span) not in self._known:
            self._known[doc, span] = self._shared(doc, span)
        return self._known[doc, span]

    def _shared(self, doc: str, span: Span) -> list[Passage]:
        if doc not in self._rows:
            return []
        if doc not in self._sorted:
            rows = sorted(self._rows[doc])
            self._sorted[doc] = rows, [row[0] for row in rows], list(accumulate((row[1] for row in rows), max))
        rows, starts, ends = self._sorted[doc]
        low, high = bisect_right(ends, span[0]), bisect_left(starts, span[1])
        return [(other, (first, last)) for _, end, other, first, last in rows[low:high] if span[0] < end]

    def texts(self, passages: Iterable[Passage]) -> tuple[int, bool]:
        """How many independent texts passages stand in, and whether it is known that these are independent.

        Articles of one origin are one text. Where the origin is not sure (the rest of their texts is their own) and
        these very passages are not shared, they still count once, and their independence is not established.
        """
        listed = set(passages)
        spans: dict[str, list[Span]] = defaultdict(list)
        for doc, span in listed:
            spans[doc].append(span)
        if len(spans) < 2:
            return len(spans), True
        groups = _Groups(spans)
        groups.join_by(self._sure)
        group = groups.of
        for doc, span in listed:
            if len(groups.members) == 1:
                break
            for other, there in self.shared(doc, span):
                # Most articles that share words with one share them with each other: who is joined is not looked at.
                if other in group and group[other] != group[doc] and _meets(there, spans[other]):
                    groups.join(doc, other)
        before = len(groups.members)
        groups.join_by(self._unsure)
        return len(groups.members), len(groups.members) == before


class _Groups:
    """Articles that are joined into fewer and fewer groups: the number of each one's, and the members of each."""

    def __init__(self, docs: Iterable[str]) -> None:
        self.of = {doc: n for n, doc in enumerate(docs)}
        self.members = {n: [doc] for doc, n in self.of.items()}

    def join(self, one: str, two: str) -> None:
        """Puts the groups of two articles together."""
        into, gone = self.of[one], self.of[two]
        if into == gone:
            return
        if len(self.members[into]) < len(self.members[gone]):
            into, gone = gone, into
        moved = self.members.pop(gone)
        self.of.update(dict.fromkeys(moved, into))
        self.members[into] += moved

    def join_by(self, origins: Mapping[str, Sequence[int]]) -> None:
        """Puts together what has an origin in common."""
        met: dict[int, str] = {}
        for doc in self.of:
            for origin in origins.get(doc, ()):
                self.join(met.setdefault(origin, doc), doc)


def _meets(span: Span, others: Iterable[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _by_article(origins: Sequence[Origin], sure: bool) -> dict[str, list[int]]:
    """The origins of each article, by their place in the list."""
    found: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(origins):
        if one.sure == sure:
            for doc in one.docs:
                found[doc].append(n)
    return found
