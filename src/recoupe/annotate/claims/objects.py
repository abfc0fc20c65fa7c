"""What a verb cue hands over as its object: a noun phrase, a role; and who says so."""

from ...model.records import Span
from .cues import Cue
from .found import Found, Speaker
from .infinitives import Infinitives
from .passage import NOMINAL, VERBAL


class Objects(Infinitives):
    """The frames of a verb that are no clauses."""

    def target(self, cue: Cue, unit: Span) -> Found | None:
        """What someone is asked for or blamed for ("a accusé Kiev de", "a appelé les alliés à")."""
        if "t" not in cue.verb.frames:
            return None
        i = self.asked(cue, unit)
        if i is None or (i == cue.after and "b" in cue.verb.frames):
            return None  # "wants to leave" is one's own will, "wants them to leave" a demand
        end = self.end_of_clause(i, cue, unit)
        if not self.infinitive_after(i):
            end = min(end, self._before_channel(self.passage.nodes[i].end, end))
        parts = self.stripped(self.passage.nodes[i].end, end)
        found = self.made(cue, "t", parts, self.speaker(cue, i))
        if found is not None and i > cue.after and self.passage.word(i - 1) in self.words.negators:
            found.negated = not found.negated  # "ordered his men not to fire"
        return found

    def _before_channel(self, start: int, end: int) -> int:
        """The end moved before the channel where it was said ("accuse X de Y dans un rapport")."""
        pattern, first = self.passage.lex.channel, self.passage.tree.start
        match = pattern.search(self.passage.low, start - first, end - first) if pattern is not None else None
        quoted = match is not None and self.passage.quote_at(first + match.start()) is not None
        return first + match.start() if match is not None and not quoted else end

    def role(self, cue: Cue, unit: Span) -> Found | None:
        """ "X comme Y" (all of it is said) and "qualifier de Y" (Y alone)."""
        passage, frames = self.passage, cue.verb.frames
        if "k" not in frames and "y" not in frames:
            return None
        markers = self.words.role_markers if "k" in frames else self.words.direct_role_markers
        if "k" in frames and cue.passive:
            return self._role_passive(cue, unit)
        first = passage.nodes[cue.after] if cue.after < len(passage.nodes) else None
        if "k" in frames and first is not None and cue.shape == "finite":
            quote = passage.quote_at(first.start)  # "a jugé « inacceptable » la décision"
            if quote is not None and len(passage.between(quote.start, quote.end)) <= 4 and quote.end < unit[1] - 3:
                return self.made(cue, "k", [(quote.start, self.end_of_clause(cue.last, cue, unit))], self.speaker(cue))
        if "y" in frames and "k" not in frames and cue.shape == "finite":
            quote = next((q for q in passage.quotes if cue.span[1] <= q.outer[0] < unit[1]), None)
            between = passage.between(cue.span[1], quote.outer[0]) if quote is not None else []
            named = all(n.pos in NOMINAL or n.pos in ("DET", "ADJ", "ADP") for n in between) and len(between) <= 8
            named = named and not any(passage.words[n.i] in markers for n in between)
            if quote is not None and between and named and between[-1].pos in NOMINAL:  # "called him "a liar""
                return self.made(cue, "y", [(quote.start, quote.end)], self.speaker(cue))
        if "k" in frames and passage.word(cue.after) in self.words.role_markers and cue.shape == "finite":
            return self._role_first(cue, unit)
        for i in range(cue.after, min(cue.after + 40, len(passage.nodes))):
            node = passage.nodes[i]
            if node.start >= unit[1] or (
                node.pos in VERBAL and passage.words[i] in passage.lex.verbs and "k" not in frames
            ):
                return None
            if passage.words[i] not in markers:
                continue
            following = passage.nodes[min(i + 1, len(passage.nodes) - 1)].pos
            named = "k" not in frames and following in ("NOUN", "ADJ", "NUM")
            if "y" in frames and (i == cue.after or self.hangs_on(i, cue) or named or passage.word(i + 1) == '"'):
                return self.made(cue, "y", self.role_parts(i + 1, unit, cue), self.speaker(cue, i))
            if "k" in frames and i > cue.after and passage.words[i] not in self.words.infinitive_markers:
                start = passage.nodes[cue.after].start
                return self.made(cue, "k", self.stripped(start, self.end_of_clause(i, cue, unit)), self.speaker(cue, i))
        return None

    def _role_first(self, cue: Cue, unit: Span) -> Found | None:
        """ "a rejeté comme « absurdes » ces accusations": the role and what it is said of."""
        passage, i = self.passage, cue.after + 1
        quote = passage.quote_at(passage.nodes[i].start) if i < len(passage.nodes) else None
        first = passage.index(quote.outer[1]) if quote is not None else i + 1
        if first >= len(passage.nodes) or passage.nodes[first].pos != "DET":
            return None
        start = quote.start if quote is not None else passage.nodes[i].start
        return self.made(cue, "k", self.stripped(start, self.phrase_end(first, unit, cue)), self.speaker(cue))

    def _role_passive(self, cue: Cue, unit: Span) -> Found | None:
        """ "considérée comme stratégique par l'état-major": the role is what was said."""
        agent = self.reader.agent(cue)
        if (
            agent is None
            or not self.reader.plausible(agent)
            or self.passage.word(cue.after) not in self.words.role_markers
        ):
            return None
        end = min(self.role_end(cue.after + 1, unit, cue), agent.span[0])
        while end > cue.span[1] and self.passage.words[self.passage.index(end) - 1] in self.words.agent_markers:
            end = self.passage.nodes[self.passage.index(end) - 1].start
        return self.made(cue, "k", self.stripped(self.passage.nodes[cue.after].end, end), agent)

    def noun(self, cue: Cue, unit: Span) -> Found | None:
        """A noun phrase ("a annoncé la création de …", "a fait état de …")."""
        passage, frames = self.passage, cue.verb.frames
        frame = "n" if "n" in frames else "d" if "d" in frames else ""
        if not frame or cue.shape == "bare" or cue.passive:
            return self._passive_noun(cue, unit) if frame == "n" and cue.passive and cue.shape == "finite" else None
        i = self.past_adjuncts(cue.after)
        i += passage.word(i) in self.words.restrictions  # "n'en reconnaît que trois"
        if i >= len(passage.nodes) or passage.nodes[i].start >= unit[1]:
            return None
        if frame == "d" or "n" not in frames:
            i = self._past_warned(i, unit)
            # "le menaçait depuis des mois": no preposition stands behind another
            if passage.words[i] not in self.words.noun_markers or passage.nodes[i - 1].pos == "ADP":
                return None
            i = self._past_channel(i, unit)
            if self.reader.located(passage.nodes[i + 1]) and any(child.i > i for child in cue.node.all("obj")):
                return None  # "ont conclu à Doha un accord"
            start, i = passage.nodes[i].end, i + 1
        elif frames.get("n") == "deny" and passage.words[i] in self.words.demonstratives:
            return self.made(cue, frame, [passage.nodes[i].span], self.speaker(cue))  # "la police conteste cela"
        elif self.opens_phrase(passage.nodes[i]) or self._plural(i) or self.bounds(i) or self.opens_count(i):
            start = passage.nodes[i].start
        elif passage.nodes[i].pos == "ADP" and (told := self._told(i, unit)) is not None:
            start, i = passage.nodes[told].start, told
        elif passage.nodes[i].pos == "ADP" and any(child.i > i for child in cue.node.all("obj")):
            start = passage.nodes[i].start
            i = next(child.i for child in cue.node.all("obj") if child.i > i)
        else:
            return None
        end = self.before_asides(start, self.phrase_end(i, unit, cue), cue)
        speaker = self.speaker(cue)
        if speaker is None or not self.long_enough(start, end) or self._person(start, end, cue):
            return None
        led = passage.word(cue.first - 1) in passage.lex.complementizers
        if led and (self._named_only(start, end) or any(child.i >= i for child in cue.node.all("nsubj"))):
            return None  # "celui qu'avance Kiev": its subject
        if frames.get("n") == "accuse" and self._court(speaker):
            return None  # a sentence, not a reproach
        kept = self.words.not_told.get(cue.verb.lemma)
        if kept is not None and any(node.lemma.lower() in kept for node in passage.between(start, end)):
            return None  # "observe un deuil national"
        start = self.bare_count(start, end)
        return self.made(cue, frame, self._bare_quote(start, end) or self.stripped(start, end), speaker)

    def bare_count(self, start: int, end: int) -> int:
        """The start moved to the number that a noun of tally only announces ("le chiffre de 18 300")."""
        passage = self.passage
        tally = next(
            (node for node in passage.between(start, end)[:4] if node.lemma.lower() in self.words.tallies), None
        )
        if tally is None:
            return start
        inside = passage.between(tally.end, end)
        marks = [node for node in inside[:3] if passage.words[node.i] in (*self.words.noun_of_markers, ":", '"')]
        if not marks or not all(node.pos == "ADJ" for node in inside[: inside.index(marks[0])]):
            return start
        first = inside.index(marks[0]) + 1
        return inside[first].start if inside[first:] and self.opens_count(inside[first].i) else start

    def _plural(self, i: int) -> bool:
        """Whether token i is the article of a plural with its adjective before it ("admet de lourdes pertes")."""
        after = self.passage.nodes[i + 1 : i + 3]
        return self.passage.words[i] in self.words.noun_of_markers and [node.pos for node in after] == ["ADJ", "NOUN"]

    def _told(self, i: int, unit: Span) -> int | None:
        """The object's first token behind an addressee ("reproche aux habitants leur silence"), nothing in between."""
        passage = self.passage
        if passage.words[i] not in self.words.noun_to_markers:
            return None
        for node in passage.nodes[i + 1 : i + 6]:
            article = node.pos == "DET" or node.dep == "det"
            if node.start >= unit[1] or not (article or node.pos in ("NOUN", "PROPN", "ADJ")):
                return None
            nominal = passage.nodes[node.i - 1].pos in NOMINAL
            if article and nominal and node.i > i + 1:
                return node.i
        return None

    def _past_warned(self, i: int, unit: Span) -> int:
        """The preposition behind whom one warns ("a mis en garde la population contre la crue"), or token i itself."""
        passage = self.passage
        for node in passage.nodes[i : i + 8]:
            if node.start >= unit[1] or node.pos in VERBAL or node.pos == "PUNCT":
                break
            if passage.words[node.i] in self.words.against:
                return node.i
        return i

    def _bare_quote(self, start: int, end: int) -> list[Span]:
        """A quotation that an article alone stands in front of ("reconnaît des « pertes »")."""
        quote = next((quote for quote in self.passage.quotes if start < quote.outer[0] < end), None)
        if quote is None or self.passage.trim((quote.outer[1], end))[0] < self.passage.trim((quote.outer[1], end))[1]:
            return []
        before = self.passage.between(start, quote.outer[0])
        return [(quote.start, quote.end)] if len(before) == 1 and before[0].pos == "DET" else []

    def _court(self, speaker: Speaker) -> bool:
        return speaker.head is not None and self.passage.word(speaker.head.i) in self.words.speakers.courts

    def _person(self, start: int, end: int, cue: Cue) -> bool:
        """Whether the object of a verb of blame is a person: condemned or criticised, not something said."""
        inside = self.passage.between(start, end)
        head = next((node for node in inside if node.pos in NOMINAL), None)
        return cue.verb.frames.get("n") == "accuse" and head is not None and head.ent == "PER"

    def _named_only(self, start: int, end: int) -> bool:
        """Whether a stretch is but a name."""
        return all(self.reader.named(node) for node in self.passage.between(start, end))

    def _past_channel(self, i: int, unit: Span) -> int:
        """The preposition after a channel ("sur Telegram d'une attaque"), or token i itself."""
        pattern = self.passage.lex.channel
        start = self.passage.nodes[i].start
        first = self.passage.tree.start
        match = pattern.match(self.passage.low, start - first, unit[1] - first) if pattern is not None else None
        after = self.passage.index(first + match.end()) if match else i
        named = self.reader.body_at(start) if match is None else None
        if named is not None and self.passage.words[i] in self.words.places:
            after = self.passage.index(named)
        return after if self.passage.word(after) in self.words.noun_markers else i

    def role_end(self, i: int, unit: Span, cue: Cue) -> int:
        """Where the role ends that token i opens: with its quotation, or as a noun phrase."""
        passage = self.passage
        if i >= len(passage.nodes):
            return unit[1]
        quote = passage.quote_at(passage.nodes[i].start) or passage.quote_at(
            passage.nodes[min(i + 1, len(passage.nodes) - 1)].start
        )
        if quote is not None and (passage.nodes[i].pos == "DET" or quote.outer[0] <= passage.nodes[i].start):
            after = passage.index(quote.outer[1])
            if self.goes_on_behind(quote.start, quote.end, after, unit):
                return self.phrase_end(after, unit, cue)
            return quote.outer[1]
        return self.phrase_end(i, unit, cue)

    def role_parts(self, i: int, unit: Span, cue: Cue) -> list[Span]:
        """The role that token i opens; an article before a quotation is left out ("d'une « catastrophe »")."""
        passage = self.passage
        start, end = passage.nodes[i].start if i < len(passage.nodes) else unit[1], self.role_end(i, unit, cue)
        for quote in passage.quotes:
            led = passage.index(quote.outer[0]) <= i + 1 and passage.nodes[i].pos == "DET"
            if start < quote.outer[0] < end <= quote.outer[1] and led:
                start = quote.outer[0]
        return self.stripped(start, end)

    def _passive_noun(self, cue: Cue, unit: Span) -> Found | None:
        """ "Une trêve a été annoncée par Moscou": the subject is what was said."""
        agent = self.reader.agent(cue)
        subject = cue.node.find("nsubj:pass", "nsubj")
        if agent is None or subject is None or subject.i > cue.first:
            return None
        said = self.reader.phrase(subject, last=cue.first)
        if cue.verb.frames["n"] == "accuse" and (self.reader.plausible(said) or self._court(agent)):
            return None  # people condemned by a court
        return self.made(cue, "n", [said.span], agent)

    def _led(self, cue: Cue, unit: Span) -> Found | None:
        """An aside that opens the sentence ("Comme l'a souligné le médiateur, …")."""
        passage = self.passage
        speaker = self.aside_speaker(cue, unit)
        if speaker is None or "q" not in cue.verb.frames:
            return None
        comma = passage.text.find(",", max(cue.span[1], speaker.span[1]), unit[1])
        parts = self.stripped(comma + 1, unit[1]) if comma != -1 else []
        return self.made(cue, "q", parts, speaker) if parts else None
