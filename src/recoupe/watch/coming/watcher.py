"""Goes round the sources: what is due is asked for, what it names is kept, what came is stored, and what failed waits.

A page counts as read only once its article is stored, a list only together with what it names: whenever the program
ends, nothing is lost, and what was under way is asked for again.
"""

import hashlib
import random
import zlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from ...errors import InputError
from ...model.article import Article
from ...model.moments import written
from ...read.received import shown
from ...store import Store
from ...store.sources import Sources, Watched
from ..net import Net, NetError, NotMeant, Unpack
from .addresses import address, server
from .folders import changed, files_of
from .lists import Listed, listed
from .polite import BUSY, Denied, Ended, Fetched, Polite
from .schedule import DAY, HOUR, Clock, Settings, asked_for, backed_off, later
from .taking import PAGES, Say, Taking, media, page

# Pages held until they are annotated together: as many as the parser takes at once.
BATCH = 8
# What a list names is of this kind.
NAMED = {"feed": "page", "map": "page", "maps": "map", "list": "feed"}
GZIP = b"\x1f\x8b"
# What keeps a source from being read that is no matter of its server.
MENDED = frozenset({"private", "no_address", "missing"})
# No wait of ours is longer: what is due later was put off by a clock that has been set since.
LONGEST = 9 * DAY
_encode = msgspec.json.Encoder().encode


