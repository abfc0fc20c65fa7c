"""What an article is about, as weighed features: whom it names, words, kinds of event, numbers, instants and days.

A pure function of the article and the packs: what other articles say changes no weight.
"""

import functools
import math
import re
from collections import Counter
from collections.abc import Iterator

from ...lang import LanguagePack, available, pack
from ...lang.demonyms import demonyms
from ...lang.spelling import skeleton
from ...model.records import TEXT_KINDS
from ..days import ordinal
from ..rarity import rarity
from ..reading import SHORTEST, STEM, WORD, Reading, folded, peoples
from ..words import RelateWords

Feature = tuple[str, str]
Vector = dict[Feature, float]
# What a feature of each kind says; of a word, times its rarity (4 at most). Chosen on the developers' half of the
# dispatches, where pairs F1 stays between .88 and .90 while any of them is varied by a third.
WEIGHTS = {
    "word": 1.0,
    "country": 1.4,
    "body": 1.4,
    "place": 2.1,
    "number": 6.0,
    "event": 1.0,
    "instant": 1.8,
    "day": 1.2,
}
# News puts first what it is about: a feature at the end of a text weighs 1 / (1 + SLOPE) of one at its beginning.
SLOPE = 1.0
# Only the heaviest features stand for an article, so that long texts do not resemble each other by their length; words
# have no more than their share, since across languages the others alone can meet.
WORDS, RECORDS = 12, 12
# Numbers as written: decimals, scores and model names ("9,2", "4-2", "S-400"); years and small counts say nothing.
NUMBER = re.compile(r"(?<!\w)(?:[A-Z]{1,4}-)?\d+(?:[.,:'-]\d+)*(?!\w)")
YEAR = re.compile(r"(?:19|20)\d\d")
NUMBER_LONG = 3
FINE = frozenset({"second", "minute", "hour"})


@functools.cache
def _countries() -> frozenset[str]:
    return frozenset(slug for code in available() for slug in demonyms(pack(code)).labels)


@functools.lru_cache(maxsize=1 << 14)
def named(slug: str) -> Feature:
    """The feature of an in-article referent: of a person the sound of the family name, since spellings differ."""
    kind, _, rest = slug.partition("/")
    if kind == "per":
        return "body", f"per/{skeleton(rest.rpartition('-')[2])}"
    if kind != "loc":
        return "body", slug
    return ("country" if slug in _countries() else "place"), slug


def features(reading: Reading) -> Vector:
    """What the article is about: each feature by its first place in the text and how often it is named."""
    own = [block.span for block in reading.blocks if block.kind in TEXT_KINDS]
    if not own:
        return {}
    first, length = own[0][0], max(1, own[-1][1] - own[0][0])
    place: dict[Feature, int] = {}
    said: dict[Feature, float] = {}
    often: dict[Feature, int] = {}
    for start, end in own:
        for feature, offset, count, says in _words(reading.text[start:end], reading.pack):
            if feature in place:
                often[feature] += count
            else:
                place[feature], often[feature], said[feature] = start + offset, count, says
    for feature, offset in _records(reading):
        place[feature] = min(offset, place.get(feature, offset))
        often[feature] = often.get(feature, 0) + 1
    code = reading.article.lang
    for feature in place.keys() - said.keys():
        said[feature] = _says(feature, code)
    return {
        feature: said[feature] * (1 / (1 + SLOPE * max(0, at - first) / length)) * (1 + math.log(often[feature]))
        for feature, at in place.items()
    }


def _says(feature: Feature, code: str) -> float:
    return WEIGHTS[feature[0]] * (rarity(feature[1], code) if feature[0] == "word" else 1.0)


@functools.lru_cache(maxsize=1 << 10)
def _words(text: str, language: LanguagePack) -> tuple[tuple[Feature, int, int, float], ...]:
    """What the words and numbers of a paragraph say: where first, how often, and how much. Kept, because paragraphs
    come again in other articles."""
    found = [(named(country), start) for start, _, country in peoples(text, language)]
    found += [(term, match.start()) for match in WORD.finditer(text) if (term := _term(match.group(), language))]
    for match in NUMBER.finditer(text):
        value = match.group().replace(",", ".")
        if len(value) >= NUMBER_LONG and not YEAR.fullmatch(value):
            found.append((("number", value), match.start()))
    first = dict(reversed(found))
    often = Counter(feature for feature, _ in found)
    return tuple((one, first[one], count, _says(one, language.code)) for one, count in often.items())


@functools.lru_cache(maxsize=1 << 16)
def _term(word: str, language: LanguagePack) -> Feature | None:
    plain = folded(word)
    content = len(plain) >= SHORTEST and not plain[0].isdigit()
    return ("word", plain[:STEM]) if content and plain not in language.words(RelateWords, "relate").stopped else None


def _records(reading: Reading) -> Iterator[tuple[Feature, int]]:
    for name in reading.names:
        yield named(name.stands_for or name.entity), name.start
        if name.stands_for:
            yield named(name.entity), name.start
    for event in reading.events:
        if event.type != "other":
            yield ("event", event.type), event.start
    for time in reading.times:
        if time.earliest and time.grain in FINE:
            yield ("instant", time.earliest), time.start
        elif time.earliest and time.latest and time.type in ("DATE", "TIME"):
            first, last = ordinal(time.earliest[:10]), ordinal(time.latest[:10])
            if first and last and last - first <= 1:
                yield ("day", time.earliest[:10]), time.start


def vector(reading: Reading) -> Vector:
    """The article's heaviest features at unit length."""
    weighed = features(reading)
    ranked = sorted(weighed, key=lambda f: (-weighed[f], f))
    kept = [f for f in ranked if f[0] == "word"][:WORDS] + [f for f in ranked if f[0] != "word"][:RECORDS]
    norm = math.sqrt(sum(weighed[f] ** 2 for f in kept)) or 1.0
    return {f: round(weighed[f] / norm, 6) for f in sorted(kept)}
