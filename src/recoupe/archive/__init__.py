"""Articles and their records at the scale of an archive: Parquet files, made in pieces that are sealed one by one."""

from .loading import Kept, kept
from .making import Counts, make

__all__ = ["Counts", "Kept", "kept", "make"]
