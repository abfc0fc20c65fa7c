"""Shared passages and common origins."""

import pytest
from piece import Piece

from recoupe.relate import relate
from recoupe.relate.reuse.pages import pages, sharing

LEAD = "Le port de Valmy est resté fermé toute la matinée après la découverte d'une mine flottante près du quai nord."
EDITED = (
    "Le port de Valmy est resté fermé toute la journée à la suite de la découverte d'une mine flottante au quai nord."
)
REORDERED = (
    "Après la découverte d'une mine flottante près du quai nord, le port de Valmy est resté fermé toute la matinée."
)
SECOND = (
    "Les démineurs de la marine ont remorqué l'engin vers le large et l'ont fait exploser peu après midi, sans dégâts."
)
THIRD = (
    "Aucun navire de commerce ne se trouvait à moins de deux milles de la zone, précise la capitainerie dans une note."
)
OTHER = (
    "La récolte de pommes s'annonce moyenne cette année dans les vergers du sud, où le gel de mars a brûlé les fleurs."
)
LAST = "Un festival de théâtre amateur ouvrira ses portes samedi dans trois villages de la vallée, avec onze troupes."
RETOLD = (
    "Le port de Valmy a été fermé durant toute la matinée après qu'une mine flottante a été découverte au quai nord."
)
SPEECH = (
    "« Nous ne quitterons pas ce port tant que la dernière mine n'aura pas été trouvée et détruite par nos plongeurs »"
)
SHORT = "Suivez notre direct."


@pytest.mark.parametrize(
    ("mine", "theirs", "kind"),
    [
        (LEAD, LEAD, "copy"),
        (LEAD, EDITED, "rewrite"),
        (LEAD, REORDERED, "rewrite"),
        (LEAD, RETOLD, "rewrite"),
        (LEAD, OTHER, None),
        (f"{SPEECH}, a lancé l'amiral devant la presse.", f"Mardi soir, sur une radio : {SPEECH}.", None),
        (SHORT, SHORT, None),
    ],
)
def test_a_passage_is_copied_rewritten_or_its_own(mine: str, theirs: str, kind: str | None) -> None:
    pieces = [Piece("a", f"{mine}\n{THIRD}", "2024-05-02"), Piece("b", f"{LAST}\n{theirs}", "2024-05-03")]
    found = relate([piece.done() for piece in pieces]).reuse
    assert [record.kind for record in found] == ([kind] if kind else [])
    for record in found:
        assert record.a == ("a", 0, len(mine))
        assert record.b == ("b", len(LAST) + 1, len(LAST) + 1 + len(theirs))
        assert record.first == "a"


