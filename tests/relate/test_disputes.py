"""What a denial answers, and who blames whom: a deed by its doer and what it hit, never a common topic."""

from msgspec.structs import replace
from piece import Piece

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.model.article import Article, digest
from recoupe.model.records import Annotated, Claim, Event, Figure
from recoupe.model.relations import Dispute
from recoupe.relate import relate


def denied(piece: Annotated) -> Annotated:
    """The article with the events inside denials marked as denied."""
    denials = {r.id for r in piece.records if isinstance(r, Claim) and (r.act == "deny" or r.polarity == "-")}
    return Annotated(
        piece.article,
        tuple(
            replace(r, status="denied") if isinstance(r, Event) and denials & set(r.claims) else r
            for r in piece.records
        ),
    )


def sides(found: Dispute) -> list[tuple[int, str]]:
    return sorted((answer.group, answer.text) for answer in found.answers)


def accused(name: str = "a", town: str = "Valmy") -> Piece:
    """The Syldavians charge Borduria with having shelled a school."""
    text = f"La Syldavie a accusé la Bordurie d'avoir bombardé une école de {town}.\nLe tir a tué 30 personnes."
    piece = Piece(name, text, "2024-03-04")
    piece.claim(f"avoir bombardé une école de {town}", "La Syldavie", "loc/syldavia", "a accusé", "accuse")
    return piece.event("bombardé", "strike", target=f"une école de {town}", place=town)


def denial(name: str, words: str, target: str = "") -> Annotated:
    text = f"La Bordurie a nié {words}, à Ostrava comme ailleurs."
    piece = Piece(name, text, "2024-03-04")
    piece.claim(words, "La Bordurie", "loc/borduria", "a nié", "deny")
    if target:
        piece.event("bombardé", "strike", target=target)
    return denied(piece.done())


def test_who_denies_a_deed_of_his_own_answers_who_charges_him() -> None:
    toll = Piece("c", "Trente personnes ont péri dans l'école, selon Mila Serne.", "2024-03-04")
    toll.claim("Trente personnes ont péri dans l'école", "Mila Serne", "per/mila-serne", "selon")
    toll.event("péri", "casualties", target="Trente personnes", place="l'école")
    (found,) = relate([accused().done(), denial("b", "avoir bombardé une école", "une école"), toll.done()]).disputes
    assert found.kind == "denial"
    assert sides(found) == [(1, "avoir bombardé une école de Valmy"), (2, "avoir bombardé une école")]


def test_a_denial_of_something_else_answers_nothing() -> None:
    for words, target in (("avoir bombardé un pont", "un pont"), ("toute pénurie dans les écoles", "")):
        assert relate([accused().done(), denial("b", words, target)]).disputes == (), words


def test_one_word_in_common_is_a_topic() -> None:
    text = "La Syldavie a dit que le site manquait d'eau.\nLa Bordurie a nié toute fuite sur le site."
    piece = Piece("a", text, "2024-03-04")
    piece.claim("le site manquait d'eau", "La Syldavie", "loc/syldavia", "a dit")
    piece.claim("toute fuite sur le site", "La Bordurie", "loc/borduria", "a nié", "deny")
    assert relate([piece.done()]).disputes == ()


def test_a_rejection_answers_the_one_whose_word_it_names() -> None:
    text = (
        "La Syldavie affirme que le barrage fuit.\nAnton Krull dit que l'eau est potable.\n"
        "La Bordurie a qualifié de « mensonges » les déclarations de la Syldavie."
    )
    piece = Piece("a", text, "2024-03-04")
    piece.claim("le barrage fuit", "La Syldavie", "loc/syldavia", "affirme")
    piece.claim("l'eau est potable", "Anton Krull", "per/anton-krull", "dit")
    piece.claim("mensonges", "La Bordurie", "loc/borduria", "a qualifié", "deny", "-")
    (found,) = relate([piece.done()]).disputes
    assert sides(found) == [(1, "le barrage fuit"), (2, "mensonges")]


def test_a_clause_that_another_denies() -> None:
    words = "avoir repoussé deux assauts"
    text = f"La Bordurie dit {words}, ce que la Syldavie dément."
    piece = Piece("a", text, "2024-03-04").claim(words, "La Bordurie", "loc/borduria", "dit")
    piece.claim(f"dit {words}", "la Syldavie", "loc/syldavia", "dément", "deny").event("repoussé", "ground")
    (found,) = relate([denied(piece.done())]).disputes
    assert {answer.group for answer in found.answers} == {1, 2}


