"""An article as it was read."""

import functools
import hashlib

import msgspec

Hint = tuple[int, int, str]


class Article(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One article: its text never changes afterwards, and every offset in every layer points into it.

    `published` is a day ("2023-01-06"), a month ("2023-01") or None; `published_by` says how it is known:
    "given", "metadata" or "text". `sha256` is that of the bytes as received. `hints` are (start, end, kind)
    of lines whose block kind the page's markup gives away. Offsets count Unicode code points, end exclusive.
    """

    id: str
    text: str
    sha256: str
    lang: str
    published: str | None = None
    published_by: str = ""
    source: str = ""
    read: str = ""
    url: str = ""
    title: str = ""
    outlet: str = ""
    translated: bool = False
    translated_why: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()

    @property
    def version(self) -> str:
        """What a record's offsets hang on: the id and the text (16 hexadecimal digits)."""
        return _version(self.id, self.text)


@functools.lru_cache(maxsize=8)
def _version(id: str, text: str) -> str:
    """Kept for the last articles: it is asked once a record, and costs the whole text."""
    return digest(id, text)


def digest(*parts: object) -> str:
    """A short stable digest of parts (16 hexadecimal digits, blake2b)."""
    joined = "\x1f".join(map(str, parts))
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
