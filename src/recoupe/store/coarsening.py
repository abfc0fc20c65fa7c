"""Maps that show less: cells instead of places, and nothing of the last hours. What the articles say stays as it is;
where it lies on a map does not."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from ..model.care import Coarse, late
from ..model.relations import Entity, Place, Relations, Story


def coarsened(
    found: Relations, settings: Sequence[Coarse], published: Mapping[str, str | None], now: datetime
) -> Relations:
    """The relations with the places of some stories made coarse, and those of their last hours off the map. A place
    that several stories name is as coarse as the strictest of them asks, wherever it is shown."""
    docs: dict[str, list[Coarse]] = defaultdict(list)
    for one in settings:
        for doc in of_story(one.story, one.docs, found.stories):
            docs[doc].append(one)
    if not docs:
        return found
    grain: dict[str, float] = defaultdict(float)
    delay: dict[str, float] = defaultdict(float)
    for entity in found.entities:
        if entity.place is not None and entity.place.precision != "country":
            for one in {one for doc, _ in entity.mentions for one in docs.get(doc, ())}:
                grain[entity.id] = max(grain[entity.id], one.grain)
                delay[entity.id] = max(delay[entity.id], one.delay)
    young = _young(found, delay, published, now)
    entities = tuple(_coarse(one, grain[one.id], one.id in young) for one in found.entities)
    return msgspec.structs.replace(found, entities=entities)


def of_story(story: str, docs: Sequence[str], stories: Sequence[Story]) -> set[str]:
    """The articles of a story as it is now, and those that it had when something was set for it: an article that came
    since may have given it another id, or joined it to others."""
    found = set(docs)
    for one in stories:
        if one.id == story or found.intersection(one.docs):
            found.update(one.docs)
    return found


def _young(
    found: Relations, delay: Mapping[str, float], published: Mapping[str, str | None], now: datetime
) -> set[str]:
    """The places at which nothing lies far enough back; what happened nowhere goes by the article that names it."""
    told: dict[str, list[bool]] = defaultdict(list)
    for one in found.happenings:
        if one.place is not None and delay.get(one.place):
            day = min((published.get(doc) or "" for doc, _ in one.mentions), default="")
            told[one.place].append(late(day, one.latest or one.earliest, delay[one.place], now))
    for entity in found.entities:
        if delay.get(entity.id) and entity.id not in told:
            told[entity.id] = [late(published.get(doc), None, delay[entity.id], now) for doc, _ in entity.mentions]
    return {one for one, young in told.items() if all(young)}


def _coarse(one: Entity, grain: float, young: bool) -> Entity:
    if young:
        return msgspec.structs.replace(one, place=None)
    if one.place is None or one.place.precision == "country" or not grain:
        return one
    return msgspec.structs.replace(one, place=_cell(one.place, grain))


def _cell(place: Place, grain: float) -> Place:
    """The middle of the cell that a place lies in; nothing of where it was looked up."""

    def middle(value: float) -> float:
        return round(math.floor(value / grain) * grain + grain / 2, 4)

    return Place(lat=middle(place.lat), lon=middle(place.lon), precision="region", country=place.country)
