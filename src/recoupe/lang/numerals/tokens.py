"""A text cut into the words and digits that numbers are made of, and a pack's words ready for look-up."""

import functools
import operator
import re
import unicodedata
from itertools import compress

import msgspec

from ..pack import LanguagePack
from .numeral import NumeralWords, Part, Scale, folded

# Letters, most often met and so looked for first; digits in groups of three with one separator, or plain; each may have
# decimals. Vulgar fractions.
_PIECES = re.compile(
    r"(?P<word>[^\W\d_]+)|(?P<grouped>\d{1,3}(?:(?P<mark>[ .,'])\d{3})(?:(?P=mark)\d{3})*(?!\d)(?:[.,]\d+)?(?![.,]\d))"
    r"|(?P<plain>(?:(?<![^\s-])[.,])?\d+(?:[.,]\d+)*)|(?P<fraction>[¼-¾⅐-⅞])"
)
_INTEGER = re.compile(r"\d+")
_JOINED = frozenset({"", " ", "  ", "-", " - ", "'"})


# Words whose reading is kept: a newspaper uses some 50,000 forms.
KEPT = 50_000
# Words before one that a number begins with that may open a vague one: "de nombreux".
OPENING = 2
DIGITS = ("grouped", "plain")
_WRITTEN = operator.methodcaller("group")
# Longer rows of digits are no numbers but codes; Python itself refuses to read very long ones.
LONGEST = 30


class Piece(msgspec.Struct, gc=False):
    """A word (folded) or a number in digits at [start, end); `other`: the reading with the decimal mark as a group."""

    start: int
    end: int
    word: str = ""
    number: int | float | None = None
    other: int | None = None


class Lexicon:
    """numerals.toml with its words folded, and the phrases of several words by their first."""

    def __init__(self, words: NumeralWords) -> None:
        self.words = words
        self.small = {key: value for key, value in words.small.items() if " " not in key}
        self.phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for key, value in words.small.items():
            if " " in key:
                first, *rest = key.split()
                self.phrases.setdefault(first, []).append((tuple(rest), value))
        for entries in self.phrases.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self.follow = {value: (lowest, highest) for value, lowest, highest in words.follow}
        self.hundreds, self.scales, self.collectives, self.parts = (
            words.hundreds, words.scales, words.collectives, words.parts,
        )  # fmt: skip
        self.half, self.of, self.articles = frozenset(words.half), frozenset(words.of), frozenset(words.articles)
        self.around, self.joiners = frozenset(words.around), frozenset(words.joiner.words)
        self.openers: dict[str, list[tuple[str, ...]]] = {}
        for opener in sorted((tuple(folded(opener).split()) for opener in words.openers), key=len, reverse=True):
            self.openers.setdefault(opener[0], []).append(opener)
        self.plural = {scale.value: (scale.low, scale.high) for scale in self._multipliers() if scale.low}
        self.percent = re.compile(
            r" ?(?:"
            + "|".join(re.escape(word) + (r"\b" if word[-1].isalnum() else "") for word in words.percent)
            + ")",
            re.IGNORECASE,
        )
        self.ordinal = re.compile(r"(?:" + "|".join(words.ordinals.endings) + r")s?$")
        self.starts = frozenset(
            word
            for group in (
                self.small,
                self.phrases,
                self.hundreds,
                self.scales,
                self.collectives,
                self.parts,
                self.half,
                self.articles,
                self.openers,
            )
            for word in group
        )

        self.goes_on = frozenset([*self.starts, *self.around, *self.joiners, *words.decimal_words, *words.negative])
        self.inside = self.goes_on | self.of
        multipliers = {*self.hundreds, *self.collectives, *self.scales}
        numbers = (self.small, self.phrases, multipliers, self.parts, self.half, self.articles)
        # Words that only open a vague number ("de", "des": the commonest of all), with what must follow for them to.
        self.opened = {
            word: multipliers.union(opener[1] for opener in openers if len(opener) > 1)
            for word, openers in self.openers.items()
            if not any(word in group for group in numbers)
        }
        self._core = self.starts - self.opened.keys()
        self.tells = functools.lru_cache(KEPT)(self._tells)

    def _tells(self, written: str) -> bool:
        """Whether a word, or digits, must be looked at for a number: one that a number is made of, and no opener."""
        return not written.isalpha() or folded(written) in self._core

    def _multipliers(self) -> list[Scale]:
        return [*self.words.collectives.values(), *self.words.scales.values()]

    def multiplier(self, word: str) -> Scale | None:
        """A collective, a scale or the hundred."""
        if word in self.hundreds:
            return Scale(self.hundreds[word])
        return self.collectives.get(word) or self.scales.get(word)

    def part(self, word: str) -> Part | None:
        """A word for a part of a whole."""
        return self.parts.get(word)


