"""What people have settled holds at every relate, in any order of the articles, and can be taken back."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st
from naming import article, of

from recoupe.model.decisions import Decision, Side
from recoupe.relate.entities import entities, orphans
from recoupe.relate.entities.deciding import merged

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


def test_a_merge_reaches_across_parts() -> None:
    """Parts of the articles are related apart: what a person joined has a key in common in both."""
    merge, split = settle("1", "same", SHARAA, JULANI), settle("2", "apart", SHARAA, JULANI)

    def keys(*decisions: Decision) -> list[set[str]]:
        parts = [entities([ARTICLES[0]], decisions), entities([ARTICLES[1]], decisions)]
        return [{key for one in part if one.type == "PER" for key in one.keys} for part in parts]

    assert keys(merge)[0] & keys(merge)[1]
    assert not keys()[0] & keys()[1] and not keys(merge, split)[0] & keys(merge, split)[1]


def test_a_surname_alone_is_nobody_elsewhere() -> None:
    first, second = (of(entities([ARTICLES[2], other]), "c", LONE) for other in (ARTICLES[0], ARTICLES[3]))
    other = article("z", ("Joulani", LONE), RUSSIA)
    elsewhere = of(entities([other]), "z", LONE)
    assert first.id == second.id != elsewhere.id and not set(first.keys) & set(elsewhere.keys)
    merge = merged(of(entities(ARTICLES), "a", SHARAA), elsewhere, "desk", "2023-05-03")
    assert merge.docs == ("z",), "the merge is about that article, and says nothing of others"
    assert SHARAA in of(entities([other], [merge]), "z", LONE).keys
    assert SHARAA not in of(entities([ARTICLES[2]], [merge]), "c", LONE).keys


KEYS = st.sampled_from([SHARAA, JULANI, LONE])
DECISIONS = st.lists(st.tuples(st.sampled_from(["same", "apart"]), KEYS, KEYS, st.booleans()), max_size=5)


@settings(deadline=None)
@given(DECISIONS)
def test_every_order_of_articles_gives_the_same(asked: list[tuple[str, str, str, bool]]) -> None:
    made = [settle(str(n), kind, a, b, *(["d"] if d else [])) for n, (kind, a, b, d) in enumerate(asked)]
    results = {entities(order, made) for order in itertools.permutations(ARTICLES)}
    assert len(results) == 1
    (found,) = results
    joined = [referent for one in found for referent in one.referents]
    assert len(joined) == len(set(joined)), "each referent is someone's, and no one else's"
    assert len({one.id for one in found}) == len(found)
