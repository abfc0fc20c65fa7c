"""A store in PostgreSQL answers every command, and its desk every page, as a file with the same rows does."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import insert, select

from postgres import Cluster
from recoupe.lang import available
from recoupe.store import Store, copying
from recoupe.store.backends import located
from recoupe.store.schema import metadata, parse
from serving import serving

Run = Callable[..., tuple[int, str, str]]
EXAMPLES = Path(__file__).parents[2] / "examples"
# The minute of the reader's last look; instants of today, and those pages' links to them.
LOOKED = re.compile(r'<div class="news">.*?</div>', re.DOTALL)
NOW = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}(?:T|%20| )[0-9%A:.]+(?:\+00:00|%2B00%3A00|Z)?")


@pytest.fixture(scope="module")
def shared(examples: Path, database: Callable[..., str]) -> str:
    """The examples' store, copied."""
    where = database("empty")
    source, target = Store(examples), Store(where)
    copying.copy(source, target)
    source.close()
    target.close()
    return where


@pytest.fixture(scope="module")
def added(examples: Path, tmp_path_factory: pytest.TempPathFactory, database: Callable[..., str]) -> str:
    """A database that the examples can be added to; only their parses, which take the time, are there."""
    where = database("empty")
    source, target = Store(examples), Store(where)
    with source.engine.connect() as give, target.engine.begin() as take:
        take.execute(insert(parse), [row._asdict() for row in give.execute(select(parse))])
    source.close()
    target.close()
    return where


COMMANDS = [
    ("stories",),
    ("brief",),
    ("brief", "--story", "{story}"),
    ("entities",),
    ("entities", "--unsure"),
    ("entities", "--decisions"),
    ("show", "{article}"),
    ("show", "{article}", "--json"),
    ("export", "--format", "jsonl"),
    ("export", "--format", "geojson"),
    ("export", "--format", "markdown"),
    ("diff", "--from", "2020-01-01", "--to", "2100-01-01"),
    ("alert",),
    ("verify",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_says_the_same(run: Run, examples: Path, shared: str, command: tuple[str, ...]) -> None:
    kept = Store(examples)
    names = {"story": kept.stories()[0].id, "article": kept.heads()[0].doc}
    asked = [word.format(**names) for word in command]
    said = [run(*asked, "--store", where, lang=available()[0]) for where in (examples, shared)]
    assert said[0][0] == 0 and said[0] == said[1]
    assert said[0][1] or said[0][2]


def test_what_is_added_is_the_same(run: Run, examples: Path, added: str) -> None:
    assert run("add", "--store", added, EXAMPLES)[0] == 0
    code, _, said = run("add", "--store", added, EXAMPLES)
    assert code == 0 and "0 articles added" in said
    assert run("verify", "--store", added)[0] == 0
    file, base = Store(examples), Store(added)
    # Row by row, and under which number.
    assert rows(file, "relation") == rows(base, "relation") != []
    assert rows(file, "record") == rows(base, "record") and rows(file, "feature") == rows(base, "feature")


def rows(store: Store, name: str) -> list[tuple[Any, ...]]:
    """The rows of a table, in order."""
    table = metadata.tables[name]
    with store.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]


def test_people_settle_in_a_shared_store(run: Run, added: str) -> None:
    run("add", "--store", added, EXAMPLES)
    one, two = [one.id for one in Store(added).relations().entities if one.type == "PER"][:2]
    code, _, said = run("entities", "--store", added, "--merge", one, two, "--who", "desk")
    assert code == 0, said
    assert Store(added).entity(one) == Store(added).entity(two)
    assert run("entities", "--store", added, "--undo", "1", "--who", "desk")[0] == 0
    assert Store(added).entity(one) != Store(added).entity(two)
    assert run("verify", "--store", added)[0] == 0


def pages(where: Path | str) -> dict[str, tuple[int, str]]:
    """What a desk over a store says on its pages."""
    with serving(where) as (address, _), httpx.Client(base_url=address, timeout=60) as client:
        stories = [one["id"] for one in client.get("/api/stories").json()["items"]]
        entities = [one["id"] for one in client.get("/api/entities").json()["items"]]
        asked = ["/", "/log", "/sources", "/changes", "/search?q=minist", "/search?q=le+tr", "/api/stories"]
        asked += ["/api/entities", "/api/search?q=minist", *(f"/story/{one}" for one in stories[:3])]
        asked += [f"/entity/{one}" for one in entities[:3]]
        return {path: (found.status_code, found.text) for path in asked for found in [client.get(path)]}


def test_the_desk_shows_the_same(examples: Path, shared: str) -> None:
    file, base = pages(examples), pages(shared)
    assert file.keys() == base.keys() and sum(status == 200 for status, _ in file.values()) >= 10
    for path, (status, text) in file.items():
        if "/search" in path:
            continue  # each database has its own order of what is found
        assert base[path][0] == status, path
        assert unstamped(base[path][1]) == unstamped(text), path


def unstamped(text: str) -> str:
    """A page without what is made anew for each."""
    return NOW.sub("", LOOKED.sub("", re.sub(r'name="(?:token|csrf)" value="[^"]*"', "", text)))


def test_a_desk_outlives_its_database_and_says_so_meanwhile(cluster: Cluster, shared: str) -> None:
    name = located(shared).database
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    with serving(shared) as (address, _), httpx.Client(base_url=address, timeout=60) as client:
        assert client.get("/").status_code == 200
        cluster.ask(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false", cut)
        page = client.get("/", headers={"accept-language": "en"})
        assert page.status_code == 503 and "out of reach" in page.text and "postgresql" not in page.text
        assert client.get("/api/stories").status_code == 503
        cluster.ask(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        assert client.get("/").status_code == 200
