"""Earlier values: which figure the text says another one takes the place of ("le bilan passe de 35 à 40", "48 morts,
contre 41 la veille", "un précédent bilan faisait état de 41 morts")."""

from ...lang.numerals.numeral import folded
from ..draft import Draft
from .making import Found
from .quantities import flat, is_dated_back
from .words import Lexicon

# How many sentences may lie between a value and the earlier one told after it, in one paragraph or the next.
BACK = 3
# Paragraphs follow on one another where no more characters lie between them.
APART = 40


def mark_updates(found: list[Found], draft: Draft, words: Lexicon) -> None:
    """Sets `supersedes` of the figures of an article, given in text order."""
    for i, one in enumerate(found):
        before = found[i - 1] if i else None
        if before is not None and one.quantity.changed and before.tree is one.tree and before.measure == one.measure:
            one.supersedes = before
        elif one.part_of is None and _is_dated_back(one, draft, words):
            later = _said_before(one, found[:i], same_sentence=True)
            if later is not None:
                later.supersedes = one
        elif one.part_of is None and words.earlier.search(_clause(one, before, draft)):
            later = _said_before(one, found[:i], same_sentence=False) or _said_after(one, found[i + 1 :], draft, words)
            if later is not None:
                later.supersedes = one


def _is_dated_back(one: Found, draft: Draft, words: Lexicon) -> bool:
    nodes = one.tree.sentences[one.counted.anchor.sentence]
    first, last = nodes[0].start, max(nodes[-1].end, one.span[1])
    text = flat(draft.text[first : last + 1])
    return is_dated_back(text, one.span[0] - first, one.span[1] - first, words)


def _clause(one: Found, before: Found | None, draft: Draft) -> str:
    """What stands before a figure in its sentence, from the last semicolon, colon or figure of another kind on."""
    start = one.tree.sentences[one.counted.anchor.sentence][0].start
    if before is not None and before.measure == one.measure:
        start = max(start, before.span[1])
    text = flat(draft.text[min(start, one.span[0]) : one.quantity.numerals[0].start + one.tree.start])
    return text[max(text.rfind(mark) for mark in ";:") + 1 :]


def _fits(one: Found, later: Found) -> bool:
    return later.measure == one.measure and later.part_of is None and later.supersedes is None and later is not one


def _said_before(one: Found, told: list[Found], same_sentence: bool) -> Found | None:
    """The last figure of the same measure, no farther back than a few sentences."""
    for later in reversed(told):
        if _distance(later, one) > (0 if same_sentence else BACK):
            return None
        if _fits(one, later):
            return later
    return None


def _said_after(one: Found, following: list[Found], draft: Draft, words: Lexicon) -> Found | None:
    """The next figure of the same measure, where its sentence is the same or tells of a toll that has changed."""
    for later in following:
        distance = _distance(one, later)
        if distance > 1:
            return None
        nodes = later.tree.sentences[later.counted.anchor.sentence]
        changed = distance == 0 or words.totals.search(folded(draft.text[nodes[0].start : nodes[-1].end]))
        if _fits(one, later) and changed:
            return later
    return None


def _distance(first: Found, second: Found) -> int:
    """How many sentences lie between two figures; the next paragraph begins one further."""
    if first.tree is second.tree:
        return second.counted.anchor.sentence - first.counted.anchor.sentence
    left = len(first.tree.sentences) - first.counted.anchor.sentence + second.counted.anchor.sentence
    return left if 0 <= second.tree.start - first.tree.end <= APART else BACK + 1
