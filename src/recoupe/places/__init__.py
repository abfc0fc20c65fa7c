"""Places: where a name is on the map, and the outline of the land."""

from .gazetteer import is_area, is_known, is_large, is_region, is_town, look_up, region_of
from .outline import land, near
from .territories import territories, territory_of

__all__ = [
    "is_area",
    "is_known",
    "is_large",
    "is_region",
    "is_town",
    "land",
    "look_up",
    "near",
    "region_of",
    "territories",
    "territory_of",
]
