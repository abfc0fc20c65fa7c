"""Passages that come from one another or from one text, by paragraph and by sentence, within a language.

What an article has from earlier ones is found for each article on its own (`lifted`): by an index of marks, so that
an arrival is compared with what shares marks with it and with nothing else.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import numpy as np
from rapidfuzz.distance import Levenshtein

from ...model.article import digest
from ...model.records import Annotated, Span
from ...model.relations import Passage, Reuse
from ..days import first_day
from ..reading import arranged, day_order
from .likeness import COPY, Match, aligned, alike, firm, second_look
from .marks import CROWD, REWORDED, SHARED, Marked, Places, marked, marks_of, pairs, week
from .pages import Page, Passages, Unit, number, pages, passages

# A passage is shown against so many earlier articles that have it at most, the first of them: a set of n copies then
# makes 12 n pairs instead of n * n / 2, and all of them still hang together.
PARTNERS = 12
Kind = Literal["copy", "rewrite"]
# Of an earlier article, which of its paragraphs may share text with which of a later one's: (earlier, later).
Leads = Mapping[str, Sequence[tuple[int, int]]]


def lifted(page: Page, leads: Leads, earlier: Mapping[str, Page]) -> list[Reuse]:
    """What an article shares with earlier ones, the first of them first. `leads` are the paragraphs to compare."""
    partners: Counter[tuple[str, Span]] = Counter()
    found: list[Reuse] = []
    for other in sorted((earlier[doc] for doc in leads), key=lambda other: other.order):
        # A paragraph that has all its partners looks for no other, nor do its sentences.
        open_leads = [lead for lead in leads[other.id] if partners[page.id, page.spans[lead[1]]] < PARTNERS]
        matches = [match for lead in open_leads for match in alike(other, page, lead)]
        kept = [match for match in matches if partners[match.b.key] < PARTNERS]
        partners.update({match.b.key for match in kept})
        if firm(kept):
            found += _records(aligned([*kept, *second_look(other, page, kept)]))
    return sorted(found, key=lambda record: (record.a, record.b))


def leads(listed: Sequence[Page]) -> dict[str, dict[str, list[tuple[int, int]]]]:
    """For each article the leads to the earlier ones among some articles, all at once."""
    found: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for code in sorted({page.lang for page in listed}):
        own = sorted((page for page in listed if page.lang == code), key=lambda page: page.order)
        places = [(number, at) for number, page in enumerate(own) for at in range(len(page.spans))]
        docs: Places = np.array([number for number, _ in places], np.int64)
        texts = [page.text[start:end] for page in own for start, end in page.spans]
        weeks = [week(first_day(own[number].published)) for number, _ in places]
        later, earlier = pairs(marked(texts, weeks, code), docs)
        for i, j in zip(later.tolist(), earlier.tolist(), strict=True):
            found[own[places[i][0]].id][own[places[j][0]].id].append((places[j][1], places[i][1]))
    return found


def reuse(articles: Iterable[Annotated]) -> tuple[Reuse, ...]:
    """The shared passages of every two articles; sentences lifted in a row are one passage."""
    listed = pages(arranged(list(articles)))
    by_id = {page.id: page for page in listed}
    led = leads(listed)
    found = [record for page in listed if page.id in led for record in lifted(page, led[page.id], by_id)]
    return tuple(sorted(found, key=lambda record: (record.a, record.b)))


def _records(matches: Iterable[Match]) -> list[Reuse]:
    joined: list[tuple[Unit, Unit, Span, Span]] = []
    for match in matches:
        last = joined[-1] if joined else None
        if last and _follows(last, match):
            joined[-1] = (last[0], last[1], (last[2][0], match.a.span[1]), (last[3][0], match.b.span[1]))
        else:
            joined.append((match.a, match.b, match.a.span, match.b.span))
    return [_record(a, b, x, y) for a, b, x, y in joined]


def _follows(last: tuple[Unit, Unit, Span, Span], match: Match) -> bool:
    """Whether a match continues the one before in both articles, within one paragraph of each."""
    a, b, x, y = last
    if a.whole and b.whole:
        return False
    between = a.page.text[x[1] : match.a.span[0]]
    beside = b.page.text[y[1] : match.b.span[0]]
    return not between.strip() and not beside.strip() and "\n" not in between + beside and match.b.span[0] >= y[1]


def _record(a: Unit, b: Unit, x: Span, y: Span) -> Reuse:
    similarity = Levenshtein.normalized_similarity(a.page.raw[x[0] : x[1]], b.page.raw[y[0] : y[1]])
    kind: Kind = "copy" if similarity >= COPY else "rewrite"
    order = day_order(a.page.published, b.page.published)
    first = {-1: a.page.id, 1: b.page.id}.get(order)
    sides: tuple[Passage, Passage] = ((a.page.id, *x), (b.page.id, *y))
    one, other = sorted(sides)
    return Reuse(id=digest("reuse", one, other), a=one, b=other, kind=kind, first=first)


__all__ = [
    "CROWD",
    "PARTNERS",
    "REWORDED",
    "SHARED",
    "Leads",
    "Marked",
    "Page",
    "Passages",
    "leads",
    "lifted",
    "marks_of",
    "number",
    "passages",
    "reuse",
]
