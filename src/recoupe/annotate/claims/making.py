"""A claim of a verb cue: its act by the frame that gave it, what the cue's negation does to it, who speaks."""

from ...model.records import Act, Span
from .cues import Cue, said
from .found import Found, Speaker
from .whose import Whose


class Making(Whose):
    """Builds the claims of verb cues."""

    def made(self, cue: Cue, frame: str, parts: list[Span], speaker: Speaker | None) -> Found | None:
        act: Act | None = cue.verb.frames.get(frame)
        if act is None or not said(self.passage, cue, self.passage.lex):
            return None
        if frame in ("c", "n") and all(map(self.reader.timed, self.passage.between(parts[0][0], parts[-1][1]))):
            return None  # "n'a confirmé les faits que lundi"
        if frame not in ("c", "q") and parts and self._veiled(parts[0]):
            return None
        found = Found(self.passage, parts, cue.span, speaker, act, cue.verb.certainty)
        found.negated = cue.verb.negates and frame != "q" and act != "deny"
        asked = frame == "w"  # "ne sait pas si", "n'a pas dit si": it is open
        if cue.negated and not asked and not self._negation(cue, found):
            return None
        if frame == "b" and act == "commit" and self._past_infinitive(parts[0][0]):
            found.act = "assert"  # "a annoncé avoir tué" tells, "a annoncé suspendre" announces
        found.fixed = found.act != "assert"
        found.announces = act == "assert" and cue.verb.frames.get("b") == "commit"
        found.naming = frame in ("k", "y")
        found.narrates = speaker is None and cue.shape == "infinitive"
        found.mute = cue.shape == "gerund" or frame in ("n", "k", "y") or (cue.passive and frame in ("i", "b", "d"))
        if speaker is not None:
            found.speaker, found.extra = self.reader.together(cue, speaker, not self._singular(cue))
        return found

    def _veiled(self, part: Span) -> bool:
        """Whether all that is asked for is not to be named ("sous condition d'anonymat", "a demandé l'anonymat")."""
        opening = self.passage.between(*part)[:2]
        return any(node.lower in self.words.veils for node in opening)

    def _past_infinitive(self, start: int) -> bool:
        inside = self.passage.nodes[self.passage.index(start) : self.passage.index(start) + 5]
        infinitive = next((node for node in inside if node.morph("VerbForm") == "Inf"), None)
        return infinitive is not None and self.passage.words[infinitive.i] in self.passage.lex.auxiliaries

    def _singular(self, cue: Cue) -> bool:
        """Whether the cue has one speaker, by its finite form."""
        group = self.passage.nodes[cue.first : cue.node.i + 1]
        return any(node.morph("Number") == "Sing" and node.morph("VerbForm") == "Fin" for node in group)

    def _negation(self, cue: Cue, found: Found) -> bool:
        """A negated cue says nothing, but not to deny is to admit, and not to believe is to believe the contrary."""
        if cue.verb.negates:  # "n'exclut pas que"
            found.act, found.certainty, found.negated = "expect", "possible", False
            return True
        if found.act == "deny":
            found.act = "admit"
            return True
        if found.certainty == "probable" or found.act in ("commit", "expect"):
            found.negated = not found.negated
            return True
        return False
