"""What a verb cue hands over: the frames of the verb are tried in turn, the parse gives the extents."""

import functools
from collections.abc import Callable

from ...model.records import Span
from ..tree import Node
from .cues import Cue
from .found import Found
from .others import told_before, unsaid
from .passage import VERBAL
from .resumptives import SUBJECT, Resumptives

WINDOW = 14  # tokens between a cue and its conjunction: a speaker, a listener, a day, a channel


class Frames(Resumptives):
    """Reads the claims of one paragraph's verb cues."""

    def claims(self, cue: Cue) -> list[Found]:
        """The claims of a cue: what its frame hands over, and a quotation after a colon beside it."""
        unit = self.passage.unit_at(cue.span[0])
        aside = self.is_aside(cue)
        colon = self._colon_at(cue, unit)
        quoted = None if aside else self._colon(cue, unit, colon)
        if aside:
            said = self._framed(cue, unit)
            more = self._behind(cue, colon, unit, said)
            return [each for each in (said, more) if each is not None]
        if quoted is not None and not self.long_enough(cue.span[1], colon):
            return [quoted]
        found = self._framed(cue, (unit[0], colon) if quoted is not None else unit)
        if found is not None and quoted is not None and found.parts[0][0] >= cue.span[1]:
            found.parts = [part for part in found.parts if part[0] < colon]
            return [found, quoted] if found.parts else [quoted]
        return [quoted] if quoted is not None else [found] if found is not None else []

    def _behind(self, cue: Cue, colon: int, unit: Span, said: Found | None) -> Found | None:
        """What a speaker goes on with behind a colon ("« Faux », rétorque le ministère : ce sont des saboteurs")."""
        if said is None or colon == unit[1] or said.speaker is None or said.parts[-1][1] > cue.span[0]:
            return None
        start = self.passage.trim((colon + 1, unit[1]))[0]
        if self._states(max(said.speaker.span[1], cue.span[1]), colon) or not self._states(start, unit[1]):
            return None
        frame = "c" if "c" in cue.verb.frames else "q"
        parts = self.stripped(start, self.before_asides(start, unit[1], cue))
        found = self.made(cue, frame, parts, said.speaker) if parts else None
        if found is not None and self.passage.quote_at(start) is not None:
            found.speech = True
        return found

    def _framed(self, cue: Cue, unit: Span) -> Found | None:
        i = cue.first - 1
        if not cue.passive and self.takes_up(i) and self.passage.words[i] in self.words.relatives:
            return None  # ", ce qui contredit la police": nobody says so
        for attempt in _attempts(tuple(cue.verb.frames)):
            found = attempt(self, cue, unit)
            if found is not None and found.parts:
                return found
        return None

    # -- the frames ---------------------------------------------------------------------------------------------

    def _colon_at(self, cue: Cue, unit: Span) -> int:
        """The colon after a cue (outside quotations); the sentence's end where there is none."""
        passage = self.passage
        colon = passage.text.find(":", cue.span[1], unit[1])
        return colon if colon != -1 and passage.quote_at(colon) is None else unit[1]

    def _colon(self, cue: Cue, unit: Span, colon: int) -> Found | None:
        """Words after a colon ("il a déclaré : « … »")."""
        passage = self.passage
        if colon == unit[1] or cue.shape == "bare":
            return None
        if any(passage.nodes[start].start < colon for start in self.starts if start > cue.node.i):
            return None
        start = colon + 1
        while start < unit[1] and passage.text[start].isspace():
            start += 1
        frame = next((key for key in ("q", "c") if key in cue.verb.frames), "")
        quote = passage.quote_at(start)
        if quote is not None and self._claimed_after(quote.outer[1], unit):
            return None
        if quote is not None and passage.trim((quote.start, quote.end))[1] > quote.start + 3:
            found = self.made(cue, frame or "t", [(quote.start, quote.end)], self.speaker(cue))
            if found is not None:
                found.speech = True
                if not frame or found.act == "deny":
                    found.act, found.fixed = "assert", False
            return found
        if quote is not None or start >= unit[1]:
            return None
        if self._tells_count(cue, colon, start):
            frame = next((key for key in "ouqcn" if key in cue.verb.frames), "")
            listed = passage.trim((start, self.before_asides(start, unit[1], cue)))
            return self.made(cue, frame, [listed], self.speaker(cue)) if frame else None
        if not frame or self._states(cue.span[1], colon):
            return None
        if not self._states(start, unit[1]):
            return None  # a list, not a statement
        speaker = self.speaker(cue)
        if cue.passive or (speaker is not None and self.reader.thing(speaker)):
            return None  # "Des avions sont intervenus : l'armée assure que P"
        found = self.made(cue, frame, [passage.trim((start, unit[1]))], speaker)
        if found is not None and found.act == "deny":
            found.act, found.fixed = "assert", False  # "rejette toute implication : P": what is said instead
        return found

    def _tells_count(self, cue: Cue, colon: int, start: int) -> bool:
        """Whether a colon behind the noun of a tally, or behind losses, hands over numbers ("en dresse le détail : 143
        combattants, 89 civils", "a détaillé les pertes : trois chars")."""
        passage, nouns = self.passage, self.words.tallies | self.words.tolls
        before = passage.between(cue.span[1], colon)
        told = any(not nouns.isdisjoint((passage.words[node.i], node.lemma.lower())) for node in before)
        told = told and not any(node.morph("VerbForm") == "Fin" and node.pos in VERBAL for node in before)
        numbers = any(self._is_counted([node]) for node in before)
        return told and not numbers and self.opens_count(passage.index(start))

    def _comma_quote(self, cue: Cue, unit: Span) -> Found | None:
        """A quotation after a comma, with at most a listener before it ("told the committee, "…"")."""
        passage = self.passage
        if cue.shape == "bare" or not ("q" in cue.verb.frames or "t" in cue.verb.frames):
            return None
        quote = next((q for q in passage.quotes if cue.span[1] <= q.outer[0] < unit[1]), None)
        if quote is None or passage.before(quote.outer[0], unit[0]) != "," or self._claimed_after(quote.outer[1], unit):
            return None
        between = passage.between(cue.span[1], quote.outer[0])
        inside = passage.between(quote.start, quote.end)
        if len(between) > WINDOW or any(node.pos in VERBAL and not self.reader.named(node) for node in between):
            return None
        if len(inside) < 3 or not any(node.pos in VERBAL for node in inside):
            return None
        frame = "q" if "q" in cue.verb.frames else "t"
        found = self.made(cue, frame, [(quote.start, quote.end)], self.speaker(cue))
        if found is not None:
            found.speech = True
        return found

    def _claimed_after(self, end: int, unit: Span) -> bool:
        """Whether an aside right after a quotation claims it."""
        for other in self.cues:
            if end <= other.span[0] < unit[1] and not self.passage.text[end : self.edge(other)].strip(" ,"):
                return self.is_aside(other)
        return False

    def _resumptive(self, cue: Cue, unit: Span) -> Found | None:
        """A relative clause on what was said before (", ce que Moscou nie"): the content of the claim before it, or the
        words before the comma."""
        passage = self.passage
        i = cue.first - 1
        while i > 0 and self.of_subject(i) and i > cue.first - SUBJECT and not self.takes_up(i):
            i -= 1
        before = self.presented(cue, unit)
        if before is not None:
            return self.said_before(cue, [before])
        if self.takes_up(i):
            comma = passage.nodes[i - 2].start
        else:
            apposed = self.apposed_noun(cue, unit)
            if apposed is None:
                return None
            comma = apposed
        earlier = [
            c for other in self.cues if other.node.i < i and other.span[0] >= unit[0] for c in self.claims(other)
        ]
        start = self.past_according(passage.lead(*unit), comma)
        # Of claims in one another ("assurent que les passagers ont refusé toute aide, une version …") the widest.
        widest = next((each for each in earlier if each.parts[-1][1] >= comma - 1), earlier[-1] if earlier else None)
        return self.said_before(cue, list(widest.parts) if widest is not None else self.stripped(start, comma))

    def _next_quote(self, cue: Cue, unit: Span) -> Found | None:
        """A verb of speech that ends its sentence, with a quotation as the next one ("Le patron confirme. « … »")."""
        passage = self.passage
        if "q" not in cue.verb.frames or cue.shape != "finite" or passage.text[cue.span[1] : unit[1]].strip(" .:,"):
            return None
        if cue.passive or cue.node.dep in ("ccomp", "xcomp", "acl", "acl:relcl", "advcl"):
            return None
        after = next((quote for quote in passage.quotes if quote.outer[0] >= unit[1]), None)
        if after is None or passage.text[unit[1] : after.outer[0]].strip():
            return None
        found = self.made(cue, "q", [(after.start, after.end)], self.speaker(cue))
        if found is not None:
            found.speech = True
        return found

    def _clause(self, cue: Cue, unit: Span) -> Found | None:
        """A clause with a conjunction."""
        passage = self.passage
        if "c" not in cue.verb.frames or cue.shape == "bare":
            return None
        i = self._conjunction(cue, unit)
        if i is None or (cue.passive and not cue.verb.state and not self._impersonal(cue)):
            return None
        start = passage.nodes[i].end
        judged = passage.nodes[cue.after : i]
        if judged and all(node.pos in ("ADV", "ADJ") for node in judged) and judged[-1].pos == "ADJ":
            start = judged[0].start  # "juge peu probable que P"
        if '"' in passage.words[i]:  # glued by a lost blank: the mark opens the content
            start = passage.nodes[i].start + passage.words[i].index('"')
        end = self.end_of_clause(i, cue, unit)
        parts = self.stripped(start, end)
        state = (
            [cue.node, *cue.node.children, *list(cue.node.ancestors())[:1]] if cue.passive and cue.verb.state else []
        )
        subject = next((each for node in state if (each := node.find("nsubj:pass", "nsubj")) is not None), None)
        minded = self.reader.standing(subject, cue.node) if subject is not None and subject.i < cue.first else None
        found = self.made(cue, "c", parts, minded or self.speaker(cue, i)) if parts else None
        if found is not None:
            found.minded = minded is not None
        return found

    def _impersonal(self, cue: Cue) -> bool:
        """Whether a passive has no subject of its own ("il a été décidé que"; not "ont été tués parce que")."""
        subject = cue.node.find("nsubj:pass", "nsubj")
        return subject is None or subject.i > cue.last or subject.pos == "PRON"

    def _conjunction(self, cue: Cue, unit: Span) -> int | None:
        """The number of the conjunction that opens a cue's clause."""
        passage, lex = self.passage, self.passage.lex
        first = passage.nodes[cue.after] if cue.after < len(passage.nodes) else None
        if "b" in cue.verb.frames and first is not None and first.morph("VerbForm") == "Inf":
            return None  # "disent avoir pris la ville, une affirmation que …"
        apart = cue.after + self.set_apart(cue.after)  # "a annoncé, citant la police, que"
        for i in range(apart, min(apart + WINDOW, len(passage.nodes))):
            node, word = passage.nodes[i], passage.words[i]
            if node.start >= unit[1]:
                return None
            if word in lex.complementizers or word.partition('"')[0] in lex.complementizers:
                before = passage.word(i - 1)
                if f"{before} {word}" in self.words.resumptives and passage.word(i - 2) == ",":
                    return None  # ", ce que Moscou nie" is not what was said
                soft = i == cue.after + 1 and before in self.words.soft_adverbs and not cue.passive
                if before in self.words.not_complement_after and i > cue.after and not soft:
                    continue
                if i > cue.after and self.apposed(i, cue.after) is not None:
                    continue
                if unsaid(passage, cue.after, i) or told_before(passage, cue, i):
                    return None
                own = any(child.dep == "obj" and cue.after <= child.i < i for child in cue.node.children)
                noun = passage.nodes[i - 2 if before == "," and own else i - 1]  # "a promis une riposte, que X juge …"
                if (
                    node.pos == "PRON"
                    and not self.reader.named(noun)
                    and node.dep in ("obj", "nsubj", "nsubj:pass")
                    and noun.pos in ("NOUN", "PROPN")
                    and i > cue.after
                    and node.head is not None
                    and node.head.dep == "acl:relcl"
                    and not self._full(node)
                ):
                    continue
                return i
            if (
                node.pos in VERBAL
                and not self.reader.named(node)
                and i > cue.after
                and passage.word(i) not in lex.inverted
                and node.morph("VerbForm") == "Fin"
            ):
                return None
            if word == ":" or (word == '"' and i == cue.after) or word in self.words.negative_particles:
                return None  # "assure n'avoir visé que": a restriction
            if i in self.starts:
                return None
        return None

    @staticmethod
    def _full(pronoun: Node) -> bool:
        """Whether the clause that a token opens has subject and object of its own: no relative clause, whatever noun
        stands before it ("a indiqué dans la nuit qu'Israël avait consulté Washington")."""
        verb = pronoun.head
        others = [c for c in verb.children if c is not pronoun and c.i > pronoun.i] if verb is not None else []
        passive = any(c.dep in ("nsubj:pass", "aux:pass") for c in others)
        subject = any(c.dep in ("nsubj", "nsubj:pass") for c in others)
        return subject and (passive or any(c.dep == "obj" for c in others))

    def _whether(self, cue: Cue, unit: Span) -> Found | None:
        """An indirect question."""
        passage = self.passage
        if "w" not in cue.verb.frames or (cue.shape == "bare" and cue.span[0] <= passage.lead(*unit)):
            return None  # "Interrogé si P, le ministre a dit …": nobody says who asked
        for i in range(cue.after, min(cue.after + 8, len(passage.nodes))):
            node, word = passage.nodes[i], passage.words[i]
            if node.start >= unit[1] or word in ('"', ":", ",") or node.pos in VERBAL:
                return None
            if word in self.words.whether and node.pos != "DET":
                parts = self.stripped(
                    node.start if word not in self.words.conditions else node.end, self.end_of_clause(i, cue, unit)
                )
                found = self.made(cue, "w", parts, self.speaker(cue, i))
                if found and cue.negated:
                    found.act, found.certainty = "question", "possible"
                return found
        return None

    def _bare(self, cue: Cue, unit: Span) -> Found | None:
        """A clause without a conjunction ("they said it had"), or "se dit prêt à"."""
        passage, frames = self.passage, cue.verb.frames
        if "s" in frames:
            end = self.before_asides(cue.span[1], self.outlets_own(cue.last, cue, unit[1]), cue)
            first = cue.after
            while first + 1 < len(passage.nodes) and self.reader.timed(passage.nodes[first]):
                first += 1  # "s'est dit hier prêt à"
            joined = (
                node for node in passage.between(cue.span[1], end) if passage.words[node.i] in self.words.conjunctions
            )
            # "s'est dite inquiète et appelle au calme": the second verb has its own content
            end = next((node.start for node in joined if node.i + 1 in self.starts), end)
            parts = self.stripped(passage.nodes[first].start if first < len(passage.nodes) else cue.span[1], end)
            return self.made(cue, "s", parts, self.speaker(cue)) if parts else None
        if "z" not in frames:
            return None
        clause = next((child for child in cue.node.all("ccomp") if child.i > cue.node.i), None)
        if clause is None or clause.start >= unit[1]:
            return None
        first = min(node.i for node in clause.subtree() if node.i > cue.node.i)
        whole = clause.find("nsubj", "nsubj:pass", "expl", "expl:subj") is not None
        if not whole and "t" not in cue.verb.frames and not self.reader.timed(passage.nodes[cue.after]):
            first = min(first, cue.after)  # the parse gave the subject to the cue
        start = passage.nodes[first].start
        end = self.end_of_clause(max(first - 1, cue.node.i), cue, unit)
        return self.made(cue, "z", self.stripped(start, end), self.speaker(cue, first))

    def _aside(self, cue: Cue, unit: Span) -> Found | None:
        """An aside within or after what is said."""
        passage = self.passage
        start = self.edge(cue)
        if passage.words[passage.index(start)] in self.words.aside_leads and start <= passage.lead(*unit):
            return self._led(cue, unit)
        if not self.is_aside(cue):
            return None
        speaker = self.aside_speaker(cue, unit)
        quote = passage.quote_at(start)
        if quote is not None:
            found = self.made(cue, "q", self.inside_quote(cue, quote.start, quote.end, start, speaker), speaker)
            if found is not None:
                found.speech = True
            return found
        parts = self.left_parts(self.left_edge(unit, start), start)
        found = self.made(cue, "q", parts, speaker) if parts else None
        if found is None:
            return None
        rest = self.rest(cue, unit, start, speaker)
        found.parts += rest or self.resumed(cue, unit, speaker)
        closes = passage.quote_at(parts[-1][0]) or passage.quote_at(parts[-1][1] - 1)
        found.speech = closes is not None or len(found.parts) > len(parts)
        return found


Attempt = Callable[[Frames, Cue, Span], Found | None]
# What a cue may hand over, in the order in which it is tried, each with the frames of which it needs one.
ATTEMPTS: tuple[tuple[Attempt, str], ...] = (
    (Frames._resumptive, "ncq"),
    (Frames._clause, "c"),
    (Frames._whether, "w"),
    (Frames._aside, "q"),
    (Frames._comma_quote, "qt"),
    (Frames.target, "t"),
    (Frames.infinitive, "ib"),
    (Frames.role, "ky"),
    (Frames.faulted, "fo"),
    (Frames.tallied, "u"),
    (Frames.of_relative, "n"),
    (Frames.as_said, "qc"),
    (Frames.measured, "g"),
    (Frames.judged, "j"),
    (Frames.seen, "v"),
    (Frames.beside, "n"),
    (Frames.noun, "nd"),
    (Frames._bare, "sz"),
    (Frames._next_quote, "q"),
)


@functools.cache
def _attempts(frames: tuple[str, ...]) -> tuple[Attempt, ...]:
    """The attempts for a verb of these frames; the lexica have some dozens of combinations."""
    return tuple(attempt for attempt, needed in ATTEMPTS if not set(frames).isdisjoint(needed))
