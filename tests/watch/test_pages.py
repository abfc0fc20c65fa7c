"""Time on the desk: earlier states, changes, feeds, what is new to a reader, and the line that says what arrives."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import feedparser
import httpx
import msgspec
import pytest
from growing import Grown, hour, read

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.lang import available
from recoupe.model.records import Annotated
from recoupe.model.relations import story_id
from recoupe.run import related
from recoupe.store import Store
from recoupe.watch import notice
from recoupe.web.live import Server
from serving import serving

FROM, TO = "2031-03-03T02:30Z", "2031-03-03T04:30Z"
# A moment after all years, on the state before the first article, which every store has.
LATE = "0-00000000-999999999999_0-00000000-999999999999"


class Served(NamedTuple):
    """A running desk over a store that can grow."""

    address: str
    grown: Grown
    later: list[Annotated]
    server: Server

    @property
    def story(self) -> str:
        return f"/story/{self.grown.story.id}"

    def get(self, path: str, **more: Any) -> httpx.Response:
        return httpx.get(self.address + path, **more)

    def arrive(self, n: int = 1) -> None:
        """Articles arrive, as `recoupe add` brings them from elsewhere."""
        store = Store(self.grown.path)
        for _ in range(n):
            store.put(self.later.pop(0))
        related(store)
        notice(store)
        store.close()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with four of six articles, two of them noticed."""
    path = tmp_path_factory.mktemp("pages") / "s.db"
    store = Store(path, create=True)
    for n, one in enumerate(read("truce")[:4], 1):
        store.put(one, hour(n))
        if n % 2 == 0:
            related(store)
            notice(store)
    store.close()
    return path


@pytest.fixture
def served(kept: Path, tmp_path: Path) -> Iterator[Served]:
    """A desk over a copy of it, which can grow."""
    path = tmp_path / "s.db"
    path.write_bytes(kept.read_bytes())
    with serving(path) as (address, server):
        yield Served(address, Grown(path), read("truce")[4:], server)


def test_a_story_as_of_a_time(served: Served) -> None:
    then = served.get(f"{served.story}?as_of=2031-03-03T02:30Z&lang=en").text
    assert "2 of its 4 articles" in then and "Omdourman" not in then
    assert f'href="{served.story}?as_of=2031-03-03T02%3A30%3A00Z"' in then
    now = served.get(served.story + "?lang=en").text
    assert "Omdourman" in now and "as the store had it" not in now
    assert served.get(f"{served.story}?as_of=2031-03-03T00:30Z&lang=en").text.count("no article of this story") == 1
    assert served.get(f"{served.story}?as_of=soon").status_code == 422
    assert served.get("/story/nothing?as_of=24h").status_code == 404


def test_a_permanent_link_stays_what_it_was(served: Served) -> None:
    address = f"{served.story}?as_of=2031-03-03T03:30:00Z&lang=fr"
    before, told = (served.get(path).text for path in (address, f"/api{address}"))
    served.arrive(2)
    main = re.compile(r'<section class="story".*</section>', re.S)
    after = main.search(served.get(address).text)
    assert after and after[0] == main.search(before)[0]  # type: ignore[index]
    assert served.get(f"/api{address}").json() == json.loads(told)


def test_an_old_address_of_a_story_leads_on_with_its_question(served: Served) -> None:
    old = story_id(served.grown.story.docs[1])
    answer = served.get(f"/story/{old}?as_of=2031-03-03T02:30Z")
    assert answer.status_code == 307 and answer.headers["location"].startswith(served.story + "?as_of=2031-03-03")
    assert served.get(f"/story/{old}/changes?from=24h").headers["location"].startswith(served.story + "/changes?from")


