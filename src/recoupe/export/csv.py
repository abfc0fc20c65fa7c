"""The tables as CSV files, one a table (RFC 4180, UTF-8 with a mark so that spreadsheets read accents)."""

import csv
import io
from collections.abc import Iterator

from .content import Content
from .tables import TABLES, Cell, rows_of

# A cell that begins so would be run as a formula by a spreadsheet (OWASP, CSV injection); a quote in front stops that.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Spreadsheets take a file without it for their system's old encoding.
MARK = "\ufeff"


def export(content: Content) -> Iterator[tuple[str, bytes]]:
    """Each file's name and bytes."""
    for name, table in TABLES.items():
        written = io.StringIO(newline="")
        writer = csv.writer(written, lineterminator="\r\n")
        writer.writerow(table.columns)
        writer.writerows([cell(value) for value in row.values()] for row in rows_of(content, table))
        yield f"{name}.csv", (MARK + written.getvalue()).encode()


def cell(value: Cell) -> str | int | float:
    """A value as it is written: text never begins as a formula does, yes and no are 1 and 0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value
