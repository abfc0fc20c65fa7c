"""How much a word or name says by being there: fixed, from the packs, so that no article changes what another says."""

import functools
import math

from ..lang import pack

# The chance that an article has a word is that of its occurring in so many words.
WORDS = 100
# What is not in the list of a language's words occurs less often than this (in a billion words).
LISTED = 1e4
# Beyond this rarity (natural logarithm of one over the chance) a word says no more: names would outweigh all else.
MOST = 4.0


@functools.cache
def frequencies(code: str) -> dict[str, float]:
    """How often each listed stem occurs in a billion words of a language."""
    return {row[0]: 10 ** float(row[1]) for row in pack(code).table("frequency")}


@functools.lru_cache(maxsize=1 << 16)
def rarity(stem: str, code: str) -> float:
    """The natural logarithm of one over the chance that an article in a language has a stem, MOST at most."""
    chance = 1 - math.exp(-WORDS * frequency(stem, code) / 1e9)
    return min(MOST, -math.log(chance))


def frequency(stem: str, code: str) -> float:
    """How often a stem occurs in a billion words of a language; of what is not listed, the least that is."""
    return frequencies(code).get(stem, LISTED)
