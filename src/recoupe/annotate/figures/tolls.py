"""What a bare number is the number of: the noun of its toll, before it or after it."""

from ...lang.numerals.numeral import folded
from ..tree import Node
from .counted import Counted
from .words import Lexicon


def toll_of(counted: Counted, inside: list[Node], words: Lexicon) -> Counted | None:
    """For a bare number, the noun it is the number of: "le nombre de morts dépasse 100 000", "le bilan est de 46"."""
    node, number = counted.anchor, {one.i for one in inside}
    for above in (node, *node.ancestors()):
        for child in (above, *above.children):
            if child.sentence != node.sentence or child.i >= node.i:
                continue
            lemma = folded(child.lemma)
            if lemma in words.words.counted.tolls:
                return Counted(child, [])
            if lemma in words.words.counted.counters:
                for of in child.children:
                    fits = of.pos in ("NOUN", "ADJ") or bool(words.of(of))
                    if of.dep == "nmod" and of.i < node.i and of.i not in number and fits:
                        return Counted(of, [of])
    return None


def named_toll(named: Node | None, words: Lexicon) -> Counted | None:
    """What a noun of number after the number is the number of: "portant à 240 le nombre de morts"."""
    if named is None:
        return None
    of = next((child for child in named.children if child.dep == "nmod" and child.pos in ("NOUN", "ADJ")), None)
    if of is not None and folded(named.lemma) in words.words.counted.counters:
        return Counted(of, [of])
    return Counted(named, []) if folded(named.lemma) in words.words.counted.tolls else None
