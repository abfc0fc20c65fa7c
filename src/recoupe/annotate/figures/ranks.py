"""The noun that says in whose ranks people were: "deux morts dans ses rangs", "côté rebelle, vingt tués"."""

from ..tree import Node
from .making import Found
from .words import Lexicon

# How far from a number the words "in its ranks" may stand.
RANKS = 6
# And how far where but numbers and their nouns stand between.
FAR = 12
JOINED = ("NOUN", "NUM", "ADP", "CCONJ", "DET", "ADJ")


class Ranks:
    """Finds the noun of ranks beside a number."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words

    def of(self, one: Found) -> Node | None:
        """The noun of "in its ranks" near the number."""
        last = one.counted.nouns[-1] if one.counted.nouns else one.counted.anchor
        near = [*one.tree.sentences[last.sentence][:1], *one.tree.nodes[max(0, last.i - RANKS) : last.i + RANKS]]
        node = near[-1].right
        while node is not None and node.pos in JOINED and node.i - last.i < FAR:
            near.append(node)  # "70 000 morts et de 100 000 à 120 000 blessés côté ukrainien"
            node = node.right
        found = next((node for node in near if node.sentence == last.sentence and self._is_rank(node)), None)
        if found is None or found.i > last.i:
            return found
        before = [node for node in one.tree.nodes[max(0, found.i - RANKS) : found.i] if node.sentence == found.sentence]
        counted = any(self.words.known[node.form].opens in ("number", "digits") for node in before)
        return None if counted else found  # "dix morts dans les rangs rebelles, contre deux soldats tués"

    def _is_rank(self, node: Node) -> bool:
        lemma, sides = self.words.lemma(node), self.words.words.sides
        if lemma not in sides.ranks and lemma not in sides.troops:
            return False
        owned = node.left is not None and self.words.plain(node.left) in sides.possessives
        led = node.left.left if owned and node.left is not None else None
        if led is not None and self.words.plain(led) in self.words.words.counted.of:
            return False  # "de leur côté"
        return lemma in sides.ranks or (owned and lemma in sides.troops)
