"""Where what someone is asked for or blamed for begins ("accuse Kiev de", "appelle les alliés à")."""

from ...model.records import Span
from .cues import Cue
from .extents import Extents
from .passage import VERBAL


class Demands(Extents):
    """Finds the preposition in front of what is asked or blamed."""

    def asked(self, cue: Cue, unit: Span) -> int | None:
        """The preposition in front of what is asked or blamed: with an infinitive; or, after a verb of blame, with a
        noun that hangs on the verb, or that has no article ("de fraude")."""
        passage, blame = self.passage, cue.verb.frames["t"] == "accuse"
        if cue.verb.frames["t"] in ("assert", "expect"):
            return self._informed(cue, unit)
        after = passage.nodes[cue.after + 1] if cue.after + 1 < len(passage.nodes) else None
        if passage.word(cue.after) == "," and not (after is not None and self.reader.timed(after)):
            return None
        doubtful: int | None = None
        told = 0  # where a relative clause on whom it is laid to ends
        for i in range(cue.after, min(cue.after + 30, len(passage.nodes) - 1)):
            node, word = passage.nodes[i], passage.words[i]
            told = max(told, self._relative_end(i, unit))
            if i < told:
                continue
            if node.start >= unit[1] or word == ":" or i in self.starts:
                break
            if node.pos in VERBAL and node.morph("VerbForm") == "Fin" and passage.quote_at(node.start) is None:
                break
            if word not in self.words.infinitive_markers or passage.nodes[i - 1].pos == "ADP":
                continue  # "le menaçait depuis des mois": no preposition stands behind another
            if self.infinitive_after(i):
                return i
            if i == cue.after and not blame and "d" in cue.verb.frames and word in self.words.noun_to_markers:
                return None  # "appelle au boycott du scrutin": nobody is addressed
            if not blame and "d" in cue.verb.frames and doubtful is None and i > cue.after and self.hangs_on(i, cue):
                doubtful = i  # "a appelé les deux camps à la retenue"
            laid = cue.verb.frames["t"] in ("accuse", "commit") and word in self.words.blame_markers
            if laid and doubtful is None and i > cue.after and self._deed(i):
                doubtful = i  # "ont menacé la junte d'une intervention armée"
            if not blame or word not in self.words.blame_markers:
                continue
            first = self._past_adverbs(cue.after) - self._mutual(cue)
            if self.hangs_on(i, cue) and i > first:
                return i
            if doubtful is None and "n" not in cue.verb.frames and i > first and passage.nodes[i + 1].pos == "NOUN":
                doubtful = i
        return doubtful

    def _informed(self, cue: Cue, unit: Span) -> int | None:
        """The preposition in front of what someone is told of ("a informé les élus du Congrès d'une livraison"): its
        noun hangs on the verb, or has an article of its own behind whoever is told."""
        passage = self.passage
        fallback: int | None = None
        if cue.passive:
            return None
        for i in range(cue.after, min(cue.after + 12, len(passage.nodes) - 1)):
            node, after = passage.nodes[i], passage.nodes[i + 1]
            if node.start >= unit[1] or node.text in (",", ":") or (node.pos in VERBAL and not self.reader.timed(node)):
                break
            if passage.words[i] not in self.words.blame_markers or self.infinitive_after(i):
                continue
            own = after.pos == "DET" and (after.morph("Definite") == "Ind" or after.morph("Poss") == "Yes")
            if own or self.hangs_on(i, cue):
                return i
            told = passage.nodes[i - 1]
            if fallback is None and (i == cue.after or told.pos == "PROPN" or told.dep == "obj") and after.pos == "DET":
                fallback = i
        return fallback

    def _deed(self, i: int) -> bool:
        """Whether a preposition leads to a deed that one is blamed for or threatened with, not to whose someone is."""
        behind = self.passage.nodes[i + 1 : i + 4]
        if behind[0].pos == "DET" and behind[0].morph("Definite") != "Ind":
            return False
        noun = next((node for node in behind if node.pos not in ("DET", "ADJ", "NUM")), None)
        lemma = noun.lemma.lower() if noun is not None and noun.pos == "NOUN" else ""
        return lemma in self.words.hostility.nouns or lemma in self.words.threatened

    def _relative_end(self, i: int, unit: Span) -> int:
        """Past the comma that closes a relative clause which a comma opens ("accuse les rebelles, qui tiennent la
        ville, de"); 0 where none does."""
        passage, words = self.passage, self.words
        opens = words.relatives | words.oblique_relatives | words.backgrounds
        if passage.word(i) != "," or passage.word(i + 1) not in opens:
            return 0
        spoken = False
        for node in passage.nodes[i + 1 :]:
            if node.start >= unit[1]:
                return 0
            spoken = spoken or (node.pos in VERBAL and node.morph("VerbForm") == "Fin")
            if spoken and passage.words[node.i] == ",":
                return node.i + 1
        return 0

    def _past_adverbs(self, i: int) -> int:
        """Past the adverbs behind a verb: "soupçonnent également des soldats de", where an article begins."""
        while i < len(self.passage.nodes) and self.passage.nodes[i].pos == "ADV":
            i += 1
        return i

    def _mutual(self, cue: Cue) -> bool:
        """Whether a verb is reflexive: nobody else stands behind it ("se sont mutuellement accusés de tirs")."""
        return not self.words.reflexives.isdisjoint(self.passage.words[cue.first : cue.node.i])

    def hangs_on(self, i: int, cue: Cue) -> bool:
        """Whether a preposition's noun hangs on the cue and not on a noun in between."""
        head = self.passage.nodes[i].head
        return head is not None and head.head is cue.node
