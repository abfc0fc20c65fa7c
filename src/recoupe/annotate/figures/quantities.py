"""Numbers with their bounds: "au moins 89", "entre 5 et 10", "des dizaines de milliers"."""

import functools
import re
from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from ...lang import LanguagePack
from ...lang.numerals import Numeral, find_numerals
from ...lang.numerals.numeral import folded
from ...model.records import Span
from .lists import Bounds
from .words import Lexicon, lexicon

Number = float | int
# How far before a number its bound words are looked for, in characters: the longest phrase with its article.
REACH = 48
# How far behind a number the words that date it back may begin, in characters: "contre 280 morts la veille".
BEHIND = 40
# Wholes of which one says a share, not a number: "neuf Ukrainiens sur dix".
WHOLES = (10, 100, 1000)


class Quantity(msgspec.Struct, frozen=True):
    """An interval at [start, end) of a paragraph; `numerals` are the numbers in it, the last one next to the noun."""

    start: int
    end: int
    low: Number | None
    high: Number | None
    numerals: tuple[Numeral, ...]
    strict: bool = False
    approx: bool = False
    bound: bool = False
    ratio: bool = False
    changed: bool = False  # what the quantity before became: "de 35 à 40"

    @property
    def unit(self) -> str:
        """ "share" for a part of a whole."""
        return "share" if self.ratio or self.numerals[-1].kind == "share" else ""


def flat(text: str) -> str:
    """Lower case without accents, the same length: where a character would change the length it stays."""
    plain = folded(text)
    return plain if len(plain) == len(text) else "".join(map(_letter, text))


@functools.lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    plain = folded(char)
    return plain if len(plain) == 1 else char


class _Phrases:
    """The bound phrases of a pack as patterns that end where a number begins, or begin where it ends."""

    def __init__(self, words: Lexicon) -> None:
        bounds: Bounds = words.words.bounds
        lead = "|".join(re.escape(word) for word in sorted(bounds.lead, key=len, reverse=True))
        self.before = [
            (kind, re.compile(rf"(?:^|(?<=\W))(?:{_phrases(phrases)})\s?(?:(?:{lead})\s?)?$"))
            for kind, phrases in (
                ("at_least", bounds.at_least), ("at_most", bounds.at_most), ("more_than", bounds.more_than),
                ("less_than", bounds.less_than), ("about", bounds.about),
            )
        ]  # fmt: skip
        # "il ne reste plus que 300": so many are left, not more.
        left = rf"\b(?:{_phrases(bounds.particles)})[^,;.]{{0,24}}\b(?:{_phrases(bounds.left)})\s?$"
        self.left = re.compile(left) if bounds.left else None
        every = (*bounds.at_least, *bounds.at_most, *bounds.more_than, *bounds.less_than, *bounds.about)
        self.opening = re.compile(rf"(?:{_phrases(every)})\s?(?:(?:{lead}|{_phrases(bounds.between)})\s?)?")
        self.any_before = re.compile(rf"(?:^|(?<=\W))(?:{_phrases(every)})\s?(?:(?:{lead})\s?)?$")
        self.tails = frozenset(phrase[-2:] for phrase in (*every, *bounds.lead))  # what a bound ends in
        self.after = [
            (kind, re.compile(rf",? ?(?:{_phrases(phrases)})\b(?! d[e'u]| \w*\d)"))
            for kind, phrases in (
                ("at_least", bounds.after_at_least), ("at_most", bounds.after_at_most), ("about", bounds.after_about),
            )
        ]  # fmt: skip
        self.behind = [
            (kind, re.compile(rf"(?: [^\W\d_]+){{1,2}},? (?:{_phrases(phrases)})\b(?! d[e'u]| \w*\d)"))
            for kind, phrases in (("at_least", bounds.after_at_least), ("at_most", bounds.after_at_most))
        ]
        closing = _phrases((*bounds.after_at_least, *bounds.after_at_most, *bounds.after_about))
        self.any_after = re.compile(rf"(?: [^\W\d_]+){{0,2}},? ?(?:{closing})\b")
        self.between = re.compile(rf"\b(?:{_phrases(bounds.between)}) (?:(?:{lead})\s?)?$")
        self.between_and = re.compile(rf" (?:{_phrases(bounds.between_and)}) ")
        self.range_to = re.compile(rf" ?(?:{_phrases(bounds.range_to)}) ?|, (?:{_phrases(bounds.range_even)}) ")
        self.ratio = re.compile(rf"(?: [^\W\d_]+){{0,3}} (?:{_phrases(tuple(words.words.counted.ratio))}) ")
        self.from_ = re.compile(rf"(?<!\w)(?:{_phrases(bounds.from_)})\s?$")
        # "de 35 à 40", "de 35 morts à au moins 40": what may stand between the two.
        bounded = _phrases((*bounds.at_least, *bounds.more_than, *bounds.about))
        self.change_to = re.compile(rf"(?: [^\W\d_]+){{0,2}} (?:{_phrases(bounds.range_to)}) (?:(?:{bounded})\s?)?")


