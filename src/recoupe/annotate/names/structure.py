"""Names found by structure: lists, bodies by noun and nationality, areas, credits."""

from collections.abc import Sequence

from ...lang.spelling import skeleton
from ...model.records import NameType
from ...places import is_area, is_region
from ..tree import Tree
from .mentions import CREDIT, LISTED, PATTERN, Mention
from .row import Row, Word
from .words import Item, Items, Lexicon

# A dateline is over after so many words.
DATELINE = 16
# Classes whose items say what body it is and whose.
_NATIONAL = ("nat", "country")
_BUILT = ("road", "street")
_SMALL = ("of", "and", "comma", "art", "word", "punct", "side")


def from_lists(found: Row, items: Items, lexicon: Lexicon) -> list[Mention]:
    """The names of known.tsv and the countries' names."""
    mentions = [
        Mention(
            start=first.start, end=last.end, type=known.type, maker=LISTED,
            entity=known.entity, stands_for=known.stands_for,
        )
        for first, last, known in lexicon.known(found)
    ]  # fmt: skip
    for item in items.of("country"):
        if item.capital and all(m.start != item.start for m in mentions):
            mentions.append(Mention(start=item.start, end=item.end, type="LOC", maker=LISTED, entity=item.concept))
    compounds = (found[i] for i in found.capitals if "-" in found[i].text)
    mentions += [mention for word in compounds for mention in _compound(word, lexicon)]
    for i in found.capitals:
        word = found[i]
        entity = lexicon.lists.networks.get(word.text)
        if entity is not None and lexicon.before_networks.before(found, i) and _alone(found, i):
            mentions.append(Mention(start=word.start, end=word.end, type="ORG", maker=LISTED, entity=entity))
    return mentions


def _compound(word: Word, lexicon: Lexicon) -> list[Mention]:
    """The names that a hyphen sets against each other: "la guerre Israël-Hamas", "la frontière Liban-Syrie"."""
    parts = word.text.split("-")
    if not word.capital or not all(part[:1].isupper() for part in parts) or lexicon.countries.named(word.text):
        return []
    mentions, at = [], word.start
    for part in parts:
        known = lexicon.alone(part)
        if known is None:
            return []
        mentions.append(
            Mention(
                start=at, end=at + len(part), type=known.type, maker=LISTED, entity=known.entity,
                stands_for=known.stands_for,
            )
        )  # fmt: skip
        at += len(part) + 1
    return mentions


def _alone(found: Row, i: int) -> bool:
    """Whether no other part of a name or number stands behind: not "sur X 2" or "on X Factor"."""
    behind = found[i + 1] if i + 1 < len(found) else None
    return behind is None or not (behind.capital or behind.text[0].isdigit())


def from_datelines(found: Row, lexicon: Lexicon) -> list[Mention]:
    """The agency in brackets at the end of a dateline, and the town at its beginning: "NAIROBI, 24 août (AFP) -"."""
    texts = [word.text for word in found[:DATELINE]]
    if "(" not in texts or not texts[0].isupper():
        return []
    opened = texts.index("(")
    closed = texts.index(")", opened) if ")" in texts[opened:] else 0
    inside = found[opened + 1 : closed]
    if closed + 1 >= len(texts) or texts[closed + 1] != "-" or not inside:
        return []
    mentions = []
    if all(word.capital for word in inside) and inside[0].lower not in lexicon.common:
        mentions.append(Mention(start=inside[0].start, end=inside[-1].end, type="ORG", maker=PATTERN))
    run = 0
    while texts[run].isupper() and texts[run][0].isalpha():
        run += 1
    if run and texts[run] in (",", "(") and len(texts[0]) > 1:
        mentions.append(Mention(start=found[0].start, end=found[run - 1].end, type="LOC", maker=PATTERN))
    return mentions


def from_patterns(items: Items, row: Row, text: str, lexicon: Lexicon) -> list[Mention]:
    """Bodies named by noun and nationality, and areas."""
    mentions = []
    for pattern, matched in lexicon.matches(items):
        kind = pattern.type
        country = next((item.concept for item in matched if item.kind in _NATIONAL), "")
        if kind == "LOC" and not any(item.capital and item.kind in ("cap", "country") for item in matched):
            continue
        if pattern.known and not is_area(text[matched[0].start : matched[-1].end]):
            continue
        before = row[matched[0].first - 1].lower if matched[0].first else ""
        if matched[0].kind in _BUILT and before in lexicon.people_before:
            continue  # "une rue de Goma": one of many
        if kind == "LOC":
            matched = _own_name(matched, text, lexicon)
        concepts = tuple(
            item.concept for item in matched if item.kind not in (*_NATIONAL, *_SMALL, "cap") and item.concept
        )
        if kind == "ORG" and concepts:  # two hospitals are two: what each is called belongs to what it is
            concepts += tuple(
                part for item in matched if item.kind == "cap" and (part := skeleton(text[item.start : item.end]))
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


def _own_name(matched: Sequence[Item], text: str, lexicon: Lexicon) -> Sequence[Item]:
    """A region's own name without the noun: "Nord-Kivu" of "province du Nord-Kivu", but "région de Donetsk" whole."""
    inner = next((i for i, item in enumerate(matched) if i and item.capital), None)
    if inner is None or matched[0].capital or matched[0].concept not in ("region", "district"):
        return matched
    return matched[inner:] if is_region(text[matched[inner].start : matched[-1].end]) else matched


def from_credits(text: str, tree: Tree, found: Row, lexicon: Lexicon) -> list[Mention]:
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
