"""Parses kept in memory: where there is no store to keep them in, what is copied is still parsed once by a process."""

from collections import OrderedDict

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

    def load(self, code: str, paragraph: str) -> Parse | None:
        """The kept parse of a paragraph in a language, or None."""
        key = digest(code, paragraph)
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return _decode(self._kept[key])

    def save(self, parses: dict[str, Parse], code: str) -> None:
        """Keeps parses by paragraph, and lets go of the oldest."""
        for paragraph, parse in parses.items():
            self._kept[digest(code, paragraph)] = _encode(parse)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
