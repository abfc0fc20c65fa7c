"""From bytes to articles: one file per format."""

from .inputs import READERS, chosen, files, read_inputs, read_items
from .naming import safe_name, safe_names
from .problem import HeldBack, Problem, refused

__all__ = [
    "READERS",
    "HeldBack",
    "Problem",
    "chosen",
    "files",
    "read_inputs",
    "read_items",
    "refused",
    "safe_name",
    "safe_names",
]