@pytest.mark.parametrize("base", ["/changes", "STORY/changes"])
def test_changes_between_two_moments(served: Served, base: str) -> None:
    path = base.replace("STORY", served.story)
    page = served.get(f"{path}?from={FROM}&to={TO}&lang=en").text
    assert "Incident alleged inside the truce" in page and "2 articles came" in page and "§2" in page
    assert "No article came" in served.get(f"{path}?from=2031-03-04&to=2031-03-05&lang=en").text
    for query in ("from=soon", "from=2031-03-05&to=2031-03-04", "to=2031-03-04", "from=9999999d"):
        assert served.get(f"{path}?{query}").status_code == 422, query


def test_alerts_are_listed_the_newest_first(served: Served) -> None:
    assert "Incident" in served.get("/changes?lang=en").text
    served.arrive()
    page = served.get("/changes?lang=en").text
    assert page.index("New dispute") < page.index("Incident alleged")
    for code in available():
        assert served.get(f"/changes?lang={code}").status_code == 200


@pytest.mark.parametrize("base", ["", "STORY"])
def test_feeds_are_read_by_a_reader_of_feeds(served: Served, base: str) -> None:
    path = base.replace("STORY", served.story) + "/feed.atom"
    answer = served.get(path, headers={"Accept-Language": "en"})
    found = feedparser.parse(answer.content)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert not found.bozo and found.version == "atom10" and found.entries
    assert {entry.tags[0].term for entry in found.entries} >= {"incident", "text"}
    for entry in found.entries:
        assert served.get(entry.link.removeprefix(served.address)).status_code == 200
    assert (
        served.get(path, headers={"If-None-Match": answer.headers["etag"], "Accept-Language": "en"}).status_code == 304
    )
    served.arrive()
    again = feedparser.parse(served.get(path, headers={"Accept-Language": "en"}).content)
    ids = [entry.id for entry in again.entries]
    assert ids[-len(found.entries) :] == [entry.id for entry in found.entries] and len(ids) > len(found.entries)


