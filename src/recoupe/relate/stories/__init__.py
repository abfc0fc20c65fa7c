"""Running stories: groups of articles by what they are about and when; an article may be in several."""

from .build import stories
from .files import Ties, bundled, tied
from .files import keys as filed_under
from .groups import regrouped
from .likeness import REACH, likenesses
from .summary import Summary, summary

__all__ = [
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
]
