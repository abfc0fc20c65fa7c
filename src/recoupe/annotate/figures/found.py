"""The figures of one paragraph: quantities that count something, with their measure."""

import bisect
import operator

from ...lang import LanguagePack
from ...lang.numerals.numeral import folded
from ...model.records import Measure, Span, Time
from ..draft import Draft
from ..tree import Node, Tree
from .afterwards import follow_pronouns
from .asides import incise, inserted, is_introduced, is_inverted, verbless
from .counted import Counted, counts_article, find_counted
from .lists import Sense
from .making import Found, adjusted, holds, moved, share_out
from .measures import Cue, Surroundings
from .predicates import said_of, said_to_be
from .quantities import Quantity, find_quantities, flat, is_dated_back
from .rows import share_words
from .settle import PEOPLE, THINGS, joined_measure, settle
from .telling import is_article, is_known, is_mere_article, one_counts, stands_alone, stretches
from .tolls import named_toll, toll_of
from .ways import verb_behind_aside
from .words import Lexicon

_START = operator.attrgetter("start")
# What befalls some of those told of before.
BEFALLS: frozenset[Measure] = frozenset({"killed", "wounded", "captured", "missing", "destroyed", "intercepted"})
# How many sentences back a pronoun may refer.
FAR_BACK = 2
# How many tokens name a second speaker.
SPEAKER = 7
# What may stand right after the number of a second speaker.
ENDS = (".", ",", ";", "!", ")")


def read_paragraph(draft: Draft, tree: Tree, words: Lexicon, times: list[Time]) -> list[Found]:
    """The figures of a parsed paragraph as it tells of them, in text order. `times`: the article's."""
    first, last = (bisect.bisect_left(times, at, key=_START) for at in (tree.start, tree.end))
    timed = [time.span for time in times[first:last]]
    key = "figures", tuple((start - tree.start, end - tree.start) for start, end in timed)  # no more of times is read
    start, found = tree.once(key, lambda: (tree.start, _read(draft, tree, words, timed)))
    return moved(found, tree.start - start)


def _read(draft: Draft, tree: Tree, words: Lexicon, timed: list[Span]) -> list[Found]:
    text = draft.text[tree.start : tree.end]
    quantities = tree.once("quantities", lambda: _quantities(tree, text, draft.pack, words))
    if not quantities:
        return []
    reading = _Reading(tree, text, words, timed)
    for i, quantity in enumerate(quantities):
        start, end = quantity.numerals[0].start + tree.start, quantity.numerals[-1].end + tree.start
        if any(a < end and start < b for a, b in timed):
            reading.last = None
            continue
        reading.take(quantity, next((one for one in quantities[i + 1 :] if reading.is_told(one)), None))
    share_words(reading.found, words)
    follow_pronouns(reading.found, tree, words)
    return reading.found


def _quantities(tree: Tree, text: str, pack: LanguagePack, words: Lexicon) -> list[Quantity]:
    counting = stretches(tree, words)
    if not counting:
        return []
    return find_quantities(text, pack, counting, lambda offset: _changes(tree, offset + tree.start, words))


