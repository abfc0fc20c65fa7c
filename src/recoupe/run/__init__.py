"""Decides where the pure functions of read and annotate run."""

from .local import Failure, annotated, stamps

__all__ = ["Failure", "annotated", "stamps"]
