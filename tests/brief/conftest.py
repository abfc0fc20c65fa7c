"""Lets the tests of this folder share newsdesk.py."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from newsdesk import Set, written


@pytest.fixture(scope="session")
def news() -> Set:
    """A truce, in three articles of two texts."""
    return written()
