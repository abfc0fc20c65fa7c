"""What happened to "victims": the word leaves it open, and the rest of the article says it."""

from ...lang.numerals.numeral import folded
from ...model.records import TEXT_KINDS, Measure
from ..draft import Draft
from ..tree import Node
from .making import Found
from .words import Lexicon

# What "victims" may mean.
OUTCOMES: frozenset[Measure] = frozenset({"killed", "wounded"})


def settle_victims(found: list[Found], draft: Draft, words: Lexicon) -> None:
    """Makes victims dead where the article tells of dead and of no wounded, wounded the other way round; where it
    tells of both, or of neither, they stay casualties."""
    open_ = [
        one
        for one in found
        if one.measure == "casualties" and one.counts and {folded(c) for c in one.counts} <= words.words.counted.victims
    ]
    among = [one for one in found if one.measure == "casualties" and _is_among_victims(one, words)]
    parts = {id(one.part_of) for one in found if one.part_of is not None and one.measure in OUTCOMES}
    open_ = [one for one in open_ if id(one) not in parts]  # "24 victimes, dont six morts"
    if not open_ and not among:
        return
    fates = {one.measure for one in found if one.measure in OUTCOMES} or _told(draft, words)
    if len(fates) == 1:
        (fate,) = fates
        for one in open_:
            one.measure = fate
    for one in among:
        one.measure = "wounded" if fates == {"wounded"} else "killed"


def _is_among_victims(one: Found, words: Lexicon) -> bool:
    """Whether people are only said to be among the victims, which mostly are the dead."""
    cue = one.cue.node if one.cue is not None else None
    return cue is not None and cue not in one.counted.nouns and words.lemma(cue) in words.words.counted.victims


def _told(draft: Draft, words: Lexicon) -> set[Measure]:
    """The fates that the words of the article tell of, those denied aside ("aucun blessé")."""
    fates: set[Measure] = set()
    for tree in draft.trees:
        if tree.kind in TEXT_KINDS:
            for node in tree.nodes:
                measures = {sense.measure for sense in words.of(node)}
                if len(measures) == 1 and measures <= OUTCOMES and not _is_denied(node, words):
                    fates |= measures
    return fates


def _is_denied(node: Node, words: Lexicon) -> bool:
    """Whether a word of harm is said not to hold, or only says how death came."""
    left, head = node.left, node.head
    if head is not None and any(sense.measure == "killed" for sense in words.of(head)):
        return True  # "morts intoxiqués": how they died
    return left is not None and words.plain(left) in words.words.counted.none
