"""Alerts: noticed once, as articles come, in every language; sent once to each address."""

from pathlib import Path
from xml.etree import ElementTree

import feedparser
import msgspec
import pytest
from growing import hour, read

from recoupe.brief.changes.change import Change
from recoupe.lang import available, pack
from recoupe.model.records import Annotated
from recoupe.run import related
from recoupe.store import Store
from recoupe.watch import notice, notices
from recoupe.watch.feed import ATOM, atom


@pytest.fixture(scope="module")
def articles() -> list[Annotated]:
    return read("truce")


def arrive(store: Store, some: list[Annotated]) -> int:
    for one in some:
        store.put(one)
    related(store)
    return notice(store)


@pytest.fixture
def store(tmp_path: Path, articles: list[Annotated]) -> Store:
    """A store that had two articles when it was first looked at."""
    kept = Store(tmp_path / "s.db", create=True)
    assert notice(kept) == 0 and kept.noticed() is None
    assert arrive(kept, articles[:2]) == 0
    return kept


def test_what_was_there_at_first_is_no_news(store: Store) -> None:
    assert store.noticed() == 2 and store.alerts() == [] and notice(store) == 0


def test_an_arrival_is_noticed_once(store: Store, articles: list[Annotated]) -> None:
    new = arrive(store, articles[2:4])
    found = notices(store.alerts())
    assert new == len(found) > 2 and {one.doc for one in found} == {"03", "04"}
    assert notice(store) == 0 and len(store.alerts()) == new
    assert arrive(store, articles[4:]) > 0
    kinds = {one.kind for one in notices(store.alerts(frozenset({"05", "06"})))}
    assert {"dispute", "truce", "text"} <= kinds


def test_the_newest_come_first_and_in_pages(store: Store, articles: list[Annotated]) -> None:
    arrive(store, articles[2:3])
    arrive(store, articles[3:])
    whole = store.alerts(limit=500)
    assert [one.n for one in whole] == sorted((one.n for one in whole), reverse=True)
    assert [*store.alerts(limit=2), *store.alerts(limit=500, offset=2)] == whole
    assert store.alert_count() == len(whole) and store.alert_count({"06"}) == len(store.alerts({"06"}, 500))


def test_each_says_what_changed_in_every_language(store: Store, articles: list[Annotated]) -> None:
    arrive(store, articles[2:])
    for one in notices(store.alerts(limit=500)):
        assert set(one.told) == set(available()) and one.story and one.title
        sentences = {one.sentence(pack(code)) for code in available()}
        assert len(sentences) == len(available()), sentences
        row = one.row(pack(available()[0]))
        assert row["records"] and row["at"] == one.at and set(row["outlets"]) >= {one.doc}  # type: ignore[call-overload]


def test_a_new_story_is_one_alert(store: Store) -> None:
    assert arrive(store, read("agency", "agency-")[:2]) == 1
    assert [one.kind for one in notices(store.alerts())] == ["story"]


def test_two_who_notice_at_once_notice_once(store: Store, articles: list[Annotated]) -> None:
    store.put(articles[2])
    related(store)
    last, until = store.noticed(), store.related_until()
    assert store.notice([("x", "03", "{}")], last, until) == 1
    assert store.notice([("y", "03", "{}")], last, until) == 0  # looked before the first had written
    assert [one.id for one in store.alerts()] == ["x"]


def test_an_alert_waits_for_each_address_until_it_was_delivered(store: Store, articles: list[Annotated]) -> None:
    arrive(store, articles[2:3])
    everything = [one.id for one in reversed(store.alerts(limit=500))]
    assert [one.id for one in store.waiting("hook", "")] == everything
    store.delivered("hook", everything[0])
    store.delivered("hook", everything[0])
    assert [one.id for one in store.waiting("hook", "")] == everything[1:]
    assert [one.id for one in store.waiting("other", "")] == everything


def test_an_address_is_told_from_its_first_call_on(store: Store, articles: list[Annotated]) -> None:
    arrive(store, articles[2:3])
    later = "9999"
    assert store.waiting("hook", later) == []
    assert store.waiting("hook", hour(1)) == []  # the first call holds
    assert store.waiting("hook", "", again=True) != []


def test_the_feed_is_read_by_a_reader_of_feeds(store: Store, articles: list[Annotated]) -> None:
    arrive(store, articles[2:])
    found = notices(store.alerts(limit=500))
    for code in available():
        raw = atom(found, pack(code), "http://127.0.0.1:8123", "/feed.atom", "Alertes & <tout>", hour(1))
        read_back = feedparser.parse(raw)
        assert not read_back.bozo and read_back.version == "atom10"
        assert read_back.feed.title == "Alertes &amp; &lt;tout&gt;" or "<tout>" in read_back.feed.title
        assert len(read_back.entries) == len(found)
        assert len({entry.id for entry in read_back.entries}) == len(found)
        for entry, one in zip(read_back.entries, found, strict=True):
            assert entry.updated_parsed and entry.link.startswith("http://127.0.0.1:8123/article/")
            assert entry.tags[0].term == one.kind and entry.id.startswith("urn:uuid:")
            assert "<script" not in entry.content[0].value


def test_a_feed_without_entries_is_whole() -> None:
    found = feedparser.parse(atom([], pack(available()[0]), "http://x", "/feed.atom", "vide", hour(1)))
    assert not found.bozo and found.feed.updated_parsed and found.entries == []


def test_a_feed_holds_what_xml_cannot(store: Store, articles: list[Annotated]) -> None:
    arrive(store, articles[2:3])
    (one, *_) = notices(store.alerts())
    change = next(iter(one.told.values()))
    part = msgspec.structs.replace(change.line.parts[0], text="\x00\x1b[31m\ud800 <b>]]>")
    line = msgspec.structs.replace(change.line, parts=(part,))
    odd: Change = msgspec.structs.replace(change, line=line)
    hostile = msgspec.structs.replace(one, told={available()[0]: odd}, title="\x08<script>")
    raw = atom([hostile], pack(available()[0]), "http://x", "/feed.atom", "t", hour(1))
    read_back = ElementTree.fromstring(raw)
    content = read_back.find(f".//{{{ATOM}}}content")
    assert content is not None and "&lt;b&gt;" in (content.text or "") and "<script>" not in (content.text or "")