def test_two_who_accuse_each_other_in_one_breath() -> None:
    words = "avoir frappé le pont de Valmy"
    piece = Piece("a", f"La Bordurie et la Syldavie s'accusent d'{words}.", "2024-03-04")
    piece.claim(words, "La Bordurie", "loc/borduria", "s'accusent", "accuse")
    piece.claim(words, "la Syldavie", "loc/syldavia", "s'accusent", "accuse")
    (found,) = relate([piece.event("frappé", "strike", target="le pont de Valmy").done()]).disputes
    assert found.kind == "blame"
    assert {answer.says for answer in found.answers} == {"La Bordurie", "la Syldavie"}


def test_the_people_beside_the_word_for_an_attack_did_it() -> None:
    text = (
        "Une frappe russe a touché une école, selon Mila Serne.\nAnton Krull a accusé Paris d'avoir frappé une école."
    )
    piece = Piece("a", text, "2024-03-04")
    piece.claim("Une frappe russe a touché une école", "Mila Serne", "per/mila-serne", "selon")
    piece.claim("avoir frappé une école", "Anton Krull", "per/anton-krull", "a accusé", "accuse")
    piece.event("frappe", "strike", target="une école").event("frappé", "strike", actor="Paris")
    (found,) = relate([piece.done()]).disputes
    assert [answer.says for answer in found.answers] == ["russe", "Paris"]


def test_a_name_in_quotes_may_be_whom_the_other_names() -> None:
    text = (
        "Un drone des rebelles houthis a frappé une école de Marib, ont affirmé des secouristes.\n\n"
        "L'armée a accusé la « {} » d'avoir frappé une école de Marib."
    )
    for word, kinds in (("milice", []), ("", ["blame"])):
        told = text.format(word) if word else text.format("").replace("la «  »", "l'Arabie saoudite")
        article = Article(id="a", text=told, sha256=digest(told), lang="fr", published="2024-03-04")
        assert [one.kind for one in relate(annotate([article], ANNOTATORS, Parser())).disputes] == kinds


def test_two_without_a_name_blame_each_other() -> None:
    text = (
        "Les rebelles ont accusé l'armée d'avoir bombardé une école de Marib.\n\n"
        "L'armée a accusé les rebelles d'avoir bombardé une école de Marib."
    )
    article = Article(id="a", text=text, sha256=digest(text), lang="fr", published="2024-03-04")
    assert [one.kind for one in relate(annotate([article], ANNOTATORS, Parser())).disputes] == ["blame"]


def test_charges_of_two_towns_are_two_deeds() -> None:
    text = "La Bordurie a accusé la Syldavie d'avoir bombardé une école de Lille."
    other = Piece("b", text, "2024-03-04")
    other.claim("avoir bombardé une école de Lille", "La Bordurie", "loc/borduria", "a accusé", "accuse")
    other.event("bombardé", "strike", target="une école de Lille", place="Lille")
    assert relate([accused(town="Nantes").done(), other.done()]).disputes == ()


def toll(name: str, words: str, who: str, slug: str, *figures: tuple[str, int | None, int | None]) -> Annotated:
    """Someone's count of an explosion's dead."""
    piece = Piece(name, f"{words}, selon {who}.", "2024-03-04").claim(words, who, slug, "selon")
    if "explosion" in words:
        piece.event("explosion", "strike", place="Ostrava")
    for said, low, high in figures:
        piece.figure(said, low, high, counts="mort")
    return piece.done()


KRULL, SERNE = ("Anton Krull", "per/anton-krull"), ("Mila Serne", "per/mila-serne")


def test_one_voice_gives_one_count_in_a_sentence() -> None:
    first = toll(
        "a", "L'explosion d'Ostrava a fait 471 morts, 120 sont brûlés", *KRULL, ("471", 471, 471), ("120", 120, 120)
    )
    other = toll("b", "L'explosion d'Ostrava a fait 300 morts", *SERNE, ("300", 300, 300))
    (found,) = relate([first, other]).disputes
    assert sorted(answer.low for answer in found.answers) == [300, 471]


def test_a_vague_number_does_not_carry_one_count_to_another() -> None:
    first = toll("a", "L'explosion d'Ostrava a fait 150 morts", *KRULL, ("150", 150, 150))
    vague = toll("b", "L'explosion d'Ostrava a fait des centaines de morts", *SERNE, ("des centaines", 200, 999))
    war = toll("c", "Les frappes et l'explosion d'Ostrava ont fait 3000 morts", *SERNE, ("3000", 3000, 3000))
    assert relate([first, vague, war]).disputes == ()


def test_bodies_found_are_no_toll() -> None:
    first = toll("a", "L'explosion d'Ostrava a fait 7 morts", *KRULL, ("7", 7, 7))
    found = toll("b", "L'explosion d'Ostrava : 3 corps sortis des décombres", *SERNE, ("3", 3, 3))
    other = toll("c", "L'explosion d'Ostrava a fait 3 morts", *SERNE, ("3", 3, 3))
    bodies = replace(next(r for r in found.records if isinstance(r, Figure)), counts=("corps",))
    told = Annotated(found.article, tuple(bodies if isinstance(r, Figure) else r for r in found.records))
    assert relate([first, told]).disputes == ()
    assert len(relate([first, other]).disputes) == 1


