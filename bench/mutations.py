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
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Boolean, Engine, LargeBinary, Table, column, create_engine, delete, insert, select, table
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

TESTS = Path(__file__).parents[1] / "tests"
SCENARIOS = ("toll", "agency")
HOW_MANY, SEED = 10_000, 10
STORE, SHARED = 0.66, 0.1
# Values of closed lists, one of which is put for another.
CLOSED = {
    "polarity": "+-", "act": ("assert", "deny", "accuse"), "certainty": ("certain", "probable", "possible"),
    "status": ("actual", "claimed", "denied", "planned"), "verdict": ("confirmed", "rejected"),
    "kind": ("same", "apart"), "form": ("direct", "indirect"), "means": ("missile", "drone"),
    "cumulative": (True, False),
}  # fmt: skip
SOURCES = ("source", "source_entity", "outlet", "url", "published_by", "by", "party", "who", "channel")
INDEXED = ("kind", "doc", "ref", "words")
SIGNS = "abcdefghijklmnopqrstuvwxyzéàABCXYZ0123456789 .,;:'-_/"
Row = dict[str, Any]
# A change: the row's columns as they are then, None where it cannot be made there.
Change = Callable[["Table", Row, random.Random], Row | None]


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


# Changes
def character(_: Table, row: Row, draw: random.Random) -> Row | None:
    """One character of one text is another, is gone, or is one more."""
    names = [name for name, value in row.items() if isinstance(value, str) and value]
    if not names:
        return None
    name = draw.choice(names)
    return {**row, name: _another(row[name], draw)}


def _another(text: str, draw: random.Random) -> str:
    at, sign = draw.randrange(len(text)), draw.choice(SIGNS)
    made = draw.choice((text[:at] + sign + text[at + 1 :], text[:at] + text[at + 1 :], text[:at] + sign + text[at:]))
    return made if made != text else text + "x"


def number(_: Table, row: Row, draw: random.Random) -> Row | None:
    """A number is another, in a column or in JSON."""
    names = [name for name, value in row.items() if isinstance(value, int | float) and not isinstance(value, bool)]
    if names and (draw.random() < 0.5 or "body" not in row):
        name = draw.choice(names)
        return {**row, name: row[name] + draw.choice((-7, -1, 1, 2, 10))}
    return _within(row, draw, lambda path, value: _plain(value) and not _spanned(path), lambda value: value + 1)


def offset(_: Table, row: Row, draw: random.Random) -> Row | None:
    """A span begins or ends elsewhere."""
    by = draw.choice((-3, -1, 1, 2))
    return _within(row, draw, lambda path, value: _plain(value) and _spanned(path), lambda value: value + by)


def source(_: Table, row: Row, draw: random.Random) -> Row | None:
    """Another is named as the source."""
    names = [name for name in SOURCES if isinstance(row.get(name), str)]
    if names:
        name = draw.choice(names)
        return {**row, name: _another(row[name], draw) if row[name] else "x"}
    return _within(row, draw, lambda path, value: path[-1] in SOURCES and isinstance(value, str), lambda one: one + "x")


def polarity(of: Table, row: Row, draw: random.Random) -> Row | None:
    """Another word of a closed list; yes for no."""
    yes = [one.name for one in of.columns if isinstance(one.type, Boolean)]
    if yes:
        return {**row, yes[0]: not row[yes[0]]}

    def other(path: tuple[Any, ...], value: Any) -> bool:
        return path[-1] in CLOSED and value in CLOSED[path[-1]]

    body = _decoded(row)
    places = [path for path, value in _leaves(body) if other(path, value)]
    if not places:
        return None
    path = draw.choice(places)
    value = _at(body, path)
    return _put(row, body, path, draw.choice([one for one in CLOSED[path[-1]] if one != value]))


def digest(of: Table, row: Row, draw: random.Random) -> Row | None:
    """One sign of a digest."""
    names = [name for name in ("seal", "chain", "version", "id", "key", "value", "entity") if row.get(name)]
    if not names:
        return None
    name = draw.choice(names)
    text = str(row[name])
    at = draw.randrange(len(text))
    return {
        **row,
        name: text[:at] + draw.choice([one for one in "0123456789abcdef" if one != text[at]]) + text[at + 1 :],
    }


def byte(of: Table, row: Row, draw: random.Random) -> Row | None:
    """One byte of what is no text."""
    names = [one.name for one in of.columns if isinstance(one.type, LargeBinary) and row[one.name]]
    if not names:
        return None
    raw = bytearray(row[names[0]])
    raw[draw.randrange(len(raw))] ^= 1 << draw.randrange(8)
    return {**row, names[0]: bytes(raw)}


CHANGES: tuple[Change, ...] = (character, number, offset, source, polarity, digest, byte)
ROWS = ("row out", "row in", "rows exchanged")


def _plain(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _spanned(path: tuple[Any, ...]) -> bool:
    return path[-1] in ("start", "end") or (len(path) > 1 and isinstance(path[-1], int))


def _decoded(row: Row) -> Any:
    try:
        return msgspec.json.decode(row["body"]) if isinstance(row.get("body"), str) else {}
    except msgspec.DecodeError:
        return {}


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(one, (*path, key))
    elif path:
        yield path, value


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def _put(row: Row, body: Any, path: tuple[Any, ...], value: Any) -> Row:
    _at(body, path[:-1])[path[-1]] = value
    return {**row, "body": msgspec.json.encode(body).decode()}


def _within(
    row: Row, draw: random.Random, fits: Callable[[tuple[Any, ...], Any], bool], over: Callable[[Any], Any]
) -> Row | None:
    body = _decoded(row)
    places = [path for path, value in _leaves(body) if fits(path, value)]
    if not places:
        return None
    path = draw.choice(places)
    return _put(row, body, path, over(_at(body, path)))


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
            kind, made = _of_file(raw, draw)
        path.write_bytes(made)
        try:
            found = self.again.differs(self._asked(path))
        finally:
            path.write_bytes(raw)
        return kind, path.name, "" if found is None else f"line {found.line}"


def _of_file(raw: bytes, draw: random.Random) -> tuple[str, bytes]:
    kind = draw.choice(("character", "number", "line out", "lines exchanged", "byte"))
    if kind == "byte":
        at = draw.randrange(len(raw))
        return kind, raw[:at] + bytes([raw[at] ^ 1 << draw.randrange(8)]) + raw[at + 1 :]
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return kind, raw
    if kind == "character":
        return kind, _another(text, draw).encode()
    if kind == "number":
        places = [at for at, sign in enumerate(text) if sign.isdecimal()]
        at = draw.choice(places) if places else -1
        return kind, (text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :] if places else text).encode()
    lines = text.splitlines(keepends=True)
    one, other = draw.randrange(len(lines)), draw.randrange(len(lines))
    if kind == "line out":
        del lines[one]
    else:
        lines[one], lines[other] = lines[other], lines[one]
    return kind, "".join(lines).encode()


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
