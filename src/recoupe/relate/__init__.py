"""Works across articles: a function of the set of articles, whatever their order of arrival."""

from collections.abc import Sequence

from ..model.records import Annotated
from ..model.relations import Entity, Relations
from .reading import readings
from .reuse import reuse


def relate(articles: Sequence[Annotated]) -> Relations:
    """Everything that stands between the articles."""
    found: tuple[Entity, ...] = ()
    joined = {referent: entity.id for entity in found for referent in entity.referents}
    read = readings(articles, joined)
    return Relations(entities=found, reuse=reuse(read))


__all__ = ["relate"]
