"""The articles, their records, what stands between them, and the parses: in a file, or in a database that is shared."""

from . import reviews
from .backends import holds_password
from .outward import Outward, entity_of, stand
from .search import Found, Search
from .store import Store
from .transaction import Transaction
from .verify import digest, verify

__all__ = [
    "Found",
    "Outward",
    "Search",
    "Store",
    "Transaction",
    "digest",
    "entity_of",
    "holds_password",
    "reviews",
    "stand",
    "verify",
]
