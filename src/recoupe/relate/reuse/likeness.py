"""How alike two passages are, and which pairs of them one article has from another."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from ...model.records import Span
from .pages import Page, Unit, sharing

# Similarity of characters (0 to 1). Rewrites that a reader marked lie at .82 and above, separate translations of one
# text between .60 and .78, the nearest unrelated paragraphs at .55 and below; between articles that are known to share
# text the bar is lower.
REWRITE, REWRITE_NEAR = 0.72, 0.62
EVEN = 0.75
# From this edit similarity on a passage is a copy.
COPY = 0.95
# A reordered passage keeps its words: it needs this likeness of sorted words and this share of common shingles.
REORDERED, REORDERED_SHINGLES = 0.86, 0.5
# Fewer words than this are a formula rather than a borrowing, unless the articles share a longer passage too.
LONG = 8
SHORT_REWRITE = 0.9
# Where this share of a passage is between quotation marks, two articles may only quote one speech: the rest decides.
QUOTED = 0.5
QUOTE = re.compile(r'"[^"]*(?:"|$)')
# Passages that share less than this part of the shorter one's words are not alike (rewrites that a reader marked: .76).
WORDS_SHARED = 0.5


class Match(NamedTuple):
    """Two units that share text, the earlier article's first, and how alike they are (0 to 1)."""

    a: Unit
    b: Unit
    likeness: float


def likeness(a: Unit, b: Unit, least: float) -> float:
    """How alike two units are, 0 where that is less than `least` and their words are not a reordering."""
    short = min(a.length, b.length) < LONG
    score = fuzz.ratio(a.text, b.text, score_cutoff=100 * (SHORT_REWRITE if short else least)) / 100
    if score >= COPY:
        return score
    if _other_numbers(a, b) or _other_voices(a, b):
        return 0.0
    if score or short:
        return score
    x, y = a.shingles, b.shingles
    if len(x & y) < REORDERED_SHINGLES * min(len(x), len(y)):
        return 0.0
    return fuzz.ratio(a.arranged, b.arranged, score_cutoff=100 * REORDERED) / 100


def _other_numbers(a: Unit, b: Unit) -> bool:
    """Whether all numbers differ: bulletins repeat their sentences day by day."""
    return bool(a.numbers and b.numbers) and a.numbers.isdisjoint(b.numbers)


def _other_voices(a: Unit, b: Unit) -> bool:
    """Whether one is most of all what a speaker denies and the other what another speaker says."""
    if not (a.page.voices and b.page.voices):
        return False
    mine, theirs = a.voice, b.voice
    if mine is None or theirs is None:
        return False
    return mine[0] != theirs[0] and (mine[1] == "deny") != (theirs[1] == "deny")


def only_quoted(match: Match) -> bool:
    """Whether two passages share no more than a quotation: most of them is one, and the rest is not alike."""
    if '"' not in match.a.text or '"' not in match.b.text:
        return False
    a, b = QUOTE.sub("", match.a.text), QUOTE.sub("", match.b.text)
    if len(a) > (1 - QUOTED) * len(match.a.text) or len(b) > (1 - QUOTED) * len(match.b.text):
        return False
    return fuzz.ratio(a, b) < 100 * REWRITE_NEAR


def firm(found: Iterable[Match]) -> bool:
    """Whether some match shows that one article has text of the other: long, and no mere quotation."""
    return any(min(m.a.length, m.b.length) >= LONG and not only_quoted(m) for m in found)


def _score(a: Unit, b: Unit, least: float) -> float:
    """How alike two units are, 0 where that is too little or they are too short."""
    if a.text == b.text:
        return 1.0 if a.enough else 0.0
    m, n = len(a.text), len(b.text)
    # No more alike than 2 short / (short + long), and reordered words are as many.
    if 2 * min(m, n) < least * (m + n) or not (a.enough and b.enough):
        return 0.0
    return likeness(a, b, least) if a.bag.shares(b.bag, WORDS_SHARED) else 0.0


def alike(x: Page, y: Page, lead: tuple[int, int]) -> list[Match]:
    """The matches between two paragraphs and their sentences; where the paragraphs match as a whole, that alone."""
    one, other = x.paragraphs[lead[0]], y.paragraphs[lead[1]]
    score = _score(one, other, REWRITE)
    if score:
        return [Match(one, other, score)]
    if not (one.enough and other.enough):
        return []
    pairs = list(itertools.product(one.parts, other.parts))[1:]
    return [Match(a, b, score) for a, b in pairs if (score := _score(a, b, REWRITE))]


def second_look(x: Page, y: Page, found: Sequence[Match]) -> Iterator[Match]:
    """What the marks missed between two articles that share text: their paragraphs, each with each."""
    # A paragraph that has its copy looks for no other partner.
    settled = [match for match in found if match.likeness >= COPY and match.a.whole and match.b.whole]
    closed = {match.a for match in settled} | {match.b for match in settled}
    paired = {(match.a, match.b) for match in found}
    for i, j in sharing(x, y, WORDS_SHARED):
        a, b = x.paragraphs[i], y.paragraphs[j]
        if a in closed or b in closed or (a, b) in paired:
            continue
        # A short paragraph inside a long one is alike too: there its sentences are compared.
        short, long = sorted((len(a.text), len(b.text)))
        score = _score(a, b, REWRITE_NEAR if short >= EVEN * long else REWRITE)
        if score:
            yield Match(a, b, score)


def aligned(found: Sequence[Match]) -> list[Match]:
    """Each stretch of text of two articles in one match at most: whole paragraphs first, then the most alike."""
    if len(found) < 2:
        return list(found)
    chosen: list[Match] = []
    for match in sorted(found, key=lambda m: (-(m.a.whole and m.b.whole), -m.likeness, m.a.span, m.b.span)):
        if not any(_meet(match.a.span, one.a.span) or _meet(match.b.span, one.b.span) for one in chosen):
            chosen.append(match)
    return sorted(chosen, key=lambda m: (m.a.span, m.b.span))


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
