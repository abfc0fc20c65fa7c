"""A name as a stretch of text, on the way to its record."""

from collections.abc import Iterable, Sequence

import msgspec

from ...lang.spelling import is_given
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


def split_at_known(mentions: Iterable[Mention], text: str) -> list[Mention]:
    """Candidates, without a name that a listed one begins and a person's ends ("Maison Blanche Jake Sullivan", "Hamas
    Yahya Sinwar"): what is left is a name of its own."""
    listed = list(mentions)
    ends = {m.start: m.end for m in listed if m.maker == LISTED}
    bodies = {m.start: m.end for m in listed if m.maker == LISTED and m.type == "ORG"}
    lands = {m.end: m.start for m in listed if m.maker == LISTED and m.type == "LOC"}
    kept: list[Mention] = []
    for mention in listed:
        end = ends.get(mention.start, mention.end)
        rest = text[end + 1 : mention.end].split()
        both = bodies.get(mention.start, mention.end) < mention.end and lands.get(mention.end, -1) > mention.start
        if both and mention.maker == MODEL and mention.type == "LOC":
            continue  # "Houthis du Yémen": a body and where it is
        if (
            mention.maker == LISTED
            or end >= mention.end
            or len(rest) < 2
            or (mention.type == "ORG" and not (mention.maker == MODEL and is_given(rest[0])))
            or not all(word[0].isupper() for word in rest)
        ):
            kept.append(mention)
        elif text[end] == " ":
            kept.append(Mention(start=end + 1, end=mention.end, type="PER", maker=MODEL))
    return kept


def moved(mentions: Sequence[Mention], by: int) -> Sequence[Mention]:
    """Mentions of the same paragraph where it begins so many characters later."""
    replace = msgspec.structs.replace
    return [replace(one, start=one.start + by, end=one.end + by) for one in mentions] if by else mentions


def free(mentions: Sequence[Mention], span: tuple[int, int]) -> bool:
    """Whether a stretch shares no character with any mention."""
    return not any(mention.start < span[1] and span[0] < mention.end for mention in mentions)
