"""Finds claims."""

from ...model.records import AnyRecord
from ..draft import Draft


class Claims:
    """Baseline: none."""

    name = "claims"
    version = "1"
    needs: tuple[str, ...] = ("block", "time", "name")
    gives = "claim"
    parsed = True

    def __call__(self, draft: Draft) -> list[AnyRecord]:
        """The article's claims, in text order."""
        return []
