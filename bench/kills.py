"""kill -9 at random moments: what a store holds afterwards, and whether a second run completes it.

Usage: python -m bench.kills [HOW_MANY [SERVER_KILLS]] [--only WORK …] [--on DATABASE …] [--seed N]

Each of `add`, `watch`, `settle` (two entities joined, a review, a decision taken back) and `migrate` (a store of the
first schema is opened) runs in a process that is forked from this one, which has the models loaded, and is killed
HOW_MANY times (200 unless told) on SQLite and as often on PostgreSQL: half of the times at a moment drawn over the time
that it takes undisturbed, half just before one of the statements that it puts to the database, drawn over all of them.
Then the store must open and verify, with its indexes; each article that the killed process had finished must be there
with all its records, and none with fewer; and a second run must leave what an undisturbed one leaves, but for the
instants at which things were done. SERVER_KILLS times (10 unless told) the PostgreSQL server itself is shut down at
once during `add`, started again, and asked the same.

A killed process loses nothing that it gave the system to write: what a power cut does is for the disk, SQLite
(`synchronous = FULL`) and the server (`fsync`) to answer for, and is not tried here.
"""

import argparse
import gc
import importlib
import os
import random
import re
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from recoupe.errors import RecoupeError
from recoupe.run import local
from recoupe.run.checking import check
from recoupe.store import Store, connect, verify

from .killed import TESTS, Place, Work, content, works

sys.path[:0] = [str(TESTS), str(TESTS / "watch")]
DATABASES = ("sqlite", "postgresql")
# A store is killed so many times at most before it is completed.
ROW = 7
SEED = 10


