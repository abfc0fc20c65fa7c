"""An agency's text in many outlets is told once: one text, its events one happening, its claims one statement."""

from piece import Piece

from recoupe.model.records import Annotated
from recoupe.relate import relate

FLASH = (
    "La Bordurie a décrété une trêve à Valmy, a annoncé un porte-parole, qui dit que des obus y sont tombés dans la "
    "nuit et que la Syldavie envisage de prolonger la trêve au-delà de dimanche si elle est respectée."
)


def flash(name: str) -> Annotated:
    """One paragraph, as an outlet prints it."""
    piece = Piece(name, FLASH, "2024-03-04")
    piece.claim("La Bordurie a décrété une trêve à Valmy", "un porte-parole", None, "a annoncé")
    piece.claim("des obus y sont tombés dans la nuit", "un porte-parole", None, "dit")
    piece.event("trêve", "ceasefire", actor="La Bordurie").event("tombés", "strike").event("trêve", "ceasefire", 1)
    return piece.done()


def test_a_flash_of_one_paragraph_in_many_outlets_is_one_text() -> None:
    names = [f"{n:02}" for n in range(30)]
    found = relate([flash(name) for name in names])
    assert [origin.docs for origin in found.origins if origin.sure] == [tuple(names)]
    assert [story.texts for story in found.stories] == [1]
    assert {len(one.claims) for one in found.statements} == {30}
    assert {one.texts for one in found.statements} == {1}
    assert sorted(len(one.mentions) for one in found.happenings) == [30, 60]
    assert [truce.stage for truce in found.truces] == [truce.stage for truce in relate([flash("00")]).truces]


OWN = (
    "Le marché d'Ostrava a rouvert lundi après un mois de travaux, et les commerçants y retrouvent leurs clients.",
    "À Lutèce, le tribunal juge cette semaine huit contrebandiers arrêtés l'été dernier près de la frontière du nord.",
    "La sécheresse inquiète les éleveurs de la plaine, qui demandent de l'aide pour acheter du fourrage avant l'hiver.",
    "Deux lycées de Lille ferment leurs internats faute de surveillants, ce que les parents d'élèves regrettent.",
)


def test_a_paragraph_that_several_longer_texts_share_is_background() -> None:
    found = relate([Piece(str(n), f"{text}\n{FLASH}\n{text[::-1]}", "2024-03-04").done() for n, text in enumerate(OWN)])
    assert [origin for origin in found.origins if origin.sure] == []
