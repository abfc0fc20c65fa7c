"""One measure of those that a word may mean, by what is counted."""

from ...lang.numerals.numeral import folded
from ...model.records import Measure
from .lists import Sense
from .measures import Cue
from .words import Lexicon

PEOPLE: frozenset[Measure] = frozenset(
    {"killed", "wounded", "captured", "missing", "displaced", "affected", "casualties", "deployed"}
)
# How many words on the second of two joined fates stands: "morts et de blessés".
JOINED = 3
THINGS: frozenset[Measure] = frozenset({"destroyed", "damaged", "intercepted", "launched", "delivered", "lost"})


def settle(cue: Cue, counts: tuple[str, ...], words: Lexicon) -> Measure:
    """One measure of those a word may mean, by what is counted: an aircraft shot down is no person shot."""
    kinds = {words.kind(count) for count in counts} or {"people"}
    plain, lists = {folded(count) for count in counts}, words.words
    people = kinds == {"people"}
    possible = PEOPLE if "people" in kinds else THINGS
    measure = next((measure for measure in cue.measures if measure in possible), cue.measures[0])
    if measure == "killed" and "launched" in cue.measures and not plain & (lists.sides.military | lists.sides.troops):
        return "other"  # a soldier who falls is dead, a child only fell
    if plain & lists.sides.operations:
        return "other"  # attacks are made, repelled, told of; they are nothing that is launched or destroyed
    if measure == "launched" and cue.role == "subjects" and not kinds & {"projectiles", "aircraft"}:
        return "other"  # "trois villages sont tombés", "deux hommes ont frappé un passant"
    if measure == "launched" and cue.role == "subjects" and kinds == {"aircraft"}:
        return "deployed"  # "des dizaines d'avions ont frappé": they come back
    if measure == "launched" and cue.role == "objects" and not kinds & {"projectiles", "aircraft"}:
        measure = next((other for other in reversed(cue.measures) if other in ("delivered", "deployed")), measure)
    if measure == "damaged" and plain & lists.counted.targets:
        return "affected"  # "2 000 objectifs visés": whether they were hit, no one says
    if cue.role == "means" and not kinds & {"projectiles", "aircraft"}:
        return "deployed" if plain & lists.sides.military else "other"  # "attaquer avec 20 chars"
    if (
        measure == "casualties"
        and "people" not in kinds
        and not (plain & lists.sides.losses and _of_people(cue, words))
    ):
        return "destroyed"  # "mis hors de combat"
    if measure == "lost" and people and plain & lists.sides.military:
        return "casualties"  # an army's losses are its dead and wounded
    if measure == "lost":
        return "killed" if people else "lost" if kinds & {"people", "buildings"} else "destroyed"
    if measure == "killed" and kinds & {"projectiles", "aircraft", "buildings"} and "people" not in kinds:
        measure = "destroyed"
    if measure == "intercepted" and kinds == {"buildings"}:
        return "other"  # "abattus au-dessus de neuf régions"
    if measure == "destroyed":
        return "intercepted" if kinds == {"projectiles"} else "killed" if people else "destroyed"
    if measure == "missing" and "people" not in kinds and "missing" in cue.measures and cue.role == "subjects":
        return "other"  # "il manque 250 postes"
    unforced = {"displaced": lists.counted.nationals, "deployed": lists.counted.crowds}
    if plain and plain <= unforced.get(measure, frozenset()):
        return "other"
    if measure == "deployed" and plain and plain <= words.states("displaced"):
        return "displaced"  # "65 000 réfugiés sont arrivés"
    if measure == "delivered" and plain & lists.counted.formations:
        return "deployed"
    if measure == "wounded" and "people" not in kinds:
        return "damaged"
    if (
        measure == "captured"
        and (people or kinds == {"buildings"})
        and any(sense.measure == "other" for sense in words.of(cue.node))
    ):
        return "other"  # arms are taken back, people are fetched, towns freed
    seized = measure == "captured" and cue.role == "objects"
    if seized and kinds == {"things"} and not plain & lists.sides.military:
        return "other"  # drugs and papers are seized, not captured
    if measure == "displaced" and (
        kinds & {"projectiles", "aircraft"} or (not people and plain & lists.sides.military)
    ):
        return "deployed"
    if measure == "damaged" and "people" in kinds:
        return "affected"  # "200 personnes et entités"
    swapped: dict[Measure, Measure] = {"launched": "deployed", "intercepted": "other"}
    if people and measure in swapped:
        return swapped[measure]
    if people and measure == "delivered":
        sent = "deployed" in cue.measures or plain <= lists.sides.organs | lists.sides.military
        return "deployed" if sent else "other"
    return measure


def joined_measure(cue: Cue, measure: Measure, cues: dict[int, list[Sense]], words: Lexicon) -> Measure:
    """Killed and wounded in one ("tués et blessés") are casualties."""
    if measure not in ("killed", "wounded"):
        return measure
    other = "wounded" if measure == "killed" else "killed"
    joined = [child for child in cue.node.children if child.dep == "conj"]
    if cue.node.dep == "conj" and cue.node.head is not None:
        joined.append(cue.node.head)
    for node in joined:
        first, last = sorted((node.i, cue.node.i))
        between = node.tree.nodes[first + 1 : last]
        partitive = words.words.counted.partitive
        if last - first > JOINED or any(one.pos != "CCONJ" and words.plain(one) not in partitive for one in between):
            continue  # "471 morts et 342 blessés", "5 morts et des blessés"
        if any(sense.measure == other for sense in cues.get(node.i, ())):
            return "casualties"
    return measure


def _of_people(cue: Cue, words: Lexicon) -> bool:
    """Whether losses are a side's men: nothing names things that they consist of ("40 pertes en matériel")."""
    bare = (
        child for child in cue.node.children if child.pos == "NOUN" and child.find("case") and not child.find("det")
    )
    return all(words.kind(words.lemma(child)) == "people" for child in bare)
