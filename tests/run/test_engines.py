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

import msgspec
import pytest

import spreading
from processes import DIES, HANGS, ORPHANS
from recoupe.run.spread import _processors
from recoupe.store import Store
from spreading import here, plain, short

MANY, FILES = 2_000, 150
ORDINARY = [short(n) for n in range(MANY)]
# The one that ends its parent is for Ray, whose workers have one that is not the program.
BAD = {"": [DIES, HANGS], "local": [DIES, HANGS, ORPHANS]}
Lots = tuple[list[bytes], list[bytes]]


@pytest.fixture(scope="module")
def alone() -> list[bytes]:
    return here(ORDINARY)


@pytest.fixture(scope="module", params=["", "local"], ids=["daft", "ray"])
def spread(request: pytest.FixtureRequest, engines: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Lots]:
    """What an engine gives, in a process of its own."""
    bad = mixed(BAD[request.param])
    folder = tmp_path_factory.mktemp("spread")
    program = [sys.executable, spreading.__file__, request.param, str(folder)]
    given = msgspec.msgpack.encode((ORDINARY, bad))
    done = subprocess.run(program, input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return request.param, msgspec.msgpack.decode((folder / "rows").read_bytes(), type=Lots)


def mixed(texts: list[str]) -> list[spreading.Article]:
    """Articles, among them some of certain texts."""
    listed = [short(n) for n in range(200)]
    for n, text in enumerate(texts):
        listed.insert(7 + 80 * n, plain(text))
    return listed


def test_the_same_records_on_every_engine(spread: tuple[str, Lots], alone: list[bytes]) -> None:
    assert len(alone) == MANY
    assert spread[1][0] == alone


def test_what_dies_or_hangs_is_set_aside(spread: tuple[str, Lots]) -> None:
    ray, (_, found) = spread
    rows = [json.loads(one) for one in found]
    assert [article["id"] for article, _ in rows] == [one.id for one in mixed(BAD[ray])]
    reasons = {article["text"]: said for article, said in rows if isinstance(said, str)}
    assert reasons == {DIES: "ProcessExpired: -9", HANGS: "TimeoutError: 5 s"}


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
