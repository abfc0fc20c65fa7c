"""The tables as CSV files, one a table (RFC 4180, UTF-8 with a mark so that spreadsheets read accents)."""

import csv
import io
import re
from collections.abc import Iterator

from .content import Content
from .tables import TABLES, Cell, rows_of

# What begins so is run as a formula by a spreadsheet (OWASP, CSV injection): where a cell begins, and where one would
# for a spreadsheet that divides the file at semicolons, as those in French do, at tabs, or at line ends inside a cell.
# A quote in front stops that; those that stood there get one more, so that taking one away gives the text back.
SIGNS = r"=+\-@\uff0b\uff0d\uff1d\uff20"


def _begins(quotes: str) -> str:
    """The pattern of what stands before a formula, and before so many quotes in front of it."""
    first, later = rf"(?={quotes}[{SIGNS}\t\r])", rf"(?={quotes}[{SIGNS}])"
    return rf"(^[\" \ufeff]*+{first}|[;\t\r\n][\" \ufeff]*+{later})"


FORMULA, QUOTED = re.compile(_begins("'*+")), re.compile(_begins("'++") + "'")
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
    return FORMULA.sub(r"\1'", value) if isinstance(value, str) else value


def text(written: str) -> str:
    """The text of a cell as it was before it was written."""
    return QUOTED.sub(r"\1", written)
