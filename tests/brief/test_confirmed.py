"""Articles that tell of one happening in their own name confirm no count that they do not give."""

from pathlib import Path

from recoupe.brief import account
from recoupe.lang import pack
from recoupe.model.article import Article, digest
from recoupe.model.records import Annotated
from recoupe.run import annotated, related
from recoupe.store import Store

COUNTED = (
    "Gaza : 27 Palestiniens tués près d'un centre d'aide\n\nPublié le 3 juin 2025\n\n"
    "Des tirs israéliens ont tué des Palestiniens mardi à l'aube à Rafah, dans la bande de Gaza, a indiqué la Défense "
    "civile.\nLa ville est calme."
)
BARE = (
    "Rafah : Israël promet une enquête après la mort de Palestiniens\n\nPublié le 4 juin 2025\n\n"
    "Israël a annoncé mercredi une enquête sur les tirs qui ont tué des Palestiniens mardi à l'aube à Rafah.\n"
    "La ville est calme."
)


def test_a_count_is_confirmed_by_those_who_give_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db", create=True)
    given = ((COUNTED, "2025-06-03"), (BARE, "2025-06-04"))
    listed = [Article(id=digest(t), text=t, sha256=digest(t), lang="fr", published=day) for t, day in given]
    for found in annotated(listed):
        assert isinstance(found, Annotated)
        store.put(found)
    related(store)
    made = account(store.articles(), store.relations(), pack("fr"))
    told = [line for one in made.stories for line in (*one.lead, *one.more) if "27" in line.text]
    assert [line.support.texts for line in told] == [1]
