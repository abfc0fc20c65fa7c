"""Who can speak: the pack's nouns of people, bodies and publications (speakers.tsv, speakers.toml), compiled once."""

import functools
import re
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from ... import lang
from ...lang import LanguagePack
from ...lang.demonyms import Demonyms, demonyms
from ..tree import Node

Kind = Literal["person", "body", "publication", "place"]
SHORTEST = 5  # letters of a noun of people that is known by its ending only
FORMS_KEPT = 50_000  # looked-up forms that are remembered: more than a day's news has


class Office(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An office of a state and how it is called (a regular expression over a role without article and nation)."""

    name: str
    pattern: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """speakers.toml."""

    endings: list[tuple[str, str]]
    suffixes: list[str]
    not_people: frozenset[str]
    epithets: frozenset[str]
    prefixes: list[str]
    pronouns: frozenset[str]
    openers: frozenset[str]
    quantities: frozenset[str]
    latter: frozenset[str]
    plural: frozenset[str]
    demonstratives: frozenset[str]
    same: frozenset[str]
    apposers: frozenset[str]
    copulas: frozenset[str]
    leading: dict[str, str]
    heads: frozenset[str]
    hypernyms: dict[str, list[str]]
    authors: frozenset[str]
    passing: frozenset[str]
    former: list[str]
    sides: frozenset[str]
    governments: frozenset[str]
    sources: frozenset[str]
    organs: dict[str, str]
    seats: dict[str, str]
    honorifics: dict[str, str]
    feminine: frozenset[str]
    masculine: frozenset[str]
    feminine_land: str
    masculine_lands: frozenset[str]
    articles: frozenset[str]
    contracted: frozenset[str]
    somewhere: frozenset[str]
    somebody: frozenset[str]
    offices: list[Office]
    kinds: dict[str, list[str]]
    marks: dict[str, str]


class Body(NamedTuple):
    """What is known of a body: its kinds, its marks, its country ("" where it has none)."""

    kinds: frozenset[str]
    marks: frozenset[str]
    country: str


class Bearer(NamedTuple):
    """Who holds an office of a state or a body, from one month to another ("" for still)."""

    person: str
    office: str
    of: str
    since: str
    until: str


class Vocabulary:
    """The nouns that can speak. `kinds_of` answers for a word in any of its forms."""

    def __init__(self, pack: LanguagePack) -> None:
        self.words = words = pack.words(Words, "speakers")
        self.table: Demonyms = demonyms(pack)
        self.nouns: dict[str, set[Kind]] = {}
        for kind, _, listed in pack.table("speakers"):
            for noun in listed.split("|"):
                self.nouns.setdefault(noun, set()).add(msgspec.convert(kind, Kind))
        self.offices = [(office.name, re.compile(office.pattern)) for office in words.offices]
        self.longest = sorted(words.endings, key=lambda pair: -len(pair[0]))
        self.suffixes, self.prefixes = tuple(words.suffixes), tuple(words.prefixes)
        self._found: dict[str, tuple[str, frozenset[Kind]]] = {}
        self.stem = functools.lru_cache(FORMS_KEPT)(self._stem)
        self._single = functools.lru_cache(FORMS_KEPT)(self._find_single)
        self.marks = {self.stem(word): mark for word, mark in words.marks.items()}
        # What acts under the name of a place ("Kremlin").
        self.seats = {row[1]: row[2] for row in pack.table("known") if row[0] == "LOC" and row[2]}

    def singular(self, word: str) -> str:
        """The form under which a word stands in the lists; the word itself where it stands in none."""
        return self._entry(word)[0]

    def kinds_of(self, word: str) -> frozenset[Kind]:
        """The kinds of speaker that a word (lower case, any form) means: empty for a thing."""
        return self._entry(word)[1]

    def _entry(self, word: str) -> tuple[str, frozenset[Kind]]:
        found = self._found.get(word)
        if found is None:
            if len(self._found) > FORMS_KEPT:
                self._found.clear()
            found = self._found[word] = self._look_up(word)
        return found

    def _look_up(self, word: str) -> tuple[str, frozenset[Kind]]:
        bare = word
        for prefix in self.prefixes:
            bare = bare.removeprefix(prefix)
        for form in (word, bare):
            if form in self.nouns:
                return form, frozenset(self.nouns[form])
            for ending, instead in self.words.endings:
                single = form.removesuffix(ending) + instead
                if form.endswith(ending) and single in self.nouns:
                    return single, frozenset(self.nouns[single])
        single = bare.removesuffix("s")
        if single.endswith(self.suffixes) and single not in self.words.not_people and len(single) >= SHORTEST:
            return single, frozenset({"person"})
        return word, frozenset()

    def _stem(self, adjective: str) -> str:
        """An adjective without the ending of its number and gender: the same for all its forms."""
        for ending, instead in self.longest:
            if adjective.endswith(ending):
                return adjective.removesuffix(ending) + instead
        return adjective

    def speaks(self, node: Node) -> bool:
        """Whether the head of a speaker's words can speak. What the model calls a name is one."""
        if node.pos in ("PROPN", "X") or node.ent in ("PER", "ORG", "LOC"):
            return node.lower not in self.words.openers
        if node.pos == "PRON":
            return bool(node.lower.strip("-").removeprefix("t-") in self.words.pronouns or node.morph("Person"))
        if node.pos == "DET" or node.pos == "NUM":
            return node.lower in self.words.pronouns or node.pos == "NUM"
        return any(self.kinds_of(form) for form in (node.lower, node.lemma.lower())) or bool(
            self.table.nationality(node.text)
        )

    def person(self, node: Node) -> str:
        """The singular of a noun of people, empty for another word."""
        return self._single(node.lower, node.lemma, "person")

    def body(self, node: Node) -> str:
        """The singular of a noun of bodies, empty for another word."""
        return self._single(node.lower, node.lemma, "body")

    def _find_single(self, lower: str, lemma: str, kind: Kind) -> str:
        for form in (lower, lemma.lower()):
            if kind in self.kinds_of(form):
                return self.singular(form)
        return ""

    def office(self, role: str) -> str:
        """The office that a role is called by, empty for none."""
        return next((name for name, pattern in self.offices if pattern.match(role)), "")

    def gender_of_noun(self, word: str) -> str:
        """Masc or Fem where the noun itself says so."""
        return "Fem" if word in self.words.feminine else "Masc" if word in self.words.masculine else ""

    def gender_of_land(self, entity: str) -> str:
        """The gender of a country by the ending of its name; empty where names of countries have none."""
        ending = self.words.feminine_land
        label = self.table.labels.get(entity, "")
        if not ending or not label:
            return ""
        return "Fem" if label.endswith(ending) and entity not in self.words.masculine_lands else "Masc"


@functools.lru_cache(maxsize=8)
def vocabulary(pack: LanguagePack) -> Vocabulary:
    """The vocabulary of a pack, compiled once."""
    return Vocabulary(pack)


def _rows(name: str) -> list[list[str]]:
    path = Path(lang.__file__).with_name(name)
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@functools.cache
def bodies() -> dict[str, Body]:
    """What is known of the bodies of bodies.tsv."""
    return {
        slug: Body(frozenset(kinds.split()), frozenset(marks.split()), country)
        for slug, kinds, marks, country in ((*row, "", "", "")[:4] for row in _rows("bodies.tsv"))
    }


@functools.cache
def bearers() -> dict[str, list[Bearer]]:
    """The offices of the people of bearers.tsv."""
    found: dict[str, list[Bearer]] = {}
    for row in _rows("bearers.tsv"):
        bearer = Bearer(*(*row, "", "")[:5])
        found.setdefault(bearer.person, []).append(bearer)
    return found


@functools.cache
def given_genders() -> dict[str, str]:
    """Given names (lower case) with Fem or Masc; names that both bear are left out."""
    women, either = _names("women.txt")
    men = [word for word in _names("given.txt")[0] if word not in women and word not in either]
    return {**dict.fromkeys(men, "Masc"), **dict.fromkeys(women, "Fem")}


def _names(file: str) -> tuple[set[str], set[str]]:
    lines = [line for line in _rows(file) if line]
    cut = next((i for i, line in enumerate(lines) if line[0].startswith("--")), len(lines))
    first = {word.lower() for line in lines[:cut] for word in line[0].split()}
    return first, {word.lower() for line in lines[cut + 1 :] for word in line[0].split()}
