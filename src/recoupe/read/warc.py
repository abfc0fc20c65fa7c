"""Web archives (WARC, also compressed by gzip): an article is an HTML page that was answered with status 200.

Read record by record: an archive of any size takes the memory of one page. Requests, revisits, redirects and what is no
HTML are passed over; what is broken is said and passed over too.
"""

import io
import re
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from urllib.parse import urljoin

from .address import address_id, web_address
from .html import received_page
from .members import BEGINNING, GZIP, Bomb, Members, Stream, beginning
from .problem import Problem, refused
from .received import LONGEST_BYTES, LONGEST_TEXT, MOST_BROKEN, Known, Received, shown

HTML = ("text/html", "application/xhtml+xml")
MOVED = (301, 302, 303, 307, 308)
# Where a record begins: an empty line, the version, the first field.
RECORD = re.compile(rb"\r?\n(WARC/[01]\.\d+\r?\n[A-Za-z-]{1,40}:)")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
CHUNK = 1 << 20
# gzip or zlib, whichever it is; and deflate without a header, which some servers send for zlib.
INFLATE, BARE = 32 + zlib.MAX_WBITS, -zlib.MAX_WBITS


class Broken(NamedTuple):
    """What stands in the place of a record that cannot be read: a reason (read.WHY), and what is behind it."""

    why: str
    detail: str = ""


class Page(NamedTuple):
    """An HTML page as an archive has it; `data` is None where it is too long. `moved` is where a redirect leads."""

    url: str
    captured: str
    data: bytes | None = None
    charset: str | None = None
    cut: bool = False
    moved: str = ""


class WarcReader:
    """The pages of a WARC file."""

    name = "warc"
    suffixes: tuple[str, ...] = (".warc", ".warc.gz")

    def takes(self, head: bytes) -> bool:
        """Whether a WARC file begins so."""
        return head.startswith(BEGINNING) or (head.startswith(GZIP) and beginning(head) == BEGINNING)

    def __call__(self, path: Path) -> Iterator[Received | Problem]:
        """The articles, and what is wrong with records."""
        found = False
        with path.open("rb") as file:
            for item in articles_of(file, path.stat().st_size, shown(path)):
                found = True
                yield item
        if not found:
            yield refused(shown(path), "no_page")


def articles_of(
    file: BinaryIO, size: int, place: str, wanted: Callable[[Page], bool] = lambda page: True
) -> Iterator[Received | Problem]:
    """The articles of an archive of so many bytes, from its beginning; only the pages that are `wanted` (which is asked
    of redirects too)."""
    broken = 0
    packed = file.read(len(GZIP)) == GZIP
    file.seek(0)
    for number, found in _packed(file) if packed else _plain(file, size):
        here = f"{place}:{number}"
        if isinstance(found, Broken):
            broken += 1
            if broken > MOST_BROKEN:
                yield refused(place, "broken_file", n=MOST_BROKEN)
                return
            yield refused(here, found.why, detail=found.detail)
        elif wanted(found) and not found.moved:
            yield _article(found, here)


def _article(page: Page, place: str) -> Received | Problem:
    if page.data is None:
        return refused(place, "too_long", limit=LONGEST_TEXT)
    repairs = ("cut_off",) if page.cut else ()
    values: dict[str, Any] = {"captured": page.captured, "repairs": repairs, "given": Known(url=page.url)}
    return received_page(page.data, address_id(page.url), place, page.charset, **values) or refused(place, "binary")


def _packed(file: BinaryIO) -> Iterator[tuple[int, Page | Broken]]:
    """The pages of a compressed archive, with the numbers of their records."""
    number = before = 0
    try:
        for member in Members(file):
            before = number
            try:
                for record in _iterated(member):
                    number += 1
                    if (page := _page(record)) is not None:
                        yield number, page
            except (OSError, zlib.error) as error:
                number = max(number, before + 1)
                yield number, Broken("broken_record", str(error)[:200])
            if number == before and member.tell():
                number += 1
                yield number, Broken("broken_record")
    except Bomb as bomb:
        yield max(number, before + 1), Broken("bomb", str(bomb))