class _Reading:
    """One paragraph being read, quantity by quantity."""

    def __init__(self, tree: Tree, text: str, words: Lexicon, dated: list[Span]) -> None:
        self.dated = dated  # expressions of time: "en a libéré 12 jeudi", "contre 280 la veille"
        self.tree, self.text, self.words = tree, text, words
        self._cues: dict[int, dict[int, list[Sense]]] = {}
        self.found: list[Found] = []
        self.last: Found | None = None  # the figure of the quantity right before, if it is one

    def take(self, quantity: Quantity, following: Quantity | None) -> None:
        """Reads one quantity."""
        counted = find_counted(quantity, following, self.tree, self.text, self.words)
        part = self.last if self.last is not None and self.last.counted.part else None
        self.last = None
        if counted is None:
            return
        inside = self.tree.within(_span(quantity, self.tree))
        last = self.found[-1] if self.found else None
        part_said = said_to_be(quantity, counted, inside, last, self.words)
        counted = part_said or said_of(counted, inside, self.words) or counted
        noun = counted.nouns[0] if counted.nouns else None
        if noun is not None and any(start <= noun.start < end for start, end in self.dated):
            counted = Counted(self.tree.within(_span(quantity, self.tree))[-1], [])
        figure = self._figure(quantity, counted, part, following)
        if not counted.nouns and part is None and (meant := self._taken_up(quantity, counted)) is not None:
            figure = meant
        if figure is None and not counted.nouns and (echoed := self._echoed(quantity, counted)) is not None:
            span = _span(quantity, self.tree)
            figure = Found(span, self.tree, quantity, counted, echoed.cue, echoed.measure, echoed.counts)
            figure = adjusted(figure, self.words)
        if figure is None:
            return
        if part is not None:
            part.part_of, figure.counts = figure, figure.counts if counted.nouns else part.counts
            if figure.cue is None and part.measure == "intercepted":
                figure.measure = "launched"  # what was intercepted had been launched, all of it
        elif (whole := self._whole(figure)) is not None:
            share_out(whole, figure)
        elif part_said is not None and last is not None:
            share_out(last, figure)
        elif self.found and not counted.nouns and self._is_of_them(quantity):
            figure.part_of = self.found[-1]
        self.last = figure
        self.found.append(figure)

    def cues(self, sentence: int) -> dict[int, list[Sense]]:
        """What the words of a sentence and of the next one say about measures, by token; read when it is asked for."""
        return {**self._cues_of(sentence), **self._cues_of(sentence + 1)}

    def _cues_of(self, sentence: int) -> dict[int, list[Sense]]:
        if sentence == len(self.tree.sentences):
            return {}
        if sentence not in self._cues:
            self._cues[sentence] = self.words.told(self.tree.sentences[sentence])
        return self._cues[sentence]

    def _whole(self, figure: Found) -> Found | None:
        """The figure that this one is introduced as a part of: "400 morts, dont 12 enfants"."""
        if not self._is_introduced(figure.quantity):
            return None
        sentence = figure.counted.anchor.sentence
        wholes = (one for one in reversed(self.found) if one.part_of is None or one.counted.part)
        here = [one for one in wholes if one.counted.anchor.sentence == sentence]
        return next((one for one in here if holds(one, figure)), here[0] if here else None)

    def _is_introduced(self, quantity: Quantity) -> bool:
        return is_introduced(quantity, self.text, self.words)

    def is_told(self, quantity: Quantity) -> bool:
        """Whether a number may be another count: no article, or one that a part is told with ("dont un enfant")."""
        return not is_article(quantity) or self._is_introduced(quantity)

    def _is_of_them(self, quantity: Quantity) -> bool:
        return bool(self.words.them.match(folded(self.text[quantity.end : quantity.end + 20])))

    def _is_said_of_them(self, quantity: Quantity) -> bool:
        """Whether a pronoun of several is said to be so many: "ils étaient 50 243"."""
        verb = self.tree.within(_span(quantity, self.tree))[0].left
        subject = verb.left if verb is not None and verb.pos == "AUX" else None
        return subject is not None and subject.pos == "PRON" and subject.morph("Number") == "Plur"

    def _is_share_of_them(self, quantity: Quantity, first: Node) -> bool:
        """Whether a share is of those told of in the same sentence: ", les trois quarts sont partis", "pour moitié"."""
        before = first.left
        while before is not None and before.pos == "DET":
            before = before.left
        if quantity.unit != "share" or before is None or before.sentence != self.found[-1].counted.anchor.sentence:
            return False
        return before.text in (",", ";") or self.words.plain(before) in self.words.words.counted.tied

    def _has_changed(self, verb: Node | None, first: Node) -> bool:
        """Whether a toll that a pronoun stands for is told to have changed: "il était monté à 38"."""
        led = first.left is not None and self.words.plain(first.left) in self.words.words.counted.carried
        if not led or verb is None or folded(verb.lemma) not in self.words.change:
            return False
        subject = verb.find("nsubj", "nsubj:pass")
        return subject is not None and subject.pos == "PRON" and subject.morph("Number") == "Sing"

    def _is_put_at(self, verb: Node | None, first: Node) -> bool:
        """Whether the number told before is put at another one: "évalue ce chiffre à plus de 300"."""
        led = first.left is not None and self.words.plain(first.left) in self.words.words.counted.carried
        put = verb.find("obj", "nsubj:pass") if verb is not None and led else None
        return put is not None and self.words.is_counter(put) and put.find("nmod") is None

    def _taken_up(self, quantity: Quantity, counted: Counted) -> Found | None:
        """The bare number with its own verb and a pronoun for those counted before ("dit en avoir abattu 43"): of the
        last figure of a kind that the verb is said of, so many missiles after the dead of an attack."""
        verb = counted.anchor.head
        if verb is None or verb.pos not in ("VERB", "AUX") or verb.i not in self.cues(verb.sentence):
            return None
        if not any(self.words.plain(child) in self.words.words.counted.clitics for child in verb.children):
            return None
        measures = {sense.measure for sense in self.cues(verb.sentence)[verb.i] if sense.role == "objects"}
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
        return adjusted(found, self.words)

    def _echoed(self, quantity: Quantity, counted: Counted) -> Found | None:
        """The figure of the sentence that a bare number gives another value of, or a part: "six d'entre eux", "n'en
        reconnaît que 89", "400 morts, 89 selon Moscou", "Kyiv parle de 400 morts, Moscou de 89"."""
        anchor, listed = counted.anchor, self.words.words.counted
        last = self.found[-1] if self.found else None
        if last is None or not last.counts or anchor.sentence - last.counted.anchor.sentence > 1:
            return None
        if self._is_of_them(quantity) or self._is_said_of_them(quantity):
            return last
        first = self.tree.within(_span(quantity, self.tree))[0]
        verb = next((node for node in anchor.ancestors() if node.pos in ("VERB", "AUX")), None)
        if verb is not None and any(self.words.plain(child) in listed.clitics for child in verb.children):
            return last
        if any(child.pos == "PRON" and self.words.plain(child) in listed.clitics for child in anchor.children):
            return last  # "il en est à 77"
        if self._is_share_of_them(quantity, first) or self._has_changed(verb, first) or self._is_put_at(verb, first):
            return last
        after, before = anchor.right, first.left
        if before is not None and (before.text in ";," or before.pos == "CCONJ") and _is_subject(counted):
            return last  # "182 personnes ont été blessées ; 101 se trouvaient encore à l'hôpital"
        if before is not None and before.text in ",;" and is_inverted(after):
            return last
        if after is None or before is None or last.counted.anchor.sentence != anchor.sentence:
            return None
        if (
            before.pos in ("PUNCT", "CCONJ")
            and after.pos == "ADP"
            and after.right is not None
            and after.right.ent == "LOC"
        ):
            return last  # "800 personnes en Turquie et 340 en Syrie"
        if before.pos in ("PUNCT", "CCONJ") and self.words.according.match(folded(self.text[quantity.end :][:20])):
            return last
        if is_dated_back(flat(self.text), quantity.start, quantity.end, self.words):
            return last
        tied = before.pos == "ADP" and self.words.plain(before) in listed.tied
        ends = after.text in ENDS or after.pos == "CCONJ"
        speaker = before.left if tied else before if ends else None
        return last if speaker is not None and _is_speaker(speaker) else None

    def _figure(
        self, quantity: Quantity, counted: Counted, part: Found | None, following: Quantity | None = None
    ) -> Found | None:
        """The quantity as a figure, None where it counts nothing the reader is told of."""
        words, tree = self.words, self.tree
        part_told = following if following is not None and self._is_introduced(following) else None
        others = inserted(part_told, tree, self.text, words)  # words that tell of the next quantity alone
        span = _span(quantity, tree)
        named = counted.nouns[0] if counted.nouns and words.is_counter(counted.nouns[0]) else None
        toll = named_toll(named, words)
        bare = not counted.nouns or (named is None and self._is_carried_to(quantity, counted))
        if bare and not self._is_introduced(quantity) and not _is_subject(counted):
            toll = toll_of(counted, tree.within(span), words)
        source = toll or counted
        if toll is None and is_mere_article(quantity, counted, tree, words):
            return None
        all_cues = self.cues(source.anchor.sentence)
        cues = {i: senses for i, senses in all_cues.items() if i not in others} if others else all_cues
        aside = range(0) if others else verbless(part_told, tree) or incise(source)
        cue = Surroundings(source, tree.within(span) if toll is None else [], words, aside).find(cues, part is not None)
        is_toll = toll is not None and folded(toll.anchor.lemma) in words.words.counted.tolls
        if is_toll and (cue is None or cue.cost > 0.5):
            cue = None
        said = bool(counted.nouns) and counted.nouns[0].i < tree.within(span)[0].i
        if said and cue is not None and cue.node is not counted.nouns[0]:
            cue = None  # "les assaillants étaient environ 800": no verb tells more of them
        if not self._counts(quantity, counted, part, toll, cue):
            return None
        counts = tuple(
            dict.fromkeys(spoken(node, words) for node in source.nouns if not self._is_pronoun(node, counted, cue))
        )
        if not counts:
            counts = (words.words.counted.toll_counts,) if is_toll else self._inherited()
            if cue is not None and PEOPLE.issuperset(cue.measures) and all(words.kind(c) != "people" for c in counts):
                counts = ()  # "12 tués" after a number of drones are no drones
        measure: Measure = "killed" if is_toll else "other"
        if said and cue is None and not is_toll:
            fights = folded(counted.nouns[0].lemma) in words.words.sides.military or words.is_irregular(counts[0])
            measure = "deployed" if fights else measure
        if cue is not None:
            measure = joined_measure(cue, settle(cue, counts, words), all_cues, words)
        elif counted.other and self._adds_to(counted, counts):
            measure = self.found[-1].measure  # "28 corps ont été trouvés dans une pièce et 14 autres sur un escalier"
        if measure == "displaced" and counts and all(words.kind(count) == "buildings" for count in counts):
            if counted.nouns and counted.nouns[0].left in tree.within(span):
                measure = "other"  # "évacuées de 16 localités"
            else:
                counts = self._inherited()  # "chassé des millions de leurs maisons": people, from the houses named
        if measure == "damaged" and counts and words.words.counted.communities.issuperset(map(folded, counts)):
            measure = "affected"  # "vingt villages inondés": those who live there
        if toll is not None:
            counted = Counted(toll.anchor, toll.nouns, counted.definite, counted.part, counted.other)
        return adjusted(Found(span, tree, quantity, counted, cue, measure, counts), words)

    def _is_carried_to(self, quantity: Quantity, counted: Counted) -> bool:
        """Whether people are the value that a number of something is brought to: "porte le nombre de morts à 50
        personnes"."""
        first = self.tree.within(_span(quantity, self.tree))[0].left
        led = first is not None and first.pos == "ADP" and self.words.plain(first) in self.words.words.counted.carried
        return led and {self.words.kind(node.lemma) for node in counted.nouns} == {"people"}

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
        verbal = counted.other or node.pos == "VERB" or (cue is not None and cue.role == "objects")
        alone = counted.other and node.pos == "VERB"  # "12 ont été tués et 30 autres blessés": no noun at all
        return told and verbal and (alone or bool(self._inherited()))

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
            sentence = counted.anchor.sentence
            whole = any(one.counted.anchor.sentence == sentence for one in self.found)
            told = whole and self._is_introduced(quantity) and counts_article(counted, self.words)  # "dont un enfant"
            return told or one_counts(quantity, counted, cue, self.tree, self.words)
        if counted.definite and part is None and is_known(quantity, cue):
            return False
        if counted.nouns or toll or counted.part or part or self._is_introduced(quantity):
            return True
        if counted.other and self._inherited():
            return True
        return stands_alone(quantity, counted, cue)

    def _adds_to(self, counted: Counted, counts: tuple[str, ...]) -> bool:
        """Whether a number only adds to the one before, of the same kind, without a verb of its own."""
        behind = counted.anchor.tree.nodes[counted.anchor.i + 1 : counted.anchor.i + 4]
        told = any(node.pos in ("AUX", "VERB") and node.morph("VerbForm") == "Fin" for node in behind)
        told = told or verb_behind_aside(counted.anchor) is not None
        return not (told or counted.nouns) and bool(self.found) and self.found[-1].counts == counts

    def _inherited(self) -> tuple[str, ...]:
        """What a number without a noun counts: what the last whole one of the paragraph did."""
        last = next((one for one in reversed(self.found) if one.counts and one.part_of is None), None)
        return last.counts if last is not None else ()


