"""Parquet files of an archive, written whole or not at all, and the seals that say that a part of it is complete."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ..errors import ArchiveError

# What names a file that is not yet whole.
UNDONE = ".part"
# Rows that a reader has in memory at once.
ROWS = 256
S = TypeVar("S")


class Written(msgspec.Struct, frozen=True):
    """A file as it was written: its place below the archive's folder, the digest of its bytes, and its rows."""

    place: str
    sha256: str
    rows: int


class Seal(msgspec.Struct, frozen=True):
    """That a part of the work is done: its files, and how many articles and other things it gave."""

    files: tuple[Written, ...]
    counts: dict[str, int] = {}


def arrow() -> Any:
    """The module pyarrow with its Parquet part. Raises ArchiveError where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ArchiveError("cli.engine.needs", package="pyarrow") from error
    return pyarrow


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Another name to write a file under: it gets its own once it is whole, in the place of one that was there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    undone = path.with_name(f"{path.name}.{os.getpid()}{UNDONE}")
    yield undone
    os.replace(undone, path)


def write_table(folder: Path, place: str, schema: Any, rows: Iterable[Mapping[str, object]]) -> Written:
    """Writes rows as a Parquet file below a folder, whole or not at all; a group of them is in memory at a time."""
    left, count = iter(rows), 0
    with replacing(folder / place) as undone:
        with arrow().parquet.ParquetWriter(undone, schema, compression="zstd") as file:
            while some := list(islice(left, ROWS * 16)):
                file.write_table(arrow().Table.from_pylist(some, schema))
                count += len(some)
        return Written(place, sha256(undone), count)


def write_json(path: Path, value: object) -> None:
    """Writes a value as JSON, whole or not at all, and kept by the disk before this returns."""
    with replacing(path) as undone, undone.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(value), indent=1))
        file.flush()
        os.fsync(file.fileno())


def read_json(path: Path, kind: type[S]) -> S | None:
    """A value that was written; None where it was not. Raises ArchiveError where it is no such value."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        return None
    except msgspec.MsgspecError as error:
        raise ArchiveError("cli.archive.damaged", place=path) from error


def sealed(folder: Path, place: str) -> Seal | None:
    """The seal of a part of the work; None where it is not done, or a file of it is gone."""
    found = read_json(folder / place, Seal)
    return found if found and all((folder / one.place).is_file() for one in found.files) else None


def checked(folder: Path, file: Written) -> Path:
    """The path of a file whose bytes are those that were written. Raises ArchiveError where they are not."""
    path = folder / file.place
    if not path.is_file() or sha256(path) != file.sha256:
        raise ArchiveError("cli.archive.damaged", place=path)
    return path


def rows_of(path: Path, where: Any = None, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
    """The rows of a Parquet file in their order, some in memory at a time; `where` are pyarrow's conditions."""
    if where is not None:
        yield from arrow().parquet.read_table(path, filters=where, columns=columns).to_pylist()
        return
    with arrow().parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=ROWS, columns=columns):
            yield from batch.to_pylist()


def sha256(path: Path) -> str:
    """The digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
