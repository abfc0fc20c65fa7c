"""Whose people or things a figure counts, and who did it: from its own words, its verb, its claim, its event, and
failing that from the last figure told of the same happening."""

from ...lang.numerals.numeral import folded
from ...model.records import Claim, Event, EventType, Measure, Name
from ..draft import Draft
from ..shelf import Shelf
from ..tree import Node, Tree
from .allegiance import Allegiances
from .found import Found
from .words import Lexicon

Sided = tuple[str | None, str | None]
HARM: frozenset[Measure] = frozenset(
    {"killed", "wounded", "casualties", "destroyed", "damaged", "affected", "missing", "captured"}
)
ATTACKS: frozenset[EventType] = frozenset({"strike", "violation"})
FIGHTS: frozenset[EventType] = ATTACKS | {"ground", "invasion"}
# What the doer moves or sends is its own.
OWN: frozenset[Measure] = frozenset({"launched", "deployed", "delivered"})
# A figure may share the sides of one told at most so many paragraphs before.
MEMORY = 8
# How many words after a passive its agent is looked for.
AGENT = 10
NOMINAL = ("NOUN", "PROPN", "ADJ", "ADP", "DET")


class Sides:
    """Finds the sides of an article's figures in text order, remembering the last."""

    def __init__(self, draft: Draft, words: Lexicon) -> None:
        self.draft, self.words = draft, words
        self.allegiances = Allegiances(draft, words)
        self.trees = {id(tree): i for i, tree in enumerate(draft.trees)}
        events = draft.layer(Event)
        self.events = Shelf(events, lambda event: [event.span])
        actors = (self._of_span(event.actor) for event in events if event.type in FIGHTS)
        self.strikers = {side for side in actors if side is not None}
        self.told: dict[int, Sided] = {}
        self.seen: dict[int, Found] = {}
        self.scene: tuple[int, str] | None = None  # where harm was last told of: the paragraph and the state
        self.last: dict[bool, tuple[int, Sided]] = {}

    def of(self, one: Found, claims: list[Claim], event: Event | None) -> Sided:
        """Party and by of a figure that these claims carry and that is a number of this event."""
        party, by = self._said(one)
        party = party or self._owner(one, claims)
        if one.measure == "other" and one.cue is not None:
            by = None
        if party is None and one.measure in HARM | {"lost"} and any(claim.act == "admit" for claim in claims):
            party = next((s for c in claims if (s := self.allegiances.of_entity(c.source_entity)) is not None), None)
        if one.measure in OWN:
            party = party or by
            by = by or (party if one.measure == "launched" else None)
        elif one.measure == "intercepted":
            by = by or self._claimant(claims)
            party = party or self._other_striker(by)
        elif one.measure in HARM:
            party, by = self._harm(one, (party, by), claims, event)
        elif one.measure == "displaced":
            party = party or self._where(one) or self._scene(one)
        if one.measure == "launched" and party is None:
            party = by = next((self.told[key][0] for key, part in self.seen.items() if part.part_of is one), None)
        if one.part_of is not None and id(one.part_of) in self.told:
            whole = self.told[id(one.part_of)]
            party, by = party or whole[0], by or (whole[1] if one.measure == one.part_of.measure else None)
        self.told[id(one)], self.seen[id(one)] = (party, by), one
        if party is not None or by is not None:
            self.last[one.measure in HARM] = (self.trees[id(one.tree)], (party, by))
        return party, by

    def _harm(self, one: Found, said: Sided, claims: list[Claim], event: Event | None) -> Sided:
        """Sides of people and things harmed: by the event's doer, by what was said before, by where it happened."""
        party, by = said[0], said[1] or self._attacker(one, event)
        told = party is not None
        if (scene := self._where(one)) is not None:
            self.scene = (self.trees[id(one.tree)], scene)
        place = None if self._is_military(one) else scene
        if party is None:
            party = self._accuser(claims, by)
        if party is None and (place is None or place != by):
            if not self._is_new(one, claims):
                party, by = self._remembered(one, by, place)
            party = party or place or self._foe(by)
        if by is None and self._is_military(one):
            by = self._foe(party)
        if party == by:  # its own people at its own place: whose side they are on, no text says
            return (party, None) if told else (None, by)
        return party, by

    def _is_new(self, one: Found, claims: list[Claim]) -> bool:
        """Whether the sentence begins another matter: an attack not told of before ("une attaque"), a third party that
        speaks."""
        sentence = one.tree.sentences[one.counted.anchor.sentence]
        for event in self.events.near((sentence[0].start, sentence[-1].end)):
            if event.type in ATTACKS and sentence[0].start <= event.start < sentence[-1].end:
                head = next((node for node in sentence if node.start <= event.start < node.end), None)
                if head is not None and any(child.morph("Definite") == "Ind" for child in head.all("det")):
                    return True
        speaker = self._claimant(claims)
        return speaker is not None and speaker not in self.last.get(True, (0, (None, None)))[1]

    def _scene(self, one: Found) -> str | None:
        """The state where the harm told of before happened."""
        if self.scene is None or self.trees[id(one.tree)] - self.scene[0] > MEMORY:
            return None
        return self.scene[1]

    def _foe(self, side: str | None) -> str | None:
        """The other one of the article's two parties, where the article tells of an attack by one of them."""
        other = self.allegiances.opponent(side)
        return other if self.strikers & {side, other} else None

    def _owner(self, one: Found, claims: list[Claim]) -> str | None:
        """Whose a possessive says they are: the speaker's, or those of the one who acts ("106 de ses militaires")."""
        if not one.counted.nouns:
            return None
        words, node = self.words.words.sides.possessives, one.counted.nouns[0].left
        while node is not None and node.pos == "ADJ":
            node = node.left
        if node is None or self.words.plain(node) not in words:
            return None
        doer = _doer(one.cue.node, one.counted.anchor) if one.cue is not None else None
        side = self.allegiances.only([doer, *self._phrase(doer)]) if doer is not None else None
        return side or self._claimant(claims)

    def _accuser(self, claims: list[Claim], by: str | None) -> str | None:
        """Whose people they are where one party of the article says what the other one did to them."""
        speaker = self._claimant(claims)
        return speaker if by is not None and speaker == self.allegiances.opponent(by) else None

    def _other_striker(self, by: str | None) -> str | None:
        """Whose missiles one side shot down: those of the only other side that the article says attacks."""
        others = self.strikers - {by}
        return others.pop() if by is not None and len(others) == 1 else None

    def _said(self, one: Found) -> Sided:
        """What the figure's own phrase and its verb say."""
        nodes = one.counted.nouns or [one.counted.anchor]
        own = [node for node in nodes if node.pos == "PROPN" or self.allegiances.nation(node) is not None]
        owners = (own, self._phrase(nodes[-1]), self._phrase(nodes[0]))
        sides = (self.allegiances.of_nodes(words) for words in owners)
        party = next((side for side in sides if side is not None), None)
        by = None
        if one.cue is not None:
            doer = self._agent(one.cue.node) or _doer(one.cue.node, one.counted.anchor)
            by = self.allegiances.only([doer, *self._phrase(doer)]) if doer is not None else None
            if "lost" in one.cue.measures:
                certain = one.measure != "lost" and self._is_military(one)
                return party or by, self.allegiances.opponent(party or by) if certain else None
        if one.part_of is not None and one.counted.part:
            party = party or self._said(one.part_of)[0] or self._said(one.part_of)[1]
        return party, by

    def _agent(self, cue: Node) -> Node | None:
        """The agent of a passive as the words have it, for where the tree hangs it elsewhere: "livrés à A par B"."""
        if cue.find("aux:pass") is None or cue.find("obl:agent") is not None:
            return None
        node, seen = cue.right, 0
        while node is not None and seen < AGENT and node.pos not in ("VERB", "AUX", "SCONJ") and node.text not in ";.":
            if self.words.plain(node) in self.words.words.sides.agents and node.right is not None:
                return node.right
            node, seen = node.right, seen + 1
        return None

    def _claimant(self, claims: list[Claim]) -> str | None:
        sides = (self.allegiances.of_entity(claim.source_entity) or self._of_span(claim.source) for claim in claims)
        return next((side for side in sides if side is not None), None)

    def _of_span(self, span: tuple[int, int] | None) -> str | None:
        if span is None:
            return None
        tree = self.draft.tree_at(span[0])
        return self.allegiances.of_nodes(tree.within(span)) if tree is not None else None

    def _attacker(self, one: Found, event: Event | None) -> str | None:
        """Who struck: the doer of the figure's event, else of the nearest attack told in its sentence."""
        if event is not None and event.actor is not None:
            return self._of_span(event.actor)
        if one.cue is not None and one.cue.node.find("obl:agent") is not None:
            return None  # someone else is named, of a side that is not known
        sentence = one.tree.sentences[one.counted.anchor.sentence]
        inside = one.tree.start, one.tree.end
        attacks = [e for e in self.events.near(inside) if e.type in ATTACKS and one.tree.start <= e.start]
        near = [e for e in attacks if sentence[0].start <= e.start < sentence[-1].end]
        if not near:  # told in a sentence before, and its harm now
            near = [e for e in attacks if e.start < sentence[0].start]
        sided = [(abs(e.start - one.span[0]), side) for e in near if (side := self._striker(e, one.tree)) is not None]
        return min(sided)[1] if sided else None

    def _striker(self, attack: Event, tree: Tree) -> str | None:
        """Whose attack it is: its doer's, else that of the nationality beside it ("bombardements israéliens")."""
        if attack.actor is not None:
            return self._of_span(attack.actor)
        head = next((node for node in tree.within(attack.span) if node.pos == "NOUN"), None)
        beside = (head.left, head.right) if head is not None else ()
        sides = (self.allegiances.nation(node) for node in beside if node is not None and node.pos == "ADJ")
        return next((side for side in sides if side is not None), None)

    def _remembered(self, one: Found, by: str | None, place: str | None) -> Sided:
        """The sides of the last figure of harm, if it is near and nothing speaks against it."""
        paragraph, sides = self.last.get(True, (-MEMORY - 1, (None, None)))
        if place is not None and place != sides[0]:
            return place, by  # elsewhere
        if self.trees[id(one.tree)] - paragraph > MEMORY or (by is not None and sides[1] not in (None, by)):
            return None, by
        named = self.allegiances.named.get(one.tree.start, set())
        if named and not named & set(sides):
            return None, by  # the talk is of other states by now
        return sides[0], by or sides[1]

    def _where(self, one: Found) -> str | None:
        """The state where it happened, for people and things harmed: a place of the sentence."""
        sentence = one.tree.sentences[one.counted.anchor.sentence]
        found: list[Name] = []
        for node in sentence:
            name = self.allegiances.at.get(node.start)
            if name is not None and name.type == "LOC" and name.start == node.start:
                before = node.left
                if before is not None and before.pos == "DET":
                    before = before.left
                if before is not None and before.pos == "ADP":
                    found.append(name)
        here = next((side for name in found if (side := self.allegiances.of_name(name)) is not None), None)
        return here or self._struck(one, sentence[0].start)

    def _struck(self, one: Found, until: int) -> str | None:
        """The state where the attack told of before in the paragraph struck."""
        inside = one.tree.start, one.tree.end
        before = [e for e in self.events.near(inside) if e.type in ATTACKS and one.tree.start <= e.start < until]
        spans = [span for e in reversed(before) for span in (e.place, e.target) if span is not None]
        return next((side for span in spans if (side := self._of_span(span)) is not None), None)

    def _phrase(self, noun: Node) -> list[Node]:
        """The words of a noun's phrase: adjectives and names before it, then those after it and what it is of, up to a
        verb, a comma or a place."""
        found: list[Node] = []
        node = noun.left
        while node is not None and node.pos in ("ADJ", "PROPN") and len(found) < 3 and node.sentence == noun.sentence:
            found.append(node)
            node = node.left
        node = noun.right
        while node is not None and node.pos in NOMINAL and len(found) < 9 and node.sentence == noun.sentence:
            if node.pos == "ADP" and self.words.plain(node) not in self.words.words.counted.of:
                break
            found.append(node)
            node = node.right
        return found

    def _is_military(self, one: Found) -> bool:
        nouns = {folded(count) for count in one.counts}
        return bool(nouns & self.words.words.sides.military)


