"""An archive is the same whatever makes it, goes on where it was stopped, and gives a store what `add` gives it."""

import datetime
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pyarrow
import pyarrow.parquet as parquet
import pytest
from sqlalchemy import select

from recoupe.archive import across, make
from recoupe.archive import reading as archive_reading
from recoupe.archive.files import UNDONE
from recoupe.archive.plan import planned
from recoupe.cli import archived, reading
from recoupe.errors import ArchiveError
from recoupe.lang import pack
from recoupe.model import moments
from recoupe.run import Engine
from recoupe.store import Store
from recoupe.store.copying import tables
from spreading import FILES, NOW, SIZE, Spread, short

HERE = Engine()
Run = Callable[..., tuple[int, str, str]]
Asked = Callable[[str], Spread]


class Clock(datetime.datetime):
    """One that stands still."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> "Clock":
        return cls.fromisoformat(NOW)


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    for one in (archived, reading, moments):
        monkeypatch.setattr(one, "datetime", Clock)


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A folder of texts and a table in which one id comes with two texts, one with the same, one without any."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(FILES):
        (folder / f"{short(n).id}.txt").write_text(short(n).text, encoding="utf-8")
    rows = [
        {"id": short(n).id, "text": short(n + shift).text, "published": day}
        for n, shift, day in ((30, 0, "2023-01-05"), (30, 1, "2023-01-06"), (31, 0, "2022-12"), (31, 0, "2023-01-09"))
    ]
    table = tmp_path / "table.jsonl"
    table.write_text("\n".join(map(json.dumps, [*rows, {"id": "leer", "text": " "}])), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return [Path("articles"), Path("table.jsonl"), Path("nowhere")]


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def everything(where: str) -> dict[str, list[Any]]:
    """All rows of a store but those of parses."""
    store = Store(where)
    with store.engine.connect() as connection:
        found = {
            one.name: [tuple(row) for row in connection.execute(select(one).order_by(*one.primary_key))]
            for one in tables(False)
        }
    store.close()
    return found


def test_load_gives_a_store_what_add_gives_it(
    run: Run, place: Callable[[], str], inputs: list[Path], tmp_path: Path, still: None
) -> None:
    added, loaded, folder = place(), place(), tmp_path / "archive"
    code, _, said = run("add", *inputs, "--store", added)
    assert code == 1
    assert run("archive", *inputs, "--out", folder)[0] == 1
    again, _, told = run("load", folder, "--store", loaded)
    assert (again, told) == (code, said)
    refused = parquet.read_table(folder / "problem").to_pylist()
    assert len(refused) == 3 and not any(row["repaired"] for row in refused)
    assert all(pack("en").phrase(row["key"], **json.loads(row["values"])) in said for row in refused)
    assert everything(loaded) == everything(added)
    assert run("verify", "--store", loaded)[0] == 0
    # A second time nothing is new.
    assert f"0 articles added, {FILES + 2} known before" in run("load", folder, "--store", loaded)[2]


@pytest.fixture(scope="module")
def made(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder of texts, and its archive in several pieces."""
    folder = tmp_path_factory.mktemp("archive") / "archive"
    make([texts], folder, HERE, NOW, size=SIZE)
    return texts, folder


