"""What cannot be read or written is named in one line, with an exit code; never a traceback."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from recoupe.cli.codes import REFUSED, STORE
from recoupe.errors import StoreError
from recoupe.model.parse import Parse
from recoupe.store import Store

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "story.db"
    Store(path, create=True).close()
    return path


@pytest.mark.parametrize("form", ["--html", "--markdown", "--json"])
@pytest.mark.parametrize("target", [".", "story.db/page"])
def test_a_brief_that_cannot_be_written(run: Run, store: Path, tmp_path: Path, form: str, target: str) -> None:
    code, _, err = run("brief", "--store", store, form, tmp_path / target)
    assert code == STORE
    assert len(err.splitlines()) == 1 and "cannot be written" in err


def test_records_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    taken = tmp_path / "taken.txt"
    taken.write_text("Le maire de Kiev a parlé lundi de deux blessés.\n", encoding="utf-8")
    code, _, err = run("annotate", taken, "--out", taken)
    assert code == STORE
    assert len(err.splitlines()) == 1 and str(taken) in err


def test_an_article_that_is_not_there(run: Run, store: Path) -> None:
    code, _, err = run("show", "nowhere", "--store", store)
    assert code == STORE
    assert "nowhere" in err


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads and writes everything")
def test_an_input_that_may_not_be_read_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    closed, plain = tmp_path / "closed.txt", tmp_path / "plain.txt"
    for path in (closed, plain):
        path.write_text("Le maire de Kiev a parlé lundi de deux blessés.\n", encoding="utf-8")
    closed.chmod(0)
    code, _, err = run("annotate", closed, plain, "--out", tmp_path / "out")
    assert code == REFUSED
    assert str(closed) in err and (tmp_path / "out" / "plain.jsonl").exists()


def test_a_store_that_cannot_be_written_is_no_fault_of_the_article(store: Path) -> None:
    parses = Store(store).parses({"fr": "model"})
    parses._engine.dispose()
    with parses._engine.connect() as connection:
        connection.exec_driver_sql("DROP TABLE parse")
        connection.commit()
    with pytest.raises(StoreError):
        parses.save({"Un blessé.": Parse(())}, "fr")
