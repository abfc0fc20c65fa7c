"""Integers written out: the reverse of finding them."""

from ..pack import LanguagePack
from .numeral import NumeralWords, Spelling


def spell(value: int, pack: LanguagePack) -> str:
    """A whole number from 0 below 10^12 in words. Raises ValueError outside that range."""
    if not 0 <= value < 10**12:
        raise ValueError(f"{value} is not between 0 and 10^12")
    rules = pack.words(NumeralWords, "numerals").spelling
    parts: list[str] = []
    rest = value
    for scale in rules.scales:
        count, rest = divmod(rest, scale.value)
        if count == 1:
            parts.append(scale.one)
        elif count:
            before = _below_thousand(count, rules)
            parts += [_shortened(before, rules) if scale.short else before, scale.many]
    if rest or not parts:
        parts.append(_below_thousand(rest, rules))
    return " ".join(parts)


def _below_thousand(value: int, rules: Spelling) -> str:
    hundreds, rest = divmod(value, 100)
    if not hundreds:
        return rules.small[rest]
    one, many, before = rules.hundred
    head = one if hundreds == 1 else f"{rules.small[hundreds]} {before if rest else many}"
    if not rest:
        return head
    return " ".join(filter(None, (head, rules.hundred_joiner, rules.small[rest])))


def _shortened(words: str, rules: Spelling) -> str:
    for long, short in rules.shorten.items():
        if words.endswith(long):
            return words.removesuffix(long) + short
    return words


def digits(value: int, separator: str) -> str:
    """A whole number in digits, in groups of three."""
    return f"{value:,}".replace(",", separator)
