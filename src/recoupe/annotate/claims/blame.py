"""Blame in the words of a claim: a side says what the other side did ("l'ennemi a violé la trêve"), or what its own
side did not do ("nos forces n'ont visé aucun civil")."""

from ...lang.demonyms import demonyms
from ..tree import Node
from .found import Found
from .lexicon import Hostility
from .passage import Passage


def blames(found: Found, head: Node | None) -> bool:
    """Whether the content's main clause has another side than the speaker's do something hostile."""
    passage = found.passage
    if head is None or found.speaker is None:
        return False
    words = passage.lex.words.hostility
    cleft = head.find("cop") is not None and head.find("acl:relcl") is not None
    if cleft and head.pos in ("NOUN", "PROPN"):  # "c'est l'artillerie russe qui a visé la prison"
        relative = head.find("acl:relcl")
        hostile = relative is not None and _hostile(relative, words)
        return hostile and _side(passage, head, words) and not own_side(passage, head, found)
    for verb in _verbs(passage, head):
        subject = verb.find("nsubj")
        if subject is None and verb is not head:
            subject = head.find("nsubj")
        if subject is None:
            continue
        grave = verb.lemma in words.verbs or (_hostile(verb, words) and _grounded(passage))
        if grave and _side(passage, subject, words) and not own_side(passage, subject, found):
            return True
    return False


def clears(found: Found, head: Node | None) -> bool:
    """Whether a negated main clause says that the speaker's own side did nothing hostile, or that nobody was hit."""
    passage = found.passage
    if head is None or found.speaker is None:
        return False
    words = passage.lex.words.hostility
    if not any(_hostile(verb, words) or verb.lemma in words.acts for verb in _verbs(passage, head)):
        return False
    if head.find("nsubj:pass") is not None:
        return True
    subject = head.find("nsubj")
    return subject is not None and own_side(passage, subject, found)


def _verbs(passage: Passage, head: Node) -> list[Node]:
    """The main verb and the infinitive that carries its meaning ("continuent d'utiliser", "ont tenté de prendre")."""
    return [head, *(child for child in head.children if child.dep == "xcomp" and child.pos == "VERB")]


def _grounded(passage: Passage) -> bool:
    """Whether the paragraph tells why an act of war is held against someone: a truce, civilians."""
    pattern = passage.lex.grounds
    return bool(pattern and pattern.search(passage.low))


def _hostile(verb: Node, words: Hostility) -> bool:
    if verb.lemma in words.verbs or verb.lemma in words.routine:
        return True
    objects = [
        child.lemma.lower() for child in verb.children if child.dep in ("obj", "xcomp", "obl:arg", "obl:mod", "obl")
    ]
    return verb.lemma in words.light and any(lemma in words.nouns for lemma in objects)


def _side(passage: Passage, subject: Node, words: Hostility) -> bool:
    """Whether a subject is a side: a country, an army, a group, its people."""
    if subject.lemma.lower() in words.parties or passage.words[subject.i] in words.parties:
        return True
    return subject.ent in ("ORG", "LOC") or demonyms(passage.pack).country(subject.text) is not None


def own_side(passage: Passage, subject: Node, found: Found) -> bool:
    """Whether a subject is the speaker, something of the speaker's, or of the speaker's country."""
    mine = passage.lex.mine
    if any(passage.words[node.i] in mine for node in subject.subtree() if node.i <= subject.i):
        return True
    table = demonyms(passage.pack)
    spoken = passage.between(*found.speaker.span) if found.speaker is not None else []
    lands = {table.country(node.text) for node in spoken} - {None}
    theirs = {table.country(node.text) for node in subject.subtree()} - {None}
    name = found.entity or ""
    return bool(lands & theirs) or any(land and land.split("/")[-1] in name for land in theirs)
