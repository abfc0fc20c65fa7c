"""The words by which articles, claims and names are looked for, and their index in a store."""

import re

from ..lang.folding import unaccented
from ..lang.skeleton import skeleton
from ..store import Search, Store

# What is heard of a word of a name stands apart from the word itself.
SOUND = "zz"
WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text as they are looked for: small letters, no accents."""
    plain = unaccented(text.lower(), "NFKD")
    return WORD.findall(plain)


def sounds(text: str) -> list[str]:
    """What the spellings of each word of a name share."""
    return [SOUND + found for word in words(text) if (found := skeleton(word))]


def search(store: Store) -> Search:
    """The index of search of a store. What has come since it was last caught up (`renew`) is not found in it."""
    return Search(store.engine, words, sounds)
