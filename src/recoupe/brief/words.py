"""The words that the account needs of a language."""

import functools
from typing import Literal

import msgspec

from ..lang import LanguagePack
from .naming import Forms, Namer


class BriefWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """brief.toml: `plural_starts` and `plural_heads` are words by which a source is many; `determiners` and
    `prepositions` lose their capital inside a sentence; `possessives` point at somebody named before; `nobody` are
    subjects without a person, `unowned` tell what nobody is said to have counted; `restricting` begin a verb whose
    "that" only restricts ("n'a confirmé que douze morts"), `clausal` verbs take a clause without a "that"; `hanging`
    words begin a clause that hangs on what stands before. `verbs` are the beginnings of the verbs that tell an order
    and an offer from a request, a fear and a hope from a forecast, what is announced from what is stated. `joints` are
    the words that hand a content over, by the shape it then has, `dative` matches whom something is asked of; `verb`,
    `infinitive` (after "to") and `noun_starts` tell what content begins with, `finite` the verbs of a clause without
    its "that". `elisions` are joints that lose their vowel before what `elided` matches. `bylines` stand before the
    name of who wrote an article; `articles` are what stands before a name, and the article that it then takes.
    `opening` and `closing` are our quotation marks, `cut` the sign of words left out. `names` are the articles of
    countries."""

    plural_starts: tuple[str, ...]
    plural_heads: tuple[str, ...]
    determiners: tuple[str, ...]
    prepositions: tuple[str, ...]
    possessives: tuple[str, ...]
    unowned: frozenset[str]
    restricting: tuple[str, ...]
    clausal: tuple[str, ...]
    nobody: tuple[str, ...]
    hanging: tuple[str, ...]
    verbs: dict[str, tuple[str, ...]]
    joints: dict[str, Literal["that", "whether", "subjunctive", "of", "to", "for"]]
    dative: str
    verb: str
    infinitive: str
    noun_starts: frozenset[str]
    finite: frozenset[str]
    elisions: tuple[tuple[str, str], ...]
    elided: str
    bylines: tuple[str, ...]
    articles: dict[str, str]
    opening: str
    closing: str
    cut: str
    names: tuple[Forms, ...]


def words_of(pack: LanguagePack) -> BriefWords:
    """The words that this room needs of a language."""
    return pack.words(BriefWords, "brief")


@functools.cache
def namer(pack: LanguagePack) -> Namer:
    """What a reader of a language calls countries, capitals and bodies."""
    words = words_of(pack)
    return Namer(pack, words.names, words.plural_heads)
