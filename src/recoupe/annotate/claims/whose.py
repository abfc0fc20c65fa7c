"""Who says what a verb cue hands over: its own subject, that of the cue or verb that it hangs on."""

from ...model.records import Span
from .cues import Cue
from .endings import Endings
from .found import Speaker
from .passage import NOMINAL, VERBAL


class Whose(Endings):
    """Finds the speakers of cues that are no asides."""

    def speaker(self, cue: Cue, before: int | None = None) -> Speaker | None:
        """The speaker of a cue that is no aside; an inverted one stands before token `before`."""
        found = self.shared(cue) or self._pursuing(cue) or self.before_relative(cue) or self.reader.subject(cue)
        if found is None and before is not None and not cue.passive:
            found = self.reader.inverted(cue.after, self.passage.nodes[before].start)
        return found

    def _pursuing(self, cue: Cue) -> Speaker | None:
        """Who acts to say it ("Le ministre a appelé son homologue pour dénoncer …"): the subject of the main verb."""
        if cue.shape != "infinitive":
            return None
        for node in cue.node.ancestors():
            subject = node.find("nsubj") if node.pos in VERBAL and node.i < cue.first else None
            if subject is not None and subject.i < node.i:
                return self.reader.standing(subject, node)
        return None

    def shared(self, cue: Cue) -> Speaker | None:
        """The speaker of the cue before, where this one is coordinated with it or its participle."""
        passage = self.passage
        unit = passage.unit_at(cue.span[0])
        earlier = [other for other in self.cues if other.node.i < cue.node.i and other.span[0] >= unit[0]]
        earlier = [other for other in earlier if other.shape == "finite" and passage.quote_at(other.span[0]) is None]
        if not earlier:
            if cue.shape != "gerund":
                return None
            return self._telling(cue, cue.first) or self.main_subject(cue, unit)
        if cue.shape == "gerund":
            first = cue.first - (passage.word(cue.first - 1) in passage.lex.clitics)
            mark = passage.before(passage.nodes[first].start, unit[0])
            noun = self._telling(cue, first)
            if noun is not None:
                return noun
            if mark != "," and passage.word(cue.first - 1) not in self.words.gerund_markers:
                return None
            host = earlier[-1]
            if "r" in host.verb.frames:
                return self.reader.inverted(host.after, cue.span[0])
            return self.aside_speaker(host, unit) if self.is_aside(host) else self.speaker(host, cue.first)
        joined = next((other for other in reversed(earlier) if self.joined(cue, other)), None)
        return self.speaker(joined, cue.first) if joined is not None else None

    def _telling(self, cue: Cue, first: int) -> Speaker | None:
        """The noun right before a participle that hangs on it ("un communiqué affirmant que")."""
        head = cue.node.head
        before = self.passage.nodes[first - 1] if first else None
        if head is None or before is None or head.pos not in NOMINAL or head.i >= first or before.pos not in NOMINAL:
            return None
        if not cue.node.dep.startswith("acl"):
            return None
        speaker = self.reader.phrase(head, last=first)
        return speaker if self.reader.plausible(speaker) else None

    def main_subject(self, cue: Cue, unit: Span) -> Speaker | None:
        """The subject of the main clause, for a participle that opens the sentence."""
        if self.long_enough(unit[0], self.passage.nodes[cue.first].start):
            return None
        main = next((node for node in cue.node.ancestors() if node.morph("VerbForm") != "Inf"), None)
        subject = main.find("nsubj", "nsubj:pass") if main is not None else None
        if main is None:  # the parse made the participle the root
            later = self.passage.between(cue.span[1], unit[1])
            found = [node.find("nsubj") for node in later if node.pos in VERBAL and node.morph("VerbForm") == "Fin"]
            subject = next((each for each in found if each is not None and each.i > cue.last), None)
            if subject is not None and self.passage.word(subject.leftmost() - 1) != ",":
                return None
        return self.reader.phrase(subject, first=cue.after) if subject is not None else None
