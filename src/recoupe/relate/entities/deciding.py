"""Decisions from what a person asks: these two are one, this spelling (or this article's) is another."""

from collections.abc import Iterable, Sequence

from ...model.article import digest
from ...model.decisions import Decision, Side
from ...model.records import Annotated, Name
from ...model.relations import Entity, Ref


def merged(one: Entity, two: Entity, who: str, at: str) -> Decision:
    """Two entities are one; a surname alone only where it stands, since in another matter it may be another's."""
    a, b = _sides(plain_keys(one), one), _sides(plain_keys(two), two)
    lone = [entity for entity in (one, two) if all("@" in key for key in entity.keys)]
    docs = tuple(sorted({doc for entity in lone for doc, _ in entity.referents}))
    key = digest("same", one.keys, two.keys, who, at)
    return Decision(id=key, kind="same", a=a, b=b, docs=docs, who=who, at=at)


def plain_keys(entity: Entity) -> list[str]:
    """An entity's keys as articles have them: without the article that a surname alone goes with."""
    return list(dict.fromkeys(key.partition("@")[0] for key in entity.keys))


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
