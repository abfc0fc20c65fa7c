"""From the paths a user names to articles, in a fixed order."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..model.article import Article, digest
from .article import articles
from .html import HtmlReader
from .mail import MailReader
from .newsml import NewsmlReader
from .ninjs import NinjsReader
from .nitf import NitfReader
from .parquet import ParquetReader
from .problem import HeldBack, Problem, refused
from .received import HEAD, Reader, Received, shown
from .table import Csv, JsonLines
from .text import TextReader
from .wacz import WaczReader
from .warc import WarcReader

READERS: tuple[Reader, ...] = (
    TextReader(), HtmlReader(), JsonLines(), Csv(), WarcReader(), WaczReader(), NewsmlReader(), NitfReader(),
    NinjsReader(), MailReader(), ParquetReader(),
)  # fmt: skip

# Stands for the text of an article that was canceled: what its provider made before is not read any more.
GONE = "-"


def read_inputs(inputs: Sequence[Path], *, now: str) -> Iterator[Article | Problem]:
    """The articles of files, folders and tables, and a Problem for whatever was mended or refused.

    Never raises for what an input holds. `now` is the time of reading (ISO 8601, UTC). An id that comes again in one
    run with the same text is nothing new. With another text it is the next version where both say when they were
    captured or made, and this one is the later; else it is refused: the first stands.
    """
    return chosen(read_items(inputs, now=now))


def read_items(inputs: Sequence[Path], *, now: str) -> Iterator[tuple[Article | Problem, str]]:
    """All that files, folders and tables hold, in order, with when each article was captured or made (empty: nobody
    says)."""
    for path in inputs:
        yield from _items(Path(path), now)


def chosen(items: Iterable[tuple[Article | Problem, str]]) -> Iterator[Article | Problem]:
    """What of all that was read is used, a Problem in the place of what is refused: one at most for each, before the
    next is asked for. What it does with an id depends on that id's items alone."""
    seen: dict[str, tuple[str, str]] = {}
    for item, made in items:
        if isinstance(item, Article):
            mark = digest(item.text)
            before, last = seen.get(item.id, ("", ""))
            newer = bool(last) and made > last
            if not before or newer:
                seen[item.id] = mark, made
            elif before != mark:
                yield refused(item.source, "older" if made < last else "duplicate", id=item.id[:80])
            if before == mark or (before and not newer):
                continue
        elif isinstance(item, HeldBack) and not item.repaired:
            seen[item.doc] = GONE, item.made
        yield item


def _items(path: Path, now: str) -> Iterator[tuple[Article | Problem, str]]:
    """The articles and problems of one path."""
    if not path.is_dir():
        yield from _file(path, now)
        return
    found = False
    for file in files(path):
        found = True
        yield from _file(file, now)
    if not found:
        yield refused(shown(path), "nothing_here", suffixes=_suffixes()), ""


def files(folder: Path) -> Iterator[Path]:
    """The files of a folder and the folders below that some reader takes, sorted; hidden ones are passed over."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(place, name)
            if not name.startswith(".") and _reader(file):
                yield file


def _file(path: Path, now: str) -> Iterator[tuple[Article | Problem, str]]:
    place = shown(path)
    try:
        if not path.exists():
            yield refused(place, "missing"), ""
        elif not path.is_file():
            yield refused(place, "no_file"), ""
        elif (reader := _reader(path)) is None:
            yield refused(place, "suffix", suffix=path.suffix or path.name, suffixes=_suffixes()), ""
        elif path.stat().st_size == 0:
            yield refused(place, "empty"), ""
        else:
            for item in reader(path):
                if isinstance(item, Received):
                    yield from ((made, item.captured or item.made) for made in articles(item, now))
                else:
                    yield item, ""
    except PermissionError:
        yield refused(place, "denied"), ""
    except (OSError, ValueError) as error:
        yield refused(place, "failed", detail=getattr(error, "strerror", None) or str(error)), ""


def _reader(path: Path) -> Reader | None:
    """Whose a file is: by its suffix; by its first bytes where that is nobody's, or several readers'."""
    name = path.name.lower()
    named = [reader for reader in READERS if name.endswith(reader.suffixes)]
    if len(named) == 1:
        return named[0]
    head = _head(path)
    return next((reader for reader in named or READERS if reader.takes(head)), named[0] if named else None)


def _head(path: Path) -> bytes:
    """The first bytes of an ordinary file; none where they cannot be read."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError:
        return b""


def _suffixes() -> str:
    return ", ".join(dict.fromkeys(suffix for reader in READERS for suffix in reader.suffixes))
