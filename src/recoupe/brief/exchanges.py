"""Who says what of whom: the named sources of a story against those whom their words name."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from ..model.records import Claim
from ..model.relations import Entity, Ref, Story
from .index import Index
from .lines import line
from .model import Exchange, Part

# What fits beside one another: sources, and those spoken of.
SOURCES, NAMED = 8, 6
# In this order: what stands against another first.
ACTS = ("accuse", "deny", "request", "commit", "admit", "expect", "question", "assert")


def exchanges(index: Index, story: Story) -> list[Exchange]:
    """One entry for each source, whom its words name, and what kind of saying it is; those who speak most first."""
    docs = set(story.docs)
    cells: dict[tuple[str, str, str], dict[Ref, None]] = defaultdict(dict)
    counts: Counter[tuple[str, str, str]] = Counter()
    for statement in index.statements_in(docs):
        refs = [ref for ref in statement.claims if ref[0] in docs and index.claim(ref) is not None]
        source = index.entities.get(statement.source or "")
        if source is None:
            continue
        for whom in sorted({entity.id for ref in refs for entity in _named(index, ref)} - {source.id}):
            key = source.id, whom, statement.act
            counts[key] += 1
            cells[key].update(dict.fromkeys(refs))
    speaking, spoken = Counter[str](), Counter[str]()
    for (who, whom, _), n in counts.items():
        speaking[who] += n
        spoken[whom] += n
    rows = sorted(speaking, key=lambda one: (-speaking[one], index.label(one)))[:SOURCES]
    columns = sorted(spoken, key=lambda one: (-spoken[one], index.label(one)))[:NAMED]
    kept = [key for key in cells if key[0] in rows and key[1] in columns]
    kept.sort(key=lambda key: (rows.index(key[0]), columns.index(key[1]), ACTS.index(key[2])))
    return [_exchange(index, key, list(cells[key]), counts[key]) for key in kept]


def _exchange(index: Index, key: tuple[str, str, str], refs: list[Ref], n: int) -> Exchange:
    who, whom, act = key
    spans = [(ref[0], claim.span) for ref in refs if (claim := index.claim(ref)) is not None]
    verb = Part(index.reader.phrase(f"brief.act.{act}", n=1), "act")
    times = (Part(f" ×\u202f{n}"),) if n > 1 else ()
    made = line(index, (verb, *times), refs, spans, [index.label(who)])
    return Exchange(who=index.label(who), whom=index.label(whom), line=made)


def _named(index: Index, ref: Ref) -> Iterator[Entity]:
    """The people, bodies and countries that the words of a claim name; a town is a place and nobody."""
    claim = index.claim(ref)
    assert isinstance(claim, Claim)
    for span in (claim.span, *claim.more):
        for name in index.names_in(ref[0], span):
            entity = index.entity(ref[0], name.stands_for or name.entity)
            if entity is None:
                continue
            place = entity.place.precision if entity.place else ""
            if entity.type != "LOC" or place == "country":
                yield entity
