"""What the grouping of articles keeps of each: a pure function of the article, small enough to keep for all."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

import msgspec

from ...model.records import Annotated
from ..days import NO_DAY, ordinal, span_of
from ..happenings import Mention, mentions
from ..origins import agencies
from ..reading import Reading, Register
from ..reuse import Passages, number, passages
from .features import WORDS, Feature, vector

# An article with so many features besides its words is a long one.
LONGER = 6
# The kinds of event that make a day's story; a count of dead or a sanction is told of everywhere.
TELLING = frozenset(
    {
        "ceasefire",
        "violation",
        "strike",
        "ground",
        "invasion",
        "withdrawal",
        "movement",
        "exercise",
        "meeting",
        "protest",
    }
)
Told = tuple[str, str]


class Summary(msgspec.Struct, frozen=True, dict=True):
    """An article in the eyes of the others.

    `low` and `high` are the first and last day that its date of publication may mean, NO_DAY without one. `weights`
    are its features, `told` the paragraphs in which it tells of each kind of event on each day, `truces` how often it
    names one, `agencies` those that sign it.
    """

    doc: str
    lang: str
    published: str | None
    low: int
    high: int
    weights: tuple[tuple[str, str, float], ...]
    told: tuple[tuple[str, str, tuple[int, ...]], ...]
    truces: int
    passages: Passages
    agencies: tuple[str, ...] = ()

    @cached_property
    def vector(self) -> Mapping[Feature, float]:
        return {(kind, value): weight for kind, value, weight in self.weights}

    @cached_property
    def features(self) -> tuple[Feature, ...]:
        return tuple(self.vector)

    @cached_property
    def telling(self) -> Mapping[Told, frozenset[int]]:
        return {(kind, day): frozenset(paragraphs) for kind, day, paragraphs in self.told}

    @cached_property
    def number(self) -> int:
        """The number by which indexes know it."""
        return number(self.doc)

    @cached_property
    def length(self) -> int:
        """Characters of reporting."""
        return sum(end - start for start, end in self.passages.paragraphs)

    @property
    def dated(self) -> bool:
        return self.low != NO_DAY

    @property
    def exact(self) -> bool:
        """Whether the day of publication is known."""
        return self.dated and self.low == self.high

    @property
    def long(self) -> bool:
        return len(self.weights) >= WORDS + LONGER

    @property
    def order(self) -> tuple[str, str]:
        """The one order of articles: by date of publication, unknown ones first, then id."""
        return self.published or "", self.doc


def summary(annotated: Annotated) -> Summary:
    """The summary of an article."""
    reading, article = Reading(annotated, Register()), annotated.article
    span = span_of(article.published) or (NO_DAY, NO_DAY)
    told: dict[Told, set[int]] = defaultdict(set)
    for mention in mentions(reading):
        if mention.time and mention.event.type in TELLING and _one_day(mention):
            told[mention.event.type, mention.time[0][:10]].add(mention.paragraph)
    return Summary(
        doc=article.id, lang=article.lang, published=article.published, low=span[0], high=span[1],
        weights=tuple((*feature, weight) for feature, weight in vector(reading).items()),
        told=tuple((*key, tuple(sorted(told[key]))) for key in sorted(told)),
        truces=sum(event.type == "ceasefire" for event in reading.events), passages=passages(annotated),
        agencies=tuple(sorted(agencies(reading))),
    )  # fmt: skip


def _one_day(mention: Mention) -> bool:
    first, last = (ordinal(instant[:10]) for instant in mention.time or ("", ""))
    return first is not None and last is not None and last - first <= 1
