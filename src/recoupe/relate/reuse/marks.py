"""Marks of paragraphs: few numbers by which those that share text find each other in an index of any size.

Two kinds. Of the runs of three content words every one that is smallest among its neighbours (winnowing): whatever
run of five content words two paragraphs share, they share a mark. And the rare words of a paragraph with the week in
which it was published: what was reworded from end to end keeps its names, and is of the same days.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...lang import pack
from ...model.article import digest
from ..days import first_day
from ..rarity import frequency
from ..reading import SHORTEST, STEM, folded
from ..words import RelateWords
from .pages import SHINGLE, Page

Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]
# Of so many neighbouring runs one is kept: a third of the rows that all runs would take, and five shared content words
# are sure to be found.
WINDOW = 3
# A word is rare where it occurs at most so often in a billion words; of a paragraph's rare words this many are kept.
RARE, KEPT = 5e4, 8
# Days of a week's worth of reworded copies: a paragraph is compared with those of its own week and the one before.
WEEK = 7
# Marks in common that make two paragraphs worth comparing: of runs, of rare words.
SHARED, REWORDED = 2, 4
# In a list longer than this (boilerplate) only its first paragraphs are partners of the others.
CROWD = 64
SEPARATOR = "\x00"
MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB), np.uint64(0x9E3779B97F4A7C15))
TOKEN = re.compile(r"\w+|\x00")


@dataclass(frozen=True, slots=True)
class Marked:
    """The marks of some paragraphs: `runs` and `rare` with the paragraph (by its number) that each stands in.

    `asked` are rare words under the week before: they are looked up and not filed.
    """

    runs: Numbers
    runs_in: Places
    rare: Numbers
    asked: Numbers
    rare_in: Places


class Words(dict[str, int]):
    """From a word as written to its number: 0 for a word without content, odd for a rare one. Kept while it is used."""

    def __init__(self, code: str) -> None:
        super().__init__({SEPARATOR: 2})
        self._code, self._stopped = code, pack(code).words(RelateWords, "relate").stopped

    def __missing__(self, word: str) -> int:
        plain = folded.__wrapped__(word)
        content = plain[0].isdigit() or (len(plain) >= SHORTEST and plain not in self._stopped)
        found = 0
        if content:
            rare = not plain[0].isdigit() and frequency(plain[:STEM], self._code) <= RARE
            found = int(digest(plain[:STEM]), 16) & ~3 | rare | 4
        self[word] = found
        return found


# A vocabulary that has seen more words than this begins anew.
VOCABULARY = 1 << 20


@functools.cache
def _vocabulary(code: str) -> Words:
    return Words(code)


def mixed(x: Numbers) -> Numbers:
    """Numbers spread over all 64 bits (the finaliser of splitmix64)."""
    x = (x ^ (x >> np.uint64(30))) * MIX[0]
    x = (x ^ (x >> np.uint64(27))) * MIX[1]
    return x ^ (x >> np.uint64(31))


def marked(texts: Sequence[str], weeks: Sequence[int | None], code: str) -> Marked:
    """The marks of some paragraphs of one language; `weeks` are those of their publication, None where unknown."""
    words = _vocabulary(code)
    if len(words) > VOCABULARY:
        words.clear()
        words.__init__(code)  # type: ignore[misc]
    # A stranger's text may hold the separator: it parts no paragraphs there.
    tokens = TOKEN.findall(SEPARATOR.join(text.replace(SEPARATOR, " ") for text in texts))
    with np.errstate(over="ignore"):
        return _marked(np.fromiter(map(words.__getitem__, tokens), np.uint64, len(tokens)), weeks)


def _marked(numbers: Numbers, weeks: Sequence[int | None]) -> Marked:
    where = np.cumsum(numbers == 2, dtype=np.int64)
    content = numbers > 2
    numbers, where = numbers[content], where[content]
    runs, runs_in = _runs(numbers, where)
    rare, rare_in = _unique(mixed(numbers[numbers & np.uint64(1) == 1]), where[numbers & np.uint64(1) == 1])
    first = np.searchsorted(rare_in, rare_in)
    few = np.arange(len(rare)) - first < KEPT
    rare, rare_in = rare[few], rare_in[few]
    known = np.array([week is not None for week in weeks], bool)[rare_in] if len(rare) else np.zeros(0, bool)
    rare, rare_in = rare[known], rare_in[known]
    week = np.array([week or 0 for week in weeks], np.int64)[rare_in].astype(np.uint64) if len(rare) else rare
    return Marked(runs, runs_in, mixed(rare + week * MIX[2]), mixed(rare + (week - np.uint64(1)) * MIX[2]), rare_in)


def _runs(numbers: Numbers, where: Places) -> tuple[Numbers, Places]:
    """Of every WINDOW neighbouring runs of content words the one with the smallest number."""
    size = len(numbers) - SHINGLE + 1
    if size <= 0:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    value = numbers[:size]
    for n in range(1, SHINGLE):
        value = mixed(value + MIX[2]) + numbers[n : size + n]
    inside = where[:size] == where[SHINGLE - 1 :]
    value, where = mixed(value)[inside], where[:size][inside]
    least = value.copy()
    begins = np.ones(len(value), bool)
    begins[1:] = where[1:] != where[:-1]
    full = np.ones(len(value), bool)
    for n in range(1, WINDOW):
        same = np.zeros(len(value), bool)
        same[: len(value) - n] = where[n:] == where[: len(value) - n]
        ahead = np.full(len(value), np.iinfo(np.uint64).max, np.uint64)
        ahead[: len(value) - n] = value[n:]
        least = np.where(same, np.minimum(least, ahead), least)
        full &= same
    kept = full | begins
    return _unique(least[kept], where[kept])


def _unique(value: Numbers, where: Places) -> tuple[Numbers, Places]:
    """Each number once a paragraph, by paragraph and number."""
    order = np.lexsort((value, where))
    value, where = value[order], where[order]
    fresh = np.ones(len(value), bool)
    fresh[1:] = (value[1:] != value[:-1]) | (where[1:] != where[:-1])
    return value[fresh], where[fresh]


def week(day: int | None) -> int | None:
    """The week of a day's number."""
    return None if day is None else day // WEEK


