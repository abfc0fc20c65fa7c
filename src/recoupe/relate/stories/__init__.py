"""Running stories: groups of articles by what they are about and when; an article may be in several."""

from .build import stories

__all__ = ["stories"]
