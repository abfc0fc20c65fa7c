"""Decides where the pure functions of read, annotate and relate run."""

from . import settling
from .holding import hold
from .local import Failure, annotated, stamps
from .past import State, as_of, touched
from .pool import pooled
from .relating import related

__all__ = ["Failure", "State", "annotated", "as_of", "hold", "pooled", "related", "settling", "stamps", "touched"]
