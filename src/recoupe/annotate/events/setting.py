"""Where and when: the place and the time of a trigger, in its clause or at the edge of its sentence."""

from collections.abc import Iterator

from ...model.records import Claim, Span, Time
from ..draft import Draft
from ..tree import Node
from .clause import Clause
from .lexicon import Lexicon
from .phrases import Names, Times, is_place
from .subjects import SUBJECTS
from .telling import when_told
from .whereabouts import Whereabouts
from .words import VERBAL

GOALS = frozenset({"move", "go", "take_in", "invade"})
# Two more tokens of distance for each comma on the way; a time further off than this belongs to something else.
COMMA = 5
# Characters on either side in which a trigger may have its time: three lines of print.
REACH = 300
HIGHEST = 6
MODIFIERS = frozenset({"acl", "acl:relcl", "amod"})
MEETINGS = frozenset({"meet", "go"})


class Setting:
    """Finds places and times in one article."""

    def __init__(self, draft: Draft, lexicon: Lexicon, names: Names, times: Times) -> None:
        self.draft, self.lexicon, self.names = draft, lexicon, names
        self.times = times
        self._by_sentence: dict[tuple[int, int], list[Time]] = {}
        self._nodes: dict[int, Node | None] = {}
        self.prep = lexicon.words.prepositions
        self.whereabouts = Whereabouts(lexicon, names)

    def named(self, clause: Clause, frame: str, taken: tuple[Node | None, ...]) -> Span | None:
        """The nearest phrase of place with a name in it."""
        wanted = self.prep.at | (self.prep.to if frame in GOALS else frozenset())
        found = self.whereabouts.nearest(clause.node, wanted, taken, bodies=frame in MEETINGS)
        return (found.first.start, found.end) if found is not None else None

    def place(self, clause: Clause, frame: str, taken: tuple[Node | None, ...]) -> Node | None:
        """The head of the place: a phrase of the clause with a preposition of place, or one of the verb above;
        `taken` are the arguments that the place must not repeat."""
        wanted = self.prep.at | (self.prep.to if frame in GOALS else frozenset())
        inside = (pair for pair in clause.obliques)
        for prep, node in (*inside, *self._around(clause.node)):
            if prep in self.prep.since and node.i not in clause.direct:
                continue
            receives = prep in self.prep.to and prep not in self.prep.against and self._receives(node)
            if prep in wanted and node not in taken and not receives and self._holds(node, self.lexicon, self.names):
                return node
        return self._headline(clause.node)

    def _receives(self, node: Node) -> bool:
        """Whether a phrase with "to" receives something: "à la Syrie" and "imputer à Israël" are no places."""
        name = self.names.at(node)
        if self.lexicon.addressed(node):
            return True
        return name is not None and self.lexicon.is_country(name.text) and node.find("det") is not None

    def _holds(self, node: Node, lexicon: Lexicon, names: Names) -> bool:
        if names.at(node) is None and lexicon.among(node, lexicon.nowhere):
            return False
        return is_place(node, lexicon, names) or lexicon.is_a(node, "buildings")

    def _headline(self, node: Node) -> Node | None:
        """The place that opens a title before its colon ("Odessa : nouvelle nuit de frappes")."""
        first = node.tree.nodes[0]
        name = self.names.at(first) if node.tree.kind == "title" else None
        if name is None or name.type != "LOC":
            return None
        if self.lexicon.is_country(name.text):
            # "Syrie : neuf civils tués": a country only says what the news is about.
            return None
        colon = next((other for other in node.tree.nodes if other.start >= name.end), None)
        return first if colon is not None and colon.lower == ":" and colon.i < node.i else None

    def _around(self, node: Node) -> Iterator[tuple[str, Node]]:
        """The adverbials of the verb that a trigger hangs on, and those that open its sentence."""
        verb: Node | None = node
        while verb is not None and verb.pos not in VERBAL and verb.find("cop") is None:
            verb = verb.head
        for _ in range(HIGHEST):
            if verb is None:
                break
            own = verb is not node
            for child in verb.children:
                if child.dep.startswith("obl") and ((own and node.pos not in VERBAL) or child.i < min(verb.i, node.i)):
                    yield self.lexicon.preposition(child), child
            if verb.dep not in ("conj", "xcomp", "advcl") or verb.head is None:
                break
            verb, node = verb.head, verb

    def time(self, clause: Clause, claims: list[Claim]) -> tuple[Span, Time] | None:
        """The time nearest to the trigger in its clause: its span, joined with the other end of its range, and the
        record that begins it; none at which one of `claims` was made."""
        node = clause.node
        inside = self._inside(node)
        if not inside:
            return None
        inside = [time for time in inside if abs(time.start - node.start) <= REACH]
        inside = [time for time in inside if not when_told(time, claims, self.draft)] if claims else inside
        costs = [(cost, time) for time in inside if (cost := self._distance(node, time)) is not None]
        if not costs:
            return None
        best = min(costs, key=lambda pair: (pair[0], pair[1].start))[1]
        return self._joined(best, inside)

    def _inside(self, node: Node) -> list[Time]:
        """The times of a token's sentence that say when."""
        key = node.tree.start, node.sentence
        if key not in self._by_sentence:
            sentence = node.tree.sentences[node.sentence]
            start, end = sentence[0].start, sentence[-1].end
            # "54 frappes en 24 heures": a length of time says for how long, not when.
            self._by_sentence[key] = [
                time
                for time in self.times.near((start, end))
                if time.type != "DURATION" and start <= time.start and time.end <= end
            ]
        return self._by_sentence[key]

    def _distance(self, node: Node, time: Time) -> int | None:
        """How far a time is from a trigger, in tokens and commas; None where another clause holds it."""
        first = self._first(time)
        if first is None:
            return None
        low, high = sorted((node.i, first.i))
        verbs = marks = 0
        comma = False
        own = self._done(node)
        if self._elsewhere(node, first.head, own) or self._begun(node, first):
            return None
        for other in node.tree.nodes[low + 1 : high]:
            if other.lower == ";" or (comma and other.pos in ("CCONJ", "SCONJ")):
                return None
            comma = other.lower == ","
            marks += comma or other.lower == ":"
            further = other.pos == "VERB" and other not in own and other.dep not in ("amod", "xcomp")
            verbs += further and other.lower not in self.prep.range
        opening = first.i - node.tree.sentences[node.sentence][0].i <= 1 and marks <= 1
        return None if verbs > opening else high - low + COMMA * marks

    def _begun(self, node: Node, first: Node) -> bool:
        """Whether a time is that of what something has gone on since ("la première attaque depuis l'entrée en vigueur
        de la trêve le 27 novembre")."""
        low, high = sorted((node.i, first.i))
        since = [other for other in node.tree.nodes[low + 1 : high] if other.lower in self.prep.since]
        return node.i < first.i and any(other.head is not None and other.head.i < first.i for other in since)

    @staticmethod
    def _elsewhere(node: Node, holder: Node | None, own: list[Node]) -> bool:
        """Whether a time hangs on a participle that tells what else was done with it ("le raid dénoncé mardi")."""
        if holder is None or holder is node or holder.pos not in VERBAL:
            return False
        governor = holder
        while governor.dep == "xcomp" and governor.head is not None and governor.head.pos in VERBAL:
            governor = governor.head  # ", dont le retrait doit s'achever fin décembre,"
        if governor.dep not in MODIFIERS or governor is node:
            return False
        return holder not in own and governor not in own and governor not in node.ancestors()

    def _done(self, node: Node) -> list[Node]:
        """The verbs that say of a noun that it took place ("une frappe a visé lundi", "l'attaque menée lundi"; not "a
        été condamnée lundi")."""
        own = [child for child in node.children if child.dep in MODIFIERS and child.pos in VERBAL]
        if node.dep in SUBJECTS and node.head is not None and node.head.pos in VERBAL:
            own.append(node.head)
        took = (self.lexicon.hits, self.lexicon.lights, self.lexicon.occurrences)
        return [one for one in own if any(self.lexicon.is_verb(one, kind) for kind in took) or self.lexicon.rules(one)]

    def _first(self, time: Time) -> Node | None:
        if time.start not in self._nodes:
            self._nodes[time.start] = self.draft.node_at(time.start)
        return self._nodes[time.start]

    def _joined(self, time: Time, inside: list[Time]) -> tuple[Span, Time]:
        """A range is one span: its other end follows, or goes before, with one word between at most."""
        start, end = time.span
        first = time
        for other in sorted(inside, key=lambda t: t.start):
            if other.start >= end and self._bridged(end, other.start):
                end = other.end
        for other in sorted(inside, key=lambda t: -t.start):
            if other.end <= start and self._bridged(other.end, start):
                start, first = other.start, other
        return (start, end), first

    def _bridged(self, end: int, start: int) -> bool:
        words = self.draft.text[end:start].split()
        return len(words) <= 1 and all(word in self.prep.range for word in words)
