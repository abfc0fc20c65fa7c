"""Finds events."""

from ...model.records import AnyRecord
from ..draft import Draft


class Events:
    """Baseline: none."""

    name = "events"
    version = "1"
    needs: tuple[str, ...] = ("block", "time", "name", "claim")
    gives = "event"
    parsed = True

    def __call__(self, draft: Draft) -> list[AnyRecord]:
        """The article's events, in text order."""
        return []
