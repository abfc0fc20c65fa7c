"""How a sentence takes up what someone says: by the act and by the article's own joint."""

import pytest
from newsdesk import Desk

from recoupe.brief.index import Index
from recoupe.brief.lines import claim_line, event_words, stands_alone
from recoupe.lang import pack
from recoupe.model.article import Article
from recoupe.model.relations import Relations

# The article's sentence with its source in [], its cue in {} and its content in <>, the act, and what is told.
FRENCH = [
    ("[Le maire] {a affirmé} que <la gare était prise>.", "assert", "Le maire affirme que la gare était prise"),
    ("[Le maire] {a affirmé} mardi soir qu’<elle était prise>.", "assert", "Le maire affirme qu’elle était prise"),
    ("[Le maire] {a annoncé} <une pause de deux jours>.", "assert", "Le maire annonce une pause de deux jours"),
    ("[Le maire] {a confirmé} <la mort de deux marins>.", "assert", "Le maire confirme la mort de deux marins"),
    ("[Le maire] {n'a confirmé} que <trois morts>.", "assert", "Le maire affirme : trois morts"),
    ("[Le maire] {a reproché} à Kiev de <mobiliser>.", "accuse", "Le maire reproche à Kiev de mobiliser"),
    ("[Le groupe] {a revendiqué} <l’attaque du port>.", "assert", "Le groupe revendique l’attaque du port"),
    ("[Le maire] {signale} <deux tirs près du port>.", "assert", "Le maire évoque deux tirs près du port"),
    ("[Le maire] {dit} <avoir repris le port>.", "assert", "Le maire affirme avoir repris le port"),
    ("<Le port est pris>, {a dit} [le maire].", "assert", "Le maire affirme : Le port est pris"),
    ("[Le maire] {a accusé} la milice d’<avoir tiré>.", "accuse", "Le maire accuse la milice d’avoir tiré"),
    ("[Le maire] {accuse} la « milice » d’<avoir tiré>.", "accuse", "Le maire accuse la « milice » d’avoir tiré"),
    ("[Le maire] {dénonce} <une attaque lâche>.", "accuse", "Le maire dénonce une attaque lâche"),
    ("[Le maire] {attribue} <à la milice ces tirs>.", "accuse", "Le maire attribue à la milice ces tirs"),
    ("[Le maire] {nie} <avoir donné cet ordre>.", "deny", "Le maire dément avoir donné cet ordre"),
    ("[Le maire] {refuse} <toute reddition>.", "deny", "Le maire rejette toute reddition"),
    ("[Le maire] {appelle} la milice à <se retirer>.", "request", "Le maire appelle la milice à se retirer"),
    ("[Le maire] {demande} à la milice de <partir>.", "request", "Le maire demande à la milice de partir"),
    ("[Le maire] {a ordonné} d’<ouvrir la gare>.", "request", "Le maire ordonne d’ouvrir la gare"),
    (
        "[Le maire] {a chargé} son adjoint d’<ouvrir la gare>.",
        "request",
        "Le maire charge son adjoint d’ouvrir la gare",
    ),
    ("[Le maire] {propose} <une trêve>.", "request", "Le maire propose une trêve"),
    ("[Le maire] {menace} de <fermer le port>.", "commit", "Le maire annonce l’intention de fermer le port"),
    ("[Le maire] {s’est engagé} à <rouvrir le port>.", "commit", "Le maire s’engage à rouvrir le port"),
    ("[Le maire] {craint} <une nouvelle attaque>.", "expect", "Le maire craint une nouvelle attaque"),
    ("[Le maire] {espère} que <la trêve tiendra>.", "expect", "Le maire espère que la trêve tiendra"),
    ("[Le maire] {s’attend} à ce que <la trêve tienne>.", "expect", "Le maire s’attend à ce que la trêve tienne"),
    ("[Les élus] {ont admis} que <la gare était prise>.", "admit", "Les élus admettent que la gare était prise"),
]
ENGLISH = [
    ("[The mayor] {said} that <the station was taken>.", "assert", "The mayor states that the station was taken"),
    ("[The mayor] {said} <the station was taken>.", "assert", "The mayor states that the station was taken"),
    ("[The mayor] {said} <the rebels hit the bridge>.", "assert", "The mayor states that the rebels hit the bridge"),
    (
        "[The mayor] {claimed responsibility} for <the attack>.",
        "assert",
        "The mayor claims responsibility for the attack",
    ),
    ("[The mayor] {announced} <a pause of two days>.", "assert", "The mayor announces a pause of two days"),
    ("[The mayor] {accused} the militia of <firing>.", "accuse", "The mayor accuses the militia of firing"),
    ("[The mayor] {denied} <firing at the port>.", "deny", "The mayor denies firing at the port"),
    ("[The mayor] {urged} the militia to <leave>.", "request", "The mayor asks the militia to leave"),
    ("[The mayor] {urged} the militia <to leave the port>.", "request", "The mayor asks the militia to leave the port"),
    ("[The mayor] {ordered} <a temporary halt>.", "request", "The mayor orders a temporary halt"),
    ("[The mayor] {hopes} that <it holds>.", "expect", "The mayor hopes that it holds"),
    ("<The port is taken>, {said} [the mayor].", "assert", "The mayor states: The port is taken"),
]