@functools.cache
def lexicon(pack: LanguagePack) -> Lexicon:
    """The pack's number words, made ready once."""
    return Lexicon(pack.words(NumeralWords, "numerals"))


def pieces(text: str, words: Lexicon, stretch: tuple[int, int]) -> list[Piece]:
    """The words and numbers of a stretch of a text, in order; digits of a code ("S-400") are left out. Only numbers,
    what may belong to them and the words next to these are kept: the others are most, and cost no step in Python."""
    matches = list(_PIECES.finditer(text, *stretch))
    telling = _telling(matches, words)
    codes = [i for i in telling if matches[i].lastgroup in DIGITS and _coded(text, matches[i].start())]
    if codes:
        for i in reversed(codes):
            del matches[i]
        telling = _telling(matches, words)
    found: list[Piece] = []
    for i in _around(telling, matches, words):
        match = matches[i]
        if match.lastgroup == "word":
            found.append(Piece(*match.span(), folded(match.group())))
        elif match.lastgroup == "fraction":
            found.append(Piece(*match.span(), number=round(unicodedata.numeric(match["fraction"]), 6)))
        else:
            found += _numbers(match, words.words)
    return found


def _telling(matches: list[re.Match[str]], words: Lexicon) -> list[int]:
    """Where the words are that a number is made of."""
    return list(compress(range(len(matches)), map(words.tells, map(_WRITTEN, matches))))


def _around(telling: list[int], matches: list[re.Match[str]], words: Lexicon) -> list[int]:
    """Where these words are, those that may belong to their numbers, and one more on either side."""
    kept: set[int] = set()
    for i in telling:
        first = max(0, i - OPENING)
        while first and folded(matches[first].group()) in words.inside:
            first -= 1
        last = i + 1
        while last < len(matches) and folded(matches[last].group()) in words.inside:
            last += 1
        kept.update(range(first, min(last + 1, len(matches))))
    return sorted(kept)


def _coded(text: str, start: int) -> bool:
    """Whether digits continue a name or code: "F16", "S-400", "Covid-19"; "mi-2022" does not."""
    if start and (text[start - 1].isalpha() or text[start - 1] == "_"):
        return True
    if start < 2 or text[start - 1] != "-" or not text[start - 2].isalpha():
        return False
    first = start - 2
    while first and text[first - 1].isalpha():
        first -= 1
    return not text[first : start - 1].islower()


def _numbers(match: re.Match[str], words: NumeralWords) -> list[Piece]:
    start, end, mark = match.start(), match.end(), match["mark"]
    written = match.group()
    if len(written) > LONGEST:
        return []
    if match["grouped"] is not None:
        whole = written.replace(mark, "")
        decimals = whole.replace(",", ".")
        if mark != words.decimal or written.count(mark) > 1 or "." in decimals:
            return [Piece(start, end, number=float(decimals) if "." in decimals else int(whole))]
        return [Piece(start, end, number=_plain(float(written.replace(mark, "."))), other=int(whole))]
    marks = sum(written[1:].count(char) for char in ".,")
    if marks > 1:  # an address, a date, a list without spaces
        return [
            Piece(start + part.start(), start + part.end(), number=int(part.group()))
            for part in _INTEGER.finditer(written)
        ]
    if marks or written[0] in ".,":
        return [Piece(start, end, number=_plain(float(written.replace(",", "."))))]
    return [Piece(start, end, number=int(written))]


def _plain(value: float) -> int | float:
    return int(value) if value.is_integer() else value


def joined(text: str, before: Piece, after: Piece) -> bool:
    """Whether two pieces can belong to one number."""
    return after.start - before.end <= 3 and text[before.end : after.start] in _JOINED
