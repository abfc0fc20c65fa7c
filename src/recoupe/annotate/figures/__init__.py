"""Finds figures."""

from ...model.records import AnyRecord
from ..draft import Draft


class Figures:
    """Baseline: none."""

    name = "figures"
    version = "1"
    needs: tuple[str, ...] = ("block", "time", "name", "claim", "event")
    gives = "figure"
    parsed = True

    def __call__(self, draft: Draft) -> list[AnyRecord]:
        """The article's figures, in text order."""
        return []
