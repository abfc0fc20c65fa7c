"""What another hand changes in a store, or in what was made from it, is found; what kills a program breaks nothing."""

import importlib
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from postgres import Cluster
from recoupe.store.schema import metadata

sys.path.insert(0, str(Path(__file__).parents[2]))
mutations = importlib.import_module("bench.mutations")
kills = importlib.import_module("bench.kills")


def test_whatever_is_changed_is_found(tmp_path: Path, database: Callable[..., str]) -> None:
    counts, faults = mutations.run(300, 11, tmp_path, database())
    assert not faults
    kinds, places = ({keys[at] for keys in counts} for at in (1, 2))
    assert {one.__name__ for one in mutations.CHANGES} | set(mutations.ROWS) <= kinds
    assert {one.name for one in metadata.sorted_tables} | {"search", "searched"} <= places


@pytest.fixture(scope="module")
def site() -> Iterator[Any]:
    with importlib.import_module("site_of_ours").site() as made:
        yield made


@pytest.mark.parametrize("work", ["add", "watch", "settle", "migrate"])
@pytest.mark.parametrize("database", kills.DATABASES)
def test_a_kill_breaks_nothing(
    work: str, database: str, tmp_path: Path, site: Any, request: pytest.FixtureRequest
) -> None:
    cluster: Cluster | None = request.getfixturevalue("cluster") if database == "postgresql" else None
    chosen: Any = next(one for one in kills.works(tmp_path, site) if one.name == work)
    tried = kills.Kills(chosen, kills.Place(tmp_path, cluster), random.Random(f"{work}/{database}"), timed=1)
    while tried.killed < 2:
        tried.kill(2)
    assert not tried.faults
