"""The speaker's span: subject, inverted subject or agent of a cue, with appositions, without what follows."""

from collections.abc import Iterator

from ...model.records import Name, Time
from ..tree import Node
from .cues import Cue
from .found import Speaker
from .passage import NOMINAL, VERBAL, Passage
from .speaking import vocabulary

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

# What stands beside a noun and says its name ("la patronne, Claire Denis").
APPOSED = ("appos", "flat", "flat:name", "flat:foreign", "nmod", "compound")
# Tokens that are glued to a name without being part of it ("qu'", "d'", an opening mark).
GRAMMAR = frozenset({"PUNCT", "ADP", "CCONJ", "SCONJ"})


class Reader:
    """Reads speakers in one paragraph. `times` are never part of a speaker, `names` never cut."""

    def __init__(self, passage: Passage, times: list[Time], names: list[Name]) -> None:
        self.passage = passage
        self.names = [name for name in names if passage.tree.start <= name.start < passage.tree.end]
        self.times = [time.span for time in times if time.start < passage.tree.end and passage.tree.start < time.end]
        self.words = passage.lex.words
        self.vocabulary = vocabulary(passage.draft.pack)

    def timed(self, node: Node) -> bool:
        """Whether a token belongs to a time expression."""
        return any(start < node.end and node.start < end for start, end in self.times)

    def named(self, node: Node) -> bool:
        """Whether a token stands in a name."""
        return any(name.start <= node.start < name.end for name in self.names)

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
            if passage.word(high + 1) == "," and any(
                tuple(passage.words[high + 2 :][: len(phrase)]) == phrase for phrase in passage.lex.inserts
            ):
                break  # "L'armée, de son côté, …"
            high += 1
        colon = next((i for i in range(high, low, -1) if passage.word(i) == ":"), None)
        if colon is not None and colon < high:  # "Gaza : le Hamas et Israël s'accusent"
            low = colon + 1
            head = next((node for node in passage.nodes[low : high + 1] if node.pos in NOMINAL), passage.nodes[low])
        low, high = self._glued(low, high, floor, ceiling)
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

    def _opens_nothing(self, node: Node) -> bool:
        """Whether a token in front of a noun phrase is none of it: prepositions, conjunctions, relatives."""
        if self.named(node):
            return False
        return (
            node.pos in (*GRAMMAR, "ADV")
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
        case = node.find("case")
        if case is None or self.passage.words[node.i] not in self.words.speakers.listeners:
            return False
        return self.passage.words[case.i] not in self.words.noun_of_markers

    def _trails(self, child: Node, head: Node) -> bool:
        """Whether a complement begins what follows a speaker ("dans un entretien"): not whose a publication is."""
        opening = self.passage.word(min(node.i for node in child.subtree()))
        if opening not in self.words.speakers.trailing:
            return False
        made = opening in self.vocabulary.words.authors
        return not (made and "publication" in self.vocabulary.kinds_of(self.passage.words[head.i]))

    def _told_to(self, node: Node) -> bool:
        """Whether a complement names whom someone spoke to ("a dit le président à X")."""
        case = node.find("case")
        marked = case is not None and self.passage.words[case.i] in self.words.noun_to_markers
        return marked and any(name.type == "PER" and name.start <= node.start < name.end for name in self.names)

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

    def subject(self, cue: Cue) -> Speaker | None:
        """The subject of a cue: its own, or that of the verb it is joined to."""
        if cue.pronoun is not None:
            return self._pronoun(cue.pronoun)
        if cue.passive:
            return self.agent(cue)
        mute: Speaker | None = None
        for found in self._subjects(cue):
            if self.able(found):
                return found
            mute = mute or found
        return mute or self._nearest(cue)

    def _subjects(self, cue: Cue) -> Iterator[Speaker]:
        """The subject of a cue's verb and of those above it, and the nouns that they hang on, nearest first."""
        node: Node | None = cue.node
        steps = 0
        shared = self.passage.word(cue.first - 1) in self.words.conjunctions
        while node is not None and steps < 4:
            head = self._told(node)
            if shared and not steps and head is not None and node.dep == "conj":
                head = None
            if head is not None and head.pos == "PRON" and self._resumed(head.i) is not None:
                head = self._resumed(head.i)
            if head is not None and (steps or head.i < cue.first) and not (steps and head.i > cue.node.i):
                yield self._relative(head, node) or self.phrase(head, last=cue.first if head.i < cue.first else None)
            noun = node.head if node.dep in ("acl", "acl:relcl", "amod") and not (shared and steps) else None
            if noun is not None and noun.pos in NOMINAL and noun.i < cue.first:
                yield self.phrase(noun, last=cue.first)
            node, steps = node.head, steps + 1

    def _told(self, verb: Node) -> Node | None:
        """A verb's subject; where the parse gives two, the first that can speak ("… des fêtes, Kiev signale")."""
        heads = verb.all("nsubj", "nsubj:pass", "expl:subj", "csubj")
        return next((head for head in heads if len(heads) > 1 and self._speaks(head)), heads[0] if heads else None)

    def able(self, speaker: Speaker) -> bool:
        """Whether a speaker can speak: a name, a pronoun, someone, a body, a publication, a number of them."""
        head = speaker.head
        if head is None or self._speaks(head):
            return True
        parts = [node for node in self.passage.between(*speaker.span) if head in (node.head, node)]
        return any(self.named(node) for node in parts if node.dep in APPOSED) or (
            self.passage.words[head.i] in self.vocabulary.words.quantities
            and any(self._speaks(node) for node in parts if node is not head)
        )

    def _speaks(self, head: Node) -> bool:
        return self.named(head) or head.text.isupper() or self.vocabulary.speaks(head)

    def standing(self, head: Node, verb: Node) -> Speaker:
        """The subject of a verb as a speaker, a relative pronoun as its noun."""
        return self._relative(head, verb) or self.phrase(head, last=verb.i)

    def _resumed(self, i: int) -> Node | None:
        """The noun that a stressed pronoun between commas takes up ("L'ONU, elle, parle de …")."""
        passage = self.passage
        if passage.word(i - 1) != "," or passage.word(i + 1) != "," or i < 2:
            return None
        node = passage.nodes[i - 2]
        while node.head is not None and node.head.pos in NOMINAL and node.head.i < node.i and node.dep != "conj":
            node = node.head
        return node if node.pos in NOMINAL else None

    def _pronoun(self, node: Node) -> Speaker:
        text = self.passage.text
        start = node.start
        while start < node.end and not text[start].isalpha():
            start += 1
        if text[start : start + 2].lower() == "t-":
            start += 2
        return Speaker((start, node.end), node)

    def _relative(self, head: Node, verb: Node) -> Speaker | None:
        """A relative pronoun speaks for its noun."""
        if self.passage.words[head.i] not in self.words.relatives or verb.head is None:
            return None
        noun = verb.head if verb.head.pos in NOMINAL and verb.head.i < head.i else None
        if noun is None:
            noun = next((n for n in reversed(self.passage.nodes[: head.i]) if n.pos in NOMINAL), None)
            noun = self._topmost(noun) if noun is not None else None
        return self.phrase(noun, last=head.i) if noun else None

    def _nearest(self, cue: Cue) -> Speaker | None:
        """Where the parse has no subject: the noun phrase that opens the clause."""
        if cue.shape != "finite":
            return None
        unit = self.passage.unit_at(cue.span[0])
        for i in range(cue.first - 1, self.passage.index(unit[0]) - 1, -1):
            node = self.passage.nodes[i]
            named = bool(node.ent) or node.dep.startswith("flat")
            if (node.pos in VERBAL and not named) or self.passage.words[i] in ('"', ":", ";"):
                return None
            if (node.pos in NOMINAL or named) and not self.timed(node):
                while (
                    node.head is not None
                    and node.head.pos in NOMINAL
                    and node.head.i < node.i
                    and node.head.start >= unit[0]
                    and not (node.dep == "conj" and node.head.find("case") and not node.find("case"))
                ):
                    node = node.head
                return self.phrase(node, last=cue.first)
        return None

    def agent(self, cue: Cue) -> Speaker | None:
        """Who it was said by, in a passive."""
        node = cue.node.find("obl:agent")
        if node is None:
            for i in range(cue.after, min(cue.after + 12, len(self.passage.nodes))):
                if self.passage.words[i] in self.words.agent_markers and self.passage.nodes[i].head is not None:
                    node = self.passage.nodes[i].head
                    break
                if self.passage.nodes[i].pos in ("VERB", "SCONJ"):
                    break
        return self.phrase(node, first=cue.after) if node is not None and node.i >= cue.after else None

    def inverted(self, i: int, end: int) -> Speaker | None:
        """The noun phrase that starts at or soon after token i (adverbs and times are passed over)."""
        nodes = self.passage.nodes
        passed = 0
        while i < len(nodes) and nodes[i].start < end and passed < 8:
            node = nodes[i]
            skip = self.timed(node) or node.pos == "ADV"
            if node.pos == "ADP" and i + 1 < len(nodes):  # "à la presse", "dans un tweet" before the speaker
                size = self._adjunct(i)
                if size:
                    i, passed = i + size, passed + 1
                    continue
            if not skip:
                break
            i, passed = i + 1, passed + 1
        if (
            i >= len(nodes)
            or nodes[i].start >= end
            or nodes[i].pos not in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM", "X")
        ):
            return None
        head = self._top(i, end)
        return self.phrase(head, first=i, last=self.passage.index(end)) if head else None

    def plausible(self, speaker: Speaker) -> bool:
        """Whether a noun phrase can be a speaker, not an object: a name, a person, a body, a publication."""
        return speaker.head is not None and (speaker.head.pos == "PRON" or self.able(speaker))

    def person(self, speaker: Speaker) -> bool:
        """Whether a noun phrase is a person by its noun: a role, an observer."""
        head = speaker.head
        if head is None:
            return False
        groups = (self.words.speakers.persons, self.words.speakers.spokesman, self.words.content.experts)
        return any(self.passage.words[head.i] in group or head.lemma.lower() in group for group in groups)

    def thing(self, speaker: Speaker) -> bool:
        """Whether a noun phrase is a happening or a quality, which shows something but says nothing ("l'attaque
        rappelle …", "la situation confirme …")."""
        return speaker.head is not None and speaker.head.pos in ("NOUN", "PRON", "DET") and not self.able(speaker)

    def _adjunct(self, i: int) -> int:
        """How many tokens a prepositional phrase takes that stands between an inverted verb and its subject."""
        nodes = self.passage.nodes
        head = nodes[i].head
        if head is None or head.i <= i or head.i > i + 5 or head.morph("VerbForm") == "Inf":
            return 0
        after = head.i + 1
        name = next((name for name in self.names if name.start <= head.start < name.end), None)
        if name is not None:
            after = self.passage.index(name.end)
        while (
            name is None
            and after < len(nodes)
            and (nodes[after].dep in ("flat:name", "flat:foreign", "amod") and nodes[after].head is head)
        ):
            after += 1
        if name is None and after > head.i + 1 and nodes[after - 1].dep == "flat:name":
            after = head.i + 1  # "à l'AFP Hadjer": the speaker's name taken for the listener's
        return after - i if after < len(nodes) and nodes[after].pos in ("DET", "PROPN") else 0

    def _top(self, i: int, end: int) -> Node | None:
        nodes = self.passage.nodes
        j = i
        while (
            j < len(nodes) and nodes[j].start < end and nodes[j].pos not in NOMINAL and not nodes[j].text[0].isupper()
        ):
            if nodes[j].pos in ("VERB", "AUX", "PUNCT", "ADP", "SCONJ"):
                return None
            j += 1
        if j >= len(nodes) or nodes[j].start >= end:
            return None
        node = nodes[j]
        while (
            node.head is not None
            and node.head.pos in NOMINAL
            and i <= node.head.i < node.i + 8
            and node.head.start < end
            and node.dep != "conj"
        ):
            node = node.head
        return node

    def joint(self, speaker: Speaker, plural: bool = True) -> list[Speaker]:
        """The other speakers joined to one ("Kyiv et l'Occident")."""
        head, passage = speaker.head, self.passage
        if head is None or head.pos == "PRON" or head.tree is not passage.tree:
            return []
        named = head.pos == "PROPN" and any(other.pos == "PROPN" and other.find("cc") for other in head.all("conj"))
        if not plural and not named:  # two names are two speakers, whatever the tagger says of the verb
            return []
        found = []
        for other in head.all("conj"):
            if (
                other.pos not in ("NOUN", "PROPN")
                or other.find("cop", "nsubj") is not None
                or abs(other.i - head.i) > 12
            ):
                continue
            opening = passage.words[min([other.i, *(n.i for n in other.children if n.dep in ("case", "det"))])]
            if opening in self.words.noun_of_markers and other.pos == "NOUN":  # "de la statistique et des études"
                continue
            if (
                other.find("cc") is not None
                or head.find("cc") is not None
                or any(each.find("cc") for each in other.all("conj"))
            ):
                found.append(self.phrase(other, first=head.i + 1))
        found = found or self._beside(speaker, head)
        before = passage.index(speaker.span[0]) - 1
        if not found and before > 0 and passage.words[before] in self.words.conjunctions:
            other = passage.nodes[before - 1]
            if other.pos == "PROPN" and other.dep in ("ROOT", "nsubj", "conj"):
                found.append(self.phrase(other, last=before))
        return found

    def _beside(self, speaker: Speaker, head: Node) -> list[Speaker]:
        """A second subject that the parse gives to the verb itself, right behind a conjunction."""
        after = self.passage.index(speaker.span[1])
        if head.head is None or self.passage.word(after) not in self.words.conjunctions:
            return []
        others = (node for node in head.head.all(head.dep) if node.i > after and node.pos in ("NOUN", "PROPN"))
        found = [self.phrase(other, first=after + 1, last=head.head.i) for other in others]
        return [other for other in found if other.span[0] == self.passage.nodes[after + 1].start]
