"""The figures of one paragraph: quantities that count something, with their measure."""

from dataclasses import dataclass

from ...lang.numerals.numeral import folded
from ...model.records import Measure, Span, Time
from ..draft import Draft
from ..tree import Node, Tree
from .counted import Counted, counts_article, find_counted
from .measures import PEOPLE, THINGS, Cue, Surroundings, joined_measure, settle
from .quantities import Quantity, find_quantities, flat, is_dated_back
from .words import Lexicon, Sense

# Of these even one is told as a number ("un soldat a été tué").
ONE_BY_ONE: frozenset[Measure] = frozenset({"killed", "wounded", "missing", "captured", "destroyed", "intercepted"})

# After a definite article a number up to this one is taken as known already, unless its noun says what happened.
SMALL = 20
# What befalls some of those told of before.
BEFALLS: frozenset[Measure] = frozenset({"killed", "wounded", "captured", "missing", "destroyed", "intercepted"})
# How many sentences back a pronoun may refer.
FAR_BACK = 2
ENDS = (".", ",", ";", "!", ")")
# A verb no farther than this from a number is its own.
NEAR = 1.5


@dataclass(slots=True)
class Found:
    """A figure in the making."""

    span: Span
    tree: Tree
    quantity: Quantity
    counted: Counted
    cue: Cue | None
    measure: Measure
    counts: tuple[str, ...]
    part_of: "Found | None" = None
    exceeded: bool = False
    supersedes: "Found | None" = None
    low: float | int | None = None
    high: float | int | None = None


def read_paragraph(draft: Draft, tree: Tree, words: Lexicon) -> list[Found]:
    """The figures of a parsed paragraph, in text order."""
    text = draft.text[tree.start : tree.end]
    quantities = find_quantities(text, draft.pack, lambda offset: _changes(tree, offset + tree.start, words))
    if not quantities:
        return []
    timed = [time.span for time in draft.layer(Time) if tree.start <= time.start < tree.end]
    cues = {node.i: senses for node in tree.nodes if (senses := words.of(node))}
    reading = _Reading(tree, text, words, cues, {start for start, _ in timed})
    for i, quantity in enumerate(quantities):
        start, end = quantity.numerals[0].start + tree.start, quantity.numerals[-1].end + tree.start
        if any(a < end and start < b for a, b in timed):
            reading.last = None
            continue
        reading.take(quantity, quantities[i + 1] if i + 1 < len(quantities) else None)
    return reading.found


