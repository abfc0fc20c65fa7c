"""The words of figures.toml ready for look-up."""

import functools
import operator
import re
from collections.abc import Iterable
from itertools import compress
from typing import NamedTuple, get_args

from ...lang import LanguagePack
from ...lang.demonyms import demonyms
from ...lang.numerals import number_words
from ...lang.numerals.numeral import NumeralWords, folded
from ...model.records import Measure
from ..forms import Form, Known
from ..tree import Node
from .lists import FigureWords, MeasureWords, Pair, Role, Sense

CLASSES = ("people", "projectiles", "aircraft", "buildings")
# Where participles are looked for; elsewhere "chasse" would be "chassé".
VERBAL = ("VERB", "AUX", "ADJ", "X")
FUNCTION = ("ADP", "SCONJ", "CCONJ", "PRON", "DET", "PUNCT")
MUTE = ("PUNCT", "DET", "CCONJ", "SPACE", "SYM")
DIGIT = re.compile(r"[\d¼-¾⅐-⅞]")
# How many words' look-ups are kept.
KEPT = 50_000
# Words no longer than this bound nothing by themselves: "de", "à".
SHORT = 3
_FORM, _SPEAKS = operator.attrgetter("form"), operator.attrgetter("speaks")
# In the list of pairs: any name of a place.
PLACE = "PLACE"


class Word(NamedTuple):
    """What is known of a form: itself and its lemma as the lists write them, whether it is of a "number", has
    "digits" or may be a number as an "article" (else empty), whether it may say something about a measure, whether it
    makes a number of an article near it, and the state whose name, people or adjective it is."""

    plain: str
    lemma: str
    opens: str
    speaks: bool
    counts_one: bool
    country: str | None


