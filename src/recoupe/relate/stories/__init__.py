"""Running stories: groups of articles by what they are about and when; an article may be in several."""

from .build import stories
from .files import Ties, bundled, tied
from .files import keys as filed_under
from .groups import regrouped
from .likeness import NOTHING, REACH, likenesses, weighed
from .summary import Summary, summary

__all__ = [
    "NOTHING",
    "REACH",
    "Summary",
    "Ties",
    "bundled",
    "filed_under",
    "likenesses",
    "regrouped",
    "stories",
    "summary",
    "tied",
    "weighed",
]
