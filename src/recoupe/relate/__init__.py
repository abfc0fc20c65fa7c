"""Works across articles: a function of the set of articles, whatever their order of arrival."""

from collections.abc import Sequence

from ..model.records import Annotated
from ..model.relations import Relations


def relate(articles: Sequence[Annotated]) -> Relations:
    """Everything that stands between the articles."""
    return Relations()


__all__ = ["relate"]
