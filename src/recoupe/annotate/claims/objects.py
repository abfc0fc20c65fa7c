"""What a verb cue hands over as its object: an infinitive, a noun phrase, a role; and who says so."""

from ...model.records import Act, Span
from .cues import Cue, said
from .found import Found, Speaker
from .passage import NOMINAL, VERBAL
from .whose import Whose

FAR = 14  # tokens between a verb of saying and its perfect infinitive
# What may stand right before an infinitive that hangs on something else ("après avoir fui", "veut avoir fini").
LED = ("ADP", "SCONJ", "VERB", "AUX")


class Objects(Whose):
    """The frames of a verb that are no clauses."""

    def made(self, cue: Cue, frame: str, parts: list[Span], speaker: Speaker | None) -> Found | None:
        act: Act | None = cue.verb.frames.get(frame)
        if act is None or not said(self.passage, cue, self.passage.lex):
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

    def infinitive(self, cue: Cue, unit: Span) -> Found | None:
        """An infinitive, bare or with its preposition."""
        passage = self.passage
        frames = cue.verb.frames
        if "i" not in frames and "b" not in frames:
            return None
        first = cue.after + self._adverbs(cue.after)
        while passage.word(first) in passage.lex.clitics and self.infinitive_after(first):
            first += 1  # "dit en avoir abattu"
        if passage.word(first) == '"' and self.infinitive_after(first):
            first += 1  # "a déclaré « avoir reçu … »"
        told = self._perfect(first, unit) or self._hung(cue, first, unit) if "b" in frames else None
        if told is not None:
            end = self.end_of_clause(told, cue, unit)
            return self.made(cue, "b", self.stripped(self._clitics_before(told), end), self.speaker(cue, first))
        for i in range(first, min(first + 6, len(passage.nodes))):
            node, word = passage.nodes[i], passage.words[i]
            if node.start >= unit[1] or word in (":", '"'):
                return None
            wish = cue.negated and frames.get("b", frames.get("i")) == "commit"
            if wish and (self._speaking(i) or self._speaking(i + 1)):
                return None  # "n'a pas souhaité commenter"
            if cue.verb.negates and self._speaking(i + 1):
                return self._unsaid(cue, i + 2, unit)  # "a refusé de dire" says nothing
            marked = word in self.words.infinitive_markers
            if marked and self.infinitive_after(i) and ("i" in frames or passage.word(i) in self.words.bare_markers):
                frame = "i" if "i" in frames else "b"
                return self.made(
                    cue, frame, self.stripped(node.end, self.end_of_clause(i, cue, unit)), self.speaker(cue, i)
                )
            if "i" in frames and i == first and node.morph("Aspect") == "Prog":  # "denies using"
                end = self.end_of_clause(i, cue, unit)
                return self.made(cue, "i", self.stripped(node.start, end), self.speaker(cue))
            if "b" in frames and node.pos in VERBAL and node.morph("VerbForm") == "Inf" and i == first:
                end = self.end_of_clause(i, cue, unit)
                return self.made(cue, "b", self.stripped(self._clitics_before(i), end), self.speaker(cue, i))
            if node.pos not in ("ADV", "PRON", "PART") and not marked and not self.reader.timed(node) and word != ",":
                return None
        return None

    def _perfect(self, first: int, unit: Span) -> int | None:
        """The perfect infinitive without a preposition, which hangs on a verb of saying whatever stands between ("a dit
        à la presse avoir vu", "assure au contraire avoir repris", "raconte, sous couvert d'anonymat, avoir fui")."""
        passage, perfect = self.passage, self.passage.lex.auxiliaries
        for node in passage.nodes[first : first + FAR]:
            word, before = passage.words[node.i], passage.word(node.i - 1)
            if node.start >= unit[1] or word in (":", ";", '"') or word in passage.lex.complementizers:
                return None
            if word in perfect and node.morph("VerbForm") == "Inf":
                behind = node.right is not None and node.right.morph("VerbForm") in ("Part", "")
                plain = node.i > first and before not in self.words.infinitive_markers and node.left is not None
                return node.i if behind and plain and node.left is not None and node.left.pos not in LED else None
            if node.pos in VERBAL and node.morph("VerbForm") != "Part":
                return None
        return None

    def _hung(self, cue: Cue, first: int, unit: Span) -> int | None:
        """The bare infinitive that the parse hangs on the verb, a channel or a time between them ("a dit sur Telegram
        contrôler la ville"), or whatever the tagger took it for right behind the verb ("affirme héberger")."""
        passage = self.passage
        for node in cue.node.all("xcomp") if not cue.negated else ():
            if not first <= node.i < first + FAR or node.start >= unit[1]:
                continue
            if node.i == first and node.pos in ("ADP", "VERB"):
                return node.i
            before = passage.nodes[node.i - 1]
            between = passage.between(passage.nodes[first].start, node.start)
            plain = not any(each.pos in (*VERBAL, "PUNCT", "SCONJ") for each in between if not self.reader.named(each))
            if (
                node.morph("VerbForm") == "Inf"
                and plain
                and before.pos not in LED
                and node.find("mark", "case") is None
            ):
                return node.i
        return None

    def _unsaid(self, cue: Cue, i: int, unit: Span) -> Found | None:
        """ "a refusé de dire si P": P is open."""
        passage = self.passage
        if (
            passage.word(i) not in self.words.whether
            or passage.nodes[i].pos == "DET"
            or passage.nodes[i].start >= unit[1]
        ):
            return None
        start = passage.nodes[i].end if passage.word(i) in self.words.conditions else passage.nodes[i].start
        parts = self.stripped(start, self.end_of_clause(i, cue, unit))
        if not parts:
            return None
        cue_span = cue.span[0], passage.nodes[i - 1].end
        return Found(passage, parts, cue_span, self.speaker(cue), "question", "possible", fixed=True)

    def _speaking(self, i: int) -> bool:
        """Whether a token is a form of a verb of speech."""
        verbs = self.passage.lex.verbs.get(self.passage.word(i), ())
        return any("q" in verb.frames or "c" in verb.frames for verb in verbs)

    def _clitics_before(self, i: int) -> int:
        """The offset of the negation or pronoun that stands before an infinitive ("n'avoir subi")."""
        while self.passage.word(i - 1) in self.passage.lex.clitics or self.passage.word(i - 1) in self.words.negators:
            i -= 1
        return self.passage.nodes[i].start

    def _adverbs(self, i: int) -> int:
        """How many adverbs, pronouns and words of time stand from token i on."""
        nodes, count = self.passage.nodes, 0
        while i + count < len(nodes):
            size = self.passage.inserted(i + count)
            node = nodes[i + count]
            dated = node.pos == "ADP" and i + count + 1 < len(nodes) and self.reader.timed(nodes[i + count + 1])
            if not size and node.pos not in ("ADV", "PRON") and not self.reader.timed(node) and not dated:
                break
            count += size or 1
        return count

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
        if i >= len(passage.nodes) or passage.nodes[i].start >= unit[1]:
            return None
        if frame == "d" or "n" not in frames:
            i = self._past_warned(i, unit)
            if passage.words[i] not in self.words.noun_markers:
                return None
            i = self._past_channel(i, unit)
            start, i = passage.nodes[i].end, i + 1
        elif self.opens_phrase(passage.nodes[i]) or self._plural(i) or self.bounds(i):
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
        if passage.word(cue.first - 1) in passage.lex.complementizers and self._named_only(start, end):
            return None  # "celui qu'avance Kiev": its subject
        if frames.get("n") == "accuse" and self._court(speaker):
            return None  # a sentence, not a reproach
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
            if node.start >= unit[1] or node.pos not in ("DET", "NOUN", "PROPN", "ADJ"):
                return None
            nominal = passage.nodes[node.i - 1].pos in NOMINAL
            if node.pos == "DET" and nominal and node.i > i + 1:
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
