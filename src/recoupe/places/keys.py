"""The key under which a place's name is kept: its spellings in one script or another share it."""

import functools
import unicodedata

from ..lang.spelling import skeleton

# A region called like a town of its country is kept under its name behind this word.
REGION = "region"
KEPT = ("LATIN", "CYRILLIC", "ARABIC")


@functools.lru_cache(maxsize=65536)
def key(name: str) -> str:
    """The skeletons of the words, joined: one key for Zaporijjia, Zaporizhzhia and Запоріжжя."""
    words = name.replace("-", " ").replace("'", " ").replace("\N{RIGHT SINGLE QUOTATION MARK}", " ").split()
    return " ".join(filter(None, (skeleton(word) for word in words)))


def scripts_kept(name: str) -> bool:
    """Whether a name is written in a script that news texts here quote."""
    letters = [letter for letter in name if letter.isalpha()]
    return len(letters) > 2 and all(unicodedata.name(letter, "").startswith(KEPT) for letter in letters)
