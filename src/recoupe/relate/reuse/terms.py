"""The content words of many texts as numbers, all at once: letter by letter in arrays rather than word by word."""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...lang import pack
from ..rarity import frequencies
from ..reading import SHORTEST, STEM, folded
from ..words import RelateWords

Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]
Truths = NDArray[np.bool_]
Letters = NDArray[np.uint32]
# A word is rare where it occurs at most so often in a billion words.
RARE = 5e4
SEPARATOR = "\x00"
# Texts are taken so many characters at a time: what is worked on then stays near the processor.
AT_ONCE = 1 << 19
MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB), np.uint64(0x9E3779B97F4A7C15))
# Every character's letter without accent in small type, 0 outside words; filled as characters are met. Digits have a
# bit that no character has.
UNMET, DIGIT = 0xFFFFFFFF, 1 << 22
LETTERS: Letters = np.full(0x110000, UNMET, np.uint32)
# Sets of words are first looked up by so many of their first bits.
BITS = np.uint64(20)


@dataclass(frozen=True, slots=True)
class Terms:
    """The content words of some texts, in their order: numbers of their stems, the text that each stands in, and
    whether it is a rare word (numbers as written are none)."""

    numbers: Numbers
    where: Places
    rare: Truths


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of a text: where they begin, their length in letters, numbers of their stems and of the whole words (0 for
    one longer than `most`), and whether they begin with a digit."""

    begins: Places
    lengths: Places
    stems: Numbers
    wholes: Numbers
    digits: Truths


def terms(texts: Sequence[str], code: str) -> Terms:
    """The content words of texts in one language."""
    found: list[Terms] = []
    start = 0
    while start < len(texts) or not found:
        end, size = start, 0
        while end < len(texts) and (end == start or size < AT_ONCE):
            size += len(texts[end])
            end += 1
        found.append(_terms(texts[start:end], code, start))
        start = max(end, start + 1)
    return Terms(
        np.concatenate([one.numbers for one in found]),
        np.concatenate([one.where for one in found]),
        np.concatenate([one.rare for one in found]),
    )


def _terms(texts: Sequence[str], code: str, first: int) -> Terms:
    known = _known(code)
    words = _words(SEPARATOR.join(texts), known.longest)
    ends = np.cumsum([len(text) + 1 for text in texts], dtype=np.int64)
    until = np.searchsorted(words.begins, ends)
    where = np.repeat(np.arange(first, first + len(texts)), np.diff(until, prepend=0))
    content = words.digits | ((words.lengths >= SHORTEST) & ~known.stopped.has(words.wholes))
    numbers, digits = words.stems[content], words.digits[content]
    return Terms(numbers, where[content], ~(digits | known.frequent.has(numbers)))


def _words(text: str, most: int) -> _Words:
    letters = np.zeros(len(text) + max(most, STEM) + 2, np.uint32)
    letters[1 : len(text) + 1] = _letters(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32))
    inside = letters != 0
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    begins, lengths = edges[::2] + 1, edges[1::2] - edges[::2]
    stems = np.zeros(len(begins), np.uint64)
    for n in range(STEM):
        stems = stems * MIX[2] + np.where(n < lengths, letters[begins + n], 0)
    wholes = np.where(lengths <= STEM, stems, 0)
    longer = np.flatnonzero((lengths > STEM) & (lengths <= most))
    whole = stems[longer]
    for n in range(STEM, most):
        whole = whole * MIX[2] + np.where(n < lengths[longer], letters[begins[longer] + n], 0)
    wholes[longer] = whole
    return _Words(begins - 1, lengths, mixed(stems), mixed(wholes), letters[begins] >= DIGIT)


def _letters(characters: Letters) -> Letters:
    found = LETTERS[characters]
    unmet = characters[found == UNMET]
    if len(unmet):
        for character in set(unmet.tolist()):
            LETTERS[character] = _letter(chr(character))
        found = LETTERS[characters]
    return found


def _letter(character: str) -> int:
    if not character.isalnum() and character != "_":
        return 0
    plain = (folded(character) or character)[0]
    return ord(plain) | (DIGIT if plain.isdigit() else 0)


def mixed(x: Numbers) -> Numbers:
    """Numbers spread over all 64 bits (the finaliser of splitmix64)."""
    x = (x ^ (x >> np.uint64(30))) * MIX[0]
    x = (x ^ (x >> np.uint64(27))) * MIX[1]
    return x ^ (x >> np.uint64(31))


class _Set:
    """Numbers, for asking of many whether they are among them."""

    def __init__(self, numbers: Numbers) -> None:
        self._sorted = np.unique(numbers)
        self._begin = np.zeros(1 << int(BITS), bool)
        self._begin[self._sorted >> (np.uint64(64) - BITS)] = True

    def has(self, numbers: Numbers) -> Truths:
        found: Truths = self._begin[numbers >> (np.uint64(64) - BITS)]
        maybe = np.flatnonzero(found)
        at = np.searchsorted(self._sorted, numbers[maybe]).clip(max=len(self._sorted) - 1)
        found[maybe] = self._sorted[at] == numbers[maybe]
        return found


@dataclass(frozen=True)
class _Known:
    """What is known of a language's words: those without content (and the letters of the longest), those not rare."""

    stopped: _Set
    longest: int
    frequent: _Set


@functools.cache
def _known(code: str) -> _Known:
    stopped = pack(code).words(RelateWords, "relate").stopped
    longest = max(map(len, stopped))
    frequent = (stem for stem, often in frequencies(code).items() if often > RARE)
    return _Known(_set(stopped, longest), longest, _set(frequent, STEM))


def _set(words: Iterable[str], most: int) -> _Set:
    return _Set(_words(SEPARATOR.join(word for word in words if word.isalnum()), most).wholes)
