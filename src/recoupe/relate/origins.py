"""Which articles come from one text: by the share of their words that stands in shared passages, and agency marks.

Across languages no words are shared: there a translation is a candidate, which is never sure.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from ..model.article import digest
from ..model.relations import Origin, Reuse
from .reading import Reading
from .translations import translations

# Share of the shorter article's body words that stands in shared passages. Above SURE the articles are one text with
# another headline; above LEAST they share passages and the rest is their own (the two seeds that a desk counts as one
# text share .58 of the shorter); below it the passages are shown as lifted and the articles stay two texts.
SURE, LEAST = 0.75, 0.3
# One shared paragraph alone is background or a lifted quotation unless it is most of the article.
PASSAGES, MOST = 2, 0.6
# A passage that stands in this many articles, most of them sharing nothing else, is background.
BACKGROUND = 3


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


def origins(readings: Sequence[Reading], shared: Sequence[Reuse]) -> tuple[Origin, ...]:
    """The sets of articles that come from one text. One that is not sure may hold one that is."""
    by_id = {reading.id: reading for reading in readings}
    size = {reading.id: sum(_length(reading, block.span) for block in reading.paragraphs) for reading in readings}
    by_pair: dict[tuple[str, str], list[Reuse]] = defaultdict(list)
    for record in shared:
        by_pair[record.a[0], record.b[0]].append(record)
    background = _background(by_pair)
    edges: dict[tuple[str, str], float] = {}
    for (a, b), records in by_pair.items():
        own = [r for r in records if r.a not in background and r.b not in background]
        share = max(_share(by_id[a], [r.a[1:] for r in own], size), _share(by_id[b], [r.b[1:] for r in own], size))
        if share >= LEAST and (len(own) >= PASSAGES or share >= MOST):
            edges[a, b] = share
    found = {}
    for least in (SURE, LEAST):
        strong = [pair for pair, share in edges.items() if share >= least]
        for docs in joined(size, strong):
            if len(docs) > 1 and tuple(docs) not in found:
                found[tuple(docs)] = _origin(docs, edges, by_pair, by_id, least == SURE)
    for a, b, count in translations(readings):
        pair = (min(a, b), max(a, b))
        if not any(a in members and b in members for members in found):
            evidence = ("translation", f"paragraphs:{count}")
            found[pair] = Origin(id=digest("origin", False, *pair), docs=pair, evidence=evidence, sure=False)
    return tuple(found[docs] for docs in sorted(found))


def _length(reading: Reading, span: tuple[int, int]) -> int:
    starts = reading.word_starts
    return bisect_left(starts, span[1]) - bisect_left(starts, span[0])


def _share(reading: Reading, spans: Sequence[tuple[int, int]], size: dict[str, int]) -> float:
    return sum(_length(reading, span) for span in spans) / max(1, size[reading.id])


def _background(by_pair: dict[tuple[str, str], list[Reuse]]) -> set[tuple[str, int, int]]:
    """The passages of articles that have just this one in common with several others."""
    alone: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    for (a, b), records in by_pair.items():
        if len(records) == 1:
            alone[records[0].a].add(b)
            alone[records[0].b].add(a)
    return {passage for passage, others in alone.items() if len(others) >= BACKGROUND}


def _origin(
    docs: Sequence[str],
    edges: dict[tuple[str, str], float],
    by_pair: dict[tuple[str, str], list[Reuse]],
    by_id: dict[str, Reading],
    sure: bool,
) -> Origin:
    inside = {pair: share for pair, share in edges.items() if pair[0] in docs and pair[1] in docs}
    passages = sum(len(by_pair[pair]) for pair in inside)
    evidence = [f"passages:{passages}", f"share:{min(inside.values()):.2f}"]
    marks = [agencies(by_id[doc]) for doc in docs]
    common = set.intersection(*marks) if marks else set()
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


def folder(found: Iterable[Origin]) -> Callable[[Iterable[str]], int]:
    """Counts independent texts: how many of some articles are left when those of one origin count once."""
    pairs: list[tuple[str, str]] = []
    docs: set[str] = set()
    for origin in found:
        docs.update(origin.docs)
        pairs += [(origin.docs[0], doc) for doc in origin.docs[1:]]
    group = {doc: i for i, members in enumerate(joined(docs, pairs)) for doc in members}
    return lambda listed: len({group.get(doc, doc) for doc in listed})
