"""Who does what a verb says: its subject, its agent, those of its governor."""

from ..tree import Node


def doer_of(cue: Node, anchor: Node) -> Node | None:
    """Who does what the verb says: the agent of a passive, the subject of an active one, of its governor's where it
    has none ("a pu détruire", "tuant 12 personnes")."""
    agent = cue.find("obl:agent")
    if agent is not None:
        return agent
    node: Node | None = cue
    below = cue
    if cue.dep in ("acl", "amod") and cue.morph("Tense") == "Pres" and cue.left is not None and cue.left.text == ",":
        verb = _governing(cue)  # "elle a tiré sur trois avions, blessant une passagère"
        return doer_of(verb, anchor) if verb is not None else None
    for _ in range(3):
        if node is None or node.pos not in ("VERB", "AUX", "NOUN", "ADJ"):
            return None
        subject = subject_of(node)
        if node.find("nsubj:pass") is not None:
            return None
        if node is not cue and (accused := _accused(node, below)) is not None:
            return accused if accused.pos != "PRON" else None
        if subject is not None:
            if subject.morph("PronType") == "Rel" and node.dep.startswith("acl"):
                subject = node.head or subject  # "la France, qui a livré 18 canons"
                led = subject.find("case") is not None  # "dans le nord du pays, qui a tué": what kills is farther up
                return None if led or subject.pos not in ("NOUN", "PROPN") or subject is anchor else subject
            own = subject is anchor or any(child is anchor for child in subject.subtree())
            return None if own or (subject.pos == "PRON" and not is_personal(subject)) else subject
        if node.dep not in ("xcomp", "advcl", "conj", "acl"):
            return None
        below, node = node, node.head
    return None


def subject_of(verb: Node) -> Node | None:
    """The nearest subject before a verb, else the one behind it: the parser may take the place of a dateline for one
    ("NAIROBI, March 11 (Reuters) - The army shelled …")."""
    found = [child for child in verb.children if child.dep.startswith("nsubj") and child.dep != "nsubj:pass"]
    return max(found, key=lambda child: (child.i < verb.i, child.i), default=None)


def _governing(participle: Node) -> Node | None:
    """The nearest verb before a participle that has a subject."""
    node = participle.left
    while node is not None and node.sentence == participle.sentence:
        if node.pos == "VERB" and any(child.dep.startswith("nsubj") for child in node.children):
            return node
        node = node.left
    return None


def is_personal(pronoun: Node) -> bool:
    """Whether a pronoun stands for someone told of before."""
    return pronoun.morph("Person") == "3" and pronoun.morph("PronType") in ("", "Prs")


def _accused(verb: Node, infinitive: Node) -> Node | None:
    """The object that does what the infinitive after it says: "accuse l'Ukraine d'avoir exécuté"."""
    object_ = next((c for c in verb.children if c.dep in ("obj", "iobj") and c.i < infinitive.i), None)
    fits = infinitive.dep in ("xcomp", "ccomp") and object_ is not None
    return object_ if fits and object_ is not None and (object_.i > verb.i or object_.pos == "PRON") else None
