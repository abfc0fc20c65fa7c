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
import itertools
import os
import random
import re
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, insert, inspect, select
from sqlalchemy.engine import Engine

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.cli import main
from recoupe.errors import RecoupeError
from recoupe.model.reviews import Review
from recoupe.read import read_inputs
from recoupe.run import local, related, settling, stamps
from recoupe.run.checking import check
from recoupe.store import Store, connect, reviews, verify
from recoupe.store.backends import located
from recoupe.store.migrations.first import FIRST
from recoupe.store.schema import metadata

HERE = Path(__file__).parents[1]
TESTS = HERE / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "watch")]
DATABASES = ("sqlite", "postgresql")
# A store is killed so many times at most before it is completed.
ROW = 7
SEED = 10
SCENARIOS = ("toll",)
NUMBERS = itertools.count(1)
# What differs from one run to another: numbers of rows, instants, what hangs on these.
TIMED = {
    "article": {"n", "read", "seal", "chain"}, "relation": {"n"}, "about": {"n"}, "identity": {"since", "founder"},
    "redirect": {"at"}, "arrival": {"at"}, "alert": {"n", "at"}, "sent": {"at"}, "decision": {"undone_at"},
    "review": {"n", "at"},
}  # fmt: skip
UNTOLD = {"fact", "parse", "watched", "server"}
ID = re.compile(r"\b[0-9a-f]{16}\b")
INSTANT = re.compile(r'"at":"[^"]*"')


