"""A story in an earlier state is what its articles of then give, and nothing of what came later."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest
from growing import Grown, hour, read
from msgspec.structs import replace

from recoupe.brief import account
from recoupe.brief.changes import changes
from recoupe.lang import DEFAULT, pack
from recoupe.model.article import Article
from recoupe.model.decisions import Decision
from recoupe.model.records import Annotated, Block, identified
from recoupe.model.relations import Relations, Story
from recoupe.relate import relate, related_as
from recoupe.run import as_of, past, related
from recoupe.run.past import standing
from recoupe.store import Store
from recoupe.store.decisions import Kept

Scenario = Callable[[str], Grown]


@pytest.mark.parametrize("name", ["toll", "truce", "agency"])
def test_a_state_is_what_its_articles_give_alone(scenario: Scenario, name: str) -> None:
    found, done = scenario(name), read(name)
    for n in range(1, len(done) + 1):
        state = as_of(found.store, found.story, n)
        assert [one.article.id for one in state.articles] == sorted(one.article.id for one in done[:n])
        alone = relate(done[:n])
        if len(alone.stories) == 1:
            assert {one.id for one in state.relations.statements} == {one.id for one in alone.statements}
            assert {one.id for one in state.relations.disputes} == {one.id for one in alone.disputes}
            assert state.relations.origins == alone.origins and state.relations.entities == alone.entities


def test_the_last_state_is_the_story_as_it_is(scenario: Scenario) -> None:
    found = scenario("truce")
    told = found.store.told(found.story.id)
    state = as_of(found.store, found.story, found.store.reached())
    assert state.story and state.story.id == found.story.id and state.story.docs == found.story.docs
    now, then = account(*told, pack(DEFAULT), found.story.id), account(*state, pack(DEFAULT), found.story.id)
    assert then == now


def test_the_story_keeps_its_name_before_its_first_article_came(tmp_path: Path) -> None:
    """Its id hangs on the article that appeared first, which may have come last."""
    store, done = Store(tmp_path / "s.db", create=True), read("toll")
    for n, one in enumerate(reversed(done), 1):
        store.put(one, hour(n))
    related(store)
    story = max(store.stories(), key=lambda one: len(one.docs))
    state = as_of(store, story, 2)
    assert state.story and (state.story.id, state.story.story) == (story.id, story.story)
    assert len(state.story.docs) == 2 and all(one.story in (None, story.id) for one in state.relations.disputes)


def test_what_was_related_last_is_not_related_again(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    found, made = scenario("toll"), list[int]()

    def counted(story: Story, articles: Sequence[Annotated], decisions: Sequence[Decision]) -> Relations:
        made.append(len(articles))
        return related_as(story, articles, decisions)

    monkeypatch.setattr(past, "related_as", counted)
    monkeypatch.setattr(past, "_kept", OrderedDict())
    last = found.store.reached()
    states = [as_of(found.store, found.story, n) for n in (last - 1, last, last, last - 1)]
    assert made == [len(state.articles) for state in states[:2]] and states[:2] == states[:1:-1]
    other = found.store.articles()
    monkeypatch.setattr(Store, "articles", lambda *_: [replace(one, records=()) for one in other])
    assert as_of(found.store, found.story, last) != states[1]  # the same versions with other records are another state


def test_before_the_first_article_there_is_nothing(scenario: Scenario) -> None:
    found = scenario("toll")
    state = as_of(found.store, found.story, 0)
    assert state.articles == () and state.story is None


def text(name: str, words: str) -> Annotated:
    about = Article(id=name, text=words, sha256="0" * 64, lang=DEFAULT, published="2031-03-03", outlet="Le Courrier")
    at, blocks = 0, []
    for line in words.splitlines():
        kind = "body" if at else "title"
        block = Block(start=at, end=at + len(line), text=line, kind=kind)  # type: ignore[arg-type]
        blocks.append(identified(block, about))
        at += len(line) + 1
    return Annotated(about, tuple(blocks))


def test_a_text_that_was_changed_is_told_and_kept_as_it_was(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.db", create=True)
    old, new = ("Le pont\nLe pont est fermé.", "Le pont\nLe pont a rouvert.\nLe maire s'en félicite.")
    for n, words in enumerate((old, new), 1):
        store.put(text("a", words), hour(n))
    related(store)
    (story,) = store.stories()
    before, now = as_of(store, story, 1), as_of(store, story, 2)
    assert before.articles[0].article.text == old and now.articles[0].article.text == new
    (change,) = changes(before, now, pack(DEFAULT))
    assert change.kind == "revised" and [link.paragraph for link in change.line.links] == [2, 3]
    assert [(link.doc, link.paragraph) for link in change.was] == [("a", 2)]


def decision(key: str, at: str) -> Decision:
    return Decision(id=key, kind="same", a=(), b=(), at=at)


def test_decisions_count_from_when_they_were_made_until_they_were_taken_back() -> None:
    kept = [
        Kept(1, decision("a", hour(1))),
        Kept(2, decision("b", hour(2)), undone_at=hour(4)),
        Kept(3, decision("c", hour(5))),
    ]
    held = {n: "".join(one.id for one in standing(kept, hour(n))) for n in range(7)}
    assert held == {0: "", 1: "a", 2: "ab", 3: "ab", 4: "a", 5: "ac", 6: "ac"}
    assert [one.id for one in standing(kept)] == ["a", "c"]
    assert msgspec.json.encode(kept)


def test_entities_have_the_ids_that_the_store_knows_them_by(scenario: Scenario) -> None:
    found = scenario("truce")
    lasting = {ref: one.id for one in found.store.relations().entities for ref in one.referents}
    for n in range(1, 7):
        state = as_of(found.store, found.story, n)
        assert len({one.id for one in state.relations.entities}) == len(state.relations.entities)
        assert all(lasting[ref] == one.id for one in state.relations.entities for ref in one.referents)
