"""What stands between commas beside a number: a part of what it counts, or who says it."""

from ...lang.numerals.numeral import folded
from ..tree import Node, Tree
from .counted import Counted
from .quantities import Quantity
from .words import Lexicon

# How many characters, and how many tokens, introduce a part: ", parmi lesquels des femmes et au moins".
LEAD, NEAREST = 64, 5
# How many tokens say who says it: ", a indiqué jeudi le porte-parole de l'armée,".
SAID = 12


def is_introduced(quantity: Quantity, text: str, words: Lexicon) -> bool:
    """Whether "dont", "including" or the like stands right before a number. `text` is the paragraph's."""
    return _introduced(quantity, text, words) is not None


def _introduced(quantity: Quantity, text: str, words: Lexicon) -> int | None:
    """The length of what introduces a number as a part."""
    found = words.dont.search(folded(text[max(0, quantity.start - LEAD) : quantity.start]))
    return len(found.group()) if found else None


def inserted(part: Quantity | None, tree: Tree, text: str, words: Lexicon) -> range:
    """The words of a part between commas that has a verb of its own: "45 drones, dont 38 ont été abattus,"."""
    if part is None:
        return range(0)
    nodes, length = tree.nodes, _introduced(part, text, words)
    inside = tree.within((part.start + tree.start, part.end + tree.start))
    after = inside[-1].right if inside else None
    comma = length is not None and "," in text[max(0, part.start - length - 2) : part.start]
    if after is None or after.pos not in ("AUX", "VERB") or not comma:
        return range(0)
    end = after.i
    while end < len(nodes) and nodes[end].pos != "PUNCT":
        end += 1
    return range(after.i, end)


def verbless(part: Quantity | None, tree: Tree) -> range:
    """The words of a part between commas that has no verb: "25 civils, parmi lesquels dix enfants, ont péri"."""
    if part is None:
        return range(0)
    nodes = tree.nodes
    inside = tree.within((part.start + tree.start, part.end + tree.start))
    start, end = inside[0].i, inside[-1].i
    while start and nodes[start].text != "," and inside[0].i - start < NEAREST:
        start -= 1
    while end < len(nodes) and nodes[end].text != "," and nodes[end].pos not in ("VERB", "AUX"):
        end += 1
    closed = end < len(nodes) and nodes[end].text == "," and nodes[start].text == ","
    return range(start, end + 1) if closed else range(0)


def incise(counted: Counted) -> range:
    """The words between commas that say who says it: "trois hommes, a dit le juge, ont été arrêtés"."""
    nodes = counted.anchor.tree.nodes
    first = counted.nouns[-1].i + 1 if counted.nouns else counted.anchor.i + 1
    if first >= len(nodes) or not is_inverted(nodes[first]):
        return range(0)
    last = next((n.i for n in nodes[first + 1 : first + SAID] if n.text == ","), None)
    after = nodes[last].right if last is not None else None
    if last is None or after is None or after.pos not in ("VERB", "AUX") or after.morph("VerbForm") != "Fin":
        return range(0)
    return range(first, last + 1)


def is_inverted(comma: Node | None) -> bool:
    """Whether a comma opens the words of who says it, the verb before its subject: "; 84, assurait un bénévole"."""
    first = comma.right if comma is not None and comma.text == "," else None
    verb = first
    while verb is not None and verb.pos in ("AUX", "PRON"):
        verb = verb.right
    if first is None or verb is None or verb.pos != "VERB" or not _is_finite(verb):
        return False
    # The parser may take the subject for an object.
    return any(one.i > first.i for one in verb.all("nsubj", "obj", "expl:subj"))


def _is_finite(verb: Node) -> bool:
    tense = verb.find("aux:tense")
    return (tense or verb).morph("VerbForm") == "Fin"