class _Reading:
    """One paragraph being read, quantity by quantity."""

    def __init__(self, tree: Tree, text: str, words: Lexicon, cues: dict[int, list[Sense]], dated: set[int]) -> None:
        self.dated = dated  # where expressions of time begin: "en a libéré 12 jeudi"
        self.tree, self.text, self.words, self.cues = tree, text, words, cues
        self.found: list[Found] = []
        self.last: Found | None = None  # the figure of the quantity right before, if it is one

    def take(self, quantity: Quantity, following: Quantity | None) -> None:
        """Reads one quantity."""
        counted = find_counted(quantity, following, self.tree, self.text, self.words)
        part = self.last if self.last is not None and self.last.counted.part else None
        self.last = None
        if counted is None:
            return
        if counted.nouns and counted.nouns[0].start in self.dated:
            counted = Counted(self.tree.within(_span(quantity, self.tree))[-1], [])
        figure = self._figure(quantity, counted, part)
        if not counted.nouns and part is None and (meant := self._taken_up(quantity, counted)) is not None:
            figure = meant
        if figure is None and not counted.nouns and (echoed := self._echoed(quantity, counted)) is not None:
            span = _span(quantity, self.tree)
            figure = Found(span, self.tree, quantity, counted, echoed.cue, echoed.measure, echoed.counts)
            figure = _adjusted(figure, self.words)
        if figure is None:
            return
        if part is not None:
            part.part_of, figure.counts = figure, figure.counts if counted.nouns else part.counts
            if figure.cue is None and part.measure == "intercepted":
                figure.measure = "launched"  # what was intercepted had been launched, all of it
        elif (whole := self._whole(figure)) is not None:
            _share_out(whole, figure)
        elif self.found and not counted.nouns and self._is_of_them(quantity):
            figure.part_of = self.found[-1]
        self.last = figure
        self.found.append(figure)

    def _whole(self, figure: Found) -> Found | None:
        """The figure that this one is introduced as a part of: "400 morts, dont 12 enfants"."""
        if not self._is_introduced(figure.quantity):
            return None
        sentence = figure.counted.anchor.sentence
        wholes = (one for one in reversed(self.found) if one.part_of is None or one.counted.part)
        return next((one for one in wholes if one.counted.anchor.sentence == sentence), None)

    def _is_introduced(self, quantity: Quantity) -> bool:
        """Whether "dont", "including" or the like stands right before."""
        return bool(self.words.dont.search(folded(self.text[max(0, quantity.start - 32) : quantity.start])))

    def _is_of_them(self, quantity: Quantity) -> bool:
        return bool(self.words.them.match(folded(self.text[quantity.end : quantity.end + 20])))

    def _taken_up(self, quantity: Quantity, counted: Counted) -> Found | None:
        """The bare number with its own verb and a pronoun for those counted before ("dit en avoir abattu 43"): of the
        last figure of a kind that the verb is said of, so many missiles after the dead of an attack."""
        verb = counted.anchor.head
        if verb is None or verb.pos not in ("VERB", "AUX") or verb.i not in self.cues:
            return None
        if not any(self.words.plain(child) in self.words.words.counted.clitics for child in verb.children):
            return None
        measures = {sense.measure for sense in self.cues[verb.i] if sense.role == "objects"}
        for people in (False, True):
            for last in reversed(self.found):
                kinds = {self.words.kind(count) for count in last.counts}
                if counted.anchor.sentence - last.counted.anchor.sentence > FAR_BACK or not kinds:
                    continue
                if kinds == {"buildings"} and "killed" in measures:
                    continue  # one verb for people and for what flies
                if people == ("people" in kinds) and measures & (PEOPLE if people else THINGS):
                    if last.measure in measures - {"destroyed"}:
                        return None  # another value for the same thing
                    return self._taken(quantity, counted, Cue(verb, tuple(sorted(measures)), 1.0, "objects"), last)
        return None

    def _taken(self, quantity: Quantity, counted: Counted, cue: Cue, last: Found) -> Found:
        """A figure of those that another one counts; a part of them where something befell them."""
        measure = settle(cue, last.counts, self.words)
        whole = (last if last.part_of is None else last.part_of) if measure in BEFALLS else None
        found = Found(_span(quantity, self.tree), self.tree, quantity, counted, cue, measure, last.counts, whole)
        return _adjusted(found, self.words)

    def _echoed(self, quantity: Quantity, counted: Counted) -> Found | None:
        """The figure of the sentence that a bare number gives another value of, or a part: "six d'entre eux", "n'en
        reconnaît que 89", "400 morts, 89 selon Moscou", "Kyiv parle de 400 morts, Moscou de 89"."""
        anchor, listed = counted.anchor, self.words.words.counted
        last = self.found[-1] if self.found else None
        if last is None or not last.counts or anchor.sentence - last.counted.anchor.sentence > 1:
            return None
        if self._is_of_them(quantity):
            return last
        first = self.tree.within(_span(quantity, self.tree))[0]
        verb = next((node for node in anchor.ancestors() if node.pos in ("VERB", "AUX")), None)
        if verb is not None and any(self.words.plain(child) in listed.clitics for child in verb.children):
            return last
        after, before = anchor.right, first.left
        if after is None or before is None or last.counted.anchor.sentence != anchor.sentence:
            return None
        if before.pos in ("PUNCT", "CCONJ") and self.words.according.match(folded(self.text[quantity.end :][:20])):
            return last
        if is_dated_back(flat(self.text), quantity.start, quantity.end, self.words):
            return last
        led = before.left if before.pos == "ADP" and self.words.plain(before) in listed.tied else None
        if led is not None and led.pos == "PROPN" and led.left is not None and led.left.pos in ("PUNCT", "CCONJ"):
            return last
        return last if after.text in ENDS and _is_speaker(before) else None

    def _figure(self, quantity: Quantity, counted: Counted, part: Found | None) -> Found | None:
        """The quantity as a figure, None where it counts nothing the reader is told of."""
        words, tree = self.words, self.tree
        span = _span(quantity, tree)
        named = counted.nouns[0] if counted.nouns and words.is_counter(counted.nouns[0]) else None
        toll = _behind(named, words)
        if not counted.nouns and not self._is_introduced(quantity):
            toll = _toll(counted, tree.within(span), words)
        source = toll or counted
        cue = Surroundings(source, tree.within(span) if toll is None else [], words).find(self.cues, part is not None)
        is_toll = toll is not None and folded(toll.anchor.lemma) in words.words.counted.tolls
        if is_toll and (cue is None or cue.cost > 0.5):
            cue = None
        if not self._counts(quantity, counted, part, toll, cue):
            return None
        counts = tuple(dict.fromkeys(spoken(node) for node in source.nouns if not self._is_pronoun(node, counted, cue)))
        if not counts:
            counts = (words.words.counted.toll_counts,) if is_toll else self._inherited()
            if cue is not None and PEOPLE.issuperset(cue.measures) and all(words.kind(c) != "people" for c in counts):
                counts = ()  # "12 tués" after a number of drones are no drones
        measure: Measure = "killed" if is_toll else "other"
        if cue is not None:
            measure = joined_measure(cue, settle(cue, counts, words), self.cues)
        if measure == "displaced" and counts and all(words.kind(count) == "buildings" for count in counts):
            counts = self._inherited()  # "chassé des millions de leurs maisons": people, from the houses named
        if toll is not None:
            counted = Counted(toll.anchor, toll.nouns, counted.definite, counted.part, counted.other)
        return _adjusted(Found(span, tree, quantity, counted, cue, measure, counts), words)

    def _is_difference(self, quantity: Quantity) -> bool:
        """ "10 % de plus": a change, no share."""
        after = self.tree.within((quantity.end + self.tree.start, quantity.end + self.tree.start + 4))
        return any(self.words.plain(node) in self.words.words.counted.of for node in after)

    def _is_pronoun(self, node: Node, counted: Counted, cue: Cue | None) -> bool:
        """Whether a noun only stands for those counted before: "dozens of others", "300 autres blessées"."""
        if (
            folded(node.lemma) in self.words.words.counted.other
            or self.words.plain(node) in self.words.words.counted.other
        ):
            return True
        told = cue is not None and cue.node is node
        return told and (counted.other or (cue is not None and cue.role == "objects")) and bool(self._inherited())

    def _counts(
        self, quantity: Quantity, counted: Counted, part: Found | None, toll: Counted | None, cue: Cue | None
    ) -> bool:
        """Whether the number is told as a count: no mere article, nothing known already, not bare without its verb."""
        numeral = quantity.numerals[-1]
        if quantity.ratio:
            return bool(counted.nouns)
        if quantity.unit == "share" and not counted.nouns and self._is_difference(quantity):
            return False
        if numeral.value == 1 and numeral.kind == "words" and not quantity.bound:
            return _one_counts(quantity, counted, cue, self.tree, self.words)
        if counted.definite and part is None and _is_known(quantity, cue):
            return False
        if counted.nouns or toll or counted.part or part or self._is_introduced(quantity):
            return True
        if counted.other and self._inherited():
            return True
        return _stands_alone(quantity, counted, cue)

    def _inherited(self) -> tuple[str, ...]:
        """What a number without a noun counts: what the last whole one of the paragraph did."""
        last = next((one for one in reversed(self.found) if one.counts and one.part_of is None), None)
        return last.counts if last is not None else ()


