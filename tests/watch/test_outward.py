"""What people have set holds for time too: names masked and stories held back, in states, changes and alerts."""

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import msgspec
import pytest
from growing import Grown, hour, read

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.model.reviews import Review
from recoupe.run import related
from recoupe.store import Outward, Store, reviews
from recoupe.watch import notice
from serving import serving

Run = Callable[..., tuple[int, str, str]]
NAMES = ("burhan", "abdel fattah")
SPAN = "from=2031-03-03T02:30Z&to=2031-03-03T09:30Z"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose third article names a general."""
    path = tmp_path_factory.mktemp("outward") / "s.db"
    store = Store(path, create=True)
    for n, one in enumerate(read("truce"), 1):
        store.put(one, hour(n))
        related(store)
        notice(store)
    store.close()
    return path


@pytest.fixture
def grown(whole: Path, tmp_path: Path) -> Iterator[Grown]:
    (tmp_path / "s.db").write_bytes(whole.read_bytes())
    found = Grown(tmp_path / "s.db")
    yield found
    found.store.close()


def told(grown: Grown, path: str) -> str:
    """What a page or an answer says, in small letters without accents."""
    with serving(grown.path) as (address, _):
        answer = httpx.get(address + path.replace("STORY", f"/story/{grown.story.id}"))
    assert answer.status_code == 200, path
    return plain(answer.text)


def plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()


def put(grown: Grown, layer: str, record: str, fields: dict[str, str], about: tuple[tuple[str, str], ...]) -> None:
    values = {"doc": "", "who": "A. Martin", "at": hour(1), "verdict": "set", "fields": fields, "about": about}
    reviews.append(grown.store.engine, Review(layer=layer, record=record, **values))  # type: ignore[arg-type]


def mask(grown: Grown) -> None:
    found = next(
        one for one in grown.store.relations().entities if any("Burhan" in form for form, _ in one.forms)
    )  # fmt: skip
    put(grown, "entity", found.id, {"mask": "victim"}, tuple(("", form) for form, _ in found.forms))


def hold(grown: Grown) -> None:
    until = (datetime.now(UTC) + timedelta(hours=5)).isoformat(timespec="minutes")
    put(grown, "story", grown.story.id, {"embargo": until}, tuple((doc, "") for doc in grown.story.docs))


@pytest.mark.parametrize(
    "path",
    [
        f"STORY/changes?{SPAN}", f"/changes?{SPAN}", "/changes", "STORY?as_of=2031-03-03T03:30Z", "/feed.atom",
        "STORY/feed.atom", f"/api/changes?{SPAN}", "/api/alerts", "/apiSTORY?as_of=2031-03-03T03:30Z",
    ],
)  # fmt: skip
def test_a_masked_name_is_masked_at_every_time(grown: Grown, path: str) -> None:
    assert any(name in told(grown, path) for name in NAMES)
    mask(grown)
    after = told(grown, path)
    assert not [name for name in NAMES if name in after] and "█" in after


@pytest.mark.parametrize(
    "path", ["STORY?as_of=2031-03-03T00:30Z", "STORY/changes", "/changes", "STORY/feed.atom", f"/changes?{SPAN}"]
)
def test_a_masked_name_in_a_title_is_masked_too(grown: Grown, path: str) -> None:
    grown.store.close()
    with sqlite3.connect(grown.path) as raw:
        raw.execute("UPDATE relation SET body = replace(body, 'Soudan : la', 'Burhane : la') WHERE layer = 'story'")
        raw.execute("UPDATE alert SET body = replace(body, 'Soudan : la', 'Burhane : la')")
    raw.close()
    assert "burhane" in told(grown, path)
    mask(grown)
    assert "burhan" not in told(grown, path)


def named(grown: Grown) -> str:
    """An article that names the general."""
    return next(one.article.id for one in grown.store.articles() if "burhan" in plain(one.article.text))


def rewritten(grown: Grown, doc: str) -> None:
    """Two more versions of an article: one that names the general once more, by his name alone, one that no longer
    does."""
    (one,) = grown.store.articles(frozenset({doc}))
    text = re.sub(r"(?i)(?:abdel fattah |al-)*burhane?", "l'officier", plain(one.article.text))
    for n, words in enumerate((f"{one.article.text}\nBurhane s'est tu hier soir.", text)):
        version = msgspec.structs.replace(one.article, text=words)
        grown.store.put(annotate([version], ANNOTATORS, Parser())[0], hour(8 + n))
    related(grown.store)


def test_what_a_source_changed_tells_what_is_not_masked(run: Run, grown: Grown) -> None:
    doc = named(grown)
    rewritten(grown, doc)
    for path in (f"/article/{doc}", "STORY"):
        assert "burhan" in told(grown, path) and "<del>" in told(grown, path)
    assert "burhan" in plain(run("versions", doc, "--store", grown.path)[1])


def test_what_a_source_changed_tells_no_masked_name_and_nothing_held_back(run: Run, grown: Grown) -> None:
    doc = named(grown)
    mask(grown)
    rewritten(grown, doc)
    for path in (f"/article/{doc}", "STORY"):
        assert "burhan" not in told(grown, path) and "█" in told(grown, path) and "<del>" in told(grown, path)
    for command in (("versions", doc), ("brief",)):
        code, out, _ = run(*command, "--store", grown.path)
        assert code == 0 and "burhan" not in plain(out)
    hold(grown)
    assert run("versions", doc, "--store", grown.path)[0] == 3
    assert Outward(grown.store, leaving=True).versions() == {}


@pytest.mark.parametrize("path", ["/feed.atom", f"/api/changes?{SPAN}", "/api/alerts"])
def test_what_is_held_back_does_not_leave(grown: Grown, path: str) -> None:
    assert "omdourman" in told(grown, path)
    hold(grown)
    assert "omdourman" not in told(grown, path) and "khartoum" not in told(grown, path)


@pytest.mark.parametrize("path", ["/changes", f"/changes?{SPAN}", "STORY?as_of=2031-03-03T04:30Z"])
def test_on_a_page_it_is_there(grown: Grown, path: str) -> None:
    hold(grown)
    assert "omdourman" in told(grown, path)


def test_addresses_of_what_is_held_back_lead_nowhere(grown: Grown) -> None:
    hold(grown)
    story = grown.story.id
    with serving(grown.path) as (address, _), httpx.Client(base_url=address) as client:
        for path in (f"/api/story/{story}?as_of=24h", f"/story/{story}/feed.atom", f"/api/alerts?story={story}"):
            assert client.get(path).status_code == 404, path
        assert client.get(f"/api/story/{story}/changes?{SPAN}").status_code == 404


def test_commands_give_away_neither(run: Run, grown: Grown) -> None:
    span = ("--from", "2031-03-03T02:30Z", "--to", "2031-03-03T09:30Z")
    mask(grown)
    for command in (("diff", "--store", grown.path, *span), ("alert", "--store", grown.path)):
        code, out, _ = run(*command)
        assert code == 0 and "█" in out and not [name for name in NAMES if name in plain(out)]
    hold(grown)
    assert "Omdourman" not in run("diff", "--store", grown.path, *span)[1]
    assert "Omdourman" not in run("alert", "--store", grown.path)[1]
