"""What is killed, the stores that it is killed on, and what a store then holds that an undisturbed one holds too."""

import importlib
import itertools
import re
import shutil
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, insert, inspect, select

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.cli import main
from recoupe.model.reviews import Review
from recoupe.read import read_inputs
from recoupe.run import related, settling, stamps
from recoupe.store import Store, reviews
from recoupe.store.backends import located
from recoupe.store.migrations.first import FIRST
from recoupe.store.schema import metadata

TESTS = Path(__file__).parents[1] / "tests"
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
