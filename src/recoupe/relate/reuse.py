"""Passages that come from one another or from one text, by paragraph and by sentence, within a language."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein
from rensa import RMinHash

from ..model.article import digest
from ..model.records import Span, overlapping
from ..model.relations import Passage, Reuse
from .reading import WORD, Reading, day_order, folded, sentences

# MinHash of 3-word shingles in 32 bands of 4: of two passages with Jaccard .5 it finds 87 %, of .35 38 % (the rest is
# found by comparing the paragraphs of articles that share one already).
SHINGLE, BANDS, ROWS, SEED = 3, 32, 4, 20230106
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
# A sentence on its own counts as lifted from this many words on.
SENTENCE = 9
# A passage reworded from end to end keeps its rare words: of its RARE rarest content words, each in COMMON passages at
# most, KEPT in common make two passages candidates.
RARE, COMMON, KEPT = 8, 30, 4
# Where this share of a passage is between quotation marks, two articles may only quote one speech: the rest decides.
QUOTED = 0.5
QUOTE = re.compile(r'"[^"]*(?:"|$)')
# Buckets larger than this hold boilerplate; its copies are paired with the first of them only, not with one another.
CROWD = 60
# A passage is shown against so many earlier articles that have it at most, the first of them: a set of n copies then
# makes 12 n pairs instead of n * n / 2, and all of them still hang together.
PARTNERS = 12
Kind = Literal["copy", "rewrite"]


@dataclass(frozen=True, eq=False)
class Unit:
    """A paragraph or sentence in which text may be shared."""

    reading: Reading
    span: Span
    words: tuple[str, ...]
    whole: bool  # a paragraph, or else a sentence of one

    # Kept, because in a set of copies one unit is compared with hundreds.
    @cached_property
    def text(self) -> str:
        return self.reading.text[self.span[0] : self.span[1]]

    @cached_property
    def key(self) -> tuple[str, Span]:
        return self.reading.id, self.span

    @cached_property
    def bag(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(word for word in self.words if word.isdigit())

    @cached_property
    def shingles(self) -> frozenset[str]:
        return frozenset(shingles(self.words))

    @cached_property
    def voice(self) -> tuple[str, str] | None:
        return _voice(self)


@dataclass(frozen=True, slots=True)
class Match:
    """Two units that share text, and how alike they are (0 to 1)."""

    a: Unit
    b: Unit
    likeness: float


def shingles(words: Sequence[str]) -> set[str]:
    """The runs of three words; of a shorter text, the text."""
    return {" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}


def units(readings: Iterable[Reading]) -> list[Unit]:
    """Every body paragraph, and the sentences of those that have several."""
    found = []
    for reading in readings:
        for block in reading.paragraphs:
            words = tuple(WORD.findall(folded(reading.text[block.start : block.end])))
            if len(words) < SHINGLE:
                continue
            found.append(Unit(reading, block.span, words, True))
            parts = sentences(reading.text, block.span)
            for part in parts if len(parts) > 1 else ():
                words = tuple(WORD.findall(folded(reading.text[part[0] : part[1]])))
                if len(words) >= SENTENCE:
                    found.append(Unit(reading, part, words, False))
    return found


def candidates(listed: Sequence[Unit]) -> Iterator[tuple[Unit, Unit]]:
    """Pairs of units of different articles that fall into one bucket, each pair once."""
    if not listed:
        return
    rows = RMinHash.digests_from_token_sets([sorted(unit.shingles) for unit in listed], BANDS * ROWS, SEED)
    buckets: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        for band in range(BANDS):
            buckets[band, listed[i].reading.article.lang, *row[band * ROWS : band * ROWS + ROWS]].append(i)
    seen: set[tuple[int, int]] = set()
    for members in buckets.values():
        pairs = itertools.combinations(members, 2) if len(members) <= CROWD else ((members[0], m) for m in members[1:])
        for pair in pairs:
            if pair not in seen and listed[pair[0]].reading is not listed[pair[1]].reading:
                seen.add(pair)
                yield listed[pair[0]], listed[pair[1]]


def reworded(listed: Sequence[Unit]) -> Iterator[tuple[Unit, Unit]]:
    """Pairs of paragraphs of different articles that share several of their rarest content words."""
    long = [unit for unit in listed if unit.whole and len(unit.words) >= LONG]
    stems = [frozenset(unit.reading.terms(unit.span)) for unit in long]
    spread = Counter(stem for found in stems for stem in found)
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, found in enumerate(stems):
        rare = sorted((stem for stem in found if 1 < spread[stem] <= COMMON), key=lambda stem: (spread[stem], stem))
        for stem in rare[:RARE]:
            index[long[i].reading.article.lang, stem].append(i)
    shared = Counter(pair for members in index.values() for pair in itertools.combinations(members, 2))
    for (i, j), count in sorted(shared.items()):
        if count >= KEPT and long[i].reading is not long[j].reading:
            yield long[i], long[j]


def only_quoted(match: Match) -> bool:
    """Whether two passages share no more than a quotation: most of them is one, and the rest is not alike."""
    a, b = QUOTE.sub("", match.a.text), QUOTE.sub("", match.b.text)
    if len(a) > (1 - QUOTED) * len(match.a.text) or len(b) > (1 - QUOTED) * len(match.b.text):
        return False
    return fuzz.ratio(a, b) < 100 * REWRITE_NEAR


def likeness(a: Unit, b: Unit, least: float) -> float:
    """How alike two units are, 0 where that is less than `least` and their words are not a reordering."""
    short = min(len(a.words), len(b.words)) < LONG
    score = fuzz.ratio(a.text, b.text, score_cutoff=100 * (SHORT_REWRITE if short else least)) / 100
    if score >= COPY:
        return score
    if _other_numbers(a, b) or _other_voices(a, b):
        return 0.0
    if score or short:
        return score
    mine, theirs = a.shingles, b.shingles
    if len(mine & theirs) < REORDERED_SHINGLES * min(len(mine), len(theirs)):
        return 0.0
    return fuzz.token_sort_ratio(" ".join(a.words), " ".join(b.words), score_cutoff=100 * REORDERED) / 100


def _other_numbers(a: Unit, b: Unit) -> bool:
    """Whether all numbers differ: bulletins repeat their sentences day by day."""
    return bool(a.numbers and b.numbers) and a.numbers.isdisjoint(b.numbers)


def _other_voices(a: Unit, b: Unit) -> bool:
    """Whether one is most of all what a speaker denies and the other what another speaker says."""
    mine, theirs = a.voice, b.voice
    if mine is None or theirs is None:
        return False
    return mine[0] != theirs[0] and (mine[1] == "deny") != (theirs[1] == "deny")


def _voice(unit: Unit) -> tuple[str, str] | None:
    """Who speaks in most of a unit, and how."""
    spoken = [claim for claim in overlapping(unit.reading.claims, unit.span) if claim.source_entity]
    longest = max(spoken, key=lambda claim: claim.end - claim.start, default=None)
    if longest is None or (longest.end - longest.start) * 2 < unit.span[1] - unit.span[0]:
        return None
    return unit.reading.entity(longest.source_entity) or "", longest.act


def matches(readings: Sequence[Reading]) -> list[Match]:
    """The pairs of units that share text: one partner in each other article, the most alike first."""
    listed = units(readings)
    by_pair: dict[tuple[str, str], list[Match]] = defaultdict(list)
    seen: set[tuple[object, ...]] = set()
    for a, b in itertools.chain(candidates(listed), reworded(listed)):
        score = likeness(a, b, REWRITE) if (a.key, b.key) not in seen else 0.0
        seen.add((a.key, b.key))
        if score:
            by_pair[a.reading.id, b.reading.id].append(Match(a, b, score))
    order = {reading.id: at for at, reading in enumerate(readings)}
    partners: Counter[tuple[str, Span]] = Counter()
    kept: dict[tuple[str, str], list[Match]] = {}
    for pair in sorted(by_pair, key=lambda pair: (order[pair[1]], order[pair[0]])):
        found = [match for match in by_pair[pair] if partners[match.b.key] < PARTNERS]
        partners.update({match.b.key for match in found})
        if found:
            kept[pair] = found
    by_doc: dict[str, list[Unit]] = defaultdict(list)
    for unit in listed:
        if unit.whole:
            by_doc[unit.reading.id].append(unit)
    chosen = []
    for (x, y), found in sorted(kept.items()):
        if any(min(len(m.a.words), len(m.b.words)) >= LONG and not only_quoted(m) for m in found):
            chosen += _aligned([*found, *_second_look(by_doc[x], by_doc[y], found)])
    return chosen


def _second_look(mine: Sequence[Unit], theirs: Sequence[Unit], found: Sequence[Match]) -> Iterator[Match]:
    """What the buckets missed between two articles that share text: their paragraphs, each with each."""
    paired = {(match.a.key, match.b.key) for match in found}
    # A paragraph that has its copy looks for no other partner.
    settled = {u.key for m in found if m.a.whole and m.b.whole and m.likeness >= COPY for u in (m.a, m.b)}
    left = [unit for unit in mine if unit.key not in settled]
    right = [unit for unit in theirs if unit.key not in settled]
    for a, b in itertools.product(left, right):
        x, y = a.bag, b.bag
        # Half of the shorter one's words in common is less than any rewrite that a reader marked has (.76).
        if (a.key, b.key) not in paired and len(x & y) * 2 >= min(len(x), len(y)):
            # A short paragraph inside a long one is alike too: there its sentences are compared.
            even = min(len(a.text), len(b.text)) >= EVEN * max(len(a.text), len(b.text))
            score = likeness(a, b, REWRITE_NEAR if even else REWRITE)
            if score:
                yield Match(a, b, score)


def _aligned(found: Iterable[Match]) -> list[Match]:
    """Each stretch of text in one match at most: whole paragraphs first, then the most alike."""
    chosen: list[Match] = []
    used: dict[str, list[Span]] = defaultdict(list)
    ordered = sorted(found, key=lambda m: (-(m.a.whole and m.b.whole), -m.likeness, m.a.key, m.b.key))
    for match in ordered:
        sides = (match.a, match.b)
        if not any(s < u.span[1] and u.span[0] < e for u in sides for s, e in used[u.reading.id]):
            chosen.append(match)
            for unit in sides:
                used[unit.reading.id].append(unit.span)
    return sorted(chosen, key=lambda m: (m.a.key, m.b.key))


def reuse(readings: Sequence[Reading]) -> tuple[Reuse, ...]:
    """The shared passages of every two articles; sentences lifted in a row are one passage."""
    joined: list[tuple[Unit, Unit, Span, Span]] = []
    for match in matches(readings):
        last = joined[-1] if joined else None
        if last and _follows(last, match):
            joined[-1] = (last[0], last[1], (last[2][0], match.a.span[1]), (last[3][0], match.b.span[1]))
        else:
            joined.append((match.a, match.b, match.a.span, match.b.span))
    return tuple(
        sorted((_record(a, b, x, y) for a, b, x, y in joined), key=lambda r: (r.a, r.b)),
    )


def _follows(last: tuple[Unit, Unit, Span, Span], match: Match) -> bool:
    """Whether a match continues the one before in both articles, within one paragraph of each."""
    a, b, x, y = last
    if a.reading is not match.a.reading or b.reading is not match.b.reading or (a.whole and b.whole):
        return False
    between = a.reading.text[x[1] : match.a.span[0]]
    beside = b.reading.text[y[1] : match.b.span[0]]
    return not between.strip() and not beside.strip() and "\n" not in between + beside and match.b.span[0] >= y[1]


def _record(a: Unit, b: Unit, x: Span, y: Span) -> Reuse:
    similarity = Levenshtein.normalized_similarity(a.reading.raw(x), b.reading.raw(y))
    kind: Kind = "copy" if similarity >= COPY else "rewrite"
    order = day_order(a.reading.published, b.reading.published)
    first = {-1: a.reading.id, 1: b.reading.id}.get(order)
    sides: tuple[Passage, Passage] = ((a.reading.id, *x), (b.reading.id, *y))
    one, other = sorted(sides)
    return Reuse(id=digest("reuse", one, other), a=one, b=other, kind=kind, first=first)
