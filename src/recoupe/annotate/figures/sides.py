"""Whose people or things a figure counts, and who did it."""

from ...model.records import Name
from ..draft import Draft
from .found import Found


class Sides:
    """The sides of an article."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.names = draft.layer(Name)

    def of(self, one: Found) -> tuple[str | None, str | None]:
        """Party and by of a figure."""
        return None, None
