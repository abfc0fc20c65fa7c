"""A copy that is taken while the store is written to is a whole store of some moment, and goes on from there."""

import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from test_clocks import article

from postgres import USER, Cluster, programs
from recoupe.run import related
from recoupe.run.checking import check
from recoupe.store import Store, copying, verify
from recoupe.store.backends import located


@contextmanager
def written(where: str) -> Iterator[None]:
    """One adds articles and relates them all the time, and has done so for a while."""
    store, ended, begun = Store(where, create=True), threading.Event(), threading.Event()

    def write() -> None:
        for n in range(5_000):
            if ended.is_set():
                break
            store.put(article(n))
            related(store)
            if n == 5:
                begun.set()
            time.sleep(0.02)

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait(60)
    try:
        yield
    finally:
        ended.set()
        writer.join()
        store.close()


def whole(where: str) -> None:
    """It is a store of some moment, and goes on."""
    store = Store(where)
    there, _ = verify(store)
    check(store)
    assert there >= 6 and store.put(article(9_999)) and related(store) >= 1
    assert verify(store)[0] == there + 1 and store.fresh()
    store.close()


def test_a_backup_of_a_file(tmp_path: Path) -> None:
    where = str(tmp_path / "s.db")
    with written(where):
        for n in range(3):
            source, target = sqlite3.connect(where), sqlite3.connect(tmp_path / f"copy{n}.db")
            source.backup(target, pages=5, sleep=0.001)
            source.close()
            target.close()
    for n in range(3):
        whole(str(tmp_path / f"copy{n}.db"))
    whole(where)


def test_a_dump_of_a_database(cluster: Cluster, database: Callable[..., str], tmp_path: Path) -> None:
    where, back = database("empty"), database()
    dump = tmp_path / "dump.sql"
    server = ["-h", str(cluster.folder), "-U", USER]
    with written(where):
        name = str(located(where).database)
        subprocess.run([str(programs() / "pg_dump"), *server, "-f", str(dump), name], check=True, capture_output=True)
    restored = ["-q", "-v", "ON_ERROR_STOP=1", "-d", str(located(back).database), "-f", str(dump)]
    subprocess.run([str(programs() / "psql"), *server, *restored], check=True, capture_output=True)
    whole(back)


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_a_copy(place: Callable[[], str], database: Callable[..., str], tmp_path: Path, to: str) -> None:
    where = place()
    target = database() if to == "postgresql" else str(tmp_path / "copy.db")
    with written(where):
        source, copy = Store(where), Store(target, create=True)
        copying.copy(source, copy)
        copy.close()
        source.close()
    whole(target)
