"""What an agency holds back: kept in the log of a store before the article is there, once, and a person may lift it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from recoupe.model.care import settings
from recoupe.model.reviews import Review
from recoupe.read.problem import HeldBack, held_back
from recoupe.run import hold
from recoupe.store import Store, reviews
from recoupe.store.outward import Outward

Run = Callable[..., tuple[int, str, str]]
ITEM = {
    "uri": "urn:newsml:agence.example:1", "type": "text", "versioncreated": "2023-01-07T09:00:00Z",
    "pubstatus": "usable", "language": "fr", "headline": "Une trêve à Kherson",
    "infosource": [{"name": "Agence Exemple"}],
    "body_xhtml": "<p>Le gouverneur de Kherson a annoncé une trêve de trois jours à partir de lundi matin.</p>",
}  # fmt: skip
OTHER = ITEM | {
    "uri": "urn:newsml:agence.example:2",
    "headline": "Des tirs",
    "body_xhtml": "<p>Des tirs ont repris.</p>",
}
LATER = "2931-02-03T12:00:00+00:00"


@pytest.fixture
def added(tmp_path: Path, run: Run) -> Callable[..., tuple[int, str, Store]]:
    """Adds items to a store; gives the exit code, what was said and the store."""

    def add(*items: dict[str, Any]) -> tuple[int, str, Store]:
        (tmp_path / "a.json").write_text(json.dumps(items))
        code, _, said = run("add", tmp_path / "a.json", "--store", tmp_path / "s.db")
        return code, said, Store(tmp_path / "s.db")

    return add


def given_away(store: Store) -> list[str]:
    return [one.article.id for one in Outward(store, leaving=True).articles()]


def logged(store: Store) -> list[Review]:
    with store.engine.connect() as connection:
        return [one for _, one in reviews.log(connection)]


def test_an_embargo_is_kept_once_and_can_be_lifted(added: Callable[..., tuple[int, str, Store]]) -> None:
    item = ITEM | {"embargoed": LATER}
    code, said, store = added(item, OTHER)
    assert code == 0 and f"under embargo until {LATER} (Agence Exemple)" in said
    assert given_away(store) == [OTHER["uri"]] and Outward(store).held(ITEM["uri"]) == "2931-02-03T12:00+00:00"
    assert [one.article.id for one in Outward(store).articles()] == [ITEM["uri"], OTHER["uri"]]
    assert not Outward(store).held(OTHER["uri"])
    (entry,) = logged(store)
    assert (entry.who, entry.layer, entry.doc) == ("Agence Exemple", "article", ITEM["uri"])
    lifted = {"verdict": "set", "who": "A. Martin", "at": "2026-11-22T12:00:00Z", "fields": {"embargo": ""}}
    reviews.append(store.engine, Review(doc=ITEM["uri"], record="", layer="article", **lifted))
    assert given_away(added(item, OTHER)[2]) == [ITEM["uri"], OTHER["uri"]]
    assert len(logged(store)) == 2 and not settings(logged(store))


def test_an_embargo_that_is_over_is_none(added: Callable[..., tuple[int, str, Store]]) -> None:
    _, _, store = added(ITEM | {"embargoed": "2023-02-03T12:00:00Z"})
    assert logged(store) == [] and given_away(store) == [ITEM["uri"]]


def test_what_was_canceled_is_given_away_no_more(added: Callable[..., tuple[int, str, Store]]) -> None:
    assert given_away(added(ITEM, OTHER)[2]) == [ITEM["uri"], OTHER["uri"]]
    code, said, store = added(ITEM | {"pubstatus": "canceled", "versioncreated": "2023-01-08T09:00:00Z"}, ITEM, OTHER)
    assert code == 1 and "was canceled by its provider" in said and "earlier version" in said
    assert given_away(store) == [OTHER["uri"]]


@pytest.mark.parametrize("who", ["", "  ", "Agence\nExemple"])
def test_whoever_it_is(tmp_path: Path, who: str) -> None:
    store = Store(tmp_path / "s.db", create=True)
    found = held_back("a.json", "a", LATER, who)
    assert isinstance(found, HeldBack) and hold(store, found) and not hold(store, found)
    assert len(logged(store)) == 1 and logged(store)[0].who.strip()
