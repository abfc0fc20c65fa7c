"""What the reader of a format hands on: the text as extracted and what the source says about it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from ..model.article import Hint
from .problem import Problem

# An article of more characters than this is refused: the longest news text measured is under 200,000, and the
# parser would need minutes for it.
LONGEST_TEXT = 1_000_000
# A longer id names nothing that a person could ask for, and is more than every database finds by.
LONGEST_ID = 300
# A file or a table's line of more bytes than this cannot hold an article that is not too long (4 bytes a character).
LONGEST_BYTES = 4 * LONGEST_TEXT
# Files that are read whole though they may hold several articles, or attachments (mail servers refuse letters of more
# than 25 to 35 million bytes). A parsed tree takes about ten times as much memory.
LONGEST_FILE = 32_000_000
# So many first bytes tell a format.
HEAD = 4096
# A file with more broken records than this is broken itself.
MOST_BROKEN = 1_000


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about an article apart from its text; None where nothing is."""

    published: str | None = None
    lang: str | None = None
    url: str | None = None
    title: str | None = None
    outlet: str | None = None


class Embargo(msgspec.Struct, frozen=True):
    """What its provider asks to hold back until an instant (ISO 8601, UTC)."""

    until: str
    by: str


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """A text before its language and date are settled.

    `given` is what the user says (table columns), `page` what the page's own metadata says. `sha256` is that of the
    bytes as received. `repairs` are the names of what was mended, in the order in which it was. `captured` is when an
    archived page was taken from the web, `made` when its provider made this version of a text (ISO 8601, UTC; empty
    where nobody says): with either, the same id may come again with another text, which is another version.
    """

    id: str
    text: str
    sha256: str
    place: str
    given: Known = Known()
    page: Known = Known()
    hints: tuple[Hint, ...] = ()
    repairs: tuple[str, ...] = ()
    captured: str = ""
    made: str = ""
    embargo: Embargo | None = None


class Reader(Protocol):
    """Reads one format. `suffixes` are lower-case, with the dot. `takes` says whether the first bytes of a file (HEAD
    at most) are surely of this format: that settles whose a file is where its suffix is nobody's, or several readers'.

    Raises OSError where the file cannot be read; everything else comes out as a Problem.
    """

    name: str
    suffixes: tuple[str, ...]

    def takes(self, head: bytes) -> bool: ...

    def __call__(self, path: Path) -> Iterator[Received | Problem]: ...


def shown(path: Path) -> str:
    """The path as text that can be written anywhere: bytes of a name that are no UTF-8 are spelled out."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def stem(path: Path) -> str:
    """A file's id."""
    return path.stem.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
