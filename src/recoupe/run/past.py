"""A story as it stood in an earlier state of the store, and which stories changed between two states.

What stands between articles is a function of these articles. So no store keeps earlier states: those of the story's
articles that it had by then, in the versions that it had, are related again, with what people had settled.
"""

import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from ..model.decisions import Decision
from ..model.records import Annotated
from ..model.relations import Relations, Story
from ..relate import related_as
from ..store import Store
from ..store.decisions import Kept

# What was related last is kept, some 10 kB an article: what changed with an article is told by the state before it,
# which is the one that the article before has left. Relating 390 articles takes 4 s.
KEPT = 8
_kept: OrderedDict[tuple[object, ...], Relations] = OrderedDict()
_one_at_a_time = threading.Lock()


class State(NamedTuple):
    """A story's articles in one state of the store and what stands between them; nothing where it had none of them."""

    articles: Sequence[Annotated]
    relations: Relations

    @property
    def story(self) -> Story | None:
        """The story, with the articles that it had."""
        return next(iter(self.relations.stories), None)


def as_of(store: Store, story: Story, until: int, at: str = "") -> State:
    """A story of today in an earlier state: `until` is the number of the last article that counts, `at` the instant
    (ISO 8601, UTC) up to which decisions count; without it all do that hold today."""
    articles = store.articles(frozenset(story.docs), until)
    if not articles:
        return State((), Relations())
    return State(articles, store.permanent(_related(story, articles, standing(store.decided(), at))))


def _related(story: Story, articles: Sequence[Annotated], decisions: Sequence[Decision]) -> Relations:
    # All that it hangs on, by its hash: the articles themselves would be most of what is kept.
    key = (story.id, story.story, hash(tuple(articles)), hash(tuple(decisions)))
    with _one_at_a_time:
        if (known := _kept.pop(key, None)) is not None:
            _kept[key] = known
            return known
    found = related_as(story, articles, decisions)
    with _one_at_a_time:
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def standing(kept: Collection[Kept], at: str = "") -> list[Decision]:
    """The decisions that held at an instant, or hold now, oldest first."""
    return [
        one.decision
        for one in kept
        if (one.undone_at is None or (at and one.undone_at > at)) and (not at or one.decision.at <= at)
    ]


def touched(store: Store, stories: Collection[Story], after: int, until: int | None = None) -> list[Story]:
    """The stories of which an article came, or another version of one, between two states."""
    docs = {one.doc for one in store.arrivals(after, until)}
    return [one for one in stories if not docs.isdisjoint(one.docs)]
