"""Truces that are proposed, agreed, ended or of another window, and incidents alleged inside them."""

from collections.abc import Iterator

from ...model.relations import Truce
from ..index import Index
from ..model import Part, TruceView
from ..truces import declared
from ..truces import truces as views_of
from ..wording import fill
from .change import Change, Sides, linked

# The answers of a side that move a truce on.
ANSWERS = frozenset({"accepted", "refused"})


def truces(sides: Sides) -> Iterator[Change]:
    """What has moved with the truces of a story, and what is alleged inside their windows."""
    for view in views_of(sides.after, sides.story):
        truce = _of(sides.after, view)
        before = _before(sides, truce) if truce else None
        if truce is not None:
            yield from _moved(sides, truce, before, view)
            yield from _answered(sides, view)
        new = [row.line for row in view.incidents if row.group == "inside" and not sides.old(row.line.refs)]
        bodies = {ref[0] for one in new for ref in one.refs if not sides.headline(ref)}
        for one in new:
            if not all(sides.headline(ref) and ref[0] in bodies for ref in one.refs):
                yield sides.change("incident", one)


def _of(index: Index, view: TruceView) -> Truce | None:
    """The truce that a view is of."""
    refs = set(view.head.refs)
    return next((one for one in index.relations.truces if refs.issuperset(_known(index, one))), None)


def _known(index: Index, truce: Truce) -> set[tuple[str, str]]:
    return {ref for ref in truce.mentions if index.record(ref) is not None}


def _before(sides: Sides, truce: Truce) -> Truce | None:
    """The truce as it was known before: the one with most mentions in common."""
    mentions = set(truce.mentions)
    shared = {one.id: len(mentions & set(one.mentions)) for one in sides.before.relations.truces}
    best = max(sides.before.relations.truces, key=lambda one: (shared[one.id], one.id), default=None)
    return best if best is not None and shared[best.id] else None


def _moved(sides: Sides, truce: Truce, before: Truce | None, view: TruceView) -> Iterator[Change]:
    index, say = sides.after, sides.reader.phrase
    if not sides.new(view.head.refs):
        return
    if before is None:
        yield sides.change("truce", sides.line(declared(index, view).parts, view.head.refs))
        return
    new = [ref for ref in view.head.refs if sides.is_new(ref)]
    if before.stage != truce.stage:
        parts = fill(
            sides.reader, "changes.truce.stage", truce=view.head.parts,
            before=(Part(say(f"brief.truce.stage.{before.stage}"), "name"),),
            after=(Part(say(f"brief.truce.stage.{truce.stage}"), "name"),),
        )  # fmt: skip
        yield sides.change("truce", sides.line(parts, new), linked(index, before.mentions))
    elif (before.earliest, before.latest) != (truce.earliest, truce.latest):
        window = [ref for ref in truce.window if index.record(ref) is not None]
        if sides.new(window):
            parts = fill(sides.reader, "changes.truce.window", truce=declared(index, view).parts)
            yield sides.change("truce", sides.line(parts, window), linked(index, before.window))


def _answered(sides: Sides, view: TruceView) -> Iterator[Change]:
    """What a side newly accepts or refuses."""
    for row in view.answers:
        if row.stance in ANSWERS and not sides.old(row.line.refs):
            label = (Part(row.label, "act"),)
            parts = fill(sides.reader, "changes.truce.answer", stance=label, told=row.line.parts)
            yield sides.change("truce", sides.line(parts, row.line.refs, row.line.support.first_sources))
