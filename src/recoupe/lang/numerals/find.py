"""Finds the numbers of a text: the grammar of positional numbers (small, hundred, scale) over a pack's words."""

import re
from itertools import pairwise

from ..pack import LanguagePack
from .numeral import Numeral
from .tokens import Lexicon, Piece, joined, lexicon, pieces

_SIGN = re.compile(r"(?:^|[\s(])- {0,2}$")


def number_words(pack: LanguagePack) -> frozenset[str]:
    """The words (folded) of which one must stand in a text without digits for it to have a number, articles aside."""
    words = lexicon(pack)
    return words.starts - words.articles - words.openers.keys()


def find_numerals(text: str, pack: LanguagePack, stretch: tuple[int, int] | None = None) -> list[Numeral]:
    """The numbers of a normalised text or of a stretch of it, in order and without overlap: digits, words and both,
    shares, vague rounds."""
    words = lexicon(pack)
    listed, starts = pieces(text, words, stretch or (0, len(text))), words.starts
    reader = _Reader(text, words, listed)
    found: list[Numeral] = []
    i, count = 0, len(listed)
    while i < count:
        piece = listed[i]
        if piece.number is None and (piece.word not in starts or reader.is_pronoun(i) or reader.opens_none(i)):
            i += 1
            continue
        numeral, after = reader.at(i)
        if numeral is not None:
            found.append(numeral)
        i = max(after, i + 1)
    return found


class _Sum:
    """A whole number in the making."""

    def __init__(self) -> None:
        self.total: int | float = 0
        self.current: int | float | None = None
        self.last: int | None = None  # the last small number or hundred, which says what may follow
        self.scale = 1
        self.lowest: int | float = float("inf")  # no scale above this may follow
        self.other: int | None = None
        self.digits = self.words = False

    @property
    def value(self) -> int | float:
        value = self.total + (self.current or 0)
        return int(value) if float(value).is_integer() else round(value, 6)

    def add(self, value: int, follow: dict[int, tuple[int, int]]) -> bool:
        """Takes a small number where one may stand."""
        if self.current is None:
            if value >= self.lowest:
                return False
            self.current = value
        else:
            lowest, highest = (0, 99) if self.last == 100 else follow.get(self.last or 0, (1, 0))
            if not lowest <= value <= highest:
                return False
            self.current += value
        self.last, self.scale, self.words = value, 1, True
        return True

    def take_digits(self, piece: Piece) -> bool:
        if self.current is not None or piece.number is None or piece.number >= self.lowest:
            return False
        self.current, self.other, self.last, self.scale = piece.number, piece.other, None, 1
        self.digits = True
        return True

    def hundred(self) -> bool:
        if self.current is None:
            if self.lowest <= 100:
                return False
            self.current = 100
        elif 0 < self.current < 100 and self.last != 100:
            self.current *= 100
        else:
            return False
        self.last, self.scale, self.words = 100, 100, True
        return True

    def times(self, scale: int, alone: bool) -> bool:
        """Takes a scale word."""
        started = self.total or self.current is not None
        if self.current is None and started and not alone and scale <= self.lowest:
            if self.scale == 1:
                return False
            self.total *= scale
        elif self.current is None and not started and not alone:
            return False
        elif scale > self.lowest:
            self.total = (self.total + (self.current or 0)) * scale
        else:
            self.total += (1 if self.current is None else self.current) * scale
        self.current, self.last, self.words = None, None, True
        self.lowest = self.scale = scale
        return True


