"""What an article is about, as weighed features: entities, words, kinds of event, numbers, instants and days."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ...model.records import TEXT_KINDS
from ..days import ordinal
from ..reading import SHORTEST, STEM, WORD, Reading, folded

Feature = tuple[str, str]
Vector = dict[Feature, float]
# Weights of the kinds of feature, chosen on the developers' half of the dispatches (flat within a third each way).
WEIGHTS = {"word": 1.0, "entity": 0.7, "number": 1.0, "event": 0.7, "instant": 0.6, "day": 0.4}
# News puts first what it is about: a feature at the end of a text weighs 1 / (1 + SLOPE) of one at its beginning.
SLOPE = 1.0
# Only the heaviest features stand for an article, so that long texts do not resemble each other by their length; words
# have no more than their share, since across languages the others alone can meet.
WORDS, RECORDS = 15, 15
# A small set says little about how common a feature is: it is taken to hold this many more articles without it.
PRIOR = 30
# Numbers as written: decimals, scores and model names ("9,2", "4-2", "S-400"); years and small counts say nothing.
NUMBER = re.compile(r"(?<!\w)(?:[A-Z]{1,4}-)?\d+(?:[.,:'-]\d+)*(?!\w)")
YEAR = re.compile(r"(?:19|20)\d\d")
NUMBER_LONG = 3
FINE = frozenset({"second", "minute", "hour"})


def features(reading: Reading) -> Vector:
    """What the article is about: each feature by its first place in the text and how often it is named."""
    own = [block.span for block in reading.blocks if block.kind in TEXT_KINDS]
    if not own:
        return {}
    first, length = own[0][0], max(1, own[-1][1] - own[0][0])
    place: Vector = defaultdict(float)
    often: Counter[Feature] = Counter()
    for feature, offset in (*_words(reading, own), *_records(reading)):
        place[feature] = max(place[feature], 1 / (1 + SLOPE * max(0, offset - first) / length))
        often[feature] += 1
    return {feature: WEIGHTS[feature[0]] * at * (1 + math.log(often[feature])) for feature, at in place.items()}


def _words(reading: Reading, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[Feature, int]]:
    for start, end in spans:
        for word, country in reading.countries((start, end)):
            yield ("entity", country), word[0]
        for match in WORD.finditer(reading.text, start, end):
            plain = folded(match.group())
            if len(plain) >= SHORTEST and plain not in reading.words.stopped and not plain[0].isdigit():
                yield ("word", plain[:STEM]), match.start()
        for match in NUMBER.finditer(reading.text, start, end):
            value = match.group().replace(",", ".")
            if len(value) >= NUMBER_LONG and not YEAR.fullmatch(value):
                yield ("number", value), match.start()


def _records(reading: Reading) -> Iterator[tuple[Feature, int]]:
    for name in reading.names:
        yield ("entity", reading.meant(name)), name.start
        if name.stands_for:
            yield ("entity", reading.entity(name.entity) or ""), name.start
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


def vectors(readings: Sequence[Reading]) -> list[Vector]:
    """Each article's heaviest features at unit length; what few articles have weighs more."""
    found = [features(reading) for reading in readings]
    spread = Counter(feature for vector in found for feature in vector)
    result = []
    for vector in found:
        weighed = {f: w * math.log((len(found) + PRIOR + 1) / spread[f]) for f, w in vector.items()}
        ranked = sorted(weighed, key=lambda f: (-weighed[f], f))
        kept = [f for f in ranked if f[0] == "word"][:WORDS] + [f for f in ranked if f[0] != "word"][:RECORDS]
        norm = math.sqrt(sum(weighed[f] ** 2 for f in kept)) or 1.0
        result.append({f: weighed[f] / norm for f in sorted(kept)})
    return result
