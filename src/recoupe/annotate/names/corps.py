"""Organisations named by a capitalised noun and what hangs on it: "Comité international de la Croix-Rouge"."""

from collections.abc import Mapping, Sequence

from ...lang.spelling import is_given
from ..tree import Node, Tree
from .mentions import PATTERN, Mention
from .words import Lexicon

# As many words as the longest of such names have; beyond, the parse has gone astray.
LONGEST = 14


def from_corps(tree: Tree, listed: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """Each capitalised head of an organisation, as far as its noun phrase goes; a listed name inside it goes whole."""
    mentions = []
    ends = {mention.start: mention.end for mention in listed}
    for node in tree.nodes:
        if node.lower not in lexicon.corps or not node.text[0].isupper() or node.text.isupper():
            continue
        last = _last(node, ends, lexicon)
        alone = last is node
        if _begins(node) and (alone or node.right is None or node.right.pos not in ("ADJ", "PROPN")):
            continue  # a sentence's first word has its capital from that
        if alone and (node.pos != "PROPN" and node.ent != "ORG"):
            continue
        first = _first(node)
        known = ends.get(first.start)
        if known is not None and known < last.end and _seated(tree, known, lexicon):
            continue  # "la Ligue arabe au Caire", "les Forces de soutien rapide au Soudan"
        mentions.append(Mention(start=first.start, end=last.end, type="ORG", maker=PATTERN))
    return mentions


def _begins(node: Node) -> bool:
    left = node.left
    return left is None or left.sentence != node.sentence or not left.text[0].isalnum()


def _seated(tree: Tree, end: int, lexicon: Lexicon) -> bool:
    """Whether what stands behind a place in the text says where something is."""
    behind = next((node for node in tree.nodes if node.start >= end), None)
    return behind is not None and behind.lower in lexicon.at


def _first(head: Node) -> Node:
    """The adjective before the head that belongs to the name: "Haut Conseil"."""
    left = head.left
    if left is None or left.pos != "ADJ" or not left.text[0].isupper() or left.sentence != head.sentence:
        return head
    return left if left.end + 1 == head.start else head


def _last(head: Node, ends: Mapping[int, int], lexicon: Lexicon) -> Node:
    """The last word of the name: adjectives, complements, and what is coordinated inside a complement."""
    nodes = head.tree.nodes
    last, i, inside = head, head.i + 1, False
    while i < len(nodes) and i - head.i < LONGEST and nodes[i].sentence == head.sentence:
        node = nodes[i]
        if node.pos in ("ADJ", "PROPN") or (inside and node.pos == "NOUN" and _continues(nodes, i)):
            last, i = node, i + 1
        elif node.lower in lexicon.joiners and (j := _noun_after(nodes, i)) is not None and not _verbal(head, nodes[j]):
            if _other(nodes[j], node, lexicon):
                break
            last, i, inside = nodes[j], j + 1, True
            while i < len(nodes) and nodes[i].start < ends.get(nodes[j].start, 0):
                last, i = nodes[i], i + 1
        elif inside and node.pos in ("CCONJ", "PUNCT") and (j := _joined(nodes, i, head)) is not None:
            last, i = nodes[j], j + 1
        else:
            break
    return last


def _continues(nodes: Sequence[Node], i: int) -> bool:
    return nodes[i - 1].pos in ("ADJ", "PROPN", "NOUN") and nodes[i].text[0].isupper()


def _noun_after(nodes: Sequence[Node], i: int) -> int | None:
    """The noun that a preposition governs, past articles and adjectives."""
    for j in range(i + 1, min(i + 4, len(nodes))):
        if nodes[j].pos in ("NOUN", "PROPN"):
            return j
        if nodes[j].pos not in ("DET", "ADJ", "ADP"):
            return None
    return None


def _other(node: Node, joiner: Node, lexicon: Lexicon) -> bool:
    """Whether what is joined is another name: whose the body is, or where it sits ("de Mahmoud Abbas", "au Caire")."""
    if node.pos != "PROPN":
        return False
    if node.ent == "PER" or is_given(node.text):
        return True
    whole = lexicon.alone(node.text)  # a country belongs to the name: "Force intérimaire des Nations unies au Liban"
    return joiner.lower in lexicon.at and (whole is None or bool(whole.stands_for))


def _verbal(head: Node, node: Node) -> bool:
    """Whether the noun hangs on a verb and not on the name."""
    above = node
    while above.head is not None and above is not head:
        if above.i < head.i:
            return above not in head.ancestors()  # the parse hangs a second name's complement on the first
        if above.head.pos in ("VERB", "AUX"):
            return True
        above = above.head
    return False


def _joined(nodes: Sequence[Node], i: int, head: Node) -> int | None:
    """The noun coordinated after a comma or a conjunction, where the list is one inside the name."""
    for j in range(i + 1, min(i + 4, len(nodes))):
        node = nodes[j]
        if node.pos in ("NOUN", "ADJ") and node.dep == "conj" and node.head is not None and node.head.i > head.i:
            return j if not node.text[0].isupper() else None
        if node.pos not in ("DET", "ADP"):
            return None
    return None