def test_every_layer_is_a_table_by_month(made: tuple[Path, Path]) -> None:
    _, folder = made
    assert len(list((folder / "sealed").iterdir())) == -(-FILES // SIZE)
    articles = parquet.read_table(folder / "article").to_pylist()
    assert sorted(row["id"] for row in articles) == [short(n).id for n in range(FILES)]
    text = {row["id"]: row["text"] for row in articles}
    for layer in ("block", "time", "name", "figure", "claim", "event"):
        rows = parquet.read_table(folder / layer).to_pylist()
        assert rows
        assert all(row["text"] == text[row["doc"]][row["start"] : row["end"]] for row in rows)


def test_several_processes_write_the_same_bytes(made: tuple[Path, Path], tmp_path: Path) -> None:
    make([made[0]], tmp_path, Engine(jobs=2), NOW, size=SIZE)
    assert files(tmp_path) == files(made[1])


@pytest.mark.parametrize("ray", ["", "local"], ids=["daft", "ray"])
def test_every_engine_writes_the_same_bytes(ray: str, made: tuple[Path, Path], spread: Asked) -> None:
    found = files(spread(ray).archive)
    near = {one for one in found if one.startswith(("near", "story", "sealed/near", "sealed/story"))}
    assert {name: body for name, body in found.items() if name not in near} == files(made[1])


@pytest.mark.parametrize("table", ["near", "story"])
def test_a_cluster_finds_the_same(table: str, spread: Asked) -> None:
    found = [parquet.read_table(spread(ray).archive / table).to_pylist() for ray in ("", "local")]
    assert found[0]
    assert sorted(map(repr, found[0])) == sorted(map(repr, found[1]))


def test_a_run_that_was_stopped_goes_on(made: tuple[Path, Path], tmp_path: Path) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make([made[0]], tmp_path, HERE, NOW, stop, SIZE)
    (done,) = (tmp_path / "order").iterdir()
    begun = done.stat().st_mtime_ns
    # What a kill leaves: a file that is not whole, and one without its seal.
    shutil.copy(done, tmp_path / f"order/000001.parquet.7{UNDONE}")
    (tmp_path / "order/000002.parquet").write_bytes(b"")
    steps: list[int] = []
    make([made[0]], tmp_path, HERE, "2024-01-01T00:00:00+00:00", steps.append, SIZE)
    assert done.stat().st_mtime_ns == begun
    assert sum(steps) == FILES
    found = {name: body for name, body in files(tmp_path).items() if not name.endswith(UNDONE)}
    assert found == files(made[1])


def test_more_than_memory_may_hold_is_read_to_the_same_bytes(
    inputs: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for most in (archive_reading.MOST, 3 * archive_reading.ROW):
        monkeypatch.setattr(archive_reading, "MOST", most)
        out = tmp_path / f"read-{most}"
        archive_reading.read_group(out, planned(out, inputs, NOW), 0)
        found.append(files(out))
    assert found[0] == found[1] and len(found[0]) == 3
    rows = parquet.read_table(out / "read" / "000000.parquet").to_pylist()
    assert len(rows) > FILES and rows == sorted(rows, key=lambda row: (row["slot"], row["n"]))


def test_an_archive_of_something_else_is_left_alone(made: tuple[Path, Path], tmp_path: Path) -> None:
    _, folder = made
    before = files(folder)
    with pytest.raises(ArchiveError, match=r"archive\.other"):
        make([tmp_path], folder, HERE, NOW, size=SIZE)
    assert files(folder) == before


def test_what_cannot_be_written_is_said(run: Run, made: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, _, said = run("archive", made[0], "--out", tmp_path / "file" / "archive")
    assert code == 3
    assert "cannot be written" in said


def test_near_says_what_it_found(run: Run, made: tuple[Path, Path], engines: None, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(made[1], folder)
    assert f"{FILES} articles in stories" in run("near", folder)[2]
    assert parquet.read_table(folder / "story").num_rows == FILES
    assert run("near", tmp_path)[0] == 3


@pytest.mark.parametrize("left", ["near", "near.old"])
def test_a_table_stays_until_another_is_made(left: str, tmp_path: Path) -> None:
    class Frame:
        def __init__(self, breaks: bool) -> None:
            self.breaks = breaks

        def write_parquet(self, folder: str, **_: object) -> None:
            parquet.write_table(pyarrow.table({"n": [1, 2]}), f"{folder}/new.parquet")
            if self.breaks:
                raise OSError

    for name in (left, f"near{UNDONE}"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "old.parquet").write_bytes(b"")
    with pytest.raises(OSError):
        across._written(tmp_path, "near", cast(Any, Frame(True)))
    assert [one.name for one in (tmp_path / "near").iterdir()] == ["old.parquet"]
    assert across._written(tmp_path, "near", cast(Any, Frame(False))) == 2
    assert sorted(files(tmp_path)) == ["near/new.parquet", "sealed/near.json"]


def test_damage_is_found_before_anything_is_loaded(run: Run, made: tuple[Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(made[1], folder)
    wrong = sorted((folder / "order").iterdir())[-1]
    body = bytearray(wrong.read_bytes())
    body[len(body) // 2] ^= 1
    wrong.write_bytes(body)
    code, _, said = run("load", folder, "--store", tmp_path / "s.db")
    assert code == 3
    assert wrong.name in said
    assert not (tmp_path / "s.db").exists()
    os.unlink(wrong)
    assert run("load", folder, "--store", tmp_path / "s.db")[0] == 3
    assert run("load", tmp_path / "nowhere", "--store", tmp_path / "s.db")[0] == 3
