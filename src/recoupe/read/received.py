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
# A file or a table's line of more bytes than this cannot hold an article that is not too long (4 bytes a character).
LONGEST_BYTES = 4 * LONGEST_TEXT


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about an article apart from its text; None where nothing is."""

    published: str | None = None
    lang: str | None = None
    url: str | None = None
    title: str | None = None
    outlet: str | None = None


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """A text before its language and date are settled.

    `given` is what the user says (table columns), `page` what the page's own metadata says. `sha256` is that of the
    bytes as received. `repairs` are the names of what was mended, in the order in which it was.
    """

    id: str
    text: str
    sha256: str
    place: str
    given: Known = Known()
    page: Known = Known()
    hints: tuple[Hint, ...] = ()
    repairs: tuple[str, ...] = ()


class Reader(Protocol):
    """Reads one format. `suffixes` are lower-case, with the dot.

    Raises OSError where the file cannot be read; everything else comes out as a Problem.
    """

    name: str
    suffixes: tuple[str, ...]

    def __call__(self, path: Path) -> Iterator[Received | Problem]: ...


def shown(path: Path) -> str:
    """The path as text that can be written anywhere: bytes of a name that are no UTF-8 are spelled out."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def stem(path: Path) -> str:
    """A file's id."""
    return path.stem.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
