"""The words of a paragraph."""

import bisect
import functools
import re

import msgspec

from ...lang.spelling import article_prefixes

# A name may begin with an Arabic article in small letters: "al-Burhane", "el-Fasher".
PREFIXED = re.compile(rf"(?:{'|'.join(article_prefixes())})-[^\W\d_a-z]")
# An elided article ("l'") is a word of its own, and so is the possessive "'s".
WORD = re.compile(r"'[sS]\b|\b[^\W_]{1,2}'(?![sS]\b)(?=\s?\w)|[^\W_]+(?:[-&][^\W_]+)*|[^\w\s]")


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word of a paragraph, with absolute offsets."""

    start: int
    end: int
    text: str
    lower: str
    capital: bool

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


class Row(list[Word]):
    """The words of one paragraph, with the look-ups that its names are found by."""

    @functools.cached_property
    def capitals(self) -> list[int]:
        """Which words have a capital: names stand nowhere else, and most words have none."""
        return [i for i, word in enumerate(self) if word.capital]

    @functools.cached_property
    def starts(self) -> dict[int, int]:
        """From where a word begins to its number."""
        return {word.start: i for i, word in enumerate(self)}

    def moved(self, by: int) -> "Row":
        """The words of the same paragraph where it begins so many characters later."""
        return Row([Word(w.start + by, w.end + by, w.text, w.lower, w.capital) for w in self]) if by else self

    def begun(self, start: int, end: int) -> list[Word]:
        """The words that begin in a stretch of the text."""
        return self[bisect.bisect_left(self, start, key=_start) : bisect.bisect_left(self, end, key=_start)]

    def within(self, start: int, end: int) -> list[Word]:
        """The words that lie in a stretch of the text."""
        i = bisect.bisect_left(self, start, key=_start)
        found = []
        while i < len(self) and self[i].end <= end:
            found.append(self[i])
            i += 1
        return found


def _start(word: Word) -> int:
    return word.start


@functools.lru_cache(maxsize=65536)
def cased(word: str) -> tuple[str, bool]:
    """A word in small letters, and whether it has a capital at its beginning (behind an Arabic article too)."""
    return word.lower(), word[0].isupper() or ("-" in word and PREFIXED.match(word) is not None)


def words(text: str, start: int = 0, end: int | None = None) -> Row:
    """The words of a text or of a stretch of it; elided articles are words of their own."""
    found = WORD.finditer(text, start, len(text) if end is None else end)
    return Row([Word(*match.span(), match[0], *cased(match[0])) for match in found])
