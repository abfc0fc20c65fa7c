"""A figure in the making, and what a part of it shares."""

from dataclasses import dataclass, replace

from ...lang.numerals.numeral import folded
from ...model.records import Measure, Span
from ..tree import Tree
from .counted import Counted
from .measures import Cue
from .quantities import Quantity
from .telling import NEAR
from .words import Lexicon

# Whose a figure's people or things are, and who did it.
Sided = tuple[str | None, str | None]


@dataclass(slots=True)
class Found:
    """A figure in the making."""

    span: Span
    tree: Tree
    quantity: Quantity
    counted: Counted
    cue: Cue | None
    measure: Measure
    counts: tuple[str, ...]
    part_of: "Found | None" = None
    exceeded: bool = False
    supersedes: "Found | None" = None
    low: float | int | None = None
    high: float | int | None = None


def moved(found: list[Found], by: int) -> list[Found]:
    """The figures of the same paragraph where it begins so many characters later, as figures of their own."""
    copies = {id(one): replace(one, span=(one.span[0] + by, one.span[1] + by)) for one in found}
    for one in copies.values():
        if one.part_of is not None:
            one.part_of = copies[id(one.part_of)]
    return list(copies.values())


def share_out(whole: Found, part: Found) -> None:
    """A part without a nearer word of its own shares what happened to the whole."""
    part.part_of = whole
    own = part.cue is not None and (
        part.cue.cost <= 0.5
        or (
            part.cue.cost <= NEAR
            and part.cue.node.i > part.counted.anchor.i
            and (whole.cue is None or part.cue.node is not whole.cue.node)
        )
    )
    if own and whole.cue is not None and "casualties" in whole.cue.measures:
        whole.measure = "casualties"
    if not own:
        part.measure, part.cue = whole.measure, whole.cue


def holds(whole: Found, part: Found) -> bool:
    """Whether one number is large enough for another to be a part of it."""
    return part.low is None or part.quantity.unit == "share" or whole.high is None or part.low <= whole.high


def adjusted(figure: Found, words: Lexicon) -> Found:
    """The other reading of grouped digits where things are counted, and "a dépassé 100 000"."""
    numeral = figure.quantity.numerals[-1]
    figure.low, figure.high = figure.quantity.low, figure.quantity.high
    if numeral.other is not None and figure.low == figure.high == numeral.value and numeral.scale == 1:
        figure.low = figure.high = numeral.other
    if not figure.quantity.bound and _exceeds(figure, words):
        figure.high, figure.exceeded = None, True
    return figure


def _exceeds(figure: Found, words: Lexicon) -> bool:
    """Whether a verb of passing stands before the number with nothing but its object's beginning between."""
    node = figure.tree.within(figure.span)[0].left
    seen = 0
    while node is not None and seen < 7:
        if folded(node.lemma) in words.exceed:
            return node.pos in ("VERB", "AUX")
        if words.plain(node).strip("'") not in words.words.bounds.exceed_between:
            return False
        node, seen = node.left, seen + 1
    return False
