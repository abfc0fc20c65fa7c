"""One SQLite file (WAL) with the articles, their records, what stands between them, and the parses."""

from . import reviews
from .outward import Outward, entity_of, stand
from .search import Found, Search
from .store import Store
from .transaction import Transaction
from .verify import verify

__all__ = ["Found", "Outward", "Search", "Store", "Transaction", "entity_of", "reviews", "stand", "verify"]