class Kills:
    """One work on one database, killed again and again. Undisturbed, it is timed so many times first."""

    def __init__(self, work: Work, place: Place, draw: random.Random, timed: int = 3) -> None:
        self.work, self.place, self.draw = work, place, draw
        self.template = place.new()
        work.begin(self.template)
        self._folded()
        self.log = place.folder / "log"
        # Here first, so that what is loaded is loaded once for all.
        work.do(place.new(self.template))
        times = []
        for _ in range(timed):
            where = place.new(self.template)
            start = time.monotonic()
            assert self.run(where) == 0, f"{work.name} does not run"
            times.append(time.monotonic() - start)
            self.statements = int(self.log.read_text().split("\n")[-1] or 0)
            self.whole = content(where)
            place.gone(where)
        self.seconds = median(times)
        records = "\n".join(self.whole["record"].elements())
        self.lengths = Counter(re.findall(r"'version': '(\w+)', 'n'", records))
        self.killed = self.ended = 0
        self.faults: list[str] = []

    def _folded(self) -> None:
        if self.place.cluster is None:
            with sqlite3.connect(self.template) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()

    def run(self, where: str, *, after: float = 0.0, at: int = 0) -> int:
        """The work in a process of its own, killed after some seconds, or before a statement; gives how it ended."""
        self.log.write_text("")
        child = os.fork()
        if child == 0:
            self._child(where, at)
        if after:
            time.sleep(after)
            os.kill(child, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def _child(self, where: str, at: int) -> None:
        code = 1
        try:
            quiet = os.open(os.devnull, os.O_WRONLY)
            for one in (1, 2):
                os.dup2(quiet, one)
            log = os.open(self.log, os.O_WRONLY | os.O_APPEND)
            local.BATCH = 2
            seen = _watched(log, at)
            self.work.do(where)
            os.write(log, str(seen[0]).encode())
            code = 0
        except BaseException as error:
            Path(f"{self.log}.error").write_text(repr(error))
        finally:
            os._exit(code)

    def kill(self, most: int) -> None:
        """Kills the work on one store, and what takes it up again, some times but no more than `most`; each time asks
        what is to be asked of the store, and at the end completes it."""
        where = self.place.new(self.template)
        finished = set[str]()
        for _ in range(min(most, self.draw.randint(1, ROW))):
            if self.draw.random() < 0.5:
                ended = self.run(where, after=self.draw.uniform(0.001, self.seconds * 1.1))
            else:
                ended = self.run(where, at=self.draw.randint(1, self.statements))
            self.killed += ended == -signal.SIGKILL
            self.ended += ended == 0
            self.held(where, finished)
        self.completed(where)
        self.place.gone(where)

    def held(self, where: str, finished: set[str]) -> None:
        """The store opens, verifies and lacks nothing of what was finished by now."""
        finished |= {one for one in self.log.read_text().split("\n") if len(one) == 16}
        try:
            store = Store(where)
            verify(store)
            check(store)
            there = {one.article.version: len(one.records) for one in store.articles()}
            store.close()
            self._asked(finished <= set(there), "a finished article is lost")
            self._asked(all(self.lengths[version] == n for version, n in there.items()), "a half article is there")
        except RecoupeError as error:
            self._asked(False, str(error))

    def completed(self, where: str) -> None:
        """One more run completes it."""
        try:
            if self.run(where) != 0:
                self._asked(False, f"a second run fails: {Path(f'{self.log}.error').read_text()}")
                return
            self.held(where, set())
            found = content(where)
            for name, rows in self.whole.items():
                gone, more = rows - found[name], found[name] - rows
                if name == "alert" and self.work.name == "watch":
                    continue  # what is told together hangs on what came together
                self._asked(not gone and not more, f"{name} differs: {[*gone][:1]} {[*more][:1]}")
        except RecoupeError as error:
            self._asked(False, str(error))

    def _asked(self, held: bool, what: str) -> None:
        if not held:
            self.faults.append(what)


def _watched(log: int, at: int) -> list[int]:
    """Counts the statements of this process, ends it before one of them, and keeps which articles were finished."""
    seen, put, cursor = [0], Store.put, connect._cursor

    def statement(*_: object) -> None:
        seen[0] += 1
        if seen[0] == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def kept(store: Store, found: Any, when: str = "") -> bool:
        done = put(store, found, when)
        os.write(log, f"{found.article.version}\n".encode())
        return done

    def asked(connection: Any) -> Any:
        statement()
        return cursor(connection)

    for name in ("before_cursor_execute", "commit"):
        event.listen(Engine, name, statement)
    Store.put, connect._cursor = kept, asked  # type: ignore[method-assign,assignment]
    return seen


def report(kills: Kills, database: str) -> None:
    """What came of it, in one line, and the first faults."""
    told = f"{kills.seconds:.2f} s, {kills.statements} statements undisturbed"
    print(f"{kills.work.name:8} {database:10} {kills.killed:4} killed, {kills.ended:3} ended before; {told}; "
          f"{len(kills.faults)} faults", flush=True)  # fmt: skip
    for one, count in Counter(kills.faults).most_common(5):
        print(f"    {count} × {one[:600]}", flush=True)


@contextmanager
def servers() -> Iterator[tuple[Any, Any]]:
    """A site and a PostgreSQL server of the tests'."""
    with ExitStack() as stack:
        site = stack.enter_context(importlib.import_module("site_of_ours").site())
        yield site, stack.enter_context(importlib.import_module("postgres").server())


def of_server(work: Work, folder: Path, times: int, draw: random.Random) -> list[str]:
    """The server is shut down at once while something is added to a store of its; gives the faults."""
    postgres = importlib.import_module("postgres")
    kept = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")
    with postgres.server(*kept) as cluster, ExitStack() as again:
        kills = Kills(work, Place(folder, cluster), draw)
        cluster.ask("CHECKPOINT")
        for _ in range(times):
            where = kills.place.new(kills.template)
            pid = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
            kills.log.write_text("")
            child = os.fork()
            if child == 0:
                kills._child(where, 0)
            time.sleep(draw.uniform(0.001, kills.seconds))
            os.kill(pid, signal.SIGQUIT)
            os.waitpid(child, 0)
            while (cluster.folder / "data" / "postmaster.pid").exists() and _alive(pid):
                time.sleep(0.02)
            again.close()
            again.enter_context(postgres.running(cluster, *kept))
            kills.held(where, set())
            kills.completed(where)
            kills.place.gone(where)
            kills.killed += 1
    report(kills, "server")
    return kills.faults


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def run(times: int, server_times: int, only: list[str], on: list[str], seed: int) -> int:
    """All kills; gives how many faults there were."""
    faults = 0
    with tempfile.TemporaryDirectory() as name, servers() as (site, cluster):
        for database in on:
            for n, work in enumerate(works(Path(name), site)):
                if only and work.name not in only:
                    continue
                folder = Path(name) / f"{database}-{work.name}"
                folder.mkdir()
                place = Place(folder, cluster if database == "postgresql" else None)
                kills = Kills(work, place, random.Random(f"{seed}/{database}/{n}"))
                gc.freeze()  # what is not swept is shared with the children
                while kills.killed < times:
                    kills.kill(times - kills.killed)
                report(kills, database)
                faults += len(kills.faults)
        if server_times and (not only or "server" in only):
            folder = Path(name) / "server"
            folder.mkdir()
            faults += len(of_server(works(Path(name), site)[0], folder, server_times, random.Random(seed)))
    return faults


def told() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("times", nargs="?", type=int, default=200)
    parser.add_argument("server_times", nargs="?", type=int, default=10)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--on", nargs="*", default=DATABASES, choices=DATABASES)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    sys.exit(bool(run(given.times, given.server_times, given.only, given.on, given.seed)))


if __name__ == "__main__":
    told()
