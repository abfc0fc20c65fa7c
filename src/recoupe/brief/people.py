"""The people of a story: who speaks or is told of, with the role and the spellings that the articles give them."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

from ..model.records import TEXT_KINDS, Claim, Name
from ..model.relations import Entity, Ref
from .index import Index
from .lines import line, role_in
from .model import Part, Person
from .wording import Parts
from .words import words_of

# A first or last name alone, met once and in nobody's role, says nothing of whom it is.
ALONE = 1


def people(index: Index, docs: Iterable[str], told: Collection[Ref] = ()) -> list[Person]:
    """The people of some articles: first who speaks or stands in the lines of the account (`told`: their records),
    then by how often they are named. Names in by-lines, captions and leftovers are no people of a story."""
    inside = set(docs)
    spoken = _spoken(index, inside)
    passages = defaultdict[str, list[tuple[int, int]]](list)
    for ref in told:
        record = index.record(ref)
        if record is not None:
            passages[ref[0]].append(record.span)
    found = []
    for entity in index.relations.entities:
        if entity.type == "PER":
            named = [(doc, name) for doc, name in _names(index, entity, inside) if not _byline(index, doc, name)]
            shown = sum(any(s[0] <= name.start < s[1] for s in passages[doc]) for doc, name in named)
            if named and (spoken[entity.id] or not _nobody(entity, named)):
                found.append((-(len(spoken[entity.id]) + shown), -len(named), entity.label, entity, named))
    found.sort(key=lambda one: one[:3])
    return [_person(index, entity, named, spoken[entity.id]) for *_, entity, named in found]


def _spoken(index: Index, docs: Collection[str]) -> dict[str, list[tuple[str, Claim]]]:
    """The claims of each entity."""
    found: dict[str, list[tuple[str, Claim]]] = defaultdict(list)
    for doc in sorted(docs, key=lambda one: (not index.at_home(one), index.numbers[one])):
        for claim in index.claims(doc):
            entity = index.entity(doc, claim.source_entity) if claim.source_entity else None
            if entity is not None:
                found[entity.id].append((doc, claim))
    return found


def _names(index: Index, entity: Entity, docs: Collection[str]) -> Iterable[tuple[str, Name]]:
    for doc, record_id in entity.mentions:
        record = index.record((doc, record_id))
        if doc in docs and isinstance(record, Name):
            yield doc, record


def _byline(index: Index, doc: str, name: Name) -> bool:
    """Whether a name is one of who made the article: outside its text, or behind "by" where a paragraph begins."""
    block = index.block_at(doc, name.start)
    if block is None or block.kind not in TEXT_KINDS:
        return True
    before = index.words_of(doc).normal(index.raw(doc, (block.start, name.start))).lower()
    return " ".join(re.findall(r"\w+", before)) in words_of(index.words_of(doc)).bylines


def _nobody(entity: Entity, named: Collection[tuple[str, Name]]) -> bool:
    """Whether only one word of a name is met, and that once."""
    return len(named) <= ALONE and all(len(name.text.split()) == 1 for _, name in named)


def _person(
    index: Index, entity: Entity, named: Collection[tuple[str, Name]], spoken: list[tuple[str, Claim]]
) -> Person:
    """A person with the role that the first article of the reader's language gives, else any."""
    spelt: dict[str, list[str]] = defaultdict(list)
    for doc, name in named:
        spelt[name.text].append(doc)
    ranked = sorted(spelt.items(), key=lambda item: (-len(item[0].split()), -len(item[1]), item[0]))
    roles = [(role, (doc, claim.id), claim.source) for doc, claim in spoken if (role := role_in(index, doc, claim))]
    refs: list[Ref] = [(doc, name.id) for doc, name in named]
    spans = [(doc, name.span) for doc, name in named]
    parts: Parts = (Part(entity.label, "name"),)
    if roles:
        role, ref, source = roles[0]
        parts = (*parts, Part(", "), *role)
        refs, spans = [ref, *refs], [(ref[0], source or (0, 1)), *spans]
    return Person(
        label=entity.label,
        line=line(index, parts, refs, spans, ()),
        spellings=tuple((text, tuple(sorted({index.numbers[doc] for doc in of}))) for text, of in ranked),
        settled=bool(entity.decided),
    )
