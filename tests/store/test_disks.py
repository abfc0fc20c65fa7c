"""A disk that is full, read-only or broken: one line that says so, nothing lost, and the work goes on afterwards."""

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from keeping import sealed_anew
from recoupe.errors import StoreError
from recoupe.lang import DEFAULT
from recoupe.model.article import Article
from recoupe.model.records import Annotated
from recoupe.store import Store, verify

Run = Callable[..., tuple[int, str, str]]
ARTICLES = Path(__file__).parents[1] / "relate" / "scenarios" / "toll.jsonl"


def article(n: int) -> Annotated:
    text = f"Le pont {n} a rouvert mardi, selon la préfecture. " * 200
    return Annotated(Article(id=str(n), text=text, sha256="0" * 64, lang=DEFAULT, published="2031-03-03"), ())


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """A disk of our own, which is mounted again with other options (`size=1m`, `ro`). Only root may do that."""
    place = tmp_path / "disk"
    place.mkdir()

    def mounted(*options: str) -> Path:
        again = ["remount"] if os.path.ismount(place) else []
        given = ",".join([*again, *options])
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", given, "tmpfs", str(place)], capture_output=True)
        if done.returncode:
            pytest.skip(f"no disk of our own: {done.stderr.decode().strip()}")
        return place

    yield mounted
    subprocess.run(["umount", "--lazy", str(place)], capture_output=True)


def one_line(said: str, *words: str) -> None:
    assert said.count("\n") == 1 and all(word in said for word in words), said


def test_a_full_disk_is_told_and_the_next_add_completes(run: Run, disk: Callable[..., Path]) -> None:
    for size, lang, words in (("300k", "fr", "le disque est plein"), ("700k", "en", "the disk is full")):
        place = disk(f"size={size}")
        code, _, said = run("add", "--store", place / "s.db", ARTICLES, lang=lang)
        assert code == 3
        one_line(said, str(place / "s.db"), words)
    disk("size=64m")
    assert run("add", "--store", place / "s.db", ARTICLES)[0] == 0
    code, _, said = run("verify", "--store", place / "s.db")
    assert code == 0 and "6 article versions" in said


def test_what_no_longer_fits_is_not_there_by_halves(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.db", create=True)
    pages = store.engine.connect().exec_driver_sql("PRAGMA page_count").scalar_one()
    event.listen(store.engine, "begin", lambda connection: _bounded(connection, pages + 20))
    stored = 0
    with pytest.raises(StoreError) as caught:
        for n in range(100):
            stored += store.put(article(n))
    assert caught.value.key == "store.disk_full" and caught.value.values["place"] == str(tmp_path / "s.db")
    assert 0 < stored == verify(store)[0]
    store.close()
    again = Store(tmp_path / "s.db")
    assert again.put(article(stored)) and verify(again)[0] == stored + 1


def _bounded(connection: object, pages: int) -> None:
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined]


def test_a_file_that_may_not_grow_is_told(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.db", create=True)
    store.close()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        with pytest.raises(StoreError) as caught:
            for n in range(100):
                store.put(article(n))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.key in ("store.disk_error", "store.disk_full")
    assert verify(store)[0] > 0


def test_a_read_only_disk_is_read_and_not_written(run: Run, disk: Callable[..., Path]) -> None:
    where = disk("size=64m") / "s.db"
    assert run("add", "--store", where, ARTICLES)[0] == 0
    disk("ro")
    for command in ("verify", "stories", "brief", "export"):
        code, out, said = run(command, "--store", where)
        assert code == 0 and out + said, command
    for lang, words in (("en", "read-only"), ("fr", "lecture seule")):
        code, _, said = run("add", "--store", where, ARTICLES.with_name("ministries.jsonl"), lang=lang)
        assert code == 3
        one_line(said, str(where), words)


def test_what_lies_beside_a_file_is_not_passed_over_on_a_read_only_disk(run: Run, disk: Callable[..., Path]) -> None:
    where = disk("size=64m") / "s.db"
    store = Store(where, create=True)
    store.put(article(1))  # it lies in the file beside still
    disk("ro")
    code, _, said = run("stories", "--store", where)
    assert code in (0, 3)
    if code:
        one_line(said, str(where))
    else:
        assert verify(Store(where))[0] == 1
    store.close()


@pytest.mark.parametrize("at", [0, 30, 4_096, 40_960])
def test_a_damaged_file_is_told(tmp_path: Path, run: Run, at: int) -> None:
    store = Store(tmp_path / "s.db", create=True)
    for n in range(10):
        store.put(article(n))
    store.close()
    with (tmp_path / "s.db").open("r+b") as file:
        file.seek(at)
        file.write(b"\xff\x00\xaa" * 400)
    code, _, said = run("verify", "--store", tmp_path / "s.db")
    assert code in (3, 4)
    one_line(said, "s.db" if code == 3 else "")


def test_a_table_is_named(tmp_path: Path, run: Run) -> None:
    store = Store(tmp_path / "s.db", create=True)
    store.put(article(1))
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE arrival SET at = '2001-01-01'")
    for lang in ("en", "fr"):
        code, _, said = run("verify", "--store", tmp_path / "s.db", lang=lang)
        assert code == 4
        one_line(said, "arrival")
    with store.engine.begin() as connection:
        sealed_anew(connection)
    assert run("verify", "--store", tmp_path / "s.db")[0] == 0


def test_one_who_never_ends_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from recoupe.store.backends import sqlite
    from recoupe.store.connect import writing

    store = Store(tmp_path / "s.db", create=True)
    monkeypatch.setattr(sqlite, "BUSY_MS", 50)
    other: Engine = Store(tmp_path / "s.db").engine
    with writing(store.engine), pytest.raises(StoreError) as caught, writing(other):
        pass
    assert caught.value.key == "store.busy"


def test_a_system_that_does_not_tell_of_its_disks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(tmp_path / "s.db", create=True).close()
    monkeypatch.delattr(os, "statvfs")
    assert Store(tmp_path / "s.db").put(article(1))
