"""What people settle in the pages: disputes with a reason, entities, a second signature, notes on sources, names
masked, stories and records held back; every change is signed, logged, and survives that all is related anew."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from stranger import Served

from keeping import related_anew
from recoupe.store import Store
from serving import serving

TOKEN = {"recoupe_form": "t"}
LATER = (datetime.now() + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def own(store: Path, tmp_path: Path) -> Iterator[Served]:
    """A desk over a copy of the store, to be written to."""
    copy = tmp_path / "own.db"
    shutil.copy(store, copy)
    with serving(copy) as (address, _):
        yield Served(address, copy)


def sent(desk: Served, path: str, **values: str) -> httpx.Response:
    told = {"token": "t", "who": "A. Martin", **values}
    return httpx.post(f"{desk.address}{path}", data=told, cookies=TOKEN)


def page(desk: Served, path: str, lang: str = "fr") -> str:
    return httpx.get(f"{desk.address}{path}", params={"lang": lang}, follow_redirects=True).text


def api(desk: Served, path: str) -> Any:
    return httpx.get(f"{desk.address}/api{path}").json()


def story_of(desk: Served, doc: str) -> str:
    return next(one["id"] for one in api(desk, "/stories")["items"] if doc in one["docs"])


def entity_of(desk: Served, form: str) -> str:
    store = Store(desk.store)
    found = next(one.id for one in store.relations().entities if any(form in each for each, _ in one.forms))
    store.close()
    return found


def test_a_dispute_is_settled_in_the_page_with_a_reason(own: Served, browser: Any) -> None:
    story = next(one for one in api(own, "/stories")["items"] if one["disputes"])["id"]
    context = browser.new_context(locale="fr-FR")
    opened = context.new_page()
    opened.goto(f"{own.address}/story/{story}")
    box = opened.locator(".dispute").first
    answers = box.locator(".line").count()
    box.locator("details.hand > summary").click()
    form = box.locator("form").first
    form.locator("input[name=who]").fill("A. Martin")
    form.locator("textarea[name=note]").fill("Le <b>communiqué</b> du 24 mai tranche.")
    form.locator("button").click()
    settled = opened.locator(".dispute .settled").first
    assert "réglé par A. Martin le" in settled.inner_text() and "<b>communiqué</b>" in settled.inner_text()
    # Nothing of the answers is dropped.
    assert opened.locator(".dispute").first.locator(".line").count() == answers
    context.close()
    assert "settled by A. Martin on" in page(own, f"/story/{story}", "en")
    assert any(dispute["settled"] for dispute in disputes(own, story))


def disputes(desk: Served, story: str) -> list[dict[str, Any]]:
    told = api(desk, f"/story/{story}")["stories"][0]
    every = [
        *told.get("disputes", ()),
        *(one for strand in told.get("strands", ()) for one in strand.get("disputes", ())),
    ]
    return [{"settled": (), **one} for one in every]


def test_a_settlement_survives_that_all_is_related_anew(own: Served) -> None:
    story = next(one for one in api(own, "/stories")["items"] if one["disputes"])["id"]
    key = disputes(own, story)[0]["ids"][0]
    assert sent(own, "/review", layer="dispute", record=key, verdict="settled").status_code == 422
    assert sent(own, "/review", layer="dispute", record=key, verdict="settled", note="vu").status_code == 303
    store = Store(own.store)
    # Without one article that answers, the dispute has another id; its other answers find it again.
    related_anew(store)
    store.close()
    assert any(one["settled"] for one in disputes(own, story))
    assert sent(own, "/review", layer="dispute", record=key, verdict="withdrawn").status_code == 303
    assert not any(one["settled"] for one in disputes(own, story))


def test_a_second_signature_is_needed_where_it_is_set(own: Served) -> None:
    found = api(own, "/article/truce-05")["records"]
    record = next(one["id"] for one in found if one["layer"] == "claim")
    about = {"doc": "truce-05", "record": record, "verdict": "confirmed", "status": "checked"}
    sent(own, "/review", **about)
    assert "vérifié par A. Martin" in page(own, "/article/truce-05")
    assert sent(own, "/set", layer="store", **{"set-signatures": "2"}).status_code == 303
    assert "vérifié par" not in page(own, "/article/truce-05") and "manque 1 signature" in page(
        own, "/article/truce-05"
    )
    for again in (" a.  MARTIN ", "A.\u200b Martin", "A. Martin"):  # the same person once more
        sent(own, "/review", **about, who=again)
        assert "vérifié par" not in page(own, "/article/truce-05")
    sent(own, "/review", **about, who="B. Diallo")
    assert "vérifié par A. Martin et B. Diallo" in page(own, "/article/truce-05")
    assert sent(own, "/set", layer="store", **{"set-signatures": "1"}).status_code == 303
    assert api(own, "/article/truce-05")["standings"][record]["status"] == "checked"


def test_what_people_say_makes_an_answer_another(own: Served) -> None:
    paths = ["/article/truce-05", f"/story/{story_of(own, 'truce-05')}", "/log"]
    tags = [httpx.get(f"{own.address}/api{path}").headers["etag"] for path in paths]
    record = next(one["id"] for one in api(own, "/article/truce-05")["records"] if one["layer"] == "claim")
    assert sent(own, "/review", doc="truce-05", record=record, verdict="confirmed").status_code == 303
    for path, tag in zip(paths, tags, strict=True):
        assert httpx.get(f"{own.address}/api{path}", headers={"If-None-Match": tag}).status_code == 200, path


def test_sources_have_signed_notes(own: Served) -> None:
    who = entity_of(own, "Burhan")
    for layer, key, path in (
        ("entity", who, f"/entity/{who}"), ("outlet", "The Nile Courier", "/outlet/The%20Nile%20Courier"),
    ):  # fmt: skip
        assert (
            sent(own, "/review", layer=layer, record=key, verdict="noted", note=f"Note sur {layer}.").status_code == 303
        )
        assert f"Note sur {layer}." in page(own, path)
        sent(own, "/review", layer=layer, record=key, verdict="withdrawn")
        assert f"Note sur {layer}." not in page(own, path)
    assert sent(own, "/review", layer="outlet", record="Nobody", verdict="noted").status_code == 404


def test_a_masked_name_is_on_no_page_and_in_no_answer(own: Served) -> None:
    who = entity_of(own, "Burhan")
    # What was settled of it says its name too.
    assert sent(own, f"/entity/{who}/merge", other=entity_of(own, "Abdramane")).status_code == 303
    assert any(api(own, "/search?q=burhane").values())
    before = page(own, "/article/truce-03")
    assert "Burhane" in before
    assert sent(own, "/set", layer="entity", record=who, **{"set-mask": "prisoner"}).status_code == 303
    story = story_of(own, "truce-03")
    paths = [
        "/",
        "/log",
        f"/entity/{who}",
        f"/story/{story}",
        "/article/truce-03",
        "/search?q=burhane",
        "/search?q=khartoum",
    ]
    paths += ["/api/stories", f"/api/story/{story}", "/api/article/truce-03", "/api/entities?limit=500", "/api/log"]
    paths += [f"/api/entity/{who}", "/api/search?q=burhane", "/api/articles"]
    for path in paths:
        told = httpx.get(f"{own.address}{path}").text
        # What was searched for is told again, in its own small letters.
        assert not re.search(r"B(o)?urhan|[Ff]attah|per/\S*burhan", told), path
    # Nor does a search for it say where it is hidden.
    assert not any(api(own, "/search?q=burhane").values()) and api(own, "/search?q=khartoum")["claim"]
    assert "█████" in page(own, "/article/truce-03") and "prisonnier" in page(own, f"/entity/{who}")
    # Another lifts it; the log keeps both entries.
    sent(own, "/set", layer="entity", record=who, who="B. Diallo", **{"set-mask": ""})
    assert "Burhane" in page(own, "/article/truce-03")
    assert [one["verdict"] for one in api(own, "/log")["items"]] == [] and page(own, "/log").count("réglage") == 2


def test_a_story_held_back_is_seen_here_and_not_given_away(own: Served) -> None:
    story = story_of(own, "truce-01")
    known = api(own, "/articles")["total"]
    assert sent(own, "/set", layer="story", record=story, **{"set-embargo": LATER}).status_code == 303
    assert "Sous embargo" in page(own, f"/story/{story}") and "Sous embargo" in page(own, "/article/truce-01")
    assert api(own, f"/story/{story}") == {"error": 404} and api(own, "/article/truce-01") == {"error": 404}
    assert api(own, "/articles")["total"] < known
    assert not api(own, "/search?q=djeddah")["article"]
    assert sent(own, "/set", layer="story", record=story, **{"set-embargo": "2020-01-01T00:00"}).status_code == 303
    assert "stories" in api(own, f"/story/{story}")


def test_an_article_held_back_by_itself(own: Served) -> None:
    known = api(own, "/articles")["total"]
    assert sent(own, "/set", layer="article", doc="truce-05", **{"set-embargo": LATER}).status_code == 303
    assert "Sous embargo" in page(own, "/article/truce-05") and "Sous embargo" not in page(own, "/article/truce-01")
    assert api(own, "/article/truce-05") == {"error": 404} and api(own, "/articles")["total"] == known - 1
    assert "Article" in page(own, "/log") and "truce-05" in page(own, "/log")
    assert sent(own, "/set", layer="article", doc="nobody", **{"set-embargo": LATER}).status_code == 404
    assert sent(own, "/set", layer="article", doc="truce-05", **{"set-embargo": ""}).status_code == 303
    assert api(own, "/articles")["total"] == known


def test_a_record_held_back_leaves_with_its_words(own: Served) -> None:
    found = next(one for one in api(own, "/article/truce-05")["records"] if one["layer"] == "claim")
    sent(own, "/set", layer="claim", doc="truce-05", record=found["id"], **{"set-embargo": LATER})
    left = httpx.get(f"{own.address}/api/article/truce-05").text
    assert found["id"] not in left and found["text"] not in left
    hits = httpx.get(f"{own.address}/api/search", params={"q": found["text"]}).json()
    assert found["id"] not in {hit["ref"] for hit in hits["claim"]}
    assert found["text"] in httpx.get(f"{own.address}/article/truce-05").text or "Sous embargo" in page(
        own, "/article/truce-05"
    )


def test_what_cannot_be_set_is_refused(own: Served) -> None:
    story = story_of(own, "truce-01")
    for values in (
        {"set-embargo": "tomorrow"}, {"set-grain": "11"}, {"set-grain": "nan"}, {"set-delay": "-1"},
        {"set-signatures": "0"}, {"set-signatures": "1.5"}, {"set-mask": "minor"}, {"set-other": "x"},
    ):  # fmt: skip
        assert sent(own, "/set", layer="story", record=story, **values).status_code == 422, values
    assert sent(own, "/set", layer="entity", record="none", **{"set-mask": "minor"}).status_code == 404
    assert sent(own, "/set", layer="story", record=story, who=" ", **{"set-grain": "1"}).status_code == 422
    assert httpx.post(f"{own.address}/set", data={"token": "x", "layer": "story", "who": "x"}).status_code == 403
    assert "réglage" not in page(own, "/log")


def test_entities_are_merged_split_and_put_back_on_their_page(own: Served, browser: Any) -> None:
    one, two = entity_of(own, "Burhan"), entity_of(own, "Abdramane")
    context = browser.new_context(locale="fr-FR")
    opened = context.new_page()
    assert sent(own, f"/entity/{one}/merge", other=two).status_code == 303
    opened.goto(f"{own.address}/entity/{one}")
    forms = opened.locator("main").inner_text()
    assert "Abdramane" in forms and "sont un seul" in forms
    # The other's address leads here.
    assert httpx.get(f"{own.address}/entity/{two}").status_code in (200, 307)
    undo = opened.locator("form[action$='/undo']").first
    undo.locator("input[name=who]").fill("B. Diallo")
    undo.locator("button").click()
    opened.wait_for_load_state()
    assert "sont un seul" not in opened.locator("main").inner_text()
    options = opened.locator("select[name=what] option").all_text_contents()
    assert len(options) > 2, opened.locator("main").inner_text()[:300]
    assert sent(own, f"/entity/{one}/split", what=options[0]).status_code == 303
    assert sent(own, f"/entity/{one}/split", what="nobody").status_code == 422
    assert sent(own, f"/entity/{one}/merge", other=one).status_code == 422
    context.close()


def test_a_heading_one_jumps_to_is_not_covered(visit: Callable[..., Any]) -> None:
    opened = visit("/article/truce-04")
    record = opened.locator(".records li[id]").last.get_attribute("id")
    opened.goto(opened.url.partition("#")[0] + "#" + str(record))
    opened.wait_for_timeout(100)
    top = opened.locator(f"[id='{record}']").bounding_box()["y"]
    bar = opened.locator(".layers").bounding_box()
    assert top >= bar["y"] + bar["height"] or top >= 900 - 400 or bar["y"] < 0


def test_a_story_page_has_its_contents_charts_and_bar(visit: Callable[..., Any], served: Served) -> None:
    story = story_of(served, "truce-01")
    opened = visit(f"/story/{story}")
    for link in opened.locator("nav.toc a").all():
        assert opened.locator(f"[id='{str(link.get_attribute('href'))[1:]}']").count() == 1
    mark = opened.locator("svg.truce-bar a").first
    assert str(mark.get_attribute("href")).startswith("/article/")
    assert opened.said == []


def test_an_outlets_page_lists_its_articles(served: Served) -> None:
    found = page(served, "/outlet/" + quote("The Nile Courier"))
    assert "truce-02" in found and "truce-01" not in found
    assert httpx.get(f"{served.address}/outlet/none").status_code == 404
