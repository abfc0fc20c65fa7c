"""Several who write to one store at once: what each has written is there, once, and the chain holds."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from postgres import Cluster
from recoupe.errors import StoreError
from recoupe.lang import DEFAULT
from recoupe.model.article import Article
from recoupe.model.records import Annotated
from recoupe.model.reviews import Review
from recoupe.run import related
from recoupe.store import Search, Store, reviews, verify
from recoupe.store.backends import located, postgresql
from recoupe.store.connect import writing


def article(name: str) -> Annotated:
    text = f"Le pont de {name} a rouvert mardi, selon la préfecture."
    return Annotated(Article(id=name, text=text, sha256="0" * 64, lang=DEFAULT, published="2031-03-03"), ())


def review(n: int) -> Review:
    return Review(doc="a", record=str(n), layer="claim", verdict="right", who="desk", at="2031-03-03T08:00:00+00:00")


def test_writers_wait_for_one_another(place: Callable[[], str]) -> None:
    where = place()
    Store(where, create=True).close()

    def write(writer: int) -> list[int]:
        store = Store(where)
        numbers = []
        for n in range(8):
            # Every other article is one that another writes too.
            store.put(article(f"{writer}-{n}" if n % 2 else f"all-{n}"))
            numbers.append(reviews.append(store.engine, review(n)))
            related(store)
        store.close()
        return numbers

    with ThreadPoolExecutor(4) as pool:
        numbers = [n for found in pool.map(write, range(4)) for n in found]
    store = Store(where)
    assert verify(store)[0] == 4 * 4 + 4 == store.reached()
    assert store.fresh() and sorted(numbers) == [*range(1, 33)]
    assert [one.n for one in store.arrivals(0)] == [*range(1, 21)]


def test_two_index_the_same(place: Callable[[], str]) -> None:
    where = place()
    store = Store(where, create=True)
    for n in range(40):
        store.put(article(f"d{n}"))

    def index(_: int) -> None:
        other = Store(where)
        Search(other.engine, str.split, lambda _: []).renew()
        other.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(index, range(3)))
    assert len(Search(store.engine, str.split, lambda _: []).find("pont", "article", 100)) == 40


def test_who_reads_sees_one_state(place: Callable[[], str]) -> None:
    store = Store(place(), create=True)
    store.put(article("a"))
    with store.engine.connect() as connection:
        count = "SELECT COUNT(*) FROM article"
        assert connection.exec_driver_sql(count).scalar() == 1
        writer = threading.Thread(target=store.put, args=(article("b"),))
        writer.start()
        writer.join()
        assert connection.exec_driver_sql(count).scalar() == 1
    assert store.reached() == 2


@pytest.fixture
def shared(database: Callable[..., str]) -> Store:
    return Store(database("empty"))


def test_a_review_does_not_wait_for_what_is_related(shared: Store) -> None:
    with writing(shared.engine):
        assert reviews.append(shared.engine, review(1)) == 1


def test_who_waits_too_long_is_told(shared: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "BUSY", 0.05)
    with writing(shared.engine), pytest.raises(StoreError) as caught:
        shared.put(article("a"))
    assert caught.value.key == "store.busy"
    assert shared.put(article("a"))


def test_a_writer_that_is_cut_off_leaves_nothing_half_done(cluster: Cluster, shared: Store) -> None:
    shared.put(article("a"))
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{shared.engine.url.database}'"
    with pytest.raises(StoreError) as caught, shared.changing() as transaction:
        transaction.begin("x")
        transaction.index.put_told([(1, 1)])
        cluster.ask(cut)
        transaction.finish("y")
    assert caught.value.key == "store.lost"
    # The next question has another connection.
    assert not shared.fresh() and verify(shared)[0] == 1
    assert shared.put(article("b")) and related(shared) == 2
    cluster.ask(cut)
    assert shared.fresh() and shared.reached() == 2


def test_two_stores_in_one_database_do_not_meet(cluster: Cluster, database: Callable[..., str]) -> None:
    where = database()
    name = where.partition("/test")[2].partition("?")[0]
    cluster.ask("CREATE SCHEMA one", "CREATE SCHEMA two", database=f"test{name}")
    one, two = (Store(f"{where}&options=-csearch_path%3D{schema}", create=True) for schema in ("one", "two"))
    one.put(article("a"))
    with writing(one.engine):
        assert two.put(article("b")), "each has a lock of its own"
    assert [found.article.id for found in one.articles()] == ["a"]
    assert [found.article.id for found in two.articles()] == ["b"]
    with psycopg.connect(host=str(cluster.folder), user="desk", dbname=f"test{name}") as connection:
        found = connection.execute("SELECT table_schema FROM information_schema.tables WHERE table_name = 'article'")
        assert {schema for (schema,) in found} == {"one", "two"}


def test_two_people_of_one_desk_share_what_either_has_made(cluster: Cluster, database: Callable[..., str]) -> None:
    where = database()
    name = located(where).database
    cluster.ask("CREATE ROLE newsroom", f"ALTER DATABASE {name} OWNER TO newsroom")
    for who in ("anna", "ben"):
        cluster.ask(
            f"CREATE ROLE {who} LOGIN IN ROLE newsroom", f"ALTER ROLE {who} IN DATABASE {name} SET role = newsroom"
        )
    anna, ben = (Store(where.replace("//desk@", f"//{who}@"), create=True) for who in ("anna", "ben"))
    assert anna.put(article("a")) and ben.put(article("b")) and related(anna) == 2
    assert [Search(one.engine, str.split, lambda _: []).renew() for one in (ben, anna)] == [2, 0]
    assert [reviews.append(one.engine, review(1)) for one in (ben, anna)] == [1, 2]
    assert verify(ben)[0] == 2
