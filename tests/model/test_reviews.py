"""Reviews find their record again, or say that they do not."""

from msgspec.structs import replace

from recoupe.model.article import Article
from recoupe.model.hand import Standing, standing
from recoupe.model.records import Annotated, Figure, identified
from recoupe.model.reviews import Review, attached, in_force, quoted

TEXT = "Il y a 3 morts à Lyon, et 3 morts à Nice."


def annotated(text: str, *spans: tuple[int, int]) -> Annotated:
    article = Article(id="a", text=text, sha256="", lang="fr")
    records = [Figure(start=start, end=end, text=text[start:end]) for start, end in spans]
    return Annotated(article, tuple(identified(record, article) for record in records))


def review(found: Annotated, n: int = 0, **fields: str) -> Review:
    record = found.records[n]
    told = {
        "doc": "a",
        "record": record.id,
        "layer": "figure",
        "verdict": "confirmed",
        "who": "x",
        "at": "2024",
        **fields,
    }
    return Review(**told, **quoted(found, record))  # type: ignore[arg-type]


def test_one_who_types_a_name_otherwise_is_one_person() -> None:
    found = annotated(TEXT, (7, 8))
    typed = ["Anna Kern", " anna  KERN", "Anna\u00a0Kern", "Anna\u200b Kern"]
    assert len(in_force(review(found, who=who) for who in typed)) == 1
    assert in_force([review(found, who=typed[0]), review(found, who=typed[1], verdict="withdrawn")]) == []
    assert len(in_force([review(found, who="Anna Kern"), review(found, who="Anna Kerner")])) == 2


def test_by_its_id() -> None:
    found = annotated(TEXT, (7, 8))
    assert attached(found, [review(found)]) == ({found.records[0].id: [review(found)]}, [])


def test_by_its_quotation_in_another_version() -> None:
    before, after = annotated(TEXT, (7, 8), (26, 27)), annotated("Mise à jour. " + TEXT, (20, 21), (39, 40))
    held, orphans = attached(after, [review(before, 1)])
    assert list(held) == [after.records[1].id] and not orphans


def test_an_orphan_is_said_to_be_one() -> None:
    before = annotated(TEXT, (7, 8))
    for after in (annotated("Rien de tel."), annotated(TEXT * 2, (7, 8)), annotated("Mise à jour. " + TEXT)):
        assert attached(after, [review(before)]) == ({}, [review(before)])


def test_the_last_word_of_each_person_holds() -> None:
    found = annotated(TEXT, (7, 8))
    yes, no = review(found), review(found, verdict="rejected")
    other = review(found, who="y")
    assert in_force([yes, other, no]) == [other, no]
    assert in_force([yes, replace(yes, verdict="withdrawn")]) == []


def test_who_holds_a_record_for_wrong_does_not_sign_it() -> None:
    found = annotated(TEXT, (7, 8))
    right, wrong = (review(found, who=who, status="checked", verdict=verdict) for who, verdict in
                    (("Anna Kern", "confirmed"), ("Bo Diallo", "rejected")))  # fmt: skip
    assert standing([wrong]) == Standing("to_check", against=("Bo Diallo",))
    assert standing([right, wrong]) == Standing("checked", ("Anna Kern",), against=("Bo Diallo",))
    assert standing([right, wrong], 2) == Standing("to_check", ("Anna Kern",), 1, ("Bo Diallo",))
