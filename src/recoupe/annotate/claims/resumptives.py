"""What a verb of speech takes up from before it: "ce que dément Moscou", ", une version que X conteste"."""

from ...model.records import Span
from .asides import LISTENER
from .cues import Cue
from .found import Found
from .predicates import Predicates

SUBJECTS = frozenset({"DET", "NOUN", "PROPN", "ADJ", "PRON", "ADP"})
# The longest subject between "ce que" and its verb, in tokens ("le porte-parole de l'armée ukrainienne" has eight).
SUBJECT = 10


class Resumptives(Predicates):
    """Finds what was said before its cue."""

    def said_before(self, cue: Cue, parts: list[Span]) -> Found | None:
        """What was said before, taken up by a relative clause with the cue; its subject may stand behind."""
        passage, unit = self.passage, self.passage.unit_at(cue.span[0])
        frame = next((key for key in ("n", "c", "q") if key in cue.verb.frames), "")
        behind = (
            self.reader.inverted(cue.after, unit[1])
            if passage.word(cue.first - 1) in passage.lex.complementizers
            else None
        )
        told = self.reader.agent(cue) if passage.word(cue.after) in self.words.agent_markers else None
        speaker = behind or told or self.speaker(cue) or self.reader.inverted(cue.after, unit[1])
        return self.made(cue, frame, parts, speaker) if frame and parts else None

    def presented(self, cue: Cue, unit: Span) -> Span | None:
        """The sentence before one that only presents it ("C'est du moins ce qu'affirme l'armée.")."""
        passage, this = self.passage, cue.node.head
        if this is None or this.find("cop") is None or unit[0] <= passage.units[0][0]:
            return None
        if any(node.pos in ("NOUN", "PROPN") for node in passage.between(unit[0], this.end)):
            return None
        if f"{passage.words[this.i]} {passage.word(this.i + 1)}" not in self.words.resumptives:
            return None
        return passage.trim(next(each for each in reversed(passage.units) if each[1] <= unit[0]))

    def takes_up(self, i: int) -> bool:
        """Whether token i ends the words that take up what was said, behind a comma (", ce que")."""
        word = self.passage.word
        return word(i - 2) == "," and f"{word(i - 1)} {word(i)}" in self.words.resumptives

    def _account(self, cue: Cue, unit: Span) -> int | None:
        """The comma before a noun for an account, with a participle and who denies or confirms it (", une version
        contredite par des rescapés"): not for a toll, which leaves what was done as it is."""
        passage = self.passage
        if "n" not in cue.verb.frames or passage.word(cue.after) not in self.words.agent_markers:
            return None
        comma = self.apposed(cue.first, passage.index(unit[0])) if cue.shape == "bare" else None
        inside = passage.nodes[comma + 1 : cue.first] if comma is not None else []
        named = {word for node in inside for word in (passage.words[node.i], node.lemma.lower())}
        told = named & self.words.accounts or any(word in passage.lex.nouns for word in named)
        return comma if told else None

    def of_subject(self, i: int) -> bool:
        """Whether token i may stand in a subject ("l'état-major"), by its word class."""
        return self.passage.nodes[i].pos in SUBJECTS or self.passage.words[i] == "-"

    def apposed_noun(self, cue: Cue, unit: Span) -> int | None:
        """The comma before a noun of speech, or a bare relative, that takes up what was said (", a charge the group
        denied", ", which Moscow denies"): a subject of its own stands between it and the verb, nothing behind it. Or
        that of an indefinite noun with a relative clause (", une version que contestent les familles")."""
        passage = self.passage
        subject = cue.node.find("nsubj")
        comma = self._account(cue, unit)
        if comma is not None:
            return passage.nodes[comma].start
        if "n" in cue.verb.frames and cue.shape == "finite":
            i = cue.first - 1
            while i > 0 and cue.first - i < LISTENER and self.of_subject(i):
                if passage.words[i] in passage.lex.complementizers:
                    break
                i -= 1
            comma = self.apposed(i, passage.index(unit[0])) if passage.word(i) in passage.lex.complementizers else None
            if comma is not None:
                return passage.nodes[comma].start
        if "n" not in cue.verb.frames or cue.shape != "finite" or subject is None or subject.i >= cue.first:
            return None
        if not self._closed_after(cue, unit):
            return None
        first = min([subject.i, *(child.i for child in subject.children if child.dep in ("det", "amod", "nmod:poss"))])
        i = first - 1
        while i > 0 and passage.word(i) in self.words.complementizers:
            i -= 1
        bare = passage.word(i) in self.words.resumptives and passage.word(i - 1) == ","
        j = i if bare else i - 1 if passage.word(i) in passage.lex.nouns and passage.nodes[i - 1].pos == "DET" else -1
        if j < 1 or passage.word(j - 1) != ",":
            return None
        return passage.nodes[j - 1].start
