"""One thing changed by another hand, at random, in a store or in what was made from it: does `verify` find it?

Usage: python -m bench.mutations [HOW_MANY] [--seed N]

HOW_MANY (10,000 unless told) changes: two thirds in a store in a SQLite file, a tenth in one in PostgreSQL, the rest in
exports of all formats and in the brief. The store has something in each of its tables; each table and each kind of
change has its turn: a character, an offset, a number, a source, a polarity (or another word of a closed list), a row
taken out, put in or exchanged with another, a digest, a byte. JSON stays JSON. Then what `recoupe verify` does is done,
and the change taken back. What is not found, or ends in anything but an error of ours, is a fault; told are all counts.

Whoever makes the seals anew after a change is not found by this: against that stands the digest that `verify` prints,
kept elsewhere.
"""

import argparse
import importlib
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Engine, column, create_engine, delete, insert, select, table
from sqlalchemy.exc import DBAPIError

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.cli.again import WORDED, Again
from recoupe.cli.exported import STREAMS
from recoupe.cli.verified import checked
from recoupe.errors import RecoupeError
from recoupe.export import FOLDERS
from recoupe.lang import available, pack
from recoupe.model.article import Article
from recoupe.model.reviews import Review
from recoupe.run import related, settling, stamps
from recoupe.run.searching import search
from recoupe.store import Store, copying, reviews
from recoupe.store.schema import metadata
from recoupe.store.sources import Server, Sources, Watched
from recoupe.watch import notice

from .another_hand import CHANGES, ROWS, Row, of_file

TESTS = Path(__file__).parents[1] / "tests"
SCENARIOS = ("toll", "agency")
HOW_MANY, SEED = 10_000, 10
STORE, SHARED = 0.66, 0.1
INDEXED = ("kind", "doc", "ref", "words")


def full(where: str) -> Store:
    """A store with something in each table."""
    store = Store(where, create=True)
    parses = store.parses(stamps())
    listed = [one for name in SCENARIOS for one in _articles(name)]
    again = msgspec.structs.replace(listed[0], text=listed[0].text + "\n\nMis à jour : deux blessés sont morts.\n")
    found = annotate([*listed, again], ANNOTATORS, Parser(parses.load, parses.save))
    for one in found[:6]:
        store.put(one)
    related(store)
    notice(store)
    for one in found[6:]:
        store.put(one)
    related(store)
    notice(store)
    search(store).renew()
    places = [one for one in store.relations().entities if one.type == "LOC" and one.mentions]
    settling.join(store, places[0], places[1], "desk")
    settling.undo(store, settling.join(store, places[2], places[3], "desk").number, "desk")
    doc = found[0].article.id
    said: dict[str, Any] = {"doc": doc, "layer": "figure", "who": "A. Martin", "at": "2031-01-01T00:00:00+00:00"}
    for record in found[0].records[:2]:
        reviews.append(store.engine, Review(record=record.id, verdict="confirmed", note="relu", **said))
    for alert in store.waiting("hook", "2000-01-01")[:2]:
        store.delivered("hook", alert.id)
    sources, at = Sources(store.engine), "https://lefil.example/"
    sources.put(Watched(key=at + "rss", kind="feed", root=at, host=at, status="200", visits=3, due="2031-01-01"))
    sources.put(Watched(key=at + "a", kind="page", root=at, parent=at + "rss", doc=doc, etag="x1", failures=1))
    sources.put_server(Server(host=at, robots="User-agent: *\nDisallow: /prive", until="2031-01-01", failures=2))
    # Groups of articles are tied in larger stores.
    with store.changing() as transaction:
        transaction.index.put_ties(["toll-01"], [("toll-01", "agency-01", 3)])
    return store


