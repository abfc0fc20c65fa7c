"""One file per format. An exporter is a function from a store to lines of bytes."""

from collections.abc import Callable, Iterator

from ..store import Store
from . import jsonl

EXPORTERS: dict[str, Callable[[Store], Iterator[bytes]]] = {"jsonl": jsonl.export}

__all__ = ["EXPORTERS"]
