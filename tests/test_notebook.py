"""A store in a notebook: the documented examples run, frames hold what the tables hold, a brief shows itself."""

import doctest
import html
import re
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

import recoupe
from recoupe.errors import RecoupeError, StoreError
from recoupe.export.tables import TABLES, rows_of
from recoupe.model.records import Annotated
from recoupe.model.relations import Relations
from recoupe.notebook import Notebook

ROOT = Path(__file__).parents[1]
TEXT = (
    "Publié le 3 mai 2023\n\nLe maire de Lyon a annoncé mardi que 3 personnes avaient été blessées.\n\n"
    "Au moins 12 personnes ont été tuées, a affirmé la préfecture.\n"
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Annotated], Relations]:
    page = tmp_path_factory.mktemp("read") / "a.txt"
    page.write_text(TEXT, encoding="utf-8")
    done = list(recoupe.annotated(recoupe.read_inputs([page], now="2023-05-04T00:00:00+00:00")))
    return done, recoupe.related(done)


def test_the_examples_of_the_documentation_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    found = doctest.testfile(str(ROOT / "docs/notebook.md"), module_relative=False, optionflags=flags)
    assert found.attempted > 15 and found.failed == 0


def test_frames_hold_what_the_tables_hold(read: tuple[list[Annotated], Relations]) -> None:
    found = Notebook.of(*read)
    for name in found.tables:
        frame, rows = found.frame(name), list(rows_of(found.content, TABLES[name]))
        assert list(frame.columns) == list(TABLES[name].columns) and len(frame) == len(rows)
        told = frame.astype(object).where(frame.notna(), None).to_dict("records")
        assert told == rows
    assert set(found.frames) == set(TABLES)


def test_a_store_is_opened_by_its_file(read: tuple[list[Annotated], Relations], tmp_path: Path) -> None:
    kept = recoupe.Store(tmp_path / "a.db", create=True)
    for one in read[0]:
        kept.put(one)
    kept.put_relations(read[1], kept.state())
    kept.close()
    found = recoupe.Notebook(str(tmp_path / "a.db"), lang="en")
    assert len(found.frame("claims")) == len(Notebook.of(*read).frame("claims")) > 0
    assert repr(found).startswith("<Notebook: 1 articles")
    with pytest.raises(StoreError):
        recoupe.Notebook(tmp_path / "none.db")


def test_a_brief_shows_itself_and_leaves_the_notebook_alone(read: tuple[list[Annotated], Relations]) -> None:
    brief = Notebook.of(*read).brief()
    shown = brief._repr_html_()
    framed = re.fullmatch(r'<iframe title="[^"]*" sandbox="allow-popups" [^>]*srcdoc="([^"]*)"></iframe>', shown)
    assert framed and html.unescape(framed[1]) == brief.html and "<script" not in brief.html
    assert set(brief._repr_mimebundle_()) == {"text/html", "text/markdown", "text/plain"}
    with pytest.raises(StoreError):
        Notebook.of(*read).brief("none")


def test_a_brief_in_a_browser(read: tuple[list[Annotated], Relations], browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "cell.html"
    file.write_text(f"<!DOCTYPE html><body>{Notebook.of(*read).brief()._repr_html_()}", encoding="utf-8")
    page = browser.new_page()
    page.goto(f"file://{file}")
    inside = page.frame_locator("iframe")
    assert inside.locator("h1").inner_text().lower().startswith("recoupe")
    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "none"
    page.close()


def test_without_pandas_it_says_what_is_missing(
    read: tuple[list[Annotated], Relations], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(RecoupeError) as error:
        Notebook.of(*read).frame("claims")
    for code in recoupe.pack("fr").code, "en":
        assert "pandas" in recoupe.pack(code).phrase(error.value.key, **error.value.values)


def test_an_unknown_table_is_a_key_error(read: tuple[list[Annotated], Relations]) -> None:
    with pytest.raises(KeyError):
        Notebook.of(*read).frame("nothing")
    assert msgspec.json.encode(Notebook.of(*read).brief().account)
