"""Expressions like "selon X" inside a relative clause: whose words they are, and where these end."""

from ...model.records import Span
from .impersonals import Impersonals
from .passage import EDGE, VERBAL


class Relatives(Impersonals):
    """Finds the relative clause that an expression stands in."""

    def _relative_before(self, cue: Span) -> int | None:
        """The number of a relative pronoun right before the expression ("qui, selon lui, cherche")."""
        i = self.passage.index(cue[0]) - 1
        while i >= 0 and self.passage.word(i) == ",":
            i -= 1
        words = self.words
        opening = words.relatives | words.oblique_relatives | words.backgrounds | words.complementizers
        return i if self.passage.word(i) in opening else None

    def _relative_around(self, cue: Span, end: int, behind: int, unit: Span) -> int | None:
        """The number of the relative pronoun in whose clause the expression stands, behind its verb ("qui abritait,
        d'après l'armée, un dépôt"). At the end of the sentence, behind a comma, it is of the clause around that one
        ("200 personnes ont péri dans les crues qui ont ravagé la côte, selon les secours"). `end`
        is the speaker's, `behind` that of what is said of the speaker."""
        passage, words = self.passage, self.words
        i, verbs = passage.index(cue[0]) - 1, 0
        apart = passage.word(i) == ","
        if apart and passage.after(behind, unit[1]) in (".", ""):
            return None
        comma = passage.index(end)
        if passage.word(comma) == "," and passage.word(comma + 1) in words.conjunctions:
            goes_on = passage.nodes[comma + 2 : comma + 3]  # "…, selon l'ONU, et a fait trois morts"
            if any(node.pos in VERBAL and node.morph("VerbForm") == "Fin" for node in goes_on):
                return None
        i -= apart
        while i >= 0 and passage.nodes[i].pos != "PUNCT":
            if passage.words[i] in words.relatives:
                return i if verbs == 1 else None
            verbs += passage.nodes[i].morph("VerbForm") == "Fin" and passage.nodes[i].pos in VERBAL
            i -= 1
        return None

    def _inside(self, relative: int, cue: Span, end: int, unit: Span) -> list[Span]:
        """The relative clause on both sides of the expression in it."""
        passage = self.passage
        left = self._whole(passage.trim((passage.nodes[relative].end, cue[0]), EDGE))
        commas = passage.before(cue[0], 0) == ",", passage.after(end, unit[1]) == ","
        if commas[0] != commas[1] or passage.after(end, unit[1]) == ".":
            return left
        behind = passage.text.find(",", end, unit[1]) + 1 if commas[1] else end
        right = passage.trim((behind, self._row_end(behind, unit[1])), EDGE)
        return [*left, *self._whole(right)] if right[0] < right[1] else left

    def _row_end(self, start: int, end: int) -> int:
        """Where a clause ends, read as a row of words, where the parse goes wrong: at a comma behind its verb, or
        before the next verb."""
        passage, done = self.passage, False
        for node in passage.between(start, end):
            if passage.words[node.i] == "," and (done or passage.quote_at(node.start) is None):
                return node.start
            finite = node.morph("VerbForm") == "Fin" and node.pos in VERBAL
            if finite and done:
                return node.start
            done = done or finite
        return end

    def frames_end(self, i: int, unit: Span) -> int:
        """Where the clause of token i ends, as the parse has it (the sentence's end if it has none)."""
        head = self.passage.nodes[i].head
        if head is None or head.i < i:
            return unit[1]
        return min(unit[1], max(node.end for node in head.subtree()))

    def _told_relative(self, left: Span, cue: Span) -> Span | None:
        """The relative clause that ends what stands before an expression, where someone else already says the rest ("Le
        maire a dit que P, où douze personnes ont péri, selon la police")."""
        passage, words = self.passage, self.words
        commas = [node for node in passage.between(*left) if node.text == "," and passage.quote_at(node.start) is None]
        if not commas or passage.word(commas[-1].i + 1) not in words.relatives | words.backgrounds:
            return None
        start = passage.nodes[commas[-1].i + 1].end
        spoken = any(left[0] <= one.span[0] < commas[-1].start and one.shape == "finite" for one in self.frames.cues)
        told = any(node.pos in VERBAL and node.morph("VerbForm") == "Fin" for node in passage.between(start, left[1]))
        return passage.trim((start, left[1])) if spoken and told else None