def test_the_dead_of_two_towns_are_two_counts() -> None:
    text = "Un drone a tué 3 hommes à Lille, selon Anton Krull.\nMila Serne a déploré la mort de 5 hommes à Nantes."
    piece = Piece("a", text, "2024-03-04")
    piece.claim("Un drone a tué 3 hommes à Lille", "Anton Krull", "per/anton-krull", "selon")
    piece.claim("la mort de 5 hommes à Nantes", "Mila Serne", "per/mila-serne", "a déploré")
    piece.event("tué", "casualties").event("mort", "casualties").figure("3", 3, 3).figure("5", 5, 5)
    assert relate([piece.done()]).disputes == ()


def test_counts_of_a_whole_country_are_of_no_occasion() -> None:
    text = "Une frappe a fait 40 morts lundi à Ostrava, selon le maire.\n\nQuelque 700.000 personnes sont déplacées {}."
    for where, tied in (("en Haïti", False), ("depuis", True)):
        told = text.format(where)
        article = Article(id="a", text=told, sha256=digest(told), lang="fr", published="2024-03-04")
        found = relate(annotate([article], ANNOTATORS, Parser())).questions
        assert [bool(one.happening) for one in found if one.measure == "displaced"] == [tied]


def test_bare_words_mean_what_an_article_is_about_not_what_it_looks_back_at() -> None:
    """A strike of a month ago is background: "the attack" after it is again today's."""
    text = (
        "Une frappe a touché une gare d'Ostrava lundi.\n"
        "Le 4 février, une frappe avait fait 17 morts à Lille, selon Mila Serne.\n"
        "L'attaque a fait 40 morts, selon Anton Krull."
    )
    piece = Piece("a", text, "2024-03-04").day("lundi", "2024-03-04").day("Le 4 février", "2024-02-04")
    piece.claim("une frappe avait fait 17 morts à Lille", "Mila Serne", "per/mila-serne", "selon")
    piece.claim("L'attaque a fait 40 morts", "Anton Krull", "per/anton-krull", "selon")
    piece.event("frappe", "strike", place="Ostrava", time_span="lundi")
    piece.event("frappe", "strike", 1, place="Lille", time_span="Le 4 février").event("attaque", "strike")
    piece.figure("17", 17, 17).figure("40", 40, 40)
    assert relate([piece.done()]).disputes == ()


def test_an_accusation_lays_what_its_content_begins_with() -> None:
    text = (
        "La Syldavie accuse la Bordurie de soutenir le groupe qu'elle tient pour responsable de l'attaque d'un pont.\n"
        "La Bordurie dit que la Syldavie a frappé un pont."
    )
    piece = Piece("a", text, "2024-03-04")
    backing = "soutenir le groupe qu'elle tient pour responsable de l'attaque d'un pont"
    piece.claim(backing, "La Syldavie", "loc/syldavia", "accuse", "accuse")
    piece.claim("la Syldavie a frappé un pont", "La Bordurie", "loc/borduria", "dit")
    piece.event("attaque", "strike", target="un pont").event("frappé", "strike", actor="la Syldavie", target="un pont")
    assert relate([piece.done()]).disputes == ()


def test_a_headline_and_the_text_below_reject_one_report_once() -> None:
    text = (
        "La Bordurie dit avoir coulé cinq frégates syldaves. La Syldavie parle de « désinformation ».\n"
        "Selon la Bordurie, cinq frégates syldaves ont été coulées. Un « mensonge », répond la Syldavie."
    )
    piece = Piece("a", text, "2024-03-04")
    piece.claim("avoir coulé cinq frégates syldaves", "La Bordurie", "loc/borduria", "dit")
    piece.claim("désinformation", "La Syldavie", "loc/syldavia", "parle", "deny", "-")
    piece.claim("cinq frégates syldaves ont été coulées", "la Bordurie", "loc/borduria", "Selon")
    piece.claim("mensonge", "la Syldavie", "loc/syldavia", "répond", "deny", "-")
    (found,) = relate([piece.done()]).disputes
    assert sorted(answer.group for answer in found.answers) == [1, 1, 2, 2]


def test_what_someone_never_aims_at_answers_no_toll() -> None:
    text = "Sept civils ont été tués dans une frappe russe à Kramatorsk, selon le maire. Moscou nie viser des civils."
    article = Article(id="a", text=text, sha256=digest(text), lang="fr", published="2024-11-15")
    assert [one.kind for one in relate(annotate([article], ANNOTATORS, Parser())).disputes] == []
