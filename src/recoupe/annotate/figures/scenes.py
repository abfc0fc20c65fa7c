"""Where what a figure counts happened: the state or territory of the places told of around it."""

from ...lang.numerals.numeral import folded
from ...model.records import Claim, Span
from ..tree import Node
from .allegiance import Allegiances
from .doers import ATTACKS, FIGHTS, Doers
from .making import Found
from .words import Lexicon

# How many words after what is counted its place is looked for.
AFTER = 8


class Scenes:
    """The states in which what one article tells of happens."""

    def __init__(self, words: Lexicon, allegiances: Allegiances, doers: Doers) -> None:
        self.words, self.allegiances, self.doers = words, allegiances, doers
        self.places: dict[tuple[int, tuple[Span, ...]], str | None] = {}  # by where a sentence begins
        self.speaking: tuple[Span, ...] = ()  # where those who tell of a figure are named: their places are theirs

    def listen(self, claims: list[Claim]) -> None:
        """Leaves the places out, from now on, between those who make some claims and the words they do it with."""
        ends = [(claim.source, claim.cue) for claim in claims if claim.source is not None and claim.cue is not None]
        self.speaking = tuple((min(source[0], cue[0]), max(source[1], cue[1])) for source, cue in ends)

    def where(self, one: Found) -> str | None:
        """The state where it happened, for people and things harmed: a place of the sentence."""
        if (here := self.place_after(one)) is not None:
            return here
        number = one.counted.anchor.sentence
        sentence = one.tree.sentences[number]
        start = sentence[0].start
        key = start, self.speaking
        if key not in self.places:
            taken_up = any(node.pos == "PRON" and node.dep.startswith("nsubj") for node in sentence)
            before = one.tree.sentences[number - 1] if number and not taken_up else []
            self.places[key] = self._place_of(sentence) or self._struck(one, start) or self._place_of(before)
        return self.places[key]

    def is_arrest(self, one: Found) -> bool:
        """Whether the word for it is one of a police at work: "17 personnes ont été interpellées"."""
        return one.cue is not None and self.words.lemma(one.cue.node) in self.words.words.sides.arrests

    def hit(self, one: Found) -> str | None:
        """The state whose base or convoy an attack of the sentence hit, where soldiers are counted: "l'attaque d'une
        base américaine en Jordanie a tué trois soldats"."""
        if self.words.words.sides.military.isdisjoint(map(folded, one.counts)):
            return None
        sentence = one.tree.sentences[one.counted.anchor.sentence]
        inside = sentence[0].start, sentence[-1].end
        hits = [e.target for e in self.doers.events.near(inside) if e.type in FIGHTS and e.target]
        sides = {self.allegiances.only(one.tree.within(span)) for span in hits if inside[0] <= span[0] < inside[1]}
        side = sides.pop() if len(sides) == 1 else None
        return side if side is not None and self.allegiances.is_state(side) else None

    def place_after(self, one: Found) -> str | None:
        """The state of the place that follows a number before another does: "8 574 en Turquie et 2 662 en Syrie"."""
        after: list[Node] = []
        last = max(node.i for node in (*one.counted.nouns, one.counted.anchor, *one.tree.within(one.span)))
        for node in one.tree.nodes[last + 1 : last + 1 + AFTER]:
            if node.pos in ("NUM", "CCONJ", "VERB", "AUX", "PRON") or node.text in ",;:.":
                break
            after.append(node)
        return self._place_of(after)

    def _place_of(self, sentence: list[Node]) -> str | None:
        """The state or territory of the first place that something of a sentence happened in."""
        at, elsewhere = self.allegiances.at, self.words.words.sides.elsewhere
        for node in [node for node in sentence if node.start in at]:
            name = at[node.start]
            if name.type != "LOC" or name.start != node.start:
                continue
            if any(start <= node.start < end for start, end in self.speaking):
                continue  # "le ministre, à New York, évalue"
            before = node.left
            while before is not None and before.pos in ("DET", "ADJ"):
                before = before.left
            if before is None or before.pos != "ADP" or self.words.plain(before) in elsewhere:
                continue
            if before.left is not None and self.words.lemma(before.left) in self.words.words.sides.away:
                continue
            side = self.allegiances.of_name(name)
            if side is not None and self.allegiances.is_state(side):
                return side
        return None

    def _struck(self, one: Found, until: int) -> str | None:
        """The state where the attack told of before in the paragraph struck."""
        inside = one.tree.start, one.tree.end
        before = [e for e in self.doers.events.near(inside) if e.type in ATTACKS and one.tree.start <= e.start < until]
        spans = [span for e in reversed(before) for span in (e.place, e.target) if span is not None]
        sides = (self.doers.of_span(span) for span in spans)
        return next((side for side in sides if side is not None and self.allegiances.is_state(side)), None)

    def fired_from(self, one: Found) -> str | None:
        """Who holds the place that missiles come from: the armed group of that land, else the state."""
        sentence = one.tree.sentences[one.counted.anchor.sentence]
        for node in sentence:
            led = node.right
            while led is not None and led.pos == "DET":
                led = led.right
            if self.words.plain(node) not in self.words.words.sides.origins or led is None:
                continue
            name = self.allegiances.at.get(led.start)
            side = self.allegiances.of_name(name) if name is not None and name.type == "LOC" else None
            if side is not None:
                foe = self.allegiances.opponent(self.allegiances.opponent(side))
                return foe if foe in self.allegiances.armed else side
        return None

    def gathered(self, one: Found) -> str | None:
        """The state where people do what the verb says, where the sentence names places of but one."""
        anchor, whole = one.counted.anchor, one.counted.anchor.head  # "des milliers de personnes": the number's noun
        within = whole is not None and whole.start < one.span[1] and one.span[0] < whole.end
        if not (whole if whole is not None and within else anchor).dep.startswith("nsubj"):
            return None
        sentence = one.tree.sentences[one.counted.anchor.sentence]
        states = {side for node in sentence if (side := self._place_of([node])) is not None}
        return states.pop() if len(states) == 1 else None
