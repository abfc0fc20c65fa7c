"""Earlier states as pages and API ask for them: a story as of a time, what changed in it, what is new to a reader."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from ..brief import account
from ..brief.changes.told import Told
from ..brief.model import Account
from ..lang import LanguagePack
from ..model import moments
from ..model.hand import Hand, hand
from ..model.records import Annotated
from ..model.relations import Relations, Story
from ..run import State, as_of, touched
from ..run.past import standing
from ..watch import Diff, Notice, compared, notices, shown
from .desk import Desk, Snapshot

# Stories whose changes stand on one page: each takes the time to relate its articles twice.
STORIES = 10
# Alerts looked through at most for those that may be shown.
ALERTS = 2000


class Then(NamedTuple):
    """A story in an earlier state: when (ISO 8601, UTC), how many articles it had of those it has now, its account."""

    at: str
    had: int
    all: int
    account: Account | None


def asked(text: str, *, end: bool = False) -> str:
    """An instant of an address. Raises ValueError where it is none."""
    return moments.moment(text, datetime.now(UTC), end=end)


class Past:
    """The earlier states of a desk's store."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def now(self) -> str:
        """This instant as the store writes it, or that of the last article where a clock was ahead."""
        return max(moments.now(), self.desk.store.came())

    def story(self, key: str) -> Story | None:
        """The story of an id, a label, or an id that it had before; as the store has it, nothing hidden."""
        return self.desk.store.story(key)

    def shown(self, snapshot: Snapshot, key: str) -> Story | None:
        """The same, where it may be shown."""
        found = self.story(key)
        return found if found and snapshot.told(found.id) else None

    def state(self, snapshot: Snapshot, story: Story, until: int, at: str = "") -> State:
        """A story in an earlier state, as it may be shown; made once."""

        def made() -> State:
            return State(*snapshot.store.of(*as_of(self.desk.store, story, until, at)))

        # Decisions change what stands between articles, and with it the snapshot; `at` only says which hold.
        return snapshot.once(("state", story.id, until, at), made)

    def then(self, snapshot: Snapshot, story: Story, at: str, pack: LanguagePack) -> Then:
        """A story as of an instant, with what people had said by then."""
        until = self.desk.store.reached(at)
        state = self._as_now(snapshot, story, until, at) or self.state(snapshot, story, until, at)
        own = next((one for one in state.relations.stories if one.id == story.id), None)
        if own is None:
            return Then(at, 0, len(story.docs), None)
        said = self._hand(snapshot, state, at)
        key = ("account_then", story.id, until, at, pack.code, said.reviewed, tuple(sorted(said.settled)))
        versions = snapshot.store.versions(own.docs, until)
        made = snapshot.once(key, lambda: account(*state, pack, story.id, said, versions))
        return Then(at, len(own.docs), len(story.docs), made)

    def _as_now(self, snapshot: Snapshot, story: Story, until: int, at: str) -> State | None:
        """The story as it is, where nothing came and nothing was settled since: it is read together with others."""
        store = self.desk.store
        told = snapshot.told(story.id)
        kept = store.decided()
        if told is None or store.arrivals(until, None, story.docs) or standing(kept) != standing(kept, at):
            return None
        return State(told.articles, told.relations)

    def article(self, snapshot: Snapshot, doc: str, at: str) -> Annotated | None:
        """An article in the version that the store had at an instant, as it may be shown."""
        store = self.desk.store
        found = store.articles(frozenset({snapshot.store.real(doc)}), store.reached(at))
        return next(iter(snapshot.store.of(found, Relations())[0]), None)

    def rewritten(self, snapshot: Snapshot, found: Account) -> frozenset[str]:
        """The articles of an account whose text is another now."""
        texts = {one.doc: one.text for one in found.articles}
        now = (snapshot.article(doc) for doc in texts)
        return frozenset(one.article.id for one in now if one and one.article.text != texts[one.article.id])

    def changed(self, snapshot: Snapshot, story: Story, after: int, until: int, pack: LanguagePack) -> Told | None:
        """What changed in a story between two states; nothing where it may not be shown."""
        before, since = self.state(snapshot, story, after), self.state(snapshot, story, until)
        said = self._hand(snapshot, since)
        key = ("changed", story.id, after, until, pack.code, said.reviewed, tuple(sorted(said.settled)))
        return snapshot.once(key, lambda: compared(before, since, pack, said))

    def diff(
        self, snapshot: Snapshot, start: str, end: str, pack: LanguagePack, only: Story | None = None, page: int = 1
    ) -> tuple[Diff, int]:
        """What changed between two instants, a page of stories at a time, those with the newest articles first; and of
        how many stories articles came."""
        store = self.desk.store
        after, until = store.reached(start), store.reached(end)
        order = {one.story.id: at for at, one in enumerate(snapshot.stories)}
        found = touched(store, store.stories() if only is None else [only], after, until)
        listed = sorted((one for one in found if one.id in order), key=lambda one: order[one.id])
        some = listed[(page - 1) * STORIES : page * STORIES]
        made = [one for story in some if (one := self.changed(snapshot, story, after, until, pack)) is not None]
        return Diff(start=start, end=end, stories=tuple(made)), len(listed)

    def alerts(
        self, snapshot: Snapshot, story: Story | None = None, limit: int = 50, offset: int = 0
    ) -> tuple[list[Notice], int]:
        """The alerts that may be shown, the newest first, and how many there are."""
        docs = None if story is None else frozenset(story.docs)
        store = self.desk.store
        if not snapshot.store.mask and not snapshot.store.leaving:
            return notices(store.alerts(docs, limit, offset)), store.alert_count(docs)
        every = (shown(one, snapshot.store) for one in notices(store.alerts(docs, ALERTS)))
        found = [one for one in every if one is not None]
        return found[offset : offset + limit], len(found)

    def new(self, after: int, until: int, story: Story | None = None) -> list[str]:
        """The articles that came between two states (of a story)."""
        if after >= until:
            return []
        docs = None if story is None else story.docs
        return list(dict.fromkeys(one.doc for one in self.desk.store.arrivals(after, until, docs)))

    def _hand(self, snapshot: Snapshot, state: State, at: str = "") -> Hand:
        """What people had said by an instant, or have said by now, of a state."""
        docs: Sequence[str] = [*(one.article.id for one in state.articles), ""]
        said = [one for _, one in snapshot.store.reviews(docs) if not at or moments.written(_instant(one.at)) <= at]
        return hand(state.articles, state.relations.disputes, said, snapshot.store.needed)


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
