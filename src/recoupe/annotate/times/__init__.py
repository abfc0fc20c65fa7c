"""Finds times."""

from ...model.records import AnyRecord
from ..draft import Draft


class Times:
    """Baseline: none."""

    name = "times"
    version = "1"
    needs: tuple[str, ...] = ("block",)
    gives = "time"
    parsed = True

    def __call__(self, draft: Draft) -> list[AnyRecord]:
        """The article's times, in text order."""
        return []
