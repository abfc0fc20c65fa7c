"""Finds names."""

from ...model.records import AnyRecord
from ..draft import Draft


class Names:
    """Baseline: none."""

    name = "names"
    version = "1"
    needs: tuple[str, ...] = ("block",)
    gives = "name"
    parsed = True

    def __call__(self, draft: Draft) -> list[AnyRecord]:
        """The article's names, in text order."""
        return []
