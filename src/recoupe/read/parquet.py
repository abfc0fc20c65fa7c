"""Tables in Parquet files: the same columns as other tables, read some rows at a time. Needs the extra "tables"."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .members import FREE, TIMES
from .problem import Problem, refused
from .received import Received, shown
from .table import COLUMNS, article_of_row, lacking

MAGIC = b"PAR1"
# Rows in memory at once: of the longest articles there are, these take a quarter of a gigabyte.
ROWS = 64
TEXTS = ("text", "html")


class ParquetReader:
    """One article a row."""

    name = "parquet"
    suffixes: tuple[str, ...] = (".parquet",)

    def takes(self, head: bytes) -> bool:
        """Whether a Parquet file begins so."""
        return head.startswith(MAGIC)

    def __call__(self, path: Path) -> Iterator[Received | Problem]:
        """The articles, or why a row gives none."""
        place = shown(path)
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError:
            yield refused(place, "needs_extra", extra="tables")
            return
        try:
            schema = parquet.read_schema(path)
            named = {name.lower(): name for name in schema.names if name.lower() in COLUMNS}
            words = (pyarrow.string(), pyarrow.large_string())
            # What a column repeats is kept once (as a dictionary), however often a row says it.
            repeated = [named[name] for name in TEXTS if name in named and schema.field(named[name]).type in words]
            with parquet.ParquetFile(path, pre_buffer=False, read_dictionary=repeated) as file:
                yield from _rows(file, named, path.stat().st_size, place)
        except (pyarrow.ArrowException, MemoryError, LookupError) as error:
            yield refused(place, "failed", detail=" ".join(str(error).split())[:200])


def _rows(file: Any, named: dict[str, str], size: int, place: str) -> Iterator[Received | Problem]:
    """The articles of the rows; `named` has what the columns are called here."""
    if absent := lacking(named):
        yield refused(place, "no_column", column=absent)
        return
    if _inflates(file.metadata, size):
        yield refused(place, "bomb", detail=str(TIMES))
        return
    number = 0
    for batch in file.iter_batches(batch_size=ROWS, columns=list(named.values()), use_threads=False):
        columns = {name: batch.column(own) for name, own in named.items()}
        for n in range(batch.num_rows):
            number += 1
            row = {name: _plain(column[n].as_py()) for name, column in columns.items()}
            yield from article_of_row(row, f"{place}:{number}", ())


def _inflates(about: Any, size: int) -> bool:
    """Whether a file of so many bytes says that it holds far more. What it says of single columns is not asked for:
    there, pyarrow ends the process where a type is wrong (seen with 26.0)."""
    held = sum(about.row_group(group).total_byte_size for group in range(about.num_row_groups))
    return bool(held > FREE + TIMES * size)


def _plain(value: object) -> object:
    """A day or an instant as it is written in other tables."""
    return value.isoformat() if isinstance(value, datetime.date) else value