def test_the_api_gives_the_same(served: Served) -> None:
    told = served.get(f"/api/changes?from={FROM}&to={TO}&lang=en").json()
    assert told["total"] == 1 and told["next"] is None and told["from"] == "2031-03-03T02:30:00.000000+00:00"
    (story,) = told["stories"]
    assert served.get(f"/api{served.story}/changes?from={FROM}&to={TO}&lang=en").json()["stories"] == [story]
    incident = next(one for one in story["changes"] if one["kind"] == "incident")
    for one in incident["passages"]:
        text = served.get(f"/api/article/{one['doc']}").json()["article"]["text"]
        assert text[one["start"] : one["end"]] in incident["sentence"]
    alerts = served.get("/api/alerts?limit=2").json()
    assert alerts["total"] > 2 and alerts["next"] == 2 and len(alerts["items"]) == 2
    assert served.get(f"/api/alerts?story={served.grown.story.id}&limit=500").json()["total"] == alerts["total"]
    then = served.get(f"/api{served.story}?as_of=2031-03-03T02:30Z").json()
    assert [one["doc"] for one in then["articles"]] == ["01", "02"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/changes", 422), ("/api/changes?from=soon", 422), ("/api/changes?from=1h&to=2h", 422),
        ("/api/story/none/changes?from=24h", 404), ("/api/story/none?as_of=24h", 404), ("STORY?as_of=x", 422),
        ("/api/alerts?story=none", 404), ("/api/alerts?limit=0", 422), ("/api/live?since=-1", 422),
        ("/story/none/feed.atom", 404), ("/story/none/changes", 404), ("/?page=²", 200), ("/changes?page=²", 200),
        ("/changes?from=24h&to=9999-12-31", 422), ("STORY?as_of=9999-12-31", 422),
        ("/api/alerts?offset=9223372036854775807", 422), ("/api/live?since=99999999999999999999", 422),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_said(served: Served, path: str, status: int) -> None:
    assert served.get(path.replace("STORY", "/api" + served.story)).status_code == status


def test_what_is_new_since_the_reader_last_looked(served: Served) -> None:
    with httpx.Client(base_url=served.address, params={"lang": "en"}) as reader:
        assert "last looked" not in reader.get("/").text  # the first look
        assert "Nothing new since you last looked" in reader.get(served.story).text
        served.arrive()
        for path in ("/", served.story):
            page = reader.get(path).text
            assert "1 article came since you last looked" in page, path
            what = re.search(r'href="([^"]*changes\?from=[^"]+)">See what changed', page)
            assert what and "New dispute" in reader.get(what[1].replace("&amp;", "&")).text
        assert ">1 new</a>" in reader.get("/").text
        token = re.search(r'name="token" value="([^"]+)"', reader.get("/").text)
        assert token
        seen = reader.post("/seen", data={"token": token[1], "back": served.story})
        assert seen.status_code == 303 and seen.headers["location"] == served.story
        assert "Nothing new since you last looked" in reader.get("/").text


def test_a_page_counts_from_what_it_shows(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    # A desk of many articles is read anew for seconds, in which it shows the state before.
    with monkeypatch.context() as patched:
        patched.setattr("recoupe.web.desk.Desk._begin", lambda _: None)
        served.arrive()
        assert 'data-since="4"' in served.get("/").text
    assert 'data-since="5"' in served.get("/").text


def test_a_look_ends_with_a_rest(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_000_000.0]
    monkeypatch.setattr("recoupe.web.looked.time.time", lambda: now[0])
    with httpx.Client(base_url=served.address, params={"lang": "en"}) as reader:
        reader.get("/")
        served.arrive()
        now[0] += 60
        assert "1 article came" in reader.get("/").text
        now[0] += 60
        assert "1 article came" in reader.get("/").text  # a reload loses nothing
        now[0] += 3600
        assert "Nothing new" in reader.get("/").text  # what the last look showed is known now


@pytest.mark.parametrize(
    "cookie", ["", "x", "1-00000000-5", "4-00000000-5_4-00000000-5", "9" * 400, "1-a-1_2-b-2", LATE]
)
def test_a_cookie_of_another_store_does_not_count(served: Served, cookie: str) -> None:
    page = served.get("/?lang=en", cookies={"recoupe_seen": cookie})
    assert page.status_code == 200 and "last looked" not in page.text


def test_seen_takes_the_forms_token(served: Served) -> None:
    assert httpx.post(served.address + "/seen", data={"token": "guess"}).status_code == 403
    sent = httpx.post(
        served.address + "/seen", data={"token": "t", "back": "//evil.example"}, cookies={"recoupe_form": "t"}
    )
    assert sent.headers["location"] == "/"


def events(served: Served, path: str, n: int) -> list[dict[str, int]]:
    """The first events of a stream."""
    found: list[dict[str, int]] = []
    with httpx.stream("GET", served.address + path, timeout=20) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        for line in answer.iter_lines():
            if line.startswith("data: "):
                found.append(json.loads(line[6:]))
                if len(found) == 1 and n > 1:
                    threading.Thread(target=served.arrive).start()
            if len(found) == n:
                break
    return found


def test_a_stream_tells_of_arrivals(served: Served) -> None:
    assert events(served, f"/api/live?since=4&story={served.grown.story.id}", 2) == [
        {"state": 4, "articles": 0},
        {"state": 5, "articles": 1},
    ]
    assert events(served, "/api/live?since=0", 1) == [{"state": 5, "articles": 5}]
    assert events(served, "/api/live?since=0&story=none", 1) == [{"state": 5, "articles": 0}]


def test_one_who_goes_away_is_let_go(served: Served) -> None:
    live = served.server.config.app.state.live  # type: ignore[union-attr]
    for _ in range(3):
        events(served, "/api/live", 1)
    end = time.monotonic() + 10
    while live.open and time.monotonic() < end:
        time.sleep(0.05)
    assert live.open == 0


def test_too_many_streams_are_refused(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recoupe.web.live.STREAMS", 0)
    assert served.get("/api/live").status_code == 503


def test_a_server_with_listeners_stops(tmp_path: Path, scenario: Callable[[str], Grown]) -> None:
    heard = threading.Event()
    with serving(scenario("truce").path) as (address, _):

        def listen() -> None:
            with httpx.stream("GET", address + "/api/live", timeout=20) as answer:
                for line in answer.iter_lines():
                    if line.startswith("data: "):
                        heard.set()

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        assert heard.wait(10)
    listener.join(10)
    assert not listener.is_alive()


@pytest.fixture
def visit(browser: Any, served: Served) -> Iterator[Callable[..., Any]]:
    """Opens a page of the desk; what the console says is kept."""
    contexts = []

    def visited(path: str, locale: str = "fr-FR", width: int = 1200, **more: Any) -> Any:
        context = browser.new_context(locale=locale, viewport={"width": width, "height": 900}, **more)
        contexts.append(context)
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(served.address + path)
        return page

    yield visited
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("locale", "words"), [("fr-FR", "1 nouvel article"), ("en-GB", "1 new article")])
def test_a_page_says_what_arrives_and_leaves_it_to_the_reader(
    visit: Callable[..., Any], served: Served, locale: str, words: str
) -> None:
    page = visit(served.story, locale)
    assert page.locator("#live").inner_text() == "" and page.locator("#live").get_attribute("aria-live") == "polite"
    served.arrive()
    page.locator("#live a").wait_for(timeout=15_000)
    assert words in page.locator("#live").inner_text()
    at = page.evaluate("document.activeElement === document.body")
    assert at and page.said == []
    page.locator("#live a").click()
    page.wait_for_load_state()
    assert page.locator(".news").count() == 1 and page.said == []


def test_pages_about_time_complain_of_nothing_on_a_phone_or_without_script(
    visit: Callable[..., Any], served: Served
) -> None:
    paths = (
        "/changes", f"/changes?from={FROM}&to={TO}", f"{served.story}?as_of=2031-03-03T03:30Z", served.story,
        f"{served.story}/changes",
    )  # fmt: skip
    for path in paths:
        page = visit(path, width=360)
        assert page.said == [] and page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert visit(path, java_script_enabled=False).locator("h1, h2").first.inner_text().strip()


def test_what_was_rewritten_is_read_as_it_was(served: Served) -> None:
    old = served.grown.store.articles(frozenset({"04"}))[0].article
    text = old.text.replace("des obus sont tombés sur Omdourman", "Omdourman est restée calme")
    (done,) = annotate([msgspec.structs.replace(old, text=text)], ANNOTATORS, Parser())
    served.later.insert(0, done)
    served.arrive()
    page = served.get(f"{served.story}?as_of=2031-03-03T04:00Z&lang=en").text
    links = set(re.findall(r'href="(/article/04\?at=[^"]+)"', page))
    assert links and all("as_of=2031-03-03T04%3A00%3A00Z" in link for link in links)
    assert not re.search(r'/article/01\?at=[^"]+as_of', page)
    then = [served.get(link.replace("&amp;", "&").removesuffix("#at") + "&lang=en").text for link in links]
    assert all("obus" in one and "as the store had it" in one for one in then)
    assert any('class="in-claim lit"' in one or " lit" in one for one in then)
    now = served.get("/article/04?lang=en").text
    text = now.partition('<div class="text"')[2]
    assert "restée calme" in text and "obus" not in text and "as the store had it" not in now
    # Above the text it is told what was changed.
    assert "without saying so: 1 sentence changed" in now and re.search(r"<del>[^<]*obus", now)
    told = served.get(f"{served.story}/changes?from=2031-03-03T04:00Z&lang=en").text
    assert "Text changed" in told and "as_of=2031-03-03T04" in told
    assert served.get("/article/04?as_of=soon").status_code == 422
    assert served.get("/article/04?as_of=2031-03-03T01:00Z").status_code == 404
