"""Counts in what is said: where a number begins, what goes on with those counted, what breaks them down."""

from ..tree import Node
from .cues import Cue
from .passage import VERBAL, Passage
from .speakers import Reader

ASIDE = 14  # tokens between a verb and its object that commas may set apart
BOUNDS = 4  # tokens from a word that bounds a number to the number


class Counts:
    """Counts within one paragraph, of the given cues."""

    def __init__(self, passage: Passage, reader: Reader, cues: list[Cue]) -> None:
        self.passage, self.reader, self.cues = passage, reader, cues
        self.words = passage.lex.words
        self.starts = sorted(cue.first for cue in cues)
        self._verbs = frozenset(i for cue in cues for i in range(cue.first, cue.node.i + 1))
        # By the cue's token: each cue is asked about by all before it.
        self._asides: dict[int, bool] = {}
        self._subjects: dict[int, Node | None] = {}

    def sums_up(self, i: int) -> bool:
        """Whether a comma opens an indefinite noun, or one without an article, that takes up what was said (", un
        chiffre très éloigné de …", ", bilan impossible à vérifier")."""
        words, passage = self.words, self.passage
        if i + 2 >= len(passage.nodes):
            return False
        after: Node | None = None
        if passage.word(i + 1) in words.speakers.indefinite:
            after = next((node for node in passage.nodes[i + 2 : i + 4] if node.pos == "NOUN"), None)
        elif passage.nodes[i + 2].pos in ("ADJ", "VERB") or passage.word(i + 2) in words.oblique_relatives:
            after = passage.nodes[i + 1]
        if after is None:
            return False
        # Every comma of a content is asked: the two are looked up, not joined.
        return any(
            word in words.tallies or word in passage.lex.nouns for word in (after.lemma.lower(), passage.words[after.i])
        )

    def _inserted(self, i: int) -> int:
        """How many tokens a short insertion takes that parts a noun from its complement (", à terme, de 600.000")."""
        size = self.set_apart(i)
        inside = self.passage.nodes[i : i + size]
        if not 0 < size <= BOUNDS + 1 or any(node.pos in VERBAL for node in inside):
            return 0
        return size if self.passage.word(i + size) in self.words.noun_of_markers else 0

    def _shared(self, i: int, end: int) -> bool:
        """Whether a comma goes on with those counted (", pour la plupart des civils", ", 812 tirs"), no finite verb in
        that piece."""
        passage = self.passage
        first = passage.nodes[i + 1].start if i + 1 < len(passage.nodes) else end
        first += passage.word(i + 1) == '"'
        at = passage.trim((first, end))[0] - passage.tree.start
        joined = i + 1 + (passage.word(i + 1) in self.words.conjunctions)
        if not self.opens_count(joined) and not passage.low.startswith(passage.lex.sharing, at):
            return False
        for node in passage.between(first, end):
            if passage.words[node.i] in (",", ";", ":", *self.words.relatives):
                break
            if node.morph("VerbForm") == "Fin" and node.pos in VERBAL:
                return False
        return True

    def _broken_down(self, i: int, end: int) -> bool:
        """Whether a colon breaks a number down ("642 victimes : 327 imputables à X et 315 à Y"): a number right behind
        it, no finite verb."""
        after = self.passage.between(self.passage.nodes[i].end, end)
        return self.opens_count(i + 1) and not any(
            node.morph("VerbForm") == "Fin" and node.pos in VERBAL for node in after
        )

    def _is_counted(self, nodes: list[Node]) -> bool:
        """Whether a number is among the first tokens of a phrase."""
        words = self.reader.vocabulary.words.quantities
        return any(node.pos == "NUM" or node.text[:1].isdigit() or node.lemma.lower() in words for node in nodes)

    def opens_count(self, i: int) -> bool:
        """Whether a number begins at token i, with what bounds it."""
        nodes = self.passage.nodes[i : i + 1]
        return bool(nodes) and (self._is_counted(nodes) or self.bounds(i))

    def bounds(self, i: int) -> bool:
        """Whether token i is an adverb that begins a number's phrase ("plus de 80", "au moins 56", "environ 300")."""
        nodes, after = self.passage.nodes, i + 1
        while after < min(len(nodes), i + BOUNDS) and nodes[after].dep == "fixed":
            after += 1
        if after == i + 1 and self.passage.word(after) in self.words.noun_of_markers:
            # "plus de 80", where the parse does not see the bound
            return nodes[i].pos == "ADV" and self.passage.word(after + 1)[:1].isdigit()
        return (nodes[i].pos == "ADV" or after > i + 1) and self._is_counted(nodes[after : after + 1])

    def set_apart(self, i: int) -> int:
        """How many tokens stand between two commas from token i on, without a verb ("réclame, comme Paris, une
        enquête"); 0 where token i opens nothing of the kind."""
        if self.passage.word(i) != ",":
            return 0
        for node in self.passage.nodes[i + 1 : i + 1 + ASIDE]:
            if self.passage.words[node.i] == ",":
                return node.i + 1 - i
            if node.morph("VerbForm") == "Fin" or self.passage.words[node.i] in ('"', ":", ";"):
                return 0
        return 0
