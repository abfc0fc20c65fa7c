"""Decisions of people as relate applies them: what is one, what is not, and two of one name."""

from collections.abc import Iterator, Mapping, Sequence

from ...model.article import digest
from ...model.decisions import Decision, Side
from .gathered import Gathered


class Settled:
    """Compiled decisions, the later one holding where two say other things of one pair."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self.decisions = tuple(decisions)
        self._moved = {(doc, d.a.key): _split_key(d) for d in decisions if d.kind == "apart" for doc in d.docs}
        self._apart: dict[tuple[str, str], str] = {}

    def key(self, doc: str, slug: str) -> str:
        """The key of an article's slug: another where a person holds that it is someone else there."""
        return self._moved.get((doc, slug), slug) if self._moved else slug

    def bind(self, gathered: Mapping[str, Gathered]) -> tuple[list[tuple[str, str, str]], list[Decision]]:
        """Finds the sides again. Gives what is one (key, key, decision), and the decisions whose sides are gone.

        What is apart is asked by `apart` afterwards.
        """
        verdicts: dict[tuple[str, str], Decision] = {}
        orphans: list[Decision] = []
        for decision in self.decisions:
            sides = _sides(decision, gathered)
            if sides is None:
                orphans.append(decision)
            else:
                verdicts[sides] = decision
        self._apart = {sides: d.id for sides, d in verdicts.items() if d.kind == "apart"}
        return [(*sides, d.id) for sides, d in verdicts.items() if d.kind == "same"], orphans

    def apart(self, one: Sequence[str], two: Sequence[str]) -> bool:
        """Whether people hold some key of one group to be another than some key of the other."""
        return bool(self._apart) and any((min(a, b), max(a, b)) in self._apart for a in one for b in two)

    def shaping(self, group: Sequence[str]) -> Iterator[str]:
        """The decisions by which a group is apart from what it would else be one with."""
        members = set(group)
        for sides, decision in self._apart.items():
            if members & set(sides):
                yield decision


def _split_key(decision: Decision) -> str:
    return f"{decision.a.key}~{digest(*sorted(decision.docs))[:6]}"


def _sides(decision: Decision, gathered: Mapping[str, Gathered]) -> tuple[str, str] | None:
    a = _split_key(decision) if decision.docs else _found(decision.a, gathered)
    b = _found(decision.b, gathered)
    if a is None or b is None or a == b or a not in gathered:
        return None
    return min(a, b), max(a, b)


def _found(side: Side, gathered: Mapping[str, Gathered]) -> str | None:
    """The key of a side: its own, else that of the only thing of its type spelt so."""
    if side.key in gathered:
        return side.key
    kind = side.key.partition("/")[0].upper()
    spelt = [key for key, item in gathered.items() if item.type == kind and side.form in item.forms]
    return spelt[0] if len(spelt) == 1 else None
