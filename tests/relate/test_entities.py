"""Entities: joined across articles and spellings, never two people in one, the same in any order."""

import itertools

from recoupe.lang import DEFAULT
from recoupe.model.article import Article
from recoupe.model.records import Annotated, Name, identified
from recoupe.model.relations import Entity
from recoupe.relate.entities import entities

Mark = tuple[str, str] | tuple[str, str, str]


def article(number: str, *marks: Mark, lang: str = DEFAULT) -> Annotated:
    """An article that is nothing but names: (text, slug) or (text, slug, what it stands for)."""
    text, records = "", []
    found = Article(id=number, text=" ".join(mark[0] for mark in marks), sha256="", lang=lang)
    for mark in marks:
        start = len(text)
        text += mark[0] + " "
        kind = mark[1].partition("/")[0].upper()
        name = Name(
            start=start, end=start + len(mark[0]), text=mark[0], type=kind, entity=mark[1],  # type: ignore[arg-type]
            stands_for=mark[2] if len(mark) > 2 else None,
        )  # fmt: skip
        records.append(identified(name, found))
    return Annotated(found, tuple(records))


def of(found: tuple[Entity, ...], doc: str, slug: str) -> Entity:
    return next(entity for entity in found if (doc, slug) in entity.referents)


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
