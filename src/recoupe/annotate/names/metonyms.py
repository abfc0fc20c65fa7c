"""When a capital stands for its government: "Moscou a accusé", not "à Moscou"."""

from ..tree import Node
from .words import Lexicon

SUBJECTS = ("nsubj", "csubj", "expl:subj")
OBLIQUE = ("case", "mark")


def acts(node: Node | None, lexicon: Lexicon) -> bool:
    """Whether the name at this token is someone who acts, speaks or is dealt with, and not a place."""
    if node is None:
        return False
    metonyms, head = lexicon.lists.metonyms, node.head
    if head is None:
        return _joined(node, lexicon)
    if any(child.dep == "acl" and child.lemma in metonyms.as_town for child in node.children):
        return False
    case = next((child for child in node.children if child.dep in OBLIQUE), None)
    if case is not None:
        return _oblique(node, case, lexicon)
    if node.dep in SUBJECTS:
        return head.pos in ("VERB", "AUX", "ADJ") and not (head.lemma in metonyms.as_town and _passive(head))
    if node.dep == "nsubj:pass":
        return head.lemma in metonyms.persuading
    if node.dep in ("conj", "flat:name", "appos") and head.pos == "PROPN":
        return acts(head, lexicon)
    if node.dep in ("nmod:poss",):
        return head.lemma.lower() in metonyms.belongings
    if head.pos in ("VERB", "AUX"):
        behind = node.start > head.start and not any(child.dep in SUBJECTS for child in head.children)
        return head.lemma in metonyms.persuading or (behind and head.lemma in metonyms.saying)
    return False


def _joined(node: Node, lexicon: Lexicon) -> bool:
    """A first subject that the parse leaves hanging: "Kyiv et l'Occident disent"."""
    if node.right is None or node.right.pos != "CCONJ":
        return False
    partner = next(
        (other for other in node.tree.nodes[node.i + 2 : node.i + 4] if other.pos in ("PROPN", "NOUN")), None
    )
    return partner is not None and partner.dep in SUBJECTS and acts(partner, lexicon)


def _passive(verb: Node) -> bool:
    """Whether a verb that a town undergoes has no object of its own: "Kyiv a été frappée", "Kyiv tombe"."""
    return not any(child.dep in ("obj", "iobj") for child in verb.children)


def _oblique(node: Node, case: Node, lexicon: Lexicon) -> bool:
    metonyms, head = lexicon.lists.metonyms, node.head
    assert head is not None
    if case.lower in metonyms.prepositions:
        return True
    above = [head, *([head.head] if head.head is not None and head.pos in ("VERB", "AUX") else [])]
    words = {word for item in above for word in (item.lemma.lower(), item.lower)}
    if case.lower in metonyms.of:
        return bool({head.lemma.lower(), head.lower} & metonyms.belongings)
    return case.lower in metonyms.to and bool(words & metonyms.receivers)