def _phrases(phrases: tuple[str, ...]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


@functools.cache
def _compiled(pack: LanguagePack) -> _Phrases:
    return _Phrases(lexicon(pack))


def find_quantities(
    text: str, pack: LanguagePack, stretches: list[Span], changes: Callable[[int], bool]
) -> list[Quantity]:
    """The quantities of a paragraph in some stretches of it. `changes(offset)` says whether a verb of change governs
    "from … to" there."""
    numerals = [
        numeral
        for stretch in stretches
        for numeral in find_numerals(text, pack, stretch)
        if not numeral.negative or text[numeral.start] != "-"
    ]
    if not numerals:
        return []
    phrases, plain = _compiled(pack), flat(text)
    found: list[Quantity] = []
    i = 0
    while i < len(numerals):
        following = numerals[i + 1] if i + 1 < len(numerals) else None
        if following and numerals[i].article and phrases.opening.fullmatch(plain[numerals[i].start : following.start]):
            i += 1  # "un minimum de deux": the article belongs to the bound
            continue
        ranged = _range(plain, numerals[i], numerals[i + 1], phrases, changes) if i + 1 < len(numerals) else None
        if ranged is None and i + 1 < len(numerals):
            ranged = _ratio(plain, numerals[i], numerals[i + 1], phrases)
        quantity = ranged or _single(numerals[i])
        if found and not ranged and _is_change(plain, found[-1], numerals[i], phrases, changes):
            quantity = replace(quantity, changed=True)
        i += 2 if ranged else 1
        ceiling = numerals[i].start if i < len(numerals) else len(plain) + 1
        found.append(_bounded(quantity, plain, phrases, (found[-1].end if found else 0, ceiling)))
    return found


def _single(numeral: Numeral) -> Quantity:
    return Quantity(numeral.start, numeral.end, numeral.low, numeral.high, (numeral,), approx=numeral.approx)


def _range(
    plain: str, first: Numeral, second: Numeral, phrases: _Phrases, changes: Callable[[int], bool]
) -> Quantity | None:
    """Two numbers that are the ends of one interval."""
    gap = plain[first.end : second.start]
    before = plain[max(0, first.start - REACH) : first.start]
    opened = phrases.between.search(before)
    start = first.start
    if opened and phrases.between_and.fullmatch(gap):
        start -= len(before) - opened.start()
    elif not phrases.range_to.fullmatch(gap) or (first.article and not _is_next(first, second)):
        return None
    elif source := phrases.from_.search(before):
        if changes(first.start):
            return None
        if not phrases.any_before.search(before):  # "pas moins de 400 à 500": that "de" is the bound's
            start -= len(before) - source.start()
    low, high = first.low, second.high
    if first.scale == 1 and second.scale > 1 and low < second.value / second.scale:
        low = low * second.scale
    if second.kind == "share" and first.kind != "share" and low > 1:
        low = round(low / 100, 9)
    if low >= high or (first.kind == "share") > (second.kind == "share"):
        return None
    return Quantity(start, second.end, low, high, (first, second), approx=first.approx or second.approx)


def _is_next(first: Numeral, second: Numeral) -> bool:
    """ "un ou deux axes": an article that is a number all the same."""
    return second.value == first.value + 1


def _is_change(plain: str, first: Quantity, second: Numeral, phrases: _Phrases, changes: Callable[[int], bool]) -> bool:
    """Whether a number is what the one before became: "est passé de 35 à 40"."""
    if second.start - first.end > REACH or not phrases.change_to.fullmatch(plain[first.end : second.start]):
        return False
    before = plain[max(0, first.start - REACH) : first.start]
    return bool(phrases.from_.search(before)) and changes(first.start)


def _ratio(plain: str, first: Numeral, second: Numeral, phrases: _Phrases) -> Quantity | None:
    """ "neuf sur dix", "une personne sur trois": a share, where the whole is a round number or the part is one."""
    if not phrases.ratio.fullmatch(plain[first.end : second.start]) or second.kind == "share" or first.kind == "share":
        return None
    if not first.value < second.value or not (second.value in WHOLES or (first.value == 1 and second.value < 10)):
        return None
    share = round(first.value / second.value, 9)
    return Quantity(first.start, second.end, share, share, (first, second), ratio=True)


def _bounded(quantity: Quantity, plain: str, phrases: _Phrases, limits: tuple[int, int]) -> Quantity:
    """The quantity widened by the bound words before and after it, between two others; what stands right before the
    next one is that one's ("douze, peut-être quinze")."""
    floor, ceiling = limits
    for _ in range(2):  # "au moins environ 30"
        start = max(floor, quantity.start - REACH)
        before = plain[start : quantity.start]
        if before.rstrip()[-2:] not in phrases.tails or not phrases.any_before.search(before):
            break
        hit = next(((kind, m) for kind, pattern in phrases.before if (m := pattern.search(before))), None)
        if hit is None or (phrases.left and phrases.left.search(before)):
            break
        if hit[0] == "about" and quantity.numerals[0].article and quantity.numerals[0].value == 1:
            break  # "près d'un char calciné": where, not how many
        quantity = _opened(replace(quantity, start=start + hit[1].start()), hit[0])
    if not phrases.any_after.match(plain, quantity.end):
        return quantity
    for kind, pattern in phrases.after:
        match = None if quantity.bound else pattern.match(plain, quantity.end)
        if match is not None and match.end() + 1 < ceiling:
            quantity = _opened(replace(quantity, end=match.end()), kind)
    for kind, pattern in phrases.behind:  # "trois morts au moins": the span ends before the noun all the same
        if not quantity.bound and pattern.match(plain, quantity.end):
            quantity = _opened(quantity, kind)
    return quantity


def _opened(quantity: Quantity, kind: str) -> Quantity:
    if kind == "about":
        return replace(quantity, approx=True)
    if quantity.bound:
        return quantity
    if kind in ("at_least", "more_than"):
        return replace(quantity, high=None, strict=kind == "more_than", bound=True)
    high = quantity.high if quantity.low == quantity.high else quantity.low
    return replace(quantity, low=None, high=high, strict=kind == "less_than", bound=True)


def is_dated_back(text: str, start: int, end: int, words: Lexicon) -> bool:
    """Whether a number at [start, end) of a folded text is set against a later one: "contre 280 la veille", "et non
    40"."""
    before = text[max(0, start - 24) : start]
    if words.instead.search(before):
        return True
    return bool(words.against.search(before)) and bool(words.then.match(text[end : end + BEHIND]))