def told(marked: str, act: str, reader: str, lang: str, **more: object) -> str:
    """The sentence made of one claim."""
    plain = marked.translate(dict.fromkeys(map(ord, "[]{}<>")))
    article = Article(id="a", text=plain + "\n", sha256="00", lang=lang, published="2031-03-04", published_by="given")
    desk = Desk(article, {})
    parts = {sign: marked[marked.index(sign) + 1 : marked.index(end)] for sign, end in ("[]", "{}", "<>")}
    if "mardi soir" in plain:
        desk.time("mardi soir", "2031-03-04TEV", "2031-03-04T18:00", "2031-03-05T00:00")
    ref = desk.claim(parts["<"], parts["["], None, parts["{"], act=act, **more)
    index = Index((desk.done(),), Relations(), pack(reader))
    return claim_line(index, [ref], ref).text


@pytest.mark.parametrize(("marked", "act", "expected"), FRENCH)
def test_french_is_joined_as_the_article_joins_it(marked: str, act: str, expected: str) -> None:
    assert told(marked, act, "fr", "fr") == expected


@pytest.mark.parametrize(("marked", "act", "expected"), ENGLISH)
def test_english_is_joined_as_the_article_joins_it(marked: str, act: str, expected: str) -> None:
    assert told(marked, act, "en", "en") == expected


def test_what_is_refused_is_refused() -> None:
    marked = "[Le maire] {n’a pas l’intention} de <rouvrir le port>."
    assert told(marked, "commit", "fr", "fr", polarity="-") == "Le maire refuse de rouvrir le port"


def test_who_is_accused_by_no_one_known_is_shown() -> None:
    article = Article(id="a", text="La nuit fut longue. La milice est accusée d’avoir tiré.\n", sha256="00", lang="fr")
    desk = Desk(article, {})
    ref = desk.claim("avoir tiré", None, None, "est accusée", act="accuse")
    told = claim_line(Index((desk.done(),), Relations(), pack("fr")), [ref], ref).text
    assert told.endswith("accuse : La milice est accusée d’avoir tiré")


def test_words_of_another_language_stand_after_a_colon_with_whom_they_are_of() -> None:
    assert told(ENGLISH[5][0], "accuse", "fr", "en") == "The mayor accuse : the militia of firing"
    assert told(FRENCH[0][0], "assert", "en", "fr") == "Le maire states: la gare était prise"


EVENTS = [
    ("Des obus ont frappé la gare de Klow mardi.", "frappé", "Des obus", True),
    ("Selon un témoin, la gare est fermée, sans préciser si des obus ont frappé.", "frappé", "des obus", True),
    ("Elles ont frappé la gare de Klow mardi soir.", "frappé", "Elles", False),
    ("qui ont frappé la gare de Klow mardi soir.", "frappé", "", False),
    ("Des obus ont-ils frappé la gare de Klow ?", "frappé", "", False),
]


@pytest.mark.parametrize(("text", "word", "actor", "alone"), EVENTS)
def test_what_leads_can_be_read_by_itself(text: str, word: str, actor: str, alone: bool) -> None:
    article = Article(id="a", text=text + "\n", sha256="00", lang="fr", published="2031-03-04", published_by="given")
    desk = Desk(article, {})
    ref = desk.event(word, "strike", **({"actor": actor} if actor else {}))
    index = Index((desk.done(),), Relations(), pack("fr"))
    assert stands_alone(index, ref) is alone
    start, end = event_words(index, ref)
    assert word in text[start:end]
