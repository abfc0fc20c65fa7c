"""Ids of entities last, whatever fuller names come; what people settle is kept and applied."""

import random

import pytest
import raw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recoupe.model.article import digest
from recoupe.model.decisions import Decision, Side
from recoupe.model.relations import Entity, Happening, Relations
from recoupe.store import Store, decisions
from recoupe.store.identity import settle

AT = "2023-05-03T00:00:00+00:00"


def entity(*keys: str) -> Entity:
    """What relate gives for a group of keys: its id follows the main one."""
    return Entity(id=digest("entity", keys[0]), slug=keys[0], type="PER", label=keys[0], keys=keys)


def ids(store: Store, *entities: Entity) -> list[str]:
    """The permanent ids after the store has been given these entities."""
    store.put_relations(Relations(entities=entities), store.state())
    found = {one.keys[0]: one.id for one in store.relations().entities}
    return [found[one.keys[0]] for one in entities]


def test_a_fuller_name_changes_no_id(store: Store) -> None:
    before = ids(store, entity("per/kuleba"))
    assert ids(store, entity("per/oleksi-kuleba", "per/kuleba")) == before
    assert ids(store, entity("per/oleksi-volodimirovix-kuleba", "per/kuleba", "per/oleksi-kuleba")) == before


def test_the_older_of_two_that_are_one_stays_and_the_other_leads_there(store: Store) -> None:
    first, second = *ids(store, entity("per/a")), ids(store, entity("per/a"), entity("per/b-b"))[1]
    assert ids(store, entity("per/b-b", "per/a")) == [first]
    assert store.entity(second) == first == store.entity(first)
    # They fall apart again: each has the id that it had.
    assert ids(store, entity("per/a"), entity("per/b-b")) == [first, second]
    assert store.entity(second) == second


def test_who_has_the_founding_key_keeps_the_id(store: Store) -> None:
    (one,) = ids(store, entity("per/a-a", "per/b"))
    found = ids(store, entity("per/b"), entity("per/a-a"))
    assert found[1] == one != found[0]


def test_a_name_that_is_as_long_as_a_page_has_an_id_too(store: Store) -> None:
    draw = random.Random(5)
    long = "per/" + "".join(draw.choices("abcdefghijklmnopqrstuvwxyzé", k=9000))
    before = ids(store, entity(long), entity(long[:-1]))
    assert before[0] != before[1] and ids(store, entity("per/x", long), entity(long[:-1])) == before


def test_all_relations_speak_of_permanent_ids(store: Store) -> None:
    (kept,) = ids(store, entity("per/kuleba"))
    fuller = entity("per/oleksi-kuleba", "per/kuleba")
    happening = Happening(id="h", type="strike", mentions=(), actor=fuller.id)
    store.put_relations(Relations(entities=(fuller,), happenings=(happening,)), store.state())
    assert store.relations().happenings[0].actor == kept != fuller.id


KEYS = [f"per/{letter}" for letter in "abcdef"]


@given(st.lists(st.lists(st.integers(0, 2), min_size=len(KEYS), max_size=len(KEYS)), max_size=4))
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_two_entities_share_an_id(store: Store, rounds: list[list[int]]) -> None:
    with store.engine.connect() as connection:  # nothing of it is kept for the next example
        for parts in rounds:
            groups = [[key for key, own in zip(KEYS, parts, strict=True) if own == part] for part in set(parts)]
            entities = [entity(*group) for group in groups]
            found = settle(connection, entities, AT).ids
            assert len(set(found.values())) == len(entities)
            assert settle(connection, entities, AT).ids == found


def test_decisions_are_kept_in_order_and_can_be_undone(store: Store) -> None:
    a, b = (Side(key="per/a", form="A"),), (Side(key="per/b", form="B"),)
    one = Decision(id="1", kind="same", a=a, b=b, who="desk", at=AT)
    two = Decision(id="2", kind="apart", a=a, b=b, docs=("x",), who="desk", at=AT)
    assert store.fresh()
    assert [store.decide(one), store.decide(two)] == [1, 2]
    assert store.decisions() == [one, two]
    assert not store.fresh(), "the relations do not know of them yet"
    store.put_relations(Relations(), store.state(), store.decisions())
    assert store.fresh()
    assert store.undo(1, "desk") and not store.undo(1, "desk") and not store.undo(7, "desk")
    assert store.decisions() == [two] and not store.fresh()
    assert [kept.undone_by for kept in store.decided()] == ["desk", None]


def test_whether_decisions_hold_is_known_without_reading_them(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = store.settled_stamp()
    for one in ("a", "b"):
        side = (Side(key=f"per/{one}", form=one),)
        store.decide(Decision(id=one, kind="same", a=side, b=side, who="desk", at=AT))
    assert store.settled_stamp() == decisions.stamp(store.decisions()) != empty
    store.put_relations(Relations(), store.state(), store.decisions())
    monkeypatch.setattr(decisions, "every", None)
    assert store.fresh()
    assert store.undo(1, "desk") and store.undo(2, "desk")
    assert store.settled_stamp() == empty and not store.fresh()


def test_an_older_store_gets_the_tables_that_it_lacks(store: Store) -> None:
    raw.older(store, "decision", "identity", "redirect")
    assert raw.again(store).decisions() == []
