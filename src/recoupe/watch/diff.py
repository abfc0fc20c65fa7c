"""What changed between two states of a store, story by story."""

from collections.abc import Callable, Sequence

import msgspec

from ..brief.changes import changes
from ..brief.changes.told import Told, told
from ..lang import LanguagePack
from ..model.hand import NOBODY, Hand
from ..model.relations import Story
from ..run import State, as_of, touched
from ..store import Store

# What people have said of a story in a state.
Hands = Callable[[State], Hand]


def nobody(_: State) -> Hand:
    """Where nobody is asked."""
    return NOBODY


class Diff(msgspec.Struct, frozen=True, kw_only=True):
    """Two instants (ISO 8601, UTC), and what changed between them, the stories with most changes first."""

    start: str
    end: str
    stories: tuple[Told, ...]


def between(
    store: Store, start: str, end: str, pack: LanguagePack, stories: Sequence[Story], hands: Hands = nobody
) -> Diff:
    """What changed in some stories between two instants (ISO 8601, UTC, microseconds)."""
    after, until = store.reached(start), store.reached(end)
    found = [changed(store, story, after, until, [pack], hands)[0] for story in touched(store, stories, after, until)]
    return Diff(start=start, end=end, stories=tuple(sorted(found, key=lambda one: (-len(one.changes), one.story))))


def changed(
    store: Store, story: Story, after: int, until: int, packs: Sequence[LanguagePack], hands: Hands = nobody
) -> list[Told]:
    """What changed in a story between two states (the numbers of the last articles that count), in some languages."""
    before, now = as_of(store, story, after), as_of(store, story, until)
    came = dict.fromkeys(one.doc for one in store.arrivals(after, until, story.docs))
    articles = [one.article for one in (*before.articles, *now.articles)]
    hand = hands(now)
    return [told(now.story or story, list(came), changes(before, now, pack, hand), articles) for pack in packs]
