"""Truces: which one a mention means, from when to when, and which incidents are alleged of it."""

from piece import Piece

from recoupe.model.records import Annotated, Time
from recoupe.model.relations import Truce
from recoupe.relate import relate


def lasting(piece: Piece, words: str, value: str) -> Piece:
    """A duration."""
    start, end = piece.span(words)
    piece._add(Time(start=start, end=end, text=words, type="DURATION", value=value))
    return piece


def one(*pieces: Annotated) -> Truce:
    (found,) = relate(list(pieces)).truces
    return found


def told(truce: Truce, *pieces: Piece) -> list[tuple[str, str]]:
    by_id = {(p.article.id, r.id): r for p in pieces for r in p.records}
    return sorted((by_id[incident.event].text, incident.when) for incident in truce.incidents)


def test_a_truce_of_another_length_is_another_truce() -> None:
    text = (
        "La Bordurie a décrété une trêve de 30 heures à Valmy.\n"
        "Elle avait refusé une trêve de 30 jours.\nLa trêve est mal suivie."
    )
    piece = Piece("a", text, "2024-03-04").event("trêve", "ceasefire", actor="La Bordurie")
    lasting(lasting(piece, "30 heures", "PT30H"), "30 jours", "P30D").event("trêve", "ceasefire", 1)
    piece.event("trêve", "ceasefire", 2)
    found = sorted(relate([piece.done()]).truces, key=lambda t: -len(t.mentions))
    assert [len(truce.mentions) for truce in found] == [2, 1]
    assert found[1].stage == "refused"


def test_of_two_windows_the_one_as_long_as_the_truce() -> None:
    """ "Midnight on Monday" is the first or the last of Monday: the length that the truce is given tells."""
    pieces = []
    for name, last, instant in (
        ("a", "minuit lundi", "2024-03-06T00:00"),
        ("b", "minuit dimanche", "2024-03-05T00:00"),
    ):
        text = f"La Bordurie a décrété une trêve de 30 heures à Valmy de 18h00 samedi à {last}."
        piece = Piece(name, text, "2024-03-03").hour("18h00 samedi", "2024-03-03T18:00").hour(last, instant)
        lasting(piece, "30 heures", "PT30H")
        piece.event("trêve", "ceasefire", actor="La Bordurie", place="Valmy", time_span=f"18h00 samedi à {last}")
        pieces.append(piece.done())
    truce = one(*pieces)
    assert (truce.earliest, truce.latest) == ("2024-03-03T18:00", "2024-03-05T00:00")
    assert [other.latest for other in truce.windows] == ["2024-03-06T00:00"]


def test_a_word_that_opens_a_window_stands_right_before_it() -> None:
    text = "Les chefs du Haut-Pays ont accepté jeudi une trêve.\nLa trêve est entrée en vigueur à 13h00."
    piece = Piece("a", text, "2024-03-07").day("jeudi", "2024-03-07").hour("13h00", "2024-03-07T13:00")
    piece.event("trêve", "ceasefire", time_span="jeudi").event("trêve", "ceasefire", 1)
    assert one(piece.done()).earliest == "2024-03-07T13:00"


def test_what_came_before_and_what_is_halted_are_no_incidents() -> None:
    text = (
        "La Bordurie a décrété une trêve à Valmy, une semaine après la frappe de Lutèce.\n"
        "Elle demande de cesser toutes les attaques.\nDes obus sont tombés sur Valmy malgré la trêve."
    )
    piece = Piece("a", text, "2024-03-04").event("trêve", "ceasefire", actor="La Bordurie").event("frappe", "strike")
    piece.event("attaques", "ground").event("tombés", "strike", place="Valmy").event("trêve", "ceasefire", 1)
    assert told(one(piece.done()), piece) == [("tombés", "inside")]


def test_a_breach_by_those_who_accuse_is_no_answer_to_who_kept_it() -> None:
    text = (
        "La Bordurie affirme que ses troupes respectent la trêve.\n"
        "Mila Serne accuse la Syldavie d'avoir violé la trêve.\n"
        "La Syldavie dit que des obus sont tombés malgré la trêve."
    )
    piece = Piece("a", text, "2024-03-04")
    piece.claim("ses troupes respectent la trêve", "La Bordurie", "loc/borduria", "affirme")
    piece.claim("avoir violé la trêve", "Mila Serne", "per/mila-serne", "accuse", "accuse")
    piece.claim("des obus sont tombés malgré la trêve", "La Syldavie", "loc/syldavia", "dit")
    piece.event("trêve", "ceasefire").event("trêve", "ceasefire", 1).event("trêve", "ceasefire", 2)
    piece.event("violé", "violation", actor="la Syldavie").event("tombés", "strike")
    kept = [found for found in relate([piece.done()]).disputes if found.kind == "denial"]
    assert [(answer.group, answer.text) for answer in kept[0].answers] == [
        (1, "des obus sont tombés malgré la trêve"),
        (2, "ses troupes respectent la trêve"),
    ]
