"""The tables as one SQLite file that Datasette and other tools open: keys, indexes and a full-text search."""

import sqlite3
from collections.abc import Iterator

from .content import Content
from .tables import TABLES, Table, rows_of

TYPES = {str: "TEXT", int: "INTEGER", float: "REAL", bool: "INTEGER"}
# Tables whose rows belong to an article, and what links them.
FOREIGN = {"article": "articles(id)", "dispute": "disputes(id)", "truce": "truces(id)"}
SEARCHED = {"articles": ("title", "text"), "claims": ("words", "source")}


def export(content: Content) -> Iterator[bytes]:
    """The file's bytes."""
    database = sqlite3.connect(":memory:")
    try:
        for name, table in TABLES.items():
            database.execute(_create(name, table))
            marks = ", ".join("?" for _ in table.columns)
            database.executemany(
                f'INSERT INTO "{name}" VALUES ({marks})', (tuple(row.values()) for row in rows_of(content, table))
            )
            for column in table.columns:
                if column in FOREIGN:
                    database.execute(f'CREATE INDEX "{name}_{column}" ON "{name}" ("{column}")')
        for name, columns in SEARCHED.items():
            listed = ", ".join(f'"{column}"' for column in columns)
            database.execute(
                f'CREATE VIRTUAL TABLE "{name}_fts" USING fts5 ({listed}, content="{name}", '
                f'tokenize="unicode61 remove_diacritics 2")'
            )
            database.execute(f'INSERT INTO "{name}_fts" ("{name}_fts") VALUES (\'rebuild\')')
        database.commit()
        yield database.serialize()
    finally:
        database.close()


def _create(name: str, table: Table) -> str:
    columns = []
    for column, kind in table.columns.items():
        links = f" REFERENCES {FOREIGN[column]}" if column in FOREIGN and name != "articles" else ""
        key = " PRIMARY KEY" if column == "id" and _alone(name) else ""
        columns.append(f'"{column}" {TYPES[kind]}{key}{links}')
    return f'CREATE TABLE "{name}" ({", ".join(columns)})'


def _alone(name: str) -> bool:
    """Whether an id names one row of a table: records of two versions of one text may share theirs."""
    return name in ("articles", "entities", "stories", "disputes", "truces", "happenings", "statements")
