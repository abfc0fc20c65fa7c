"""What the pages and the API ask of a store: stories, articles, entities, search and reviews, read once per state."""

import threading
import time
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from ..brief import account, as_json
from ..brief.model import Account
from ..errors import StoreError
from ..lang import DEFAULT, LanguagePack, pack
from ..model.article import digest
from ..model.care import Care, Setting, instant
from ..model.hand import Hand, hand
from ..model.records import Annotated, Claim
from ..model.reviews import Review, attached, in_force
from ..run import saying
from ..run.searching import search, words
from ..store import Found, Outward, Store, reviews, stand
from ..store.search import WORDS
from .drawing import drawn
from .memory import Memory
from .snapshot import Kept, Shown, Snapshot, Tale, Told, said_by, said_of

# Seconds that who finds the store changed waits for it to be read anew (thousands of articles are, in that time), and
# that a desk waits for the index of search before it answers.
MOMENT, FIRST = 1.0, 5.0
# A large store into which articles come all the time is read anew after so many times as long as that took: reading
# 100,000 articles takes five seconds, in which readers have half of the processor. A quick one never rests.
REST, QUICK = 3.0, 0.25
# A map that lags is looked at again after a minute; what has no hour is not.
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# Bytes of written accounts that are kept: some 3,000 pages of stories of a hundred articles. So many of the newest
# stories have their pages made ahead of any reader, and then those of so many articles, which take longest (two
# milliseconds an article), the largest first, of no more articles than this.
ACCOUNTS, NEWEST, LARGE, AHEAD = 64 << 20, 40, 20, 100_000
# How accounts are packed: the quickest way makes a tenth of a large page in a millisecond.
QUICKEST = 1


class Desk:
    """A store as the web sees it; what was read stays until the store has another state."""

    def __init__(self, where: Path | str) -> None:
        self.store = Store(where)
        self.search = search(self.store)
        self._lock = threading.Lock()
        self._set = Settings(self.store)
        self._care, self._memory = "", Memory()
        self._reading: threading.Thread | None = None
        self._took, self._rested = 0.0, 0.0
        self._now = self._away = Snapshot(Outward(self.store), "")
        self._indexed, self._aheading = threading.Lock(), threading.Lock()
        self._accounts, self._asked = Kept(ACCOUNTS), {DEFAULT}
        self.renew()
        self._memory.settle()
        self._beside(self._ahead)
        self._beside(self._catch_up).join(FIRST)

    def now(self) -> Snapshot:
        """The store as it is shown on a page: what is held back is there, and marked. Where articles have come, it is
        read anew beside the readers, who have the state before until that is done; what people set holds at once."""
        care = self._set.stamp()
        if care != self._care:
            return self.renew()
        if f"{self.store.shown_state()}-{care}" != self._now.state:
            self._begin()
        return self._now

    def renew(self) -> Snapshot:
        """Reads the store anew, before any other page is answered that was asked for since."""
        with self._lock:
            if f"{self.store.shown_state()}-{self._set.stamp()}" != self._now.state:
                self._now, self._away, self._care = self._made()
            return self._now

    def away(self) -> Snapshot:
        """The store as it may be given away, to programs and feeds."""
        self.now()
        return self._away

    def tag(self) -> str:
        """What stands for all that is given away: the articles, what is set, what people said."""
        return f"{self.away().state}-{self._set.seen}"

    def _made(self) -> tuple[Snapshot, Snapshot, str]:
        """The store as it is shown, as it may be given away (the same where nothing is held back), and what is set."""
        # The number first: an article that comes while all is read is told of once more, and not passed over.
        until, care, state = self.store.related_until(), self._set.stamp(), self.store.shown_state()
        shown = Snapshot(Outward(self.store), f"{state}-{care}", until).warm()
        held = bool(shown.store.care.held)
        away = Snapshot(Outward(self.store, leaving=True), shown.state, until).warm() if held else shown
        self._memory.note(shown)
        return shown, away, care

    def _begin(self) -> None:
        """Has the store read anew; whoever finds it changed waits for a moment, in which a small one is read."""
        with self._lock:
            if (self._reading is not None and self._reading.is_alive()) or time.monotonic() < self._rested:
                return
            self._reading = reading = self._beside(self._read)
        if self._took < MOMENT:
            reading.join(MOMENT)

    def _read(self) -> None:
        began = time.monotonic()
        shown, away, care = self._made()
        with self._lock:
            # What was set meanwhile holds, whatever was being read.
            if care == self._set.stamp():
                self._now, self._away, self._care = shown, away, care
        self._memory.settle()
        self._took = time.monotonic() - began
        self._rested = time.monotonic() + (REST * self._took if self._took > QUICK else 0.0)
        self._beside(self._catch_up)
        self._beside(self._ahead)

    def _beside(self, what: Callable[[], None]) -> threading.Thread:
        """Has something done beside the readers; where the store is out of reach, the next reader has it done."""

        def tried() -> None:
            with suppress(StoreError):
                what()

        doing = threading.Thread(target=tried, daemon=True)
        doing.start()
        return doing

    def _ahead(self) -> None:
        """Makes the pages that will be asked for first, those of the newest stories, and those that take longest, in
        the languages that are read here. What an arrival did not touch is there already."""
        if self._aheading.acquire(blocking=False):
            try:
                while not self._made_ahead(self._now):
                    pass
            finally:
                self._aheading.release()

    def _made_ahead(self, now: Snapshot) -> bool:
        """Whether all these were made before the store had another state."""
        large = [one for one in now.stories if len(one.story.docs) >= LARGE]
        articles, codes = 0, sorted(self._asked)
        for one in dict.fromkeys([*now.stories[:NEWEST], *sorted(large, key=lambda one: -len(one.story.docs))]):
            for code in codes:
                began = time.monotonic()
                self.page(one.story.id, pack(code), now)
                # The readers have as long for theirs.
                time.sleep(time.monotonic() - began)
            articles += len(one.story.docs) * len(codes)
            if articles > AHEAD or now is not self._now:
                break
        return now is self._now

    def _catch_up(self) -> None:
        if self._indexed.acquire(blocking=False):
            try:
                while self.search.renew():
                    pass
            finally:
                self._indexed.release()

    def page(self, key: str, pack: LanguagePack, now: Snapshot) -> Tale | None:
        """A story (by its id or label) as it is shown, and its account in a language as a page has it."""
        self._asked.add(pack.code)
        return self._tale(key, pack, now, lambda one, story: drawn(one, pack, story))

    def account(self, key: str, pack: LanguagePack, now: Snapshot) -> Tale | None:
        """The same, the account whole, as JSON."""
        return self._tale(key, pack, now, lambda one, _: as_json(one, pack), texts=True)

    def _tale(
        self, key: str, pack: LanguagePack, now: Snapshot, write: Callable[[Account, str], str], texts: bool = False
    ) -> Tale | None:
        """A story and its account, with what people have reviewed and settled. It is written anew only where something
        came to what it is told from, or was said of that."""
        found = self.store.standing(key)
        if found is None:
            return None
        story, stamp = found
        said = now.store.reviews([*story.docs, ""])

        def made() -> Tale | None:
            # Read anew, and not as this state may have kept it: it must be no older than the stamp.
            told = now.read(key)
            if told is None:
                return None
            hand, versions = _hand(now, told, said), now.store.versions(told.story.docs)
            one = account(told.articles, told.relations, pack, told.story.id, hand, versions, texts)
            return Tale(told.story, one.stories[0].title, zlib.compress(write(one, told.story.id).encode(), QUICKEST))

        # What is masked, held back or coarse may depend on any article.
        state = now.state if now.store.care != Care() else ""
        numbers = tuple(n for n, _ in said)
        place, of = (now.store.leaving, story.id, pack.code, texts), (state, stamp, numbers)
        return self._accounts.once(place, made, of, lambda tale: len(tale.packed) if tale else 1)

    def reviews(self, found: Annotated, now: Snapshot | None = None) -> tuple[dict[str, list[Review]], list[Review]]:
        """The reviews of an article by record, those in force; and the orphans."""
        listed = [review for _, review in (now or self.now()).store.reviews([found.article.id]) if review.record]
        held, orphans = attached(found, (one for one in listed if one.verdict != "set"))
        return {record: kept for record, some in held.items() if (kept := in_force(some))}, orphans

    def notes(self, layer: str, key: str, now: Snapshot) -> list[Review]:
        """The notes in force on a source (an entity or an outlet), by people who signed them."""
        return saying.notes(self.store, layer, key, [one for _, one in now.store.reviews([""])])

    def set_on(self, layer: str, key: str, doc: str = "") -> dict[str, Setting]:
        """What is set on one thing, by key."""
        return saying.set_on(self.store, layer, key, doc)

    def log(self, now: Snapshot | None = None) -> list[tuple[int, Review]]:
        """Everything that people said, the newest first."""
        return list(reversed((now or self.now()).store.reviews()))

    def find(self, query: str, kind: str, limit: int = 20, now: Snapshot | None = None) -> list[Found]:
        """Articles, claims or names that hold all words of a query, as far as they are shown."""
        now = now or self.now()
        asked = words(query)[:WORDS]
        shown = (now.store.found(hit) for hit in self.search.find(query, kind, limit))
        listed = [hit for hit in shown if hit is not None and hit.doc in now.heads]
        return [hit for hit in listed if _stands(now, hit, asked)] if now.store.hides else listed


