"""What changes in a store: between two states, as alerts that are kept, as a feed, to a webhook."""

from .diff import Diff, between, compared
from .notice import Notice, notice, notices, shown

__all__ = ["Diff", "Notice", "between", "compared", "notice", "notices", "shown"]
