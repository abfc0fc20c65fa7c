"""Figures that say the same thing twice, as in a title and below it."""

from .making import Found, Sided
from .sides import HARM
from .words import Lexicon

# From this value on a number said twice is held to be one.
LARGE = 10
# A figure is compared with so many before it that have its value and measure: no news says the same more often.
MOST_ALIKE = 100


def agree(found: list[Found], sided: list[Sided], words: Lexicon) -> list[Sided]:
    """The sides of figures that say the same thing twice, as in a title and below it: what one leaves out, the other
    tells."""
    agreed = list(sided)
    alike: dict[tuple[float | None, float | None, str], list[int]] = {}
    for i, one in enumerate(found):
        earlier = alike.setdefault((one.low, one.high, one.measure), [])
        earlier.append(i)
        for j in earlier[-MOST_ALIKE - 1 : -1]:
            (party, by), (other, doer) = agreed[i], agreed[j]
            if not _is_same(one, found[j], words) or None not in (party, other, by, doer):
                continue
            if (party and other and party != other) or (by and doer and by != doer):
                continue
            both = (party or other, by or doer)
            agreed[i] = agreed[j] = both if both[0] != both[1] or one.measure not in HARM else (None, both[1])
    return agreed


def _is_same(one: Found, other: Found, words: Lexicon) -> bool:
    """Whether two figures of one value and measure count the same; small numbers the same noun."""
    if set(one.counts) & set(other.counts):
        return True
    kinds = {words.kind(count) for count in one.counts}
    alike = kinds == {words.kind(count) for count in other.counts} and "things" not in kinds
    return (one.low or 0) >= LARGE and alike
