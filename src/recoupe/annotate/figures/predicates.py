"""What people are said to be: a number as predicate, or the subject of one."""

from collections.abc import Sequence

from ..tree import Node
from .counted import Counted
from .making import Found
from .quantities import Quantity
from .words import Lexicon


def said_of(counted: Counted, inside: Sequence[Node], words: Lexicon) -> Counted | None:
    """People that a bare number is said of: "les assaillants étaient environ 800". `inside`: its tokens."""
    verb, after = inside[0].left, inside[-1].right
    noun = verb.left if verb is not None and verb.pos == "AUX" else None
    if counted.nouns or noun is None or noun.pos != "NOUN" or not noun.dep.startswith("nsubj"):
        return None
    ends = after is None or after.pos in ("PUNCT", "CCONJ") or after.sentence != noun.sentence
    return Counted(noun, [noun]) if ends and words.kind(noun.lemma) == "people" else None


def said_to_be(
    quantity: Quantity, counted: Counted, inside: Sequence[Node], last: Found | None, words: Lexicon
) -> Counted | None:
    """What so many of the people of the figure before are said to be: "40 personnes ont été tuées ; douze étaient des
    enfants". `inside`: the number's tokens."""
    verb = inside[-1].right
    noun = verb.right if verb is not None and verb.pos == "AUX" else None
    noun = noun.right if noun is not None and noun.pos == "DET" else noun
    if counted.nouns or noun is None or noun.pos != "NOUN" or noun.morph("Number") != "Plur" or last is None:
        return None
    near = inside[0].sentence - last.counted.anchor.sentence <= 1 and not last.counted.part
    people = {words.kind(word) for word in (noun.lemma, *last.counts)} == {"people"}
    smaller = last.low is None or quantity.low is None or quantity.low < last.low
    return Counted(noun, [noun]) if near and people and smaller else None
