"""The desk: pages and an API over one store, for a browser on the same machine."""

from .app import create

__all__ = ["create"]
