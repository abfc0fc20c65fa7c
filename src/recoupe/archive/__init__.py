"""Articles and their records at the scale of an archive: Parquet files, made in pieces that are sealed one by one."""

from .across import Found, relate
from .loading import Kept, kept
from .making import Counts, make

__all__ = ["Counts", "Found", "Kept", "kept", "make", "relate"]
