"""Claims that a noun hands over ("les accusations de fraude portées par X", "la promesse du maire de partir")."""

import operator
from itertools import compress
from typing import NamedTuple

from ...model.records import Span
from ..tree import Node
from .contents import Frames
from .found import Found, Speaker
from .lexicon import Nouns
from .passage import NOMINAL, VERBAL, Passage
from .speakers import Reader

_NOUN = operator.attrgetter("noun")
REACH = 14  # tokens between a noun and what it hands over: whose it is, an adjective, a day


class Content(NamedTuple):
    """Where a noun's content begins and the token it begins after; who the words before it credit."""

    start: int
    token: int
    owner: Speaker | None


class NounCues:
    """Reads the claims of one paragraph's nouns."""

    def __init__(self, passage: Passage, reader: Reader, frames: Frames) -> None:
        self.passage, self.reader, self.frames = passage, reader, frames
        self.words = passage.lex.words

    def claims(self) -> list[Found]:
        """All of them, in text order."""
        passage = self.passage
        heads = [node for node in compress(passage.nodes, map(_NOUN, passage.known)) if node.pos not in VERBAL]
        heads = [node for node in heads if not self.reader.named(node)]  # the "Conseil" of a name advises nobody
        rules = [(node, passage.known[node.i].noun) for node in heads]
        return [claim for node, rule in rules if rule and (claim := self._claim(node, rule)) is not None]

    def _claim(self, node: Node, rule: Nouns) -> Found | None:
        passage = self.passage
        if passage.quote_at(node.start) is not None:
            return None
        unit = passage.unit_at(node.start)
        content = self._content(node.i, rule.frames, unit)
        if content is None:
            return None
        verb = self._light(node)
        end, agent = self._end(node, content, unit)
        parts = self.frames.stripped(*passage.trim((content.start, end))) if end > content.start else []
        if not parts:
            return None
        claim = Found(passage, parts, node.span, content.owner or agent, rule.act, rule.certainty)
        if verb is not None:
            self._borne(claim, verb, node)
            if claim.cue is None:
                return None
        claim.speaker = claim.speaker or self._possessor(node)
        if claim.speaker is None and "owned" in rule.frames:
            return None
        claim.noun = True
        claim.announces = "of" in rule.frames and rule.act == "assert"
        claim.negated = claim.negated != rule.negates
        claim.fixed = rule.act != "assert" or rule.certainty != "certain"
        return claim

    # -- where the content begins ----------------------------------------------------------------------------------

    def _content(self, i: int, frames: list[str], unit: Span) -> Content | None:
        """Where the content of a noun begins, None where none follows."""
        passage = self.passage
        end = passage.nodes[i].end
        heading = passage.lex.relative_heading
        if "heading" in frames and heading is not None:
            match = heading.search(passage.text[end : min(end + 60, unit[1])].lower())
            if match and not any(node.morph("VerbForm") == "Fin" for node in passage.between(end, end + match.start())):
                return Content(end + match.end(), passage.index(end + match.end()) - 1, None)
        owner: Speaker | None = None
        j = i + 1
        while j < min(i + REACH, len(passage.nodes)) and passage.nodes[j].start < unit[1]:
            node, word = passage.nodes[j], passage.words[j]
            if node.pos in ("ADJ", "ADV") or self._dated(j):
                j += 1
            elif self._opens(j, frames):
                return Content(node.end, j, owner)
            elif word in (*self.words.agent_markers, *self.words.noun_of_markers) and owner is None:
                owner = self._owner(j, unit)
                if owner is None:
                    return None
                j = passage.index(owner.span[1])
            else:
                return None
        return None

    def _dated(self, j: int) -> bool:
        """Whether token j is of a time, or the preposition in front of one."""
        after = self.passage.nodes[j : j + 2]
        return self.reader.timed(after[0]) or (after[0].pos == "ADP" and self.reader.timed(after[-1]))

    def _opens(self, j: int, frames: list[str]) -> bool:
        """Whether token j is the conjunction or preposition in front of the content."""
        passage = self.passage
        word, node = passage.words[j], passage.nodes[j]
        if "clause" in frames and word in self.words.complementizers and node.pos == "SCONJ":
            return not self._relative(j)
        of, to = word in self.words.noun_of_markers, word in self.words.noun_to_markers
        if "infinitive" in frames and (of or to) and self.frames.infinitive_after(j):
            return True
        if ("of" in frames and of) or ("to" in frames and to):
            nxt = passage.nodes[j + 1] if j + 1 < len(passage.nodes) else None
            return nxt is not None and nxt.ent not in ("PER", "ORG") and self._tells(j + 1)
        return False

    def _relative(self, j: int) -> bool:
        """Whether a clause only says who did something with the noun ("une affirmation que l'armée a démentie")."""
        passage = self.passage
        unit = passage.unit_at(passage.nodes[j].start)
        cue = next((cue for cue in self.frames.cues if cue.first > j and "n" in cue.verb.frames), None)
        return cue is not None and cue.span[1] <= unit[1] and passage.after(cue.span[1], unit[1]) in ("", ".", ",")

    def _tells(self, j: int) -> bool:
        """Whether an infinitive or a noun of its own follows, not the one who speaks ("les accusations de Kiev")."""
        for node in self.passage.nodes[j : j + 4]:
            if node.pos in ("PROPN", "PUNCT"):
                return False
            if node.pos in ("VERB", "NOUN"):
                return self.passage.lex.makers.isdisjoint((self.passage.words[node.i], node.lemma.lower()))
        return False

    def _owner(self, j: int, unit: Span) -> Speaker | None:
        """Whose claim it is, after "par" or "de": a noun phrase that can speak, up to what opens the content."""
        passage = self.passage
        if passage.word(j) not in self.words.agent_markers and self.frames.infinitive_after(j):
            return None
        last = j + 1
        while last < min(j + REACH, len(passage.nodes)) and passage.nodes[last].start < unit[1]:
            word = passage.words[last]
            marked = word in (*self.words.noun_of_markers, *self.words.noun_to_markers)
            if word in self.words.complementizers or word == "," or (marked and self.frames.infinitive_after(last)):
                break
            last += 1
        head = next((node for node in passage.nodes[j + 1 : last] if node.pos in NOMINAL), None)
        if head is None:
            return None
        speaker = self.reader.phrase(head, first=j + 1, last=last)
        return speaker if self.reader.plausible(speaker) else None

    # -- where it ends, and whose it is ----------------------------------------------------------------------------

    def _end(self, node: Node, content: Content, unit: Span) -> tuple[int, Speaker | None]:
        """The end of the noun's own subtree, or of the clause; before "portées par X", and then X."""
        passage = self.passage
        inside = [each for each in node.subtree() if each.start < unit[1]]
        end = max(each.end for each in inside)
        end = min(end, unit[1]) if end > content.start + 3 else unit[1]
        if node.dep.startswith("nsubj") and node.head is not None and content.start < node.head.start < end:
            group = [
                node.head,
                *(child for child in node.head.children if child.dep.startswith(("aux", "cop", "advmod"))),
            ]
            end = min(each.start for each in group if each.i > content.token)
        end = self._main_verb(content, end)
        for each in passage.between(content.start, end):
            borne = each.morph("VerbForm") == "Part" and each.dep in ("acl", "amod", "acl:relcl")
            if not borne or each.lemma not in self.words.light_verbs:
                continue
            agent = next((child for child in each.children if self._by(child)), None)
            if agent is not None:
                return passage.nodes[each.i - 1].end, self.reader.phrase(agent, first=each.i + 1)
            if any(child.i < each.i for child in each.children):
                continue
            return passage.nodes[each.i - 1].end, None
        if not any(each.morph("VerbForm") == "Fin" for each in passage.between(content.start, end)[:8]):
            comma = next((each.i for each in passage.between(content.start, end) if self._closes(each)), None)
            end = passage.nodes[comma].start if comma is not None else end
        for child in node.children:
            if self._by(child) and child.start > content.start and child.start < end:
                return passage.nodes[child.leftmost()].start, self.reader.phrase(child)
        return end, None

    def _main_verb(self, content: Content, end: int) -> int:
        """The end moved before the verb of the sentence, where the parse took it in ("le refus de céder bloque …"):
        a finite verb of an infinitive content with no subject and no conjunction of its own."""
        passage = self.passage
        if passage.word(content.token) in self.words.complementizers or not self.frames.infinitive_after(content.token):
            return end
        openers = (*self.words.complementizers, *self.words.relatives, *self.words.whether, *self.words.backgrounds)
        for node in passage.between(content.start, end):
            if passage.words[node.i] in openers:
                return end
            if node.morph("VerbForm") == "Fin" and node.pos in VERBAL:
                first = node.i
                while passage.words[first - 1] in (*passage.lex.clitics, *self.words.negative_particles):
                    first -= 1
                return passage.nodes[first].start if passage.nodes[first].start > content.start else end
        return end

    def _closes(self, node: Node) -> bool:
        """Whether a comma ends a noun's content: none in a quotation or an enumeration."""
        passage = self.passage
        return passage.words[node.i] == "," and passage.quote_at(node.start) is None and not self.frames.listed(node.i)

    def _by(self, node: Node) -> bool:
        case = node.find("case")
        return case is not None and self.passage.words[case.i] in self.words.agent_markers

    def _light(self, node: Node) -> Node | None:
        """The verb that a noun is the object of ("a lancé un appel", "n'a pas l'intention")."""
        verb = node.head
        if node.dep not in ("obj", "obl:arg", "xcomp", "obl:mod", "obl") or verb is None or verb.i > node.i:
            return None
        between = self.passage.nodes[verb.i + 1 : node.i]
        if node.dep in ("obl:mod", "obl") and any(other.pos in VERBAL or other.lower == "," for other in between):
            return None  # "a annoncé qu'elle partait, après l'annonce de …"
        return verb if verb.lemma in self.words.light_verbs else None

    def _borne(self, claim: Found, verb: Node, node: Node) -> None:
        """The subject of the light verb speaks, and its negation turns the content round."""
        passage = self.passage
        if claim.speaker is None:
            subject = verb.find("nsubj")
            above = verb
            while subject is None and above.dep in ("conj", "xcomp") and above.head is not None:
                above = above.head
                subject = above.find("nsubj")
            if subject is not None and subject.i < verb.i:
                claim.speaker, claim.borne = self.reader.standing(subject, verb), True
        first = min([verb.i, *(child.i for child in verb.children if child.dep.startswith("aux"))])
        while passage.word(first - 1) in self.words.negative_particles:
            first -= 1
        if claim.borne:
            claim.cue = passage.nodes[first].start, node.end
        negated = any(passage.words[j] in self.words.negators for j in range(first, node.i))
        if negated and claim.act in ("commit", "expect"):
            claim.negated = True
        elif negated:
            claim.cue = None

    def _possessor(self, node: Node) -> Speaker | None:
        """ "leurs accusations": the possessive speaks."""
        det = node.find("det", "nmod:poss", "det:poss")
        words = self.words.speakers.possessives
        return Speaker(det.span, det) if det is not None and self.passage.words[det.i] in words else None
