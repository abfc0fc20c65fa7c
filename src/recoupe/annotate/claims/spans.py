"""The span of a noun phrase that speaks: its words without a gap, with appositions, without what follows."""

import functools

from ...model.records import Name, Time
from ..tree import Node
from .found import Speaker
from .passage import NOMINAL, Passage
from .speaking import bodies, vocabulary

LOOSE = frozenset(
    {
        "acl:relcl",
        "acl",
        "advcl",
        "parataxis",
        "ccomp",
        "cc",
        "conj",
        "obl:mod",
        "obl",
        "cop",
        "advmod",
        "discourse",
        "dep",
    }
)

MEDIA = "media"  # a kind of bodies.tsv: whom one tells ("a dit le médecin à l'AFP")
# Tokens that are glued to a name without being part of it ("qu'", "d'", an opening mark).
GRAMMAR = frozenset({"PUNCT", "ADP", "CCONJ", "SCONJ"})
LEADING = GRAMMAR | {"ADV"}


class Spans:
    """Reads noun phrases in one paragraph. `times` are never part of a speaker, `names` never cut."""

    def __init__(self, passage: Passage, times: list[Time], names: list[Name]) -> None:
        self.passage = passage
        self.names = [name for name in names if passage.tree.start <= name.start < passage.tree.end]
        self.times = [time.span for time in times if time.start < passage.tree.end and passage.tree.start < time.end]
        self.words = passage.lex.words
        self.vocabulary = vocabulary(passage.pack)
        self._timed = {node.start for span in self.times for node in passage.tree.within(span)}

    @functools.cached_property
    def _named(self) -> set[int]:
        return {node.start for name in self.names for node in self.passage.between(name.start, name.end)}

    def timed(self, node: Node) -> bool:
        """Whether a token belongs to a time expression."""
        return node.start in self._timed

    def named(self, node: Node) -> bool:
        """Whether a token stands in a name."""
        return node.start in self._named

    def body_at(self, offset: int) -> int | None:
        """Where the name of a body ends that begins within the two words behind an offset, a preposition before it."""
        i = self.passage.index(offset)
        starts = {node.start for node in self.passage.nodes[i + 1 : i + 3]}
        return next((name.end for name in self.names if name.type == "ORG" and name.start in starts), None)

    def located(self, node: Node) -> bool:
        """Whether a token stands in the name of a place."""
        return any(name.type == "LOC" and name.start <= node.start < name.end for name in self.names)

    def phrase(self, head: Node, first: int = 0, last: int | None = None) -> Speaker:
        """The noun phrase of a head as a speaker: what is to the left and right of it without a gap. A relative
        pronoun is its noun."""
        passage = self.passage
        if head.pos == "PRON" and head.head is not None:
            relative = self._relative(head, head.head)
            if relative is not None:
                return relative
        head = self._whole(head, first)
        members = {node.i for node in self._members(head)}
        low, high = head.i, head.i
        floor = max(first, 0)
        while low - 1 >= floor and low - 1 in members and passage.word(low - 1) not in (":", ";"):
            low -= 1
        ceiling = len(passage.nodes) if last is None else last
        while high + 1 < ceiling:
            gap = passage.word(high + 1) == "," and high + 2 < ceiling and high + 2 in members
            gap = gap and (head.pos == "PROPN" or passage.nodes[high + 2].pos != "DET")
            if high + 1 not in members and not gap:
                break
            if passage.word(high + 1) == "," and (
                passage.inserted(high + 2)
                or passage.word(high + 2)[:1].isdigit()
                or passage.nodes[high + 2].pos in ("ADP", "PRON")
                or self._tallies(high + 2)
                or self._superlative(high + 2)
                or _are_others(passage.nodes[high + 2 : high + 3], head)
            ):
                break  # "L'armée, elle, …", "selon X, 11.000 soldats sont …", "a dit X, un bilan que …"
            high += 1
        colon = next((i for i in range(high, low, -1) if passage.word(i) == ":"), None)
        if colon is not None and colon < high:  # "Gaza : le Hamas et Israël s'accusent"
            low = colon + 1
            head = next((node for node in passage.nodes[low : high + 1] if node.pos in NOMINAL), passage.nodes[low])
        low, high = self._glued(low, high, floor, ceiling)
        low = self._name_begins(low, floor)
        high = self._whole_name(high, ceiling)
        high = self._called(high, ceiling)
        while high > head.i and self._loose_end(passage.nodes[high]) and not self.named(passage.nodes[high]):
            high -= 1
        while low < head.i and self._opens_nothing(passage.nodes[low]):
            low += 1
        end = passage.nodes[high].end
        opened = passage.text.count("(", passage.nodes[low].start, end) > passage.text.count(
            ")", passage.nodes[low].start, end
        )
        if opened and passage.text[end : end + 1] == ")":
            end += 1
        return Speaker((passage.nodes[low].start, end), head)

    def _tallies(self, i: int) -> bool:
        """Whether an indefinite noun of tally begins at token i."""
        words, passage = self.passage.lex.words, self.passage
        noun = passage.nodes[i + 1].lemma.lower() if i + 1 < len(passage.nodes) else ""
        return passage.word(i) in words.speakers.indefinite and noun in words.tallies

    def _superlative(self, i: int) -> bool:
        """Whether an article begins at token i whose adjective has no noun: it is of something told before ("l'attaque,
        revendiquée par le groupe, la plus meurtrière en dix ans")."""
        nodes = self.passage.nodes
        behind = next((node for node in nodes[i + 1 : i + 4] if node.pos != "ADV"), None)
        if nodes[i].pos != "DET" or behind is None or behind.pos not in ("ADJ", "NUM"):
            return False
        return nodes[behind.i + 1].pos not in NOMINAL if behind.i + 1 < len(nodes) else True

    def _opens_nothing(self, node: Node) -> bool:
        """Whether a token in front of a noun phrase is none of it: prepositions, conjunctions, relatives."""
        if self.named(node):
            return False
        return (
            node.pos in LEADING
            or node.dep in ("case", "mark", "fixed", "cc")
            or self.passage.words[node.i] in self.vocabulary.words.openers
        )

    def _whole(self, head: Node, floor: int) -> Node:
        """The head of the phrase that a name stands in whose first words the parser put into the sentence before."""
        name = next((n for n in self.names if n.start < head.start < n.end), None)
        first = self.passage.index(name.start) if name is not None else head.i
        if first == head.i or first < floor or self.passage.nodes[first].sentence == head.sentence:
            return head
        return self._topmost(self.passage.nodes[first])

    def _topmost(self, node: Node) -> Node:
        """The head of the noun phrase that a token stands in, among the tokens before it."""
        while node.head is not None and node.head.pos in ("NOUN", "PROPN") and node.head.i < node.i:
            if node.dep == "conj":
                break
            node = node.head
        return node

    def _called(self, high: int, ceiling: int) -> int:
        """The last token moved over a person's name between commas after a role ("Le chef du groupe, X, a promis")."""
        passage = self.passage
        if passage.word(high + 1) != "," or high + 2 >= ceiling or passage.nodes[high].pos == "PUNCT":
            return high
        start = passage.nodes[high + 2].start
        name = next((name for name in self.names if name.start == start and name.type == "PER"), None)
        if name is None or any(name.type == "PER" and name.end == passage.nodes[high].end for name in self.names):
            return high
        last = passage.index(name.end) - 1
        closed = last + 1 == ceiling or (last < ceiling and passage.word(last + 1) in (",", ".", ")", ""))
        return last if closed else high

    def _whole_name(self, high: int, ceiling: int) -> int:
        """The last token moved to the end of a name that it stands in or that goes on right after a title."""
        nodes = self.passage.nodes
        for name in self.names:
            inside = name.start < nodes[high].end < name.end
            if inside or (name.type == "PER" and high + 1 < ceiling and name.start == nodes[high + 1].start):
                while high + 1 < ceiling and nodes[high + 1].start < name.end:
                    high += 1
        return high

    def _name_begins(self, low: int, floor: int) -> int:
        """The first token moved to the beginning of a name that it stands in ("Human Rights Watch", "Tel-Aviv")."""
        start = self.passage.nodes[low].start
        name = next(
            (name for name in self.names if name.type in ("ORG", "LOC") and name.start < start < name.end), None
        )
        return max(floor, self.passage.index(name.start)) if name is not None else low

    def _glued(self, low: int, high: int, floor: int, ceiling: int) -> tuple[int, int]:
        """The range widened over tokens without a blank between ("Croix-Rouge", "l'état-major") and their article."""
        nodes = self.passage.nodes
        start = low
        while low - 1 >= floor and nodes[low - 1].end == nodes[low].start and nodes[low - 1].pos not in GRAMMAR:
            low -= 1
        if low < start and low - 1 >= floor and nodes[low - 1].pos == "DET" and nodes[low].pos != "DET":
            low -= 1
        while (
            high + 1 < ceiling
            and nodes[high + 1].start == nodes[high].end
            and (nodes[high + 1].text[0] in "-'’" or nodes[high].text[-1] in "-'’")
        ):
            high += 1
        return low, high

    def _members(self, head: Node) -> list[Node]:
        found, queue = [], [head]
        while queue:
            node = queue.pop()
            found.append(node)
            for child in node.children:
                inner = child.dep in ("conj", "cc") and (node is not head or self._apposed(child))
                inner = inner or (node.pos == "ADJ" and child.dep == "advmod" and child.i < node.i)
                if (child.dep in LOOSE and not inner) or child.dep.startswith("aux") or self.timed(child):
                    continue
                if child.i > head.i and self._trails(child, head):
                    continue
                if self._listener(child) or (node is head and self._told_to(child)):
                    continue
                queue.append(child)
        return found

    def _listener(self, node: Node) -> bool:
        """Whether a complement is who was told ("aux journalistes"), not whose speaker it is ("agence de presse")."""
        if self.passage.words[node.i] not in self.words.speakers.listeners:
            return False
        case = node.find("case")
        return case is not None and self.passage.words[case.i] not in self.words.noun_of_markers

    def _trails(self, child: Node, head: Node) -> bool:
        """Whether a complement begins what follows a speaker ("dans un entretien"): not whose a publication is."""
        first = child.leftmost()
        if child.i == first and child.morph("Tense") == "Pres" and self.passage.word(first - 1) == ",":
            return child.morph("VerbForm") == "Part"  # "son porte-parole, X, faisant état de douze morts"
        opening = self.passage.words[first]
        if opening not in self.words.speakers.trailing:
            return False
        made = opening in self.vocabulary.words.authors
        return not (made and "publication" in self.vocabulary.kinds_of(self.passage.words[head.i]))

    def _told_to(self, node: Node) -> bool:
        """Whether a complement names whom someone spoke to ("a dit le président à X")."""
        if not self.named(node):
            return False
        case = node.find("case")
        marked = case is not None and self.passage.words[case.i] in self.words.noun_to_markers
        name = next((name for name in self.names if name.start <= node.start < name.end), None) if marked else None
        if name is None:
            return False
        known = bodies().get(name.entity)
        return name.type == "PER" or (known is not None and MEDIA in known.kinds)

    def _apposed(self, node: Node) -> bool:
        """Whether what the parser calls a coordination is an apposition: a name after a comma, no conjunction."""
        if node.dep != "conj" or node.pos not in ("PROPN", "NOUN", "X") or node.find("cc") is not None:
            return False
        first = min(child.i for child in node.subtree() if child.pos != "PUNCT")
        return self.passage.word(first - 1) == "," and not any(child.find("cc") for child in node.all("conj"))

    def _loose_end(self, node: Node) -> bool:
        return (
            node.pos in ("PUNCT", "ADP", "CCONJ", "SCONJ", "VERB", "AUX", "DET")
            or self.passage.words[node.i] in self.words.speakers.trailing
        )

    def _relative(self, head: Node, verb: Node) -> Speaker | None:
        """A relative pronoun speaks for its noun."""
        if self.passage.words[head.i] not in self.words.relatives or verb.head is None:
            return None
        noun = verb.head if verb.head.pos in NOMINAL and verb.head.i < head.i else None
        if noun is None:
            noun = next((n for n in reversed(self.passage.nodes[: head.i]) if n.pos in NOMINAL), None)
            noun = self._topmost(noun) if noun is not None else None
        return self.phrase(noun, last=head.i) if noun else None


def _are_others(behind: list[Node], head: Node) -> bool:
    """Whether the article of several begins behind one ("Selon l'armée, de nombreux civils sont …"): they are not it,
    though the parse takes them for its apposition."""
    noun = behind[0].head if behind and behind[0].pos == "DET" else None
    many = noun is not None and noun.pos == "NOUN" and noun.morph("Number") == "Plur"
    return many and head.pos == "NOUN" and head.morph("Number") == "Sing"
