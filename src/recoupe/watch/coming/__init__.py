"""Coming in: articles of feeds, sitemaps, pages and folders, taken into a store as they appear."""

from .schedule import Clock, Settings
from .watcher import Watcher

__all__ = ["Clock", "Settings", "Watcher"]
