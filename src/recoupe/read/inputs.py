"""From the paths a user names to articles, in a fixed order."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..model.article import Article, digest
from .article import articles
from .html import HtmlReader
from .problem import Problem, refused
from .received import Reader, Received, shown
from .table import Csv, JsonLines
from .text import TextReader

READERS: tuple[Reader, ...] = (TextReader(), HtmlReader(), JsonLines(), Csv())


def read_inputs(inputs: Sequence[Path], *, now: str) -> Iterator[Article | Problem]:
    """The articles of files, folders and tables, and a Problem for whatever was mended or refused.

    Never raises for what an input holds. `now` is the time of reading (ISO 8601, UTC). An id that comes again in one
    run with the same text is nothing new; with another text it is refused: the first stands.
    """
    seen: dict[str, str] = {}
    for path in inputs:
        for item in _items(Path(path), now):
            if isinstance(item, Article):
                mark = digest(item.text)
                first = seen.get(item.id)
                seen.setdefault(item.id, mark)
                if first == mark:
                    continue
                if first is not None:
                    yield refused(item.source, "duplicate", id=item.id[:80])
                    continue
            yield item


def _items(path: Path, now: str) -> Iterator[Article | Problem]:
    """The articles and problems of one path."""
    if not path.is_dir():
        yield from _file(path, now)
        return
    found = False
    for file in _files(path):
        found = True
        yield from _file(file, now)
    if not found:
        yield refused(shown(path), "nothing_here", suffixes=_suffixes())


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder and the folders below that some reader takes, sorted; hidden ones are passed over."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(place, name)
            if not name.startswith(".") and _reader(file):
                yield file


def _file(path: Path, now: str) -> Iterator[Article | Problem]:
    place, reader = shown(path), _reader(path)
    try:
        if not path.exists():
            yield refused(place, "missing")
        elif not path.is_file():
            yield refused(place, "no_file")
        elif reader is None:
            yield refused(place, "suffix", suffix=path.suffix or path.name, suffixes=_suffixes())
        elif path.stat().st_size == 0:
            yield refused(place, "empty")
        else:
            for item in reader(path):
                if isinstance(item, Received):
                    yield from articles(item, now)
                else:
                    yield item
    except PermissionError:
        yield refused(place, "denied")
    except (OSError, ValueError) as error:
        yield refused(place, "failed", detail=getattr(error, "strerror", None) or str(error))


def _reader(path: Path) -> Reader | None:
    suffix = path.suffix.lower()
    return next((reader for reader in READERS if suffix in reader.suffixes), None)


def _suffixes() -> str:
    return ", ".join(suffix for reader in READERS for suffix in reader.suffixes)
