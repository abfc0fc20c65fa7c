"""Whatever ends a watch, at whatever moment, nothing is lost."""

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from coming import QUICK, Watching, feed_of
from msgspec.structs import replace
from site_of_ours import Site

from recoupe.errors import StoreError
from recoupe.store import Store, verify
from recoupe.store.sources import Sources
from recoupe.watch.coming import Clock


def test_stopping_loses_nothing_that_was_fetched(server: Site, place: Callable[[], str]) -> None:
    path = place()
    feed = feed_of(server, *(f"/{n}.html" for n in range(4)))
    watching = Watching(path)
    server.heard = lambda one: watching.clock.stop() if one == "/2.html" else None
    watching.once(feed)
    assert len(watching.ids()) == 3
    rest = Watching(path)
    rest.once()
    assert len(rest.ids()) == 4 and all(len(server.paths(f"/{n}.html")) == 1 for n in range(4))


def test_what_could_not_be_stored_is_fetched_again(server: Site, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = feed_of(server, "/a.html")
    watching = Watching(path)

    def full(*_: object, **__: object) -> bool:
        raise StoreError("store.cannot_write", place="s.db", reason="disk full")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "put", full)
        with pytest.raises(StoreError):
            watching.once(feed)
    rest = Watching(path)
    rest.once()
    assert len(rest.ids()) == 1 and len(server.paths("/a.html")) == 2


class Killed(BaseException):
    """The end of a program that nothing can catch."""


def test_killed_after_any_write_it_loses_nothing_and_asks_for_little_twice(
    server: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = feed_of(server, "/a.html", "/b.html")
    for dies in itertools.count(1):
        path, writes = tmp_path / f"{dies}.db", itertools.count(1)

        def dying(
            write: Callable[..., object], writes: Iterator[int] = writes, dies: int = dies
        ) -> Callable[..., object]:
            def written(*values: object) -> object:
                made = write(*values)
                if next(writes) == dies:
                    raise Killed
                return made

            return written

        server.asked.clear()
        with monkeypatch.context() as patch:
            for kind, name in ((Sources, "put"), (Sources, "put_server"), (Store, "put")):
                patch.setattr(kind, name, dying(getattr(kind, name)))
            killed = False
            try:
                Watching(path).once(feed)
            except Killed:
                killed = True
        rest = Watching(path)
        rest.later(minutes=1)
        rest.once(feed)
        assert len(rest.ids()) == 2 and rest.store.fresh() and verify(rest.store)[0] == 2, dies
        assert all(len(server.paths(page)) <= 2 for page in ("/a.html", "/b.html"))
        if not killed:
            assert dies > 10
            return


def test_it_goes_on_until_it_is_ended(server: Site, path: Path) -> None:
    feed = feed_of(server, "/a.html")
    command = [sys.executable, "-m", "recoupe", "watch", "--store", str(path), "--allow-private", "--delay", "0", feed]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | {"LC_ALL": "en_GB.UTF-8"})
    try:
        until = time.monotonic() + 120
        while not server.paths("/a.html") and time.monotonic() < until:
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=120)
    finally:
        running.kill()
    assert running.returncode == 0 and "+ Nouvelle 0 de Klow" in said
    assert len(Store(path).articles()) == 1


def test_real_waiting_ends_at_once() -> None:
    clock = Clock()
    clock.stop()
    begun = time.monotonic()
    clock.wait(60)
    assert time.monotonic() - begun < 5 and clock.stopped and replace(QUICK, delay=1.0).delay == 1.0
