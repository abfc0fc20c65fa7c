"""Tables: one article a row, as JSON lines or comma-separated values.

Columns: id, text or html, and, where known, published (a day or only a month), lang, url, title, outlet.
A table of any size is read row by row in bounded memory.
"""

import csv
import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from .decode import decode
from .html import page_of
from .problem import Problem, refused
from .received import LONGEST_BYTES, LONGEST_TEXT, Known, Received, shown

KNOWN = ("published", "lang", "url", "title", "outlet")
COLUMNS = frozenset(["id", "text", "html", *KNOWN])
DELIMITERS = ",;\t|"
# A half of a pair without the other.
LONE = re.compile(
    r"(?<!\\)(?:\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F][0-9a-fA-F]{2})"
)
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Line(NamedTuple):
    """A line of the file; `text` is None where it is too long or no text, and `why` says which."""

    number: int
    text: str | None
    why: str = ""
    repairs: tuple[str, ...] = ()


class JsonLines:
    """A JSON object a line."""

    name = "jsonl"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")

    def takes(self, head: bytes) -> bool:
        """A table is told by its suffix alone."""
        return False

    def __call__(self, path: Path) -> Iterator[Received | Problem]:
        """The articles, or why a line gives none."""
        for line in lines_in(path):
            place = f"{shown(path)}:{line.number}"
            if line.text is None:
                yield refused(place, line.why, limit=LONGEST_TEXT)
                continue
            if not line.text.strip():
                continue
            try:
                row, lost = decoded_json(line.text)
            except (ValueError, RecursionError) as error:
                yield refused(place, "not_json", detail=str(error))
                continue
            if isinstance(row, dict):
                yield from article_of_row(row, place, (*line.repairs, *lost))
            else:
                yield refused(place, "not_object")


class Csv:
    """Comma-separated values (or semicolons or tabs, as the first line has them) under a line of column names."""

    name = "csv"
    suffixes: tuple[str, ...] = (".csv", ".tsv")

    def takes(self, head: bytes) -> bool:
        """A table is told by its suffix alone."""
        return False

    def __call__(self, path: Path) -> Iterator[Received | Problem]:
        """The articles, or why a row gives none."""
        place = shown(path)
        lines = lines_in(path)
        first = next(lines, None)
        if first is None or not (first.text or "").strip():
            yield refused(place, "empty" if first is None or first.text is not None else first.why, limit=LONGEST_TEXT)
            return
        names, delimiter = _header(first.text or "")
        if absent := lacking(names):
            yield refused(f"{place}:1", "no_column", column=absent)
            return
        yield from _rows(place, lines, names, delimiter)


def lacking(names: Collection[str]) -> str:
    """The columns that a table must have and that are not among these; empty where it has them."""
    needed = (("id", {"id"}), ("text", {"text", "html"}))
    return ", ".join(name for name, either in needed if not either & set(names))


def decoded_json(line: str) -> tuple[object, tuple[str, ...]]:
    """A line's value and the repairs it took: half characters, which JSON can spell and no file can hold, are lost.

    Raises ValueError or RecursionError.
    """
    try:
        return msgspec.json.decode(line), ()
    except msgspec.DecodeError as error:
        if not LONE.search(line):
            raise ValueError(str(error)) from error
        return msgspec.json.decode(LONE.sub(r"\\ufffd", line)), ("broken",)


def _rows(place: str, lines: Iterator[Line], names: list[str], delimiter: str) -> Iterator[Received | Problem]:
    """The rows below the header. A row may run over several lines; it is named by its first."""
    csv.field_size_limit(LONGEST_BYTES)
    faults: list[Line] = []
    repairs: list[str] = []
    starts: list[int] = []

    def fed() -> Iterator[str]:
        for line in lines:
            starts.append(line.number)
            repairs.extend(line.repairs)
            if line.text is None:
                starts.pop()
                faults.append(line)
            else:
                yield line.text

    reader = csv.reader(fed(), delimiter=delimiter, strict=True)
    while True:
        starts.clear()
        repairs.clear()
        try:
            cells = next(reader)
        except StopIteration:
            cells = None
        except csv.Error as error:
            yield refused(f"{place}:{starts[0]}", "not_csv", detail=str(error))
            continue
        for fault in faults:
            yield refused(f"{place}:{fault.number}", fault.why, limit=LONGEST_TEXT)
        faults.clear()
        if cells is None:
            return
        start = starts[0]
        if len(cells) > len(names):
            yield refused(f"{place}:{start}", "too_many_cells", n=len(cells), columns=len(names))
        elif any(cell.strip() for cell in cells):
            yield from article_of_row(
                dict(zip(names, cells, strict=False)), f"{place}:{start}", tuple(dict.fromkeys(repairs))
            )


