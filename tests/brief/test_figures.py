"""Who gives a figure, and who does not: from the words of an article to a row."""

from pathlib import Path

import pytest

from recoupe.brief import account
from recoupe.brief.wording import interval
from recoupe.lang import pack
from recoupe.model.article import Article, digest
from recoupe.model.records import Annotated, Figure
from recoupe.run import annotated, related
from recoupe.store import Store

# What an article says, and the rows of its figures: value, who gives it and who does not, first sources.
TOLD = [
    (
        "Kiev a affirmé mardi avoir tué 400 soldats. Le ministère de la Défense a démenti la mort de 400 soldats.",
        [("400", "Kiev ; contesté par le ministère de la Défense", ("Ukraine",))],
    ),
    (
        "L'armée n'a pas confirmé la mort de six secouristes.",
        [("6", "Laissé ouvert par l'armée", ())],
    ),
    (
        "Le maire craint la mort de six secouristes.",
        [("6", "Craint par le maire", ())],
    ),
    (
        "Djibo : 40 civils tués, selon l'armée\n\nPublié le 3 janvier 2023\n\nL'état-major a annoncé mardi la mort "
        "de 40 civils à Djibo. La ville est calme.\nLe gouverneur est sur place.",
        [("40", "L'état-major", ("L'état-major",))],
    ),
    (
        "Le maire a annoncé la mort de six secouristes.",
        [("6", "Le maire", ("Le maire",))],
    ),
]


@pytest.mark.parametrize(("text", "rows"), TOLD)
def test_who_denies_a_figure_is_none_of_its_sources(
    text: str, rows: list[tuple[str, str, tuple[str, ...]]], tmp_path: Path
) -> None:
    article = Article(id=digest(text), text=text, sha256=digest(text), lang="fr", published="2023-01-03")
    store = Store(tmp_path / "store.db", create=True)
    for found in annotated([article]):
        assert isinstance(found, Annotated)
        store.put(found)
    related(store)
    made = account(store.articles(), store.relations(), pack("fr"))
    tables = [table for story in made.stories for table in story.figures]
    assert [(row.value, row.line.text, row.line.support.first_sources) for t in tables for row in t.rows] == rows
    assert all(row.line.support.texts == 1 for table in tables for row in table.rows)


@pytest.mark.parametrize(("share", "shown"), [(1 / 7, "14,29 %"), (0.9875, "98,75 %"), (0.5, "50 %")])
def test_a_share_has_no_end_of_digits(share: float, shown: str) -> None:
    figure = Figure(start=0, end=3, text="une", low=share, high=share, unit="share", measure="affected")
    assert interval(figure, pack("fr")).replace("\xa0", " ").replace("\u202f", " ") == shown
