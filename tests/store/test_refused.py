"""Why a store cannot be opened, in plain words that name where it is, and never a password."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from postgres import GUARDED, Cluster
from recoupe.errors import StoreError
from recoupe.lang import available, pack
from recoupe.store import Store, holds_password
from recoupe.store.backends import located, place_of, postgresql

Run = Callable[..., tuple[int, str, str]]
SECRET = "s3cr3t/:@"
WRITTEN = "s3cr3t%2F%3A%40"


def told(where: str, *, create: bool = True) -> StoreError:
    """The error that opening a store ends with; nowhere in it, nor in what led to it, is the password."""
    with pytest.raises(StoreError) as caught:
        Store(where, create=create)
    error: BaseException | None = caught.value
    while error is not None:
        for text in (str(error), repr(error), str(getattr(error, "values", ""))):
            assert SECRET not in text and WRITTEN not in text
        error = error.__cause__
    for code in available():
        said = pack(code).phrase(caught.value.key, **caught.value.values)
        assert SECRET not in said and WRITTEN not in said and "{" not in said
    return caught.value


@pytest.fixture(scope="module")
def guarded(cluster: Cluster) -> str:
    """A database of one who is asked for a password."""
    secret = SECRET.replace("'", "''")
    cluster.ask(f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{secret}'", f"CREATE DATABASE guarded OWNER {GUARDED}")
    return cluster.address("guarded", f"{GUARDED}:{WRITTEN}")


def test_who_knows_the_password_is_let_in(guarded: str) -> None:
    store = Store(guarded, create=True)
    assert SECRET not in store.place and WRITTEN not in store.place and store.place.startswith("postgresql://guarded@")
    assert SECRET not in repr(store.engine) and WRITTEN not in repr(store.engine)


@pytest.mark.parametrize(
    ("given", "key"), [("", "needs_password"), (":other", "wrong_password"), (f":{WRITTEN}x", "wrong_password")]
)
def test_who_does_not_is_told(cluster: Cluster, guarded: str, given: str, key: str) -> None:
    error = told(cluster.address("guarded", GUARDED + given))
    assert error.key == f"store.{key}" and str(error.values["place"]).startswith("postgresql://guarded@/guarded")


def test_no_server_is_told(tmp_path: Path) -> None:
    nowhere = (f"postgresql://u:{WRITTEN}@/db?host={tmp_path}", f"postgresql://u:{WRITTEN}@127.0.0.1:1/db")
    for where in nowhere:
        error = told(where)
        assert error.key == "store.no_server" and "u@" in str(error.values["place"])


def test_no_database_is_told(cluster: Cluster) -> None:
    error = told(cluster.address("nowhere"))
    assert error.key == "store.not_let_in" and "nowhere" in str(error.values["reason"])


def test_no_rights_are_told(cluster: Cluster, database: Callable[..., str]) -> None:
    cluster.ask("CREATE ROLE guest LOGIN")
    for where in (database(), database("empty")):
        assert told(where.replace("//desk@", "//guest@")).key == "store.no_rights"


def test_who_may_only_read_may_not_write(cluster: Cluster, database: Callable[..., str]) -> None:
    where = database("empty")
    name = str(located(where).database)
    cluster.ask("CREATE ROLE reader LOGIN", database=name)
    cluster.ask("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", database=name)
    store = Store(where.replace("//desk@", "//reader@"))
    assert store.heads() == [] and store.fresh()
    with pytest.raises(StoreError) as caught, store.changing() as transaction:
        transaction.finish("x")
    assert caught.value.key == "store.no_rights"
    with pytest.raises(StoreError) as caught, store.changing() as transaction:
        transaction.index.put_partners("a", b"x")
    assert caught.value.key == "store.no_rights"


def test_a_server_that_is_too_old_is_told(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "OLDEST", 99)
    error = told(cluster.address("empty"))
    assert error.key == "store.too_old" and error.values["wanted"] == 99


def test_a_database_in_another_encoding_is_told(cluster: Cluster) -> None:
    cluster.ask("CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0")
    assert told(cluster.address("ascii")).key == "store.not_utf8"


def test_what_is_no_store_is_told(cluster: Cluster, database: Callable[..., str]) -> None:
    assert told(database(), create=False).key == "store.not_a_store"
    where = database()
    cluster.ask("CREATE TABLE other (n integer)", database=str(located(where).database))
    assert told(where).key == "store.not_a_store"


def test_a_missing_driver_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert told(f"postgresql://u:{WRITTEN}@127.0.0.1/db").key == "store.no_driver"


@pytest.mark.parametrize(
    ("where", "key"),
    [
        (f"mysql://u:{WRITTEN}@h/db", "unknown_address"),
        (f"postgresql://u:{WRITTEN}@h:port/db", "bad_address"),
        (f"postgresql://u:{WRITTEN}@h:port", "bad_address"),
    ],
)
def test_an_address_that_cannot_be_read_is_told(where: str, key: str) -> None:
    assert told(where).key == f"store.{key}"


@pytest.mark.parametrize(
    ("where", "held"),
    [
        ("postgresql://u:p@h/db", True),
        ("postgres://u@h/db?password=p", True),
        ("postgresql://u@h/db", False),
        ("story:p@db", False),
        ("C:/story.db", False),
    ],
)
def test_a_password_in_an_address_is_seen(where: str, held: bool) -> None:
    assert holds_password(where) is held
    assert "p@" not in place_of(located(where)).replace("story:p@db", "") and "=p" not in place_of(located(where))


def test_a_command_takes_no_password(run: Run) -> None:
    for command in (["stories", "--store"], ["copy", "some.db"]):
        code, out, said = run(*command, f"postgresql://u:{WRITTEN}@h/db")
        assert code == 2 and ".pgpass" in said and "s3cr3t" not in said + out


def test_a_command_names_the_addresses_that_it_knows(run: Run) -> None:
    code, _, said = run("stories", "--store", f"mysql://u:{WRITTEN}@h/db")
    assert code == 3 and "postgresql://user@host/database" in said and "s3cr3t" not in said


def test_a_command_tells_it_in_one_line(run: Run, tmp_path: Path) -> None:
    for lang, words in (("en", "no PostgreSQL server answers"), ("fr", "aucun serveur PostgreSQL")):
        code, _, said = run("stories", "--store", f"postgresql://u@/db?host={tmp_path}", lang=lang)
        assert code == 3 and words in said and said.count("\n") == 1
