"""What happened to what is counted: the word that says so is looked for in the tree around it.

Every word of a measure in the sentence is a candidate; it must stand to what is counted as its role asks (a verb's
object or passive subject, a noun's complement …), and the one with the shortest way wins.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ...lang.numerals.numeral import folded
from ...model.records import Measure
from ..tree import Node
from .counted import Counted
from .words import Lexicon, Sense, classes

# What a step costs on the way through the tree. Between joined nouns the way is free: they share their verb.
STEP, JOINED, OUTWARD = 1.0, 0.1, 1.5
# Beyond this no word is held to be about the number. Found on the developers' articles.
FARTHEST = 4.0
# The same without the tree: a base, and each word on the way.
LINEAR, WORD = 2.0, 0.15
PEOPLE: frozenset[Measure] = frozenset(
    {"killed", "wounded", "captured", "missing", "displaced", "affected", "casualties", "deployed"}
)
THINGS: frozenset[Measure] = frozenset({"destroyed", "damaged", "intercepted", "launched", "delivered", "lost"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that gives a measure, how far it is, and whether what is counted suffers or does it."""

    node: Node
    measures: tuple[Measure, ...]
    cost: float
    role: str


def find_cue(counted: Counted, words: Lexicon, cues: dict[int, list[Sense]]) -> Cue | None:
    """The nearest word that fits, None where there is none. `cues` are the senses of the paragraph's tokens."""
    best: Cue | None = None
    own = {node.i for node in counted.nouns} or {counted.anchor.i}
    ways = _ways(counted.anchor)
    for i, senses in cues.items():
        node = counted.anchor.tree.nodes[i]
        if node.sentence != counted.anchor.sentence:
            continue
        fitting = [(sense, cost) for sense in senses if (cost := _cost(counted, own, node, sense, ways)) is not None]
        if not fitting:
            continue
        least = min(cost for _, cost in fitting)
        if least <= FARTHEST and (best is None or least < best.cost):
            chosen = [sense for sense, cost in fitting if cost == least]
            best = Cue(node, tuple(sense.measure for sense in chosen), least, chosen[0].role)
    return best


def _ways(anchor: Node) -> dict[int, tuple[float, str]]:
    """The nodes above what is counted: the cost of the way there, and its last label."""
    found: dict[int, tuple[float, str]] = {}
    node, cost, label = anchor, 0.0, anchor.dep
    for above in anchor.ancestors():
        nominal = above.pos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ")
        if node.dep in ("conj", "appos", "nummod", "flat", "fixed", "flat:name", "dep") and nominal:
            cost += JOINED
        elif node.dep == "nmod" and node is anchor and nominal:
            cost += STEP
        elif node.dep in ("ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj"):
            cost += OUTWARD
            label = node.dep
        else:
            cost += STEP
            label = node.dep
        found[above.i] = (cost, label)
        node = above
    return found


def _cost(
    counted: Counted, own: set[int], node: Node, sense: Sense, ways: dict[int, tuple[float, str]]
) -> float | None:
    """How far a word is from what is counted, None where it does not stand in its role to it."""
    anchor = counted.anchor
    if node.i in own:
        return 0.0 if counted.nouns and sense.role in ("nouns", "adjectives") else None
    if sense.role == "nouns":
        return None
    if sense.role == "acts":
        return _act_cost(anchor, node, ways)
    if node.head is not None and node.head.i in own:
        return _modifier_cost(anchor, node, sense)
    if node.i in ways:
        cost, label = ways[node.i]
        return cost if _stands(anchor, node, sense, label) else None
    return _linear_cost(counted, node, sense)


def _act_cost(anchor: Node, node: Node, ways: dict[int, tuple[float, str]]) -> float | None:
    """ "la mort de 12 personnes": the number's noun hangs on the act's."""
    if node.i >= anchor.i or node.i not in ways:
        return None
    cost, _ = ways[node.i]
    return cost if cost <= 2 and node.pos in ("NOUN", "PROPN") else None


def _modifier_cost(anchor: Node, node: Node, sense: Sense) -> float | None:
    """ "30 chars détruits", "véhicules qui ont explosé", "drones que la Russie a lancés"."""
    if node.dep in ("acl:relcl", "acl"):
        has_subject = any(child.dep.startswith("nsubj") and child.pos != "PRON" for child in node.children)
        if sense.role == "subjects":
            return None if has_subject else 0.5
        if sense.role == "adjectives":
            return 0.5
        active = _is_active(node)
        return 0.5 if has_subject or not active or node.dep == "acl" else None
    if node.dep in ("amod", "appos", "nmod", "conj", "xcomp", "compound"):
        return 0.5 if sense.role != "subjects" or node.morph("VerbForm") == "Part" else None
    if node.dep in ("nsubj", "nsubj:pass", "csubj"):
        return None
    return 1.0 if sense.role in ("adjectives", "objects") and node.i > anchor.i else None


