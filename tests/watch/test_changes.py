"""What changed between two states: each kind of change where an editor would see it, and nothing where nothing is."""

from collections.abc import Callable

import msgspec
import pytest
from growing import Grown

from recoupe.brief.changes import ORDER, changes
from recoupe.lang import available, pack
from recoupe.model.relations import Relations
from recoupe.run import as_of

Scenario = Callable[[str], Grown]
FIRST, SECOND = available()[:2]


def kinds(found: Grown, after: int, until: int) -> list[str]:
    return [one.kind for one in found.changed(after, until, pack(FIRST))]


def told(found: Grown, after: int, until: int, kind: str, lang: str = FIRST) -> list[str]:
    return [one.line.text for one in found.changed(after, until, pack(lang)) if one.kind == kind]


@pytest.mark.parametrize(
    ("name", "after", "until", "kind", "words"),
    [
        ("toll", 1, 2, "text", ["grimpe à 68 morts", "Le Quotidien de Lori"]),
        ("toll", 2, 3, "dispute", ["68", "125"]),
        ("toll", 4, 5, "figure", ["68", "170", "les autorités du Haut-Karabakh"]),
        ("toll", 5, 6, "source", ["Croix-Rouge"]),
        ("withdrawn", 2, 3, "denial", ["Le ministère russe de la Défense", "frappé la Pologne"]),
        ("withdrawn", 4, 5, "withdrawn", ["L'Observateur des médias", "a retiré mercredi", "missiles russes"]),
        # The outlet takes back what its agency took back before.
        ("withdrawn", 6, 7, "withdrawn", ["La Dépêche de Lublin : ", "avaient franchi", "ont franchi"]),
        ("truce", 2, 3, "truce", ["Accepte", "Burhane"]),
        ("truce", 3, 4, "incident", ["Des habitants", "obus"]),
        ("truce", 4, 5, "dispute", ["respectée", "Non", "Oui"]),
        ("truce", 5, 6, "truce", ["convenue", "prolongée"]),
        ("ministries", 4, 5, "dispute", ["l’armée de l’Ukraine", "l’armée de la Russie"]),
        ("agency", 5, 6, "text", ["Dans les rues de Niamey"]),
    ],
)
def test_a_change_is_seen(scenario: Scenario, name: str, after: int, until: int, kind: str, words: list[str]) -> None:
    sentences = told(scenario(name), after, until, kind)
    assert any(all(word in sentence for word in words) for sentence in sentences), sentences


@pytest.mark.parametrize(
    ("name", "after", "until", "never"),
    [
        ("agency", 1, 5, ORDER),  # copies of one agency text change nothing
        ("toll", 3, 4, ("figure", "dispute", "source")),  # "at least 20" holds what is there; nobody new says it
        ("toll", 4, 5, ("text",)),  # a text made of another
        ("withdrawn", 5, 6, ("withdrawn", "denial")),  # the same retraction, told again
        ("ministries", 2, 3, ("denial",)),  # the same ministry denies the same, in English
        ("ministries", 3, 4, ("figure", "source")),  # a ministry repeats itself
    ],
)
def test_what_is_no_change_is_not_told(
    scenario: Scenario, name: str, after: int, until: int, never: tuple[str, ...]
) -> None:
    assert set(never).isdisjoint(kinds(scenario(name), after, until))


def test_a_story_that_begins_says_only_that(scenario: Scenario) -> None:
    found = scenario("toll")
    assert kinds(found, 0, 1) == ["story"] == kinds(found, 0, 6)
    assert "6 articles" not in told(found, 0, 6, "story")[0] and "5 textes" in told(found, 0, 6, "story")[0]


@pytest.mark.parametrize("name", ["toll", "truce", "withdrawn"])
def test_every_change_rests_on_what_came(scenario: Scenario, name: str) -> None:
    found = scenario(name)
    for n in range(2, 7):
        before, now = as_of(found.store, found.story, n - 1), as_of(found.store, found.story, n)
        came = {one.article.id for one in now.articles} - {one.article.id for one in before.articles}
        texts = {one.article.id: one.article.text for one in now.articles}
        records = {(one.article.id, record.id) for one in now.articles for record in one.records}
        for change in changes(before, now, pack(FIRST)):
            assert change.doc in came and records.issuperset(change.line.refs)
            assert change.line.refs[0][0] in came and change.line.links
            assert all(0 <= link.start < link.end <= len(texts[link.doc]) for link in (*change.line.links, *change.was))


def test_both_languages_tell_the_same_changes(scenario: Scenario) -> None:
    for name in ("toll", "truce", "withdrawn", "ministries"):
        found = scenario(name)
        for n in range(1, 7):
            one, other = ({(c.id, c.kind) for c in found.changed(n - 1, n, pack(code))} for code in (FIRST, SECOND))
            assert one == other, (name, n)


def test_steps_and_leaps_agree_on_what_is_new(scenario: Scenario) -> None:
    found = scenario("truce")
    steps = {sentence for n in range(2, 7) for sentence in told(found, n - 1, n, "incident")}
    assert set(told(found, 1, 6, "incident")) == steps


def test_nothing_changes_backwards_or_standing_still(scenario: Scenario) -> None:
    found = scenario("toll")
    assert found.changed(3, 3, pack(FIRST)) == [] and found.changed(5, 2, pack(FIRST)) == []
    assert changes(((), Relations()), ((), Relations()), pack(FIRST)) == []


def test_the_machine_never_confirms(scenario: Scenario) -> None:
    for code in available():
        phrases = msgspec.json.encode(pack(code).phrases("changes")).decode().lower()
        assert "confirm" not in phrases
