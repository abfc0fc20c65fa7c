"""The key under which a place's name is kept: its spellings in one script or another share it."""

import functools
import re
import unicodedata

from ..lang.spelling import skeleton

# A region called like a town of its country is kept under its name behind this word.
REGION = "region"
# Letters of an article before an apostrophe, at most: "l'", "d'".
ARTICLE = 2
_APOSTROPHE = re.compile(r"(?<!\w)(\w+)['\N{RIGHT SINGLE QUOTATION MARK}](?=\w)")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ONE_LETTER = str.maketrans(
    {
        "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
        "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC TATWEEL}": "",
    }
)
KEPT = ("LATIN", "CYRILLIC", "ARABIC")


@functools.lru_cache(maxsize=65536)
def key(name: str) -> str:
    """The skeletons of the words, joined: one key for Zaporijjia, Zaporizhzhia and Запоріжжя.

    An apostrophe ends an article ("d'Azov") but not the first half of a word ("Слов'янськ"). Arabic, which writes few
    vowels, keeps its own letters: in Latin ones Haïfa and Kyiv would be one.
    """
    plain = _APOSTROPHE.sub(lambda found: found[1] if len(found[1]) > ARTICLE else found[1] + " ", name)
    words = plain.replace("-", " ").replace("'", " ").replace("\N{RIGHT SINGLE QUOTATION MARK}", " ").split()
    return " ".join(filter(None, (_arabic(word) if _ARABIC.search(word) else skeleton(word) for word in words)))


def _arabic(word: str) -> str:
    """An Arabic word without marks, its letters that news writes in several ways made one, and without its article."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
    return bare.translate(_ONE_LETTER).removeprefix("\N{ARABIC LETTER ALEF}\N{ARABIC LETTER LAM}")


def scripts_kept(name: str) -> bool:
    """Whether a name is written in a script that news texts here quote."""
    letters = [letter for letter in name if letter.isalpha()]
    return len(letters) > 2 and all(unicodedata.name(letter, "").startswith(KEPT) for letter in letters)
