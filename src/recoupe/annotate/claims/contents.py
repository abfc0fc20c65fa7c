"""What a verb cue hands over: the frames of the verb are tried in turn, the parse gives the extents."""

from ...model.records import Act, Span
from .asides import Asides
from .cues import Cue, said
from .found import Found, Speaker
from .passage import NOMINAL, VERBAL

WINDOW = 14  # tokens between a cue and its conjunction: a speaker, a listener, a day, a channel


class Frames(Asides):
    """Reads the claims of one paragraph's verb cues."""

    def claims(self, cue: Cue) -> list[Found]:
        """The claims of a cue: what its frame hands over, and a quotation after a colon beside it."""
        unit = self.passage.unit_at(cue.span[0])
        quoted = self._colon(cue, unit)
        colon = self._colon_at(cue, unit)
        if quoted is not None and not self.long_enough(cue.span[1], colon):
            return [quoted]
        found = self._framed(cue, (unit[0], colon) if quoted is not None else unit)
        if found is not None and quoted is not None and found.parts[0][0] >= cue.span[1]:
            found.parts = [part for part in found.parts if part[0] < colon]
            return [found, quoted]
        return [quoted] if quoted is not None else [found] if found is not None else []

    def _framed(self, cue: Cue, unit: Span) -> Found | None:
        for attempt in (
            self._clause,
            self._whether,
            self._aside,
            self._target,
            self._infinitive,
            self._role,
            self._noun,
            self._bare,
            self._next_quote,
        ):
            found = attempt(cue, unit)
            if found is not None and found.parts:
                return found
        return None

    def _made(self, cue: Cue, frame: str, parts: list[Span], speaker: Speaker | None) -> Found | None:
        act: Act | None = cue.verb.frames.get(frame)
        if act is None or not said(self.passage, cue, self.passage.lex):
            return None
        found = Found(self.passage, parts, cue.span, speaker, act, cue.verb.certainty)
        found.negated = cue.verb.negates
        if cue.negated and not self._negation(cue, found):
            return None
        found.fixed = found.act != "assert"
        found.mute = cue.shape == "gerund" or frame in ("n", "k", "y")
        if speaker is not None:
            found.extra = self.reader.joint(speaker, not self._singular(cue))
        return found

    def _singular(self, cue: Cue) -> bool:
        """Whether the cue has one speaker, by its finite form."""
        group = self.passage.nodes[cue.first : cue.node.i + 1]
        return any(node.morph("Number") == "Sing" and node.morph("VerbForm") == "Fin" for node in group)

    def _negation(self, cue: Cue, found: Found) -> bool:
        """A negated cue says nothing, but not to deny is to admit, and not to believe is to believe the contrary."""
        if found.act == "deny":
            found.act = "admit"
            return True
        if cue.verb.negates:  # "n'exclut pas que"
            found.act, found.certainty, found.negated = "expect", "possible", False
            return True
        if found.certainty == "probable" or found.act in ("commit", "expect"):
            found.negated = not found.negated
            return True
        return False

    # -- the frames ---------------------------------------------------------------------------------------------

    def _colon_at(self, cue: Cue, unit: Span) -> int:
        """The colon after a cue (outside quotations); the sentence's end where there is none."""
        passage = self.passage
        colon = passage.text.find(":", cue.span[1], unit[1])
        return colon if colon != -1 and passage.quote_at(colon) is None else unit[1]

    def _colon(self, cue: Cue, unit: Span) -> Found | None:
        """Words after a colon ("il a déclaré : « … »")."""
        passage = self.passage
        colon = self._colon_at(cue, unit)
        if colon == unit[1] or cue.shape == "bare":
            return None
        if any(passage.nodes[start].start < colon for start in self.starts if start > cue.node.i):
            return None
        start = colon + 1
        while start < unit[1] and passage.text[start].isspace():
            start += 1
        frame = next((key for key in ("q", "c") if key in cue.verb.frames), "")
        quote = passage.quote_at(start)
        if quote is not None and passage.trim((quote.start, quote.end))[1] > quote.start + 3:
            found = self._made(cue, frame or "t", [(quote.start, quote.end)], self._speaker(cue))
            if found is not None:
                found.speech = True
                if not frame:
                    found.act, found.fixed = "assert", False
            return found
        if quote is not None or start >= unit[1] or not frame or self._states(cue.span[1], colon):
            return None
        if any(
            node.pos in ("NOUN", "PROPN") and not self.reader.timed(node)
            for node in passage.nodes[cue.after : cue.after + 2]
        ):
            return None
        return self._made(cue, frame, [passage.trim((start, unit[1]))], self._speaker(cue))

    def _next_quote(self, cue: Cue, unit: Span) -> Found | None:
        """A verb of speech that ends its sentence, with a quotation as the next one ("Le patron confirme. « … »")."""
        passage = self.passage
        if "q" not in cue.verb.frames or cue.shape != "finite" or passage.text[cue.span[1] : unit[1]].strip(" .:,"):
            return None
        after = next((quote for quote in passage.quotes if quote.outer[0] >= unit[1]), None)
        if after is None or passage.text[unit[1] : after.outer[0]].strip():
            return None
        found = self._made(cue, "q", [(after.start, after.end)], self._speaker(cue))
        if found is not None:
            found.speech = True
        return found

    def _clause(self, cue: Cue, unit: Span) -> Found | None:
        """A clause with a conjunction."""
        passage = self.passage
        if "c" not in cue.verb.frames:
            return None
        i = self._conjunction(cue, unit)
        if i is None:
            return None
        start = passage.nodes[i].end
        if '"' in passage.words[i]:  # glued by a lost blank: the mark opens the content
            start = passage.nodes[i].start + passage.words[i].index('"')
        end = self.end_of_clause(i, cue, unit)
        parts = self.stripped(start, end)
        return self._made(cue, "c", parts, self._speaker(cue, i)) if parts else None

    def _conjunction(self, cue: Cue, unit: Span) -> int | None:
        """The number of the conjunction that opens a cue's clause."""
        passage, lex = self.passage, self.passage.lex
        for i in range(cue.after, min(cue.after + WINDOW, len(passage.nodes))):
            node, word = passage.nodes[i], passage.words[i]
            if node.start >= unit[1]:
                return None
            if word in lex.complementizers or word.partition('"')[0] in lex.complementizers:
                before = passage.word(i - 1)
                soft = i == cue.after + 1 and before in self.words.soft_adverbs
                if before in self.words.not_complement_after and i > cue.after and not soft:
                    continue
                if (
                    node.pos == "PRON"
                    and node.dep in ("obj", "nsubj")
                    and passage.nodes[i - 1].pos in ("NOUN", "PROPN")
                    and i > cue.after
                    and node.head is not None
                    and node.head.dep == "acl:relcl"
                ):
                    continue
                return i
            if (
                node.pos in VERBAL
                and i > cue.after
                and passage.word(i) not in lex.inverted
                and node.morph("VerbForm") == "Fin"
            ):
                return None
            if word == ":" or (word == '"' and i == cue.after):
                return None
            if any(start == i for start in self.starts):
                return None
        return None

    def _whether(self, cue: Cue, unit: Span) -> Found | None:
        """An indirect question."""
        passage = self.passage
        if "w" not in cue.verb.frames:
            return None
        for i in range(cue.after, min(cue.after + 8, len(passage.nodes))):
            node, word = passage.nodes[i], passage.words[i]
            if node.start >= unit[1] or word in ('"', ":", ",") or node.pos in VERBAL:
                return None
            if word in self.words.whether and node.pos != "DET":
                parts = self.stripped(
                    node.start if word not in self.words.conditions else node.end, self.end_of_clause(i, cue, unit)
                )
                found = self._made(cue, "w", parts, self._speaker(cue, i))
                if found and cue.negated:
                    found.act = "question"
                return found
        return None

    def _target(self, cue: Cue, unit: Span) -> Found | None:
        """What someone is asked for or blamed for ("a accusé Kiev de", "a appelé les alliés à")."""
        if "t" not in cue.verb.frames:
            return None
        i = self._asked(cue, unit)
        if i is None:
            return None
        parts = self.stripped(self.passage.nodes[i].end, self.end_of_clause(i, cue, unit))
        return self._made(cue, "t", parts, self._speaker(cue, i))

    def _asked(self, cue: Cue, unit: Span) -> int | None:
        """The preposition in front of what is asked or blamed: with an infinitive; or, after a verb of blame, with a
        noun that hangs on the verb, or that has no article ("de fraude")."""
        passage, blame = self.passage, cue.verb.frames["t"] == "accuse"
        doubtful: int | None = None
        for i in range(cue.after, min(cue.after + 30, len(passage.nodes) - 1)):
            node, word = passage.nodes[i], passage.words[i]
            if node.start >= unit[1] or word == ":":
                break
            if node.pos in VERBAL and node.morph("VerbForm") == "Fin" and passage.quote_at(node.start) is None:
                break
            if word not in self.words.infinitive_markers:
                continue
            if self.infinitive_after(i):
                return i
            if not blame or word not in self.words.blame_markers:
                continue
            if self.hangs_on(i, cue) and i > cue.after:
                return i
            if doubtful is None and "n" not in cue.verb.frames and i > cue.after and passage.nodes[i + 1].pos == "NOUN":
                doubtful = i
        return doubtful

    def _infinitive(self, cue: Cue, unit: Span) -> Found | None:
        """An infinitive, bare or with its preposition."""
        passage = self.passage
        frames = cue.verb.frames
        if "i" not in frames and "b" not in frames:
            return None
        for i in range(cue.after, min(cue.after + 6, len(passage.nodes))):
            node, word = passage.nodes[i], passage.words[i]
            if node.start >= unit[1] or word in (":", '"'):
                return None
            marked = word in self.words.infinitive_markers
            if marked and self.infinitive_after(i) and ("i" in frames or passage.word(i) in self.words.bare_markers):
                frame = "i" if "i" in frames else "b"
                return self._made(
                    cue, frame, self.stripped(node.end, self.end_of_clause(i, cue, unit)), self._speaker(cue, i)
                )
            if "i" in frames and i == cue.after and node.morph("Aspect") == "Prog":  # "denies using"
                end = self.end_of_clause(i, cue, unit)
                return self._made(cue, "i", self.stripped(node.start, end), self._speaker(cue))
            if (
                "b" in frames
                and node.pos in VERBAL
                and node.morph("VerbForm") == "Inf"
                and i == cue.after + self._adverbs(cue.after)
            ):
                end = self.end_of_clause(i, cue, unit)
                return self._made(cue, "b", self.stripped(passage.nodes[cue.after].start, end), self._speaker(cue, i))
            if node.pos not in ("ADV", "PRON", "PART") and not marked and not self.reader.timed(node) and word != ",":
                return None
        return None

    def _adverbs(self, i: int) -> int:
        count = 0
        while i + count < len(self.passage.nodes) and self.passage.nodes[i + count].pos in ("ADV", "PRON"):
            count += 1
        return count

    def _role(self, cue: Cue, unit: Span) -> Found | None:
        """ "X comme Y" (all of it is said) and "qualifier de Y" (Y alone)."""
        passage, frames = self.passage, cue.verb.frames
        if "k" not in frames and "y" not in frames:
            return None
        markers = self.words.role_markers if "k" in frames else self.words.direct_role_markers
        for i in range(cue.after, min(cue.after + 40, len(passage.nodes))):
            node = passage.nodes[i]
            if node.start >= unit[1] or (
                node.pos in VERBAL and passage.words[i] in passage.lex.verbs and "k" not in frames
            ):
                return None
            if passage.words[i] not in markers:
                continue
            if "y" in frames and (i == cue.after or self.hangs_on(i, cue) or passage.word(i + 1) == '"'):
                return self._made(cue, "y", self.role(i + 1, unit, cue), self._speaker(cue, i))
            if "k" in frames and i > cue.after and passage.words[i] not in self.words.infinitive_markers:
                start = passage.nodes[cue.after].start
                return self._made(
                    cue, "k", self.stripped(start, self.end_of_clause(i, cue, unit)), self._speaker(cue, i)
                )
        return None

    def _noun(self, cue: Cue, unit: Span) -> Found | None:
        """A noun phrase ("a annoncé la création de …", "a fait état de …")."""
        passage, frames = self.passage, cue.verb.frames
        frame = "n" if "n" in frames else "d" if "d" in frames else ""
        if not frame or cue.shape == "bare" or cue.passive:
            return self._passive_noun(cue, unit) if frame == "n" and cue.passive and cue.shape == "finite" else None
        i = cue.after
        while i + 1 < len(passage.nodes) and (
            passage.nodes[i].pos == "ADV"
            or self.reader.timed(passage.nodes[i])
            or (passage.nodes[i].pos == "ADP" and self.reader.timed(passage.nodes[i + 1]))
        ):
            i += 1
        if i >= len(passage.nodes) or passage.nodes[i].start >= unit[1]:
            return None
        if frame == "d" or "n" not in frames:
            if passage.words[i] not in self.words.noun_markers:
                return None
            start, i = passage.nodes[i].end, i + 1
        elif self.opens_phrase(passage.nodes[i]):
            start = passage.nodes[i].start
        elif passage.nodes[i].pos == "ADP" and any(child.i > i for child in cue.node.all("obj")):
            start = passage.nodes[i].start
            i = next(child.i for child in cue.node.all("obj") if child.i > i)
        else:
            return None
        end = self.before_asides(start, self.phrase_end(i, unit, cue), cue)
        speaker = self._speaker(cue)
        if speaker is None or not self.long_enough(start, end) or self._person(start, end, cue):
            return None
        return self._made(cue, frame, self.stripped(start, end), speaker)

    def _person(self, start: int, end: int, cue: Cue) -> bool:
        """Whether the object of a verb of blame is a person: condemned or criticised, not something said."""
        inside = self.passage.between(start, end)
        head = next((node for node in inside if node.pos in NOMINAL), None)
        return cue.verb.frames.get("n") == "accuse" and head is not None and head.ent == "PER"

    def role_end(self, i: int, unit: Span, cue: Cue) -> int:
        """Where the role ends that token i opens: with its quotation, or as a noun phrase."""
        passage = self.passage
        if i >= len(passage.nodes):
            return unit[1]
        for node in passage.nodes[i : i + 3]:
            quote = passage.quote_at(node.start)
            if quote is not None:
                return quote.outer[1]
        return self.phrase_end(i, unit, cue)

    def role(self, i: int, unit: Span, cue: Cue) -> list[Span]:
        """The role that token i opens; an article before a quotation is left out ("d'une « catastrophe »")."""
        passage = self.passage
        start, end = passage.nodes[i].start if i < len(passage.nodes) else unit[1], self.role_end(i, unit, cue)
        for quote in passage.quotes:
            if start < quote.outer[0] < end <= quote.outer[1] and passage.index(quote.outer[0]) <= i + 1:
                start = quote.outer[0]
        return self.stripped(start, end)

    def _passive_noun(self, cue: Cue, unit: Span) -> Found | None:
        """ "Une trêve a été annoncée par Moscou": the subject is what was said."""
        agent = self.reader.agent(cue)
        subject = cue.node.find("nsubj:pass", "nsubj")
        if agent is None or subject is None or subject.i > cue.first:
            return None
        return self._made(cue, "n", [self.reader.phrase(subject, last=cue.first).span], agent)

    def _bare(self, cue: Cue, unit: Span) -> Found | None:
        """A clause without a conjunction ("they said it had"), or "se dit prêt à"."""
        passage, frames = self.passage, cue.verb.frames
        if "s" in frames:
            end = self.end_of_clause(min(cue.after, len(passage.nodes) - 1), cue, unit)
            parts = self.stripped(cue.span[1], end)
            return (
                self._made(cue, "s", parts, self._speaker(cue))
                if parts and len(passage.between(*parts[0])) <= 30
                else None
            )
        if "z" not in frames:
            return None
        clause = next((child for child in cue.node.all("ccomp") if child.i > cue.node.i), None)
        if clause is None or clause.start >= unit[1]:
            return None
        first = min(node.i for node in clause.subtree() if node.i > cue.node.i)
        start = passage.nodes[first].start
        end = self.end_of_clause(max(first - 1, cue.node.i), cue, unit)
        return self._made(cue, "z", self.stripped(start, end), self._speaker(cue, first))

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
            found = self._made(cue, "q", self.inside_quote(cue, quote.start, quote.end, start, speaker), speaker)
            if found is not None:
                found.speech = True
            return found
        parts = self.left_parts(self.left_edge(unit, start), start)
        found = self._made(cue, "q", parts, speaker) if parts else None
        if found is None:
            return None
        found.parts += self.resumed(cue, unit, speaker)
        found.speech = passage.quote_at(parts[-1][0]) is not None or len(found.parts) > len(parts)
        return found

    def _speaker(self, cue: Cue, before: int | None = None) -> Speaker | None:
        """The speaker of a cue that is no aside; an inverted one stands before token `before`."""
        found = self._shared(cue) or self.reader.subject(cue)
        if found is None and before is not None and not cue.passive:
            found = self.reader.inverted(cue.after, self.passage.nodes[before].start)
        return found

    def _led(self, cue: Cue, unit: Span) -> Found | None:
        """An aside that opens the sentence ("Comme l'a souligné le médiateur, …")."""
        passage = self.passage
        speaker = self.aside_speaker(cue, unit)
        if speaker is None or "q" not in cue.verb.frames:
            return None
        comma = passage.text.find(",", max(cue.span[1], speaker.span[1]), unit[1])
        parts = self.stripped(comma + 1, unit[1]) if comma != -1 else []
        return self._made(cue, "q", parts, speaker) if parts else None

    def _shared(self, cue: Cue) -> Speaker | None:
        """The speaker of the cue before, where this one is coordinated with it or its participle."""
        passage = self.passage
        unit = passage.unit_at(cue.span[0])
        earlier = [other for other in self.cues if other.node.i < cue.node.i and other.span[0] >= unit[0]]
        earlier = [other for other in earlier if other.shape == "finite" and passage.quote_at(other.span[0]) is None]
        if not earlier:
            return self._main_subject(cue, unit) if cue.shape == "gerund" else None
        if cue.shape == "gerund":
            mark = passage.before(passage.nodes[cue.first].start, unit[0])
            if mark != "," and passage.word(cue.first - 1) not in self.words.gerund_markers:
                return None
            host = earlier[-1]
            if "r" in host.verb.frames:
                return self.reader.inverted(host.after, cue.span[0])
            return self.aside_speaker(host, unit) if self.is_aside(host) else self._speaker(host, cue.first)
        joined = next((other for other in reversed(earlier) if self.joined(cue, other)), None)
        return self._speaker(joined, cue.first) if joined is not None else None

    def _main_subject(self, cue: Cue, unit: Span) -> Speaker | None:
        """The subject of the main clause, for a participle that opens the sentence."""
        if self.long_enough(unit[0], self.passage.nodes[cue.first].start):
            return None
        main = next((node for node in cue.node.ancestors() if node.morph("VerbForm") != "Inf"), None)
        subject = main.find("nsubj", "nsubj:pass") if main is not None else None
        return self.reader.phrase(subject, first=cue.after) if subject is not None else None
