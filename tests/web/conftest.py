"""A desk over a real store, served on loopback, with a real browser before it."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from stranger import Served, articles

from keeping import kept
from serving import serving


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store file with these articles."""
    return kept(tmp_path_factory.mktemp("desk") / "desk.db", articles())


@pytest.fixture(scope="session")
def served(store: Path) -> Iterator[Served]:
    """The desk, answering."""
    with serving(store) as (address, _):
        yield Served(address, store)


@pytest.fixture
def visit(browser: Any, served: Served) -> Iterator[Callable[..., Any]]:
    """Opens a page of the desk; what the console says and asks for is kept."""
    contexts = []

    def visited(path: str, locale: str = "fr-FR", width: int = 1200) -> Any:
        context = browser.new_context(locale=locale, viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("dialog", lambda dialog: page.said.append(f"dialog {dialog.message}") or dialog.dismiss())
        page.on("request", lambda asked: page.asked.append(asked.url))
        page.goto(served.address + path)
        return page

    yield visited
    for context in contexts:
        context.close()
