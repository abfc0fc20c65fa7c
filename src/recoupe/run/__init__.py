"""Decides where the pure functions of read, annotate and relate run."""

from .local import Failure, annotated, stamps
from .relating import related

__all__ = ["Failure", "annotated", "related", "stamps"]
