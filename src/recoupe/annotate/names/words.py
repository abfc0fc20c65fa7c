"""The pack's words on names, and the patterns they make: names.toml, known.tsv, demonyms.tsv."""

import functools
import operator
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress, count
from typing import Generic, NamedTuple, TypeVar

import msgspec

from ...lang import LanguagePack
from ...lang.demonyms import Demonyms, demonyms
from ...lang.spelling import skeleton, without_article
from ...model.records import NameType
from .. import forms
from .row import Row, Word, cased, words

MODEL_NUMBER = re.compile(r"[A-Z]{1,4}-?\d+[A-Z]*\Z")
_TERM = re.compile(r"<([^<>]+)>")
BUILT_IN = ("nat", "country", "cap", "word", "ordinal", "punct")
ANY = "any^"
ORDINAL_ENDING = re.compile(r"(?<![^\W\d_])[^\W\d_]+\Z")
ORDINAL = re.compile(r"\d+[^\W\d_]{1,3}\Z")
# Class letters come from the private use area: any number of classes, one character each.
_FIRST = 0xE000


# A name longer than this is known in capitals too ("MOSCOU"); shorter ones are other words there.
SHOUTED = 3
_TEXT, _LOWER, _CODE = operator.attrgetter("text"), operator.attrgetter("lower"), operator.attrgetter("code")
V = TypeVar("V")


class Pattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sequence of items that makes a name: classes in angle brackets, with the operators of regular expressions.

    `known`: only where the gazetteer has an area of that name ("région de Donetsk", but "la région d'Ancerville").
    `without`: not behind these words ("chef de la diplomatie turque" is an office).
    """

    type: NameType
    match: str
    known: bool = False
    without: tuple[str, ...] = ()


class Metonyms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell a capital that acts from a town (lemmas, but for the prepositions)."""

    prepositions: frozenset[str]
    of: frozenset[str]
    to: frozenset[str]
    receivers: frozenset[str]
    routes: frozenset[str]
    persuading: frozenset[str]
    saying: frozenset[str]
    as_town: frozenset[str]
    besieged: frozenset[str]
    belongings: frozenset[str]


class Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word lists of names.toml."""

    titles: list[str]
    openers: list[str]
    closers: list[str]
    common: list[str]
    arms: list[str]
    before_places: list[str]
    surely_before_places: list[str]
    before_people: frozenset[str]
    of_region: list[str]
    elided: dict[str, str]
    of_place: list[str]
    seat: list[str]
    at: list[str]
    metonyms: Metonyms
    joiners: list[str]
    particles: list[str]
    before_acronyms: list[str]
    credit: list[str]
    before_networks: list[str]
    introducers: frozenset[str]
    aliases: frozenset[str]
    undertakings: frozenset[str]
    institutions: dict[str, str]
    networks: dict[str, str]
    people_endings: list[str]
    people_before: list[str]
    plural_places: list[str]
    classes: dict[str, dict[str, str]]
    patterns: list[Pattern]


class Item(msgspec.Struct, frozen=True, gc=False):
    """A word or a phrase of the pack with its class."""

    start: int
    end: int
    kind: str
    concept: str
    capital: bool
    first: int


class Class(NamedTuple):
    """What kind of word or phrase one is, which one of the kind, and its class letter and case as one code."""

    kind: str
    concept: str
    code: str


class Items:
    """The classes of a paragraph's words, phrases as one; items themselves are made only where they are asked for."""

    def __init__(self, row: Sequence[Word], firsts: list[int], classes: list[Class]) -> None:
        self.row, self._firsts, self._classes = row, firsts, classes  # the first word of each item, and its class
        self.coded = "".join(map(_CODE, classes))

    def cut(self, start: int, end: int) -> list[Item]:
        """The items from one to another."""
        return [self._item(i) for i in range(start, end)]

    def of(self, kind: str) -> list[Item]:
        """The items of one class."""
        return [self._item(i) for i, known in enumerate(self._classes) if known.kind == kind]

    def _item(self, i: int) -> Item:
        first, known = self._firsts[i], self._classes[i]
        after = self._firsts[i + 1] if i + 1 < len(self._firsts) else len(self.row)
        word = self.row[first]
        return Item(word.start, self.row[after - 1].end, known.kind, known.concept, word.capital, first)


class Known(msgspec.Struct, frozen=True, array_like=True):
    """A name of known.tsv: its type and its referent, and what it stands for as an actor."""

    type: NameType
    entity: str
    stands_for: str


@functools.lru_cache(maxsize=1 << 14)
def person_key(form: str) -> tuple[str, ...]:
    """The skeletons of the words of a person's name: "al-Burhane" is Burhane."""
    parts = (without_article(word.text) for word in words(form) if word.text[0].isalnum())
    return tuple(filter(None, map(skeleton, parts)))


NOTHING: Mapping[str, str] = {}