def _is_subject(counted: Counted) -> bool:
    """Whether a bare number has a verb of its own after it: "28 sont dans un état critique"."""
    after = counted.anchor.right
    while after is not None and after.pos == "PRON" and after.dep.startswith(("expl", "obj", "iobj")):
        after = after.right  # "101 se trouvaient encore à l'hôpital"
    return after is not None and after.pos in ("AUX", "VERB") and after.morph("VerbForm") == "Fin"


def _is_speaker(last: Node) -> bool:
    """Whether only a name or a noun with its article ends at a token, after a comma or "and": "12 000 participants pour
    les syndicats, la police 3 000", "12 tués, les rebelles, eux, de plus de 40"."""
    node: Node | None = last
    while node is not None and node.pos in ("PUNCT", "PRON", "ADV") and last.i - node.i < 3:
        node = node.left  # "eux,"
    if node is None or node.pos not in ("NOUN", "PROPN", "ADJ"):
        return False
    while node is not None and node.pos in ("NOUN", "PROPN", "ADJ", "ADP", "DET") and last.i - node.i < SPEAKER:
        node = node.left
    return node is not None and (node.text in ",;" or node.pos == "CCONJ")


def _span(quantity: Quantity, tree: Tree) -> Span:
    return quantity.start + tree.start, quantity.end + tree.start


def _changes(tree: Tree, offset: int, words: Lexicon) -> bool:
    """Whether a verb of change governs "from … to" at an offset: one in the few words before it."""
    before = [node for node in tree.within((tree.start, offset)) if node.end <= offset][-6:]
    return any(folded(node.lemma) in words.change or words.plain(node) in words.change for node in before)


def spoken(node: Node, words: Lexicon) -> str:
    """A noun's lemma in lower case; names keep their capital. A form that the lists have stands for itself where the
    lemma is none of theirs: "obus", which the tagger makes "obu"."""
    if node.pos == "PROPN":
        return node.lemma
    lemma = node.lemma.lower()
    return node.lower if words.kind(lemma) == "things" and words.kind(words.plain(node)) != "things" else lemma