def _is_speaker(noun: Node) -> bool:
    """Whether a noun that only a comma and its article part from what was said before stands right before a number:
    "12 000 participants pour les syndicats, la police 3 000"."""
    if noun.pos not in ("NOUN", "PROPN"):
        return False
    led = noun.left
    while led is not None and led.pos in ("DET", "PROPN"):
        led = led.left
    return led is not None and led.text in ",;"


def _span(quantity: Quantity, tree: Tree) -> Span:
    return quantity.start + tree.start, quantity.end + tree.start


def _share_out(whole: Found, part: Found) -> None:
    """A part without a nearer word of its own shares what happened to the whole."""
    part.part_of = whole
    own = part.cue is not None and (
        part.cue.cost <= 0.5
        or (part.cue.cost <= NEAR and part.cue.node.i > part.counted.anchor.i and part.cue.node is not _node(whole.cue))
    )
    if own and whole.cue is not None and "casualties" in whole.cue.measures:
        whole.measure = "casualties"
    if not own:
        part.measure, part.cue = whole.measure, whole.cue


def _node(cue: Cue | None) -> Node | None:
    return cue.node if cue is not None else None


def _changes(tree: Tree, offset: int, words: Lexicon) -> bool:
    """Whether a verb of change governs "from … to" at an offset: one in the few words before it."""
    before = [node for node in tree.within((tree.start, offset)) if node.end <= offset][-6:]
    return any(folded(node.lemma) in words.change or words.plain(node) in words.change for node in before)