@pytest.mark.parametrize("at_once", [1, 4096])
def test_paragraphs_with_words_in_common_are_found_at_once(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setitem(sharing.__globals__, "AT_ONCE", at_once)
    texts = ["\n".join([LEAD, SECOND, THIRD, OTHER]), "\n".join([LAST, RETOLD, SHORT, LEAD, f"{THIRD} {OTHER}"])]
    x, y = pages(Piece(name, text).done() for name, text in zip("ab", texts, strict=True))
    bags = [(i, j) for i in range(len(x.spans)) for j in range(len(y.spans))]
    wanted = [(i, j) for i, j in bags if x.paragraphs[i].bag.shares(y.paragraphs[j].bag, 0.5)]
    assert wanted
    assert list(sharing(x, y, 0.5)) == wanted


def test_lifted_sentences_in_a_row_are_one_passage() -> None:
    long = Piece("a", f"{OTHER} {LEAD} {SECOND} {LAST}")
    lifted = Piece("b", f"{THIRD}\n{LEAD} {SECOND}")
    (record,) = relate([long.done(), lifted.done()]).reuse
    assert record.a[1:] == (len(OTHER) + 1, len(OTHER) + 1 + len(LEAD) + 1 + len(SECOND))
    assert record.first is None


def test_a_formula_counts_only_beside_a_longer_passage() -> None:
    pieces = [Piece("a", f"{LEAD}\n{SHORT}"), Piece("b", f"{LEAD}\n{SHORT}")]
    assert len(relate([piece.done() for piece in pieces]).reuse) == 2


def test_a_body_under_another_headline_is_one_text() -> None:
    body = f"{LEAD}\n{SECOND}\n{THIRD}"
    pieces = [
        Piece("a", f"Une mine au port\n{body}", title=True),
        Piece("b", f"Valmy : port fermé\n{body} (AFP)", title=True),
    ]
    (origin,) = relate([piece.done() for piece in pieces]).origins
    assert origin.docs == ("a", "b")
    assert origin.sure


def test_an_agency_that_signs_all_copies_is_evidence() -> None:
    body = f"{LEAD}\n{SECOND}\n{THIRD}"
    pieces = [
        Piece("a", f"VALMY, 3 mai (Reuters) - {body}", "2024-05-03"),
        Piece("b", f"{body} (avec Reuters)", "2024-05-04"),
        Piece("c", f"{body} (Reuters)", "2024-05-04"),
    ]
    account = relate([piece.done() for piece in pieces])
    (origin,) = account.origins
    assert origin.docs == ("a", "b", "c")
    assert "agency:Reuters" in origin.evidence
    assert {(record.a[0], record.b[0]): record.first for record in account.reuse} == {
        ("a", "b"): "a",
        ("a", "c"): "a",
        ("b", "c"): None,
    }, "who was first is said where the days tell it"


def test_three_lifted_sentences_are_shown_and_make_no_origin() -> None:
    def own(name: str) -> str:
        return "\n".join(" ".join(f"{name}{n}{k}" for k in range(25)) for n in range(6))

    lifted = f"{LEAD} {SECOND} {THIRD}"
    pieces = [Piece("a", f"{lifted}\n{own('x')}"), Piece("b", f"{own('y')}\n{OTHER} {lifted}")]
    account = relate([piece.done() for piece in pieces])
    assert [record.a[1:] for record in account.reuse] == [(0, len(lifted))]
    assert account.origins == ()


def test_background_shared_by_many_makes_no_origin() -> None:
    own = [OTHER, LAST, SECOND, THIRD]
    pieces = [Piece(name, f"{text}\n{LEAD}") for name, text in zip("abcd", own, strict=True)]
    found = relate([piece.done() for piece in pieces])
    assert len(found.reuse) == 6
    assert found.origins == ()


def test_half_a_text_in_common_is_an_origin_that_is_not_sure() -> None:
    pieces = [Piece("a", f"{LEAD}\n{SECOND}\n{OTHER}\n{LAST}"), Piece("b", f"{LEAD}\n{SECOND}\n{THIRD}\n{THIRD[::-1]}")]
    (origin,) = relate([piece.done() for piece in pieces]).origins
    assert not origin.sure


def translated(name: str, lang: str, order: tuple[int, ...] = (0, 1, 2)) -> Piece:
    """Three paragraphs that name, count and date the same in either language."""
    words = {
        "fr": (
            "Le 4 mars, Anton Krull a compté 12 bateaux à Valmy, en Syldavie.",
            "Mila Serne a quitté Ostrava le 5 mars avec 300 soldats de Bordurie.",
            "À Lutèce, 41 maisons ont brûlé le 6 mars, selon Mila Serne.",
        ),
        "en": (
            "On 4 March Anton Krull counted 12 boats in Valmy, Syldavia.",
            "Mila Serne left Ostrava on 5 March with 300 soldiers from Borduria.",
            "In Lutetia 41 houses burned down on 6 March, Mila Serne said.",
        ),
    }[lang]
    piece = Piece(name, "\n".join(words[i] for i in order), "2024-03-07", lang)
    for day in (4, 5, 6):
        piece.day(f"{day} mars" if lang == "fr" else f"{day} March", f"2024-03-0{day}")
    for count in (12, 300, 41):
        piece.figure(str(count), count, count, "other")
    return piece


def test_a_translation_is_a_candidate_for_one_text() -> None:
    account = relate([translated("a", "fr").done(), translated("b", "en").done()])
    (found,) = account.origins
    assert (found.docs, found.sure) == (("a", "b"), False)
    assert "translation" in found.evidence
    assert [story.texts for story in account.stories] == [1]


def test_the_same_facts_in_another_order_are_no_translation() -> None:
    assert relate([translated("a", "fr").done(), translated("b", "en", (2, 1, 0)).done()]).origins == ()


def test_bulletins_of_two_days_are_two_texts() -> None:
    bulletin = "L'état-major de Valmy annonce {} chars détruits, {} drones abattus et {} combats sur tout le front."
    first = Piece("a", f"{bulletin.format(14, 31, 87)}\n{THIRD}", "2024-05-02")
    second = Piece("b", f"{bulletin.format(9, 42, 65)}\n{LAST}", "2024-05-03")
    assert relate([first.done(), second.done()]).reuse == ()
