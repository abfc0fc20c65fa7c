"""What an archive is made of, and how its work is cut: groups of files to read, buckets of articles to annotate."""

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import msgspec

from ..errors import ArchiveError
from ..model.article import digest
from ..read import files
from ..run.relating import maker
from .files import read_json, write_json

# Input files are read together up to so many bytes: one of a web archive's (1 GB) is read alone.
GROUP = 64_000_000
# Articles of a bucket: a quarter of an hour's work of a processor is what a stop can lose.
BUCKET = 2_000
# An id falls into one of so many slots; a bucket is a run of slots.
SLOTS = 1 << 16
MANIFEST = "manifest.json"


class Group(msgspec.Struct, frozen=True):
    """Inputs that are read together: paths with the bytes of each (0 for what is no file)."""

    inputs: tuple[tuple[str, int], ...]


class Manifest(msgspec.Struct, frozen=True):
    """What an archive was made from: the program and its language data, when it was read, its inputs, and the articles
    of a bucket."""

    program: str
    maker: str
    read: str
    groups: tuple[Group, ...]
    bucket: int


def planned(folder: Path, inputs: Sequence[Path], now: str, bucket: int = BUCKET) -> Manifest:
    """The manifest of an archive, made where there is none. Raises ArchiveError where there is one of other inputs, or
    by another version of the program."""
    made = Manifest(version("recoupe"), maker(), now, tuple(_groups(inputs)), bucket)
    found = manifest(folder)
    if found is None:
        write_json(folder / MANIFEST, made)
        return made
    if msgspec.structs.replace(made, read=found.read) != found:
        raise ArchiveError("cli.archive.other", place=folder)
    return found


def manifest(folder: Path) -> Manifest | None:
    """The manifest of an archive; None where there is none."""
    return read_json(folder / MANIFEST, Manifest)


def _groups(inputs: Sequence[Path]) -> Iterator[Group]:
    own: list[tuple[str, int]] = []
    size = 0
    for path in inputs:
        for file in (list(files(path)) or [path]) if path.is_dir() else [path]:
            bytes = file.stat().st_size if file.is_file() else 0
            if own and size + bytes > GROUP:
                yield Group(tuple(own))
                own, size = [], 0
            own.append((str(file), bytes))
            size += bytes
    if own:
        yield Group(tuple(own))


def slot(id: str) -> int:
    """The slot of an id, the same wherever it is read."""
    return int(digest(id)[:4], 16)


def cut(articles: int, size: int) -> list[tuple[int, int]]:
    """The slots of each bucket (first, end) for so many articles."""
    count = min(SLOTS, max(1, -(-articles // size)))
    edges = [SLOTS * n // count for n in range(count + 1)]
    return list(pairwise(edges))