class Watcher:
    """Watches the sources of a store. What happens is said as it happens."""

    def __init__(
        self,
        store: Store,
        say: Say,
        net: Net | None = None,
        settings: Settings | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.clock, self.settings = clock or Clock(), settings or Settings()
        self.sources = Sources(store.engine)
        self._say, self._taking, self._chance = say, Taking(store, say), random.Random()
        self._polite = Polite(net or Net(), self.sources, self.settings, self.clock, self._chance)
        self._held: list[tuple[Watched, Fetched, Article]] = []
        self._until = ""

    def add(self, named: Sequence[str]) -> list[str]:
        """Puts sources (addresses, files, folders) on the list where they are not yet; gives the keys of those named,
        or of all that are known where none is. Raises InputError for what is neither an address nor there."""
        roots = [_root(one) for one in named]
        known = self.sources.known([one.key for one in roots])
        fresh = [one for one in roots if one.key not in known or known[one.key].parent]
        # What the user may have mended since is tried at once.
        fresh += [replace(one, failures=0) for one in known.values() if not one.parent and one.status in MENDED]
        self.sources.put(*(replace(one, due=self._now()) for one in fresh))
        return [one.key for one in roots] or [one.key for one in self.sources.roots()]

    def run(self, roots: Sequence[str], *, once: bool = False) -> None:
        """Watches until the clock is stopped; with `once` one round: what is due now, and what that names."""
        self._taking.begin()
        self.sources.mend(self._now(), later(self.clock.now(), LONGEST))
        self._until = self._now() if once else ""
        if once:
            self.sources.hasten(roots, self._until)
        while not self.clock.stopped:
            row = self.sources.next(roots, self._now(), self._until, [row.key for row, _, _ in self._held])
            if row is not None:
                self._take(row)
            if self._held and (row is None or len(self._held) >= BATCH):
                self._store()
            elif row is None and not self._wait(self.sources.wakes(roots, self._until)):
                break
        self._store()

    def _now(self) -> str:
        return written(self.clock.now())

    def _wait(self, wakes: str) -> bool:
        """Waits for what is due next; False where that is not for this round."""
        ahead = (datetime.fromisoformat(wakes) - self.clock.now()).total_seconds() if wakes else DAY
        if self._until and ahead > self.settings.patience:
            return False
        self.clock.wait(ahead)
        return True

    def _store(self) -> None:
        """Stores the articles of the pages that are held, each of which then counts as read."""
        held, self._held = self._held, []
        ends = self._taking.pages(article for _, _, article in held)
        for (row, got, article), end in zip(held, ends, strict=True):
            self.sources.put(self._read(row, end, got, doc=article.id))

    def _take(self, row: Watched) -> None:
        """One thing that is due."""
        if row.kind == "folder":
            self._folder(row)
        elif row.kind == "opml":
            self._opml(row)
        else:
            with suppress(Ended):
                self._asked(row)

    def _asked(self, row: Watched) -> None:
        if not self._polite.knows(row.key):
            self._polite.learn(row.key)
            return  # its server has been asked for something just now: others have their turn first
        bounds = self.settings.page if row.kind == "page" else self.settings.list
        try:
            got = self._polite.get(row.key, bounds, etag=row.etag, modified=row.modified)
        except (Denied, NotMeant) as error:
            self._failed(row, error.key.rpartition(".")[2], error.values, final=True)
        except NetError as error:
            self._failed(row, error.key.rpartition(".")[2], error.values)
        else:
            status = got.answer.status
            if status == 200:
                self._answered(row, got)
            elif status == 304 and row.at:
                self.sources.put(self._read(row, "304"))
            else:
                wanted = asked_for(got.answer.headers, self.clock.now(), DAY) if status in BUSY else 0.0
                self._failed(row, str(status), {}, wanted=wanted, final=status not in BUSY)

    def _answered(self, row: Watched, got: Fetched) -> None:
        """A list, or a page; the bytes say which."""
        said = got.answer.headers.get("content-type", "")
        body = b"" if row.kind == "page" else self._unpacked(got.answer.body)
        if len(body) > self.settings.list.size:
            self._failed(row, "too_long", {})
            return
        found = listed(body, got.url, said) if body else None
        if found is not None and (found.kind in ("feed", "map") or not row.parent):
            self._named(row, found, got)
        elif row.kind not in ("", "page") or (not row.kind and media(said)[0] not in PAGES):
            self._failed(row, "no_list", {})
        else:
            self._page(replace(row, kind="page"), got)

    def _page(self, row: Watched, got: Fetched) -> None:
        """A page is held until it is annotated; one of the same bytes as before is nothing new."""
        if row.mark and row.mark == _mark(got):
            self.sources.put(self._read(row, "same", got))
            return
        article, said = page(row.key, row.known, got, self._now()[:19] + "+00:00")
        for one in said:
            self._say(one.key, dict(one.values))
        if article is None:
            self.sources.put(self._read(row, "refused", got))
        else:
            self._held.append((row, got, article))

    def _named(self, row: Watched, found: Listed, got: Fetched | None = None) -> None:
        """Keeps what a list names, together with that it was read. A page of which the list says that it changed is
        due at once; what did not change of late is left, and so is a list that is no longer named."""
        now, oldest = self._now(), later(self.clock.now(), -self.settings.recent)
        named = [one for one in found.named if one.url != row.key and (not one.stamp or one.stamp >= oldest)]
        known = self.sources.known([one.url for one in named])
        of_lists = found.kind in ("maps", "list")
        fresh = [
            Watched(
                key=one.url, kind=NAMED[found.kind], root=row.root, parent=row.key, host=server(one.url),
                stamp=one.stamp, known=_encode(one.known).decode(), due=self._until or now,
            )
            for one in named if one.url not in known
        ]  # fmt: skip
        again = [
            replace(old, stamp=one.stamp, due=self._until or now)
            for one in named
            if (old := known.get(one.url)) and old.parent and (one.stamp > old.stamp or (of_lists and not old.due))
        ]  # fmt: skip
        gone = self._gone(row, found) if of_lists else []
        # What has no room yet is named again the next time.
        room = max(self.settings.waiting - self.sources.counts(row.root)[1], 0)
        if len(fresh) > room:
            self._say("watch.take.full", {"place": row.key, "n": len(fresh) - room})
            fresh, got = fresh[:room], None
        done = self._read(row if row.kind == "opml" else replace(row, kind=found.kind), "200", got)
        if found.ttl > self.settings.every:
            wait = later(self.clock.now(), found.ttl)
            done = replace(done, due=wait, pause=wait)
        self.sources.put(*fresh, *again, *gone, done)
        if fresh:
            self._say("watch.take.listed", {"place": row.key, "n": len(fresh)})

    def _gone(self, row: Watched, found: Listed) -> list[Watched]:
        """What a list named before and names no more: it is asked for no more."""
        still = {one.url for one in found.named}
        return [replace(old, due="") for old in self.sources.below(row.key) if old.due and old.key not in still]

    def _folder(self, row: Watched) -> None:
        """The files of a folder (or one file) that are new, or not as they were."""
        path, now = Path(row.key), self._now()
        if not path.exists():
            self._failed(row, "missing", {})
            return
        single = path.is_file()
        seen = {row.key: row.mark} if single else {one.key: one.mark for one in self.sources.below(row.key)}
        found = changed(files_of(path), seen, self.clock, self.settings.settled)
        if found and not self._taking.files(list(found), now[:19] + "+00:00", lambda: self.clock.stopped):
            return
        marks = {shown(file): mark for file, mark in found.items()}
        done = replace(self._read(row, "200"), due=later(self.clock.now(), self.settings.glance))
        if single:
            self.sources.put(replace(done, mark=marks.get(row.key, row.mark)))
            return
        rows = [
            Watched(key=key, kind="file", root=row.root, parent=row.key, mark=mark, at=now, status="200", visits=1)
            for key, mark in marks.items()
        ]
        self.sources.put(*rows, done)

    def _opml(self, row: Watched) -> None:
        """A list of feeds on this machine."""
        most = self.settings.list.size
        try:
            with Path(row.key).open("rb") as file:
                data = file.read(most + 1)
        except OSError:
            self._failed(row, "missing", {})
            return
        if len(data) > most:
            self._failed(row, "too_long", {})
            return
        found = listed(data, "")
        if found is None or found.kind != "list":
            self._failed(row, "no_list", {})
        else:
            self._named(row, found)

    def _read(self, row: Watched, status: str, got: Fetched | None = None, **also: Any) -> Watched:
        """A thing that was read; it is due again after a while, a page of a list less and less often."""
        visits = row.visits + 1
        if row.kind == "page" and row.parent:
            waits = self.settings.revisits
            due = later(self.clock.now(), waits[visits - 1]) if visits <= len(waits) else ""
        else:
            due = later(self.clock.now(), self.settings.every)
        if got is not None:
            headers = got.answer.headers
            also |= {"etag": headers.get("etag", ""), "modified": headers.get("last-modified", ""), "mark": _mark(got)}
        return replace(row, at=self._now(), status=status, failures=0, visits=visits, pause="", due=due, **also)

    def _failed(
        self, row: Watched, status: str, values: dict[str, object], *, wanted: float = 0.0, final: bool = False
    ) -> None:
        """A thing that could not be had: a source is tried again always, less and less often; a page of a list only
        where that may help."""
        failures = row.failures + 1
        wait = max(backed_off(failures, self.settings, self._chance), wanted, HOUR if final else 0.0)
        given_up = bool(row.kind == "page" and row.parent) and (final or failures >= self.settings.tries)
        due = "" if given_up else later(self.clock.now(), wait)
        pause = later(self.clock.now(), wanted) if wanted else ""
        self.sources.put(replace(row, at=self._now(), status=status, failures=failures, pause=pause, due=due))
        reason = values.get("reason", values.get("address", ""))
        said = {"place": row.key, "status": status, "reason": reason, "at": due}
        self._say("watch.take.given_up" if given_up else "watch.take.failed", said)

    def _unpacked(self, body: bytes) -> bytes:
        """A sitemap may be kept packed; of one that swells beyond the bound a byte more than that is given."""
        if not body.startswith(GZIP):
            return body
        try:
            return Unpack(self.settings.list.size + 1)(body)
        except zlib.error:
            return b""


def _mark(got: Fetched) -> str:
    return hashlib.sha256(got.answer.body).hexdigest()


def _root(named: str) -> Watched:
    """A source as the user names it."""
    if "://" in named:
        url = address(named)
        if not url:
            raise InputError("watch.net.no_address", host=named)
        return Watched(key=url, root=url, host=server(url))
    path = Path(named).expanduser().absolute()
    if not path.exists():
        raise InputError("watch.take.no_source", place=named)
    return Watched(key=shown(path), kind="opml" if path.suffix.lower() == ".opml" else "folder", root=shown(path))
