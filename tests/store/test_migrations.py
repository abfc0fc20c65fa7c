"""A store of the first schema, as the program of then wrote it, opens as one of today's."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import raw
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, insert, inspect, select, text

from recoupe.errors import VerifyError
from recoupe.run import related
from recoupe.store import Search, Store, sealing, verify
from recoupe.store.backends import located
from recoupe.store.connect import writing
from recoupe.store.migrations import SCRIPTS, migrated
from recoupe.store.migrations.first import FIRST
from recoupe.store.schema import VERSION, metadata

DUMP = Path(__file__).with_name("first.sql")


def first(path: Path) -> Path:
    """A store file of the first schema."""
    with sqlite3.connect(path) as made:
        made.executescript(DUMP.read_text(encoding="utf-8"))
    made.close()
    return path


@pytest.fixture
def old(request: pytest.FixtureRequest, place: Callable[[], str], tmp_path: Path) -> str:
    """Where a store of the first schema is, in each database: the same rows."""
    file = first(tmp_path / "first.db")
    if not (where := place()).startswith("postgresql"):
        return str(file)
    where = request.getfixturevalue("database")()
    source, target = (create_engine(located(one)) for one in (file, where))
    with source.connect() as give, target.begin() as take:
        FIRST.create_all(take)
        for table in FIRST.sorted_tables:
            if inspect(give).has_table(table.name) and (rows := give.execute(select(table)).all()):
                take.execute(insert(table), [row._asdict() for row in rows])
    source.dispose()
    target.dispose()
    return where


def shape(store: Store) -> dict[str, object]:
    """What a database says of a store's tables."""
    with store.engine.connect() as connection:
        seen = inspect(connection)
        return {
            name: (
                [(one["name"], str(one["type"]), one["nullable"], one["default"]) for one in seen.get_columns(name)],
                seen.get_pk_constraint(name)["constrained_columns"],
                sorted((one["name"], one["column_names"], one["unique"]) for one in seen.get_indexes(name)),
                sorted(tuple(one["column_names"]) for one in seen.get_unique_constraints(name)),
                sorted((one["constrained_columns"], one["referred_table"]) for one in seen.get_foreign_keys(name)),
            )
            for name in seen.get_table_names()
        }


def test_an_old_store_opens_as_a_new_one(old: str, place: Callable[[], str]) -> None:
    store, new = Store(old), Store(place(), create=True)
    assert shape(store) == shape(new)
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert verify(store) == (4, 29)
    assert store.fresh() and store.count("story") == 1
    assert len(store.alerts()) == 4 and [one.undone_by for one in store.decided()] == ["desk"]


def test_what_was_there_is_there_to_the_last_row(old: str, tmp_path: Path) -> None:
    with sqlite3.connect(first(tmp_path / "before.db")) as before:
        names = [name for (name,) in before.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = {name: before.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in names}
    found = {name: len(rows) for name, rows in raw.rows(Store(old)).items()}
    # One seal over all relations became one for each table.
    found["fact"] -= len(sealing.SEALED) - 1
    assert counts.items() <= found.items()


def test_an_old_store_goes_on(old: str) -> None:
    store = Store(old)
    (found, *_) = store.articles(frozenset("c"))
    assert not store.put(found), "it knows that it has it"
    related(store)
    assert verify(store) == (4, 29)


def second(where: str, *statements: str) -> None:
    """Brings a store of the first schema to the second, and puts statements to its database."""
    engine = create_engine(located(where))
    with engine.begin() as connection:
        migrated(connection, 2)
        for one in statements:
            connection.execute(text(one))
    engine.dispose()


def test_a_store_without_the_later_tables_of_its_version_gets_them(old: str) -> None:
    second(old, "DROP TABLE watched", "DROP TABLE server")
    assert verify(Store(old)) == (4, 29)


@pytest.mark.parametrize("changed", [
    "UPDATE relation SET body = body || ' ' WHERE layer = 'story'",
    "DELETE FROM relation WHERE layer = 'story'",
    "UPDATE fact SET value = 'x' WHERE key = 'relations_seal'",
    "UPDATE fact SET value = '1' || substr(value, 2) WHERE key = 'relations_seal'",
])  # fmt: skip
def test_what_was_changed_before_is_not_sealed_as_it_is(old: str, changed: str) -> None:
    second(old, changed)
    with pytest.raises(VerifyError) as told:
        verify(Store(old))
    assert told.value.key == "store.relations_differ"


def test_an_old_index_of_search_is_made_anew(tmp_path: Path) -> None:
    file = first(tmp_path / "first.db")
    with sqlite3.connect(file) as made:
        made.execute("CREATE VIRTUAL TABLE search USING fts5 (kind UNINDEXED, doc UNINDEXED, ref UNINDEXED, words)")
        made.execute("CREATE TABLE searched (doc TEXT PRIMARY KEY, version TEXT NOT NULL)")
    made.close()
    search = Search(Store(file).engine, str.split, lambda _: [])
    assert search.find("dam", "article") == []
    assert search.renew() == 3 and [hit.doc for hit in search.find("dam", "article")] == ["c"]


def test_a_store_is_migrated_once_whoever_opens_it(old: str) -> None:
    store = Store(old)
    with writing(store.engine) as connection:
        migrated(connection)
    assert raw.again(store).count("story") == 1


def test_each_version_has_its_script() -> None:
    assert sorted(int(one.revision) for one in SCRIPTS.walk_revisions()) == [*range(1, VERSION + 1)]
    assert SCRIPTS.get_heads() == [str(VERSION)]
