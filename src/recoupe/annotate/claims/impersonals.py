"""Claims that no one is said to make: open questions, passives, hearsay, "c'est le bilan communiqué par X"."""

import re

from ...model.records import Span
from .contents import Frames
from .expressions import Impersonal
from .found import Found, Speaker
from .passage import EDGE, Passage
from .speakers import Reader


class Impersonals:
    """Reads the claims of impersonal expressions in one paragraph."""

    def __init__(self, passage: Passage, reader: Reader, frames: Frames) -> None:
        self.passage, self.reader, self.frames = passage, reader, frames
        self.words = passage.lex.words
        self.low = passage.low

    def _span(self, match: re.Match[str]) -> Span:
        start = self.passage.tree.start
        return start + match.start(1), start + match.end(1)

    def _whole(self, span: Span) -> list[Span]:
        start, end = span
        if start >= end or not self.passage.between(start, end):
            return []
        return self.frames.stripped(start, end)

    def _summed(self, cue: Span) -> Found | None:
        """ "« 12 morts » : c'est le bilan communiqué par la mairie": what stands before is what the mayor said."""
        passage = self.passage
        unit = passage.unit_at(cue[0])
        parts = self._whole(passage.trim((passage.lead(*unit), cue[0])))
        after = passage.between(cue[1], unit[1])
        by = next((node.i for node in after if passage.words[node.i] in self.words.agent_markers), None)
        speaker = self.reader.inverted(by + 1, unit[1]) if by is not None else None
        if not parts or speaker is None or not self.reader.plausible(speaker):
            return None
        return Found(passage, parts, cue, speaker)

    def _open(self, cue: Span, start: int, rule: Impersonal) -> Found | None:
        passage = self.passage
        if passage.quote_at(cue[0]) is not None:
            return None
        unit = passage.unit_at(cue[0])
        first = passage.index(start)
        if first < len(passage.nodes) and passage.words[first] in (*self.words.conditions, *self.words.complementizers):
            start = passage.nodes[first].end
        parts = self._whole(passage.trim((start, unit[1])))
        cue = self._core(cue)
        return Found(passage, parts, cue, None, rule.act, rule.certainty, fixed=True)

    def _core(self, cue: Span) -> Span:
        return self.passage.trim(cue)

    def _said_of(self, cue: Span, rule: Impersonal) -> Found | None:
        passage = self.passage
        if passage.quote_at(cue[0]) is not None:
            return None
        unit = passage.unit_at(cue[0])
        first = passage.index(cue[1])
        if first >= len(passage.nodes):
            return None
        speaker: Speaker | None = None
        limit = unit[1]
        if passage.words[first] == "," and passage.word(first + 1) in self.words.agent_markers:
            first += 1  # "tenu pour responsable, par X, de Y"
            limit = max(passage.text.find(",", passage.nodes[first].end, unit[1]), passage.nodes[first].end)
        if passage.words[first] in self.words.agent_markers:  # "accusé par X de Y"
            speaker = self.reader.inverted(first + 1, limit)
            while first < len(passage.nodes) - 1 and not (
                passage.words[first] in self.words.blame_markers
                and (self.frames.infinitive_after(first) or self._right_behind(speaker, first))
            ):
                first += 1
                if speaker is None or passage.nodes[first].start >= unit[1]:
                    return None
        start = passage.nodes[first].start
        if passage.words[first] in (*self.words.infinitive_markers, *self.words.purpose):
            start = passage.nodes[first].end
        told = passage.between(*cue)
        agents = (child for node in told for child in node.children if child.dep == "obl:agent")
        agent = next((child for child in agents if child.start >= start), None)
        end = min([unit[1], *(member.start for member in (agent.subtree() if agent else []))])
        by = next(
            (n for n in reversed(passage.between(start, end)) if passage.words[n.i] in self.words.agent_markers), None
        )
        named = self.reader.inverted(by.i + 1, end) if by is not None and speaker is None and agent is None else None
        if by is not None and named is not None and named.head is not None and self.reader.named(named.head):
            speaker, end = named, by.start  # "tenu pour responsable de l'attaque par Washington"
        commas = (each.i for each in passage.between(start, end) if passage.words[each.i] == ",")
        comma = next((i for i in commas if not self.frames.listed(i) and not self._lists(i)), None)
        parts = self._whole(passage.trim((start, passage.nodes[comma].start if comma is not None else end)))
        speaker = speaker or (self.reader.phrase(agent) if agent else None)
        return Found(passage, parts, cue, speaker, rule.act, rule.certainty, fixed=True)

    def _right_behind(self, speaker: Speaker | None, i: int) -> bool:
        """Whether token i stands right behind a speaker, but for a comma."""
        return speaker is not None and not self.passage.text[speaker.span[1] : self.passage.nodes[i].start].strip(EDGE)

    def _lists(self, i: int) -> bool:
        """Whether a participle right behind a comma goes on with those before ("d'avoir tué A, brûlé B et pillé C")."""
        after = self.passage.nodes[i + 1] if i + 1 < len(self.passage.nodes) else None
        return after is not None and after.dep == "conj" and after.morph("VerbForm") == "Part"

    def _hearsay(self, at: Span) -> Found | None:
        passage = self.passage
        start, end = passage.tree.start + at[0], passage.tree.start + at[1]
        if passage.quote_at(start) is not None:
            return None
        unit = passage.unit_at(start)
        begin = passage.lead(*unit)
        parts = [*self._whole(passage.trim((begin, start))), *self._whole(passage.trim((end, unit[1])))]
        if passage.before(start, unit[0]) != ",":  # an adverb inside its clause
            parts = self._whole(passage.trim((begin, unit[1])))
        return Found(passage, parts, (start, end), None, form="conditional")
