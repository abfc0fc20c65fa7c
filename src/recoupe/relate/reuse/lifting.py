"""What an article has from earlier ones, and how that is kept up to date."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Literal

import msgspec
from rapidfuzz.distance import Levenshtein

from ...model.article import digest
from ...model.records import Span
from ...model.relations import Passage, Reuse
from ..reading import day_order
from .likeness import COPY, Match, aligned, alike, firm, second_look
from .pages import Page, Unit

# A passage is shown against so many earlier articles that have it at most, the first of them: a set of n copies then
# makes 12 n pairs instead of n * n / 2, and all of them still hang together.
PARTNERS = 12
Kind = Literal["copy", "rewrite"]
# Pairs of paragraphs that may share text, the earlier article's first; by the earlier article.
Pairs = Sequence[tuple[int, int]]
Leads = Mapping[str, Pairs]


class Partner(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An earlier article that has passages of a later one: where it stands in the order, and the pairs of paragraphs in
    which they are, each with the passage's span in the later article."""

    doc: str
    order: tuple[int, int]
    held: tuple[tuple[int, int, Span], ...]


class Lifted(msgspec.Struct, frozen=True, gc=False):
    """What an article has from earlier ones, by text, and its partners in their order."""

    records: tuple[Reuse, ...] = ()
    partners: tuple[Partner, ...] = ()


def lifted(page: Page, leads: Leads, earlier: Callable[[str], Page], before: Lifted | None = None) -> Lifted:
    """What an article shares with earlier ones, the first of them first. `leads` are the paragraphs to compare.

    Where it was compared with others `before`, they keep what they have, but for passages that the new ones, being
    earlier, now have in their place.
    """
    before = before or Lifted()
    known = {one.doc: one for one in before.partners}
    kept = _by_partner(page, before.records)
    found: list[Reuse] = []
    partners: list[Partner] = []
    turns = [*((earlier(doc).order, doc) for doc in leads), *((one.order, one.doc) for one in before.partners)]
    # How many partners each passage has, and those that have all.
    taken: dict[Span, int] = {}
    full: set[Span] = set()
    for order, doc in sorted(turns):
        one = known.get(doc)
        if one is None or not full.isdisjoint(span for _, at, own in one.held for span in (own, page.spans[at])):
            pairs = leads[doc] if one is None else sorted({(i, at) for i, at, _ in one.held})
            held = _alike(earlier(doc), page, pairs, full)
            if not held:
                continue
            one = Partner(doc, order, tuple((i, at, match.b.span) for i, at, match in held))
            found += _shared(earlier(doc), page, [match for _, _, match in held])
        else:
            found += kept.get(doc, ())
        partners.append(one)
        for span in {span for _, _, span in one.held}:
            taken[span] = taken.get(span, 0) + 1
            if taken[span] == PARTNERS:
                full.add(span)
    return Lifted(tuple(sorted(found, key=attrgetter("a", "b"))), tuple(partners))


def _alike(other: Page, page: Page, pairs: Pairs, full: Collection[Span]) -> list[tuple[int, int, Match]]:
    """The matches of pairs of paragraphs. One that has all its partners looks for no other, nor do its sentences."""
    return [
        (*pair, match)
        for pair in pairs
        if page.spans[pair[1]] not in full
        for match in alike(other, page, pair)
        if match.b.span not in full
    ]


def _by_partner(page: Page, records: Iterable[Reuse]) -> dict[str, list[Reuse]]:
    found: dict[str, list[Reuse]] = {}
    for record in records:
        found.setdefault(record.b[0] if record.a[0] == page.id else record.a[0], []).append(record)
    return found


def _shared(other: Page, page: Page, kept: Sequence[Match]) -> list[Reuse]:
    return _records(aligned([*kept, *second_look(other, page, kept)])) if firm(kept) else []


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
    mine, theirs = a.page.raw[x[0] : x[1]], b.page.raw[y[0] : y[1]]
    same = mine == theirs or Levenshtein.normalized_similarity(mine, theirs, score_cutoff=COPY) >= COPY
    kind: Kind = "copy" if same else "rewrite"
    order = day_order(a.page.published, b.page.published)
    first = None if not order else a.page.id if order < 0 else b.page.id
    one: Passage = (a.page.id, *x)
    other: Passage = (b.page.id, *y)
    if other < one:
        one, other = other, one
    return Reuse(id=digest("reuse", one, other), a=one, b=other, kind=kind, first=first)
