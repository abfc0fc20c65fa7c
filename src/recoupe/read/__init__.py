"""From bytes to articles: one file per format."""

from .inputs import READERS, read_inputs
from .naming import safe_name, safe_names
from .problem import HeldBack, Problem, refused

__all__ = ["READERS", "HeldBack", "Problem", "read_inputs", "refused", "safe_name", "safe_names"]
