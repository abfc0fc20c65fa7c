"""The states that a store was in: each the first so many of its articles."""

from collections.abc import Callable

import pytest
import raw

from recoupe.lang import DEFAULT
from recoupe.model.article import Article
from recoupe.model.records import Annotated
from recoupe.model.relations import Relations, Story, story_id
from recoupe.store import Store, verify

TEXT = "Le pont a rouvert mardi."


def article(name: str, text: str = TEXT, read: str = "2031-03-03T08:00:00+00:00") -> Annotated:
    return Annotated(Article(id=name, text=text, sha256="0" * 64, lang=DEFAULT, read=read), ())


def instant(hour: int) -> str:
    return f"2031-03-03T{hour:02}:00:00.000000+00:00"


@pytest.fixture
def store(place: Callable[[], str]) -> Store:
    """Two articles, the first in two versions, an hour apart each."""
    kept = Store(place(), create=True)
    for hour, about in enumerate((article("a"), article("b"), article("a", TEXT + "\nUne suite."))):
        assert kept.put(about, instant(hour + 8))
    return kept


@pytest.mark.parametrize(("hour", "state"), [(7, 0), (8, 1), (9, 2), (10, 3), (23, 3)])
def test_an_instant_is_a_state(store: Store, hour: int, state: int) -> None:
    assert store.reached(instant(hour)) == state
    assert store.reached() == 3


def test_each_state_has_the_versions_of_then(store: Store) -> None:
    told = [[(one.article.id, "suite" in one.article.text) for one in store.articles(until=n)] for n in range(4)]
    assert told == [[], [("a", False)], [("a", False), ("b", False)], [("a", True), ("b", False)]]
    assert store.articles() == store.articles(until=3) == store.articles(frozenset("ab"), 3)


def test_what_came_between_two_states(store: Store) -> None:
    assert [(one.n, one.doc, one.at, one.again) for one in store.arrivals(1)] == [
        (2, "b", instant(9), False),
        (3, "a", instant(10), True),
    ]
    assert [one.n for one in store.arrivals(0, 2)] == [1, 2]
    assert [one.n for one in store.arrivals(0, None, {"a"})] == [1, 3]
    assert store.arrivals(3) == [] and store.arrivals(0, None, set()) == []


def test_articles_older_than_the_table_of_arrivals_go_by_when_they_were_read(store: Store) -> None:
    raw.put(store, "UPDATE article SET read = '2031-03-0' || n || 'T08:00:00+00:00'")
    raw.older(store, "arrival")
    kept = raw.again(store)
    assert kept.reached("2031-03-02T08:00:00.000000+00:00") == 2 and kept.reached("2031-03-01T07:00:00") == 0
    assert kept.put(article("c"), "2031-03-09T08:00:00.000000+00:00")
    assert [kept.reached(f"2031-03-{day}T09:00:00.000000+00:00") for day in ("02", "05", "09")] == [2, 3, 4]
    assert [one.at[:10] for one in kept.arrivals(2)] == ["2031-03-03", "2031-03-09"]


def test_an_old_id_of_a_story_leads_to_it(store: Store) -> None:
    story = Story(id=story_id("b"), story=f"ponts-{story_id('b')[:8]}", docs=("b", "a"))
    store.put_relations(Relations(stories=(story,)), store.state())
    for key in (story.id, story.story, story_id("a")):
        assert store.story(key) == story
    assert store.story(story_id("nobody")) is None and store.story("") is None


def test_a_put_without_an_instant_is_of_now(place: Callable[[], str]) -> None:
    kept = Store(place(), create=True)
    kept.put(article("a", read=""))
    (came,) = kept.arrivals(0)
    assert came.at > "2026" and kept.reached(came.at) == 1
    assert verify(kept)[0] == 1


def test_a_clock_that_goes_back_brings_nothing_into_an_earlier_state(store: Store) -> None:
    store.put(article("c"), instant(1))
    assert store.reached(instant(1)) == 0 and store.reached(instant(9)) == 2
    assert store.reached(store.came()) == 4 > store.reached(store.came(3)) and store.came(3) == instant(10)