def _is_known(quantity: Quantity, cue: Cue | None) -> bool:
    """Whether a number after a definite article only repeats what the reader knows: "les deux pays"."""
    if quantity.bound or quantity.numerals[-1].vague or quantity.unit == "share":
        return False
    return cue is None or (cue.cost > 0.5 and quantity.numerals[-1].value <= SMALL)


def spoken(node: Node) -> str:
    """A noun's lemma in lower case; names keep their capital."""
    return node.lemma if node.pos == "PROPN" else node.lemma.lower()


def _toll(counted: Counted, inside: list[Node], words: Lexicon) -> Counted | None:
    """For a bare number, the noun it is the number of: "le nombre de morts dépasse 100 000", "le bilan est de 46"."""
    node, number = counted.anchor, {one.i for one in inside}
    for above in (node, *node.ancestors()):
        for child in (above, *above.children):
            if child.sentence != node.sentence or child.i >= node.i:
                continue
            lemma = folded(child.lemma)
            if lemma in words.words.counted.tolls:
                return Counted(child, [])
            if lemma in words.words.counted.counters:
                for of in child.children:
                    if of.dep == "nmod" and of.i < node.i and of.i not in number and of.pos in ("NOUN", "ADJ"):
                        return Counted(of, [of])
    return None


def _behind(named: Node | None, words: Lexicon) -> Counted | None:
    """What a noun of number after the number is the number of: "portant à 240 le nombre de morts"."""
    if named is None:
        return None
    of = next((child for child in named.children if child.dep == "nmod" and child.pos in ("NOUN", "ADJ")), None)
    if of is not None and folded(named.lemma) in words.words.counted.counters:
        return Counted(of, [of])
    return Counted(named, []) if folded(named.lemma) in words.words.counted.tolls else None


def _one_counts(quantity: Quantity, counted: Counted, cue: Cue | None, tree: Tree, words: Lexicon) -> bool:
    """Whether "un" or "one" is a count: "un mort", "un soldat a été tué", "un seul"; not "un ministre a dit"."""
    after = tree.within((quantity.end + tree.start, quantity.end + tree.start + 12))
    if any(
        words.plain(node) in words.words.not_counts.only
        for node in after[:2]
        if node.start >= quantity.end + tree.start
    ):
        return True
    if counted.nouns and _is_listed(counted.nouns[0]):
        return True
    if counted.nouns and counted.nouns[0].head is None and counted.nouns[0].find("acl:relcl") is not None:
        return False  # "Un décès qui a ému la ville": a remark on what was told before
    if cue is None or not counted.nouns:
        return False
    if not quantity.numerals[-1].article:
        return True
    return cue.measures[0] in ONE_BY_ONE and cue.cost <= 1.5 and counts_article(counted, words)


def _is_listed(noun: Node) -> bool:
    """Whether a noun ends a list of counted ones: "13 Israéliens, dix Thaïlandais et un Philippin"."""
    if noun.dep != "conj" or noun.head is None:
        return False
    row = [noun.head, *(child for child in noun.head.children if child.dep == "conj" and child is not noun)]
    return any(node.i < noun.i and node.find("nummod") is not None for node in row)


def _stands_alone(quantity: Quantity, counted: Counted, cue: Cue | None) -> bool:
    """Whether a bare number counts all the same: it has its verb beside it; a bare share, after it."""
    if cue is None or cue.cost > NEAR or quantity.numerals[-1].value == 1:
        return False
    return quantity.unit != "share" or cue.node.i > counted.anchor.i


def _adjusted(figure: Found, words: Lexicon) -> Found:
    """The other reading of grouped digits where things are counted, and "a dépassé 100 000"."""
    numeral = figure.quantity.numerals[-1]
    figure.low, figure.high = figure.quantity.low, figure.quantity.high
    if numeral.other is not None and figure.low == figure.high == numeral.value and numeral.scale == 1:
        figure.low = figure.high = numeral.other
    if not figure.quantity.bound and _exceeds(figure, words):
        figure.high, figure.exceeded = None, True
    return figure


def _exceeds(figure: Found, words: Lexicon) -> bool:
    """Whether a verb of passing stands before the number with nothing but its object's beginning between."""
    node = figure.tree.within(figure.span)[0].left
    seen = 0
    while node is not None and seen < 7:
        if folded(node.lemma) in words.exceed:
            return node.pos in ("VERB", "AUX")
        if words.plain(node).strip("'") not in words.words.bounds.exceed_between:
            return False
        node, seen = node.left, seen + 1
    return False
