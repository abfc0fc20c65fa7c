"""What people have set holds in every format: a masked name, a story and a record held back, a coarse map; the store
keeps all of it, and what people said is exported."""

import hashlib
import io
import json
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pyarrow.parquet as parquet
import pytest

from keeping import kept
from recoupe.brief import account, as_html, as_json
from recoupe.cli.exported import STREAMS
from recoupe.export import FOLDERS, Content
from recoupe.lang import pack
from recoupe.model.article import Article
from recoupe.model.records import Claim
from recoupe.model.reviews import Review, quoted
from recoupe.store import Outward, Store, reviews, verify

SCENARIOS = Path(__file__).parent.parent / "relate" / "scenarios"
NAMES = ("burhan", "bourhan", "abdel fattah", "abdel-fattah")
HELD = ("stepanakert", "karabakh", "lori")
LATER = (datetime.now(UTC) + timedelta(hours=5)).isoformat(timespec="minutes")
BEFORE = "2020-01-01T00:00+00:00"
ALL = [*STREAMS, *FOLDERS, "brief.html", "brief.json"]


def source(name: str, key: str, told: dict[str, str], **more: str) -> Article:
    digest = hashlib.sha256(told["text"].encode()).hexdigest()
    return Article(
        id=key, text=told["text"], sha256=digest, lang=told["lang"], published=told["published"],
        outlet=told["outlet"], title=told["text"].partition("\n")[0], **more,
    )  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two stories in two languages; one article has a name in its address, its file and its own id."""
    articles = []
    for name in ("truce", "toll"):
        for line in (SCENARIOS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            own = "general-burhane" in f"{name}-{told['id']}" or (name, told["id"]) == ("truce", "03")
            key = "general-Burhane-03" if own else f"{name}-{told['id']}"
            url = "https://example.org/discours-de-burhane" if own else ""
            articles.append(source(name, key, told, url=url, source=f"{key}.txt"))
    return kept(tmp_path_factory.mktemp("outward") / "kept.db", articles)


@pytest.fixture
def store(desk: Path, tmp_path: Path) -> Iterator[Store]:
    copy = tmp_path / "kept.db"
    copy.write_bytes(desk.read_bytes())
    kept = Store(copy)
    yield kept
    kept.close()


def said(store: Store, layer: str, record: str, **more: object) -> None:
    values = {"doc": "", "who": "A. Martin", "at": "2031-01-01T00:00:00+00:00", "verdict": "set", **more}
    reviews.append(store.engine, Review(layer=layer, record=record, **values))  # type: ignore[arg-type]


def masked(store: Store) -> str:
    entity = next(one for one in store.relations().entities if any("Burhan" in form for form, _ in one.forms))
    said(store, "entity", entity.id, fields={"mask": "victim"}, about=tuple(("", form) for form, _ in entity.forms))
    return entity.id


def held(store: Store, until: str = LATER) -> str:
    story = next(one for one in store.stories() if "toll-01" in one.docs)
    said(store, "story", story.id, fields={"embargo": until}, about=tuple((doc, "") for doc in story.docs))
    return story.id


def given(store: Store, name: str) -> str:
    """All the words that a format gives away, in small letters without accents."""
    content = Content.of(store, pack("fr"))
    if name == "parquet":
        raw = json.dumps([parquet.read_table(io.BytesIO(one)).to_pylist() for _, one in FOLDERS[name](content)])
    elif name == "csv":
        raw = b"".join(one for _, one in FOLDERS[name](content)).decode()
    elif name.startswith("brief"):
        found = account(content.articles, content.relations, content.pack, hand=content.hand)
        raw = (as_html if name == "brief.html" else as_json)(found, content.pack)
    else:
        whole = b"".join(STREAMS[name](content))
        if name == "docx":
            with zipfile.ZipFile(io.BytesIO(whole)) as opened:
                raw = "".join(opened.read(one).decode("utf-8", "replace") for one in opened.namelist())
        else:
            raw = whole.decode("utf-8", "replace")
    if name in ("jsonl", "geojson", "plover", "claim", "ftm", "timelinejs", "webannotation", "parquet"):
        raw = raw.encode().decode("unicode_escape", "replace") + raw
    raw = raw.replace("\r\n ", "")  # folded lines of a calendar
    return "".join(c for c in unicodedata.normalize("NFKD", raw) if not unicodedata.combining(c)).lower()


@pytest.mark.parametrize("name", ALL)
def test_no_format_gives_away_what_is_masked_or_held_back(name: str, store: Store) -> None:
    before = given(store, name)
    masked(store)
    held(store)
    after = given(store, name)
    assert after and not [word for word in (*NAMES, *HELD) if word in after]
    # What is neither still leaves.
    if name not in ("claim", "ics"):
        assert "soudan" in after or "truce-0" in after
    if name in ("jsonl", "csv", "parquet", "sqlite", "markdown", "docx", "webannotation", "ftm"):
        assert any(word in before for word in NAMES) and any(word in before for word in HELD)


def test_the_store_keeps_what_it_must(store: Store) -> None:
    masked(store)
    held(store)
    text = "".join(one.article.text for one in store.articles())
    assert "Burhane" in text and "Stepanakert" in text
    assert verify(store)[0] == 12


def test_offsets_hold_in_a_masked_text(store: Store) -> None:
    masked(store)
    raw = {one.article.sha256: one.article.text for one in store.articles()}
    for one in Outward(store).articles():
        text = one.article.text
        assert len(text) == len(raw[one.article.sha256])
        assert all(text[record.start : record.end] == record.text for record in one.records)


def test_a_masked_article_is_found_by_the_id_that_it_is_shown_by(store: Store) -> None:
    masked(store)
    outward = Outward(store)
    shown = [head.doc for head in outward.heads() if outward.real(head.doc) != head.doc]
    assert len(shown) == 1 and "burhane" not in shown[0].lower()
    found = outward.articles(frozenset(shown))
    assert [one.article.id for one in found] == shown
    inside = {doc for story in outward.relations().stories for doc in story.docs}
    assert shown[0] in inside and outward.around(shown[0]).stories


@pytest.mark.parametrize("leaving", [False, True])
def test_an_article_shares_what_all_relations_say(leaving: bool, store: Store) -> None:
    masked(store)
    held(store)
    outward = Outward(store, leaving=leaving)
    every = outward.relations()
    docs = [head.doc for head in outward.heads()]
    assert every.reuse or leaving  # the texts that share anything are held back
    for doc in docs:
        assert outward.shared(doc) == [one for one in every.reuse if doc in (one.a[0], one.b[0])]
    assert outward.relations(reuse=False) == msgspec.structs.replace(every, reuse=())


def test_a_mask_is_taken_back(store: Store) -> None:
    key = masked(store)
    assert "burhan" not in given(store, "jsonl")
    said(store, "entity", key, fields={"mask": ""}, who="B. Diallo")
    assert "burhan" in given(store, "jsonl")


def test_a_mask_holds_where_its_entity_is_gone(store: Store) -> None:
    forms = ("Abdel Fattah al-Burhane", "Burhane")
    said(store, "entity", "gone", fields={"mask": "minor"}, about=tuple(("", form) for form in forms))
    assert "abdel fattah al-burhane" not in given(store, "jsonl")


def test_an_embargo_ends_at_its_hour(store: Store) -> None:
    held(store)
    assert "stepanakert" not in given(store, "jsonl")
    held(store, BEFORE)
    assert "stepanakert" in given(store, "jsonl")


def test_a_page_still_shows_what_is_held_back(store: Store) -> None:
    held(store)
    page, given_away = Outward(store), Outward(store, leaving=True)
    assert page.held("toll-01") == LATER and not page.held("truce-01")
    assert "toll-01" in {head.doc for head in page.heads()}
    assert "toll-01" not in {head.doc for head in given_away.heads()}
    story = next(one for one in page.stories() if "toll-01" in one.docs)
    assert page.told(story.id)[0] and given_away.told(story.id)[0] == []


def test_a_story_stays_held_back_under_another_id(store: Store) -> None:
    docs = next(one for one in store.stories() if "toll-01" in one.docs).docs
    said(store, "story", "an older id", fields={"embargo": LATER}, about=((docs[0], ""),))
    assert not [word for word in HELD if word in given(store, "jsonl")]


@pytest.mark.parametrize("name", ["jsonl", "csv", "sqlite", "markdown", "webannotation", "claim", "plover"])
def test_a_record_is_held_back_with_its_words(name: str, store: Store) -> None:
    found = next(one for one in store.articles() if one.article.id == "truce-05")
    claim = next(one for one in found.layer(Claim) if "respectaient" in one.text)
    values = {"doc": "truce-05", **quoted(found, claim)}
    said(store, "claim", claim.id, fields={"embargo": LATER}, **values)
    after = given(store, name)
    assert claim.id not in after and "leurs combattants respectaient" not in after
    assert Outward(store).held("truce-05", claim.id) == LATER


def test_a_map_is_coarse_and_lags(store: Store) -> None:
    story = next(one for one in store.stories() if "truce-01" in one.docs)
    about = tuple((doc, "") for doc in story.docs)
    fine = json.loads(b"".join(STREAMS["geojson"](Content.of(store, pack("fr")))))["features"]
    said(store, "story", story.id, fields={"grain": "2"}, about=about)
    coarse = json.loads(b"".join(STREAMS["geojson"](Content.of(store, pack("fr")))))["features"]
    own = [one for one in coarse if set(one["properties"]["articles"]) <= set(story.docs)]
    assert len(fine) == len(coarse) and own
    for one in own:
        lon, lat = one["geometry"]["coordinates"]
        assert one["properties"]["precision"] != "town"
        if one["properties"]["precision"] == "region":
            assert lon % 2 == 1 and lat % 2 == 1
    said(store, "story", story.id, fields={"delay": "48"}, about=about)
    soon = Outward(store, now=datetime(2023, 5, 24, tzinfo=UTC))
    late = Outward(store, now=datetime(2023, 6, 24, tzinfo=UTC))
    placed = [sum(one.place is not None for one in each.relations().entities) for each in (soon, late)]
    assert placed[0] < placed[1]


def test_what_people_said_is_exported(store: Store) -> None:
    found = next(one for one in store.articles() if one.article.id == "truce-05")
    claim = found.layer(Claim)[0]
    for who in ("A. Martin", "B. Diallo"):
        said(
            store, "claim", claim.id, verdict="confirmed", status="checked", who=who, doc="truce-05", note="vu en ligne"
        )
    dispute = next(one for one in store.relations().disputes if one.kind == "number")
    said(store, "dispute", dispute.id, verdict="settled", note="Le ministère a corrigé son bilan.")
    content = Content.of(store, pack("fr"))
    assert content.status("truce-05", claim.id) == "checked" and content.status("truce-01", "none") == "machine"
    rows = [json.loads(line) for line in b"".join(STREAMS["jsonl"](content)).splitlines()]
    assert [row["verdict"] for row in rows if row["layer"] == "review"] == ["confirmed", "confirmed", "settled"]
    for name in ("csv", "parquet", "sqlite", "markdown", "docx", "brief.html", "brief.json"):
        assert "corrige son bilan" in given(store, name), name
    said(store, "store", "", fields={"signatures": "3"})
    assert Content.of(store, pack("fr")).status("truce-05", claim.id) == "to_check"
