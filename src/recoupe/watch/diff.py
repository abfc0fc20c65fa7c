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

# A state of a story as it may be shown.
Lens = Callable[[State], State]


def bare(state: State) -> State:
    """A state as the store has it."""
    return state


class Diff(msgspec.Struct, frozen=True, kw_only=True):
    """Two instants (ISO 8601, UTC), and what changed between them, the stories with most changes first."""

    start: str
    end: str
    stories: tuple[Told, ...]


def between(
    store: Store, start: str, end: str, pack: LanguagePack, stories: Sequence[Story], lens: Lens = bare
) -> Diff:
    """What changed in some stories between two instants (ISO 8601, UTC, microseconds)."""
    after, until = store.reached(start), store.reached(end)
    found: list[Told] = []
    for story in touched(store, stories, after, until):
        found += changed(store, story, after, until, [pack], lens)
    return Diff(start=start, end=end, stories=tuple(sorted(found, key=lambda one: (-len(one.changes), one.story))))


def changed(
    store: Store, story: Story, after: int, until: int, packs: Sequence[LanguagePack], lens: Lens = bare
) -> list[Told]:
    """What changed in a story between two states (the numbers of the last articles that count), in some languages;
    nothing where it may not be shown."""
    before, since = lens(as_of(store, story, after)), lens(as_of(store, story, until))
    return [one for pack in packs if (one := compared(before, since, pack)) is not None]


def compared(before: State, since: State, pack: LanguagePack, hand: Hand = NOBODY) -> Told | None:
    """What is otherwise in the later of two states of a story; None where that has nothing."""
    if since.story is None:
        return None
    old = {one.article.id: one.article.text for one in before.articles}
    came = [one.article.id for one in since.articles if old.get(one.article.id) != one.article.text]
    articles = [one.article for one in (*before.articles, *since.articles)]
    return told(since.story, came, changes(before, since, pack, hand), articles)