class Place:
    """Stores of one database, made from one that is there."""

    def __init__(self, folder: Path, cluster: Any = None) -> None:
        self.folder, self.cluster = folder, cluster

    def new(self, template: str = "") -> str:
        """A new place: with the store of another, or nothing yet."""
        number = next(NUMBERS)
        if self.cluster is None:
            path = self.folder / f"{number}.db"
            if template:
                shutil.copy(template, path)
            return str(path)
        name = f"store{number}"
        origin = located(template).database if template else "template0"
        self.cluster.ask(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{origin}'")
        self.cluster.ask(f"CREATE DATABASE {name} TEMPLATE {origin} STRATEGY FILE_COPY")
        return str(self.cluster.address(name))

    def gone(self, where: str) -> None:
        """Takes a store away."""
        if self.cluster is None:
            for path in self.folder.glob(f"{Path(where).name}*"):
                path.unlink()
        else:
            self.cluster.ask(f"DROP DATABASE {located(where).database} WITH (FORCE)")


class Work:
    """What is killed: `begin` makes the store that it starts from, `do` is the work."""

    def __init__(self, name: str, begin: Callable[[str], None], do: Callable[[str], object]) -> None:
        self.name, self.begin, self.do = name, begin, do


def inputs(folder: Path) -> Path:
    """A table of a few short articles."""
    path = folder / "articles.jsonl"
    path.write_bytes(b"".join((TESTS / "relate" / "scenarios" / f"{one}.jsonl").read_bytes() for one in SCENARIOS))
    return path


def command(*arguments: str) -> None:
    """A command, in this process. Its exit code must be 0."""
    try:
        main([*arguments, "--lang", "en"])
    except SystemExit as end:
        if end.code:
            raise RuntimeError(f"{arguments}: {end.code}") from end


def works(folder: Path, site: Any) -> list[Work]:
    """The four works; `site` answers whoever watches."""
    table = inputs(folder)
    coming = importlib.import_module("coming")
    feed = coming.feed_of(site, *(f"/{n}.html" for n in range(5)))

    def parsed(where: str) -> None:
        # The parser is not what is tried.
        store = Store(where, create=True)
        parses = store.parses(stamps())
        articles = [one for one in read_inputs([table], now="2031-01-01T00:00:00+00:00") if hasattr(one, "text")]
        list(annotate(articles, ANNOTATORS, Parser(parses.load, parses.save)))  # type: ignore[arg-type]
        store.close()

    def seen(where: str) -> None:
        watch(where)
        store = Store(where)
        with store.engine.begin() as connection:
            kept = connection.execute(select(metadata.tables["parse"])).all()
        store.close()
        if store.engine.url.get_backend_name() == "sqlite":
            Path(where).unlink()
        else:
            with store.engine.begin() as connection:
                for one in (*reversed(metadata.sorted_tables), "search", "searched"):
                    connection.exec_driver_sql(f"DROP TABLE {one}")
        store = Store(where, create=True)
        with store.engine.begin() as connection:
            connection.execute(insert(metadata.tables["parse"]), [row._asdict() for row in kept])
        store.close()

    def watch(where: str) -> None:
        watching = coming.Watching(where)
        watching.once(feed)
        watching.store.close()

    def added(where: str) -> None:
        parsed(where)
        command("add", "--store", where, str(table))

    return [
        Work("add", parsed, lambda where: command("add", "--store", where, str(table))),
        Work("watch", seen, watch),
        Work("settle", added, settle),
        Work("migrate", oldest, lambda where: Store(where).close()),
    ]


def settle(where: str) -> None:
    """Two entities become one, two others too, which is taken back; a record is reviewed. Each once."""
    store = Store(where)
    if not store.fresh():
        related(store)
    decided = store.decided()
    for n in range(len(decided), 2):
        found = [one for one in store.relations().entities if one.type == "LOC" and one.mentions]
        # Those that are joined first have the most keys afterwards.
        some = sorted(found, key=lambda one: (len(one.keys), min(one.keys)))[:2]
        assert settling.join(store, some[0], some[1], "desk").number == n + 1
    doc = store.heads()[0].doc
    with store.engine.connect() as connection:
        said = reviews.log(connection)
    if not said:
        record = store.articles(frozenset({doc}))[0].records[-1].id
        at = "2031-01-01T00:00:00+00:00"
        reviews.append(store.engine, Review(doc=doc, record=record, layer="claim", verdict="noted", who="desk", at=at))
    settling.undo(store, 2, "desk")
    if not store.fresh():
        related(store)
    store.close()


def oldest(where: str) -> None:
    """A store of the first schema."""
    dump = (TESTS / "store" / "first.sql").read_text(encoding="utf-8")
    if not where.startswith("postgresql"):
        with sqlite3.connect(where) as made:
            made.executescript(dump)
        made.close()
        return
    source, target = sqlite3.connect(":memory:"), create_engine(located(where))
    source.executescript(dump)
    give = create_engine("sqlite://", creator=lambda: source)
    with give.connect() as rows, target.begin() as take:
        FIRST.create_all(take)
        for table in FIRST.sorted_tables:
            if inspect(rows).has_table(table.name) and (found := rows.execute(select(table)).all()):
                take.execute(insert(table), [row._asdict() for row in found])
    target.dispose()
    give.dispose()


def content(where: str) -> dict[str, Counter[str]]:
    """All that a store holds, but for what hangs on when it was done: an entity or a story goes by its keys."""
    store = Store(where)
    with store.engine.connect() as connection:
        rows = {
            one.name: [row._asdict() for row in connection.execute(select(one))]
            for one in metadata.sorted_tables
            if one.name not in UNTOLD
        }
    keys = defaultdict(list)
    for row in rows["identity"]:
        keys[row["entity"]].append(row["key"])
    named = {entity: "+".join(sorted(some)) for entity, some in keys.items()}
    named |= {row["id"]: f"decision {row['n']}" for row in rows["decision"]}
    numbered = {row["n"]: row["id"] for row in rows["relation"]}
    for row in rows["about"]:
        row["relation"] = numbered[row["n"]]
    found = {}
    for name, some in rows.items():
        plain = ({key: value for key, value in row.items() if key not in TIMED.get(name, ())} for row in some)
        told = (INSTANT.sub("", repr(row)) for row in plain)
        found[name] = Counter(ID.sub(lambda one: named.get(one[0], one[0]), row) for row in told)
    found["fresh"] = Counter([str(store.fresh())])
    store.close()
    return found


class Kills:
    """One work on one database, killed again and again."""

    def __init__(self, work: Work, place: Place, draw: random.Random) -> None:
        self.work, self.place, self.draw = work, place, draw
        self.template = place.new()
        work.begin(self.template)
        self._folded()
        self.log = place.folder / "log"
        # Here first, so that what is loaded is loaded once for all.
        work.do(place.new(self.template))
        whole = place.new(self.template)
        assert self.run(whole) == 0, f"{work.name} does not run"
        self.statements = int(self.log.read_text().split("\n")[-1] or 0)
        times = []
        for _ in range(3):
            where = place.new(self.template)
            start = time.monotonic()
            self.run(where)
            times.append(time.monotonic() - start)
            place.gone(where)
        self.seconds = sorted(times)[1]
        self.whole = content(whole)
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
    with postgres.server(*kept) as cluster:
        kills = Kills(work, Place(folder, cluster), draw)
        cluster.ask("CHECKPOINT")
        # This server is ended with the first; its data serve those that follow.
        for _ in range(times):
            where = kills.place.new(kills.template)
            pid = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
            child = os.fork()
            if child == 0:
                kills._child(where, 0)
            time.sleep(draw.uniform(0.001, kills.seconds))
            os.kill(pid, signal.SIGQUIT)
            os.waitpid(child, 0)
            while (cluster.folder / "data" / "postmaster.pid").exists() and _alive(pid):
                time.sleep(0.02)
            with postgres.running(cluster, *kept):
                kills.held(where, set())
                kills.completed(where)
                kills.place.gone(where)
                kills.killed += 1
                pid = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
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