class Leads:
    """Phrases that may stand before a word."""

    def __init__(self, phrases: Sequence[str], elided: Mapping[str, str] = NOTHING) -> None:
        """Phrases; one that ends in a word of `elided` may end in its elided form too ("prise de", "prise d'")."""
        # By the last word and the one before it ("" where there is none): many end in "de".
        self._by_last: dict[str, dict[str, list[tuple[str, ...]]]] = {}
        parts = [phrase.rpartition(" ") for phrase in phrases]
        short = [f"{head} {elided[tail]}" for head, _, tail in parts if tail in elided]
        for phrase in (*phrases, *short):
            found = words(f"{phrase} a")[:-1]  # "d'" is a word before another only
            # One written in capitals here stands at the beginning of a sentence only ("A" for "À").
            split = tuple(word.text if word.text.isupper() else word.lower for word in found)
            before = split[-2] if len(split) > 1 else ""
            self._by_last.setdefault(split[-1], {}).setdefault(before, []).append(split)

    def before(self, found: Sequence[Word], i: int) -> bool:
        """Whether one of them ends just before a word."""
        last = found[i - 1] if i else None
        if last is None:
            return False
        by_second = self._by_last.get(last.lower) or self._by_last.get(last.text)
        if by_second is None:
            return False
        if "" in by_second:
            return True
        return i > 1 and any(
            i >= len(phrase) and all(found[i - len(phrase) + k].lower == phrase[k] for k in range(len(phrase) - 1))
            for phrase in by_second.get(found[i - 2].lower, ())
        )


class Phrases(Generic[V]):
    """Phrases of several words, found longest first."""

    def __init__(self) -> None:
        self.by_first: dict[str, list[tuple[tuple[str, ...], V]]] = {}

    def add(self, phrase: str, value: V) -> None:
        """A phrase as written; what is found must have the same words."""
        split = tuple(word.text for word in words(f"{phrase} a")[:-1])  # "d'" is a word before another only
        found = self.by_first.setdefault(split[0], [])
        if all(key != split for key, _ in found):
            found.append((split, value))
            found.sort(key=lambda entry: -len(entry[0]))

    def at(self, forms: Sequence[str], i: int) -> tuple[int, V] | None:
        """The length in words and the value of the longest phrase that begins at a word."""
        for split, value in self.by_first.get(forms[i], ()):
            if tuple(forms[i : i + len(split)]) == split:
                return len(split), value
        return None


