"""The day on which something was told, and where, are not when and where it happened."""

import pytest

from recoupe.model.article import Article, digest
from recoupe.model.records import Annotated, Event
from recoupe.run import annotated

# A sentence, a trigger in it, and the words that say when that took place (none where nothing does).
TOLD = [
    ("fr", "L'armée a affirmé mardi que douze soldats avaient été tués.", "tués", ""),
    ("fr", "Mardi, l'armée a affirmé que douze soldats avaient été tués.", "tués", ""),
    ("fr", "Le ministère a reconnu lundi la mort de 63 soldats.", "mort", ""),
    ("fr", "L'ONU a dénoncé jeudi le bombardement d'un marché.", "bombardement", ""),
    ("fr", "Selon un bilan publié mardi, douze personnes ont été tuées.", "tuées", ""),
    ("fr", "Douze personnes ont été tuées mardi dans une frappe, a indiqué mercredi la police.", "tuées", "mardi"),
    ("fr", "Selon la police, douze personnes ont été tuées mardi.", "tuées", "mardi"),
    ("fr", "Mardi, l'armée affirme avoir abattu douze drones.", "abattu", "Mardi"),
    ("fr", "Dans la nuit, l'armée a affirmé avoir abattu douze drones.", "abattu", "la nuit"),
    ("fr", "L'armée a fait état de douze morts dans une frappe lundi à Gaza.", "morts", "lundi"),
    ("fr", "L'armée a revendiqué mardi l'attaque menée dimanche contre un port.", "attaque", "dimanche"),
    ("fr", "La frappe survenue lundi à Gaza a fait trois morts.", "frappe", "lundi"),
    ("fr", "Le bombardement qui a touché dimanche un hôpital a fait neuf morts.", "bombardement", "dimanche"),
    ("fr", "Washington a annoncé jeudi de nouvelles sanctions.", "sanctions", "jeudi"),
    (
        "fr",
        "Le groupe a tiré deux obus, sa première attaque depuis l'entrée en vigueur de la trêve le 27 novembre.",
        "attaque",
        "",
    ),
    ("en", "The army said on Tuesday that twelve soldiers had been killed.", "killed", ""),
    ("en", "On Tuesday, the army said that twelve soldiers had been killed.", "killed", ""),
    ("en", "Twelve people were killed on Tuesday, police said on Wednesday.", "killed", "Tuesday"),
]


@pytest.mark.parametrize(("lang", "text", "trigger", "when"), TOLD)
def test_when_it_happened(lang: str, text: str, trigger: str, when: str) -> None:
    (found,) = annotated([Article(id="a", text=text, sha256=digest(text), lang=lang, published="2023-01-04")])
    assert isinstance(found, Annotated)
    event = next(one for one in found.layer(Event) if one.text == trigger)
    told = text[slice(*event.time_span)] if event.time_span else ""
    assert told.removeprefix("on ") == when


def test_where_it_was_told() -> None:
    text = "L'EI a revendiqué l'attaque sur l'un de ses canaux Telegram."
    (found,) = annotated([Article(id="a", text=text, sha256=digest(text), lang="fr", published="2023-01-04")])
    assert isinstance(found, Annotated)
    (event,) = found.layer(Event)
    assert (event.target, event.place) == (None, None)
