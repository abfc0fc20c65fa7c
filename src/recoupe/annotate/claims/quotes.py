"""Quotation marks of every kind matched on the text itself: the parser is no help there."""

import re
from typing import NamedTuple

from ...model.records import Span

OPENERS = "«‹„‟"
CLOSERS = "»›"
ENDS = ".!?…"
BEFORE_OPEN = " \t([-'/"
AFTER_CLOSE = " \t.,;:!?)]-…"


_PAIR = re.compile(r"''(?!')")
# A double mark, or a single one that may open: most single ones are apostrophes inside a word.
_MARK = re.compile(r"""["'](?:(?<=")|(?<![^\s("\[]')(?=[^\W_]))""")


def doubled(text: str) -> str:
    """The text with pairs of single marks as one double mark and a blank outside it; same length."""

    def mark(match: re.Match[str]) -> str:
        after = text[match.end() : match.end() + 1]
        before = text[match.start() - 1 : match.start()] if match.start() else " "
        return ' "' if after and not after.isspace() and (before.isspace() or before in "([-") else '" '

    return _PAIR.sub(mark, text)


class Quote(NamedTuple):
    """An outermost quotation: `start`, `end` inside the marks, `outer` with them; `closed` has its closing mark."""

    start: int
    end: int
    outer: Span
    closed: bool

    def moved(self, by: int) -> "Quote":
        """The same quotation so many characters later."""
        return Quote(self.start + by, self.end + by, (self.outer[0] + by, self.outer[1] + by), self.closed)


def quotes_in(text: str, raw: str, start: int, end: int) -> list[Quote]:
    """The outermost quotations of text[start:end]; `text` is normalised (all double marks are one), `raw` is not."""
    found: list[Quote] = []
    opened: list[int] = []
    past = start
    for match in _MARK.finditer(text, start, end):
        i, mark = match.start(), match.group()
        if i < past:
            continue
        if mark == '"':
            if _opens(text, raw, i, start, end, bool(opened)):
                if opened and text[start:i].rstrip()[-1:] in ENDS and _sole_mark(text, raw, i, end):
                    _close(found, text, opened[0], i, closed=False)
                    opened = []
                opened.append(i)
            elif opened:
                first = opened[0]
                opened.pop()
                if not opened:
                    _close(found, text, first, i, closed=True)
        elif not opened:
            close = _single(text, i, start, end)
            if close:
                _close(found, text, i, close, closed=True)
                past = close + 1
    if opened:
        _close(found, text, opened[0], end, closed=False)
    return found


def _sole_mark(text: str, raw: str, i: int, end: int) -> bool:
    """Whether a mark that opens after a full stop inside an open quotation starts a new one: no mark is left to
    close both (an even number of marks follows means the first was never closed)."""
    return text.count('"', i + 1, end) % 2 == 1


def _opens(text: str, raw: str, i: int, start: int, end: int, inside: bool) -> bool:
    if raw[i] in OPENERS:
        return True
    if raw[i] in CLOSERS:
        return False
    left = text[i - 1] if i > start else " "
    right = text[i + 1] if i + 1 < end else " "
    may_open = left in BEFORE_OPEN and not right.isspace()
    may_close = not left.isspace() and left not in "([" and (right in AFTER_CLOSE or right == '"')
    if may_open != may_close:
        return may_open
    return not inside


def _single(text: str, i: int, start: int, end: int) -> int | None:
    """Where a quotation in single marks that opens at i closes; None where it is an apostrophe."""
    if not (i == start or text[i - 1] in ' \t(["') or i + 1 >= end or not text[i + 1].isalnum():
        return None
    at = text.find("'", i + 2, end)
    while at != -1:
        after = text[at + 1] if at + 1 < end else " "
        if not text[at - 1].isspace() and not after.isalnum():
            return at
        at = text.find("'", at + 1, end)
    return None


def _close(found: list[Quote], text: str, opened: int, closing: int, closed: bool) -> None:
    """Adds a quotation, trimmed of the blanks inside its marks; empty ones are dropped."""
    start, end = opened + 1, closing
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Quote(start, end, (opened, closing + 1 if closed else closing), closed))
