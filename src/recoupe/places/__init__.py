"""Places: where a name is on the map, and the outline of the land."""

from .outline import land

__all__ = ["land"]