def pairs(marked: Marked, docs: Places) -> tuple[Places, Places]:
    """The pairs of paragraphs of different articles that are worth comparing, the later one first.

    Paragraphs are numbered in the order of their articles; `docs` is the article of each.
    """
    size = len(docs)
    a, b, shared = _counted(marked.runs, marked.runs_in, np.ones(len(marked.runs), bool), docs)
    enough = shared >= SHARED
    filed = np.concatenate([np.ones(len(marked.rare), bool), np.zeros(len(marked.asked), bool)])
    c, d, again = _counted(
        np.concatenate([marked.rare, marked.asked]), np.concatenate([marked.rare_in, marked.rare_in]), filed, docs
    )
    rare = again >= REWORDED
    found = np.unique(np.concatenate([a[enough] * size + b[enough], c[rare] * size + d[rare]]))
    return found // max(1, size), found % max(1, size)


def _counted(keys: Numbers, where: Places, filed: NDArray[np.bool_], docs: Places) -> tuple[Places, Places, Places]:
    """Pairs (later, earlier) of paragraphs in one list, with the number of lists that they share."""
    order = np.lexsort((where, ~filed, keys))
    keys, where, filed = keys[order], where[order], filed[order]
    begins = np.ones(len(keys), bool)
    begins[1:] = keys[1:] != keys[:-1]
    start = np.flatnonzero(begins)[np.cumsum(begins) - 1] if len(keys) else np.zeros(0, np.int64)
    place = np.arange(len(keys)) - start
    found = []
    active = np.flatnonzero(place > 0)
    for n in range(CROWD):
        active = active[place[active] > n]
        if not len(active):
            break
        active = active[filed[start[active] + n]]
        later, earlier = where[active], where[start[active] + n]
        other = docs[later] != docs[earlier]
        found.append(later[other] * len(docs) + earlier[other])
    if not found:
        none = np.zeros(0, np.int64)
        return none, none, none
    codes, counts = np.unique(np.concatenate(found), return_counts=True)
    return codes // len(docs), codes % len(docs), counts


def marks_of(page: Page) -> tuple[Marked, Numbers]:
    """The marks of one article's paragraphs, and its rare words under the week after."""
    texts, own = [page.text[start:end] for start, end in page.spans], week(first_day(page.published))
    found = marked(texts, [own] * len(texts), page.lang)
    if own is None or not len(found.rare):
        return found, found.rare
    # What others ask for under their week before is filed under ours: the words of the week after are theirs.
    return found, marked(texts, [own + 1] * len(texts), page.lang).rare
