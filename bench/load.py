"""Whether the desk bears an hour: many readers who go about in a store into which a writer puts articles at full speed.

Usage: nice python -m bench.load SHARED [--minutes 60] [--articles 10000] [--readers 50] [--pause 0]

The store is made as bench/growth.py makes one. `recoupe serve` runs over it in a process of its own, and so does the
writer, who stores an article, relates it, notices what it changes and enters it for search, as `recoupe add` does, and
begins with the next at once (or after `--pause` seconds). Each reader asks for a page, looks at it for THINK seconds on
average, then follows a link of it or goes elsewhere; some listen to what comes (`/api/live`). An answer is wrong
where it is no 200, is cut off, or is not what was asked for. Told are, at intervals, articles, pages, wrong ones and
the memory of the server; at the end the median, the 95th percentile and the longest of each kind of page, and the 95th
percentile of each third of the time. It fails where a page was wrong, the server or the writer ended, or the server's
memory grew by more than the articles that came explain (GROWTH).
"""

import argparse
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import msgspec

from recoupe.run import related
from recoupe.run.searching import search
from recoupe.store import Store
from recoupe.watch import notice

from .desk import SEED, addresses
from .growth import A_DAY, BASE, World, begun, multiplied

# Seconds that a reader looks at a page on average, how often he follows a link of it, readers to one who listens.
THINK, FOLLOWS, LISTENS = 4.0, 0.6, 5
# Between the second quarter of the time and the last a desk may grow by so many kilobytes an article that came, and by
# so many besides. What it holds of an article in lists and its share of kept accounts is about 10 kB.
GROWTH, BESIDES = 30, 60_000
LINK = re.compile(r'href="(/(?:story|article|entity|outlet)/[^"#]+)')


class Tally:
    """What was asked for: when, of which kind, how long it took (seconds); and what was wrong."""

    def __init__(self) -> None:
        self.took: list[tuple[float, str, float]] = []
        self.wrong: list[str] = []
        self._lock = threading.Lock()

    def ask(self, client: httpx.Client, path: str) -> str:
        """One page; gives it."""
        began = time.perf_counter()
        try:
            try:
                answer = client.get(path)
            except (httpx.ReadError, httpx.RemoteProtocolError):
                # A connection that rested is closed by the server; a browser that asks just then asks again.
                answer = client.get(path)
            written, fault = answer.text, fault_of(path, answer)
        except (httpx.HTTPError, ValueError) as error:
            written, fault = "", f"{type(error).__name__} {error}"
        with self._lock:
            self.took.append((began, kind_of(path), time.perf_counter() - began))
            if fault:
                self.wrong.append(f"{path}: {fault}")
        return written


def kind_of(path: str) -> str:
    """What is asked for."""
    parts = path.partition("?")[0].strip("/").split("/")
    if parts[-1].endswith((".atom", "changes")):
        return "changes" if parts[-1] == "changes" else "feed"
    return "/".join(parts[:2]) if parts[0] == "api" else parts[0] or "stories"


def fault_of(path: str, answer: httpx.Response) -> str:
    """What is wrong with an answer; empty where nothing is."""
    if answer.status_code != 200:
        return str(answer.status_code)
    written, media = answer.text, answer.headers["content-type"].partition(";")[0]
    if media == "application/json":
        msgspec.json.decode(answer.content)
        return ""
    end = {"text/html": "</html>", "application/atom+xml": "</feed>"}.get(media, "?")
    if not written.rstrip().endswith(end):
        return "cut off"
    wanted = {"article": 'class="sheet"', "story": 'class="story"', "entity": 'action="/entity/'}.get(kind_of(path), "")
    return "" if wanted in written else "another page"