def _doer(cue: Node, anchor: Node) -> Node | None:
    """Who does what the verb says: the agent of a passive, the subject of an active one, of its governor's where it
    has none ("a pu détruire", "tuant 12 personnes")."""
    agent = cue.find("obl:agent")
    if agent is not None:
        return agent
    node: Node | None = cue
    below = cue
    for _ in range(3):
        if node is None or node.pos not in ("VERB", "AUX", "NOUN", "ADJ"):
            return None
        subject = next((c for c in node.children if c.dep.startswith("nsubj") and c.dep != "nsubj:pass"), None)
        if node.find("nsubj:pass") is not None:
            return None
        if node is not cue and (accused := _accused(node, below)) is not None:
            return accused
        if subject is not None:
            own = subject is anchor or any(child is anchor for child in subject.subtree())
            return None if own or subject.pos == "PRON" else subject
        if node.dep not in ("xcomp", "advcl", "conj", "acl"):
            return None
        below, node = node, node.head
    return None


def _accused(verb: Node, infinitive: Node) -> Node | None:
    """The object that does what the infinitive after it says: "accuse l'Ukraine d'avoir exécuté"."""
    object_ = next((c for c in verb.children if c.dep in ("obj", "iobj") and verb.i < c.i < infinitive.i), None)
    fits = infinitive.dep in ("xcomp", "ccomp") and object_ is not None and object_.pos in ("NOUN", "PROPN")
    return object_ if fits else None
