"""What a person settles about entities, and what rests on them made anew."""

from datetime import UTC, datetime

from ..model.relations import Entity
from ..relate.entities.deciding import merged, split
from ..store import Store
from .relating import related


def join(store: Store, one: Entity, two: Entity, who: str) -> int:
    """Two entities are one, from now on; gives the decision's number, by which it can be undone."""
    return _settled(store, store.decide(merged(one, two, who, _now())))


def part(store: Store, entity: Entity, what: str, who: str) -> int | None:
    """What an entity is called by a spelling, or in an article, is another, from now on; None where it has no such
    part."""
    articles = store.articles(frozenset(doc for doc, _ in entity.referents))
    found = split(entity, what, articles, who, _now())
    return None if found is None else _settled(store, store.decide(found))


def undo(store: Store, number: int, who: str) -> bool:
    """Takes a decision back; False where none of that number is in force."""
    done = store.undo(number, who)
    if done:
        related(store)
    return done


def _settled(store: Store, number: int) -> int:
    related(store)
    return number


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
