"""Parses kept in memory: where there is no store to keep them in, what is copied is still parsed once by a process."""

from collections import OrderedDict
from collections.abc import Iterable

import msgspec

from ..model.article import digest
from ..model.parse import Parse

# Paragraphs that are kept, those asked for last: about 100 MB of packed tokens.
MOST = 20_000
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Parse).decode


class Recent:
    """The parses of the paragraphs that were asked for last."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def load(self, code: str, paragraphs: Iterable[str]) -> dict[str, Parse]:
        """The kept parses of those paragraphs in a language that have one."""
        found = dict[str, Parse]()
        for paragraph in paragraphs:
            key = digest(code, paragraph)
            if key in self._kept:
                self._kept.move_to_end(key)
                found[paragraph] = _decode(self._kept[key])
        return found

    def save(self, parses: dict[str, Parse], code: str) -> None:
        """Keeps parses by paragraph, and lets go of the oldest."""
        for paragraph, parse in parses.items():
            self._kept[digest(code, paragraph)] = _encode(parse)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
