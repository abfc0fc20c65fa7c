"""Statements, questions, stories, truces and disputes over small sets of articles."""

from bordurie import broken, english, toll, truce
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from piece import Piece

from recoupe.model.records import Annotated, Claim, Time
from recoupe.model.relations import Relations
from recoupe.relate import relate


def slugs(found: Relations) -> dict[str | None, str]:
    """The labels of entities by their opaque ids."""
    return {entity.id: entity.slug for entity in found.entities}


def test_a_truce_with_its_window_answers_and_incidents() -> None:
    account = relate([truce(), broken()])
    (found,), who = account.truces, slugs(account)
    assert (found.earliest, found.latest) == ("2024-03-04T10:00", "2024-03-05T18:00")
    assert found.stage == "ordered"
    assert "per/anton-krull" in {who[maker] for maker in found.by}
    assert not found.mutual
    stances = {(who.get(answer.side), answer.stance) for answer in found.answers}
    assert ("loc/borduria", "kept") in stances
    assert ("loc/borduria", "accused") in stances
    assert {incident.when for incident in found.incidents} >= {"inside", "before"}


def test_kept_against_broken_is_a_dispute() -> None:
    found = [d for d in relate([truce(), broken()]).disputes if d.question.startswith("La trêve")]
    assert len(found) == 1
    assert {(answer.group, answer.says) for answer in found[0].answers} == {(1, "non"), (2, "oui")}
    assert found[0].why == "relate.why.denied"


def test_a_breach_that_is_denied_is_no_incident() -> None:
    piece = Piece("b", "Valmy : la Bordurie dément avoir rompu la trêve.", "2024-03-04")
    piece.event("rompu", "violation", actor="la Bordurie").event("trêve", "ceasefire")
    (found,) = relate([truce(), piece.done()]).truces
    assert found.incidents == ()


def test_numbers_of_two_speakers_stand_against_each_other() -> None:
    first = toll("a", 12, "Anton Krull", "per/anton-krull", "2024-03-04")
    second = toll("b", 19, "Mila Serne", "per/mila-serne", "2024-03-04")
    (found,) = relate([first, second]).disputes
    assert (found.kind, found.relation) == ("number", "opposed")
    assert [(answer.low, answer.high) for answer in found.answers] == [(12, 12), (19, 19)]


def test_a_later_figure_of_the_same_speaker_supersedes() -> None:
    first = toll("a", 12, "Anton Krull", "per/anton-krull", "2024-03-04")
    later = toll("b", 19, "Anton Krull", "per/anton-krull", "2024-03-05")
    assert relate([first, later]).disputes == ()


def test_a_toll_that_rises_in_one_breath_replaces_the_old() -> None:
    first = toll("a", 12, "Anton Krull", "per/anton-krull", "2024-03-04")
    other = toll("b", 40, "Mila Serne", "per/mila-serne", "2024-03-05")
    text = "Le bilan de l'explosion du dépôt passe de 12 à 19 morts à Ostrava, selon Anton Krull."
    rise = Piece("c", text, "2024-03-06").claim(
        "Le bilan de l'explosion du dépôt passe de 12 à 19 morts à Ostrava", "Anton Krull", "per/anton-krull", "selon"
    )
    rise.event("explosion", "strike", place="Ostrava").figure("12", 12, 12, counts="mort")
    rise.figure("19", 19, 19, counts="mort")
    (found,) = relate([first, other, rise.done()]).disputes
    assert {answer.low for answer in found.answers} == {19, 40}


def test_a_vague_figure_alone_disputes_nothing() -> None:
    first = toll("a", 300, "Anton Krull", "per/anton-krull", "2024-03-04")
    text = "L'explosion du dépôt a fait des centaines de morts à Ostrava, a annoncé Mila Serne."
    vague = Piece("b", text, "2024-03-04").claim(
        "L'explosion du dépôt a fait des centaines de morts à Ostrava", "Mila Serne", "per/mila-serne", "a annoncé"
    )
    vague.event("explosion", "strike", place="Ostrava").figure("des centaines", 200, 999, counts="mort")
    assert relate([first, vague.done()]).disputes == ()


