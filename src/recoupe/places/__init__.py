"""Places: where a name is on the map, and the outline of the land."""

from .gazetteer import look_up
from .outline import land

__all__ = ["land", "look_up"]
