"""What people have settled holds at every relate, in any order of the articles, and can be taken back."""

import itertools

from hypothesis import given
from hypothesis import strategies as st
from naming import article, of

from recoupe.model.decisions import Decision, Side
from recoupe.relate.entities import entities, orphans

RUSSIA, UKRAINE = ("Russie", "loc/russia"), ("Ukraine", "loc/ukraine")
ARTICLES = [
    article("a", ("Ahmed al-Charaa", "per/ahmed-al-xara"), RUSSIA, UKRAINE),
    article("b", ("Abou Mohammed al-Joulani", "per/abu-mohamed-al-julani"), RUSSIA, UKRAINE),
    article("c", ("Joulani", "per/julani"), RUSSIA, UKRAINE),
    article("d", ("Ahmed al-Charaa", "per/ahmed-al-xara"), ("Damas", "loc/damascus")),
]
SHARAA, JULANI, LONE = "per/ahmed-al-xara", "per/abu-mohamed-al-julani", "per/julani"


def side(key: str, form: str = "") -> tuple[Side, ...]:
    return (Side(key=key, form=form),)


def settle(number: str, kind: str, a: str, b: str, *docs: str) -> Decision:
    return Decision(id=number, kind=kind, a=side(a), b=side(b), docs=docs, who="desk")  # type: ignore[arg-type]


def groups(*decisions: Decision) -> set[frozenset[str]]:
    """The people, as sets of (article, slug) told by the article alone."""
    found = entities(ARTICLES, decisions)
    return {frozenset(doc for doc, _ in one.referents) for one in found if one.type == "PER"}


def test_without_decisions() -> None:
    assert groups() == {frozenset("ad"), frozenset("bc")}


def test_a_merge_joins_what_no_spelling_tells() -> None:
    merge = settle("1", "same", SHARAA, JULANI)
    assert groups(merge) == {frozenset("abcd")}
    assert of(entities(ARTICLES, [merge]), "a", SHARAA).decided == ("1",)


def test_a_split_keeps_apart_what_spelling_joins() -> None:
    assert groups(settle("1", "apart", LONE, JULANI)) == {frozenset("ad"), frozenset("b"), frozenset("c")}


def test_two_of_one_name() -> None:
    split = settle("1", "apart", SHARAA, SHARAA, "d")
    assert groups(split) == {frozenset("a"), frozenset("d"), frozenset("bc")}
    found = entities(ARTICLES, [split])
    assert len({one.id for one in found}) == len(found)


def test_the_later_decision_holds() -> None:
    merge, split = settle("1", "same", SHARAA, JULANI), settle("2", "apart", SHARAA, JULANI)
    assert groups(merge, split) == groups()
    assert groups(split, merge) == groups(merge)


def test_a_side_is_found_by_its_spelling_where_its_key_is_gone() -> None:
    found = Decision(
        id="1", kind="same", a=side("per/sharaa", "Ahmed al-Charaa"), b=side("per/jolani", "Abou Mohammed al-Joulani")
    )
    assert groups(found) == {frozenset("abcd")} and orphans(ARTICLES, [found]) == []
    lost = settle("1", "same", SHARAA, "per/nobody")
    assert groups(lost) == groups() and orphans(ARTICLES, [lost]) == [lost]


KEYS = st.sampled_from([SHARAA, JULANI, LONE])
DECISIONS = st.lists(st.tuples(st.sampled_from(["same", "apart"]), KEYS, KEYS, st.booleans()), max_size=5)


@given(DECISIONS)
def test_every_order_of_articles_gives_the_same(asked: list[tuple[str, str, str, bool]]) -> None:
    made = [settle(str(n), kind, a, b, *(["d"] if d else [])) for n, (kind, a, b, d) in enumerate(asked)]
    results = {entities(order, made) for order in itertools.permutations(ARTICLES)}
    assert len(results) == 1
    (found,) = results
    joined = [referent for one in found for referent in one.referents]
    assert len(joined) == len(set(joined)), "each referent is someone's, and no one else's"
    assert len({one.id for one in found}) == len(found)
