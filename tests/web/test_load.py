"""Many readers while articles are added: no error, no lock, and what has come is there in the end."""

import random
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import msgspec

from recoupe.model.article import Article
from recoupe.run import related
from recoupe.store import Store
from serving import serving

READERS, ADDED = 20, 4


def test_twenty_read_while_articles_are_added(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "load.db"
    shutil.copy(store, path)
    kept = Store(path)
    first = kept.articles(frozenset({"truce-04"}))[0]
    over = threading.Event()
    wrong: list[str] = []

    def add() -> None:
        for n in range(ADDED):
            about: Article = msgspec.structs.replace(first.article, id=f"more-{n}")
            kept.put(msgspec.structs.replace(first, article=about))
            related(kept)
        over.set()

    def read(seed: int, address: str, paths: list[str]) -> int:
        chance, asked = random.Random(seed), 0
        with httpx.Client(base_url=address, timeout=60) as client:
            while not over.is_set() or asked < 3:
                path = chance.choice(paths)
                status = client.get(path).status_code
                asked += 1
                if status not in (200, 307):
                    wrong.append(f"{path}: {status}")
        return asked

    with serving(path) as (address, _):
        items = httpx.get(f"{address}/api/stories").json()["items"]
        stories = [f"/story/{one['id']}" for one in items]
        paths = ["/", "/log", "/article/truce-04", "/search?q=soudan", "/api/stories", "/api/entities", *stories]
        with ThreadPoolExecutor(READERS + 1) as pool:
            writing = pool.submit(add)
            readers = [pool.submit(read, n, address, paths) for n in range(READERS)]
            writing.result(120)
            asked = sum(one.result(120) for one in readers)
        until = time.monotonic() + 30
        while httpx.get(f"{address}/api/article/more-{ADDED - 1}").status_code != 200 and time.monotonic() < until:
            time.sleep(0.2)
        assert httpx.get(f"{address}/api/article/more-{ADDED - 1}").status_code == 200
    kept.close()
    assert not wrong and asked >= 3 * READERS
