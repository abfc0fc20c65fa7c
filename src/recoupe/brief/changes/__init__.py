"""What changed in a story between two states of a store: a list of changes, each with the records that it rests on."""

from collections.abc import Sequence

from ...lang import LanguagePack
from ...model.hand import NOBODY, Hand
from ...model.records import Annotated
from ...model.relations import Relations
from .change import ORDER, Change, Kind, Sides
from .disputes import denials, disputes, withdrawn
from .figures import figures
from .texts import begun, revised, sources, texts
from .truces import truces

State = tuple[Sequence[Annotated], Relations]


def changes(before: State, after: State, pack: LanguagePack, hand: Hand = NOBODY) -> list[Change]:
    """What is otherwise in the later state of a story (its articles, and what stands between them), what weighs most
    first. Of a story that had no article before, only that it begins."""
    if not after[1].stories:
        return []
    sides = Sides(before, after, pack, hand)
    if not sides.fresh and not sides.revised:
        return []
    if not sides.before.by_id:
        return [begun(sides)]
    denied = list(denials(sides))
    opened, told = disputes(sides, {ref for one in denied for ref in one.line.refs})
    found = [*withdrawn(sides), *truces(sides), *denied, *opened, *figures(sides, told)]
    found += sources(sides, {ref for one in found for ref in one.line.refs})
    found += [*texts(sides), *revised(sides)]
    once = {one.id: one for one in reversed(found)}
    return sorted(once.values(), key=lambda one: (ORDER.index(one.kind), one.line.refs))


__all__ = ["ORDER", "Change", "Kind", "changes"]
