"""Stores that grew: the scenarios of tests/relate, an article an hour; a site of ours, and a place for a store."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from growing import Grown, grown
from site_of_ours import Site, site


@pytest.fixture(scope="session")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Grown]:
    """A scenario by its name, read and related once."""
    made: dict[str, Grown] = {}

    def found(name: str) -> Grown:
        if name not in made:
            made[name] = grown(name, tmp_path_factory.mktemp(name) / "s.db")
        return made[name]

    return found


@pytest.fixture
def server() -> Iterator[Site]:
    with site() as made:
        yield made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.db"
