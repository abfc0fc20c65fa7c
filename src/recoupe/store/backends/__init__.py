"""What differs between the databases that a store may be kept in: one file each, and nothing elsewhere.

The statements that the store puts to a driver itself are written once, as SQLite takes them, with one more word:
`numbers(?) k` (or `words(?) k`) is a list of values as a table k of their places (`key`, from 0) and their `value`s.
"""

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import URL, Connection, Engine, Table
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from ...errors import StoreError
from . import postgresql, sqlite


class Backend(Protocol):
    """A database that a store may be kept in."""

    def shown(self, url: URL) -> str:
        """Where the store is, as it may be told to anybody: without a password."""

    def opened(self, url: URL, *, create: bool) -> Engine:
        """The engine of a store, which need not be one yet. Raises StoreError where it cannot be reached."""

    def writing(self, engine: Engine, what: str) -> AbstractContextManager[Connection]:
        """A transaction that is the only one to write something from its first word, so that what it reads of it stays
        true: `what` is "store" (articles and all that is made of them) or another of the things kept here."""

    def told(self, place: str, error: Exception) -> StoreError | None:
        """An error of the driver in plain words; None where there are none for it here."""

    def sound(self, connection: Connection, place: str) -> None:
        """Raises StoreError where what the database itself rests on is damaged, as far as it can tell."""

    def insert(self, table: Table) -> Any:
        """An insert that takes `on_conflict_do_nothing` and `on_conflict_do_update` (with `index_elements`)."""

    def statement(self, query: str) -> str:
        """A statement as the driver takes it."""

    def fill(self, cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Puts many rows into a table by the driver's shortest way; names are quoted already."""

    def listed(self, values: Collection[int | str]) -> object:
        """A list as one value of a statement."""

    @property
    def SEARCH(self) -> Sequence[str]:
        """The statements that make the index of search, where there is none."""

    def indexed(self, words: Sequence[str]) -> str:
        """Folded words as the index of search keeps them."""

    def sought(self, words: Sequence[Sequence[str]]) -> str:
        """What is looked for, as the index is asked: of each, one of several beginnings of words."""

    @property
    def INDEXED(self) -> str:
        """The statement that gives the rows of the index of search, their words as text."""

    @property
    def KEPT(self) -> str:
        """The statement that gives words as the index gives them; takes a list of what `indexed` gives."""

    @property
    def CHECK(self) -> str:
        """The statement by which a database checks its own index of search; empty where it has none."""

    @property
    def ENTER(self) -> str:
        """The statement that enters a row of the index of search: kind, article, record, and what `indexed` gives."""

    @property
    def OLDER(self) -> str:
        """The statement that gives a row where the index of search has an older form, in which it still answers; empty
        where there is none."""

    @property
    def HITS(self) -> str:
        """The statement that counts what is found; takes what `sought` gives, a kind, and how far it counts."""

    @property
    def FIND(self) -> str:
        """The statement that looks for something, best first; takes what `sought` gives, a kind, how many."""

    @property
    def NEWEST(self) -> str:
        """The same, what was taken in last first."""


BACKENDS: dict[str, Backend] = {"sqlite": sqlite.SQLite(), "postgresql": postgresql.PostgreSQL()}


def located(where: Path | str) -> URL:
    """Where a store is: a file, or postgresql://user@host/database. Raises StoreError for other addresses."""
    text = str(where)
    if isinstance(where, Path) or "://" not in text:
        return URL.create("sqlite", database=text)
    scheme, _, rest = text.partition("://")
    if scheme not in postgresql.SCHEMES:
        raise StoreError("store.unknown_address", scheme=scheme)
    try:
        return make_url(f"{postgresql.DRIVER}://{rest}")
    except (ArgumentError, ValueError):
        # What cannot be read may hold a password anywhere.
        raise StoreError("store.bad_address", scheme=scheme) from None


def holds_password(where: str) -> bool:
    """Whether an address has a password in it."""
    return "://" in where and bool(postgresql.password_of(located(where)))


def backend(url: URL) -> Backend:
    """What a store is kept in."""
    return BACKENDS[url.get_backend_name()]


def place_of(url: URL) -> str:
    """Where a store is, without a password."""
    return backend(url).shown(url)
