"""The same words find the same in each database, and what a plain reading of the texts finds."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from recoupe.lang import DEFAULT
from recoupe.model.article import Article
from recoupe.model.records import Annotated, Name, identified
from recoupe.run.searching import sounds, words
from recoupe.store import Search, Store
from recoupe.store.search import LONGEST, MOST, bounded

# Each is something that a parser of words may take for more, or less, than letters and digits in a row.
ODD = (
    "l'eau", "O’Neill", "Saint-Malo", "desk@example.org", "https://example.org/a_b?c=1", "1,234.5", "3e5", "-5", "+33",
    "C++", "AT&T", "12h30", "2031-05-05", "v1.2.3", "/var/log", "a_b", "x²", "½", "№5", "ﬁn", "Œuvre", "straße",
    "STRASSE", "ΟΔΟΣ", "οδός", "Київ", "Ёлка", "İzmir", "ılık", "القاهرة", "٣٤", "ירושלים", "กรุงเทพ", "北京市", "東京",
    "서울", "é", "e\u0301", "naïve", "zz", "zzq", "'", '"', "&", "|", "!", ":*", "(", "<->", "\\", "%", "NULL", "null",
    "AND", "or", "NEAR", "x" * 5000, "x" * LONGEST, "x" * (LONGEST - 1) + "y",
)  # fmt: skip


def article(name: str, text: str) -> Annotated:
    about = Article(id=name, text=text, sha256="0" * 64, lang=DEFAULT)
    named = text.split()[0]
    found = Name(start=0, end=len(named), text=named, type="PER", entity=f"per/{name}")
    return Annotated(about, (identified(found, about),))


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    draw = random.Random(11)
    return {f"d{n}": " ".join(draw.choices(ODD, k=draw.randint(1, 9))) for n in range(80)}


@pytest.fixture
def search(place: Callable[[], str], texts: dict[str, str]) -> Search:
    store = Store(place(), create=True)
    for name, text in texts.items():
        store.put(article(name, text))
    made = Search(store.engine, words, sounds)
    assert made.find("eau", "article") == [], "nothing has been indexed yet"
    assert made.renew() == len(texts) and made.renew() == 0
    return made


def test_words_find_what_a_plain_reading_finds(search: Search, texts: dict[str, str]) -> None:
    draw = random.Random(13)
    held = {name: {word[:LONGEST] for word in words(text)} for name, text in texts.items()}
    asked = [*ODD, *(f"{draw.choice(ODD)[:3]} {draw.choice(ODD)}" for _ in range(150))]
    for query in asked:
        wanted = [word[:LONGEST] for word in dict.fromkeys(words(query))]
        found = {hit.doc for hit in search.find(query, "article", 1000)}
        plain = {name for name, own in held.items() if all(any(one.startswith(word) for one in own) for word in wanted)}
        assert found == (plain if wanted else set()), query


def test_names_are_found_by_their_sound(search: Search, texts: dict[str, str]) -> None:
    for query in ODD:
        found = {hit.doc for hit in search.find(query, "name", 1000)}
        wanted = list(dict.fromkeys(words(query)))
        plain = set()
        for name, text in texts.items():
            own = {one[:LONGEST] for one in (*words(text.split()[0]), *sounds(text.split()[0]))}
            either = [[one[:LONGEST] for one in (word, *sounds(word))] for word in wanted]
            if wanted and all(any(one.startswith(some) for some in any_of for one in own) for any_of in either):
                plain.add(name)
        assert found == plain, query


def test_a_new_version_is_found_by_its_words_alone(search: Search) -> None:
    url = search.engine.url
    store = Store(url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string())
    store.put(article("d1", "Tramway"))
    assert search.renew() == 1
    assert [hit.doc for hit in search.find("tram", "article")] == ["d1"]
    assert "d1" not in {hit.doc for one in ODD if words(one) for hit in search.find(one, "article", 1000)}


def test_the_best_comes_first(place: Callable[[], str]) -> None:
    store = Store(place(), create=True)
    store.put(article("once", "Un barrage parmi bien des mots que nul ne cherche et qui ne disent rien du tout."))
    store.put(article("often", "Barrage : le barrage du barrage."))
    search = Search(store.engine, words, sounds)
    search.renew()
    assert [hit.doc for hit in search.find("barrage", "article", 1)] == ["often"]


def test_a_book_of_distinct_words_is_found_by_its_first(place: Callable[[], str]) -> None:
    store = Store(place(), create=True)
    store.put(article("book", " ".join(f"mot{n:06}" for n in range(60_000))))
    search = Search(store.engine, words, sounds)
    search.renew()
    last = MOST // 9 - 1
    assert search.find(f"mot{last:06}", "article") and not search.find(f"mot{last + 1:06}", "article")


def test_bounded_keeps_every_place_of_the_words_that_it_keeps() -> None:
    assert bounded(["a", "b", "a"]) == ["a", "b", "a"]
    assert bounded(["x" * 500]) == ["x" * LONGEST]


def test_what_is_taken_in_again_replaces_what_was(place: Callable[[], str]) -> None:
    store = Store(place(), create=True)
    search = Search(store.engine, words, sounds)
    for name in "ab":
        store.put(article(name, f"Viaduc {name} fermé."))
    assert search.left() == (0, 2) and search.renew() == 2 and search.left() == (2, 2)
    store.put(article("a", "Le viaduc de Millefleurs a rouvert."))
    assert search.renew() == 1 and search.left() == (2, 2)
    found = {query: sorted(hit.doc for hit in search.find(query, "article")) for query in ("viaduc", "ferme", "mille")}
    assert found == {"viaduc": ["a", "b"], "ferme": ["b"], "mille": ["a"]}


def test_of_very_many_the_newest_are_found(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    url = search.engine.url
    store = Store(url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string())
    monkeypatch.setattr("recoupe.store.search.RANKED", 3)
    for name in ("t1", "t2", "t3"):
        store.put(article(name, "Funiculaire."))
        search.renew()
    ranked = search.find("funiculaire", "article")
    store.put(article("t4", "Funiculaire."))
    search.renew()
    assert len(ranked) == 3
    assert [hit.doc for hit in search.find("funiculaire", "article", 3)] == ["t4", "t3", "t2"]
    assert [hit.doc for hit in search.find("funiculaire", "name", 1)] == ["t4"]


def test_an_index_of_an_older_form_answers_until_something_comes(tmp_path: Path) -> None:
    store = Store(tmp_path / "story.db", create=True)
    search = Search(store.engine, words, sounds)
    store.put(article("a", "Viaduc fermé."))
    search.renew()
    with store.engine.begin() as connection:
        rows = connection.exec_driver_sql("SELECT kind, doc, ref, words FROM search").all()
        connection.exec_driver_sql("DELETE FROM search")
        for row in rows:
            connection.exec_driver_sql("INSERT INTO search (kind, doc, ref, words) VALUES (?, ?, ?, ?)", tuple(row))
    assert search.renew() == 0
    assert [hit.doc for hit in search.find("viaduc", "article")] == ["a"]
    store.put(article("b", "Viaduc rouvert."))
    assert search.renew() == 2 and not search.differs()
    assert {hit.doc for hit in search.find("viaduc", "article")} == {"a", "b"}
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM search WHERE rowid < 1 << 40").scalar() == 0