def _stands(now: Snapshot, hit: Found, asked: Sequence[str]) -> bool:
    """Whether the words that are looked for stand in what is shown: what is found by a name under a mask, or by what is
    held back, would tell it."""
    found = now.article(hit.doc)
    if hit.kind == "name" or found is None:
        return found is not None
    about, claim = found.article, found.find(hit.ref)
    text = f"{about.title} {about.outlet} {about.text}" if hit.kind == "article" else ""
    if isinstance(claim, Claim):
        text = f"{about.text[slice(*claim.source)] if claim.source else ''} {claim.text}"
    return all(any(word.startswith(one) for word in words(text)) for one in asked)


class Settings:
    """Whether what people have set is as it was: something new was said (`seen` is the number of the last entry of
    their log), or something has come due."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.seen, self._stamp, self._due = -1, "", datetime.now(UTC)

    def stamp(self) -> str:
        """What stands for all that is set now."""
        now = datetime.now(UTC)
        with self.store.engine.connect() as connection:
            newest = reviews.newest(connection)
        if newest != self.seen or now >= self._due:
            found = stand(self.store, now)
            # A map that lags moves on by itself.
            minute = now.strftime("%H%M") if any(one.delay for one in found.coarse) else ""
            later = [instant(one.until) for one in found.held] + ([now + MINUTE] if minute else [])
            self._due = min(later, default=now + DAY)
            self._stamp = digest(msgspec.json.encode(found), minute)
            self.seen = newest
        return self._stamp


def _hand(now: Snapshot, told: Told, said: Sequence[tuple[int, Review]]) -> Hand:
    return hand(told.articles, told.relations.disputes, [review for _, review in said], now.store.needed)


__all__ = ["Desk", "Shown", "Snapshot", "Told", "said_by", "said_of"]
