"""When something was told, which is not when it happened ("il a affirmé mardi que douze soldats étaient morts")."""

from ...model.records import Claim, Time
from ..draft import Draft
from .words import VERBAL

# Who asks for something, promises or expects it says when it is to be; whoever tells of it is later than it.
TOLD = frozenset({"assert", "admit", "deny", "accuse", "question"})
# What may be announced and take effect in one breath (sanctions, a truce, a visit) has the day of its announcement.
HAPPENED = frozenset({"strike", "ground", "invasion", "casualties", "loss", "damage", "intercept"})
PAST = frozenset({"Past", "Imp"})


def when_told(time: Time, claims: list[Claim], draft: Draft) -> bool:
    """Whether a time is that of one of the claims that a trigger stands in: it stands on the cue's side of what is
    claimed; before the cue it is a day, and the cue of the past ("mardi, il affirme avoir tiré" tells of a shot of that
    day, "dans la nuit, il a affirmé avoir tiré" may)."""
    return any(claim.act in TOLD and claim.cue is not None and _beside(time, claim, draft) for claim in claims)


def _beside(time: Time, claim: Claim, draft: Draft) -> bool:
    assert claim.cue is not None
    content = (claim.span, *claim.more)
    if any(start <= time.start < end for start, end in content):
        return False
    first, last = min(start for start, _ in content), max(end for _, end in content)
    if claim.cue[0] >= last:
        return time.start >= last
    if claim.cue[0] >= first or time.start >= first:
        return False
    return time.start >= claim.cue[0] or (time.type == "DATE" and _past(claim.cue[1], draft))


def _past(end: int, draft: Draft) -> bool:
    """Whether the last word of a cue is of the past."""
    last = draft.node_at(end - 1)
    return last is not None and last.pos in VERBAL and last.morph("Tense") in PAST
