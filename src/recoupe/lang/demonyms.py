"""Countries by their names and their adjectives: "russe", "Russes" and "Fédération de Russie" are all loc/russia.

The words are in demonyms.tsv of each pack: slug, ISO 3166-1 code, names, adjectives and nouns of people.
"""

import functools

from .pack import LanguagePack

# One slug for one country in every language.
PREFIX = "loc/"
FORMS_KEPT = 50_000  # looked-up words that are remembered: more than a day's news has


class Demonyms:
    """The table of one pack, indexed by form. A form the table writes with a capital needs one in the text."""

    def __init__(self, pack: LanguagePack) -> None:
        self.names: dict[str, str] = {}
        self.adjectives: dict[str, str] = {}
        self.codes: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        for slug, iso, names, adjectives, *_ in ((*row, "", "", "") for row in pack.table("demonyms")):
            entity = PREFIX + slug
            if iso:
                self.codes[entity] = iso
            for name in filter(None, names.split("|")):
                self.names.setdefault(_key(name), entity)
                self.labels.setdefault(entity, name)
            for adjective in filter(None, adjectives.split("|")):
                self.adjectives.setdefault(_key(adjective), entity)
        self._capital = {
            _key(form)
            for row in pack.table("demonyms")
            for cell in row[2:4]
            for form in cell.split("|")
            if form[:1].isupper()
        }

    def country(self, word: str) -> str | None:
        """The slug of a country name, an adjective or a noun of people; None for anything else."""
        return self.named(word) or self.nationality(word)

    def named(self, word: str) -> str | None:
        """The slug of a country's name."""
        return self._found(self.names, word)

    def nationality(self, word: str) -> str | None:
        """The slug behind an adjective or a noun of people."""
        return self._found(self.adjectives, word)

    def _found(self, index: dict[str, str], word: str) -> str | None:
        key = _key(word)
        if key in self._capital and not any(letter.isupper() for letter in word):
            return None
        return index.get(key)


@functools.lru_cache(FORMS_KEPT)
def _key(word: str) -> str:
    return " ".join(word.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").casefold().split())


@functools.cache
def demonyms(pack: LanguagePack) -> Demonyms:
    """The table of a pack, made once."""
    return Demonyms(pack)


def country_of(word: str, pack: LanguagePack) -> str | None:
    """The country's slug ("loc/russia") of a name, an adjective or a noun of people in the pack's language."""
    return demonyms(pack).country(word)


def country_code(slug: str, pack: LanguagePack) -> str | None:
    """The ISO 3166-1 code of a country's slug; None for former, part and unrecognised states."""
    return demonyms(pack).codes.get(slug)
