"""Four small articles on a truce and a toll in countries that are none, with their records."""

from piece import Piece

from recoupe.model.records import Annotated

ORDER = "La Bordurie ordonne une trêve"
TRUCE = (
    f"{ORDER}\n"
    "Anton Krull a décrété une trêve de 10h00 le 4 mars à 18h00 le 5 mars sur tout le front de Valmy.\n"
    "Mila Serne a demandé à la Bordurie de quitter Valmy avant toute trêve."
)
BROKEN = (
    "Quelques heures après le début de la trêve, des obus ont touché Valmy, a déclaré Mila Serne.\n"
    "La Bordurie a affirmé que ses troupes respectaient la trêve et a accusé la Syldavie d'avoir bombardé Valmy.\n"
    "Une caserne de Lutèce avait été bombardée peu avant la trêve."
)
ENGLISH = (
    "Anton Krull on 4 March declared a truce on the Valmy front in Borduria.\n"
    "Shells hit Valmy hours later, officials said."
)
TOLL = "L'explosion du dépôt a fait {} morts à Ostrava, a annoncé {}."


def truce() -> Annotated:
    """An ordered truce with its window, and a condition."""
    piece = (
        Piece("a", TRUCE, "2024-03-04", title=True)
        .hour("10h00 le 4 mars", "2024-03-04T10:00")
        .hour("18h00 le 5 mars", "2024-03-05T18:00")
    )
    piece.claim(
        "une trêve de 10h00 le 4 mars à 18h00 le 5 mars sur tout le front de Valmy",
        "Anton Krull",
        "per/anton-krull",
        "a décrété",
        "request",
    )
    piece.claim("quitter Valmy avant toute trêve", "Mila Serne", "per/mila-serne", "a demandé", "request")
    piece.event("trêve", "ceasefire", 0, "actual").event(
        "trêve", "ceasefire", 1, time_span="10h00 le 4 mars à 18h00 le 5 mars", place="tout le front de Valmy"
    )
    return piece.event("quitter", "withdrawal").event("trêve", "ceasefire", 2).done()


def broken() -> Annotated:
    """An incident inside the window, one before it, and the other side's answer."""
    piece = Piece("b", BROKEN, "2024-03-04")
    piece.claim(
        "Quelques heures après le début de la trêve, des obus ont touché Valmy",
        "Mila Serne",
        "per/mila-serne",
        "a déclaré",
    )
    piece.claim("ses troupes respectaient la trêve", "La Bordurie", "loc/borduria", "a affirmé")
    piece.claim("avoir bombardé Valmy", "La Bordurie", "loc/borduria", "a accusé", "accuse")
    piece.event("trêve", "ceasefire", 0).event("touché", "strike", target="Valmy", place="Valmy").event(
        "trêve", "ceasefire", 1
    )
    piece.event("bombardé", "strike", actor="Syldavie", place="Valmy").event("bombardée", "strike", place="Lutèce")
    return piece.event("trêve", "ceasefire", 2).done()


def english() -> Annotated:
    """The same truce in another language."""
    piece = Piece("c", ENGLISH, "2024-03-04", "en").day("4 March", "2024-03-04")
    piece.claim("a truce on the Valmy front in Borduria", "Anton Krull", "per/anton-krull", "declared", "request")
    return (
        piece.event("truce", "ceasefire", time_span="4 March", place="the Valmy front")
        .event("hit", "strike", target="Valmy")
        .done()
    )


def toll(name: str, count: int, who: str, slug: str, published: str) -> Annotated:
    """A death toll by someone on a day."""
    piece = Piece(name, TOLL.format(count, who), published).claim(
        f"L'explosion du dépôt a fait {count} morts à Ostrava", who, slug, "a annoncé"
    )
    return piece.event("explosion", "strike", place="Ostrava").figure(str(count), count, count, counts="mort").done()
