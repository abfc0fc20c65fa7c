"""A figure in the making, and what a part of it shares."""

from dataclasses import dataclass, replace

from ...model.records import Measure, Span
from ..tree import Tree
from .counted import Counted
from .measures import Cue
from .quantities import Quantity
from .telling import NEAR


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
