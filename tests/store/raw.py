"""What lies in a store, past the program: statements put to its database, and all its rows."""

from typing import Any

from sqlalchemy import select

from recoupe.store import Store
from recoupe.store.schema import metadata


def put(store: Store, *statements: str) -> int:
    """Puts statements to the database behind the program's back; gives how many rows the last one changed."""
    with store.engine.begin() as connection:
        return [connection.exec_driver_sql(one) for one in statements][-1].rowcount


def again(store: Store) -> Store:
    """The same store, opened anew."""
    store.close()
    url = store.engine.url
    return Store(
        url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=False)
    )


def rows(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in order."""
    with store.engine.connect() as connection:
        tables = metadata.sorted_tables
        return {
            one.name: [tuple(row) for row in connection.execute(select(one).order_by(*one.primary_key))]
            for one in tables
        }


def older(store: Store, *missing: str) -> None:
    """Makes a store without relations one of the first version, without some tables."""
    dropped = [f"DROP TABLE {name}" for name in missing]
    unsealed = "DELETE FROM fact WHERE substr(key, 1, 5) = 'seal:'"
    put(store, *dropped, "DROP INDEX ix_article_chain", unsealed, "UPDATE fact SET value = '1' WHERE key = 'schema'")
