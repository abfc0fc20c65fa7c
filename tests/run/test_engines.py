"""Every engine gives the same records, and ends its job whatever dies or hangs."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import spreading
from processes import DIES, HANGS
from recoupe.run.spread import _processors
from recoupe.store import Store
from spreading import short

FILES = 150
DAFT = pytest.mark.parametrize("ray", ["", "local"], ids=["daft", "ray"])
Asked = Callable[[str], spreading.Spread]


@pytest.fixture(scope="module")
def alone() -> list[bytes]:
    return spreading.here(spreading.ordinary())


@DAFT
def test_the_same_records_on_every_engine(ray: str, spread: Asked, alone: list[bytes]) -> None:
    assert len(alone) == spreading.MANY
    assert spread(ray).ordinary == alone


@DAFT
def test_what_dies_or_hangs_is_set_aside(ray: str, spread: Asked) -> None:
    rows = [json.loads(one) for one in spread(ray).bad]
    assert [article["id"] for article, _ in rows] == [one.id for one in spreading.bad(ray)]
    reasons = {article["text"]: said for article, said in rows if isinstance(said, str)}
    assert reasons == {DIES: "ProcessExpired: -9", HANGS: "TimeoutError: 3 s"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    for n in range(FILES):
        (made / f"{short(n).id}.txt").write_text(short(n).text, encoding="utf-8")
    return made


def program(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "recoupe", *map(str, arguments), "--lang", "en"]


def test_a_job_that_was_stopped_goes_on(engines: None, folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    command = program("add", folder, "--store", store, "--engine", "daft", "--jobs", 2)
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while running.poll() is None and not (store.exists() and stored(store)):
        time.sleep(0.2)
    running.kill()
    running.wait()
    before = stored(store)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    added, known = map(int, re.findall(r"\d+(?= articles added| known before)", done.stderr))
    # What was being stored at the kill may be found only when the processes that it left have let go of the file.
    assert before <= known <= before + 1 and added + known == FILES
    assert stored(store) == FILES


def stored(path: Path) -> int:
    store = Store(path, create=True)
    try:
        return store.reached()
    finally:
        store.close()


@pytest.mark.parametrize("package", ["daft", "ray"])
def test_what_is_not_installed_is_named(
    package: str, run: Callable[..., tuple[int, str, str]], folder: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setitem(sys.modules, package, None)
    options = ["--ray", "local"] if package == "ray" else ["--engine", "daft"]
    code, _, said = run("annotate", folder, "--out", tmp_path / "out", *options)
    assert code == 3
    assert f"needs the package {package}" in said
    assert "recoupe[archive]" in said


def test_a_system_that_does_not_tell_which_processors_may_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 0 < _processors() <= (os.cpu_count() or 1)
    monkeypatch.delattr(os, "sched_getaffinity")
    assert _processors() == (os.cpu_count() or 1)


def test_a_cluster_that_is_not_there_is_told_at_once(
    engines: None, run: Callable[..., tuple[int, str, str]], folder: Path, tmp_path: Path
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # it does not listen
        address = f"127.0.0.1:{nobody.getsockname()[1]}"
        for given in (address, f"ray://{address}"):
            code, _, said = run("annotate", folder, "--out", tmp_path / "out", "--ray", given)
            assert code == 3 and f"could not be started ({given})" in said and said.count("\n") == 1, said


def test_a_cluster_is_daft_s(run: Callable[..., tuple[int, str, str]], folder: Path, tmp_path: Path) -> None:
    code, _, said = run("annotate", folder, "--out", tmp_path / "out", "--engine", "local", "--ray", "local")
    assert code == 2
    assert "--engine daft" in said
