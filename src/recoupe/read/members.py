"""The gzip members of a WARC file, one after another, inflated as they are read, never held whole.

A writer of WARC closes a member after each record; so what is broken in one leaves the others sound.
"""

import zlib
from collections.abc import Iterator
from typing import Protocol

from .received import HEAD

GZIP = b"\x1f\x8b\x08"
WINDOW = 16 + zlib.MAX_WBITS
CHUNK = 1 << 16
# Pages inflate to 4 to 30 times their size, zeros to 1,032 times. A file that, past FREE bytes, gives more than TIMES
# what was read of it is a bomb.
FREE, TIMES = 64_000_000, 200
# After damage, so many places that look like the beginning of a member are tried.
MOST_TRIED = 100_000
BEGINNING = b"WARC/"


class Stream(Protocol):
    """What bytes are read from."""

    def read(self, size: int = -1, /) -> bytes: ...


class Bomb(ValueError):
    """A file that inflates beyond measure."""


class Member:
    """One member as a stream, with those after it that do not begin with a record: some writers close one in the midst
    of a record. `whole` is False where the end is missing or broken."""

    def __init__(self, source: "Members") -> None:
        self._source, self._inflate = source, zlib.decompressobj(WINDOW)
        self._ended = False
        self._at = 0
        self.whole = True

    def read(self, size: int = CHUNK) -> bytes:
        """Up to so many bytes; none at the end of the member. Raises Bomb, and zlib.error where it is broken."""
        size = CHUNK if size < 0 else size
        while not self._ended and size:
            data = self._inflate.unconsumed_tail or self._source.more()
            try:
                out = self._inflate.decompress(data, size)
            except zlib.error:
                self._ended, self.whole = True, False
                self._source.put_back(data[1:])
                raise
            if self._inflate.eof:
                self._source.put_back(self._inflate.unused_data)
                self._ended = not self._source.goes_on()
                self._inflate = zlib.decompressobj(WINDOW)
            elif not data and not out:
                self._ended, self.whole = True, False
            self._at += len(out)
            self._source.gave(len(out))
            if out:
                return out
        return b""

    def tell(self) -> int:
        """How many bytes were read."""
        return self._at


class Members:
    """Goes through the members of a file. What stands between members is passed over."""

    def __init__(self, file: Stream) -> None:
        self._file, self._left = file, b""
        self._read = self._given = self._tried = 0

    def __iter__(self) -> Iterator[Member]:
        while self._found():
            member = Member(self)
            yield member
            try:
                while member.read(1 << 20):
                    pass
            except zlib.error:
                pass

    def more(self) -> bytes:
        """The next bytes of the file; none at its end."""
        data, self._left = self._left, b""
        return data or self._next()

    def put_back(self, data: bytes) -> None:
        """Bytes that were read too many."""
        self._left = data + self._left

    def goes_on(self) -> bool:
        """Whether another member follows that begins in the midst of a record."""
        data = self.more()
        if len(data) < HEAD:
            data += self._next()
        self._left = data
        return data.startswith(GZIP) and beginning(data[:HEAD]) not in (BEGINNING, b"")

    def gave(self, size: int) -> None:
        """Counts what was inflated. Raises Bomb."""
        self._given += size
        if self._given > FREE + TIMES * self._read:
            raise Bomb(TIMES)

    def _found(self) -> bool:
        """Goes to where the next member begins; False at the end of the file."""
        data = self.more()
        if len(data) < len(GZIP):
            data += self._next()
        if data.startswith(GZIP):
            self._left = data
            return True
        while data and self._tried < MOST_TRIED:
            at = data.find(GZIP)
            if at < 0:
                # The first signs of a member may stand at the very end of what was read.
                more = self._next()
                data = data[1 - len(GZIP) :] + more if more else b""
                continue
            data = data[at:]
            if len(data) < HEAD:
                data += self._next()
            if self._begins(data[:HEAD]):
                self._left = data
                return True
            data = data[1:]
        return False

    def _next(self) -> bytes:
        data = self._file.read(CHUNK)
        self._read += len(data)
        return data

    def _begins(self, data: bytes) -> bool:
        """Whether a record begins here."""
        self._tried += 1
        return beginning(data) == BEGINNING


def beginning(data: bytes) -> bytes:
    """The first bytes that a member gives; none where it is none."""
    try:
        return zlib.decompressobj(WINDOW).decompress(data, len(BEGINNING))
    except zlib.error:
        return b""
