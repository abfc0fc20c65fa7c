"""What a person settles about entities, and what rests on them made anew."""

from typing import NamedTuple

from ..model.decisions import Decision
from ..model.moments import now
from ..model.relations import Entity
from ..relate.entities.deciding import merged, split
from ..store import Store
from .relating import related


class Made(NamedTuple):
    """A decision with its number, by which it can be undone."""

    number: int
    decision: Decision


def join(store: Store, one: Entity, two: Entity, who: str) -> Made:
    """Two entities are one, from now on."""
    return _settled(store, merged(one, two, who, now()))


def part(store: Store, entity: Entity, what: str, who: str) -> Made | None:
    """What an entity is called by a spelling, or in an article, is another, from now on; None where it has no such
    part."""
    articles = store.articles(frozenset(doc for doc, _ in entity.referents))
    found = split(entity, what, articles, who, now())
    return None if found is None else _settled(store, found)


def undo(store: Store, number: int, who: str) -> bool:
    """Takes a decision back; False where none of that number is in force."""
    done = store.undo(number, who)
    if done:
        related(store)
    return done


def _settled(store: Store, decision: Decision) -> Made:
    # Whoever asks again, since the program was ended before it had related, asks for nothing new.
    same = (one for one in store.decided() if one.undone_at is None and _what(one.decision) == _what(decision))
    before = next(same, None)
    made = Made(store.decide(decision), decision) if before is None else Made(before.n, before.decision)
    related(store)
    return made


def _what(one: Decision) -> tuple[object, ...]:
    return one.kind, one.a, one.b, one.docs
