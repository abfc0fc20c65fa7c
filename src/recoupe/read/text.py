"""Plain text: the file's characters are the article's text, line ends and all."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from .decode import decode
from .problem import Problem, refused
from .received import LONGEST_BYTES, LONGEST_TEXT, Received, shown, stem


class TextReader:
    """One article per file."""

    name = "text"
    suffixes: tuple[str, ...] = (".txt",)

    def takes(self, head: bytes) -> bool:
        """Nothing is surely plain text."""
        return False

    def __call__(self, path: Path) -> Iterator[Received | Problem]:
        """The article, or why there is none."""
        place = shown(path)
        data = contents(path)
        if data is None:
            yield refused(place, "too_long", limit=LONGEST_TEXT)
            return
        decoded = decode(data)
        if decoded is None:
            yield refused(place, "binary")
            return
        yield Received(
            id=stem(path),
            text=decoded.text,
            sha256=hashlib.sha256(data).hexdigest(),
            place=place,
            repairs=decoded.repairs,
        )


def contents(path: Path) -> bytes | None:
    """The bytes of a file; None where they are too many for an article. Raises OSError."""
    with path.open("rb") as file:
        data = file.read(LONGEST_BYTES + 1)
    return data if len(data) <= LONGEST_BYTES else None