def _plain(file: BinaryIO, size: int) -> Iterator[tuple[int, Page | Broken]]:
    """The pages of an archive that is not compressed, with the numbers of their records. After damage it goes on where
    the next record begins; a length that is wrong is such damage."""
    number, start, trouble = 0, 0, ""
    while start >= 0:
        file.seek(start)
        first, on = True, start + 1
        try:
            for record in _iterated(file):
                if trouble:
                    number += 1
                    yield number, Broken("broken_record", trouble)
                number, first, trouble = number + 1, False, ""
                length, on = record.content_length, record.stream_pos + 1
                page = _page(record, swallowing=True) if on + length <= size else Broken("wrong_length")
                if page is not None:
                    yield number, page
                if isinstance(page, Broken) and page.why == "wrong_length":
                    break
                on += length
            else:
                return
        except OSError as error:
            trouble = str(error)[:200]
            if first:
                number += 1
                yield number, Broken("broken_record", trouble)
                trouble = ""
        start = _next_record(file, on)
    if trouble:
        yield number + 1, Broken("broken_record", trouble)


def _next_record(file: BinaryIO, at: int) -> int:
    """Where the next record begins, from a place on; -1 where there is none."""
    file.seek(at)
    data = b""
    while more := file.read(CHUNK):
        data += more
        if match := RECORD.search(data):
            return at + match.start(1)
        kept = data[-64:]
        at, data = at + len(data) - len(kept), kept
    return -1


def _iterated(stream: Any) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator

    return iter(ArchiveIterator(stream, parse_http=False, strict_mode=False))


def _page(record: Any, swallowing: bool = False) -> Page | Broken | None:
    """The page of a record, or a redirect; nothing where it is neither. With `swallowing` a record whose length is too
    great has taken in the next ones. Raises OSError."""
    from fastwarc.warc import WarcRecordType

    url = web_address(record.headers.get("WARC-Target-URI") or "")
    date = record.record_date
    captured = date.astimezone(UTC).isoformat(timespec="seconds") if date else ""
    if not url:
        return None
    if record.record_type == WarcRecordType.resource:
        described = record.headers.get("Content-Type") or ""
        fields: Any = {}
    elif record.record_type == WarcRecordType.response:
        record.parse_http(strict_mode=False)
        fields = record.http_headers
        if fields is None:
            return Broken("broken_record", "HTTP")
        described = fields.get("Content-Type") or ""
        if fields.status_code in MOVED and fields.get("Location"):
            return Page(url, captured, moved=_joined(url, fields.get("Location")))
        if fields.status_code != 200:
            return None
    else:
        return None
    if described.partition(";")[0].strip().lower() not in HTML:
        return None
    length = record.content_length
    data = _all(record.reader)
    if swallowing and str(len(data)) != fields.get("Content-Length") and RECORD.search(data):
        return Broken("wrong_length")
    whole = len(data) == length or len(data) > LONGEST_BYTES
    charset = CHARSET.search(described)
    unpacked = _unpacked(data, fields)
    if unpacked is None:
        return Broken("coding", (fields.get("Content-Encoding") or "")[:40])
    body = unpacked if len(unpacked) <= LONGEST_BYTES else None
    return Page(url, captured, body, charset[1] if charset else None, not whole)


def _joined(url: str, location: str) -> str:
    try:
        return web_address(urljoin(url, location))
    except ValueError:
        return ""


def _all(stream: Stream) -> bytes:
    """What a stream gives, up to one byte more than a page may have. Raises OSError."""
    parts, left = [], LONGEST_BYTES + 1
    while left and (data := stream.read(left)):
        parts.append(data)
        left -= len(data)
    return b"".join(parts)


def _unpacked(data: bytes, fields: Any) -> bytes | None:
    """A body without the codings of its transfer and its content; None where it cannot be had. Some archives keep the
    names of codings that they have taken off: what is not so coded stays as it is."""
    from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader

    if len(data) > LONGEST_BYTES:
        return data
    streams = {"chunked": ChunkedReader, "br": BrotliReader, "zstd": ZstdReader}
    content, transfer = ((fields.get(f"{kind}-Encoding") or "").lower() for kind in ("Content", "Transfer"))
    for coding in reversed([name.strip() for name in f"{content},{transfer}".split(",") if name.strip()]):
        try:
            if coding in streams:
                data = _all(streams[coding](io.BytesIO(data)))
            elif coding in ("gzip", "x-gzip", "deflate"):
                data = _inflated(data)
            elif coding != "identity":
                return None
        except (OSError, zlib.error):
            if b"<" not in data[:1024]:
                return None
    return data


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(INFLATE).decompress(data, LONGEST_BYTES + 1)
    except zlib.error:
        return zlib.decompressobj(BARE).decompress(data, LONGEST_BYTES + 1)
