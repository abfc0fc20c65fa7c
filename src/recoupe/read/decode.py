"""From bytes to characters: says what was mended, and refuses what is no text."""

import codecs
import re
from typing import NamedTuple

import ftfy
from ftfy.badness import is_bad

# Byte order marks, the longer before the shorter that they begin with. Only UTF-8's is no reason for a warning.
MARKS = (
    (codecs.BOM_UTF8, "utf-8", ""),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf16"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf16"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf16"),
)
# First bytes of formats that are no text, some of which look like it for a while.
BINARY_STARTS = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
)
# Control characters that text does not hold; those of layout (tab, line ends, form feed) it does.
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
CONTROLS_MOST = 0.002
# Of bytes in no known encoding at least this share must come out as letters, digits, spaces or usual punctuation.
READABLE_LEAST = 0.9
READABLE = re.compile(r"[\w\s.,;:!?'\"’‘“”«»()\[\]/%&€$£°+=*@#…–—-]")
REPLACED_MOST = 0.02
# Looked at to see whether text is text.
SAMPLE = 100_000
ASCII = bytes(range(128))
# Codecs of Python that no browser knows: they spell text in ASCII, take the square of its length (punycode: minutes for
# a page) or give halves of pairs, which are no text.
UNKNOWN = frozenset({"punycode", "idna", "utf-7", "unicode-escape", "raw-unicode-escape", "undefined"})
# What mending may bring: Latin letters, Cyrillic ones, typographic marks. Anything else is sound text misread: "là»“",
# a quotation closed and another opened, has the bytes of a Lao letter.
MENDED = re.compile("[\x20-\x7e\u00a0-\u017f\u0192\u02c6\u02dc\u0400-\u045f\u2010-\u203a\u20ac\u2122\ufffd]")
C1 = re.compile("[\x80-\x84\x86-\x9f]")


class Decoded(NamedTuple):
    """Characters, and the names of the repairs that were needed."""

    text: str
    repairs: tuple[str, ...]


def decode(data: bytes, declared: str | None = None) -> Decoded | None:
    """The text of some bytes; None where they are no text. `declared` is an encoding that the page itself names."""
    if data.startswith(BINARY_STARTS):
        return None
    for mark, encoding, repair in MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return _checked(text, (repair,) if repair else (), strict=bool(repair))
    try:
        return _checked(data.decode("utf-8"), (), strict=False) or _unmarked_utf16(data)
    except UnicodeDecodeError:
        pass
    if b"\0" in data:
        return _unmarked_utf16(data)
    if declared and (found := _as_declared(data, declared)):
        return found
    if _utf8_share(data) >= 0.5:
        return _checked(data.decode("utf-8", "recoupe-mixed"), ("broken",), strict=True)
    return _checked(data.decode("cp1252", "recoupe-latin"), ("encoding",), strict=True)


def _checked(text: str, repairs: tuple[str, ...], *, strict: bool) -> Decoded | None:
    """The text unless it holds what text does not."""
    if "\0" in text or len(CONTROLS.findall(text)) > CONTROLS_MOST * len(text):
        return None
    sample = text[:SAMPLE]
    if strict and len(READABLE.findall(sample)) < READABLE_LEAST * len(sample):
        return None
    lost = text.count("\ufffd")
    if lost > REPLACED_MOST * len(text) + 1:
        return None
    if lost and "broken" not in repairs:
        repairs = (*repairs, "broken")
    return Decoded(text, repairs)


def _unmarked_utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: in Latin scripts nearly every second byte is zero."""
    half = len(data) // 2
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if half and data[offset::2].count(0) >= 0.6 * half and data[1 - offset :: 2].count(0) == 0:
            return _checked(data.decode(encoding, "replace"), ("utf16",), strict=True)
    return None


def _as_declared(data: bytes, declared: str) -> Decoded | None:
    """In the encoding that the page names; browsers read ISO 8859-1 as cp1252, and so do we."""
    try:
        name = codec(declared)
        if name in ("utf-8", "ascii") or name.startswith(("utf-16", "utf-32")):
            return None
        text, errors = ("cp1252", "recoupe-latin") if name in ("iso8859-1", "cp1252") else (name, "replace")
        return _checked(data.decode(text, errors), (), strict=False)
    except (LookupError, ValueError):
        return None


def codec(declared: str) -> str:
    """The name under which Python knows an encoding. Raises LookupError where text is kept in none such."""
    name = codecs.lookup(declared).name
    if name in UNKNOWN:
        raise LookupError(declared)
    return name


def _utf8_share(data: bytes) -> float:
    """The share of non-ASCII bytes that stand in well-formed UTF-8."""
    beyond = len(data.translate(None, ASCII))
    kept = len(data.decode("utf-8", "ignore").encode().translate(None, ASCII))
    return kept / beyond if beyond else 1.0


def _mixed(error: UnicodeError) -> tuple[str, int]:
    """A stray byte in UTF-8 is read as cp1252 where an ASCII character follows it, else it is lost."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    after = error.object[error.end : error.end + 1]
    if error.end - error.start == 1 and after and after[0] < 0x80:
        return error.object[error.start : error.end].decode("cp1252", "replace"), error.end
    return "\ufffd", error.end


def _latin(error: UnicodeError) -> tuple[str, int]:
    """The five bytes that cp1252 leaves undefined are lost."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\ufffd" * (error.end - error.start), error.end


codecs.register_error("recoupe-mixed", _mixed)
codecs.register_error("recoupe-latin", _latin)


def unmangled(text: str) -> str:
    """The text with UTF-8 that was read as another encoding put right (Ã© → é), line by line; nothing else changes.

    Clean lines come back as they are: ftfy's own measure of badness has to find a line damaged first.
    """
    if text.isascii():
        return text
    lines = text.split("\n")
    mended = [_unmangled_line(line) if is_bad(line) or C1.search(line) else line for line in lines]
    return "\n".join(mended) if mended != lines else text


def _unmangled_line(line: str) -> str:
    # A next-line control on its own is a line end, not a damaged ellipsis.
    hidden = line if C1.search(line) else line.replace("\x85", "\ue000")
    fixed: str = ftfy.fix_encoding(hidden).replace("\ue000", "\x85")
    return fixed if all(MENDED.match(character) for character in set(fixed) - set(line)) else line
