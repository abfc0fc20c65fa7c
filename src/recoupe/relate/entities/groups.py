"""Keys in groups of one entity each, and who cannot be told from whom."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from ...lang.spelling import LOOKALIKE, Comparison
from .gathered import Gathered
from .index import Blocks, judged, keys
from .settled import Settled

# Below this score two spellings are joined only where their articles name the same others (or are left unsure).
SURE = 0.85
# So many other entities in common make two articles speak of one matter.
SHARED = 2
# So many articles of a name are looked at for whom else they name.
LOOKED_AT = 200
Unsure = dict[str, dict[str, str]]


class Grouped(msgspec.Struct, frozen=True):
    """Groups of keys; from a key to those that it cannot be told from, with the reason; from a key to the decisions
    of people that joined it."""

    groups: list[list[str]]
    unsure: Unsure
    decided: dict[str, set[str]]


class Grouping:
    """Joins keys, the surest pairs first; never against a verdict that two names are of two."""

    def __init__(
        self,
        gathered: Mapping[str, Gathered],
        beside: Mapping[str, set[str]],
        settled: Settled,
        same: Sequence[tuple[str, str, str]],
    ) -> None:
        self._gathered, self._beside, self._settled = gathered, beside, settled
        self._groups = {key: [key] for key in gathered}
        self._verdicts: dict[tuple[str, str], Comparison] = {}
        self._around: dict[str, frozenset[str]] = {}
        self._unsure: Unsure = defaultdict(dict)
        self._decided: dict[str, set[str]] = defaultdict(set)
        for a, b, decision in same:
            self._join(a, b)
            self._decided[a].add(decision)
            self._decided[b].add(decision)

    def grouped(self) -> Grouped:
        """All groups."""
        for one, two in self._pairs():
            self._verdicts[one.key, two.key] = judged(one.name, two.name, one.type)
        lone: dict[str, list[str]] = defaultdict(list)
        for (a, b), verdict in sorted(self._verdicts.items(), key=lambda entry: (-entry[1].score, entry[0])):
            self._weigh(a, b, verdict, lone)
        for short, longer in sorted(lone.items()):
            self._own(short, longer)
        distinct = {id(group): group for group in self._groups.values()}
        return Grouped(sorted(distinct.values()), self._unsure, self._decided)

    def _pairs(self) -> list[tuple[Gathered, Gathered]]:
        """The pairs worth comparing: people and bodies that share a key of the index."""
        blocks: Blocks[Gathered] = Blocks()
        for item in sorted(self._gathered.values(), key=lambda item: item.key):
            if item.type in ("PER", "ORG") and item.forms and not item.told:
                blocks.put(keys(item.name, item.type), item)
        pairs = {(one.key, two.key): (one, two) for one, two in blocks.pairs()}
        return [pairs[key] for key in sorted(pairs)]

    def _weigh(self, a: str, b: str, verdict: Comparison, lone: dict[str, list[str]]) -> None:
        """Joins a pair, keeps it as unsure, or sets a lone surname aside until all its owners are known."""
        one, two = self._gathered[a], self._gathered[b]
        if verdict.verdict == "different" or self._groups[a] is self._groups[b] or self._apart(a, b):
            return
        if verdict.why == LOOKALIKE:
            self._unsure[a][b] = self._unsure[b][a] = verdict.why
        elif verdict.verdict == "unsure" and verdict.score > 0.5 and one.full != two.full:
            short, long = (b, a) if one.full else (a, b)
            lone[short].append(long)
        elif verdict.verdict == "same" and (verdict.score >= SURE or self._related(one, two)):
            self._join(a, b)
        elif verdict.verdict == "same" or verdict.score > 0.5:
            self._unsure[a][b] = self._unsure[b][a] = verdict.why

    def _own(self, short: str, longer: Sequence[str]) -> None:
        """A surname alone goes to its one owner; where it has several, it is unsure of each."""
        owners = {self._groups[key][0] for key in longer}
        free = [key for key in longer if self._groups[key] is not self._groups[short] and not self._apart(short, key)]
        related = any(self._related(self._gathered[short], self._gathered[key]) for key in longer)
        if len(owners) == 1 and free and related:
            self._join(short, free[0])
        elif not self._decided.get(short):
            for key in free:
                self._unsure[short][key] = self._unsure[key][short] = "surname_alone"

    def _apart(self, a: str, b: str) -> bool:
        """Whether some name of one group is surely not some name of the other, or people hold it so."""
        one, two = self._groups[a], self._groups[b]
        found = (self._verdicts.get((min(x, y), max(x, y))) for x in one for y in two)
        different = any(verdict is not None and verdict.verdict == "different" for verdict in found)
        return different or self._settled.apart(one, two)

    def _related(self, a: Gathered, b: Gathered) -> bool:
        """Whether their articles name the same others."""
        if not a.docs.isdisjoint(b.docs):
            return False  # one article that writes two ways means two
        return len((self._others(a) & self._others(b)) - {a.key, b.key}) >= SHARED

    def _others(self, item: Gathered) -> frozenset[str]:
        found = self._around.get(item.key)
        if found is None:
            docs = sorted(item.docs)[:LOOKED_AT]
            found = self._around[item.key] = frozenset().union(*(self._beside[doc] for doc in docs))
        return found

    def _join(self, a: str, b: str) -> None:
        if self._groups[a] is not self._groups[b]:
            union = sorted([*self._groups[a], *self._groups[b]])
            for key in union:
                self._groups[key] = union
