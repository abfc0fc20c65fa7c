"""Works across articles: a function of the set of articles, whatever their order of arrival."""

from collections.abc import Sequence

from ..model.records import Annotated
from ..model.relations import Entity, Relations
from .happenings import by_mention, happenings
from .origins import origins
from .questions import counts, questions
from .reading import readings
from .reuse import reuse
from .statements import statements


def relate(articles: Sequence[Annotated]) -> Relations:
    """Everything that stands between the articles."""
    found: tuple[Entity, ...] = ()
    read = readings(articles, {referent: entity.id for entity in found for referent in entity.referents})
    shared = reuse(read)
    sprung = origins(read, shared)
    events = happenings(read, shared)
    counted = counts(read, by_mention(events))
    return Relations(
        entities=found,
        happenings=events,
        statements=statements(read, shared, sprung),
        questions=questions(counted),
        reuse=shared,
        origins=sprung,
    )


__all__ = ["relate"]
