"""Running stories: groups of articles by what they are about and when; an article may be in several."""

from .build import stories
from .files import bundled, tied
from .groups import regrouped
from .likeness import likenesses
from .summary import Summary, summary

__all__ = ["Summary", "bundled", "likenesses", "regrouped", "stories", "summary", "tied"]
