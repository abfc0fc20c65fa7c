"""From one database into another and back: the same to the last row, or nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
import raw
from msgspec.structs import replace
from sqlalchemy import insert
from test_migrations import first

from keeping import sealed_anew
from recoupe.errors import StoreError
from recoupe.model.records import Annotated
from recoupe.run import related
from recoupe.store import Store, copying, verify
from recoupe.store.connect import writing
from recoupe.store.parses import signed
from recoupe.store.schema import metadata, parse, review

REUSE = '{"layer":"reuse","id":"r","a":["a",0,9],"b":["c",0,9],"kind":"copy"}'
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def full(tmp_path: Path) -> Store:
    """A store with something in every table."""
    store = Store(first(tmp_path / "full.db"))
    watched = {one.name: "''" for one in metadata.tables["watched"].columns if one.name not in ("failures", "visits")}
    columns = ", ".join([*watched, "failures", "visits"])
    raw.put(
        store,
        f"INSERT INTO watched ({columns}) VALUES ({', '.join(watched.values())}, 0, 7)",
        "INSERT INTO server VALUES ('https://example.org', 'User-agent: *', '', 0, '')",
        "INSERT INTO sent VALUES ('hook', '', '2031-05-08')",
        "INSERT INTO redirect VALUES ('0123', '4567', '2031-05-08')",
        f"INSERT INTO relation SELECT MAX(n) + 1, 'lifted:c', 'reuse', 'r', '{REUSE}' FROM relation",
        "INSERT INTO about SELECT 'a', MAX(n) FROM relation",
        "INSERT INTO about SELECT 'c', MAX(n) FROM relation",
        "INSERT INTO told VALUES (9223372036854775807, 1)",
        "INSERT INTO tie VALUES ('é', 'z', 1)",
        "INSERT INTO partner VALUES ('x', x'')",
    )
    with writing(store.engine) as connection:
        sealed_anew(connection)
        connection.execute(insert(parse).values(signed("key", b"\0\xff'")))
    assert all(raw.rows(store).values())
    return store


def test_there_and_back_is_the_same_to_the_last_row(full: Store, place: Callable[[], str], tmp_path: Path) -> None:
    there, back = Store(place(), create=True), Store(tmp_path / "back.db", create=True)
    done: list[int] = []
    copying.copy(full, there, parses=True, progress=done.append)
    copying.copy(there, back, parses=True)
    assert sum(done) == copying.rows(full, True)
    assert raw.rows(full) == raw.rows(there) == raw.rows(back)
    assert verify(there) == verify(back) == (4, 29)
    assert there.relations() == full.relations() and there.heads() == full.heads()


def test_a_copy_goes_on_as_the_store_would_have(full: Store, place: Callable[[], str]) -> None:
    there = Store(place(), create=True)
    copying.copy(full, there)
    assert raw.rows(there)["parse"] == []
    for store in (full, there):
        assert store.undo(1, "x") is False and store.fresh()
        related(store)
        (found,) = store.articles(frozenset("c"))
        assert store.put(Annotated(replace(found.article, id="d"), ()), "2031-06-01T00:00:00.000000+00:00")
        related(store)
        assert verify(store)[0] == 5
    ours, theirs = raw.rows(full), raw.rows(there)
    assert ours["article"] == theirs["article"] and ours["arrival"] == theirs["arrival"]
    assert full.relations() == there.relations()


def test_what_holds_something_is_left_alone(full: Store, place: Callable[[], str]) -> None:
    there = Store(place(), create=True)
    copying.copy(full, there)
    before = raw.rows(there)
    with pytest.raises(StoreError) as caught:
        copying.copy(full, there)
    assert caught.value.key == "store.not_empty" and raw.rows(there) == before


def test_a_copy_that_breaks_off_leaves_nothing(full: Store, place: Callable[[], str]) -> None:
    there = Store(place(), create=True)
    before = raw.rows(there)

    def broken(_: int) -> None:
        left.pop()

    left = [1, 2, 3]
    with pytest.raises(IndexError):
        copying.copy(full, there, progress=broken)
    assert raw.rows(there) == before
    copying.copy(full, there)
    assert verify(there) == (4, 29)


def test_a_copy_that_came_out_otherwise_is_not_kept(
    full: Store, place: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    there = Store(place(), create=True)
    fill = copying.fill
    monkeypatch.setattr(copying, "fill", lambda take, one, rows: fill(take, one, rows[1:] if one is review else rows))
    with pytest.raises(StoreError) as caught:
        copying.copy(full, there)
    assert caught.value.key == "store.copy_differs" and caught.value.values["table"] == "review"
    assert {name for name, rows in raw.rows(there).items() if rows} == {"fact"}


def test_the_command_copies_and_verifies(run: Run, full: Store, place: Callable[[], str]) -> None:
    where = place()
    code, _, said = run("copy", full.place, where, "--parses")
    assert code == 0 and "4 article versions" in said
    assert raw.rows(Store(where)) == raw.rows(full)
    assert run("verify", "--store", where)[0] == 0
    code, _, said = run("copy", full.place, where, lang="fr")
    assert code == 3 and "contient déjà" in said


def test_a_copy_of_what_was_tampered_with_is_not_kept(run: Run, full: Store, place: Callable[[], str]) -> None:
    raw.put(full, "UPDATE article SET seal = 'x' WHERE id = 'c'")
    where = place()
    assert run("copy", full.place, where)[0] == 4
    assert {name for name, rows in raw.rows(Store(where)).items() if rows} == {"fact"}
