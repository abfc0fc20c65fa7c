"""The tables as Parquet files, one a table, with their types."""

import io
from collections.abc import Iterator

from ..errors import RecoupeError
from .content import Content
from .tables import TABLES, rows_of


def export(content: Content) -> Iterator[tuple[str, bytes]]:
    """Each file's name and bytes. Raises RecoupeError where pyarrow is not installed."""
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise RecoupeError("cli.export.needs", package="pyarrow") from error
    types = {str: arrow.string(), int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_()}
    for name, table in TABLES.items():
        schema = arrow.schema([(column, types[kind]) for column, kind in table.columns.items()])
        written = io.BytesIO()
        parquet.write_table(arrow.Table.from_pylist(list(rows_of(content, table)), schema), written)
        yield f"{name}.parquet", written.getvalue()
