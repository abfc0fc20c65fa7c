"""Who denies something or leaves it open is told beside those who say it, and counted with none of them."""

from pathlib import Path

import pytest

from recoupe.brief import account
from recoupe.brief.model import Account
from recoupe.lang import pack
from recoupe.model.article import Article, digest
from recoupe.model.records import Annotated
from recoupe.run import annotated, related
from recoupe.store import Store

SAID = (
    "Publié le 3 janvier 2023\n\nL'armée ukrainienne a affirmé que 400 soldats russes avaient été tués dans la nuit du "
    "31 décembre au 1er janvier dans une frappe de missiles contre une école de Makiivka.\n"
    "Le ministère russe de la Défense a démenti que 400 soldats aient été tués à Makiivka."
)
DOUBTED = (
    "Publié le 4 janvier 2023\n\nLe ministère russe de la Défense reconnaît la mort de 89 soldats dans la frappe de "
    "missiles de Makiivka, dans la nuit du 31 décembre au 1er janvier.\n"
    "Le ministère britannique de la Défense n'a pas confirmé que 400 soldats avaient été tués à Makiivka."
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Account:
    store = Store(Path(tmp_path_factory.mktemp("doubted")) / "store.db", create=True)
    given = ((SAID, "2023-01-03"), (DOUBTED, "2023-01-04"))
    listed = [Article(id=digest(t), text=t, sha256=digest(t), lang="fr", published=day) for t, day in given]
    for found in annotated(listed):
        assert isinstance(found, Annotated)
        store.put(found)
    related(store)
    return account(store.articles(), store.relations(), pack("fr"))


def test_a_disputed_number(made: Account) -> None:
    numbers = [one for story in made.stories for one in story.disputes if one.kind == "number"]
    (columns,) = [one.columns for one in numbers]
    rows = {"".join(part.text for part in column.head): column.lines[0] for column in columns}
    assert set(rows) == {"89", "400"}
    assert [one.lower() for one in rows["400"].support.first_sources] == ["armée ukrainienne"]
    assert rows["400"].support.texts == 1
    assert "contesté par le ministère russe de la Défense" in rows["400"].text
    assert "laissé ouvert par le ministère britannique de la Défense" in rows["400"].text
    assert [one.lower() for one in rows["89"].support.first_sources] == ["ministère russe de la défense"]


def test_the_chronology(made: Account) -> None:
    lines = [moment.line for story in made.stories for moment in story.timeline]
    assert lines
    assert not [one for line in lines for one in line.support.first_sources if "britannique" in one]
