"""Where a sentence says that things are: its phrases of place, by what stands around the names of places.

The parse hangs phrases of place on the wrong word in every third sentence, and cuts names at their hyphens; the order
of the words is not in doubt: a preposition, articles and nouns of place, the name.
"""

from collections.abc import Iterator
from typing import NamedTuple

from ..tree import Node
from .lexicon import Lexicon
from .phrases import Names
from .words import NOMINAL, VERBAL

# "dans l'est de la région de Donetsk": words between a preposition and its place.
LONGEST = 12
# Tokens on either side of a trigger: beyond three lines another happening has been told.
REACH = 40
COMMA = 4
BREAKS = frozenset({";", ":"})
ENDS = frozenset({".", "!", "?", "…", ";", ":"})
# Pieces that a sentence is cut into at most.
PIECES = 3
OTHER_CLAUSE = 12
# Links by which a noun hands the clause of its verb on: what is done with it happens where the verb does.
CARRIED = ("nsubj", "nsubj:pass", "obj", "obl:agent", "conj", "obl:arg", "obl:mod", "nmod", "appos", "xcomp")


class Whereabout(NamedTuple):
    """A phrase of place: its preposition, its first token, its head, the offset at which its name ends, and whether
    it names a body, not a place."""

    prep: str
    first: Node
    head: Node
    end: int
    body: bool = False


