"""From a claim, or the article's own words, to an answer of a dispute."""

from collections.abc import Sequence

from ..model.records import UNGIVEN, Claim, Event, Figure, Span, overlapping
from ..model.relations import Answer, Voice
from .reading import Reading
from .statements import Said


def by_claim(item: Said, group: int, says: str = "") -> Answer:
    """What a claim answers: its content."""
    claim = item.claim
    voice: Voice = "named" if item.source else "unnamed"
    taken = tuple(one.ref for one in item.taken)
    return Answer(
        doc=item.ref[0], start=claim.start, end=claim.end, text=claim.text, group=group, voice=voice, claim=claim.id,
        source_entity=item.source, says=says, withdrawn=taken[0] if taken else None, withdrawn_too=taken[1:],
    )  # fmt: skip


def by_outlet(reading: Reading, span: Span, group: int, says: str = "") -> Answer:
    """What the article says in its own name."""
    text = reading.raw(span)
    return Answer(doc=reading.id, start=span[0], end=span[1], text=text, group=group, voice="outlet", says=says)


def by_event(reading: Reading, event: Event, group: int, says: str = "") -> Answer:
    """What an event mention answers: the claim that carries it, or else its clause in the article's own name."""
    carrier = carrying(reading, event)
    if carrier is not None:
        return by_claim(Said(reading, carrier), group, says)
    return by_outlet(reading, clause(reading, event), group, says)


def by_figure(reading: Reading, figure: Figure, group: int) -> Answer:
    """What a figure answers: its interval, said by the claim that gives it or by the article."""
    carriers = givers(reading, figure)
    if carriers:
        found = by_claim(Said(reading, min(carriers, key=_rank)), group)
    else:
        found = by_outlet(reading, _figure_clause(reading, figure), group)
    from msgspec.structs import replace

    return replace(found, low=figure.low, high=figure.high)


def givers(reading: Reading, figure: Figure) -> list[Claim]:
    """The claims that give a figure: not those that deny it, leave it open or foresee it."""
    return [claim for one in figure.claims if (claim := reading.claim(one)) is not None and claim.act not in UNGIVEN]


def carrying(reading: Reading, event: Event) -> Claim | None:
    """The claim that an event mention stands in: a named speaker's first, the innermost of them."""
    carriers = [claim for claim in map(reading.claim, event.claims) if claim is not None]
    return min(carriers, key=_rank) if carriers else None


def _rank(claim: Claim) -> tuple[bool, int, int, str]:
    return claim.source_entity is None, claim.end - claim.start, claim.start, claim.id


def clause(reading: Reading, event: Event) -> Span:
    """From the first argument of an event to its last, within the event's sentence."""
    sentence = reading.sentence_at(event.start)
    spans = [event.span, *(s for s in (event.actor, event.target, event.place) if s)]
    inside = [s for s in spans if sentence[0] <= s[0] and s[1] <= sentence[1]]
    # What is broken or kept stands beside the verb as an event of its own ("rompre un cessez-le-feu").
    beside = [e.span for e in overlapping(reading.events, sentence) if 0 <= e.start - event.end <= BESIDE]
    return _hull([*inside, *beside]) if len(inside) + len(beside) > 1 else _trimmed(reading, sentence)


# An event that begins within this many characters after another is taken for its object.
BESIDE = 24


def _figure_clause(reading: Reading, figure: Figure) -> Span:
    sentence = reading.sentence_at(figure.start)
    near = [e.span for e in overlapping(reading.events, sentence) if e.id == figure.event]
    return _hull([figure.span, *near]) if near else _trimmed(reading, sentence)


def _hull(spans: Sequence[Span]) -> Span:
    return min(start for start, _ in spans), max(end for _, end in spans)


def _trimmed(reading: Reading, span: Span) -> Span:
    """The sentence without its last mark."""
    end = span[1]
    while end - 1 > span[0] and reading.text[end - 1] in ".;:,":
        end -= 1
    return span[0], end
