"""Marks of paragraphs: few numbers by which those that share text find each other in an index of any size.

Two kinds. Of the runs of three content words every one that is smallest among its neighbours (winnowing): whatever
run of five content words two paragraphs share, they share a mark. And couples of a paragraph's rare words with the week
in which it was published: what was reworded from end to end keeps its names, and is of the same days. The couples are
neighbours in an order that is the same everywhere, so that what stood between two words in a text does not matter.
Single words would do too, but a name of the week is in a hundred paragraphs, and two of them together are in few.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..days import first_day
from .pages import SHINGLE, Page
from .terms import MIX, Numbers, Places, Terms, Truths, mixed, terms

# Of so many neighbouring runs one is kept: a third of the rows that all runs would take, and five shared content words
# are sure to be found.
WINDOW = 3
# Of a paragraph's rare words this many are coupled, each with the next.
KEPT = 10
# Days of a week's worth of reworded copies: a paragraph is compared with those of its own week and the one before.
WEEK = 7
SHIFTS = (np.uint64(0), ~np.uint64(0), np.uint64(1))  # this week, the one before, the one after
# Marks in common, of either kind, that make two paragraphs worth comparing.
SHARED = 2
# In a list longer than this (boilerplate) only its first paragraphs are partners of the others.
CROWD = 64


@dataclass(frozen=True, slots=True)
class Marked:
    """The marks of some paragraphs: `runs` and `rare` (couples of rare words) with the paragraph (by its number) that
    each stands in, in their order; a run may come twice.

    `asked` are couples under the week before: they are looked up and not filed. `ahead` are those of the week after.
    """

    runs: Numbers
    runs_in: Places
    rare: Numbers
    asked: Numbers
    ahead: Numbers
    rare_in: Places


def marked(texts: Sequence[str], weeks: Sequence[int | None], code: str) -> Marked:
    """The marks of some paragraphs of one language; `weeks` are those of their publication, None where unknown."""
    with np.errstate(over="ignore"):
        found = terms(texts, code)
        runs, runs_in = _runs(found.numbers, found.where)
        rare, rare_in = _rare(found, np.array([week is not None for week in weeks], bool))
        under = np.array([week or 0 for week in weeks], np.int64).astype(np.uint64)[rare_in]
        filed, asked, ahead = (mixed(rare + MIX[2] * (under + shift)) for shift in SHIFTS)
        return Marked(runs, runs_in, filed, asked, ahead, rare_in)


def _rare(found: Terms, dated: Truths) -> tuple[Numbers, Places]:
    """The couples of rare words of paragraphs that have a date, a few of each."""
    kept = found.rare & dated[found.where]
    numbers, where = mixed(found.numbers[kept]), found.where[kept]
    order = np.lexsort((numbers, where))
    numbers, where = _single(numbers[order], where[order])
    few = np.arange(len(where)) - np.searchsorted(where, where) < KEPT
    numbers, where = numbers[few], where[few]
    couples = where[1:] == where[:-1]
    return mixed(numbers[:-1][couples] + MIX[2] * numbers[1:][couples]), where[:-1][couples]


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
    return _single(least[kept], where[kept])


def _single(value: Numbers, where: Places) -> tuple[Numbers, Places]:
    """Of equal neighbours of one paragraph the first."""
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
    size = max(1, len(docs))
    keys = np.concatenate([marked.runs, marked.rare, marked.asked])
    where = np.concatenate([marked.runs_in, marked.rare_in, marked.rare_in])
    codes, shared = _counted(keys, where, len(marked.runs) + len(marked.rare), docs)
    enough = codes[shared >= SHARED]
    return enough // size, enough % size


def _counted(keys: Numbers, where: Places, filed: int, docs: Places) -> tuple[Places, Places]:
    """Pairs of paragraphs in one list (the later one's number times their count and the earlier one's), with the number
    of lists that they share. Equal keys are given in the order of their paragraphs, those that are filed (so many)
    before those that are only asked for."""
    order = np.argsort(keys, kind="stable")
    keys, where, asked = keys[order], where[order], order >= filed
    fresh = np.ones(len(keys), bool)
    fresh[1:] = (keys[1:] != keys[:-1]) | (where[1:] != where[:-1]) | (asked[1:] != asked[:-1])
    keys, where, asked = keys[fresh], where[fresh], asked[fresh]
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
        active = active[~asked[start[active] + n]]
        later, earlier = where[active], where[start[active] + n]
        other = docs[later] != docs[earlier]
        found.append(later[other] * len(docs) + earlier[other])
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.unique(np.concatenate(found), return_counts=True)


def marks_of(listed: Sequence[Page]) -> dict[str, Marked]:
    """The marks of the paragraphs of each of some articles, each run once a paragraph."""
    found: dict[str, Marked] = {}
    for code in sorted({page.lang for page in listed}):
        own = [page for page in listed if page.lang == code]
        texts = [page.text[start:end] for page in own for start, end in page.spans]
        weeks = [one for page in own for one in [week(first_day(page.published))] * len(page.spans)]
        every = marked(texts, weeks, code)
        order = np.lexsort((every.runs, every.runs_in))
        runs, runs_in = _single(every.runs[order], every.runs_in[order])
        first = np.cumsum([0, *(len(page.spans) for page in own)])
        ends, rare_ends = (np.searchsorted(where, first).tolist() for where in (runs_in, every.rare_in))
        for n, page in enumerate(own):
            some, few = slice(*ends[n : n + 2]), slice(*rare_ends[n : n + 2])
            rare = (every.rare[few], every.asked[few], every.ahead[few], every.rare_in[few] - first[n])
            found[page.id] = Marked(runs[some], runs_in[some] - first[n], *rare)
    return found