class Lexicon:
    """Everything compiled, once for each pack."""

    def __init__(self, pack: LanguagePack) -> None:
        lists = pack.words(Lists, "names")
        self.lists = lists
        self.countries: Demonyms = demonyms(pack)
        self.titles = frozenset(title.rstrip(".") for title in lists.titles)
        self.openers, self.closers = frozenset(lists.openers), frozenset(lists.closers)
        self.common = frozenset(lists.common)
        self.people_before = frozenset(lists.people_before)
        self.people_endings = tuple(lists.people_endings)
        self.joiners, self.particles = frozenset(lists.joiners), frozenset(lists.particles)
        self.before_acronyms = frozenset(lists.before_acronyms)
        self.before_people = lists.before_people
        self.arms = frozenset(lists.arms)
        self.no_names = self.common | self.arms
        self.before_places = Leads(lists.before_places, lists.elided)
        self.surely_before_places = Leads(lists.surely_before_places, lists.elided)
        self.of_region = Leads(lists.of_region, lists.elided)
        self.before_networks = Leads(lists.before_networks)
        self.seat, self.at = frozenset(lists.seat), frozenset(lists.at)
        self.of, self.of_place = frozenset(lists.classes["of"]), frozenset(lists.of_place)
        self.corps = frozenset(lists.classes["corps"])
        self.plural_places = frozenset(lists.plural_places)
        self.credit = re.compile(rf"(?:{'|'.join(map(re.escape, lists.credit))})\s*(?:photo\s*)?:\s*", re.IGNORECASE)
        self._letters: dict[str, str] = {kind: chr(_FIRST + i) for i, kind in enumerate((*BUILT_IN, *lists.classes))}
        self._phrases: Phrases[tuple[str, str]] = Phrases()
        self._exact: Phrases[Known] = Phrases()
        self._singles: dict[str, tuple[str, str]] = {}
        self._classes = forms.Known(self._class_of)
        self.people: dict[tuple[str, ...], str] = {}
        for kind, entries in lists.classes.items():
            for phrase, concept in entries.items():
                self._add(phrase.lower(), (kind, concept))
        for form, entity in self.countries.names.items():
            if " " in form or "-" in form or "'" in form:
                self._add(form, ("country", entity))
        for form, entity in self.countries.adjectives.items():
            if " " in form:
                self._add(form, ("nat", entity))
        for row in pack.table("known"):
            known = msgspec.convert(row[:3], Known)
            for form in row[3].split("|"):
                self._exact.add(form, known)
                if known.type != "ORG" and len(form) > SHOUTED:
                    self._exact.add(form.upper(), known)
                if known.type == "PER":
                    self.people.setdefault(person_key(form), known.entity)
        self.patterns = [
            (pattern, self._compiled(pattern.match), Leads(pattern.without), self._needed(pattern.match))
            for pattern in lists.patterns
        ]
        self.institutions: Phrases[str] = Phrases()
        for phrase, concept in lists.institutions.items():
            self.institutions.add(phrase, concept)
        self.portfolios = frozenset(lists.classes["portfolio"])
        self.links = frozenset((*lists.classes["and"], *lists.classes["comma"]))

    def _compiled(self, match: str) -> re.Pattern[str]:
        """A pattern over class letters: each item is its letter and its case ("A" or "a")."""

        def term(found: re.Match[str]) -> str:
            names = found[1].split("|")
            capital = all(name.endswith("^") for name in names)
            letters = "".join(self._letters[name.rstrip("^")] for name in names if name != ANY)
            return f"(?:{f'[{letters}]' if letters else '[^Aa]'}{'A' if capital else '[Aa]'})"

        return re.compile(_TERM.sub(term, match).replace(" ", ""))

    def _needed(self, match: str) -> list[str]:
        """The letters of the terms that a pattern cannot do without: most paragraphs lack one, and need no search."""
        depth, found = 0, []
        for term in re.finditer(r"[()]|<([^<>]+)>([?*]?)", match):
            depth += {"(": 1, ")": -1}.get(term[0], 0)
            if term[1] and not term[2] and not depth:
                names = [name.rstrip("^") for name in term[1].split("|") if name != ANY]
                found.append("".join(self._letters[name] for name in names))
        return [letters for letters in found if letters]

    def alone(self, word: str) -> Known | None:
        """The country, or the name of known.tsv, that one word is."""
        country = self.countries.named(word)
        if country is not None:
            return Known("LOC", country, "")
        found = self._exact.at((word,), 0) if word in self._exact.by_first else None
        return found[1] if found is not None else None

    def _add(self, phrase: str, value: tuple[str, str]) -> None:
        """A phrase of the lists; of one word it is that word's class."""
        if len(split := words(f"{phrase} a")) > 2:  # "d'" is a word before another only
            self._phrases.add(phrase, value)
        else:
            self._singles.setdefault(split[0].text, value)

    def items(self, found: Sequence[Word]) -> Items:
        """The words grouped into phrases, each with its class."""
        firsts, classes = list(range(len(found))), list(map(self._classes.__getitem__, map(_TEXT, found)))
        lowers = list(map(_LOWER, found))
        phrases: list[tuple[int, int, Class]] = []
        until = 0
        for n in compress(count(), map(self._phrases.by_first.__contains__, lowers)):
            match = self._phrases.at(lowers, n) if n >= until else None
            if match is not None:
                until = n + match[0]
                phrases.append((n, until, self._class(*match[1], found[n].capital)))
        for n, until, known in reversed(phrases):
            firsts[n:until], classes[n:until] = [n], [known]
        return Items(found, firsts, classes)

    def _class(self, kind: str, concept: str, capital: bool) -> Class:
        return Class(kind, concept, self._letters[kind] + ("A" if capital else "a"))

    def _class_of(self, text: str) -> Class:
        lower, capital = cased(text)
        return self._class(*(self._singles.get(lower) or self._read(text, capital)), capital)

    def _read(self, text: str, capital: bool) -> tuple[str, str]:
        """The class of a word that no list has."""
        if not text[0].isalnum():
            return "punct", ""
        if capital:
            country = self.countries.named(text)
            if country is not None:
                return "country", country
        nationality = self.countries.nationality(text)
        if nationality is not None:
            return "nat", nationality
        if ORDINAL.match(text):
            return "ordinal", ORDINAL_ENDING.sub("", text)
        return ("cap" if capital else "word"), ""

    def matches(self, items: Items) -> Iterator[tuple[Pattern, Sequence[Item]]]:
        """Pattern and items of each stretch that matches."""
        coded = items.coded
        lacks = set(coded).isdisjoint
        for pattern, expression, without, needed in self.patterns:
            if any(map(lacks, needed)):
                continue
            for found in expression.finditer(coded):
                if found.start() % 2 == 0 and found.end() > found.start():
                    matched = items.cut(found.start() // 2, found.end() // 2)
                    if not (pattern.without and without.before(items.row, matched[0].first)):
                        yield pattern, matched

    def known(self, found: Sequence[Word]) -> Iterator[tuple[Word, Word, Known]]:
        """The names of known.tsv: first word, last word, what they are."""
        forms = [word.text for word in found]
        firsts = self._exact.by_first
        until = 0
        for i, form in enumerate(forms):
            if i >= until and form in firsts and (match := self._exact.at(forms, i)) is not None:
                length, value = match
                yield found[i], found[i + length - 1], value
                until = i + length


@functools.cache
def lexicon(pack: LanguagePack) -> Lexicon:
    """The lexicon of a pack."""
    return Lexicon(pack)


__all__ = ["ANY", "MODEL_NUMBER", "Item", "Known", "Leads", "Lexicon", "Row", "Word", "lexicon", "person_key", "words"]
