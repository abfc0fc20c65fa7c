"""Finds times: a grammar over the normalised text, with its words in the language packs, placed on the calendar."""

from .annotator import Times

__all__ = ["Times"]
