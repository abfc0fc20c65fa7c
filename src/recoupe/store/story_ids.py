"""Permanent ids of stories.

Relate names a story by its first article, so that an earlier article that arrives would give it another id. The store
keeps the id that a story began with: the articles that are its own are its keys, as names are an entity's.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, select

from ..model.relations import Story, story_id
from .connect import direct
from .identity import current, settle
from .schema import article, redirect, relation

# A story's key is an article's id behind this, which begins no key of an entity.
KEY = "story/"


class _Begun(NamedTuple):
    """A story as something with a permanent id: `mentions` say which of two with one claim to an id is the larger."""

    id: str
    keys: tuple[str, ...]
    mentions: tuple[str, ...]


def settled(connection: Connection, part: str, stories: Sequence[Story], at: str) -> dict[str, str]:
    """From the machine's ids of the stories of a part to their permanent ids; `at` is the instant that goes with ids
    that begin or lead to another. Articles that several stories hold are no story's own, but for its first."""
    if not stories:
        return {}
    shared = Counter(doc for one in stories for doc in one.docs)
    begun = []
    for one in stories:
        first = [doc for doc in one.docs if story_id(doc) == one.id]
        own = [doc for doc in one.docs if shared[doc] == 1 and doc not in first]
        begun.append(_Begun(one.id, tuple(KEY + doc for doc in (*first, *own)), one.docs))

    def elsewhere(ids: Collection[str]) -> set[str]:
        query = (
            "SELECT r.id FROM words(?) k CROSS JOIN relation r "
            "WHERE r.layer = 'story' AND r.id = k.value AND r.part <> ?"
        )
        return {found for (found,) in direct(connection, query, list(ids), part)}

    return settle(connection, begun, at, elsewhere).ids


def labelled(story: Story, ids: dict[str, str]) -> Story:
    """A story whose label ends with the first signs of its permanent id."""
    signs = story.story.rpartition("-")[2]
    made = ids.get(story.id, story.id)
    if made == story.id or not story.id.startswith(signs):
        return story
    return replace(story, story=story.story[: len(story.story) - len(signs)] + made[: len(signs)])


def current_story(connection: Connection, key: str) -> str:
    """The id that a story has now by one that it had, or by a label that it had: these end with an id's first signs."""
    signs = key.rpartition("-")[2]
    if signs == key:
        return current(connection, key)
    for column in (relation.c.id, redirect.c.old):
        query = select(column).where(column.startswith(signs, autoescape=True)).distinct()
        listed = list(
            connection.scalars(query.where(relation.c.layer == "story") if column is relation.c.id else query)
        )
        if len(listed) == 1:
            return current(connection, listed[0])
    return key


class Firsts:
    """The articles by the ids of the stories that begin with them: looked up, not hashed again at each question."""

    def __init__(self) -> None:
        self._docs: dict[str, str] = {}
        self._until = 0

    def of(self, connection: Connection, key: str) -> str | None:
        """The article with which the story of an id began or would begin."""
        came = select(article.c.n, article.c.id).where(article.c.n > self._until).order_by(article.c.n)
        for n, doc in connection.execute(came).all():
            self._docs[story_id(doc)] = doc
            self._until = max(self._until, n)
        return self._docs.get(key)
