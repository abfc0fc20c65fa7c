"""Conjunctions behind a cue that open no clause of its own."""

from .cues import Cue
from .passage import NOMINAL, VERBAL, Passage


def unsaid(passage: Passage, first: int, i: int) -> bool:
    """Whether conjunction i belongs to an infinitive that says what was not done ("a parlé sans confirmer que")."""
    for k in range(i - 1, first - 1, -1):
        if passage.words[k] == ",":
            return False
        if passage.words[k] in passage.lex.words.without:
            return any(node.morph("VerbForm") == "Inf" for node in passage.nodes[k:i])
    return False


def told_before(passage: Passage, cue: Cue, i: int) -> bool:
    """Whether the clause before a cue is what was said, and conjunction i, behind its subject, opens a relative clause
    ("Un drone est tombé, ont dit des gens du quartier que la police a évacué")."""
    subject = cue.node.find("nsubj", "nsubj:pass", "expl:subj")
    if passage.word(cue.first - 1) != "," or i == cue.after or (subject is not None and subject.i < cue.first):
        return False
    before = passage.between(passage.unit_at(cue.span[0])[0], passage.nodes[cue.first].start)
    told = any(node.morph("VerbForm") == "Fin" and node.pos in VERBAL for node in before)
    return told and passage.nodes[cue.after].pos in ("DET", "PROPN", "NUM") and passage.nodes[i - 1].pos in NOMINAL
