"""One truce as its mentions tell it."""

from collections.abc import Mapping

from ...model.records import Claim, Event
from ...model.relations import Happening, Ref
from ..reading import Reading


class Told:
    """The mentions of one truce with the articles that hold them."""

    def __init__(self, happening: Happening, by_id: Mapping[str, Reading]) -> None:
        self.happening = happening
        self.events: list[tuple[Reading, Event]] = []
        for doc, record in happening.mentions:
            event = by_id[doc].by_id[record]
            if isinstance(event, Event):
                self.events.append((by_id[doc], event))
        self.readings = list({reading.id: reading for reading, _ in self.events}.values())

    def refs(self) -> tuple[Ref, ...]:
        """Its mentions."""
        return self.happening.mentions

    def of(self, reading: Reading) -> list[Event]:
        """The mentions in one article."""
        return [event for home, event in self.events if home is reading]

    def about(self, reading: Reading) -> list[Claim]:
        """The claims of an article that hold a mention of the truce."""
        events = self.of(reading)
        return [c for c in reading.claims if any(holds(c, event.start) for event in events)]


def holds(claim: Claim, offset: int) -> bool:
    """Whether a claim's content holds an offset."""
    return any(start <= offset < end for start, end in (claim.span, *claim.more))
