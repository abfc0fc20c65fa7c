"""What the form and place of a verb tell beside a number."""

from ..tree import Node
from .words import Lexicon


def verb_before(first: Node, words: Lexicon) -> Node | None:
    """The token right before a number, adverbs and quote marks aside: "blessant légèrement cinq personnes"."""
    node = first.left
    while node is not None and (node.pos == "ADV" or words.plain(node) == '"') and first.i - node.i < 3:
        node = node.left
    return node


def has_own(verb: Node) -> bool:
    """Whether a verb has a subject of its own."""
    return any(child.dep.startswith("nsubj") for child in verb.children)


def is_active(node: Node, words: Lexicon) -> bool:
    """Whether a verb form is active: finite, or with an auxiliary that is not the passive's. A participle without
    auxiliary or object is none, whatever the parser says ("12 killed" in a headline)."""
    if any(child.dep == "aux:pass" for child in node.children):
        return False
    helped = any(child.dep.startswith("aux") for child in node.children)
    if not helped and words.is_participle(node) and not any(child.dep in ("obj", "ccomp") for child in node.children):
        return False
    finite = node.morph("VerbForm") != "Part" or node.morph("Tense") == "Pres"
    return node.pos in ("VERB", "AUX") and (helped or finite)