def memory(pid: int) -> int:
    """What a process holds in memory (kB)."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1])  # type: ignore[index]


def read(address: str, pages: dict[str, list[str]], tally: Tally, until: float, seed: int) -> None:
    """One reader."""
    chance = random.Random(seed)
    with httpx.Client(base_url=address, timeout=60, follow_redirects=True) as client:
        page = ""
        while time.perf_counter() < until:
            links = LINK.findall(page) if chance.random() < FOLLOWS else []
            path = chance.choice(links) if links else chance.choice(pages[chance.choice(list(pages))])
            page = tally.ask(client, path.replace("&amp;", "&"))
            time.sleep(min(chance.expovariate(1 / THINK), max(0.0, until - time.perf_counter())))


def listen(address: str, tally: Tally, until: float) -> None:
    """One page that hears of what comes, for as long as a browser keeps it open."""
    while time.perf_counter() < until:
        try:
            with httpx.Client(timeout=60) as client, client.stream("GET", f"{address}/api/live") as answer:
                for line in answer.iter_lines():
                    if time.perf_counter() > until:
                        return
                    if line.startswith("data:"):
                        msgspec.json.decode(line.removeprefix("data:"))
        except (httpx.HTTPError, msgspec.DecodeError) as error:
            tally.wrong.append(f"/api/live: {type(error).__name__} {error}")
            time.sleep(1.0)


def write(shared: str, path: str, seconds: float, pause: float) -> None:
    """Stores and relates articles one after another, in a process of its own."""
    world, store = World(Path(shared)), Store(Path(path))
    for _ in range(BASE):
        world.article()
    until, n = time.monotonic() + seconds, 0
    notice(store)
    while time.monotonic() < until:
        last = int(world.told[-1]["day"])  # type: ignore[call-overload]
        if n % 2:
            # Days go by as in the rest of the store; what comes on one day, from the same world, becomes one story.
            world.told.append(world.begin(last + (n % A_DAY == 1)))
        store.put(world.of(world.told[-1] if n % 2 else world.random.choice(world.told)))
        related(store)
        notice(store)
        search(store).renew()
        n += 1
        time.sleep(pause)


def spread(times: list[float]) -> str:
    """The median, the 95th percentile and the longest, in milliseconds."""
    ordered = sorted(times)
    marks = (ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)], ordered[-1])
    return " / ".join(f"{1000 * one:7.1f}" for one in marks)


def told(tally: Tally, began: float, seconds: float) -> None:
    """What each kind of page took, and all of them in each third of the time."""
    kinds: dict[str, list[float]] = defaultdict(list)
    thirds: list[list[float]] = [[], [], []]
    for at, kind, took in tally.took:
        kinds[kind].append(took)
        thirds[min(2, int(3 * (at - began) / seconds))].append(took)
    print("median / 95th percentile / longest, ms")
    for kind, times in sorted(kinds.items()):
        print(f"  {kind:14}{len(times):7}  {spread(times)}")
    for n, times in enumerate(thirds, 1):
        print(f"  third {n}       {len(times):7}  {spread(times) if times else '-'}")


def served(path: Path) -> tuple[subprocess.Popen[bytes], str]:
    """`recoupe serve` over a store, once it answers, and its address."""
    port = random.randrange(20_000, 30_000)
    command = [sys.executable, "-m", "recoupe", "serve", "--store", str(path), "--port", str(port)]
    server, address = subprocess.Popen(command), f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            httpx.get(f"{address}/log", timeout=60)
            return server, address
        except httpx.TransportError:
            time.sleep(0.2)
    raise SystemExit("the server does not answer")


def watched(
    server: subprocess.Popen[bytes], store: Store, tally: Tally, began: float, seconds: float
) -> list[tuple[int, int]]:
    """Tells how things stand at intervals until the time is over; gives articles and memory (kB) at each."""
    seen: list[tuple[int, int]] = []
    step = max(15.0, seconds / 20)
    while server.poll() is None and time.perf_counter() < began + seconds:
        articles, held = len(store.heads()), memory(server.pid)
        minutes = (time.perf_counter() - began) / 60
        pages, wrong = len(tally.took), len(tally.wrong)
        print(f"{minutes:5.1f} min {articles:7} articles {pages:7} pages {wrong:3} wrong {held:8} kB", flush=True)
        seen.append((articles, held))
        time.sleep(max(0.0, min(step, began + seconds - time.perf_counter())))
    if server.poll() is None:
        seen.append((len(store.heads()), memory(server.pid)))
    return seen


def loaded(args: argparse.Namespace, path: Path) -> int:
    """Serves the store while it is read and written; gives how many things were wrong."""
    seconds = args.minutes * 60
    store, tally = Store(path), Tally()
    pages = addresses(store)
    server, address = served(path)
    began = time.perf_counter()
    until = began + seconds
    given = [str(path), str(seconds), str(args.pause)]
    writer = subprocess.Popen([sys.executable, "-m", "bench.load", args.shared, "--write", *given])
    with ThreadPoolExecutor(args.readers + args.readers // LISTENS) as pool:
        for n in range(args.readers):
            pool.submit(read, address, pages, tally, until, SEED + n)
        for _ in range(args.readers // LISTENS):
            pool.submit(listen, address, tally, until)
        seen = watched(server, store, tally, began, seconds)
    ended = (server.poll(), writer.wait(120))
    server.terminate()
    told(tally, began, seconds)
    # The least of a quarter: at some moments a desk holds the state before as well.
    quarter = max(1, len(seen) // 4)
    (least, before), (most, after) = (
        min((held, n) for n, held in some) for some in (seen[quarter:][:quarter], seen[-quarter:])
    )
    grown = most - least
    print(f"{after - before} articles and {grown} kB between the second quarter of the time and the last")
    print(f"the server ended with {ended[0]}, the writer with {ended[1]}; wrong: {len(tally.wrong)} {tally.wrong[:5]}")
    store.close()
    return len(tally.wrong) + (ended != (None, 0)) + (grown > GROWTH * (after - before) + BESIDES)


def main() -> None:
    """Makes a store, and has it read and written for as long as is asked."""
    if "--write" in sys.argv:
        write(sys.argv[1], sys.argv[3], float(sys.argv[4]), float(sys.argv[5]))
        return
    asked = argparse.ArgumentParser()
    asked.add_argument("shared")
    asked.add_argument("--minutes", type=float, default=60.0)
    asked.add_argument("--articles", type=int, default=10_000)
    asked.add_argument("--readers", type=int, default=50)
    asked.add_argument("--pause", type=float, default=0.0)
    args = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        store = Store(path, create=True)
        begun(store, World(Path(args.shared)))
        multiplied(store, args.articles // BASE - 1)
        while search(store).renew():
            pass
        store.close()
        raise SystemExit(1 if loaded(args, path) else 0)


if __name__ == "__main__":
    main()
