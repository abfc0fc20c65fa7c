"""One measure of those that a word may mean, by what is counted."""

from ...lang.numerals.numeral import folded
from ...model.records import Measure
from .lists import Sense
from .measures import Cue
from .words import Lexicon

PEOPLE: frozenset[Measure] = frozenset(
    {"killed", "wounded", "captured", "missing", "displaced", "affected", "casualties", "deployed"}
)
THINGS: frozenset[Measure] = frozenset({"destroyed", "damaged", "intercepted", "launched", "delivered", "lost"})


def settle(cue: Cue, counts: tuple[str, ...], words: Lexicon) -> Measure:
    """One measure of those a word may mean, by what is counted: an aircraft shot down is no person shot."""
    kinds = {words.kind(count) for count in counts} or {"people"}
    people = kinds == {"people"}
    possible = PEOPLE if "people" in kinds else THINGS
    measure = next((measure for measure in cue.measures if measure in possible), cue.measures[0])
    if any(folded(count) in words.words.sides.operations for count in counts):
        return "other"  # attacks are made, repelled, told of; they are nothing that is launched or destroyed
    if measure == "launched" and cue.role == "subjects" and not kinds & {"projectiles", "aircraft"}:
        return "other"  # "trois villages sont tombés", "deux hommes ont frappé un passant"
    if cue.role == "means" and not kinds & {"projectiles", "aircraft"}:
        return "deployed"  # "attaquer avec 20 chars"
    if measure == "lost":
        return "killed" if people else "lost" if "people" in kinds else "destroyed"
    if measure == "killed" and kinds & {"projectiles", "aircraft", "buildings"} and "people" not in kinds:
        measure = "destroyed"
    if measure == "destroyed":
        return "intercepted" if kinds == {"projectiles"} else "killed" if people else "destroyed"
    if measure == "missing" and "people" not in kinds and "missing" in cue.measures and cue.role == "subjects":
        return "other"  # "il manque 250 postes"
    unforced = {"displaced": words.words.counted.nationals, "deployed": words.words.counted.crowds}
    plain = {folded(count) for count in counts}
    if plain and plain <= unforced.get(measure, frozenset()):
        return "other"
    if measure == "deployed" and plain and plain <= words.states("displaced"):
        return "displaced"  # "65 000 réfugiés sont arrivés"
    if measure == "delivered" and plain & words.words.counted.formations:
        return "deployed"
    if measure == "wounded" and "people" not in kinds:
        return "damaged"
    if (
        measure == "captured"
        and cue.role == "objects"
        and kinds == {"things"}
        and not plain & words.words.sides.military
    ):
        return "other"  # drugs and papers are seized, not captured
    if measure == "displaced" and kinds & {"projectiles", "aircraft"}:
        return "deployed"
    swapped: dict[Measure, Measure] = {"damaged": "affected", "launched": "deployed", "intercepted": "other"}
    if people and measure in swapped:
        return swapped[measure]
    if people and measure == "delivered":
        return "deployed" if "deployed" in cue.measures else "other"
    return measure


def joined_measure(cue: Cue, measure: Measure, cues: dict[int, list[Sense]]) -> Measure:
    """Killed and wounded in one ("tués et blessés") are casualties."""
    if measure not in ("killed", "wounded"):
        return measure
    other = "wounded" if measure == "killed" else "killed"
    joined = [child for child in cue.node.children if child.dep == "conj"]
    if cue.node.dep == "conj" and cue.node.head is not None:
        joined.append(cue.node.head)
    for node in joined:
        if abs(node.i - cue.node.i) <= 2 and any(sense.measure == other for sense in cues.get(node.i, ())):
            return "casualties"
    return measure
