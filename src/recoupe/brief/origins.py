"""The texts that a story's articles come from, and the first sources that its facts and disputes go back to."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from ..model.relations import Ref
from .index import Index
from .lines import line, source_label
from .model import FirstSource, Folded, Line, Part
from .words import words_of


def origins(index: Index, docs: Collection[str]) -> list[Folded]:
    """The articles of a story folded under the text they come from."""
    found, groups = [], _groups(index, docs)
    passages = _passages(index, groups)
    for n, group in enumerate(groups):
        about = [one for one in index.relations.origins if group.intersection(one.docs)]
        if len(group) == 1:
            found.append(Folded(numbers=(index.numbers[next(iter(group))],)))
            continue
        numbers = tuple(sorted(index.numbers[doc] for doc in group))
        sure = any(one.sure and group.issubset(one.docs) for one in about)
        widest = max(about, key=lambda one: (len(group.intersection(one.docs)), one.sure, one.id))
        found.append(Folded(numbers=numbers, sure=sure, passages=passages[n], evidence=widest.evidence))
    return sorted(found, key=lambda one: one.numbers)


def _groups(index: Index, docs: Collection[str]) -> list[set[str]]:
    """The articles that origins lead to from one another: a sure one often lies inside one that is not."""
    groups: list[set[str]] = [{doc} for doc in docs]
    for origin in index.relations.origins:
        met = [group for group in groups if group.intersection(origin.docs)]
        groups = [group for group in groups if group not in met] + ([set().union(*met)] if met else [])
    return groups


def _passages(index: Index, groups: Sequence[Collection[str]]) -> Counter[int]:
    """How many passages the articles of each group share."""
    of = {doc: n for n, group in enumerate(groups) for doc in group}
    pairs = ((of.get(one.a[0], -1), of.get(one.b[0], -2)) for one in index.relations.reuse)
    return Counter(a for a, b in pairs if a == b)


def count_texts(index: Index, docs: Collection[str]) -> int:
    """How many independent texts some articles are: one for each origin, sure or not."""
    return len(_groups(index, docs))


def first_sources(index: Index, told: Iterable[Line], texts: Collection[Folded]) -> list[FirstSource]:
    """Who the lines of a story go back to, and which of its texts carry each, those in most texts first."""
    found: dict[str, dict[Ref, None]] = {}
    inside = {number for text in texts for number in text.numbers}
    for ref in dict.fromkeys(ref for one in told for ref in one.refs if index.numbers[ref[0]] in inside):
        claim = index.claim(ref)
        if claim is None:
            continue
        statement = index.statement_of.get(ref)
        labels = [index.label(one) for one in statement.first_sources] if statement else []
        for label in labels or [source_label(index, ref[0], claim)]:
            nobody = label.lower() in words_of(index.words_of(ref[0])).nobody
            if label and not nobody and index.is_named(label):
                found.setdefault(label, {})[ref] = None
    made = [_first(index, label, list(refs), texts) for label, refs in found.items()]
    return sorted((one for one in made if one.texts), key=lambda one: (-len(one.texts), -len(one.line.refs), one.label))


def _first(index: Index, label: str, refs: list[Ref], texts: Collection[Folded]) -> FirstSource:
    numbers = {index.numbers[doc] for doc, _ in refs}
    carrying = tuple(i for i, text in enumerate(texts, 1) if numbers & {*text.numbers})
    spans = [(ref[0], claim.span) for ref in refs if (claim := index.claim(ref)) is not None]
    made = line(index, (Part(label, "name"),), refs, spans, [label])
    return FirstSource(label=made.text, line=made, texts=carrying)
