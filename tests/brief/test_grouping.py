"""What stands in one row, and what a story is told under: intervals, speakers, main happenings, people, sources."""

from typing import Any

import msgspec
import pytest
from newsdesk import Desk, Set

from recoupe.brief import account
from recoupe.brief.index import Index
from recoupe.brief.model import Folded, StoryAccount
from recoupe.brief.origins import origins
from recoupe.brief.people import people
from recoupe.brief.reasons import Counted, reasons
from recoupe.brief.strands import heading, strands
from recoupe.brief.wording import folded
from recoupe.lang import pack
from recoupe.model.article import Article
from recoupe.model.records import Figure, Name
from recoupe.model.relations import Answer, Entity, Happening, Origin, OtherWindow, Relations, TruceAnswer


def told(news: Set, **changes: object) -> StoryAccount:
    """The story in French with other relations."""
    return account(news.articles, msgspec.structs.replace(news.relations, **changes), pack("fr")).stories[0]


def test_one_row_for_one_interval_with_all_who_give_it(news: Set) -> None:
    dispute = news.relations.disputes[0]
    first = dispute.answers[0]
    twin = news.relations.statements[2].claims[1]
    article = next(one for one in news.articles if one.article.id == "c")
    block = next(record for record in article.records if "15 people" in record.text)
    own = Answer(doc="c", start=block.start, end=block.end, text=block.text, group=1, voice="outlet", low=12)
    copied = msgspec.structs.replace(first, doc=twin[0], claim=twin[1])
    changed = msgspec.structs.replace(dispute, answers=(*dispute.answers, copied, own))
    story = told(news, disputes=(changed,))
    (found,) = story.disputes
    assert ["".join(part.text for part in column.head) for column in found.columns] == ["au moins 12", "15"]
    (line,) = found.columns[0].lines
    assert line.text == (
        "Des habitants ; l’article, en son nom : des obus sont tombés sur Ostrava, faisant au moins 12 morts"
    )
    assert {link.doc for link in line.links} == {"a", "b", "c"}
    assert (story.lead[1].text, story.counted) == ("Tués — 2 réponses : au moins 12 ; 15", 3)


def rows(*figures: dict[str, Any]) -> list[Counted]:
    made = [Figure(start=0, end=1, text="x", **figure) for figure in figures]
    return [Counted(str(i), figure, ((None, None, "a"),)) for i, figure in enumerate(made)]


@pytest.mark.parametrize(
    ("figures", "key"),
    [
        (({"low": 89}, {"low": 400, "high": 400}), "compatible"),
        (({"low": 12, "high": 12}, {"low": 15, "high": 15}), "opposed"),
        (({"low": 12, "high": 15}, {"low": 15, "high": 15}), "compatible"),
        (({"low": 15, "strict": True}, {"low": 15, "high": 15}), "opposed"),
        (({"high": 15}, {"low": 16}), "opposed"),
        (({"low": 200, "high": 999}, {"low": 5, "high": 5}), ""),
    ],
)
def test_whether_numbers_can_hold_together(figures: tuple[dict[str, Any], ...], key: str, news: Set) -> None:
    found = reasons(Index(news.articles, news.relations, pack("fr")), rows(*figures))
    assert found == (pack("fr").phrase(f"brief.why.{key}") if key else "")


def test_numbers_of_which_some_can_hold_together_say_which(news: Set) -> None:
    figures = ({"low": 10}, {"low": 12, "high": 12}, {"low": 15, "high": 15})
    found = reasons(Index(news.articles, news.relations, pack("fr")), rows(*figures))
    assert found == "Certaines peuvent tenir ensemble (0 et 1), d’autres non (1 et 2)."


def test_numbers_of_other_days_say_so(news: Set) -> None:
    why = next(one.why for one in told(news).disputes if one.kind == "number")
    assert why.startswith("Des jours différents : 3 mars 2031, 15 ; 4 mars 2031, au moins 12. ")


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"earliest": "2031-03-03T08:00", "latest": "2031-03-03T09:00"}, ["Frappe, Ostrava, 3 mars 2031"]),
        ({"place": "e:loc/ostrava"}, ["Frappe, Ostrava, 3 mars 2031"]),
        (
            {"place": "e:loc/valmy", "earliest": "2031-03-03T08:00"},
            ["Bombardement, Ostrava, 3 mars 2031", "Frappe, Valmy, 3 mars 2031"],
        ),
        (
            {"place": "e:loc/ostrava", "earliest": "2031-03-09T00:00"},
            ["Bombardement, Ostrava, 3 mars 2031", "Frappe, Ostrava, 9 mars 2031"],
        ),
        ({}, ["Bombardement, Ostrava, 3 mars 2031", "Frappe"]),
    ],
)
def test_happenings_stand_under_one_heading_where_day_or_place_says_so(
    second: dict[str, Any], expected: list[str], news: Set
) -> None:
    first = news.relations.happenings[0]
    other = Happening(id="h:z", type="strike", mentions=(("c", "none"),), **second)
    relations = msgspec.structs.replace(news.relations, happenings=(first, other))
    index = Index(news.articles, relations, pack("fr"))
    made = strands(index, relations.stories[0])
    assert sorted("".join(part.text for part in heading(index, one)).capitalize() for one in made) == [
        one.capitalize() for one in expected
    ]


