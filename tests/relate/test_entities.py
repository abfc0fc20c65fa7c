"""Entities: joined across articles and spellings, never two people in one, the same in any order."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naming import article, of

from recoupe.lang.spelling import skeleton
from recoupe.relate.entities import entities

UKRAINE, RUSSIA = ("Ukraine", "loc/ukraine"), ("Russie", "loc/russia")


def test_spellings_become_one() -> None:
    found = entities([
        article("a", ("Mykhaïlo Podoliak", "per/mihilo-podolak"), UKRAINE, RUSSIA),
        article("b", ("Mykhailo Podolyak", "per/mykhailo-podolyak"), UKRAINE, RUSSIA),
    ])  # fmt: skip
    one = of(found, "a", "per/mihilo-podolak")
    assert one == of(found, "b", "per/mykhailo-podolyak")
    assert dict(one.forms) == {"Mykhaïlo Podoliak": 1, "Mykhailo Podolyak": 1}


def test_a_surname_goes_to_its_one_owner() -> None:
    articles = [
        article("a", ("Oleksii Kouleba", "per/oleksi-kuleba"), UKRAINE, RUSSIA),
        article("b", ("Kouleba", "per/kuleba"), UKRAINE, RUSSIA),
    ]
    assert of(entities(articles), "b", "per/kuleba").label == "Oleksii Kouleba"
    articles.append(article("c", ("Dmytro Kouleba", "per/dmytro-kuleba"), UKRAINE, RUSSIA))
    lone = of(entities(articles), "b", "per/kuleba")
    assert lone.label == "Kouleba" and {why for _, why in lone.unsure} == {"surname_alone"} and len(lone.unsure) == 2


@pytest.mark.parametrize("known", ["Vladimir Poutine", "Poutine"])
@pytest.mark.parametrize(
    ("written", "slug"), [("Vladimir P\u043eutine", "per/vladimir-p0utin"), ("P\u043eutine", "per/p0utin")]
)
def test_a_name_that_only_looks_like_another_is_left_to_people(known: str, written: str, slug: str) -> None:
    """A Cyrillic letter in it; however much else the articles share."""
    found = entities([
        article("a", (known, "per/" + known.lower().replace(" ", "-")), UKRAINE, RUSSIA),
        article("b", (written, slug), UKRAINE, RUSSIA),
    ])  # fmt: skip
    people = [one for one in found if one.type == "PER"]
    assert len(people) == 2 and {one.label for one in people} == {known, written}
    assert {why for one in people for _, why in one.unsure} == {"look_alike"}
    assert all(len(one.unsure) == 1 for one in people)


def test_two_people_stay_two() -> None:
    people = [
        ("Bachar al-Assad", "per/bashar-al-assad"),
        ("Maher al-Assad", "per/maher-al-assad"),
        ("Serhiy Naïev", "per/serhi-naev"),
        ("Sergueï Lavrov", "per/sergei-lavrov"),
        ("Sergueï Choïgou", "per/sergei-shoigu"),
    ]
    found = entities([article(str(i), person, UKRAINE, RUSSIA) for i, person in enumerate(people)])
    assert len([entity for entity in found if entity.type == "PER"]) == len(people)
    assert not any(entity.unsure for entity in found)


def test_any_order() -> None:
    articles = [
        article("a", ("Sergei Shoigu", "per/sergei-shoigu"), ("Kyiv", "loc/kyiv", "loc/ukraine")),
        article("b", ("Choïgou", "per/xoigu"), RUSSIA, ("Kiev", "loc/kyiv")),
        article("c", ("Sergueï Choïgou", "per/sergei-shoigu"), RUSSIA, ("Bakhmut", "loc/bakhmut")),
    ]
    results = {entities(order) for order in itertools.permutations(articles)}
    assert len(results) == 1


def test_places_and_metonyms() -> None:
    found = entities([
        article("a", ("Kyiv", "loc/kyiv"), ("Bakhmout", "loc/bakhmut"), ("Minsk", "loc/minsk", "loc/belarus")),
    ])  # fmt: skip
    town, actor, country = (of(found, "a", f"loc/{slug}") for slug in ("bakhmut", "minsk", "belarus"))
    assert town.place is not None and town.place.precision == "town" and round(town.place.lat) == 49
    assert actor.place is None, "a metonym is no point on the map"
    assert country.place is not None and country.place.precision == "country"


def test_nothing() -> None:
    assert entities([]) == ()
    assert entities([article("a")]) == ()


# Two people each: one surname, one given name, one family, or names that only look alike.
HARD = [
    ("Bachar al-Assad", "Maher al-Assad"),
    ("Bachar al-Assad", "Hafez al-Assad"),
    ("Serhiy Naïev", "Sergueï Lavrov"),
    ("Sergueï Choïgou", "Sergueï Lavrov"),
    ("Sergueï Choïgou", "Sergueï Sourovikine"),
    ("Sergueï Choïgou", "Ksenia Choïgou"),
    ("Benjamin Netanyahou", "Yonatan Netanyahou"),
    ("Benyamin Nétanyahou", "Yair Nétanyahou"),
    ("Vitali Klitschko", "Wladimir Klitschko"),
    ("Vladimir Poutine", "Vladimir Medinski"),
    ("Vladimir Poutine", "Roman Poutine"),
    ("Oleksii Kouleba", "Dmytro Kouleba"),
    ("Oleksii Reznikov", "Oleksii Danilov"),
    ("Kyrylo Timochenko", "Ioulia Timochenko"),
    ("Laurent-Désiré Kabila", "Joseph Kabila"),
    ("Kim Jong-un", "Kim Jong-il"),
    ("Kim Jong-un", "Kim Yo-jong"),
    ("Saad Hariri", "Rafic Hariri"),
    ("Gamal Abdel Nasser", "Gamal Moubarak"),
    ("Hosni Moubarak", "Gamal Moubarak"),
    ("Mouammar Kadhafi", "Saïf al-Islam Kadhafi"),
    ("Khalifa Haftar", "Saddam Haftar"),
    ("Hassan Nasrallah", "Hadi Nasrallah"),
    ("Ismaïl Haniyeh", "Hazem Haniyeh"),
    ("Yahya Sinouar", "Mohammed Sinouar"),
    ("Ramzan Kadyrov", "Akhmad Kadyrov"),
    ("Ramzan Kadyrov", "Adam Kadyrov"),
    ("Heydar Aliev", "Ilham Aliev"),
    ("Moussa Dadis Camara", "Mohamed Béavogui"),
    ("Idriss Déby", "Mahamat Idriss Déby"),
    ("Ali Khamenei", "Mojtaba Khamenei"),
    ("Ali Khamenei", "Ruhollah Khomeini"),
    ("Mahmoud Abbas", "Abbas Araghchi"),
    ("Abdallah ben Omar", "Omar ben Abdallah"),
    ("Jean-Marie Le Pen", "Marine Le Pen"),
    ("Bill Clinton", "Hillary Clinton"),
    ("George Bush", "Jeb Bush"),
]


@pytest.mark.parametrize(("one", "two"), HARD)
def test_different_people_are_never_one(one: str, two: str) -> None:
    """Whatever their articles have in common, and with a surname alone beside them."""
    marks = [(one, _slug(one)), (two, _slug(two)), (one.split()[-1], _slug(one.split()[-1]))]
    around = (UKRAINE, RUSSIA, ("Syrie", "loc/syria"))
    found = entities([article(str(i), mark, *around) for i, mark in enumerate(marks)])
    first, second = of(found, "0", marks[0][1]), of(found, "1", marks[1][1])
    assert first.id != second.id


def _slug(name: str) -> str:
    return "per/" + "-".join(map(skeleton, name.replace("-", " ").split()))


PEOPLE = sorted({name for pair in HARD for name in pair})


@given(st.lists(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4, unique=True), max_size=8))
@settings(deadline=None, max_examples=60)
def test_no_mix_of_articles_joins_them(chosen: list[list[str]]) -> None:
    articles = [article(str(i), *((name, _slug(name)) for name in names), UKRAINE) for i, names in enumerate(chosen)]
    for entity in entities(articles):
        written = {form for form, _ in entity.forms}
        assert not any(one in written and two in written for one, two in HARD)