def _articles(name: str) -> Iterator[Article]:
    for line in (TESTS / "relate" / "scenarios" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = msgspec.json.decode(line)
        told = {key: row[key] for key in ("text", "published", "lang", "outlet")}
        yield Article(id=f"{name}-{row['id']}", sha256="0" * 64, url="https://lefil.example/a", title=name, **told)


class Mutated:
    """A store that another hand has its way with. The hand knows no keys between tables."""

    def __init__(self, store: Store) -> None:
        self.store, self.shared = store, store.engine.url.get_backend_name() == "postgresql"
        self.hand: Engine = create_engine(store.engine.url)
        indexes = [
            table(name, *map(column, names)) for name, names in (("search", INDEXED), ("searched", ("doc", "version")))
        ]
        self.tables: list[Any] = [*metadata.sorted_tables, *indexes]
        with self.hand.connect() as connection:
            self.rows = {
                one.name: [dict(row._mapping) for row in connection.execute(select(one))] for one in self.tables
            }
        empty = [name for name, rows in self.rows.items() if not rows]
        assert not empty, f"nothing in {empty}"

    def change(self, n: int, draw: random.Random) -> tuple[str, str]:
        """Changes something in one of the tables, each in its turn; gives the kind of the change, and the table."""
        one = self.tables[n % len(self.tables)]
        rows = self.rows[one.name]
        while True:
            kind: Any = draw.choice((*CHANGES, *ROWS))
            at = draw.randrange(len(rows))
            made = self._made(one, rows, at, kind, draw)
            if made is None or Counter(map(repr, made)) == Counter(map(repr, rows)):
                continue
            try:
                self._write(one, made)
            except DBAPIError:
                continue  # no such row can be: two of one key, a number too large
            return kind if isinstance(kind, str) else kind.__name__, one.name

    def _made(self, one: Any, rows: list[Row], at: int, kind: Any, draw: random.Random) -> list[Row] | None:
        if kind == "row out":
            if one.name == "parse":
                return None  # it is made again, and nothing is another for it
            return rows[:at] + rows[at + 1 :]
        if kind == "row in":
            keys = [name.name for name in getattr(one, "primary_key", ())] or ["doc"]
            more = {
                name: value + 1000 if isinstance(value, int) else f"{value}x"
                for name, value in rows[at].items()
                if name in keys or name in ("id", "version", "num")
            }
            return [*rows, {**rows[at], **more}]
        if kind == "rows exchanged":
            other = draw.randrange(len(rows))
            names = [name for name in rows[at] if rows[at][name] != rows[other][name]]
            if not names:
                return None
            name = draw.choice(names)
            made = [dict(row) for row in rows]
            made[at][name], made[other][name] = rows[other][name], rows[at][name]
            return made
        row = kind(one, rows[at], draw)
        return None if row is None else [*rows[:at], row, *rows[at + 1 :]]

    def _write(self, one: Any, rows: Sequence[Row]) -> None:
        with self.hand.begin() as connection:
            if self.shared:
                connection.exec_driver_sql("SET session_replication_role = replica")
            connection.execute(delete(one))
            if rows:
                connection.execute(insert(one), list(rows))

    def found(self, name: str) -> str:
        """How verify takes it: "" where it finds nothing, else how it says so; takes the change back."""
        try:
            return verified(self.store)
        finally:
            one = next(one for one in self.tables if one.name == name)
            self._write(one, self.rows[name])


def verified(store: Store) -> str:
    """What `recoupe verify` does: the key of the first error, empty where there is none."""
    try:
        return checked(store, pack(available()[0]))[2]
    except RecoupeError as error:
        return error.key


class Files:
    """Exports and briefs of a store, of which another hand changes one."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.folder, self.again = folder, Again(store)
        code = available()[0]
        self.files: list[tuple[Path, bytes]] = []
        endings = {"markdown": "md", "acled": "csv", "timelinejs": "json", "claim": "jsonld", "cameo": "tsv"}
        for form in (*STREAMS, "html", "json"):
            if form not in WORDED:
                self._keep(folder / f"{form}.{endings.get(form, form)}", b"".join(self.again._stream(form, code)))
        for form in FOLDERS:
            for name, raw in FOLDERS[form](self.again._content(code)):
                self._keep(folder / form / name, raw)
        assert all(self.again.differs(self._asked(path)) is None for path, _ in self.files)

    def _keep(self, path: Path, raw: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        if raw:
            self.files.append((path, raw))

    def _asked(self, path: Path) -> Path:
        """What verify is asked about: a table's folder."""
        return path if path.parent == self.folder else path.parent

    def changed(self, draw: random.Random) -> tuple[str, str, str]:
        """Changes a file; gives the kind, the file, and how it was found."""
        path, raw = draw.choice(self.files)
        made, kind = raw, ""
        while made == raw:
            kind, made = of_file(raw, draw)
        path.write_bytes(made)
        try:
            found = self.again.differs(self._asked(path))
        finally:
            path.write_bytes(raw)
        return kind, path.name, "" if found is None else f"line {found.line}"


def run(how_many: int, seed: int, folder: Path, shared: str = "") -> tuple[Counter[tuple[str, str, str]], list[str]]:
    """All changes; gives how many of each kind were made, by where, and those that were not found or told otherwise."""
    draw, counts, faults = random.Random(seed), Counter[tuple[str, str, str]](), list[str]()
    store = full(str(folder / "store.db"))
    assert not verified(store), verified(store)
    stores = [("SQLite", Mutated(store), round(how_many * STORE))]
    if shared:
        other = Store(shared, create=True)
        copying.copy(store, other, parses=True)
        search(other).renew()
        stores.append(("PostgreSQL", Mutated(other), round(how_many * SHARED)))
    for name, mutated, times in stores:
        for n in range(times):
            if n % 500 == 0:
                print(f"{name}: {n} of {times}, {len(faults)} not found", file=sys.stderr, flush=True)
            kind, where = mutated.change(n, draw)
            counts[name, kind, where] += 1
            try:
                if not mutated.found(where):
                    faults.append(f"{name}: {kind} in {where} not found")
            except Exception as error:
                faults.append(f"{name}: {kind} in {where}: {error!r}")
        assert not verified(mutated.store)
    files = Files(store, folder / "files")
    for _ in range(how_many - sum(counts.values())):
        kind, where, found = files.changed(draw)
        counts["files", kind, where] += 1
        if not found:
            faults.append(f"{kind} in {where} not found")
    return counts, faults


def told() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("how_many", nargs="?", type=int, default=HOW_MANY)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    sys.path.insert(0, str(TESTS))
    postgres = importlib.import_module("postgres")
    with tempfile.TemporaryDirectory() as name, postgres.server() as cluster:
        cluster.ask("CREATE DATABASE mutated")
        counts, faults = run(given.how_many, given.seed, Path(name), cluster.address("mutated"))
    for at, title in ((0, "in"), (1, "of the kind"), (2, "where")):
        parts = Counter[str]()
        for keys, count in counts.items():
            parts[keys[at]] += count
        print(f"{title}: " + ", ".join(f"{name} {count}" for name, count in parts.most_common()))
    print(f"{sum(counts.values())} changes, {len(faults)} not found")
    for fault, count in Counter(faults).most_common(40):
        print(f"    {count} × {fault}")
    sys.exit(bool(faults))


if __name__ == "__main__":
    told()
