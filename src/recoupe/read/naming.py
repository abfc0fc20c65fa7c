"""From article ids to file names: no two ids share one, and none leaves its folder."""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable

# Names that Windows keeps for devices, with or without a suffix, and the run's own file beside the articles'.
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "cross", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789¹²³")]
)
# Most file systems take 255 bytes; this leaves room for a suffix and a temporary mark.
LONGEST = 200
SAFE = frozenset("-_.+,=@()[]{}~' ")


def safe_name(article_id: str) -> str:
    """A file name, without suffix, for an id. Distinct ids get distinct names (as long as case counts).

    Letters and digits of any script stay where they are in composed form; everything else that some file system
    minds becomes %HH, byte by byte in UTF-8. A name over 200 bytes is cut and closed with a digest of the id.
    """
    name = "".join(_kept(character) for character in article_id)
    if name.split(".")[0].strip().lower() in RESERVED:
        name = _escaped(name[0]) + name[1:]
    if name[:1] in (".", " ", "~", "-"):
        name = _escaped(name[0]) + name[1:]
    if name[-1:] in (".", " "):
        name = name[:-1] + _escaped(name[-1])
    if len(name.encode()) > LONGEST:
        tail = "%~" + hashlib.sha256(article_id.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        name = name.encode()[: LONGEST - len(tail)].decode("utf-8", "ignore") + tail
    return name or "%"


def safe_names(ids: Iterable[str]) -> dict[str, str]:
    """File names for the ids of one run, distinct also where the file system ignores case."""
    names = {article_id: safe_name(article_id) for article_id in ids}
    folded = Counter(name.casefold() for name in names.values())
    return {article_id: _caseless(name) if folded[name.casefold()] > 1 else name for article_id, name in names.items()}


def _kept(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() or character in SAFE else _escaped(character)
    composed = unicodedata.normalize("NFC", character) == character
    return character if composed and character.isalnum() else _escaped(character)


def _caseless(name: str) -> str:
    """The name with every character that has another case spelled out."""
    return "".join(_escaped(c) if c != c.casefold() else c for c in name)


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))