def _is_active(node: Node) -> bool:
    """Whether a verb form is active: finite, or with an auxiliary that is not the passive's."""
    passive = any(child.dep == "aux:pass" for child in node.children)
    if passive:
        return False
    helped = any(child.dep.startswith("aux") for child in node.children)
    return node.pos in ("VERB", "AUX") and (helped or node.morph("VerbForm") != "Part" or node.morph("Tense") == "Pres")


def _stands(anchor: Node, node: Node, sense: Sense, label: str) -> bool:
    """Whether what is counted stands to a word above it as the sense's role asks."""
    after = anchor.i > node.i
    if sense.role == "subjects":
        own_subject = any(child.dep.startswith("nsubj") and child.i < node.i for child in node.children)
        return not after or not own_subject
    if sense.role == "adjectives":
        return not after and label.startswith("nsubj")
    if label == "obl:agent":
        return False
    if sense.paired and after:
        return True
    if not after:
        has_object = any(child.dep in ("obj", "iobj") and child.i > node.i for child in node.children)
        return label == "nsubj:pass" or not (_is_active(node) or has_object)
    if label.startswith("obl") or label in ("nmod", "advcl", "acl"):
        return _is_bare(anchor)
    return _is_active(node) or label in ("obj", "xcomp", "nsubj:pass", "conj")


def _is_bare(anchor: Node) -> bool:
    """Whether no preposition stands on what is counted (the number's own "de" aside)."""
    return not any(child.dep == "case" and child.i < anchor.i for child in _first_quantity(anchor))


def _first_quantity(anchor: Node) -> Iterator[Node]:
    yield from anchor.children


def _linear_cost(counted: Counted, node: Node, sense: Sense) -> float | None:
    """The same clause read as a row of words, for where the tree goes wrong."""
    anchor = counted.anchor
    first, last = sorted((anchor.i, node.i))
    between = anchor.tree.nodes[first + 1 : last]
    if any(
        token.pos in ("SCONJ",) or token.text in (";", ":", ".", "(", ")") or token.pos == "VERB" for token in between
    ):
        return None
    if sense.role == "adjectives" and not (node.i > anchor.i and node.i - anchor.i <= 3):
        return None
    if node.i > anchor.i:
        if sense.role == "objects" and _is_active(node):
            return None
    elif sense.role != "objects" or not _is_active(node) or not _is_bare(anchor):
        return None
    if any(token.pos == "PUNCT" for token in between) and len(between) > 4:
        return None
    return LINEAR + WORD * len(between)


def settle(cue: Cue, counted: Counted, words: Lexicon) -> Measure:
    """One measure of those a word may mean, by what is counted: an aircraft shot down is no person shot."""
    lemmas = [node.lemma for node in counted.nouns]
    kinds = set(classes(words.words.counted, lemmas)) or {"people"}
    possible = PEOPLE if "people" in kinds else THINGS
    measure = next((measure for measure in cue.measures if measure in possible), cue.measures[0])
    if measure == "lost":
        return "killed" if kinds == {"people"} else "lost" if "people" in kinds else "destroyed"
    if measure == "killed" and "people" not in kinds and kinds & {"projectiles", "aircraft", "buildings"}:
        measure = "destroyed"
    if measure == "destroyed":
        if kinds == {"projectiles"}:
            return "intercepted"
        return "killed" if kinds == {"people"} else "destroyed"
    if measure == "intercepted" and "people" in kinds:
        return "other"
    if measure == "damaged" and kinds == {"people"}:
        return "affected"
    if measure == "launched" and kinds == {"people"}:
        return "deployed"
    if measure == "displaced" and kinds & {"projectiles", "aircraft"}:
        return "deployed"
    if measure == "delivered" and kinds == {"people"}:
        return "deployed" if "deployed" in cue.measures else "other"
    return measure


def joined_measure(cue: Cue, measure: Measure, cues: dict[int, list[Sense]]) -> Measure:
    """Killed and wounded in one ("tués et blessés") are casualties."""
    if measure not in ("killed", "wounded"):
        return measure
    other = "wounded" if measure == "killed" else "killed"
    for node in (
        *cue.node.children,
        *([cue.node.head] if cue.node.head is not None and cue.node.dep == "conj" else []),
    ):
        if node.dep != "conj" and node is not cue.node.head:
            continue
        if abs(node.i - cue.node.i) <= 2 and any(sense.measure == other for sense in cues.get(node.i, ())):
            return "casualties"
    return measure


def is_known(node: Node, listed: frozenset[str]) -> bool:
    """Whether a token's lemma is in a list of folded lemmas."""
    return folded(node.lemma) in listed
