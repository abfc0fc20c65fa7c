"""A new store, in each database."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from recoupe.store import Store

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def store(place: Callable[[], str]) -> Store:
    return Store(place(), create=True)