def test_a_story_of_one_happening_has_no_headings(news: Set) -> None:
    assert told(news).strands == ()


def test_remarks_on_a_truce_are_few_and_of_others(news: Set) -> None:
    truce = news.relations.truces[0]
    claims = [one.claims[0] for one in news.relations.statements]
    remarks = [TruceAnswer(side=None, claim=claim, stance="other") for claim in claims]
    (view,) = told(news, truces=(msgspec.structs.replace(truce, answers=(*truce.answers, *remarks)),)).truces
    stances = [row.stance for row in view.answers]
    assert stances.count("other") == 3
    assert len(view.rest) > 0
    others = [row.line.text for row in view.answers if row.stance == "other"]
    assert not any(text.startswith("Anton Krull") for text in others)  # he takes a stance


def test_windows_that_contradict_stand_beside_the_declared_one(news: Set) -> None:
    truce = news.relations.truces[0]
    other = OtherWindow(earliest="2031-03-03T12:00", latest="2031-03-05T00:00", refs=truce.window)
    (view,) = told(news, truces=(msgspec.structs.replace(truce, windows=(other,)),)).truces
    assert [row.label for row in view.rows] == ["fenêtre", "autre fenêtre, contradictoire", "étendue"]
    assert "4 mars 2031, 24:00" in view.rows[1].line.text


def test_what_articles_tell_in_their_own_name_answers_a_truce(news: Set) -> None:
    truce = news.relations.truces[0]
    hit = truce.incidents[1].event
    answers = (TruceAnswer(side=None, claim=hit, stance="accepted"),)
    (view,) = told(news, truces=(msgspec.structs.replace(truce, answers=answers),)).truces
    (row,) = view.answers
    assert row.line.text.startswith("L’article, en son nom : Shells hit Ostrava")


def test_who_wrote_it_is_no_person_of_a_story() -> None:
    text = "Par Anna Klow\n\nLe maire Jan Brod a parlé. Photo : Ida Velt\n"
    desk = Desk(Article(id="a", text=text, sha256="00", lang="fr"), {2: "body"})
    entities = []
    for name in ("Anna Klow", "Jan Brod"):
        ref = desk.put(Name(**desk.base(name), type="PER", entity=f"per/{name}"))  # type: ignore[arg-type]
        entities.append(Entity(id=name, slug=f"per/{name}", type="PER", label=name, mentions=(ref,)))
    index = Index((desk.done(),), Relations(entities=tuple(entities)), pack("fr"))
    assert [one.label for one in people(index, ["a"])] == ["Jan Brod"]


def test_people_who_speak_come_first_with_their_roles(news: Set) -> None:
    first, second = told(news).people
    assert first.line.text == "Anton Krull, porte-parole du ministère"
    assert second.label == "Mila Serne"
    assert "(en anglais)" in second.line.text


def test_texts_know_their_first_sources(news: Set) -> None:
    story = told(news)
    assert [one.numbers for one in story.origins] == [(1,), (2, 3)]
    assert {(one.label, one.texts) for one in story.sources} >= {("Anton Krull", (2,)), ("Mila Serne", (1,))}


def test_a_sure_origin_inside_a_doubtful_one_leaves_no_text_over() -> None:
    """Two copies and a rewrite of them are one text, not two; that the three are one is not sure."""
    words = "Le pont est tombé.\n"
    desks = [Desk(Article(id=doc, text=words, sha256="00", lang="fr"), {}) for doc in "abcd"]
    found = (
        Origin(id="o1", docs=("a", "b"), evidence=("passages:5",), sure=True),
        Origin(id="o2", docs=("b", "c"), evidence=("passages:2",), sure=False),
    )
    index = Index(tuple(desk.done() for desk in desks), Relations(origins=found), pack("fr"))
    assert [(one.numbers, one.sure) for one in origins(index, "abcd")] == [((1, 2, 3), False), ((4,), True)]
    assert [(one.numbers, one.sure) for one in origins(index, "abd")] == [((1, 2), True), ((4,), True)]


def test_an_agencys_mark_is_told() -> None:
    origin = Folded(numbers=(1, 2), passages=5, evidence=("passages:5", "agency:AFP"))
    assert folded(origin, pack("fr")) == "un seul texte : 1 et 2 partagent 5 passages, signés AFP"
