"""The order of words, which is not in doubt where the parse is."""

from collections.abc import Iterator

from ..tree import Node
from .words import NOMINAL, VERBAL

BARRIERS = frozenset({",", ";", ":", "."})
NAMING = NOMINAL | {"PRON"}


def _inserted(comma: Node) -> bool:
    """Whether a comma belongs to a single word set off by two (", jeudi,")."""
    if comma.lower != ",":
        return False
    after = comma.tree.nodes[comma.i + 1 : comma.i + 3]
    before = comma.tree.nodes[max(0, comma.i - 2) : comma.i]
    return any(len(two) == 2 and two[edge].lower == "," for two, edge in ((after, 1), (before, 0)))


def _begins_clause(other: Node) -> bool:
    """Whether a token is a verb that is no mere qualifier."""
    return other.pos in VERBAL and other.dep not in ("amod", "acl")


def following(node: Node, reach: int = 14) -> Iterator[Node]:
    """The nominals to the right of a trigger up to the next verb or comma: prepositional phrases are often hung on
    the wrong noun, while their order is not in doubt."""
    tokens = node.tree.sentences[node.sentence]
    at = node.i - tokens[0].i
    depth = 0
    for other in tokens[at + 1 : at + 1 + reach]:
        if other.pos in NAMING:
            yield other
        elif other.lower == "(":
            depth += 1
        elif other.lower == ")":
            depth -= 1
        elif depth == 0 and (_begins_clause(other) or (other.lower in BARRIERS and not _inserted(other))):
            return