def test_each_side_blames_the_other() -> None:
    text = (
        "La Syldavie a bombardé Valmy, a déclaré Anton Krull.\nMila Serne a accusé la Bordurie d'avoir bombardé Lutèce."
    )
    piece = Piece("a", text, "2024-03-04")
    piece.claim("La Syldavie a bombardé Valmy", "Anton Krull", "per/anton-krull", "a déclaré")
    piece.claim("avoir bombardé Lutèce", "Mila Serne", "per/mila-serne", "a accusé", "accuse")
    piece.event("bombardé", "strike", 0, actor="La Syldavie", place="Valmy")
    piece.event("bombardé", "strike", 1, place="Lutèce")
    account = relate([piece.done()])
    (found,), who = account.disputes, slugs(account)
    assert found.kind == "blame"
    assert {(who[answer.source_entity], answer.says) for answer in found.answers} == {
        ("per/anton-krull", "La Syldavie"),
        ("per/mila-serne", "Bordurie"),
    }


def test_a_relay_is_no_first_source() -> None:
    text = "Selon l'agence, Mila Serne assure que le barrage de Valmy tiendra encore plusieurs semaines."
    piece = Piece("a", text, "2024-03-04")
    content = "le barrage de Valmy tiendra encore plusieurs semaines"
    piece.claim(content, "l'agence", "org/agency", "Selon").claim(content, "Mila Serne", "per/mila-serne", "assure")
    relay, spoken = (record for record in piece.records if isinstance(record, Claim))
    piece.records[piece.records.index(spoken)] = replace(spoken, via=(relay.id,))
    account = relate([piece.done()])
    assert {slugs(account)[source] for found in account.statements for source in found.first_sources} == {
        "per/mila-serne"
    }


def test_a_denial_meets_what_it_denies() -> None:
    said = "la Bordurie livre des chars à la Syldavie"
    text = f"Selon Mila Serne, {said}.\nAnton Krull a nié que la Bordurie livre des chars ou des obus à la Syldavie."
    piece = Piece("a", text, "2024-03-04").claim(said, "Mila Serne", "per/mila-serne", "Selon")
    piece.claim(
        "la Bordurie livre des chars ou des obus à la Syldavie", "Anton Krull", "per/anton-krull", "a nié", "deny"
    )
    account = relate([piece.done()])
    (found,), who = account.disputes, slugs(account)
    assert found.kind == "denial"
    assert [(answer.group, who[answer.source_entity]) for answer in found.answers] == [
        (1, "per/mila-serne"),
        (2, "per/anton-krull"),
    ]


def test_one_statement_in_copies_is_one_text_and_one_first_source() -> None:
    text = "Le barrage de Valmy tiendra encore plusieurs semaines malgré les pluies, a assuré Anton Krull."
    other = (
        "Plus tard, Anton Krull a assuré que le barrage de Valmy tiendra encore plusieurs semaines malgré les pluies."
    )
    content = "e barrage de Valmy tiendra encore plusieurs semaines malgré les pluies"
    pieces = [
        Piece(name, body, "2024-03-04").claim(lead + content, "Anton Krull", "per/anton-krull", "a assuré").done()
        for name, body, lead in (("a", text, "L"), ("b", text, "L"), ("c", other, "l"))
    ]
    account = relate(pieces)
    (found,) = account.statements
    assert len(found.claims) == 3
    assert [slugs(account)[source] for source in found.first_sources] == ["per/anton-krull"]
    assert found.texts <= 2


def test_stories_cross_languages_and_leave_other_years_apart() -> None:
    later = Piece(
        "d", "Un an après, Valmy se souvient de la trêve de mars.\nDes veillées à Lutèce.", "2025-03-04"
    ).done()
    found = relate([truce(), english(), later]).stories
    assert [story.docs for story in found] == [("a", "c"), ("d",)]
    for story in found:
        assert story.title
        assert story.title_from is not None
    assert len({story.story for story in found}) == 2


def test_the_day_of_the_order_is_not_the_window() -> None:
    text = "Anton Krull a ordonné le 4 mars une trêve à Valmy.\nLa trêve de Valmy débute le 6 mars."
    piece = Piece("a", text, "2024-03-04").day("le 4 mars", "2024-03-04").day("le 6 mars", "2024-03-06")
    piece.claim("une trêve à Valmy", "Anton Krull", "per/anton-krull", "a ordonné", "request")
    piece.event("trêve", "ceasefire", 0, time_span="le 4 mars").event("trêve", "ceasefire", 1)
    (found,) = relate([piece.done()]).truces
    assert found.earliest is None
    piece.event("débute", "other")
    piece.records[-2] = replace(piece.records[-2], time_span=piece.span("le 6 mars"))
    (found,) = relate([piece.done()]).truces
    assert found.earliest == "2024-03-06T00:00"


