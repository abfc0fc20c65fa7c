"""Counts whose noun was said before: "375 insurgés ont été tués et 193 blessés"."""

from ...model.records import Span
from ..tree import Node
from .lexicon import Lexicon

# Tokens between two participles that share their noun: an aside, a conjunction, the bounds of a number.
BETWEEN = 8


def counted(node: Node, lexicon: Lexicon) -> Span | None:
    """The number right before a participle, where the participle before has its noun."""
    last = node.left
    if last is None or not is_number(last) or last.sentence != node.sentence or lexicon.is_verb(node, lexicon.unmoved):
        return None
    first = last
    while first.left is not None and is_number(first.left) and first.left.sentence == node.sentence:
        first = first.left
    for other in reversed(node.tree.nodes[max(0, first.i - BETWEEN) : first.i]):
        if other.sentence != node.sentence or other.lower in (";", ":"):
            return None
        if other.morph("VerbForm"):
            toll = any(rule.type == "casualties" for _, rule in lexicon.rules(other)) and other.find("obj") is None
            return (first.start, last.end) if toll and other.morph("VerbForm") == "Part" else None
    return None


def is_number(node: Node) -> bool:
    """Whether a token is a number in digits or words."""
    return node.pos == "NUM" or node.text[0].isdigit()
