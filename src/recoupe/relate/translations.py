"""Articles in two languages whose paragraphs tell the same, turn by turn: candidates for one text and its translation.

No vectors: a paragraph is known by what it names, counts, dates and quotes, and paragraphs must follow in one order.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model.records import overlapping
from .happenings import days_between
from .reading import Reading

# A paragraph is told by so many marks at least; two are alike from this share of all their marks on.
MARKS, ALIKE = 3, 0.5
# Paragraphs in a row that must be alike, and their share of the told paragraphs of the shorter and the longer article.
PARAGRAPHS, SHORTER, LONGER = 3, 0.6, 0.45
# A translation is of the same days, and each of its paragraphs neither twice as long nor half.
DAYS, LENGTH = 4, 2.0
# Marks that more articles than this have find no pairs; those in common that make a pair worth comparing.
COMMON, SHARED = 30, 5
Mark = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What stands in a paragraph, its length in characters, and whether it quotes."""

    marks: frozenset[Mark]
    length: int
    quotes: bool


def translations(readings: Sequence[Reading]) -> Iterator[tuple[str, str, int]]:
    """Pairs of articles in two languages, and how many of their paragraphs match in order."""
    if len({reading.article.lang for reading in readings}) < 2:
        return
    told = [_paragraphs(reading) for reading in readings]
    for i, j in _candidates(readings, told):
        count = _in_order(told[i], told[j])
        short, long = sorted((len(told[i]), len(told[j])))
        if count >= PARAGRAPHS and count >= SHORTER * short and count >= LONGER * long:
            yield readings[i].id, readings[j].id, count


def _paragraphs(reading: Reading) -> list[Paragraph]:
    found = []
    for block in reading.paragraphs:
        marks = {("entity", entity) for entity in reading.entities_in(block.span)}
        marks |= {("entity", country) for _, country in reading.countries(block.span)}
        marks |= {("time", time.value) for time in overlapping(reading.times, block.span)}
        for figure in overlapping(reading.figures, block.span):
            marks |= {("figure", str(bound)) for bound in (figure.low, figure.high) if bound is not None}
        if len(marks) >= MARKS:
            found.append(Paragraph(frozenset(marks), block.end - block.start, '"' in reading.text[slice(*block.span)]))
    return found


def _candidates(readings: Sequence[Reading], told: Sequence[Sequence[Paragraph]]) -> Iterator[tuple[int, int]]:
    index: dict[Mark, list[int]] = defaultdict(list)
    for i, paragraphs in enumerate(told):
        if len(paragraphs) >= PARAGRAPHS:
            for mark in frozenset().union(*(paragraph.marks for paragraph in paragraphs)):
                index[mark].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for members in index.values():
        if len(members) <= COMMON:
            shared.update(pair for pair in itertools.combinations(members, 2) if _apart(readings, *pair))
    yield from (pair for pair, count in sorted(shared.items()) if count >= SHARED)


def _apart(readings: Sequence[Reading], i: int, j: int) -> bool:
    """Whether two articles are of two languages and of the same days."""
    a, b = readings[i], readings[j]
    near = not a.published or not b.published or days_between(a.published, b.published) <= DAYS
    return near and a.article.lang != b.article.lang


def _in_order(mine: Sequence[Paragraph], theirs: Sequence[Paragraph]) -> int:
    """The most paragraphs that match in one order (the longest common subsequence)."""
    row = [0] * (len(theirs) + 1)
    for one in mine:
        before = row[:]
        for j, other in enumerate(theirs):
            row[j + 1] = before[j] + 1 if _alike(one, other) else max(before[j + 1], row[j])
    return row[-1]


def _alike(a: Paragraph, b: Paragraph) -> bool:
    if a.quotes != b.quotes or max(a.length, b.length) > LENGTH * min(a.length, b.length):
        return False
    return len(a.marks & b.marks) >= ALIKE * len(a.marks | b.marks)
