"""Who is credited with a cue: its subject, its inverted subject or its agent, those joined to it."""

from collections.abc import Iterator

from ..tree import Node
from .cues import Cue
from .found import Speaker
from .passage import NOMINAL, VERBAL
from .spans import Spans

# What stands beside a noun and says its name ("la patronne, Claire Denis").
APPOSED = ("appos", "flat", "flat:name", "flat:foreign", "nmod", "compound")
LIKENED = 14  # tokens of who says the same, commas included
INSERTED = 12  # tokens between the commas before a verb
SUBJECT = 8  # tokens of a subject between a conjunction and its verb


class Reader(Spans):
    """Reads speakers in one paragraph."""

    def subject(self, cue: Cue) -> Speaker | None:
        """The subject of a cue: its own, or that of the verb it is joined to."""
        if cue.pronoun is not None:
            return self._pronoun(cue.pronoun)
        if cue.passive:
            return self.agent(cue)
        adjacent = self._adjacent(cue)
        if adjacent is not None and self.able(adjacent):
            return adjacent
        mute: Speaker | None = None
        for found in self._subjects(cue):
            if self.able(found):
                return found
            mute = mute or found
        return mute or self._nearest(cue)

    def _adjacent(self, cue: Cue) -> Speaker | None:
        """The subject between a conjunction and a cue, where the parse may have joined it to what stands before
        ("a promis des lits et la Grèce s'est déclarée prête", "un bilan que la mairie juge provisoire")."""
        passage = self.passage
        i = cue.first - 1
        while i > 0 and cue.first - i < SUBJECT and passage.nodes[i].pos in ("NOUN", "PROPN", "ADJ", "DET", "ADP"):
            i -= 1
        first = passage.nodes[i + 1]
        if i + 1 >= cue.first or first.pos not in ("DET", "PROPN") or cue.shape != "finite":
            return None
        if passage.words[i] in passage.lex.complementizers:
            pass
        elif passage.words[i] == "," and passage.tree.kind == "title":
            pass  # a headline's pieces: "Deux morts dans un raid, Abbas dénonce …"
        elif passage.words[i] not in self.words.conjunctions or not any(
            node.morph("VerbForm") == "Fin" and node.pos in VERBAL
            for node in passage.between(passage.unit_at(cue.span[0])[0], passage.nodes[i].start)
        ):
            return None
        head = next((node for node in passage.nodes[i + 1 : cue.first] if node.pos in ("NOUN", "PROPN")), None)
        told = self._told(cue.node)
        if head is None or (told is not None and i < told.i < cue.first):
            return None
        return self.phrase(head, first=i + 1, last=cue.first)

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
            noun = _past_agent(noun) if noun is not None else None
            if noun is not None and noun.pos in NOMINAL and noun.i < cue.first:
                yield self.phrase(noun, last=cue.first)
            node, steps = node.head, steps + 1

    def _told(self, verb: Node) -> Node | None:
        """A verb's subject; where the parse gives two, the first that can speak ("… des fêtes, Kiev signale")."""
        heads = verb.all("nsubj", "nsubj:pass", "expl:subj", "csubj")
        if len(heads) > 1:
            pronouns = [head for head in heads if head.pos == "PRON" and head.i < verb.i]  # ", où P, on s'attend à"
            return next(filter(self._speaks, pronouns + heads), heads[0])
        return heads[0] if heads else None

    def able(self, speaker: Speaker) -> bool:
        """Whether a speaker can speak: a name, a pronoun, someone, a body, a publication, a number of them."""
        head = speaker.head
        if head is None or self._speaks(head):
            return True
        parts = [node for node in self.passage.between(*speaker.span) if head in (node.head, node)]
        if head.pos in ("PRON", "NUM") and any(self._is_one(node) for node in head.all("nmod")):
            return True  # "trois d'entre eux"
        return any(self.named(node) for node in parts if node.dep in APPOSED) or (
            self.passage.words[head.i] in self.vocabulary.words.quantities
            and any(self._speaks(node) for node in parts if node is not head)
        )

    def _is_one(self, node: Node) -> bool:
        return self.passage.words[node.i] in self.passage.lex.stressed or self._speaks(node)

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

    def _nearest(self, cue: Cue) -> Speaker | None:
        """Where the parse has no subject: the noun phrase that opens the clause."""
        if cue.shape != "finite":
            return None
        unit = self.passage.unit_at(cue.span[0])
        i = self._before_insertion(cue, self.passage.index(unit[0]))
        while i > self.passage.index(unit[0]):
            i -= 1 + self.passage.inserted_before(i - 1)
            if i < 0:
                return None
            node = self.passage.nodes[i]
            named = bool(node.ent) or node.dep.startswith("flat")
            if (node.pos in VERBAL and not named) or self.passage.words[i] in ('"', ":", ";"):
                return None
            stands = node.pos == "ADJ" and i == cue.first - 1 and i > 0 and self.passage.nodes[i - 1].pos == "DET"
            if (node.pos in NOMINAL or named or stands) and not self.timed(node):
                while (
                    node.head is not None
                    and node.head.pos in NOMINAL
                    and node.head.i < node.i
                    and node.head.start >= unit[0]
                    and not (node.dep == "conj" and node.head.find("case") and not node.find("case"))
                ):
                    node = node.head
                return self.phrase(_past_agent(node), last=cue.first)
        return None

    def _before_insertion(self, cue: Cue, start: int) -> int:
        """The comma that opens what is inserted between a subject and its verb ("Le GSIM, affilié à Al-Qaïda, a
        revendiqué"); the cue's first token where nothing is."""
        passage = self.passage
        if passage.word(cue.first - 1) != ",":
            return cue.first
        opening = next((j for j in range(cue.first - 2, start, -1) if passage.words[j] == ","), start)
        inside = passage.nodes[opening + 1 : cue.first - 1]
        if opening == start or not inside or len(inside) > INSERTED:
            return cue.first
        led = inside[0].morph("VerbForm") == "Part" or inside[0].pos == "ADJ"
        told = any(node.morph("VerbForm") == "Fin" and node.pos in VERBAL for node in inside)
        return opening if led and not told else cue.first

    def agent(self, cue: Cue) -> Speaker | None:
        """Who it was said by, in a passive."""
        return self.agent_of(cue.node, cue.after)

    def agent_of(self, verb: Node, after: int) -> Speaker | None:
        """Who something was done by: the agent of a passive verb, from token `after` on."""
        node = verb.find("obl:agent")
        if node is None:
            for i in range(after, min(after + 12, len(self.passage.nodes))):
                if self.passage.words[i] in self.words.agent_markers and self.passage.nodes[i].head is not None:
                    node = self.passage.nodes[i].head
                    break
                if self.passage.nodes[i].pos in ("VERB", "SCONJ"):
                    break
        return self.phrase(node, first=after) if node is not None and node.i >= after else None

    def inverted(self, i: int, end: int) -> Speaker | None:
        """The noun phrase that starts at or soon after token i (adverbs and times are passed over)."""
        nodes = self.passage.nodes
        passed = 0
        while i < len(nodes) and nodes[i].start < end and passed < 8:
            node = nodes[i]
            # "a écrit peu après minuit, samedi, sur Telegram, le gouverneur"
            skip = self.timed(node) or node.pos == "ADV" or (passed > 0 and node.text == ",")
            if node.pos == "ADP" and i + 1 < len(nodes):  # "à la presse", "dans un tweet" before the speaker
                size = 1 if self.timed(nodes[i + 1]) else self._adjunct(i)
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
        closed = after < len(nodes) and (nodes[after].text == "," or nodes[after].pos in ("DET", "PROPN", "NUM"))
        return after - i if closed else 0

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

    def enumerated(self, speaker: Speaker) -> list[Speaker]:
        """Each of the names that stand in a row where a speaker stands ("Washington, Riyad et Le Caire réclament");
        none where it is but one."""
        text, found = self.passage.text, list[Speaker]()
        row = [name for name in self.names if name.end > speaker.span[0]]
        if not row or row[0].start >= speaker.span[1]:
            return []
        joined, start = False, speaker.span[0]
        if self.passage.between(start, row[0].start)[1:]:
            return []  # a role, a noun with its name
        for name, after in zip(row, [*row[1:], None], strict=True):
            found.append(Speaker((start, name.end), self.passage.nodes[self.passage.index(name.start)]))
            gap = self.passage.between(name.end, after.start) if after is not None else []
            words = [self.passage.words[node.i] for node in gap if node.pos != "DET"]
            last = not words or words[-1] not in (",", *self.words.conjunctions) or len(words) > 2 or joined
            if last or len(gap) > len(words) + 1 or text[name.end : name.end + 1] not in (",", " "):
                break
            joined = words[-1] in self.words.conjunctions
            start = next((node.start for node in gap if node.pos == "DET"), after.start if after else start)
        covers = found[-1].span[1] >= speaker.span[1]
        return found if joined and len(found) > 1 and covers else []

    def likened(self, cue: Cue, speaker: Speaker) -> tuple[Speaker, Speaker] | None:
        """The speaker and who says the same, set apart by commas right before the cue or behind it ("Kinshasa, comme
        un groupe d'experts, affirme que", "réclame, comme Paris, une enquête"); None where nobody is likened."""
        passage = self.passage
        unit = passage.unit_at(cue.span[0])
        for i in range(max(2, cue.first - LIKENED), min(cue.after + SUBJECT, len(passage.nodes) - 1)):
            if passage.words[i] not in self.words.role_markers or passage.words[i - 1] != ",":
                continue
            inside = passage.nodes[i + 1 : i + LIKENED]
            size = next((j for j, node in enumerate(inside) if passage.words[node.i] == ","), 0)
            head = next((node for node in inside[:size] if node.pos in NOMINAL), None)
            before = i < cue.first
            if head is None or inside[0].start >= unit[1] or (before and i + 1 + size != cue.first - 1):
                continue
            if any(
                node.pos in VERBAL and not self.named(node) and node.morph("VerbForm") == "Fin"
                for node in inside[:size]
            ):
                continue
            other = self.phrase(head, first=i + 1, last=i + 1 + size)
            first = self._topmost(passage.nodes[i - 2])
            main = self.phrase(first, last=i - 1) if before else speaker
            if first.start >= unit[0] and self.plausible(other) and self.plausible(main):
                return main, other
        return None

    def together(self, cue: Cue, speaker: Speaker, plural: bool) -> tuple[Speaker, list[Speaker]]:
        """The first speaker of a cue and all others: in a row, joined, or likened to the first."""
        row = self.enumerated(speaker) if plural and not cue.passive else []
        if row:
            return row[0], row[1:]
        others = self.joint(speaker, plural)
        likened = self.likened(cue, speaker) if not others and not cue.passive else None
        return (likened[0], [likened[1]]) if likened is not None else (speaker, others)

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
            if opening in self.words.agent_markers:  # "selon les syndicats et par 23 % selon le ministère"
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


def _past_agent(noun: Node) -> Node:
    """Whom an agent did something to, who speaks: "une source jointe par l'AFP évoque"."""
    verb = noun.head if noun.dep == "obl:agent" else None
    above = verb.head if verb is not None and verb.dep in ("acl", "amod") else None
    return above if above is not None and above.pos in NOMINAL and above.i < noun.i else noun