class Whereabouts:
    """The phrases of place of an article, found sentence by sentence when they are asked for."""

    def __init__(self, lexicon: Lexicon, names: Names) -> None:
        self.lexicon, self.names = lexicon, names
        self._found: dict[tuple[int, int], tuple[Node, list[Whereabout]]] = {}

    def of(self, node: Node) -> tuple[Node, list[Whereabout]]:
        """The first token of a token's sentence, and the sentence's phrases of place that hold a name, in order."""
        key = node.tree.start, node.sentence
        if key not in self._found:
            first, last = self._sentence(node)
            self._found[key] = first, list(self._named(first, last))
        return self._found[key]

    @staticmethod
    def _sentence(node: Node) -> tuple[Node, Node]:
        """The first and the last token of a sentence, with what the parse has cut off at a hyphen or a name."""
        sentences = node.tree.sentences
        first = last = node.sentence
        while first and sentences[first - 1][-1].lower not in ENDS and last - first < PIECES:
            first -= 1
        while last + 1 < len(sentences) and sentences[last][-1].lower not in ENDS and last - first < PIECES:
            last += 1
        return sentences[first][0], sentences[last][-1]

    def _named(self, first: Node, last: Node) -> Iterator[Whereabout]:
        seen, named = -1, self.names.of(first.tree)
        for i in sorted(i for i in named if first.i <= i <= last.i):
            name = named[i]
            if name.type == "PER" or name.start == seen:
                continue
            seen = name.start
            found = self._leading(first.tree.nodes[i], first.i, name.end)
            if found is not None and (name.type == "LOC" or found.prep in self.lexicon.words.prepositions.to):
                yield found._replace(body=name.type == "ORG")

    def _leading(self, node: Node, first: int, end: int) -> Whereabout | None:
        """The phrase that ends with a name: its preposition is the first one left of it that is no "of"."""
        nodes = node.tree.nodes
        head = start = node
        for i in range(node.i - 1, max(first, node.i - LONGEST) - 1, -1):
            token = nodes[i]
            word = self.lexicon.words.prepositions.full.get(token.lower, token.lower)
            if token.pos == "ADP" or word in self.lexicon.words.prepositions.at:
                if word in self.lexicon.words.prepositions.of:
                    leading = self._compound(token)
                    if leading:
                        return Whereabout(leading, start, head, end)
                    continue
                return Whereabout(word, start, head, end) if self._locates(word, start, head) else None
            if token.pos in NOMINAL and self.names.at(token) is None:
                if not (self.lexicon.is_a(token, "places") or self.lexicon.is_a(token, "buildings")):
                    return None
                head = start = token
            elif token.pos in ("DET", "ADJ", "NUM"):
                start = token
            else:
                return None
        return None

    def _locates(self, word: str, start: Node, head: Node) -> bool:
        """Whether a preposition may be one of place here: "au Mali"; "à la Syrie" names a receiver."""
        preps = self.lexicon.words.prepositions
        if word not in preps.at and word not in preps.against and word not in preps.to:
            return False
        name = self.names.at(head)
        if word not in preps.to or word in preps.against:
            return True
        if self.lexicon.addressed(head):
            return False
        return not (start.pos == "DET" and name is not None and self.lexicon.is_country(name.text))

    def _compound(self, of: Node) -> str:
        """The head of a longer preposition that an "of" ends ("près de", "au large de")."""
        left = of.left
        return left.lower if left is not None and left.lower in self.lexicon.words.prepositions.heads else ""

    def nearest(
        self, node: Node, wanted: frozenset[str], taken: tuple[Node | None, ...], *, bodies: bool
    ) -> Whereabout | None:
        """The phrase of place that a trigger most likely has, among those with one of the prepositions; with `bodies`
        also where someone sits ("reçu à l'Élysée")."""
        best: tuple[int, Whereabout] | None = None
        opening, phrases = self.of(node)
        for phrase in phrases:
            if phrase.prep not in wanted or phrase.head in taken or (phrase.body and not bodies):
                continue
            if phrase.head.head is not None and self.lexicon.is_verb(phrase.head.head, self.lexicon.imputes):
                continue  # "a strike blamed on Israel"
            cost = self._cost(node, phrase, opening)
            if cost is not None and (best is None or cost < best[0]):
                best = cost, phrase
        return best[1] if best is not None else None

    def _cost(self, node: Node, phrase: Whereabout, first: Node) -> int | None:
        """How far a phrase of place is from a trigger, in tokens; None where another clause holds it."""
        before = phrase.head.i < node.i
        low, high = (phrase.head, node) if before else (node, phrase.first)
        between = node.tree.nodes[low.i + 1 : high.i]
        if len(between) > REACH:
            return None
        from_there = phrase.prep in self.lexicon.words.prepositions.since
        marks = clauses = qualified = 0
        for other in between:
            if other.lower in BREAKS and not (other.lower == ";" and before and phrase.first.i - first.i <= 1):
                # "À Kinshasa, …; la police a …": the place that opens a sentence holds for all its parts
                return None
            if other.dep == "acl":
                if from_there:
                    # "intercepté un missile lancé depuis le Yémen": where it comes from belongs to the nearest verb.
                    return None
                qualified += other.pos == "VERB"
            marks += other.lower == ","
            clauses += self._bars(other, node)
        if before and self._relative(phrase, node):
            return 0
        opening = before and phrase.first.i - first.i <= 4
        clauses += qualified if before else 0
        if clauses and not (opening and clauses == 1):
            return None
        if before and not opening and marks:
            return None
        return len(between) + COMMA * marks + OTHER_CLAUSE * clauses + (COMMA if before else 0)

    def _relative(self, phrase: Whereabout, node: Node) -> bool:
        """Whether a trigger stands in the relative clause of a place ("à New York, où il a rencontré …")."""
        after = next((n for n in node.tree.nodes[phrase.head.i :] if n.start >= phrase.end and n.lower != ","), None)
        if after is None or after.lower not in self.lexicon.words.where:
            return False
        between = node.tree.nodes[after.i : node.i]
        return not any(other.lower in BREAKS for other in between) and sum(n.lower == "," for n in between) <= 1

    def _bars(self, other: Node, node: Node) -> bool:
        """Whether a token between a trigger and a place begins a clause of its own."""
        if other.pos == "VERB":
            return other.dep not in ("amod", "acl", "xcomp") and not _governs(other, node)
        if other.pos == "SCONJ" and other.dep == "mark":
            return True
        return other.pos in ("PRON", "SCONJ") and other.lower in self.lexicon.words.relatives


def _governs(verb: Node, node: Node) -> bool:
    """Whether a verb is the one that a noun hangs on as its subject, object or adverbial."""
    if verb.dep == "conj" and verb.head is node and node.pos == "NOUN" and node.find("cop", "aux:tense") is None:
        # "Les combats entre A et B ont repris": a verb is beside no noun, the parse has lost the subject
        return True
    for _ in range(6):
        if node.head is None or node.dep not in CARRIED:
            return False
        node = node.head
        if node is verb:
            return True
        if node.pos in VERBAL and node.dep not in ("xcomp", "conj"):
            return False
    return False
