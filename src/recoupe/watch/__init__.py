"""What changes in a store: between two states, as alerts that are kept, as a feed, to a webhook."""

from .diff import Diff, between
from .notice import Notice, notice, notices

__all__ = ["Diff", "Notice", "between", "notice", "notices"]
