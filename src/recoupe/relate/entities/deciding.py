"""Decisions from what a person asks: these two are one, this spelling (or this article's) is another."""

from collections.abc import Iterable, Sequence

from ...model.article import digest
from ...model.decisions import Decision, Side
from ...model.records import Annotated, Name
from ...model.relations import Entity, Ref


def merged(one: Entity, two: Entity, who: str, at: str) -> Decision:
    """Two entities are one."""
    a, b = _sides(one.keys, one), _sides(two.keys, two)
    return Decision(id=digest("same", one.keys, two.keys, who, at), kind="same", a=a, b=b, who=who, at=at)


def split(entity: Entity, what: str, articles: Sequence[Annotated], who: str, at: str) -> Decision | None:
    """What an entity is called by one of its spellings, or in one article (its id), is another.

    `articles` are those that name the entity. None where nothing of it is called so, or all of it is.
    """
    calls = list(_calls(entity, articles))
    moved = {ref for ref, form in calls if what in (ref[0], form)}
    rest = {ref for ref in entity.referents if ref not in moved}
    if not moved or not rest:
        return None
    a, b = sorted({slug for _, slug in moved}), sorted({slug for _, slug in rest})
    # Where the machine has one key for both, the articles tell them apart; else the keys do, in later articles too.
    docs = tuple(sorted({doc for doc, _ in moved})) if set(a) & set(b) else ()
    return Decision(
        id=digest("apart", a, b, docs, who, at), kind="apart", a=_sides(a, entity), b=_sides(b, entity),
        docs=docs, who=who, at=at,
    )  # fmt: skip


def _calls(entity: Entity, articles: Iterable[Annotated]) -> Iterable[tuple[Ref, str]]:
    """Each referent of an entity with each spelling that its article has for it."""
    referents = set(entity.referents)
    for annotated in articles:
        for name in annotated.layer(Name):
            ref = (annotated.article.id, name.entity)
            if ref in referents:
                yield ref, " ".join(name.text.split())


def _sides(keys: Iterable[str], entity: Entity) -> tuple[Side, ...]:
    return tuple(Side(key=key, form=entity.label) for key in keys)