def _header(line: str) -> tuple[list[str], str]:
    """The column names of a first line and what divides them: what makes the most known names."""

    def split(delimiter: str) -> list[str]:
        try:
            cells = next(csv.reader([line.lstrip("\ufeff")], delimiter=delimiter), [])
        except csv.Error:  # a line end of old within a name, or a name without end: no header by this sign
            return []
        return [cell.strip().lower() for cell in cells]

    best = max(DELIMITERS, key=lambda delimiter: len(COLUMNS & set(split(delimiter))))
    return split(best), best


def article_of_row(row: Mapping[str, object], place: str, repairs: tuple[str, ...]) -> Iterator[Received | Problem]:
    """What a row gives."""
    wrong = next((name for name in sorted(COLUMNS - {"id"}) if not isinstance(row.get(name), str | None)), None)
    identity = row.get("id")
    if isinstance(identity, int) and not isinstance(identity, bool):
        identity = str(identity)
    if wrong or not isinstance(identity, str | None):
        yield refused(place, "wrong_type", column=wrong or "id")
        return
    if not identity or not identity.strip():
        yield refused(place, "no_id")
        return
    text, html = row.get("text"), row.get("html")
    raw = text if isinstance(text, str) and text.strip() else html
    if not isinstance(raw, str) or not raw.strip():
        missing = text is None and html is None
        yield refused(place, "no_text" if missing else "empty")
        return
    if len(raw) > LONGEST_TEXT:
        yield refused(place, "too_long", limit=LONGEST_TEXT)
        return
    given = Known(**{name: str(row[name]).strip() or None for name in KNOWN if row.get(name) is not None})
    sha256 = hashlib.sha256(raw.encode()).hexdigest()
    if raw is text:
        yield Received(id=identity.strip(), text=raw, sha256=sha256, place=place, given=given, repairs=repairs)
        return
    page = page_of(raw)
    yield Received(
        id=identity.strip(),
        text=page.text,
        sha256=sha256,
        place=place,
        given=given,
        page=page.known,
        hints=page.hints,
        repairs=(*repairs, *page.repairs),
    )


def lines_in(path: Path) -> Iterator[Line]:
    """The file's lines with their ends. One over the bound is skipped, not held. Raises OSError."""
    with path.open("rb") as file:
        mark = file.read(2)
        file.seek(0)
        if mark in UTF16_MARKS:
            yield from _wide_lines(file)
            return
        number = 0
        while data := file.readline(LONGEST_BYTES + 1):
            number += 1
            if len(data) > LONGEST_BYTES:
                while data and not data.endswith(b"\n"):
                    data = file.readline(LONGEST_BYTES)
                yield Line(number, None, "too_long")
            else:
                yield _decoded(number, data)


def _decoded(number: int, data: bytes) -> Line:
    decoded = decode(data)
    return Line(number, None, "binary") if decoded is None else Line(number, decoded.text, "", decoded.repairs)


def _wide_lines(file: BinaryIO) -> Iterator[Line]:
    """The lines of UTF-16, whose line ends are no single bytes: such a table is taken whole, within the bound."""
    data = file.read(LONGEST_BYTES + 1)
    decoded = decode(data) if len(data) <= LONGEST_BYTES else None
    if decoded is None:
        yield Line(1, None, "too_long" if len(data) > LONGEST_BYTES else "binary")
        return
    for number, text in enumerate(decoded.text.splitlines(keepends=True), 1):
        yield Line(number, text, "", decoded.repairs if number == 1 else ())