class _Reader:
    """Reads one number from a given piece on."""

    def __init__(self, text: str, words: Lexicon, found: list[Piece]) -> None:
        self.text, self.words, self.pieces = text, words, found
        self._joined = [joined(text, before, after) for before, after in pairwise(found)]
        # The words that may continue a number begun before them.
        self._follows = ["", *(piece.word if tied else "" for piece, tied in zip(found[1:], self._joined, strict=True))]

    def at(self, i: int) -> tuple[Numeral | None, int]:
        """The numeral that begins at piece i, and the piece after it."""
        numeral, after = self._vague(i)
        if numeral is None:
            numeral, after = self._exact(i)
        return numeral, after

    def is_pronoun(self, i: int) -> bool:
        """Whether a number word stands for something else: "that one", "l'un"."""
        rule = self.words.words.pronouns
        if i == 0 or self.pieces[i].word not in rule.words or self.pieces[i - 1].word not in rule.after:
            return False
        following = self.pieces[i + 1].word if i + 1 < len(self.pieces) else ""
        return following not in rule.counted

    def opens_none(self, i: int) -> bool:
        """Whether a word could only open a vague number, and nothing that makes one follows."""
        after = self.words.opened.get(self.pieces[i].word)
        return after is not None and (i + 1 == len(self.pieces) or self.pieces[i + 1].word not in after)

    def _word(self, i: int) -> str:
        """The word at i if it may continue a number begun before it, else nothing."""
        return self._follows[i] if i < len(self._follows) else ""

    # Vague rounds: "des dizaines de milliers", "several hundred"

    def _vague(self, i: int) -> tuple[Numeral | None, int]:
        openers = self.words.openers.get(self.pieces[i].word, ())
        opened = next((i + len(o) for o in openers if self._is_multiplied(i + len(o)) and self._are(i, o)), i)
        if opened >= len(self.pieces):
            return None, i
        word = self.pieces[opened].word if opened == i else self._word(opened)
        multiplier = self.words.multiplier(word)
        if multiplier is None:
            return None, i
        bounds = (multiplier.low, multiplier.high)
        if opened > i and not multiplier.low:
            bounds = self.words.plural.get(multiplier.value, (2 * multiplier.value, 10 * multiplier.value - 1))
        if not bounds[0]:
            return None, i
        (low, high), scale, after = self._of_scales(bounds, opened + 1)
        start, end = self.pieces[i].start, self.pieces[after - 1].end
        return Numeral(start, end, low, "words", low, high, approx=False, scale=scale), after

    def _is_multiplied(self, i: int) -> bool:
        return i < len(self.pieces) and self.words.multiplier(self.pieces[i].word) is not None

    def _are(self, i: int, wanted: tuple[str, ...]) -> bool:
        got = self.pieces[i : i + len(wanted)]
        return tuple(piece.word for piece in got) == wanted

    def _of_scales(self, bounds: tuple[int, int], i: int) -> tuple[tuple[int, int], int, int]:
        """Widens an interval by "of thousands" and the like after it."""
        low, high = bounds
        scale = 1
        while self._word(i) in self.words.of and (multiplier := self.words.multiplier(self._word(i + 1))):
            low, high = low * multiplier.value, (high + 1) * multiplier.value - 1
            scale = multiplier.value
            i += 2
        return (low, high), scale, i

    # Exact numbers

    def _exact(self, i: int) -> tuple[Numeral | None, int]:
        word = self.pieces[i].word
        if word in self.words.articles and self.words.small.get(word) == 1:
            following = self._word(i + 1)
            if following not in self.words.goes_on and not self.words.ordinal.search(following):
                return self._finish(i, i + 1, 1, "words", 1, False, None)  # most articles begin no longer number
        total, after = self._sum(i)
        approx = False
        value, scale = total.value, total.scale
        if after == i:
            return self._without_number(i)
        value, scale, after = self._halves(value, scale, after)
        if decimals := self._decimals(after):
            value, after = round(value + decimals[0], 9), decimals[1]
        ahead = after + (self._word(after) in self.words.around)
        if value == int(value) and (collective := self.words.collectives.get(self._word(ahead))):
            value, approx, after = value * collective.value, True, ahead + 1
            (value, _), scale, after = self._of_scales((int(value), 0), after)
        kind = "digits" if not total.words and not approx else "mixed" if total.digits else "words"
        if part := self._share(value, after):
            return self._finish(i, after + 1, part, "share", 1, False, None)
        if kind != "digits" and self._is_ordinal(after, total.last):
            return None, after + 1
        if kind == "digits" and (divided := self._divided(i, after)):
            return self._finish(i, after + 1, divided, "share", 1, False, None)
        if kind == "digits" and after - i == 1 and (glued := self._glued(after)) is not None:
            if not glued:
                return None, after
            value, kind, scale, after = value * glued, "mixed", glued, after + 1
        other = total.other if kind == "digits" else None
        return self._finish(i, after, value, kind, scale, approx, other)

    def _sum(self, i: int) -> tuple[_Sum, int]:
        """As much of a whole number as stands from piece i on, and the piece after it."""
        total, after = _Sum(), i
        while after < len(self.pieces):
            if after > i and not self._joined[after - 1]:
                break
            taken = self._take(total, after)
            if not taken and after > i:
                taken = self._over_joiner(total, after)
            if not taken:
                break
            after += taken
        return total, after

    def _take(self, total: _Sum, i: int) -> int:
        """Adds the piece (or the phrase) at i; the number of pieces taken."""
        piece, words = self.pieces[i], self.words
        if piece.number is not None:
            return int(total.take_digits(piece))
        for rest, value in words.phrases.get(piece.word, ()):
            if all(self._word(i + n) == word for n, word in enumerate(rest, 1)):
                return (1 + len(rest)) * total.add(value, words.follow)
        if piece.word in words.small:
            return int(total.add(words.small[piece.word], words.follow))
        if piece.word in words.hundreds:
            return int(total.hundred())
        scale = words.scales.get(piece.word)
        return int(scale is not None and total.times(scale.value, scale.alone))

    def _over_joiner(self, total: _Sum, i: int) -> int:
        rule = self.words.words.joiner
        value = self.words.small.get(self._word(i + 1))
        reached = total.last if total.current is not None else total.scale
        if self.pieces[i].word not in self.words.joiners or value is None or (reached or 0) < rule.least:
            return 0
        if rule.before and value not in rule.before:
            return 0
        return 2 * total.add(value, self.words.follow)

    def _without_number(self, i: int) -> tuple[Numeral | None, int]:
        """ "a hundred", "half a million", "a dozen", "half", "a third"."""
        words, after, factor = self.words, i, 1.0
        word = self.pieces[i].word
        if word in words.half:
            factor, after = 0.5, after + 1
            after += self._word(after) in words.articles
        elif word in words.articles:
            after += 1
            after += self._word(after) in words.around
            if self._word(after) in words.half:
                factor, after = 0.5, after + 1
        if after > i:
            follower = words.multiplier(self._word(after))
            if follower is not None and (not follower.low or after == i):
                return self._rounded(i, after, follower.value * factor)
            part = words.part(self._word(after))
            if part is not None and factor == 1.0 and not part.plural:
                return self._finish(i, after + 1, 1 / part.value, "share", 1, False, None)
        part = words.part(word)
        if part is not None and part.alone:
            return self._finish(i, i + 1, 1 / part.value, "share", 1, False, None)
        return None, i + 1

    def _rounded(self, i: int, at: int, value: float) -> tuple[Numeral | None, int]:
        """A multiplier at `at`, with what multiplies it further."""
        after, total = at + 1, int(value) if value.is_integer() else value
        scale = self.words.multiplier(self.pieces[at].word)
        approx = self.pieces[at].word in self.words.collectives
        if not approx:
            further = _Sum()
            further.total, further.lowest, further.scale, further.words = total, scale.value if scale else 1, 2, True
            if scale is not None and scale.value == 100:
                further.total, further.current, further.lowest, further.last = 0, total, float("inf"), 100
            while after < len(self.pieces) and self._word(after):
                taken = self._take(further, after) or self._over_joiner(further, after)
                if not taken:
                    break
                after += taken
            total = further.value
        else:
            (total, _), _, after = self._of_scales((int(total), 0), after)
        value, kept, after = self._halves(total, scale.value if scale else 1, after)
        return self._finish(i, after, value, "words", kept, approx, None)

    def _halves(self, value: int | float, scale: int, i: int) -> tuple[int | float, int, int]:
        """ "and a half" after a number, with a scale after it; "demi-million" after "un"."""
        words = self.words
        ahead = i + (self._word(i) in words.joiners)
        if ahead > i:
            ahead += self._word(ahead) in words.articles or words.small.get(self._word(ahead)) == 1
            if self._word(ahead) not in words.half:
                return value, scale, i
            value, i = value + scale / 2, ahead + 1
            follower = words.scales.get(self._word(i))
            if scale == 1 and follower is not None:
                value, scale, i = value * follower.value, follower.value, i + 1
        elif self._word(i) in words.half and value == 1 and (follower := words.multiplier(self._word(i + 1))):
            value, scale, i = follower.value / 2, follower.value, i + 2
        return (int(value) if float(value).is_integer() else value), scale, i

    def _decimals(self, i: int) -> tuple[float, int] | None:
        """What a decimal word and the numbers after it add."""
        if self._word(i) not in self.words.words.decimal_words:
            return None
        written, after = "", i + 1
        while (small := self.words.small.get(self._word(after))) is not None or (
            after == i + 1 and self._digits_at(after) is not None
        ):
            written += str(self._digits_at(after) if small is None else small)
            after += 1
        return (float(f"0.{written}"), after) if written else None

    def _digits_at(self, i: int) -> int | float | None:
        if i < len(self.pieces) and self._joined[i - 1]:
            return self.pieces[i].number
        return None

    def _share(self, value: int | float, i: int) -> float | None:
        part = self.words.part(self._word(i))
        if part is None or value < 1 or part.alone or (value > 1 and not part.plural):
            return None
        return value / part.value

    def _is_ordinal(self, i: int, last: int | None) -> bool:
        """Whether the word after a number makes it an ordinal: "dix-huitième", "vingt et unième"."""
        after = i + (self._word(i) in self.words.joiners)
        if not self.words.ordinal.search(self._word(after)):
            return False
        return self.text[self.pieces[i - 1].end] == "-" or (last or 0) >= 20

    def _divided(self, i: int, after: int) -> float | None:
        """ "2/3": digits over larger digits, and no further stroke (a date)."""
        if after - i != 1 or after >= len(self.pieces):
            return None
        above, below = self.pieces[i], self.pieces[after]
        if self.text[above.end : below.start] != "/" or above.number is None or below.number is None:
            return None
        around = self.text[max(0, above.start - 1) : above.start] + self.text[below.end : below.end + 1]
        if "/" in around or not above.number < below.number:
            return None
        return float(above.number / below.number)

    def _glued(self, i: int) -> int | None:
        """The factor of letters written against digits ("10k"), 0 where they are a unit or code, None without any."""
        if i >= len(self.pieces) or self.pieces[i].start != self.pieces[i - 1].end or not self.pieces[i].word:
            return None
        return self.words.words.suffixes.get(self.text[self.pieces[i].start : self.pieces[i].end], 0)

    def _finish(
        self, i: int, after: int, value: int | float, kind: str, scale: int, approx: bool, other: int | None
    ) -> tuple[Numeral, int]:
        start, end = self.pieces[i].start, self.pieces[after - 1].end
        if kind != "share" and (percent := self.words.percent.match(self.text, end)):
            value, kind, end = round(value / 100, 9), "share", percent.end()
            while after < len(self.pieces) and self.pieces[after].start < end:
                after += 1
        elif kind == "share" and self._word(after) in self.words.of:
            further = after + 1 + (self._word(after + 1) in self.words.articles)
            whole = self.words.scales.get(self._word(further))
            if whole is not None and not whole.low:
                value, kind, scale, after = round(value * whole.value, 6), "words", whole.value, further + 1
                end = self.pieces[further].end
        value = int(value) if float(value).is_integer() and kind != "share" else value
        single = after - i == 1 and self.pieces[i].word in self.words.articles
        return Numeral(
            start, end, value, kind, value, value, approx, scale, single, other, self._negative(i)  # type: ignore[arg-type]
        ), after  # fmt: skip

    def _negative(self, i: int) -> bool:
        start = self.pieces[i].start
        if i and self._joined[i - 1] and self.pieces[i - 1].word in self.words.words.negative:
            return True
        return self.pieces[i].number is not None and bool(_SIGN.search(self.text[max(0, start - 4) : start]))
