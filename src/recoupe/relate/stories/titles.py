"""What a story is called: the words of its most central headline, and a label made from them."""

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from anyascii import anyascii

from ...model.records import Span, overlapping
from ...model.relations import Passage
from ..reading import Reading, folded, sentences
from .features import Feature, named

# A title is no longer than this many characters; a label has so many words and so many signs of the id at most.
TITLE, LABEL, SIGNS = 140, 7, 4

LETTERS = re.compile(r"[^a-z0-9]+")


def title(members: Sequence[Reading], weighed: Sequence[Mapping[Feature, float]]) -> Passage | None:
    """The headline nearest to what the articles share; of articles without one, the first sentence."""
    centre: dict[Feature, float] = defaultdict(float)
    for vector in weighed:
        for feature, weight in vector.items():
            centre[feature] += weight
    candidates = [(bool(kind), reading, span) for reading in members for kind, span in _headlines(reading)]
    best = min(candidates, key=lambda c: (-_near(c[1], c[2], centre), not c[0], c[1].id, c[2]), default=None)
    return (best[1].id, *best[2]) if best else None


def _headlines(reading: Reading) -> list[tuple[bool, Span]]:
    titles = [block.span for block in reading.blocks if block.kind == "title"]
    if titles:
        return [(True, _short(reading, span)) for span in titles[:2]]
    own = reading.paragraphs[:1]
    return [(False, _short(reading, sentences(reading.text, block.span)[0])) for block in own]


def _short(reading: Reading, span: Span) -> Span:
    """The span, cut after a clause or a word where it is too long for a title."""
    start, end = span
    if end - start > TITLE:
        text = reading.text[start : start + TITLE]
        comma = max(text.rfind(", "), text.rfind(" ("), text.rfind(" ; "), text.rfind(" : "))
        end = start + (comma if comma > TITLE // 3 else text.rfind(" ") if " " in text else TITLE)
    while end - 1 > start and reading.text[end - 1] in " .;,":
        end -= 1
    return start, end


def _near(reading: Reading, span: Span, centre: Mapping[Feature, float]) -> float:
    """How much of what the articles share a headline holds, for its length."""
    held = {("word", stem) for stem in reading.terms(span)}
    held |= {named(name.stands_for or name.entity) for name in overlapping(reading.names, span)}
    held |= {named(country) for _, country in reading.nationalities(span)}
    held |= {("event", event.type) for event in overlapping(reading.events, span)}
    words = max(1, len(reading.terms(span)))
    return round(sum(centre.get(feature, 0.0) for feature in sorted(held)) / math.sqrt(words), 9)


def label(words: str, story: str) -> str:
    """What a story goes by where a person types it: words of its title in small Latin letters, and the first signs of
    its id, since two stories may have one title."""
    plain = LETTERS.sub(" ", folded(anyascii(words))).split()
    return "-".join([*plain[:LABEL], story[:SIGNS]])
