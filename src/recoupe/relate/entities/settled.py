"""Decisions of people as relate applies them: what is one, what is apart, and two of one name."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product

from ...model.article import digest
from ...model.decisions import Decision, Side
from .gathered import Gathered

Pair = tuple[str, str]


class Settled:
    """Compiled decisions, the later one holding where two say other things of one pair."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self.decisions = tuple(decisions)
        self._moved = {
            (doc, side.key): _split_key(decision, side)
            for decision in decisions
            if decision.kind == "apart"
            for doc in decision.docs
            for side in decision.a
        }
        self._apart: dict[Pair, str] = {}
        # The keys that a decision joins and that no article here has: another part of the articles may.
        self.elsewhere: dict[str, list[str]] = {}

    def key(self, doc: str, slug: str) -> str:
        """The key of an article's slug: another where a person holds that it is someone else there."""
        return self._moved.get((doc, slug), slug) if self._moved else slug

    def bind(self, gathered: Mapping[str, Gathered]) -> tuple[list[tuple[str, str, str]], list[Decision]]:
        """Finds the sides again. Gives what is one (key, key, decision), and the decisions of which a side is gone.

        What is apart is asked by `apart` afterwards.
        """
        verdicts: dict[Pair, Decision] = {}
        together: list[tuple[str, str, str]] = []
        orphans: list[Decision] = []
        for decision in self.decisions:
            if decision.kind == "same" and decision.docs and not _bears(decision, gathered):
                continue  # a surname alone, in other articles: perhaps another's
            a = [found for side in decision.a if (found := _found(_moved_side(decision, side), gathered))]
            b = [found for side in decision.b if (found := _found(side, gathered))]
            if not a or not b:
                orphans.append(decision)
            if decision.kind == "same":
                verdicts.update(((key, key), decision) for key in {*a, *b})
                self.elsewhere[decision.id] = self._absent(decision, {*a, *b})
            verdicts.update(((min(x, y), max(x, y)), decision) for x, y in product(a, b) if x != y)
            together += [(x, y, decision.id) for x, y in pairwise(a)]
        self._apart = {pair: decision.id for pair, decision in verdicts.items() if decision.kind == "apart"}
        same = [(*pair, decision.id) for pair, decision in verdicts.items() if decision.kind == "same"]
        return [*same, *(one for one in together if (min(one[:2]), max(one[:2])) not in self._apart)], orphans

    def _absent(self, decision: Decision, here: set[str]) -> list[str]:
        """The keys of a decision that no article here has, where no later decision parts them from those here."""
        keys = {side.key for side in (*decision.a, *decision.b)} - here
        later = self.decisions[self.decisions.index(decision) + 1 :]
        parted = {
            key
            for other in later
            if other.kind == "apart" and not other.docs
            for one, two in ((other.a, other.b), (other.b, other.a))
            if not here.isdisjoint(side.key for side in one)
            for key in (side.key for side in two)
        }
        return sorted(keys - parted)

    def apart(self, one: Sequence[str], two: Sequence[str]) -> bool:
        """Whether people hold some key of one group to be another than some key of the other."""
        return bool(self._apart) and any((min(x, y), max(x, y)) in self._apart for x, y in product(one, two))

    def shaping(self, group: Sequence[str]) -> Iterator[str]:
        """The decisions by which a group is apart from what it would else be one with."""
        members = set(group)
        for pair, decision in self._apart.items():
            if not members.isdisjoint(pair):
                yield decision


def _bears(decision: Decision, gathered: Mapping[str, Gathered]) -> bool:
    """Whether a decision on a surname alone is about these articles."""
    lone = (gathered[side.key] for side in (*decision.a, *decision.b) if side.key in gathered)
    return any(item.lone and not item.docs.isdisjoint(decision.docs) for item in lone)


def _split_key(decision: Decision, side: Side) -> str:
    return f"{side.key}~{digest(*sorted(decision.docs))[:6]}"


def _moved_side(decision: Decision, side: Side) -> Side:
    return Side(key=_split_key(decision, side), form="") if decision.docs and decision.kind == "apart" else side


def _found(side: Side, gathered: Mapping[str, Gathered]) -> str | None:
    """The key of a side: its own, else that of the only thing of its type spelt so."""
    if side.key in gathered:
        return side.key
    kind = side.key.partition("/")[0].upper()
    spelt = [key for key, item in gathered.items() if item.type == kind and side.form in item.forms]
    return spelt[0] if len(spelt) == 1 else None
