"""A name as a stretch of text, on the way to its record."""

from collections.abc import Iterable, Sequence

import msgspec

from ...model.records import NameType

# Who found it; of two mentions of one length that overlap, the better founded stays.
LISTED, PATTERN, CREDIT, REPEATED, MODEL = range(5)


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the article that names something. `entity` where it is known already, `concepts` and `country`
    where a pattern says what body of which country it is."""

    start: int
    end: int
    type: NameType
    maker: int
    entity: str = ""
    stands_for: str = ""
    country: str = ""
    concepts: tuple[str, ...] = ()

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


def longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions that do not overlap, in text order: the longest first, then the better founded."""
    kept: list[Mention] = []
    taken: set[int] = set()
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.maker, m.start, m.type, m.entity)):
        if taken.isdisjoint(range(mention.start, mention.end)):
            kept.append(mention)
            taken.update(range(mention.start, mention.end))
    return sorted(kept, key=lambda m: m.start)


def free(mentions: Sequence[Mention], span: tuple[int, int]) -> bool:
    """Whether a stretch shares no character with any mention."""
    return not any(mention.start < span[1] and span[0] < mention.end for mention in mentions)
