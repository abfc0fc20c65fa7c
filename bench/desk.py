"""How the desk bears readers: the time that each page takes on a large store, and readers while articles are added.

Usage: python -m bench.desk SHARED [HOW_MANY [READERS]]

The store is made as bench/growth.py makes one (10,000 articles unless told): its copies have no records of their own.
First one reader asks for each kind of page, another story, article and entity each time ("first" is each story for the
first time, in a language in which nobody has read it): told are the real time and the processor time of the handler's
own thread, since a busy machine says little of the first. Then
READERS (20 unless told) ask for pages of all kinds at once while articles are stored and related from another process,
as `recoupe add` does. What failed must be nothing.
"""

import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import fastapi.routing
import httpx
import uvicorn
from starlette.concurrency import run_in_threadpool

from recoupe.run import related
from recoupe.store import Store
from recoupe.web import create

from .growth import BASE, MORE, World, begun, multiplied

SIZE, READERS = 10_000, 20
# Pages asked for of each kind by one reader; seconds that all readers ask; a reader's pause between two pages.
EACH, LASTING, PAUSE = 100, 30.0, 0.2
SEED = 7


def addresses(store: Store) -> dict[str, list[str]]:
    """The addresses of each kind of page, in a random order that is the same each time."""
    chance = random.Random(SEED)
    relations = store.relations()
    docs, stories = [head.doc for head in store.heads()], [one.id for one in relations.stories]
    people = [one for one in relations.entities if one.type == "PER"]
    words = sorted({form.split()[-1] for one in people for form, _ in one.forms})

    def some(found: list[str]) -> list[str]:
        return chance.choices(found, k=EACH)

    return {
        "stories": [f"/?page={n % 20 + 1}" for n in range(EACH)],
        "first": [f"/story/{one}?lang=en" for one in dict.fromkeys(stories)],
        "story": [f"/story/{one}?lang=fr" for one in some(stories)],
        "article": [f"/article/{doc}" for doc in some(docs)],
        "entity": [f"/entity/{one}" for one in some([one.id for one in people])],
        "search": [f"/search?q={word}" for word in some(words)],
        "log": ["/log"] * EACH,
        "changes": ["/changes"] * EACH,
        "feed": [f"/story/{one}/feed.atom" for one in some(stories)],
        "api/story": [f"/api/story/{one}" for one in some(stories)],
        "api/article": [f"/api/article/{doc}" for doc in some(docs)],
        "api/entities": [f"/api/entities?offset={50 * n}" for n in range(EACH)],
    }


# The processor time of the last handler that ran.
handled = [0.0]


async def _timed(what: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """Runs a handler as FastAPI does, and keeps the processor time that its thread took."""

    def run() -> Any:
        began = time.thread_time()
        try:
            return what(*given, **named)
        finally:
            handled[0] = time.thread_time() - began

    return await run_in_threadpool(run)


class Clock:
    """What each kind of page took, in seconds, and what went wrong."""

    def __init__(self) -> None:
        self.took: dict[str, list[float]] = defaultdict(list)
        self.worked: dict[str, list[float]] = defaultdict(list)
        self.wrong: list[str] = []
        self._lock = threading.Lock()

    def ask(self, client: httpx.Client, kind: str, path: str) -> None:
        """One page."""
        start = time.perf_counter()
        try:
            status = client.get(path).status_code
        except httpx.HTTPError as error:
            status = type(error).__name__  # type: ignore[assignment]
        took, worked = time.perf_counter() - start, handled[0]
        with self._lock:
            self.took[kind].append(took)
            self.worked[kind].append(worked)
            # A story that another article came into may go by another address.
            if status not in (200, 307):
                self.wrong.append(f"{path}: {status}")

    def tell(self, head: str, alone: bool) -> None:
        """The median, the 95th percentile and the longest of each kind, in milliseconds."""
        print(head)
        for kind, times in self.took.items():
            told = f"{len(times):5} pages  real {_spread(times)}"
            print(f"  {kind:13}{told}{f'  processor {_spread(self.worked[kind])}' if alone else ''}")
        print(f"  wrong: {len(self.wrong)} {self.wrong[:3]}", flush=True)


def _spread(times: list[float]) -> str:
    ordered = sorted(times)
    marks = (ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)], ordered[-1])
    return " / ".join(f"{1000 * one:6.1f}" for one in marks)


def served(path: Path) -> tuple[uvicorn.Server, threading.Thread, str]:
    """A running desk."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create(path), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    return server, thread, f"http://127.0.0.1:{port}"


def read(address: str, pages: dict[str, list[str]], clock: Clock, until: float, seed: int) -> None:
    """One reader who goes about at random."""
    chance = random.Random(seed)
    with httpx.Client(base_url=address, timeout=60) as client:
        while time.perf_counter() < until:
            kind = chance.choice(list(pages))
            clock.ask(client, kind, chance.choice(pages[kind]))
            time.sleep(chance.random() * 2 * PAUSE)


def add(shared: str, path: str, how_many: int) -> None:
    """Stores and relates articles one after another, in a process of its own."""
    world, store = World(Path(shared)), Store(Path(path))
    for _ in range(BASE):
        world.article()
    for n in range(how_many):
        last = int(world.told[-1]["day"])  # type: ignore[call-overload]
        store.put(world.of(world.begin(last) if n % 2 else world.random.choice(world.told)))
        related(store)
        time.sleep(0.5)


def main() -> None:
    """Makes a store, asks it for pages, then lets many read while it grows."""
    if sys.argv[1] == "--add":
        add(sys.argv[2], sys.argv[3], int(sys.argv[4]))
        return
    fastapi.routing.run_in_threadpool = _timed  # type: ignore[assignment, attr-defined]
    size = int(sys.argv[2]) if len(sys.argv) > 2 else SIZE
    readers = int(sys.argv[3]) if len(sys.argv) > 3 else READERS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        store = Store(path, create=True)
        begun(store, World(Path(sys.argv[1])))
        multiplied(store, size // BASE - 1)
        start = time.perf_counter()
        server, thread, address = served(path)
        pages = addresses(store)
        desk = server.config.app.state.desk  # type: ignore[union-attr]
        desk._catch_up()
        while desk._indexed.locked():
            time.sleep(0.1)
        print(f"{size} articles, {len(pages)} kinds of page; indexed for search in {time.perf_counter() - start:.0f} s")
        alone = Clock()
        with httpx.Client(base_url=address, timeout=60) as client:
            client.get("/")
            for kind, paths in pages.items():
                for one in paths:
                    alone.ask(client, kind, one)
        alone.tell("one reader: median / 95th percentile / longest, ms", alone=True)
        writer = subprocess.Popen([sys.executable, "-m", "bench.desk", "--add", sys.argv[1], str(path), str(MORE)])
        crowd, until = Clock(), time.perf_counter() + LASTING
        with ThreadPoolExecutor(readers) as pool:
            for n in range(readers):
                pool.submit(read, address, pages, crowd, until, n)
        added = writer.wait()
        crowd.tell(f"{readers} readers while articles are added (the writer ended with {added})", alone=False)
        server.should_exit = True
        thread.join(10)
        store.close()


if __name__ == "__main__":
    main()
