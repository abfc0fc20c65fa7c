"""What `make demo` does, on the examples, and its report in a real browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from recoupe.cli import main
from recoupe.lang import available
from recoupe.store import Store


@pytest.fixture(scope="module")
def store(examples: Path) -> Path:
    return examples


@pytest.fixture(params=available())
def page(request: pytest.FixtureRequest, open_page: Callable[[Path], Any], store: Path) -> Any:
    report = store.with_name(f"brief-{request.param}.html")
    with pytest.raises(SystemExit) as end:
        main(["brief", "--store", str(store), "--html", str(report), "--lang", request.param])
    assert not end.value.code
    return open_page(report)


def test_the_demo_shows_every_kind_of_output(store: Path) -> None:
    kept = Store(store)
    relations = kept.relations()
    assert len([story for story in relations.stories if len(story.docs) > 1]) >= 2
    assert {dispute.kind for dispute in relations.disputes} >= {"number", "denial"}
    assert relations.truces and any(truce.incidents and truce.latest for truce in relations.truces)
    assert relations.origins and relations.reuse and relations.questions
    assert any(statement.texts > 1 for statement in relations.statements)
    assert any(found.article.translated for found in kept.articles())
    alone = {doc for story in relations.stories if len(story.docs) == 1 for doc in story.docs}
    assert "inflation-01-bourse" in alone


def test_the_report_asks_for_nothing_and_complains_of_nothing(page: Any) -> None:
    page.wait_for_load_state("networkidle")
    assert page.said == []
    assert [url.split(":")[0] for url in page.asked] == ["file"]


def test_the_reports_links_lead_to_marked_words(page: Any) -> None:
    lost = page.evaluate(
        """() => [...document.querySelectorAll('a[href^="#"]')]
        .filter(link => !document.getElementById(link.getAttribute('href').slice(1))).length"""
    )
    cited = page.evaluate(
        """() => [...document.querySelectorAll('a.cite[href^="#m"]')]
        .map(link => document.getElementById(link.getAttribute('href').slice(1)).tagName)"""
    )
    assert lost == 0
    assert len(cited) > 100 and set(cited) == {"MARK"}


def test_the_report_fits_a_phone(page: Any) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
