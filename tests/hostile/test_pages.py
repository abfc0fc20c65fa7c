"""Every string in every field, on pages, answers, feeds and briefs: it is shown, and is nothing but shown.

Each string is asked for on one of its pages, in turn, so that each kind of strings stands on each kind of pages;
RECOUPE_EVERY_PAGE=1 asks for all pages of each.
"""

import os
import re
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import httpx
import pytest
from injected import KINDS, MILD, STRINGS
from markup import Page, faults

from recoupe.brief import account, as_html
from recoupe.lang import pack
from recoupe.model.harmless import address, closed
from recoupe.store import Store

FOLLOWED = {one for one in STRINGS if address(one)}
EVERY = os.environ.get("RECOUPE_EVERY_PAGE") == "1"
# A string has six pages of its own, or is in its turn a word of several addresses. What a store has differs from string
# to string by their number's rest to 2, 3, 4, 5 and 9: by none of these do turns repeat.
TURNS = 7


def quoted(text: str) -> str:
    return quote(text, safe="")


def pages(strings: list[str], every: bool) -> Iterator[tuple[str, str]]:
    """The pages of a store and, where there is one, the string that must stand on it as it is. `every` are all pages of
    each string, instead of one."""
    lists = range(1, len(strings) // 40 + 2)
    yield from (("/log", ""), ("/search", ""), ("/nowhere", ""), ("/changes?from=2000-01-01", ""))
    yield from ((f"{path}?page={n}", "") for path in ("/", "/changes") for n in lists)
    for n, s in enumerate(strings):
        q = quoted(s)
        own = [
            (f"/article/{quoted(f'{n}/{s}')}", s),
            (f"/outlet/{q}", s),
            (f"/search?q={q}", ""),
            (f"/?outlet={q}&type={q}&place={q}&text={q}&since={q}&until={q}&page={q}&lang={q}", ""),
            (f"/story/story{n}", s),
            (f"/entity/e{n}{('per', 'loc', 'org')[n % 3]}", s),
        ]
        turn = n % TURNS
        yield from own if every else own[turn : turn + 1]
        if turn == len(own):
            yield f"/story/{q}?as_of={q}", ""
            yield f"/story/story{n}?as_of={q}", ""
            yield f"/story/story{n}/changes?from={q}&to={q}&page={q}", ""
            yield f"/article/{quoted(f'{n}/{s}')}?at={q}&as_of={q}", ""
            yield f"/{q}", ""


def asked(at: str, strings: list[str], every: bool) -> Iterator[tuple[str, str, httpx.Response]]:
    with httpx.Client(base_url=at, timeout=120, follow_redirects=True) as client:
        for path, s in pages(strings, every):
            yield path, s, client.get(path)


def flat(text: str) -> str:
    """As a browser shows it: closed by itself, without the signs that HTML has no place for."""
    return " ".join(closed(text).replace("\0", "").split())


@pytest.fixture(scope="session")
def known(mild_desk: str, mild: Path) -> set[tuple[str, str]]:
    """What pages of ours are made of."""
    found = set().union(*(Page(answer.text).kinds() for _, _, answer in asked(mild_desk, MILD[:12], True)))
    return found | Page(_brief(mild)).kinds()


@pytest.fixture(scope="session")
def read(desk: str) -> list[tuple[str, str, str]]:
    """The pages, asked for once."""
    found = []
    for path, s, answer in asked(desk, STRINGS, EVERY):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy, path
        assert "set-cookie" not in answer.headers or "hit" not in answer.headers["set-cookie"], path
        assert answer.status_code in ((200,) if s else (200, 404, 422)), (path, answer.status_code)
        found.append((path, s, answer.text))
    return found


def _brief(store: Path) -> str:
    kept = Store(store)
    return as_html(account(kept.articles(), kept.relations(), pack("fr")), pack("fr"))


@pytest.fixture(scope="session")
def brief(store: Path) -> str:
    """The account of all as one file."""
    return _brief(store)


def test_there_are_enough_strings_and_each_once() -> None:
    assert len(STRINGS) >= 200 and len(set(STRINGS)) == len(STRINGS)
    # Kinds follow one another, so that a kind of so many has every turn.
    assert all(len([*group]) >= TURNS for _, group in groupby(kind for kind, _ in KINDS))


def test_no_page_has_anything_made_from_what_it_tells(
    read: list[tuple[str, str, str]], brief: str, known: set[tuple[str, str]]
) -> None:
    wrong = []
    for path, s, written in [*read, ("brief", "", brief)]:
        page = Page(written)
        wrong += [f"{path}: {one}" for one in faults(page, known, FOLLOWED)]
        if s and flat(s) not in flat(page.text):
            wrong.append(f"{path}: not shown as it is: {s!r}")
    assert not wrong, (len(wrong), wrong[:20])


QUIET = "window.hit = undefined; window.alert = window.confirm = window.prompt = () => { window.hit = 'called'; };"


@pytest.fixture
def drawn(browser: Any) -> Iterator[Callable[[str, bytes | str], list[str]]]:
    """Draws markup in the browser, without the desk's policy or with none at all, and tells what it did."""
    context = browser.new_context()
    context.add_init_script(QUIET)

    def draw(where: str, markup: bytes | str) -> list[str]:
        page = context.new_page()
        did: list[str] = []
        page.on("dialog", lambda dialog: did.append("dialog") or dialog.dismiss())
        page.on("pageerror", lambda error: did.append(f"error {error}"))
        page.on("popup", lambda other: did.append("popup"))
        page.on("framenavigated", lambda frame: did.append(f"went to {frame.url}") if frame.url != where else None)
        page.on("request", lambda one: did.append(f"asked {one.url}") if one.url != where else None)
        page.route("**/*", lambda route: route.fulfill(body="", content_type="text/css"))
        page.route(where, lambda route: route.fulfill(body=markup, content_type="text/html; charset=utf-8"))
        page.goto(where, timeout=MILLISECONDS)
        page.wait_for_timeout(150)
        if page.evaluate("window.hit") is not None:
            did.append(f"hit {page.evaluate('window.hit')}")
        page.close()
        return [one for one in did if "/static/" not in one and not one.endswith(("data:,", "favicon.ico"))]

    yield draw
    context.close()


# So many pages are drawn as one document: what breaks out of one would run in it.
AS_ONE = 40
# A document of so many takes seconds, on a busy machine a minute.
MILLISECONDS = 180_000


def test_nothing_runs_where_no_policy_stops_it(
    read: list[tuple[str, str, str]], brief: str, drawn: Callable[[str, str], list[str]]
) -> None:
    loud = '<img src=x onerror="alert(1)">'
    assert any(one.startswith("hit") for one in drawn("http://desk.example/", loud)), "the browser tells nothing"
    whole = [written for _, _, written in read]
    for n, some in enumerate(_parted(whole)):
        assert drawn(f"http://desk.example/{n}", "".join(some)) == [], n
    free = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", brief)
    assert free != brief and drawn("http://desk.example/brief", free) == []


def _parted(whole: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(whole), AS_ONE):
        yield whole[start : start + AS_ONE]


def test_pages_as_they_are_complain_of_nothing(browser: Any, desk: str, brief: str, tmp_path: Path) -> None:
    """With the policy, and with our own scripts: what it would have stopped is not there either."""
    context = browser.new_context()
    context.add_init_script(QUIET)
    page = context.new_page()
    did: list[str] = []
    page.on("dialog", lambda dialog: did.append("dialog") or dialog.dismiss())
    page.on("console", lambda message: did.append(message.text))
    page.on("pageerror", lambda error: did.append(str(error)))
    page.on("request", lambda one: did.append(one.url) if not one.url.startswith((desk, "data:,", "file:")) else None)
    file = tmp_path / "brief.html"
    file.write_text(brief, encoding="utf-8")
    paths = ["/", "/log", "/changes", "/changes?from=2000-01-01"]
    # The first of each kind, on one of its pages, in turn.
    for turn, (_, group) in enumerate(groupby(range(len(KINDS)), lambda n: KINDS[n][0])):
        n = next(group)
        paths.append((f"/story/story{n}", f"/article/{quoted(f'{n}/{STRINGS[n]}')}", f"/entity/e{n}per")[turn % 3])
    for path in [*(desk + one for one in paths), file.as_uri()]:
        page.goto(path)
        assert page.evaluate("window.hit") is None and did == [], (path, did)
    page.goto(desk + "/")
    for s in ("<img src=x onerror=alert(1)>", "</title><script>alert(1)</script>"):
        page.locator("#q").fill(s)
        page.wait_for_timeout(400)
        assert page.locator("#hits script, #hits img").count() == 0 and page.evaluate("window.hit") is None
    context.close()
    assert did == []


def test_the_api_and_the_feeds_say_it_as_it_is(desk: str) -> None:
    with httpx.Client(base_url=desk, timeout=120) as client:
        for n, s in enumerate(STRINGS):
            told = client.get(f"/api/article/{quoted(f'{n}/{s}')}")
            assert told.headers["content-type"] == "application/json" and told.json()["article"]["outlet"] == s
            assert told.headers["x-content-type-options"] == "nosniff"
            if n % 10 == 0:
                assert client.get("/api/search", params={"q": s[:200]}).status_code == 200
                assert client.get(f"/api/story/story{n}").status_code == 200
                for path in (f"/api/story/{quoted(s)}", f"/api/entity/{quoted(s)}", f"/api/story/story{n}/changes"):
                    answer = client.get(path, params={"from": s, "lang": s})
                    assert answer.status_code in (200, 404, 422) and answer.json(), path
        labels = {one["label"] for start in (0, 500) for one in
                  client.get("/api/entities", params={"limit": 500, "offset": start}).json()["items"]}  # fmt: skip
        assert [one for one in STRINGS if one not in labels] == []
        raw = client.get("/feed.atom").content
        feed = ElementTree.fromstring(raw)
        atom = "{http://www.w3.org/2005/Atom}"
        assert {one.tag for one in feed.iter()} == {
            atom + tag for tag in ("feed", "id", "title", "updated", "link", "author", "name", "entry", "published",
            "category", "content")
        }  # fmt: skip
        for one in feed.iter(f"{atom}link"):
            assert one.attrib["href"].startswith(desk + "/")
        inside = [Page(one.text or "") for one in feed.iter(f"{atom}content")]
        assert inside and set().union(*(page.kinds() for page in inside)) == {
            (tag, name) for tag, names in {"div": [""], "p": [""], "a": ["", "href"], "i": ["", "lang"],
            "b": ["", "lang"], "small": ["", "lang"], "span": ["", "lang"]}.items() for name in names
        }  # fmt: skip
        assert all(one.startswith(desk + "/") for page in inside for one in page.values("href"))
