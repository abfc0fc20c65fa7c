"""Rows of counted things under one word: "37 drones et trois missiles abattus", "12 chars et deux avions détruits"."""

import itertools

from ...model.records import Measure
from ..draft import Draft
from ..tree import Node
from .making import Found
from .settle import settle
from .words import Lexicon

# How many words may stand between two of a row.
BETWEEN = 6
# What the items of a list begin with.
ITEMS = frozenset("-–—•*·")
# What the items of one list may all tell of people.
BEFALLEN: frozenset[Measure] = frozenset({"killed", "wounded", "captured", "missing", "casualties"})


def share_words(found: list[Found], words: Lexicon) -> None:
    """Gives the figures of a paragraph that no word tells anything of what the next or last one of their row has; in a
    row of parts ("dont 12 enfants et 30 femmes") each is one."""
    for after, before in itertools.pairwise(reversed(found)):
        if before.cue is None and _follow(before, after, words) and _is_shared(after, after.counted.anchor.i):
            _take(before, after, words)
    for before, after in itertools.pairwise(found):
        if _details(before, after, words):
            after.cue, after.measure = before.cue, before.measure
        if not _follow(before, after, words):
            continue
        if after.cue is None and _is_shared(before, -1):
            _take(after, before, words)
        if after.part_of is None and before.part_of is not None and not before.counted.part:
            if after.cue is None:
                after.cue, after.measure = before.cue, before.measure
            if after.cue is before.cue or _goes_on(before, after, before.part_of):
                after.part_of = before.part_of


def share_lists(found: list[Found], draft: Draft, words: Lexicon) -> None:
    """Gives the people counted in the items of a list what the line before the list tells of those it counts: "Un bilan
    de 500 morts, dont voici le détail :", then "- 89 civils"."""
    told: Found | None = None
    by_tree: dict[int, list[Found]] = {}
    for one in found:
        by_tree.setdefault(id(one.tree), []).append(one)
    for tree in draft.trees:
        here = by_tree.get(id(tree), [])
        if told is not None and tree.nodes[0].text in ITEMS:
            for one in here:
                if one.cue is None and one.measure == "other" and _are_people(one, words):
                    one.measure = told.measure
            continue
        opens = tree.nodes[-1].text == ":"
        told = next((one for one in here if one.measure in BEFALLEN and one.part_of is None), None) if opens else None


def _are_people(one: Found, words: Lexicon) -> bool:
    return {words.kind(count) for count in one.counts} == {"people"}


def _details(before: Found, after: Found, words: Lexicon) -> bool:
    """Whether people are counted only to say who those counted before are: "onze tués : sept civils et
    quatre rebelles", "1 454 morts, soit 973 civils"."""
    if after.cue is not None or before.cue is None or before.measure not in BEFALLEN or not after.counted.nouns:
        return False
    if before.counted.anchor.sentence != after.counted.anchor.sentence or not _are_people(after, words):
        return False
    first = after.tree.within(after.span)[0].left
    led = first is not None and (first.text == ":" or words.plain(first) in words.words.counted.namely)
    return led and _are_people(before, words)


def _is_shared(one: Found, beyond: int) -> bool:
    """Whether a figure has a word that is not its own noun, and that stands after a given place."""
    return one.cue is not None and one.cue.cost > 0 and one.cue.role != "states" and one.cue.node.i > beyond


def _goes_on(before: Found, after: Found, whole: Found) -> bool:
    """Whether a figure stands in one aside with a part: "70 personnes, dont dix femmes et trois bébés, sont mortes"; a
    comma before "et" may end the aside, and no part is more than the whole."""
    if after.cue is None or before.cue is None or after.cue.node is not before.cue.node:
        return False
    if (after.low or 0) > (whole.high or whole.low or 0):
        return False
    last = before.counted.nouns[-1]
    between = before.tree.nodes[last.i + 1 : after.tree.within(after.span)[0].i]
    return not any(one.text == "," and two.pos == "CCONJ" for one, two in itertools.pairwise(between))


def _take(one: Found, other: Found, words: Lexicon) -> None:
    assert other.cue is not None
    one.cue, one.measure = other.cue, settle(other.cue, one.counts, words)


def _follow(before: Found, after: Found, words: Lexicon) -> bool:
    """Whether two figures count the same kind of thing side by side: only "and", a comma or a complement between."""
    if (
        not before.counted.nouns
        or not (after.counted.nouns or after.counted.other)
        or before.counted.anchor.sentence != after.counted.anchor.sentence
    ):
        return False
    first = after.tree.within(after.span)[0]
    between = before.tree.nodes[before.counted.nouns[-1].i + 1 : first.i]
    if len(between) > BETWEEN:
        return False
    joined = bool(words.joining.search(" ".join(words.plain(node) for node in between)))
    if not joined and (not any(map(_joins, between)) or any(map(_parts, between))):
        return False
    return ({words.kind(c) for c in before.counts} == {"people"}) == (
        {words.kind(c) for c in after.counts} == {"people"}
    )


def _joins(node: Node) -> bool:
    return node.pos == "CCONJ" or node.text == ","


def _parts(node: Node) -> bool:
    return node.pos in ("VERB", "AUX", "SCONJ", "PRON") or node.text in (";", ":", ".", "(", ")")
