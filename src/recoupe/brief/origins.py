"""The texts that a story's articles come from, and the first sources that its facts and disputes go back to."""

from collections.abc import Collection, Iterable

from ..model.relations import Ref
from .index import Index
from .lines import line, source_label
from .model import FirstSource, Folded, Line, Part
from .words import words_of


def origins(index: Index, docs: Collection[str]) -> list[Folded]:
    """The articles of a story folded under the text they come from."""
    left, found = set(docs), []
    ranked = sorted(index.relations.origins, key=lambda one: (not one.sure, -len(one.docs), one.id))
    for origin in ranked:
        inside = [doc for doc in origin.docs if doc in left]
        if len(inside) > 1:
            left -= set(inside)
            numbers = tuple(sorted(index.numbers[doc] for doc in inside))
            found.append(
                Folded(numbers=numbers, sure=origin.sure, passages=_passages(index, inside), evidence=origin.evidence)
            )
    found += [Folded(numbers=(index.numbers[doc],)) for doc in left]
    return sorted(found, key=lambda one: one.numbers)


def _passages(index: Index, docs: Collection[str]) -> int:
    """How many passages some articles share."""
    return sum(1 for one in index.relations.reuse if one.a[0] in docs and one.b[0] in docs)


def count_texts(index: Index, docs: Collection[str]) -> int:
    """How many independent texts some articles are: one for each origin, sure or not."""
    return len(origins(index, docs))


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
