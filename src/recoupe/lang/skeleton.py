"""Names across spellings and scripts: Choïgou, Shoigu and Шойгу have one skeleton.

A skeleton keeps what all romanisations of a name share: the consonants with their French, English and German
spellings folded together, and the vowels that transliterations agree on.
"""

import functools
import re
from pathlib import Path

from anyascii import anyascii

_SEPARATORS = re.compile(r"[^0-9a-z]+")
# Greek and Cyrillic letters that touch Latin ones within a word: most look like one, and none is a spelling of it.
_MIXED = re.compile(
    "(?<=[A-Za-z\u00c0-\u024f])[\u0370-\u052f]+|(?<![\u0370-\u052f])[\u0370-\u052f]+(?=[A-Za-z\u00c0-\u024f])"
)
# What is seen nowhere: soft hyphens, zero-width spaces and joiners.
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]+")
# In order. French "ch" is English "sh", English "ch" French "tch", German "tsch": all become one sign.
_FOLDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"^x", "s"),
        (r"x", "ks"),
        (r"sch?tch|shch|sch|tsch|tch|tsh|sh|ch|cz", "x"),
        (r"dzh|zh|dj|dz|j(?=[aeiou])|(?<=[aeiou])j(?=$)", "j"),
        (r"kh", "h"),
        (r"gh", "g"),
        (r"ph", "f"),
        (r"ck|c(?=[^eiy])|c$|qu?", "k"),
        (r"gu(?=[eiy])", "g"),
        (r"oo|ou", "u"),
        (r"w", "v"),
        (r"ff?$", "v"),
        (r"iou|you|yu|iu|ju", "u"),
        (r"ya|ia|ja", "a"),
        (r"ye|ie|je|yo|io", "e"),
        (r"[iyj]+$", "i"),
        (r"e?i?y|ei|ai|ay|ej", "i"),
        (r"(.)\1+", r"\1"),
        (r"e$", ""),
        (r"ts|tz", "z"),
    )
)


def plain(text: str) -> str:
    """Lower case, in Latin letters, without accents, apostrophes dropped. A word of two alphabets is none of the words
    that it looks like: a zero stands in it."""
    if not text.isascii():
        text = _MIXED.sub(r"0\g<0>", visible(text))
    return anyascii(text.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")).replace("'", "").lower()


def visible(text: str) -> str:
    """The text without characters that nobody sees."""
    return text if text.isascii() else _UNSEEN.sub("", text)


@functools.cache
def _lookalikes() -> dict[int, str]:
    lines = Path(__file__).with_name("lookalikes.tsv").read_text(encoding="utf-8").splitlines()
    return {ord(line[0]): line[2:] for line in lines if not line.startswith("#")}


@functools.lru_cache(maxsize=65536)
def seen(name: str) -> str:
    """A name as it looks: in words of two alphabets, the Latin letters that Greek and Cyrillic ones look like (the
    skeleton of UTS #39). Any other name is given back as it is."""
    return name if name.isascii() else _MIXED.sub(lambda found: found[0].translate(_lookalikes()), visible(name))


def slugged(text: str) -> str:
    """The text as a slug: plain words joined by hyphens."""
    return _SEPARATORS.sub("-", plain(text)).strip("-")


@functools.lru_cache(maxsize=65536)
def skeleton(token: str) -> str:
    """What the spellings of one word of a name share."""
    found = plain(token)
    found = _SEPARATORS.sub("", found)
    for pattern, into in _FOLDS:
        found = pattern.sub(into, found)
    return found
