"""Decides where the pure functions of read, annotate and relate run."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .engines import Engine, annotated_on
    from .holding import hold
    from .local import Failure, annotated, stamps
    from .past import State, as_of, touched
    from .pool import pooled
    from .relating import related

# Where each name is from. It is loaded when it is asked for: without a store nobody waits half a second for SQLAlchemy.
_FROM = {
    "Engine": "engines", "annotated_on": "engines",
    "hold": "holding",
    "Failure": "local", "annotated": "local", "stamps": "local",
    "State": "past", "as_of": "past", "touched": "past",
    "pooled": "pool",
    "related": "relating",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _FROM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_FROM[name]}", __name__), name)


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
    "stamps",
    "touched",
]
