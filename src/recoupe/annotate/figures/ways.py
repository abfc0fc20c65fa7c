"""The ways through the tree from what is counted to the words around it."""

from ..tree import Node, Tree
from .words import Lexicon

# What a step costs on the way through the tree. Between joined nouns the way is free: they share their verb.
STEP, JOINED, OUTWARD = 1.0, 0.1, 1.5
# Beyond this no word is held to be about the number. Found on the developers' articles.
FARTHEST = 4.0
# How far an adjective or joined participle may stand from its noun, in words.
NEAR = 5
# How many words a relative clause beside its noun is read for.
CLAUSE = 9
# How many words an aside between a noun and its verb has: "sept autres, dont deux enfants en bas âge,".
ASIDE = 8
VERBAL = ("VERB", "AUX")
NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET")


def leader(noun: Node) -> Node | None:
    """The word before a noun, its article, number and adjectives aside."""
    led = noun.left
    while led is not None and led.pos in ("DET", "ADJ", "NUM"):
        led = led.left
    return led


def ways_above(
    own: set[int], unit: set[int], tree: Tree, bare: bool, words: Lexicon
) -> tuple[dict[int, tuple[float, str]], set[int]]:
    """The nodes above what is counted, by the cost of the way there and its last label; and those of them that govern
    another noun, of which what is counted is the complement. `own` are its nouns, `unit` those with the number, `bare`
    where no preposition leads."""
    found: dict[int, tuple[float, str]] = {}
    governing: set[int] = set()
    for start in sorted(own):
        node, cost, label, beyond = tree.nodes[start], 0.0, "", False
        own_verb = verb_behind_aside(node)
        for above in (own_verb, *own_verb.ancestors()) if own_verb is not None else node.ancestors():
            if beyond:
                governing.add(above.i)
            if node.dep == "nmod" and above.i not in unit and above.pos in ("NOUN", "PROPN"):
                led = not bare if node.i in unit else node.find("case") is not None
                beyond = beyond or (led and not words.is_group(above))
            if above.i in unit:
                pass
            elif above is own_verb:
                cost, label = cost + STEP, "nsubj:pass" if above.find("aux:pass") is not None else "nsubj"
            elif node.dep in ("conj", "appos", "nummod", "flat", "fixed", "dep") and above.pos in NOMINAL:
                cost += JOINED
            elif node.dep == "conj" and above.pos in ("VERB", "AUX") and node.pos in ("VERB", "AUX"):
                cost, label = cost + 2 * OUTWARD, node.dep  # what one verb governs the one joined before it does not
            elif node.dep in ("ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj"):
                cost, label = cost + OUTWARD, node.dep
            else:
                cost, label = cost + STEP, node.dep
            if above.i not in unit and (above.i not in found or cost < found[above.i][0]):
                found[above.i] = (cost, label)
            if cost > FARTHEST:
                break
            node = above
    return found, governing


def verb_behind_aside(node: Node) -> Node | None:
    """The verb that a noun has behind an aside, where the parse joins the noun to the verb before: "quatre ont péri et
    sept autres, dont deux enfants, restent introuvables"."""
    if node.dep == "nummod" and node.head is not None:
        node = node.head  # "sept autres": the bare number is counted
    head, nodes = node.head, node.tree.nodes
    joined = node.dep == "conj" and head is not None and head.pos in VERBAL and head.i < node.i
    if not joined or node.i + 1 >= len(nodes) or nodes[node.i + 1].text != ",":
        return None
    aside = nodes[node.i + 2 : node.i + 2 + ASIDE]
    closing = next((each for each in aside if each.text == ","), None)
    if closing is None or any(each.pos in VERBAL for each in nodes[node.i + 2 : closing.i]):
        return None
    first = nodes[closing.i + 1] if closing.i + 1 < len(nodes) else None
    if first is None or first.pos not in VERBAL or first.morph("VerbForm") != "Fin":
        return None
    verb = first.head if first.dep.startswith(("aux", "cop")) and first.head is not None else first
    return verb if verb.find("nsubj", "nsubj:pass") is None else None


def relative_clause(last: int, ways: dict[int, tuple[float, str]], tree: Tree) -> range:
    """The words of a relative clause that begins right after the noun."""
    nodes = tree.nodes
    first = nodes[last].right
    for _ in range(NEAR):  # "missiles de croisière que", "drones explosifs que"
        if first is not None and first.pos in ("ADJ", "ADP", "NOUN", "PROPN"):
            first = first.right
    if first is None or not (first.morph("PronType") == "Rel" or first.pos == "SCONJ"):
        return range(0)
    end = first.i + 1
    while end < len(nodes) and end - first.i < CLAUSE and nodes[end].pos != "PUNCT":
        head = nodes[end].head
        if end in ways or (nodes[end].pos == "AUX" and head is not None and head.i in ways):
            break  # "qui patrouillaient ont été tués": the verb of the sentence again
        end += 1
    return range(first.i + 1, end)
