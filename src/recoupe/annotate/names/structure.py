"""Names found by structure: lists, bodies by noun and nationality, areas, credits."""

from collections.abc import Sequence

from ...model.records import NameType
from ...places import is_area
from ..tree import Tree
from .mentions import CREDIT, LISTED, PATTERN, Mention
from .words import Item, Lexicon, Word

# Classes whose items say what body it is and whose.
_NATIONAL = ("nat", "country")
_SMALL = ("of", "and", "comma", "art", "word", "punct", "side")


def from_lists(found: Sequence[Word], items: Sequence[Item], lexicon: Lexicon) -> list[Mention]:
    """The names of known.tsv and the countries' names."""
    mentions = [
        Mention(
            start=first.start, end=last.end, type=known.type, maker=LISTED,
            entity=known.entity, stands_for=known.stands_for,
        )
        for first, last, known in lexicon.known(found)
    ]  # fmt: skip
    for item in items:
        if item.kind == "country" and item.capital and all(m.start != item.start for m in mentions):
            mentions.append(Mention(start=item.start, end=item.end, type="LOC", maker=LISTED, entity=item.concept))
    return mentions


def from_patterns(items: Sequence[Item], text: str, lexicon: Lexicon) -> list[Mention]:
    """Bodies named by noun and nationality, and areas."""
    mentions = []
    for pattern, matched in lexicon.matches(items):
        kind = pattern.type
        country = next((item.concept for item in matched if item.kind in _NATIONAL), "")
        if kind == "LOC" and not any(item.capital and item.kind in ("cap", "country") for item in matched):
            continue
        if pattern.known and not is_area(text[matched[0].start : matched[-1].end]):
            continue
        concepts = tuple(
            item.concept for item in matched if item.kind not in (*_NATIONAL, *_SMALL, "cap") and item.concept
        )
        mentions.append(
            Mention(
                start=matched[0].start,
                end=matched[-1].end,
                type=kind,
                maker=PATTERN,
                country=country,
                concepts=concepts,
            )
        )
    return mentions


def from_credits(text: str, tree: Tree, found: Sequence[Word], lexicon: Lexicon) -> list[Mention]:
    """Who took the picture: what stands after the credit mark of a caption."""
    mentions = []
    for match in lexicon.credit.finditer(text, tree.start, tree.end):
        run: list[Word] = []
        for word in (word for word in found if word.start >= match.end()):
            if not word.capital or (run and word.start - run[-1].end > 1):
                break
            run.append(word)
        if run and run[0].start == match.end():
            kind: NameType = "PER" if len(run) > 1 and not any(word.text.isupper() for word in run) else "ORG"
            mentions.append(Mention(start=run[0].start, end=run[-1].end, type=kind, maker=CREDIT))
    return mentions
