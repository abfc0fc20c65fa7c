"""Every page for readers who hear it, who use the keyboard alone, who print it or read it on a phone."""

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from newsdesk_page import brief_page
from stranger import Served

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
# What axe calls serious or worse; the rules are those of WCAG 2.2, A and AA, and of good practice.
GRAVE = ("serious", "critical")
RUN = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations']});
  return found.violations.map(one => [one.impact, one.id, one.nodes.slice(0, 3).map(node => node.html.slice(0, 160))]);
}"""


def findings(page: Any) -> list[Any]:
    """What axe-core finds on a page, its folded parts open too: hidden words are read by nobody, but may be opened."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return [one for one in page.evaluate(RUN) if one[0] in GRAVE]


@pytest.fixture
def paths(served: Served) -> list[str]:
    """One page of each kind."""
    import httpx

    stories = httpx.get(f"{served.address}/api/stories").json()["items"]
    story = next(one["id"] for one in stories if "truce-01" in one["docs"])
    entities = httpx.get(f"{served.address}/api/entities", params={"limit": 500}).json()["items"]
    person = next(one["id"] for one in entities if one["type"] == "PER")
    return [
        "/", f"/story/{story}", "/article/truce-04", f"/entity/{person}", "/outlet/The%20Nile%20Courier",
        "/search?q=soudan", "/log", "/changes", f"/story/{story}/changes?from=24h", f"/story/{story}?as_of=24h",
        "/nowhere",
    ]  # fmt: skip


def test_axe_finds_nothing_serious(browser: Any, served: Served, paths: list[str]) -> None:
    """On a screen and on a phone, in the light and in the dark: each page is loaded once and shown in each way."""
    # The policy lets no script of others in; the tests' own is let by.
    context = browser.new_context(locale="fr-FR", bypass_csp=True)
    page, wrong = context.new_page(), {}
    for path in paths:
        page.goto(served.address + path)
        for width, scheme in product((1200, 360), ("light", "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("innerWidth") == width
            assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") == (scheme == "dark")
            if found := findings(page):
                wrong[path, width, scheme] = found
    context.close()
    assert not wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_a_brief(browser: Any, tmp_path: Path, scheme: str) -> None:
    file = tmp_path / "brief.html"
    file.write_text(brief_page(), encoding="utf-8")
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"file://{file}")
    found = findings(page)
    context.close()
    assert not found


def test_a_story_is_read_with_the_keyboard_alone(visit: Callable[..., Any], paths: list[str]) -> None:
    page = visit(paths[1])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('skip')")
    page.keyboard.press("Enter")
    summary = page.locator("main summary").first
    summary.focus()
    before = page.evaluate("document.activeElement.parentElement.open")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open") is not before
    mark = page.locator("svg.truce-bar a").first
    mark.focus()
    assert page.evaluate("document.activeElement.getAttribute('aria-label').length > 3")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/**")
    assert page.said == []


def test_print_shows_what_is_folded_and_no_forms(visit: Callable[..., Any], paths: list[str]) -> None:
    page = visit(paths[1])
    folded = page.locator("main details:not([open]):not(.hand) .line").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()
    assert not page.locator("header.bar").is_visible() and not page.locator("nav.toc").is_visible()
    assert not page.locator("details.hand").first.is_visible()


def test_what_a_story_links_to_inside_is_there(visit: Callable[..., Any], paths: list[str]) -> None:
    page = visit(paths[1])
    lost = page.evaluate("""() => [...document.querySelectorAll("a[href^='#']")]
      .filter(link => !document.getElementById(link.getAttribute('href').slice(1))).map(link => link.outerHTML)""")
    assert lost == []


def test_a_point_that_lies_in_a_fold_opens_it(visit: Callable[..., Any], paths: list[str]) -> None:
    page = visit(paths[1])
    name = page.evaluate(
        "[...document.querySelectorAll('main details:not([open]) [id]')].map(one => one.id).find(one => one)"
    )
    page.evaluate(f"location.hash = '{name}'")
    page.wait_for_timeout(100)
    assert page.locator(f"[id='{name}']").is_visible()
