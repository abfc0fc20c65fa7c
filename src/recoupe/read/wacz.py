"""Packed web archives (WACZ): a zip with WARC files and the list of the pages that were visited.

Where pages are listed, only these are articles: what else the archive has as HTML was embedded in them.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

import msgspec

from .address import address_key, web_address
from .members import FREE, TIMES
from .problem import Problem, refused
from .received import Received, shown
from .warc import Page, WarcReader, articles_of

ZIP = b"PK\x03\x04"
# Names one of which stands first in such an archive.
FIRST = (b"archive/", b"indexes/", b"pages/", b"datapackage")
# The end of a zip file (22 bytes and a comment), and that of a large one, with the locator between the two.
END, LOCATOR, LARGE_END = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
LONGEST_END = 22 + 65_535
# A crawl has some dozens of files; Python's reader takes a kilobyte of memory for each.
MOST_FILES, LONGEST_LIST = 10_000, 4_000_000
LONGEST_LINE = 1_000_000
MOST_PAGES = 1_000_000
# What zipfile raises where an archive is damaged, encrypted, or packed in a way that it does not know.
BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError)


class WaczReader:
    """The pages of a WACZ file."""

    name = "wacz"
    suffixes: tuple[str, ...] = (".wacz",)

    def takes(self, head: bytes) -> bool:
        """Whether a WACZ file begins so."""
        return head.startswith(ZIP) and head[30:].startswith(FIRST)

    def __call__(self, path: Path) -> Iterator[Received | Problem]:
        """The articles, and what is wrong with files and records."""
        place = shown(path)
        try:
            with path.open("rb") as file:
                if not _listable(file):
                    yield refused(place, "too_many_files", n=MOST_FILES)
                    return
                with zipfile.ZipFile(file) as archive:
                    yield from _articles(archive, place)
        except (*BROKEN, struct.error) as error:
            yield refused(place, "broken_zip", detail=str(error)[:200])


def _articles(archive: zipfile.ZipFile, place: str) -> Iterator[Received | Problem]:
    files = []
    for info in archive.infolist():
        parts = PurePosixPath(info.filename).parts
        if ".." in parts or info.filename.startswith(("/", "\\")):
            yield refused(f"{place}:{info.filename[:80]}", "bad_name")
        elif parts[:1] == ("archive",) and info.filename.endswith(WarcReader.suffixes):
            files.append(info)
    listed = _Listed(_pages(archive))
    found = False
    for item in _read(archive, files, place, listed):
        found = True
        yield item
    if not found and listed.keys:
        # A list that knows none of the archive's pages is wrong.
        for item in _read(archive, files, place, None):
            found = True
            yield item
    if not found:
        yield refused(place, "no_page")


def _read(
    archive: zipfile.ZipFile, files: list[zipfile.ZipInfo], place: str, listed: "_Listed | None"
) -> Iterator[Received | Problem]:
    for info in files:
        here = f"{place}:{info.filename}"
        if info.file_size > FREE + TIMES * info.compress_size:
            yield refused(here, "bomb", detail=str(TIMES))
            continue
        try:
            with archive.open(info) as file:
                wanted = (listed,) if listed else ()
                yield from articles_of(cast(BinaryIO, file), info.file_size, here, *wanted)
        except BROKEN as error:
            yield refused(here, "broken_zip", detail=str(error)[:200])


class _Listed:
    """Whether a page is on the list, or where a page on the list led. Without a list all are."""

    def __init__(self, keys: set[str]) -> None:
        self.keys = keys

    def __call__(self, page: Page) -> bool:
        if self.keys and address_key(page.url) not in self.keys:
            return False
        if page.moved and len(self.keys) < MOST_PAGES:
            self.keys.add(address_key(page.moved))
        return True


def _pages(archive: zipfile.ZipFile) -> set[str]:
    """The pages that the archive lists, by what their addresses have in common. A line that cannot be read is passed
    over: what it would have named is read all the same where no list is right."""
    found: set[str] = set()
    for info in archive.infolist():
        if not (info.filename.startswith("pages/") and info.filename.endswith(".jsonl")) or info.file_size > FREE:
            continue
        with archive.open(info) as file:
            while (line := file.readline(LONGEST_LINE)) and len(found) < MOST_PAGES:
                try:
                    row = msgspec.json.decode(line)
                except (msgspec.DecodeError, UnicodeError, RecursionError):
                    continue
                url = row.get("url") if isinstance(row, dict) else None
                if isinstance(url, str) and (url := web_address(url)):
                    found.add(address_key(url))
    return found


def _listable(file: BinaryIO) -> bool:
    """Whether a zip file says that it has so many files that they may be listed in memory."""
    size = file.seek(0, 2)
    file.seek(max(0, size - LONGEST_END))
    tail = file.read(LONGEST_END)
    at = tail.rfind(END)
    file.seek(0)
    if at < 0 or len(tail) - at < 22:
        return True  # no zip file: its reader says so
    files, length = struct.unpack("<HI", tail[at + 10 : at + 16])
    if at >= 20 and tail[at - 20 :].startswith(LOCATOR):
        file.seek(min(size, struct.unpack("<Q", tail[at - 12 : at - 4])[0]))
        large = file.read(56)
        file.seek(0)
        if large.startswith(LARGE_END) and len(large) == 56:
            files, length = struct.unpack("<QQ", large[32:48])
    return bool(files <= MOST_FILES and length <= LONGEST_LIST)
