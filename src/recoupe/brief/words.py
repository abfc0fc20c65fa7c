"""The words that the account needs of a language."""

import functools

import msgspec

from ..lang import LanguagePack
from .naming import Forms, Namer


class BriefWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """brief.toml: `plural_starts` and `plural_heads` are words by which a source is many; `determiners` lose their
    capital inside a sentence; `possessives` point at somebody named before; `nobody` are subjects without a person;
    `hanging` words begin a clause that hangs on what stands before; `order` and `fear` are the beginnings of the verbs
    that tell an order from a request, a fear from a forecast. `opening` and `closing` are our quotation marks, `cut`
    the sign of words left out. `names` are the articles that names of countries take."""

    plural_starts: tuple[str, ...]
    plural_heads: tuple[str, ...]
    determiners: tuple[str, ...]
    possessives: tuple[str, ...]
    nobody: tuple[str, ...]
    hanging: tuple[str, ...]
    order: tuple[str, ...]
    fear: tuple[str, ...]
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
