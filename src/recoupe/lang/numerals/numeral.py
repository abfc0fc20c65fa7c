"""What a number in a text is, and the words that a pack has for numbers."""

import functools
from typing import Literal

import msgspec

from ..folding import unaccented

Kind = Literal["digits", "words", "mixed", "share"]


class Numeral(msgspec.Struct, frozen=True, gc=False):
    """A number at [start, end) of the text.

    `low` and `high` are the interval its own words allow: equal for an exact number, apart for "dozens".
    `value` is the number itself, the low end where it is vague; shares are fractions of 1. `approx`: a round word
    ("a dozen"). `scale` is the scale word it ends in ("2 million": 1,000,000), which a range may share. `article`: the
    whole numeral is a word that is an indefinite article too. `other` is what digits mean to a reader for whom
    the decimal mark groups thousands ("1,300" in French). `negative`: a minus sign or word precedes (in `start`).
    """

    start: int
    end: int
    value: int | float
    kind: Kind
    low: int | float
    high: int | float
    approx: bool = False
    scale: int = 1
    article: bool = False
    other: int | None = None
    negative: bool = False

    @property
    def vague(self) -> bool:
        """Whether it names no number ("dozens")."""
        return self.low != self.high


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word that multiplies what stands before it; `low` and `high` are what its plural means without a number."""

    value: int
    low: int = 0
    high: int = 0
    alone: bool = False


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word for one `value`-th; `plural` forms need a number above one before them."""

    value: int
    plural: bool = False
    alone: bool = False


class Joiner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words inside a number: after a part of at least `least`, before the numbers `before` (empty: any)."""

    words: tuple[str, ...]
    before: tuple[int, ...]
    least: int


class Ordinals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the last word of an ordinal ends."""

    endings: tuple[str, ...]


class Pronouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Number words that are pronouns after some words, unless words of `counted` follow ("l'un de ses soldats")."""

    words: tuple[str, ...]
    after: tuple[str, ...]
    counted: tuple[str, ...] = ()


class SpelledScale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A scale as it is written: for one, for many; `short`: what precedes takes its shortened form."""

    value: int
    one: str
    many: str
    short: bool = False


class Spelling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How numbers are written out: 0 to 99, the hundred (one, many, many before more), the scales from the top."""

    small: tuple[str, ...]
    hundred: tuple[str, str, str]
    scales: tuple[SpelledScale, ...]
    hundred_joiner: str = ""
    shorten: dict[str, str] = {}


class NumeralWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """numerals.toml."""

    groups: str
    decimal: str
    decimal_words: tuple[str, ...]
    negative: tuple[str, ...]
    of: tuple[str, ...]
    articles: tuple[str, ...]
    half: tuple[str, ...]
    percent: tuple[str, ...]
    openers: tuple[str, ...]
    around: tuple[str, ...]
    small: dict[str, int]
    follow: tuple[tuple[int, int, int], ...]
    joiner: Joiner
    hundreds: dict[str, int]
    scales: dict[str, Scale]
    suffixes: dict[str, int]
    collectives: dict[str, Scale]
    parts: dict[str, Part]
    ordinals: Ordinals
    pronouns: Pronouns
    spelling: Spelling


@functools.lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """Lower case without accents. Kept for words seen: a text says the same ones again and again."""
    return unaccented(word.lower())
