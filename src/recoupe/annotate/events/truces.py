"""What lies ahead of the day of publication: dated events, and truces whose window has or has not begun."""

from collections.abc import Iterable

import msgspec

from ...model.records import Claim, Event, Status, Time
from ..draft import Draft
from ..tree import Node
from .status import Statuses
from .triggers import Trigger

# A toll or a breach is reported after the fact: a date ahead of it is a misreading, or belongs to something else.
TOLLS = frozenset({"casualties", "loss", "damage", "violation", "intercept"})
DAY = len("2023-01-06")


class Windows:
    """Notes the dates of an article's events, and settles the status of those that dates decide."""

    def __init__(self, draft: Draft, statuses: Statuses) -> None:
        self._statuses = statuses
        published = draft.article.published or ""
        self._published = published if len(published) == DAY else ""
        self._ahead: dict[int, bool] = {}
        self._presupposed: set[int] = set()
        self._asked: set[int] = set()

    def note(self, event: Event, trigger: Trigger, claims: list[Claim], time: Time | None) -> None:
        """Remembers whether an event is dated after publication, and how a truce is spoken of."""
        day = self._day(time)
        if day and time is not None and not self._ends(trigger.node, time):
            self._ahead[event.start] = day > self._published
        if event.type == "ceasefire":
            if claims and claims[-1].act == "request" and self._known(trigger.node, claims[-1]):
                self._asked.add(event.start)
            if self._statuses.presupposed(trigger.node):
                self._presupposed.add(event.start)

    def _ends(self, node: Node, time: Time) -> bool:
        """Whether a time is only how long it goes on: "placés en détention jusqu'au 22 mai"."""
        inside = node.tree.within(time.span)
        before = node.tree.nodes[max(0, inside[0].i - 2) : inside[0].i] if inside else []  # "jusqu'au", "until the"
        return any(word.lower in self._statuses.words.prepositions.until for word in before)

    def _known(self, node: Node, claim: Claim) -> bool:
        """Whether a truce that is asked for has been announced: it is ordered, or spoken of as one that is known."""
        return claim.cue is None or self._statuses.ordered(claim, node) or self._statuses.given(node)

    def _day(self, time: Time | None) -> str:
        """The first day of a time, where both it and the day of publication are known."""
        if time is None or not self._published or time.type not in ("DATE", "TIME"):
            return ""
        day = (time.earliest or time.value)[:DAY]
        return day if len(day) == DAY and day[:4].isdigit() else ""

    def settled(self, events: Iterable[Event]) -> list[Event]:
        """The events with the status that dates give them."""
        listed = list(events)
        windows = [self._ahead[e.start] for e in listed if e.type == "ceasefire" and e.start in self._ahead]
        broken = any(e.type == "violation" and e.status in ("actual", "claimed") for e in listed)
        begun = (bool(windows) and not all(windows)) or broken
        ahead = bool(windows) and not begun
        return [msgspec.structs.replace(e, status=self._status(e, ahead, begun)) for e in listed]

    def _status(self, event: Event, ahead: bool, begun: bool) -> Status:
        if event.type == "ceasefire":
            ahead_itself = event.status == "planned" and not event.claims
            return event.status if ahead_itself and not ahead else self._truce(event, ahead, begun)
        if event.type not in TOLLS and event.status == "actual" and self._ahead.get(event.start):
            return "planned"
        return event.status

    def _truce(self, event: Event, ahead: bool, begun: bool) -> Status:
        """A truce that is ordered, asked for or taken as given is where its window says; one that is merely hoped for
        stays possible, what a side says of keeping it stays claimed."""
        asked, given = event.start in self._asked, event.start in self._presupposed
        if event.status == "denied" or not (event.status == "actual" or asked or given):
            return event.status
        if ahead:
            return "planned"
        if begun:
            return "actual"
        return event.status
