"""Those who tell are none of those whom they tell of ("…, ont déclaré deux responsables")."""

from ...model.records import Claim
from ..draft import Draft
from ..shelf import Shelf
from .making import Found


def tellers_apart(found: list[Found], draft: Draft) -> None:
    """What a number in a claim's source counts has no measure, whatever the verbs around it say."""
    if not found:
        return
    shelf = Shelf([claim for claim in draft.layer(Claim) if claim.source is not None], _source)
    for one in found:
        inside = (c for c in shelf.near(one.span) if (s := c.source) and s[0] <= one.span[0] and one.span[1] <= s[1])
        if any(not c.start <= one.span[0] < c.end and not _tells(c, one) for c in inside):
            one.measure, one.cue = "other", None


def _tells(claim: Claim, one: Found) -> bool:
    """Whether what befell those counted is told of them themselves: in the source's own words ("selon les familles de
    douze disparus"), or by the verb that they hang on."""
    if claim.source is None or one.cue is None:
        return False
    return claim.source[0] <= one.cue.node.start < claim.source[1] or one.counted.anchor.head is one.cue.node


def _source(claim: Claim) -> tuple[tuple[int, int], ...]:
    assert claim.source is not None
    return (claim.source,)
