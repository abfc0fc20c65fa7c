"""The desk in a real browser: reading, search, filters, layers, a review that stays, both languages, a phone."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from stranger import HOSTILE, Served

from recoupe.lang import available

Visit = Callable[..., Any]
ODD = f"odd/{HOSTILE} ?#"


def first_story(served: Served, outlet: str = "Le Journal du Delta") -> str:
    page = httpx.get(f"{served.address}/", params={"outlet": outlet}).text
    found = re.search(r'href="(/story/[^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("locale", ["fr-FR", "en-GB"])
def test_pages_complain_of_nothing_and_ask_nobody_else(visit: Visit, served: Served, locale: str) -> None:
    story = first_story(served)
    for path in ("/", story, "/article/truce-04", "/search?q=soudan", "/log", f"/article/{quote(ODD, safe='')}"):
        page = visit(path, locale)
        assert page.said == [], (path, page.said)
        assert all(url.startswith((served.address, "data:")) for url in page.asked)
        assert page.locator("html").get_attribute("lang") == locale[:2]
        assert page.locator("h1, h2").first.inner_text().strip()


def test_every_language_has_every_phrase_of_the_pages(served: Served) -> None:
    for code in available():
        assert httpx.get(f"{served.address}/", params={"lang": code}).status_code == 200


def test_a_storys_sentences_lead_to_their_words(visit: Visit, served: Served) -> None:
    page = visit(first_story(served))
    page.locator(".lead a.cite").first.click()
    lit = page.locator(".lit")
    assert lit.count() and page.url.startswith(served.address + "/article/")
    box = lit.first.bounding_box()
    assert box and 0 <= box["y"] < 900


def test_layers_are_switched_without_script_and_stay(visit: Visit) -> None:
    page = visit("/article/truce-04")
    name = page.locator(".in-name").first
    plain = name.evaluate("e => getComputedStyle(e).outlineStyle")
    page.locator("#show-name").check()
    assert plain == "none" and name.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.reload()
    assert page.locator("#show-name").is_checked()


@pytest.mark.parametrize("typed", ["forces de soutien", "Forces de Soutién", "burhan", "Bourhane", "BURHANE"])
def test_search_as_one_types_forgives_accents_and_spelling(visit: Visit, typed: str) -> None:
    page = visit("/")
    page.locator("#q").press_sequentially(typed)
    page.wait_for_selector("#hits a")
    assert page.locator("#hits ul.names a").count() >= 1
    page.keyboard.press("Escape")
    assert page.locator("#hits a").count() == 0


def test_search_works_without_script(served: Served) -> None:
    page = httpx.get(f"{served.address}/search", params={"q": "violé le cessez-le-feu"}).text
    assert "truce-04" in page
    assert httpx.get(f"{served.address}/search", params={"q": '"AND ( NEAR* -'}).status_code == 200
    assert httpx.get(f"{served.address}/search", params={"q": "x" * 5000}).status_code == 200


def test_stories_are_filtered(served: Served) -> None:
    def titles(**asked: str) -> int:
        return httpx.get(f"{served.address}/", params=asked).text.count('<li><a href="/story/')

    everything = titles()
    assert 0 < titles(outlet="The Nile Courier") < everything
    assert 0 < titles(type="ceasefire") < everything
    assert titles(since="2035-01-01") == 0 and titles(until="2000-01-01") == 0
    assert titles(page="0") == titles(page="-3") == titles(page="x") == everything


def test_nothing_of_an_articles_is_run(visit: Visit, served: Served) -> None:
    page = visit(f"/article/{quote(ODD, safe='')}")
    assert page.said == [] and page.locator("img").count() == 0
    assert HOSTILE in page.locator("article.sheet .text").inner_text()
    assert page.locator('a[href^="javascript:"]').count() == 0
    page = visit("/?outlet=" + quote(HOSTILE))
    assert page.said == []
    page = visit("/search?q=" + quote(HOSTILE))
    assert page.said == [] and page.locator("#q").input_value() == HOSTILE


def test_a_review_is_logged_and_shown(visit: Visit) -> None:
    page = visit("/article/truce-05")
    record = page.locator(".records li:has(form)").first
    words = record.locator("a.words").inner_text()
    record.locator("details.hand > summary").first.click()
    form = record.locator("form[action='/review']")
    form.locator("select[name=verdict]").select_option("corrected")
    form.locator("select[name=status]").select_option("checked")
    form.locator("input[name=who]").fill("A. Martin")
    form.locator("input[name='field-source']").fill("le commandement")
    form.locator("textarea[name=note]").fill("vu <b>sur</b> la vidéo")
    form.locator("button").click()
    page.wait_for_url("**/article/truce-05#rec-*")
    said = page.locator(".said").first
    assert "A. Martin" in said.inner_text() and "<b>sur</b>" in said.inner_text()
    page.goto(page.url.partition("/article")[0] + "/log")
    assert words[:40] in page.locator("ol.log li").first.inner_text()
    assert page.said == []


def test_a_form_from_elsewhere_changes_nothing(served: Served) -> None:
    told = {"doc": "truce-05", "record": "x", "verdict": "confirmed", "who": "x", "token": "guess"}
    before = httpx.get(f"{served.address}/api/log").json()["total"]
    assert httpx.post(f"{served.address}/review", data=told).status_code == 403
    assert (
        httpx.post(f"{served.address}/review", data=told, headers={"Origin": "http://evil.example"}).status_code == 403
    )
    cookies = {"recoupe_form": "guess"}
    assert httpx.post(f"{served.address}/review", data=told, cookies=cookies).status_code == 404
    told["verdict"] = "approved"
    assert httpx.post(f"{served.address}/review", data=told, cookies=cookies).status_code == 422
    assert httpx.post(f"{served.address}/review", content=b"x" * 70_000).status_code == 413
    assert httpx.get(f"{served.address}/api/log").json()["total"] == before


def test_only_this_machine_is_answered(served: Served) -> None:
    for host in ("evil.example", "evil.example:80", "127.0.0.1.evil.example", "10.0.0.1", ""):
        assert httpx.get(f"{served.address}/", headers={"Host": host}).status_code == 421
    for host in ("localhost:1", "[::1]:80", "127.0.0.1"):
        assert httpx.get(f"{served.address}/", headers={"Host": host}).status_code == 200


def test_every_answer_forbids_what_is_not_ours(served: Served) -> None:
    for path in ("/", "/static/desk.js", "/api/stories", "/nowhere", "/openapi.json"):
        policy = httpx.get(served.address + path).headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
    assert httpx.get(served.address + "/nowhere").status_code == 404
    assert httpx.get(served.address + "/static/../app.py").status_code == 404


def test_a_phone_scrolls_one_way_only(visit: Visit, served: Served) -> None:
    for path in ("/", first_story(served), "/article/truce-04", "/search?q=soudan"):
        page = visit(path, width=360)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_keys_lead_about(visit: Visit, served: Served) -> None:
    page = visit(first_story(served))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".lead .line").first.hover()
    page.keyboard.press("c")
    page.wait_for_selector(".line.copied")
    taken = page.evaluate("navigator.clipboard.readText()")
    assert page.locator(".lead .line").first.inner_text()[:30] in taken and served.address in taken


def test_stories_are_narrowed_to_a_place(served: Served) -> None:
    page = httpx.get(f"{served.address}/", params={"lang": "fr"}).text
    places = re.findall(
        r'<option value="([^"]+)">([^<]+)</option>', page.partition('name="place"')[2].split("</select>")[0]
    )
    assert places
    every = page.count('<a href="/story/')
    shown = [httpx.get(f"{served.address}/", params={"place": one}).text.count('<a href="/story/') for one, _ in places]
    assert all(shown) and min(shown) < every
    assert httpx.get(f"{served.address}/", params={"place": "none"}).text.count('<a href="/story/') == 0


def test_fields_of_records_are_words_of_the_readers_language(served: Served) -> None:
    for lang, told in (("fr", ("introduit par", "affirme")), ("en", ("introduced by", "asserts"))):
        page = httpx.get(f"{served.address}/article/truce-04", params={"lang": lang}).text
        shown = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", page))
        assert told[0] in shown and told[1] in page
        assert not {"source_entity", "cue", "time_span", "earliest"} & shown.keys()


def test_what_was_added_by_command_is_searched_at_once(served: Served) -> None:
    page = httpx.get(f"{served.address}/search", params={"q": "soudan", "lang": "en"}).text
    assert "being prepared" not in page and "/article/" in page