class Lexicon:
    """The words of a pack, indexed by what is looked up."""

    def __init__(self, words: FigureWords, pack: LanguagePack) -> None:
        self.words, self.normal, self.nations = words, pack.normal, demonyms(pack)
        self.state_of_code = {code: slug for slug, code in reversed(self.nations.codes.items())}
        # The same words come again and again: what the lists say of them is kept.
        self._folded = functools.lru_cache(KEPT)(lambda lower: folded(pack.normal(lower)))
        self._kinds = functools.lru_cache(KEPT)(self._kind)
        self.known = Known(self._word)
        self._listed = functools.lru_cache(KEPT)(self._look_up)
        self.nation_of = functools.lru_cache(KEPT)(self._nation_of)
        self._numbers, self._articles = number_words(pack), frozenset(pack.words(NumeralWords, "numerals").articles)
        bounds = words.bounds
        self._bounding = frozenset(
            word
            for phrase in (*bounds.at_least, *bounds.more_than, *bounds.at_most, *bounds.less_than)
            for word in phrase.split()
            if len(word) > SHORT
        )
        self.senses: dict[str, list[Sense]] = {}
        self.participles: dict[str, list[Sense]] = {}
        self.spelled: dict[str, str] = {}  # participles with their accents: "liquidés" are no "liquides"
        self.present: dict[str, list[Sense]] = {}
        self.pairs: dict[str, list[tuple[Measure, Pair]]] = {}
        for measure, listed in words.measures.items():
            self._add(measure, listed)
        self._between = words.counted.other | frozenset(words.counted.of)
        self._states = frozenset(word for listed in words.measures.values() for word in listed.states)
        self._paired = frozenset(self._participle(verb) for verb in self.pairs)
        self.exceed = frozenset(words.bounds.exceed)
        self.change = frozenset([*words.bounds.change, *(self._participle(verb) for verb in words.bounds.change)])
        self.rates = _after(words.rates)
        self.totals = re.compile(r"\b(?:" + _either(words.totals.words) + r")\b")
        self.joining = re.compile(r"\b(?:" + _either(words.counted.joining) + r")\b")
        self.them = re.compile(r" (?:" + _either(words.counted.them) + r")\b")
        self.according = re.compile(r",? (?:" + _either(words.counted.according) + r")\b")
        lead = _either(words.bounds.lead)
        some = rf"(?:(?:{_either(words.counted.uncounted)}) [^\W\d_]+(?: {words.counted.conjunction}|,) )*"
        self.dont = re.compile(rf"\b(?:{_either(words.counted.dont)})[ ,:]{{1,2}}{some}(?:(?:{lead}) ?)?$")
        updates = words.updates
        self.against = re.compile(r"\b(?:" + _either(updates.against) + r") (?:[^\W\d_]+ ){0,2}$")
        self.instead = re.compile(r"\b(?:" + _either(updates.instead) + r") (?:[^\W\d_]+ ){0,1}$")
        self.then = re.compile(r"(?: [^\W\d_]+){0,2},? (?:" + _either(updates.then) + r")\b")
        self.earlier = re.compile(r"\b(?:" + _either(updates.earlier) + r")")
        self.as_of = re.compile(r"\b(?:" + _either(words.totals.as_of) + r") ?(?:le |the )?$")

    def _add(self, measure: Measure, listed: MeasureWords) -> None:
        for role in get_args(Role):
            for word in getattr(listed, role):
                marker, _, verb = word.rpartition("'" if "'" in word else " ")
                sense = Sense(measure, role, reflexive=bool(marker) and marker in self.words.forms.reflexive)
                self.senses.setdefault(verb if sense.reflexive else word, []).append(sense)
                if role in ("objects", "subjects", "means"):
                    self.participles.setdefault(self._participle(verb or word), []).append(sense)
                    self.present.setdefault(self._ended(verb or word, self.words.forms.present), []).append(sense)
        for pair in listed.pairs:
            self.pairs.setdefault(pair.verb, []).append((measure, pair))

    def _participle(self, verb: str) -> str:
        forms = self.words.forms
        spelled = forms.irregular.get(verb) or self._ended(verb, forms.participles)
        return self.spelled.setdefault(folded(spelled), spelled) and folded(spelled)

    def _ended(self, verb: str, endings: tuple[tuple[str, str], ...]) -> str:
        """A verb with its longest fitting ending replaced."""
        for ending, replaced in sorted(endings, key=lambda pair: -len(pair[0])):
            if verb.endswith(ending):
                return verb[: len(verb) - len(ending)] + replaced
        return verb

    def plain(self, node: Node) -> str:
        """A token's characters as the lists write them: normalised, lower case, no accents."""
        return self.known[node.form].plain

    def lemma(self, node: Node) -> str:
        """A token's lemma as the lists write it."""
        return self.known[node.form].lemma

    def of(self, node: Node) -> list[Sense]:
        """What a token's lemma or form says about a measure."""
        if not self.known[node.form].speaks:
            return []
        if pairs := self.pairs.get(folded(node.lemma)) or self.pairs.get(self.plain(node)):
            near = _near(node)
            for measure, pair in pairs:
                if pair.noun in near:
                    return [Sense(measure, "objects" if pair.place == "object" else "subjects", False, True, pair.via)]
        if node.pos in FUNCTION and (node.pos != "PRON" or folded(node.lemma) not in self.senses):
            return []  # "pendant" is no form of "pendre"
        verbal = node.pos in VERBAL
        found = self._listed(
            node.lemma, node.lower, verbal or self.number_of(node) is not None, not verbal and not node.text.isupper()
        )
        return [sense for sense in found if not sense.reflexive or self._is_reflexive(node)]

    def told(self, nodes: list[Node]) -> dict[int, list[Sense]]:
        """What some tokens say about measures, by token."""
        telling = compress(nodes, map(_SPEAKS, map(self.known.__getitem__, map(_FORM, nodes))))
        return {node.i: senses for node in telling if (senses := self.of(node))}

    def _word(self, form: Form) -> Word:
        plain, lemma, lists = self._folded(form.lower), folded(form.lemma), self.words
        speaks = form.pos not in MUTE and (
            lemma in self.pairs or plain in self.pairs or bool(self._look_up(form.lemma, form.lower, True, False))
        )
        one_by_one = lemma in lists.not_counts.count_one or self.kind(form.lemma) == "people"
        return Word(
            plain, self._folded(form.lemma.lower()), self._opens(plain, form.text), speaks,
            one_by_one or plain in self._bounding, self.nations.country(self.normal(form.text)),
        )  # fmt: skip

    def _look_up(self, lemma: str, lower: str, verbal: bool, spelled: bool) -> tuple[Sense, ...]:
        """What the lists say of a lemma and form; of forms of verbs too, with their accents where `spelled`."""
        lemma, form = folded(lemma), self._folded(lower)
        found = list(self.present.get(form) or self.senses.get(lemma) or self.senses.get(form) or [])
        stem = self._stem(form)
        if verbal and (not spelled or self.spelled.get(stem, stem) in self.normal(lower)):
            found += [
                sense for sense in (*self.senses.get(stem, ()), *self.participles.get(stem, ())) if sense not in found
            ]
        return tuple(found)

    def _stem(self, form: str) -> str:
        """A participle or adjective of the lists without its inflection; the form itself where it is none."""
        for ending in self.words.forms.inflections:
            stem = form.removesuffix(ending) if ending else form
            if form.endswith(ending) and (stem in self.participles or stem in self.senses):
                return stem
        return form

    def states(self, measure: Measure) -> frozenset[str]:
        """The nouns of a measure that tell what had happened before."""
        return frozenset(self.words.measures[measure].states)

    def is_state(self, node: Node) -> bool:
        """Whether a noun tells what had happened to people before: "prisonniers"."""
        return folded(node.lemma) in self._states or self.plain(node).removesuffix("s") in self._states

    def is_state_of(self, word: str) -> bool:
        """Whether a counted noun tells what had happened to people before."""
        return folded(word) in self._states

    def is_irregular(self, word: str) -> bool:
        """Whether a noun names people who fight for no state: "rebelles"."""
        return folded(word) in self.words.sides.irregulars

    def is_participle(self, node: Node) -> bool:
        """Whether a token has the form of a participle of the lists."""
        form = self.plain(node)
        return self._stem(form) in self.participles or form in self._paired

    def _opens(self, plain: str, text: str) -> str:
        if plain in self._numbers or ("-" in plain and not self._numbers.isdisjoint(plain.split("-"))):
            return "number"
        return "digits" if DIGIT.search(text) else "article" if plain in self._articles else ""

    def _nation_of(self, text: str) -> str | None:
        """The state that the words of a name tell: a seat of power, a nationality, a country's name."""
        text = self.normal(text)
        plain, seats = folded(text), self.words.sides.seats
        state = next((seats[part] for part in (plain, *plain.split()) if part in seats), None)
        if state is not None:
            return state
        parts = text.replace("'", "' ").split()
        stretches = (" ".join(parts[i : i + size]) for size in (3, 2, 1) for i in range(len(parts) - size + 1))
        return next((slug for part in stretches if (slug := self.nations.country(part)) is not None), None)

    def kind(self, word: str) -> str:
        """people, projectiles, aircraft, buildings, or things for any other noun (as written or its lemma)."""
        return self._kinds(word)

    def _kind(self, word: str) -> str:
        plain = folded(word)
        for name in CLASSES:
            if plain in getattr(self.words.counted, name):
                return name
        return "people" if self.nations.nationality(word) else "things"

    def is_counter(self, node: Node) -> bool:
        """Whether a noun names a number or a toll."""
        return folded(node.lemma) in self.words.counted.counters or folded(node.lemma) in self.words.counted.tolls

    def is_group(self, node: Node) -> bool:
        """Whether a noun only says how many or in what number: "un total de", "une salve de"."""
        return self.is_counter(node) or folded(node.lemma) in self.words.counted.groups

    def number_of(self, node: Node) -> Node | None:
        """The number right before a word: "deux abattus", "une dizaine d'autres enlevés" are no nouns."""
        left = node.left
        while left is not None and left.pos != "NUM" and self.plain(left) in self._between:
            left = left.left
        if left is None or left.pos == "NUM" or left.text[:1].isdigit():
            return left
        return left if left is not node.left and self.known[left.form].opens == "number" else None

    def is_counted(self, node: Node) -> bool:
        """Whether a word is a noun of one of the classes, whatever the parser takes it for."""
        plain = self.plain(node)
        return any(self.kind(word) != "things" for word in (node.lemma, plain, plain.removesuffix("s")))

    def _is_reflexive(self, node: Node) -> bool:
        return any(self.plain(child).strip("'") in self.words.forms.reflexive for child in node.children)


def _near(verb: Node) -> set[str]:
    """The lemmas on a verb, directly or through one more, or within four tokens after it; PLACE where its object is
    one."""
    near = [*verb.children, *(grandchild for child in verb.children for grandchild in child.children)]
    near += verb.tree.nodes[verb.i + 1 : verb.i + 5]
    found = {folded(word) for node in near if node.sentence == verb.sentence for word in (node.lemma, node.lower)}
    if any(node.ent == "LOC" and node.i > verb.i for node in verb.all("obj", "dobj", "obl:arg")):
        found.add(PLACE)
    return found


def _either(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def _after(phrases: dict[str, str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + _either(phrases) + r")\b")


@functools.cache
def lexicon(pack: LanguagePack) -> Lexicon:
    """The pack's words for figures, made ready once."""
    return Lexicon(pack.words(FigureWords, "figures"), pack)
