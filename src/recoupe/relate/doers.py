"""Which side an event's words name as its doer: its actor's, or the nationality beside its noun."""

import itertools
from collections.abc import Iterator

from ..model.records import Event, Span
from .reading import WORD, Reading

# The doer's nationality stands this many words from the event's at most ("Russian missile strike").
BESIDE = 2


def doer(reading: Reading, event: Event) -> str | None:
    """The side that an event's words name as its doer: its actor's, or the nationality right beside its noun."""
    if event.actor is not None:
        return party(reading, event.actor)
    return next((side for _, side in beside(reading, event)), None)


def party(reading: Reading, span: Span) -> str | None:
    """The side that a wording means: of the entity in it, else the country of its adjective."""
    return reading.register.side(reading.entity_at(span)) or next((slug for _, slug in reading.countries(span)), None)


def beside(reading: Reading, event: Event) -> Iterator[tuple[Span, str]]:
    """The nationalities that stand beside an event's word, with nothing but words between, and not in what was hit."""
    arguments = [span for span in (event.target, event.place) if span is not None]
    sentence = reading.sentence_at(event.start)
    after = itertools.islice(WORD.finditer(reading.text, event.end, sentence[1]), BESIDE)
    near: list[Span] = []
    reached = event.end
    for match in after:
        if reading.text[reached : match.start()].strip("- "):
            break
        near.append(match.span())
        reached = match.end()
    reached = event.start
    for match in list(WORD.finditer(reading.text, sentence[0], event.start))[: -BESIDE - 1 : -1]:
        if reading.text[match.end() : reached].strip("- "):
            break
        near.append(match.span())
        reached = match.start()
    for start, end in near:
        if not any(s < end and start < e for s, e in arguments):
            yield from reading.countries((start, end))
