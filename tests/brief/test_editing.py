"""What an editor would mend: alike rows, nobody as a source, questions, counts in passing, what lies far back."""

import msgspec
import pytest
from newsdesk import Set

from recoupe.brief import account, as_html
from recoupe.brief.chronology import background
from recoupe.brief.model import Folded, Line, Link, Moment, Part, Support
from recoupe.brief.wording import folded
from recoupe.lang import available, pack
from recoupe.model.relations import TruceAnswer


def test_a_speaker_says_one_thing_of_a_truce_once(news: Set) -> None:
    truce = news.relations.truces[0]
    twins = {one.claims[0]: one.claims[1] for one in news.relations.statements if len(one.claims) > 1}
    answers = [TruceAnswer(side=one.side, claim=twins[one.claim], stance=one.stance) for one in truce.answers]
    doubled = msgspec.structs.replace(
        truce, answers=(*truce.answers, *answers), incidents=(*truce.incidents, truce.incidents[0])
    )
    relations = msgspec.structs.replace(news.relations, truces=(doubled,))
    found = account(news.articles, relations, pack("fr")).stories[0].truces[0]
    plain = account(*news, pack("fr")).stories[0].truces[0]
    assert [row.line.text for row in found.answers] == [row.line.text for row in plain.answers]
    assert len(found.incidents) == len(plain.incidents)


def test_nobody_is_an_unnamed_source(news: Set) -> None:
    feared = next(line for line in account(*news, pack("fr")).stories[0].ahead if "Valmy" in line.text)
    assert feared.text == "Source non nommée craint une offensive vers Valmy"


def test_questions_are_asked_as_a_person_would(news: Set) -> None:
    asked = msgspec.structs.replace(news.relations.questions[0], happening="h:obus", party="e:loc/syldavia")
    relations = msgspec.structs.replace(news.relations, questions=(asked,))
    story = account(news.articles, relations, pack("fr")).stories[0]
    plain = msgspec.structs.replace(relations, disputes=())
    tables = account(news.articles, plain, pack("fr")).stories[0].figures
    title = "Tués dans le bombardement, Ostrava, 3 mars 2031, Syldavie"
    assert title in ["".join(part.text for part in table.title) for table in tables]
    assert f"{title} : combien ?" in [one.question.text for one in story.disputes]


def moment(day: str, texts: int = 1) -> Moment:
    link = Link(doc="d", start=0, end=1, number=1, paragraph=1)
    support = Support(texts=texts, articles=texts)
    line = Line(parts=(Part("x"),), refs=(("d", "r"),), links=(link,), support=support)
    return Moment(when=day, line=line, earliest=day)


def test_what_lies_far_back_is_background_unless_it_is_central() -> None:
    days = ["1991-08-24", "2031-01-20", "2031-03-02"]
    near, far = background([moment(day) for day in days], ["2031-03-04", ""])
    assert ([one.when for one in near], [one.when for one in far]) == (days[1:], days[:1])
    near, far = background([moment(days[0], 3), moment(days[2])], ["2031-03-04"])
    assert far == []
    assert background([moment(days[0])], [""])[1] == []


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        (Folded(numbers=(9, 10), passages=5), "un seul texte : 9 et 10 partagent 5 passages"),
        (Folded(numbers=(1, 2, 4), passages=1, sure=False), "1, 2 et 4 partagent 1 passage (indépendance non établie)"),
        (
            Folded(numbers=(1, 3), sure=False, evidence=("translation", "paragraphs:4")),
            "1 et 3 semblent traduits l’un de l’autre (indépendance non établie)",
        ),
    ],
)
def test_how_copies_fold_is_one_sentence(origin: Folded, told: str) -> None:
    assert folded(origin, pack("fr")) == told


@pytest.mark.parametrize("code", available())
def test_the_page_says_what_it_holds(code: str, news: Set) -> None:
    read = [msgspec.structs.replace(one.article, read="2031-03-05T08:00:00") for one in news.articles]
    articles = tuple(
        msgspec.structs.replace(one, article=article) for one, article in zip(news.articles, read, strict=True)
    )
    found = account(articles, news.relations, pack(code))
    assert (found.texts, found.read != "") == (2, True)
    page = as_html(found, pack(code))
    assert found.read in page
    assert pack(code).phrase("brief.page.held", n=1, made="").rstrip(" ,") in page
