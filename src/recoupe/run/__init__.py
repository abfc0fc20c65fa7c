"""Decides where the pure functions of read, annotate and relate run."""

from . import settling
from .engines import Engine, annotated_on
from .holding import hold
from .local import Failure, annotated, stamps
from .past import State, as_of, touched
from .pool import pooled
from .relating import related

__all__ = [
    "Engine",
    "Failure",
    "State",
    "annotated",
    "annotated_on",
    "as_of",
    "hold",
    "pooled",
    "related",
    "settling",
    "stamps",
    "touched",
]
