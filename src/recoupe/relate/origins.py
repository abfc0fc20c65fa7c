"""Which articles come from one text: by the share of their bodies that stands in shared passages, and agency marks.

Across languages no words are shared: there a translation is a candidate, which is never sure.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from ..model.article import digest
from ..model.relations import Origin, Passage, Reuse
from .reading import Reading
from .translations import translations

# Share of the shorter article's body that stands in shared passages. Above SURE the articles are one text with another
# headline; above LEAST they share passages and the rest is their own (the two seeds that a desk counts as one text
# share .58 of the shorter); below it the passages are shown as lifted and the articles stay two texts.
SURE, LEAST = 0.75, 0.3
# One shared paragraph alone is background or a lifted quotation unless it is most of the article.
PASSAGES, MOST = 2, 0.6
# A passage that stands in this many articles, most of them sharing nothing else, is background.
BACKGROUND = 3
Pair = tuple[str, str]


class Body(Protocol):
    """What is asked of an article: how many characters of reporting it has, and which agencies sign it."""

    @property
    def length(self) -> int: ...

    @property
    def agencies(self) -> Sequence[str]: ...


def joined(items: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The connected groups of items, each in order, the groups by their first item."""
    parent = {item: item for item in items}

    def root(item: str) -> str:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for a, b in pairs:
        x, y = sorted((root(a), root(b)))
        parent[y] = x
    groups: dict[str, list[str]] = defaultdict(list)
    for item in sorted(parent):
        groups[root(item)].append(item)
    return sorted(groups.values())


def by_pair(shared: Iterable[Reuse]) -> dict[Pair, list[Reuse]]:
    """Shared passages by the two articles that share them."""
    found: dict[Pair, list[Reuse]] = defaultdict(list)
    for record in shared:
        found[record.a[0], record.b[0]].append(record)
    return found


def kin(shared: Iterable[Reuse], bodies: Mapping[str, Body]) -> set[Pair]:
    """The pairs of articles that may come from one text: more than enough to follow its trail by."""
    return {
        pair
        for pair, records in by_pair(shared).items()
        if any(_share(records, doc, bodies[doc].length) >= LEAST for doc in pair)
    }


def origins(docs: Iterable[str], shared: Sequence[Reuse], bodies: Mapping[str, Body]) -> tuple[Origin, ...]:
    """The sets of articles that come from one text. One that is not sure may hold one that is.

    `shared` are all passages that some article of `docs` shares with any other; `docs` hold with an article all that
    `kin` leads to.
    """
    inside = set(docs)
    pairs = by_pair(shared)
    background = _background(pairs, bodies)
    edges: dict[Pair, float] = {}
    for (a, b), records in pairs.items():
        if a in inside and b in inside:
            own = [r for r in records if r.a not in background and r.b not in background]
            share = max(_share(own, doc, bodies[doc].length) for doc in (a, b))
            if share >= LEAST and (len(own) >= PASSAGES or share >= MOST):
                edges[a, b] = share
    found: dict[tuple[str, ...], Origin] = {}
    for least in (SURE, LEAST):
        strong = [pair for pair, share in edges.items() if share >= least]
        for members in joined(inside, strong):
            if len(members) > 1 and tuple(members) not in found:
                found[tuple(members)] = _origin(members, edges, pairs, bodies, least == SURE)
    return tuple(found[key] for key in sorted(found))


def translated(readings: Sequence[Reading], known: Iterable[Origin]) -> tuple[Origin, ...]:
    """The pairs of articles of which one may be a translation of the other, and which are not of one text anyway."""
    sets = [frozenset(origin.docs) for origin in known]
    found = []
    for a, b, count in translations(readings):
        pair = (min(a, b), max(a, b))
        if not any(members.issuperset(pair) for members in sets):
            evidence = ("translation", f"paragraphs:{count}")
            found.append(Origin(id=digest("origin", False, *pair), docs=pair, evidence=evidence, sure=False))
    return tuple(sorted(found, key=lambda origin: origin.docs))


def _share(records: Iterable[Reuse], doc: str, length: int) -> float:
    """The part of an article's body that stands in passages."""
    sides = (record.a if record.a[0] == doc else record.b for record in records)
    return sum(end - start for _, start, end in sides) / max(1, length)


def _background(pairs: Mapping[Pair, Sequence[Reuse]], bodies: Mapping[str, Body]) -> set[Passage]:
    """The passages of articles that have just this one in common with several others, and more of their own: a flash of
    one paragraph that ten outlets print is no background."""
    alone: dict[Passage, set[str]] = defaultdict(set)
    for (a, b), records in pairs.items():
        if len(records) == 1 and min(_share(records, doc, bodies[doc].length) for doc in (a, b)) < MOST:
            alone[records[0].a].add(b)
            alone[records[0].b].add(a)
    return {passage for passage, others in alone.items() if len(others) >= BACKGROUND}


def _origin(
    docs: Sequence[str],
    edges: Mapping[Pair, float],
    pairs: Mapping[Pair, Sequence[Reuse]],
    bodies: Mapping[str, Body],
    sure: bool,
) -> Origin:
    inside = {pair: share for pair, share in edges.items() if pair[0] in docs and pair[1] in docs}
    passages = sum(len(pairs[pair]) for pair in inside)
    evidence = [f"passages:{passages}", f"share:{min(inside.values()):.2f}"]
    common = set.intersection(*(set(bodies[doc].agencies) for doc in docs))
    evidence += [f"agency:{name}" for name in sorted(common)]
    return Origin(id=digest("origin", sure, *docs), docs=tuple(docs), evidence=tuple(evidence), sure=sure)


def agencies(reading: Reading) -> set[str]:
    """The agencies that sign an article: named in its by-line or credits, or in the first or last words of its body."""
    signed = [block.span for block in reading.blocks if block.kind in ("meta", "credit")]
    if reading.paragraphs:
        first, last = reading.paragraphs[0], reading.paragraphs[-1]
        # A dateline ("KIEV, 6 janvier (Reuters) -") or a signature at the end fits into these many characters.
        signed += [(first.start, min(first.end, first.start + 60)), (max(last.start, last.end - 40), last.end)]
    return {hit for start, end in signed for hit in reading.words.agency.findall(reading.article.text, start, end)}


def within(found: Iterable[Origin], docs: Iterable[str]) -> list[Origin]:
    """What of some origins lies among some articles."""
    inside = set(docs)
    kept = []
    for origin in found:
        members = tuple(doc for doc in origin.docs if doc in inside)
        if len(members) > 1:
            kept.append(Origin(id=origin.id, docs=members, evidence=origin.evidence, sure=origin.sure))
    return kept


def folder(found: Iterable[Origin]) -> Callable[[Iterable[str]], int]:
    """Counts independent texts: how many of some articles are left when those of one origin count once."""
    pairs: list[tuple[str, str]] = []
    docs: set[str] = set()
    for origin in found:
        docs.update(origin.docs)
        pairs += [(origin.docs[0], doc) for doc in origin.docs[1:]]
    group = {doc: i for i, members in enumerate(joined(docs, pairs)) for doc in members}
    return lambda listed: len({group.get(doc, doc) for doc in listed})
