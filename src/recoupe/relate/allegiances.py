"""The country that a person acts for, as the articles themselves call him: "the Russian president Vladimir Putin"."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from ..model.records import Name
from .reading import WORD, Reading, folded

# A person's nationality stands this many words before his name at most, his office between them.
WORDS = 6
# And this many characters, so that a line is not searched for each name in it.
REACH = 60
# The share of the articles' wordings that must agree on a country.
AGREED = 0.6


def serve(readings: Sequence[Reading]) -> None:
    """Tells the register of some articles the country that each person acts for, by most wordings of his office."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for reading in readings:
        for name in reading.names:
            if name.type == "PER":
                country = _office(reading, name)
                if country:
                    told[reading.meant(name)][country] += 1
    for person, counts in told.items():
        country, n = min(counts.items(), key=lambda item: (-item[1], item[0]))
        if n >= AGREED * counts.total():
            readings[0].register.serving[person] = country


def _office(reading: Reading, name: Name) -> str | None:
    """The country of the office named right before a person: between the two stand words of an office only."""
    start = max(reading.sentence_at(name.start)[0], name.start - REACH)
    countries = dict(reading.countries((start, name.start)))
    if not countries:
        return None
    words = list(WORD.finditer(reading.text, start, name.start))[-WORDS:]
    for match in reversed(words):
        if match.span() in countries:
            return countries[match.span()]
        word = match.group()
        if not (word[0].isupper() or folded(word) in reading.words.offices):
            return None
    return None
