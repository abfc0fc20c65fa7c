"""Ids of stories last, whatever earlier articles come; where two turn out to be one, the younger leads to the older."""

from collections.abc import Callable

import pytest

from recoupe.model.article import Article
from recoupe.model.records import Annotated
from recoupe.model.relations import Dispute, Relations, Story, story_id
from recoupe.store import Store
from recoupe.store.store import WHOLE


def story(*docs: str, title: str = "port") -> Story:
    """What relate gives for articles: named by the first of them."""
    made = story_id(docs[0])
    return Story(id=made, story=f"{title}-{made[:4]}", docs=docs)


@pytest.fixture
def store(place: Callable[[], str]) -> Store:
    kept = Store(place(), create=True)
    for name in "abcd":
        kept.put(Annotated(Article(id=name, text=f"Article {name}.", sha256="0" * 64, lang="fr"), ()))
    return kept


def ids(store: Store, *stories: Story) -> dict[tuple[str, ...], str]:
    """The ids after the store has been given these stories."""
    store.put_relations(Relations(stories=stories), store.state())
    return {one.docs: one.id for one in store.relations().stories}


def test_an_earlier_article_changes_no_id(store: Store) -> None:
    before = ids(store, story("b", "c"))
    after = ids(store, story("a", "b", "c"))
    assert [*after.values()] == [*before.values()]
    (found,) = store.relations().stories
    assert found.story == f"port-{found.id[:4]}"


def test_what_speaks_of_a_story_speaks_of_its_lasting_id(store: Store) -> None:
    (kept,) = ids(store, story("b", "c")).values()
    dispute = Dispute(id="d", question="?", kind="number", answers=(), story=story_id("a"))
    store.put_relations(Relations(stories=(story("a", "b", "c"),), disputes=(dispute,)), store.state())
    assert store.relations().disputes[0].story == kept


def test_the_younger_of_two_that_are_one_leads_to_the_older(store: Store) -> None:
    older = ids(store, story("b", "c"))["b", "c"]
    younger = ids(store, story("b", "c"), story("d", title="pont"))["d",]
    assert ids(store, story("b", "c", "d")) == {("b", "c", "d"): older}
    for key in (younger, f"pont-{younger[:4]}", older):
        found = store.story(key)
        assert found is not None and found.id == older, key
    # They fall apart again: each has the id that it had.
    assert ids(store, story("b", "c"), story("d")) == {("b", "c"): older, ("d",): younger}


def test_who_has_the_first_article_keeps_the_id(store: Store) -> None:
    kept = ids(store, story("a", "b", "c"))["a", "b", "c"]
    found = ids(store, story("a", "b"), story("c"))
    assert found["a", "b"] == kept != found["c",]


def test_an_old_label_leads_to_the_story_of_another_title(store: Store) -> None:
    ids(store, story("b", "c"))
    (before,) = store.stories()
    ids(store, story("a", "b", "c", title="navire"))
    found = store.story(before.story)
    assert found is not None and found.story.startswith("navire-") and found.id == before.id


def test_a_guest_is_no_key_of_its_host(store: Store) -> None:
    """An article that two stories hold is the own of the one that it begins."""
    host, own = story("a", "b", "c"), story("c", "d")
    found = ids(store, host, own)
    assert ids(store, host, own) == found
    assert ids(store, own)["c", "d"] == found["c", "d"]


def test_what_stands_for_a_story_changes_with_all_that_it_is_told_from(store: Store) -> None:
    first = ids(store, story("a", "b"), story("c"))["a", "b"]
    marks = [store.standing(first)]
    dispute = Dispute(id="d", question="?", kind="number", answers=(), story=first)
    for made in (
        Relations(stories=(story("a", "b"), story("c")), disputes=(dispute,)),
        Relations(stories=(story("a", "b", "d"), story("c")), disputes=(dispute,)),
    ):
        store.put_relations(made, store.state())
        marks.append(store.standing(first))
    store.put(Annotated(Article(id="d", text="Article d, corrigé.", sha256="1" * 64, lang="fr"), ()))
    marks.append(store.standing(first))
    assert len({str(one) for one in marks}) == 4 and marks[-1] == store.standing(first)
    assert store.standing("none") is None


def test_what_is_dropped_and_put_again_stands_for_something_else(store: Store) -> None:
    first = ids(store, story("a", "b"))["a", "b"]
    _, mark = store.standing(first) or (None, "")
    for clears in (False, True):
        with store.changing() as transaction:
            if clears:
                transaction.begin("another")
            transaction.drop([WHOLE])
            transaction.put(WHOLE, Relations(stories=(story("a", "b", title=f"titre {clears}"),)))
        before, (_, mark) = mark, store.standing(first) or (None, "")
        assert mark and mark != before
