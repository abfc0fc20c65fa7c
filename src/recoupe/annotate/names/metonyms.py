"""When a capital stands for its government: "Moscou a accusé", not "à Moscou"."""

from ..tree import Node
from .words import Lexicon

SUBJECTS = ("nsubj", "csubj", "expl:subj")
OBLIQUE = ("case", "mark")
JOINED = ("conj", "flat:name", "appos")
DASH = "-"  # as every dash is written in normalised text
# The names that one conjunction after another joins; beyond, it is no sentence.
LONGEST_LIST = 8
# The words that may stand between two commas behind a name.
CLAUSE = 12


def acts(node: Node, lexicon: Lexicon) -> bool:
    """Whether the name at this token is someone who acts, speaks or is dealt with, and not a place."""
    for _ in range(LONGEST_LIST):
        joined = node.head is not None and node.dep in JOINED
        if _acts_alone(node, lexicon) or ((joined or node.head is None) and _hanging(node, lexicon)):
            return True
        if not joined or node.head is None or node.head.pos not in ("PROPN", "NOUN") or node.find(*OBLIQUE):
            return False
        node = node.head
    return False


def _acts_alone(node: Node, lexicon: Lexicon) -> bool:
    metonyms, head = lexicon.lists.metonyms, node.head
    if _spoke(node, lexicon) or _says_so(node, lexicon):
        return True
    if head is None or (node.i == 0 and any(other.text == DASH for other in node.tree.nodes[1 : head.i])):
        return False  # "NAIROBI, 3 mai (Agence) - Le ministre a dit": where the article was written
    if any(child.dep == "acl" and child.lemma in metonyms.as_town for child in node.children):
        return False
    if any(child.dep == "acl:relcl" and _tells(child, lexicon) for child in node.children):
        return True  # "Bakou, qui reconnaît des pertes"
    case = next((child for child in node.children if child.dep in OBLIQUE), None)
    if case is not None:
        return _oblique(node, case, lexicon)
    if node.dep in JOINED:
        return False
    active = node.dep == "nsubj:pass" and head.find("aux:pass") is None and head.find("obj") is not None
    if node.dep in SUBJECTS or active:
        return head.pos in ("VERB", "AUX", "ADJ") and not (head.lemma in metonyms.as_town and _passive(head))
    if node.dep == "nsubj:pass":
        return head.lemma in metonyms.persuading
    if node.dep in ("nmod:poss",):
        return head.lemma.lower() in metonyms.belongings
    if head.pos in ("VERB", "AUX"):
        behind = node.start > head.start and not any(child.dep in SUBJECTS for child in head.children)
        return head.lemma in metonyms.persuading or (behind and head.lemma in metonyms.saying)
    return False


def _spoke(node: Node, lexicon: Lexicon) -> bool:
    """Whether the name stands right behind a verb of saying, or behind its day: "a affirmé vendredi Moscou"."""
    before = [other for other in node.tree.nodes[max(0, node.i - 3) : node.i] if other.sentence == node.sentence]
    while before and before[-1].pos in ("NOUN", "ADV", "DET") and before[-1].dep in ("obl:mod", "advmod", "det", "obl"):
        before.pop()
    return bool(before) and before[-1].pos == "VERB" and before[-1].lemma in lexicon.lists.metonyms.saying


def _tells(verb: Node, lexicon: Lexicon) -> bool:
    """Whether someone does it, and no town: a verb of saying or persuading whose subject is "who"."""
    metonyms, subject = lexicon.lists.metonyms, verb.find("nsubj")
    return verb.lemma in metonyms.saying | metonyms.persuading and subject is not None and subject.pos == "PRON"


def _says_so(node: Node, lexicon: Lexicon) -> bool:
    """A first name of a sentence or a headline's half with a verb of saying behind it, whatever the parse makes of it.

    Right behind ("Trêve : Kiev dénonce"), or past what stands between commas ("Kinshasa, comme les experts, affirme").
    """
    left, after = node.left, node.right
    first = left is None or left.sentence != node.sentence or left.text in (":", "-", ";", '"')
    if not first or after is None:
        return False
    if after.text == ",":
        again = next((other for other in node.tree.nodes[after.i + 1 : after.i + CLAUSE] if other.text == ","), None)
        after = again.right if again is not None else None
    while (
        after is not None and after.pos in ("PRON", "ADV", "AUX", "PART") and after.i < node.i + CLAUSE + LONGEST_LIST
    ):
        if after.dep == "aux:pass":
            return False
        after = after.right
    said = after is not None and after.pos == "VERB" and after.lemma in lexicon.lists.metonyms.saying
    return said and after is not None and after.find("nsubj") in (None, node)


def _hanging(node: Node, lexicon: Lexicon) -> bool:
    """A subject that the parse leaves hanging: "Londres et Washington ont riposté" with the first name as root.

    Told by its surface: names joined by a conjunction, no preposition before them, a verb that is no town's behind.
    """
    nodes, first, last = node.tree.nodes, node.i, node.i
    while (
        first > max(1, node.i - 2 * LONGEST_LIST)
        and nodes[first - 1].pos in ("CCONJ", "DET")
        and nodes[first - 2].pos in ("PROPN", "CCONJ")
    ):
        first -= 1 if nodes[first - 1].pos == "DET" else 2
    while last + 2 < len(nodes) and nodes[last + 1].pos == "CCONJ" and last - node.i < 2 * LONGEST_LIST:
        last += 3 if nodes[last + 2].pos == "DET" and last + 3 < len(nodes) else 2
    if first and (nodes[first - 1].pos in ("ADP", "DET", "CCONJ") or nodes[first - 1].text == ","):
        return False
    behind = nodes[last + 1 : last + 5]  # the parse often ends a sentence in between
    while behind and behind[0].pos in ("PRON", "ADV", "PART"):
        behind.pop(0)
    if not behind or behind[0].pos not in ("VERB", "AUX"):
        return False
    verb = next((other for other in behind if other.pos == "VERB"), behind[0])
    finite = behind[0].pos == "AUX" or behind[0].morph("VerbForm") == "Fin"
    return finite and not (verb.lemma in lexicon.lists.metonyms.as_town and _passive(verb))


def _passive(verb: Node) -> bool:
    """Whether a verb that a town undergoes has no object of its own: "Kyiv a été frappée", "Kyiv tombe"."""
    return not any(child.dep in ("obj", "iobj") for child in verb.children)


def _oblique(node: Node, case: Node, lexicon: Lexicon) -> bool:
    metonyms, head = lexicon.lists.metonyms, node.head
    assert head is not None
    two = (case.left.lower if case.left is not None else "") + case.lower  # "d'après" is two words
    if case.lower in metonyms.prepositions or two in metonyms.prepositions:
        return not {head.lemma.lower(), head.lower} & metonyms.routes
    above = [head, *([head.head] if head.head is not None and head.dep == "xcomp" else [])]
    words = {word for item in above for word in (item.lemma.lower(), item.lower)}
    if case.lower in metonyms.of:
        return bool({head.lemma.lower(), head.lower} & metonyms.belongings)
    return case.lower in metonyms.to and bool(words & metonyms.receivers)
