"""Where and when: the place and the time of a trigger, in its clause or at the edge of its sentence."""

from ...model.records import Span, Time
from ..draft import Draft
from ..tree import Node
from .clause import Clause
from .phrases import Names, is_place, phrase
from .words import VERBAL, Lexicon


class Setting:
    """Finds places and times in one article."""

    def __init__(self, draft: Draft, lexicon: Lexicon, names: Names) -> None:
        self.draft, self.lexicon, self.names = draft, lexicon, names
        self.times = draft.layer(Time)
        self.prep = lexicon.words.prepositions

    def place(self, clause: Clause, target: Node | None, frame: str) -> Span | None:
        """The place: a phrase of the clause with a preposition of place, the target where it is one, or what opens
        the sentence."""
        wanted = self.prep.at | (self.prep.to if frame in ("move", "go", "into") else frozenset())
        for prep, node in clause.obliques:
            if prep in wanted and is_place(node, self.lexicon, self.names):
                return phrase(node, self.lexicon, self.names)
        if (
            target is not None
            and frame in ("hit", "throw", "seize", "into", "suffer")
            and is_place(target, self.lexicon, self.names)
        ):
            return phrase(target, self.lexicon, self.names)
        for node in self._above(clause.node):
            if self.lexicon.preposition(node) in self.prep.at and is_place(node, self.lexicon, self.names):
                return phrase(node, self.lexicon, self.names)
        return None

    def _above(self, node: Node) -> list[Node]:
        """The adverbials in front of the verb that a trigger hangs on: they hold for all of its clause."""
        verb: Node | None = node
        while verb is not None and verb.pos not in VERBAL:
            verb = verb.head
        found: list[Node] = []
        while verb is not None:
            found += [c for c in verb.children if c.dep.startswith("obl") and c.i < min(verb.i, node.i)]
            if verb.dep not in ("conj", "xcomp", "advcl") or verb.head is None:
                break
            verb = verb.head
        return found

    def time(self, clause: Clause) -> Span | None:
        """The time: the record nearest to the trigger in its clause, joined with the other end of its range."""
        node = clause.node
        tree = node.tree
        sentence = tree.sentences[node.sentence]
        start, end = sentence[0].start, sentence[-1].end
        inside = [t for t in self.times if start <= t.start and t.end <= end]
        best: tuple[int, Time] | None = None
        for time in inside:
            cost = self._distance(node, time)
            if cost is not None and (best is None or cost < best[0]):
                best = cost, time
        return self._joined(best[1], inside) if best is not None else None

    def _distance(self, node: Node, time: Time) -> int | None:
        """How far a time is from a trigger, in tokens and clause boundaries; None where another clause holds it."""
        first = self.draft.node_at(time.start)
        if first is None:
            return None
        low, high = sorted((node.i, first.i))
        between = node.tree.nodes[low + 1 : high]
        verbs = sum(other.pos == "VERB" and other.dep not in ("amod", "xcomp") for other in between)
        marks = sum(other.lower in (",", ";", ":") for other in between)
        leading = first.i - node.tree.sentences[node.sentence][0].i <= 1 and marks <= 1
        if verbs and not (leading and verbs == 1):
            return None
        return high - low + 5 * marks

    def _joined(self, time: Time, inside: list[Time]) -> Span:
        """A range is one span: its second end follows after a preposition and at most two other words."""
        start, end = time.span
        for other in sorted(inside, key=lambda t: t.start):
            gap = self.draft.text[end : other.start].split() if other.start >= end else None
            if gap is not None and len(gap) <= 1 and all(word in self.prep.range for word in gap):
                end = other.end
        for other in sorted(inside, key=lambda t: -t.start):
            gap = self.draft.text[other.end : start].split() if other.end <= start else None
            if gap is not None and len(gap) <= 1 and all(word in self.prep.range for word in gap):
                start = other.start
        return start, end
