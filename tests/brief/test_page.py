"""The page in a real browser: it asks for nothing, says nothing on the console, and its links lead to the words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from newsdesk import Set

from recoupe.brief import account, as_html
from recoupe.lang import available, pack

# For every link of the account: where it leads, and the words that are marked there.
LINKS = """() => [...document.querySelectorAll('a.cite[href^="#m"]')].map(link => {
  const name = link.getAttribute('href').slice(1), target = document.getElementById(name);
  const pieces = [...document.querySelectorAll(`mark[data-of="${name}"]`)];
  return {name, is: target && target.tagName, words: pieces.map(piece => piece.textContent).join('\\n')};
})"""
BACK = """() => [...document.querySelectorAll('a[href^="#"]')]
  .filter(link => !document.getElementById(link.getAttribute('href').slice(1))).map(link => link.outerHTML)"""


@pytest.fixture(params=available())
def page(request: pytest.FixtureRequest, open_page: Callable[[Path], Any], news: Set, tmp_path: Path) -> Any:
    found = account(*news, pack(request.param))
    file = tmp_path / "brief.html"
    file.write_text(as_html(found, pack(request.param)), encoding="utf-8")
    opened = open_page(file)
    opened.account = found
    return opened


def test_it_asks_for_nothing_and_complains_of_nothing(page: Any) -> None:
    page.wait_for_load_state("networkidle")
    assert page.said == []
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in page.asked if url.startswith("file:")]) == 1
    # The policy lets the page's own style through.
    assert page.evaluate("getComputedStyle(document.querySelector('.cite')).display") == "inline-block"


def test_every_link_leads_to_its_words(page: Any) -> None:
    texts = {article.doc: article.text for article in page.account.articles}
    spans = {
        texts[link.doc][link.start : link.end].replace("\n", "").strip()
        for story in page.account.stories
        for line in (*story.lead, *story.ahead, *(m.line for m in story.timeline), *(p.line for p in story.points))
        for link in line.links
    }
    links = page.evaluate(LINKS)
    assert len(links) > 20
    assert all(link["is"] == "MARK" and link["words"] for link in links), links
    assert spans <= {link["words"].replace("\n", "").strip() for link in links}
    whole = "".join(text.replace("\n", "") for text in texts.values())
    assert all(link["words"].replace("\n", "") in whole for link in links)
    assert page.evaluate(BACK) == []


def test_a_link_lights_up_its_words_and_leads_back(page: Any) -> None:
    link = page.locator("a.cite[href^='#m']").first
    name = link.get_attribute("href")[1:]
    before = page.evaluate(f"getComputedStyle(document.getElementById('{name}')).backgroundColor")
    link.click()
    after = page.evaluate(f"getComputedStyle(document.getElementById('{name}')).backgroundColor")
    assert before != after
    assert page.evaluate(f"document.getElementById('{name}').getBoundingClientRect().top") < 900
    page.locator(f"mark[data-of='{name}'] + a.back").first.click()
    assert page.evaluate("location.hash").startswith(("#l", "#sh"))


def test_it_fits_a_narrow_phone(page: Any) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_no_script_is_needed_and_none_runs(page: Any) -> None:
    assert page.evaluate("document.scripts.length") == 0
    assert page.evaluate("document.images.length") == 0
    assert "&lt;script" in page.content()


def test_drawings_have_names(page: Any) -> None:
    for svg in page.query_selector_all("svg.strip, svg.map"):
        assert svg.get_attribute("aria-label")
        assert svg.query_selector("title")