def test_a_zone_said_of_any_instant_of_the_window_is_the_truce_s() -> None:
    ordered = truce()
    zoned = [
        replace(record, zone="Valmy") if isinstance(record, Time) and record.text == "10h00 le 4 mars" else record
        for record in ordered.records
    ]
    (found,) = relate([replace(ordered, records=tuple(zoned))]).truces
    assert found.zone == "Valmy"


def test_a_strike_at_a_time_not_said_is_unsaid() -> None:
    text = "La trêve de Valmy tient, dit-on.\nLutèce a aussi été bombardée, a déclaré Mila Serne."
    piece = Piece("b", text, "2024-03-05").event("trêve", "ceasefire")
    piece.claim("Lutèce a aussi été bombardée", "Mila Serne", "per/mila-serne", "a déclaré")
    piece.event("bombardée", "strike", place="Lutèce")
    (found,) = relate([truce(), piece.done()]).truces
    assert [incident.when for incident in found.incidents] == ["unsaid"]


def test_what_is_taken_back_is_marked() -> None:
    said = "trois chars bordures ont franchi la rivière à Valmy"
    first = Piece("a", f"Selon Mila Serne, {said}.", "2024-03-04")
    first.claim(said, "Mila Serne", "per/mila-serne", "Selon")
    back = Piece("b", f"Mila Serne a retiré son affirmation selon laquelle {said}.", "2024-03-05")
    back.claim(said, None, None, "affirmation")
    kept = Piece("c", f"Mila Serne n'a pas retiré son affirmation selon laquelle {said}.", "2024-03-05")
    kept.claim(said, None, None, "affirmation")
    taken = {s.shown[0]: s.withdrawn for s in relate([first.done(), back.done()]).statements}
    assert taken["a"] is not None
    assert taken["a"][0] == "b"
    assert taken["b"] is None
    assert all(s.withdrawn is None for s in relate([first.done(), kept.done()]).statements)


def test_unnamed_groups_count_once_a_text() -> None:
    content = "e barrage de Valmy tiendra encore plusieurs semaines malgré les pluies"
    text = f"Selon des responsables, l{content}.\nSelon des officiels, l{content}."
    piece = Piece("a", text, "2024-03-04")
    piece.claim(f"l{content}", "des responsables", None, "Selon")
    start = text.rindex(f"l{content}")
    twin = replace(
        piece.records[-1], start=start, end=start + len(content) + 1, source=piece.span("des officiels"), id="x"
    )
    piece.records.append(twin)
    other = Piece("b", f"Selon des témoins, l{content}.", "2024-03-04").claim(
        f"l{content}", "des témoins", None, "Selon"
    )
    for found in relate([piece.done(), other.done()]).statements:
        assert len(found.first_sources) <= found.texts


def test_nothing_comes_of_nothing() -> None:
    assert relate([]) == Relations()
    assert relate([Piece("a", "").done()]).stories[0].docs == ("a",)


def test_an_article_that_comes_twice_counts_once() -> None:
    assert relate([truce(), broken(), truce()]) == relate([truce(), broken()])


@example("\x00A00", None)
@given(st.text(max_size=200), st.sampled_from([None, "2024-03", "2024-03-04", "0000-00-00", "soon"]))
@settings(max_examples=40, deadline=None)
def test_whatever_the_text_each_article_has_a_story(text: str, published: str | None) -> None:
    account = relate([Piece("a", text, published).done(), Piece("b", text, "2024-03-04").done()])
    assert {doc for story in account.stories for doc in story.docs} == {"a", "b"}


SET = [
    truce(), broken(), english(), toll("d", 12, "Anton Krull", "per/anton-krull", "2024-03-04"),
    toll("e", 19, "Mila Serne", "per/mila-serne", "2024-03-04"),
    toll("f", 21, "Mila Serne", "per/mila-serne", "2024-03-06"),
]  # fmt: skip
WHOLE = relate(SET)


@settings(max_examples=25, deadline=None)
@given(st.permutations(SET))
def test_the_order_of_arrival_changes_nothing(articles: list[Annotated]) -> None:
    assert relate(articles) == WHOLE
