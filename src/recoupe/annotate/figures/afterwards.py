"""What the next sentence says of those just counted: "Deux hommes étaient à bord. Ils ont été tués sur le coup"."""

from ...model.records import Measure
from ..tree import Node, Tree
from .making import Found
from .measures import Cue
from .settle import settle
from .words import Lexicon

# What a pronoun is followed for: what befell people.
BEFALLS: frozenset[Measure] = frozenset({"killed", "wounded", "captured", "missing"})


def follow_pronouns(found: list[Found], tree: Tree, words: Lexicon) -> None:
    """Gives people of whom no word of their sentence tells anything what a plural pronoun of the next sentence suffers,
    where they are the only ones counted."""
    for one in found:
        sentence = one.counted.anchor.sentence
        if one.cue is not None or one.measure != "other" or one.low == one.high == 1 or one.quantity.unit:
            continue
        if not one.counts or {words.kind(count) for count in one.counts} != {"people"}:
            continue
        if sentence + 1 >= len(tree.sentences) or sum(o.counted.anchor.sentence == sentence for o in found) > 1:
            continue
        cue = next((cue for verb in tree.sentences[sentence + 1] if (cue := _said_of_them(verb, words))), None)
        if cue is not None:
            one.cue, one.measure = cue, settle(cue, one.counts, words)


def _said_of_them(verb: Node, words: Lexicon) -> Cue | None:
    """The verb as a word of measure, where a pronoun of several is what it befalls."""
    if verb.pos != "VERB":
        return None
    them = [child for child in verb.children if child.pos == "PRON" and child.morph("Number") == "Plur"]
    for child in them:
        roles = {"nsubj:pass": "objects", "obj": "objects", "nsubj": "subjects"}
        role = roles.get(child.dep)
        if child.morph("Person") != "3" or role is None:
            continue
        fitting = [s.measure for s in words.of(verb) if s.role == role and s.measure in BEFALLS]
        if fitting:
            return Cue(verb, tuple(fitting), 1.0, role)
    return None
