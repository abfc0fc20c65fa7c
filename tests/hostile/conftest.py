"""The store with the strings, the same with nothing in them, and the desks over both."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from injected import MILD, STRINGS, stored

from recoupe.export import Content
from recoupe.lang import pack
from recoupe.store import Store
from serving import serving


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store file with the strings."""
    return stored(tmp_path_factory.mktemp("hostile") / "hostile.db", STRINGS)


@pytest.fixture(scope="session")
def mild(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with harmless words; the first twelve show all that pages are made of."""
    return stored(tmp_path_factory.mktemp("mild") / "mild.db", MILD[:12])


@pytest.fixture(scope="session")
def desk(store: Path) -> Iterator[str]:
    """The desk over the strings, answering."""
    with serving(store) as (address, _):
        yield address


@pytest.fixture(scope="session")
def mild_desk(mild: Path) -> Iterator[str]:
    """The desk over the harmless words."""
    with serving(mild) as (address, _):
        yield address


@pytest.fixture(scope="session")
def content(store: Path) -> Content:
    """What exporters read."""
    return Content.of(Store(store), pack("fr"))
