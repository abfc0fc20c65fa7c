"""Claims handed over without a verb of speech: "selon X", ", selon qui P"."""

from ...model.records import Span
from ..tree import Node
from .expressions import According
from .found import Found, Speaker
from .passage import EDGE, NOMINAL, VERBAL
from .relatives import Relatives


class Phrases(Relatives):
    """Reads the claims of expressions in one paragraph."""

    def claims(self, verbal: list[Found]) -> list[Found]:
        """All of them; `verbal` are the claims of the verbs, whose content a relay shares."""
        found: list[Found | None] = []
        for pattern, rule in self.passage.expressions.according:
            for match in pattern.finditer(self.low):
                inside = self.passage.tree.start + match.start(2) if match.re.groups == 2 else None
                claim = self._according(self._span(match), rule, verbal, inside)
                if claim is not None:
                    found.append(claim)
        for pattern, impersonal in self.passage.expressions.open:
            for match in pattern.finditer(self.low):
                found.append(self._open(self._span(match), self.passage.tree.start + match.end(), impersonal))
        for pattern, impersonal in self.passage.expressions.said_of:
            found += [self._said_of(self._span(match), impersonal) for match in pattern.finditer(self.low)]
        for pattern, _ in self.passage.expressions.whose:
            found += [self._whose(self._span(match), verbal) for match in pattern.finditer(self.low)]
        for pattern, _ in self.passage.expressions.summed:
            found += [self._summed(self._span(match)) for match in pattern.finditer(self.low)]
        for pattern, _ in self.passage.expressions.hearsay:
            found += [self._hearsay(match.span()) for match in pattern.finditer(self.low)]
        return [claim for claim in found if claim is not None and claim.parts]

    def _according(self, cue: Span, rule: According, verbal: list[Found], inside: int | None = None) -> Found | None:
        """The claim of an expression; `inside` is where its own speaker stands, if it has one ("à l'en croire")."""
        passage = self.passage
        i = passage.index(cue[1] - 1 if inside is None else inside)
        while inside is None and i < len(passage.nodes) and passage.nodes[i].start < cue[1]:
            i += 1
        while i < len(passage.nodes) and self.reader.timed(passage.nodes[i]):
            i += 1  # "peut-on lire dimanche dans un communiqué"
        unit = passage.unit_at(cue[0])
        if rule.apart and not self._opens(cue, unit):
            return None
        speaker = self._named(i, unit) if inside is None else self._meant(i, unit, verbal)
        if speaker is None or (rule.apart and not self._apart(speaker, unit)):
            return None
        speaker = self._publisher(speaker, unit) or speaker
        if self._opens(cue, unit) and not passage.after(speaker.span[1], unit[1]).strip(".!?"):
            # "De l'aveu du ministre, l'armée manque de munitions": the clause taken for an apposition
            comma = passage.text.find(",", *speaker.span)
            speaker = Speaker((speaker.span[0], comma), speaker.head) if comma != -1 else speaker
        quote = passage.quote_at(cue[0])
        relay = self._relay(cue, unit, verbal) if inside is None else None
        if relay is not None:
            parts = relay.parts
        else:
            limits = (quote.start, quote.end) if quote is not None else unit
            mark = passage.trim((limits[0], cue[0]), "")[1] - 1
            comma = passage.text.rfind(",", limits[0], mark) if inside is not None and mark > limits[0] else -1
            if comma != -1:  # "…, la plupart, à l'en croire, d'une balle", "…, que X, à l'en croire, livrerait"
                after = passage.nodes[passage.index(comma) + 1]
                led = passage.words[after.i] in passage.lex.complementizers
                limits = (after.end if led else comma + 1, limits[1])
            elif mark > limits[0] and passage.text[mark] in ":;":
                limits = (mark + 1, limits[1])  # "…: selon lui, P"
            parts = self._around(cue, speaker, limits)
        if not parts:
            return None
        found = Found(passage, list(parts), cue, speaker, rule.act, relay=relay is not None)
        found.fixed = rule.act != "assert"
        found.around = True
        found.extra = self.reader.joint(speaker)
        found.speech = any(passage.quote_at(part[0]) is not None for part in parts)
        return found

    def _meant(self, i: int, unit: Span, verbal: list[Found]) -> Speaker:
        """Whom the pronoun of "à l'en croire" stands for: who spoke before in its sentence, else itself."""
        node = self.passage.nodes[i]
        spoke = [one.speaker for one in verbal if one.speaker and unit[0] <= one.speaker.span[0] < node.start]
        return spoke[-1] if spoke else Speaker(node.span, node)

    def _publisher(self, speaker: Speaker, unit: Span) -> Speaker | None:
        """Whose publication it is, where a participle says so: "selon un bilan communiqué mardi par les rebelles"."""
        paper = speaker.head
        if paper is None or paper.lemma.lower() not in self.words.speakers.publications:
            return None
        issued = paper.right
        if issued is None or issued.morph("VerbForm") != "Part" or issued.dep not in ("acl", "amod"):
            return None
        publisher = self.reader.agent_of(issued, issued.i + 1)
        inside = publisher is not None and publisher.span[1] <= unit[1]
        return publisher if inside and publisher is not None and self.reader.plausible(publisher) else None

    def _opens(self, cue: Span, unit: Span) -> bool:
        """Whether an expression stands at the start of its sentence or behind a comma."""
        passage = self.passage
        if passage.before(cue[0], unit[0]) == ",":
            return True
        left = passage.trim((passage.lead(*unit), cue[0]))
        return left[0] >= left[1]

    def _apart(self, speaker: Speaker, unit: Span) -> bool:
        """Whether "pour X", at the start of a clause, gives X's view: a comma stands behind it, X can speak, and a
        whole clause with a finite verb follows."""
        passage = self.passage
        if passage.after(speaker.span[1], unit[1]) != "," or speaker.head is None:
            return False
        after = passage.between(speaker.span[1], unit[1])[1:]
        person = speaker.head.ent in ("PER", "ORG") or self.reader.person(speaker)
        # "Pour Washington, l'EI « porte seul … »": of a town only words in quotation marks are surely its view.
        person = person or (speaker.head.ent == "LOC" and any(passage.quote_at(node.start) for node in after))
        verb = next((node for node in after if node.pos in VERBAL and node.morph("VerbForm") == "Fin"), None)
        if verb is None or any(passage.words[node.i] == "," for node in passage.between(after[0].start, verb.start)):
            return False
        viewed = passage.words[after[0].i] in self.words.viewing
        return viewed or (person and self.reader.plausible(speaker))

    def _named(self, i: int, unit: Span) -> Speaker | None:
        """The speaker after the expression; None where the noun is no speaker ("selon le calendrier")."""
        passage = self.passage
        if i >= len(passage.nodes) or passage.nodes[i].start >= unit[1]:
            return None
        node = passage.nodes[i]
        owned = node.dep in ("det", "nmod:poss") or node.pos == "DET"  # "selon leur dernier bilan"
        if (node.pos == "PRON" and not owned) or (passage.words[i] in passage.lex.stressed and not owned):
            return Speaker(node.span, node)
        head = self._noun_head(i, unit)
        if head is None:
            return None
        if self.reader.named(head):
            return self.reader.phrase(head, first=i, last=passage.index(unit[1]))
        if passage.words[head.i] in self.words.according_not or head.lemma in self.words.according_not:
            return None
        if any(passage.words[j] in self.words.according_not for j in range(i, head.i)):
            return None
        return self.reader.phrase(head, first=i, last=passage.index(unit[1]))

    def _noun_head(self, i: int, unit: Span) -> Node | None:
        for node in self.passage.nodes[i : i + 7]:
            if node.start >= unit[1] or (node.pos in ("VERB", "PUNCT") and self.passage.words[node.i] != '"'):
                return None
            if node.pos in NOMINAL and node.pos != "NUM":
                while (
                    node.head is not None
                    and not any(word in (",", ":") for word in self.passage.words[node.i : node.head.i])
                    and node.head.pos in NOMINAL
                    and i <= node.head.i
                    and node.head.start < unit[1]
                    and node.dep != "conj"
                    # "le ministère … au pouvoir": what has a preposition of its own hangs on the first noun.
                    and not any(
                        other.dep in ("case", "mark") and other.head is node.head
                        for other in self.passage.nodes[node.i + 1 : node.head.i]
                    )
                ):
                    node = node.head
                return node
        return None

    def _relay(self, cue: Span, unit: Span, verbal: list[Found]) -> Found | None:
        """The claim before the expression that it relays: direct speech in the same sentence."""
        before = [
            claim
            for claim in verbal
            if claim.speech and claim.cue and unit[0] <= claim.cue[0] < cue[0] and claim.start < claim.cue[0]
        ]  # fmt: skip
        return before[-1] if before else None

    def _around(self, cue: Span, speaker: Speaker, unit: Span) -> list[Span]:
        """The clause that the expression stands in: after it, before it, or on both sides."""
        passage = self.passage
        start = passage.lead(unit[0], unit[1])
        end = speaker.span[1]
        end = max(end, cue[1])  # "à l'en croire": the speaker stands inside
        left = passage.trim((start, self._past_still(cue)), EDGE)
        right = passage.trim((self._after_speaker(end, unit[1]), unit[1]), EDGE)
        if self._expression_first(left):
            commas = (node for node in passage.between(*right) if passage.words[node.i] == ",")
            # "selon X, P, un bilan que Y n'a pas confirmé", "selon X, P, ce que Y nie"
            comma = next((node for node in commas if self.frames.sums_up(node.i) or self._resumed_at(node.i)), None)
            first = passage.index(right[0])
            if passage.word(first) in passage.lex.complementizers:  # "il ressort de l'enquête que P"
                right = passage.nodes[first].end, right[1]
            return self._whole((right[0], comma.start if comma is not None else self.frames.told_on(right[1])))
        if passage.after(end, unit[1]) == ":" and self._goes_on(left):
            return self._whole(passage.trim((passage.text.find(":", end) + 1, unit[1])))  # "Bilan selon X : 12 morts"
        relative = self._relative_before(cue)
        if relative is not None:
            behind = self._after_speaker(end, unit[1])
            stop = self.frames_end(relative, unit)
            return self._whole(passage.trim((behind, stop if stop > behind else self._row_end(behind, unit[1])), EDGE))
        opened = self._relative_around(cue, end, self._after_speaker(end, unit[1]), unit)
        if opened is not None:
            return self._inside(opened, cue, end, unit)
        if passage.before(cue[0], left[0]) != "," and self._parts_object(cue, end, unit):
            return [*self._whole(self._set_off(left)), *self._whole(passage.trim((end, unit[1]), EDGE))]
        relates = self.frames.opens_relative(passage.index(end) + 1)
        left = passage.trim((self._past_aside(left, cue), left[1]))
        if passage.after(end, unit[1]) != "," or relates or not (self._goes_on(left) or self._completed(left, right)):
            clause = self._last_clause(left, cue)
            return self._whole(clause)
        return [*self._whole(left), *self._whole(right)] if right[0] < right[1] else self._whole(left)

    def _past_still(self, cue: Span) -> int:
        """Where an expression begins, with an adverb set apart in front of it (", toujours selon X, P")."""
        before = self.passage.nodes[self.passage.index(cue[0]) - 1]
        apart = before.pos == "ADV" and self.passage.word(before.i - 1) == ","
        return before.start if apart and before.end <= cue[0] else cue[0]

    def _past_aside(self, left: Span, cue: Span) -> int:
        """Where the last clause begins behind the aside of another speaker ("P, ont indiqué des témoins, et Q, d'après
        un médecin")."""
        passage = self.passage
        counted = self._counted_on(left)
        if counted is not None:
            return counted
        for other in reversed(self.frames.cues):
            if not left[0] < other.span[0] < cue[0] or not self.frames.is_aside(other):
                continue
            speaker = self.frames.aside_speaker(other, passage.unit_at(cue[0]))
            i = passage.index(max(other.span[1], speaker.span[1] if speaker is not None else 0))
            behind = passage.word(i) == "," and passage.word(i + 1) in self.words.conjunctions
            return passage.nodes[i + 1].end if behind and passage.nodes[i + 1].start < cue[0] else left[0]
        return left[0]

    def _counted_on(self, left: Span) -> int | None:
        """Where a bare count begins behind another expression and its speaker ("P, selon Kiev, deux selon Moscou")."""
        passage, begin = self.passage, self.passage.tree.start
        comma = passage.text.rfind(",", *left)
        behind = passage.between(comma + 1, left[1]) if comma != -1 else []
        counted = any(self.frames.opens_count(node.i) for node in behind[:2])
        if not counted or any(node.pos in VERBAL for node in behind):
            return None
        spoken = self.low[left[0] - begin : comma - begin]
        among = (pattern for pattern, rule in passage.expressions.according if not rule.apart)
        found = [match.end(1) + left[0] for pattern in among for match in pattern.finditer(spoken)]
        speaker = self._named(passage.index(max(found)), (begin, comma)) if found else None
        return comma + 1 if speaker is not None and not passage.text[speaker.span[1] : comma].strip() else None

    def _parts_object(self, cue: Span, end: int, unit: Span) -> bool:
        """Whether the expression parts a verb from its object or its agent ("a provoqué selon l'ONU « la pire crise »",
        "tué selon l'armée par un drone")."""
        passage = self.passage
        i, after = passage.index(cue[0]) - 1, passage.index(end)
        if i < 0 or after >= len(passage.nodes) or passage.nodes[after].start >= unit[1]:
            return False
        agent = passage.words[after] in self.words.agent_markers and passage.nodes[i].morph("VerbForm") == "Part"
        opens = passage.words[after] == '"' or passage.nodes[after].pos == "DET" or agent
        return passage.nodes[i].pos in VERBAL and opens

    def _set_off(self, left: Span) -> Span:
        """The bare participle that ends a stretch behind a comma ("…, tué selon l'armée par un drone"), else all."""
        last = self.passage.between(*left)[-1]
        alone = last.morph("VerbForm") == "Part" and self.passage.word(last.i - 1) == ","
        return last.span if alone else left

    def _after_speaker(self, end: int, limit: int) -> int:
        """Past the rest of the speaker's phrase ("…, publié lundi,") to the comma that closes it."""
        text = self.passage.text
        if end < limit and text[end] == ",":
            after = self.passage.index(end + 1)
            cites = any("r" in verb.frames for verb in self.passage.lex.verbs.get(self.passage.word(after), ()))
            # "selon X, qui cite Y, …", "selon X, joint par téléphone, …"
            described = any(self._describes(node, end) for node in self.passage.nodes[after : after + 1])
            if cites or described or self.passage.word(after) in self.words.relatives:
                comma = text.find(",", end + 1, limit)
                return comma + 1 if comma != -1 else end + 1
            if self.passage.word(after) in self.words.noun_of_markers and any(
                self.reader.named(node) for node in self.passage.nodes[after + 1 : after + 3]
            ):  # "selon Ana Ruiz, de l'Observatoire, P"
                return text.find(",", end + 1, limit) + 1 or end + 1
            return end + 1
        words = self.words
        related = (
            self.passage.word(self.passage.index(end)) in words.relatives | words.oblique_relatives | words.backgrounds
        )
        comma = text.find(",", end, limit)
        while related and comma != -1 and self._goes_on((end, comma)):
            comma = text.find(",", comma + 1, limit)  # "selon un élu qui, dit-il, a fui, P"
        if related and comma != -1:
            return comma + 1
        if comma != -1 and not any(
            node.pos in ("VERB", "AUX") and node.morph("VerbForm") == "Fin" for node in self.passage.between(end, comma)
        ):
            return comma + 1
        return end

    @staticmethod
    def _describes(node: Node, end: int) -> bool:
        """Whether a word behind the comma is a participle of the speaker's, with which it agrees."""
        head = node.head
        if node.pos != "VERB" or head is None or head.start >= end:
            return False
        return all(node.morph(key) == head.morph(key) or not head.morph(key) for key in ("Number", "Gender"))

    def _expression_first(self, left: Span) -> bool:
        nodes = self.passage.between(*left)
        if any(node.pos == "NUM" and not self.reader.timed(node) for node in nodes):
            return False  # "Entre 100 et 150, selon des élus cités mardi par la presse"
        return (
            not nodes
            or (len(nodes) <= 6 and not any(node.pos in ("VERB", "AUX", "NOUN", "PROPN") for node in nodes))
            or all(
                self.reader.timed(node) or node.pos in ("ADV", "PUNCT", "ADP", "DET", "CCONJ", "SCONJ")
                for node in nodes
            )
        )

    def _resumed_at(self, comma: int) -> bool:
        """Whether the words behind a comma take up what was said (", ce que Moscou nie")."""
        word = self.passage.word
        return f"{word(comma + 1)} {word(comma + 2)}" in self.words.resumptives

    def _goes_on(self, left: Span) -> bool:
        """Whether the clause before the expression is not complete: it has no finite verb, or ends with an auxiliary
        ("la ville est, selon l'armée, tombée")."""
        nodes = self.passage.between(*left)
        if nodes and nodes[-1].pos == "AUX":
            return True
        return not any(node.pos in VERBAL and node.morph("VerbForm") == "Fin" for node in nodes)

    def _completed(self, left: Span, right: Span) -> bool:
        """Whether the words behind an expression complete an impersonal clause before it ("Il s'agissait, selon lui,
        d'éviter une panique")."""
        nodes, behind = self.passage.between(*left), self.passage.between(*right)[:3]
        if nodes and nodes[-1].pos == "VERB" and len(behind) > 1 and self.frames.infinitive_after(behind[0].i):
            return self.passage.words[behind[0].i] in self.words.infinitive_markers  # "tentaient, selon X, de fuir"
        verbs = [node.pos in VERBAL and node.morph("VerbForm") == "Fin" for node in nodes]
        alone = sum(verbs) == 1 and any(node.dep.startswith("expl") for node in nodes)
        marks = self.passage.lex.complementizers | self.words.infinitive_markers
        led = len(behind) > 1 and self.passage.words[behind[0].i] in marks
        clause = led and (
            self.passage.words[behind[0].i] in self.passage.lex.complementizers
            or any(node.morph("VerbForm") == "Inf" for node in behind[1:])
        )
        return alone and clause

    def _last_clause(self, left: Span, cue: Span) -> Span:
        """All that stands before the expression in its sentence, from the last semicolon on; of a relative clause that
        it ends without a comma, that clause (", qui ont fait 27 morts selon les secours")."""
        told = self._told_relative(left, cue)
        if told is not None:
            return told
        comma = self.passage.text.rfind(",", left[0], left[1])
        behind = self.passage.index(comma + 1)
        if comma != -1 and self.passage.word(behind) in self.words.relatives and self.passage.before(cue[0], 0) != ",":
            return self.passage.trim((self.passage.nodes[behind].end, left[1]))
        colon = self.passage.text.find(":", left[0], left[1])
        before = self.passage.between(left[0], colon) if colon != -1 else []
        if self.passage.tree.kind == "title" and colon != -1 and self._goes_on(left):
            left = self._piece((colon + 1, left[1]))  # "Frappes sur Sanaa : 12 morts, selon les secours"
        elif (
            before
            and not any(node.pos in VERBAL for node in before)
            and (len(before) <= 4 or self._numbered(colon + 1, left[1]))
        ):
            left = self.passage.trim((colon + 1, left[1]))  # a headline's place ("Gaza : 32 morts, selon …")
        elif (
            colon != -1
            and self.passage.quote_at(colon) is None
            and not self._goes_on((left[0], colon))
            and not self._goes_on((colon + 1, left[1]))
        ):
            left = self.passage.trim((colon + 1, left[1]))  # "le bilan s'alourdit : P, selon X"
        elif colon != -1 and self._numbered(colon + 1, left[1]) and self._goes_on((colon + 1, left[1])):
            left = self.passage.trim((colon + 1, left[1]))  # "en auraient perdu dix fois plus : 487, d'après X"
        elif self.passage.tree.kind == "title" and self._goes_on((self._piece(left)[0], left[1])):
            left = self._piece(left)  # "L'offensive reprend, près de 3 000 morts selon l'ONU"
        cut = self.passage.text.rfind(";", left[0], left[1])
        return self.passage.trim((cut + 1, left[1])) if cut != -1 else left

    def _piece(self, span: Span) -> Span:
        """The last piece of a headline without a verb, where it is a number ("frappes sur Sanaa, 12 morts")."""
        comma = self.passage.text.rfind(",", *span)
        return self.passage.trim((comma + 1, span[1]) if comma != -1 and self._numbered(comma + 1, span[1]) else span)

    def _numbered(self, start: int, end: int) -> bool:
        """Whether a number, with what bounds it, opens a stretch."""
        first = self.passage.index(start)
        return bool(self.passage.between(start, end)) and self.frames.opens_count(first)

    def _whose(self, cue: Span, told: list[Found]) -> Found | None:
        """ "le général, selon qui P, …": the noun in front of the relative clause says what it tells."""
        passage = self.passage
        unit, first, last = passage.unit_at(cue[0]), passage.index(cue[0]), passage.index(cue[1]) - 1
        if passage.word(first - 1) != "," or first < 2 or passage.quote_at(cue[0]) is not None:
            return None
        head = passage.nodes[first - 2]
        while head.text != "(" and passage.words[first - 2] == ")" and head.i > passage.index(unit[0]):
            head = passage.nodes[head.i - 1]  # "l'Observatoire (OSDH), pour qui P"
        head = passage.nodes[head.i - 1] if head.text == "(" and head.i else head
        while head.head is not None and head.head.pos in NOMINAL and head.head.i < head.i and head.dep != "conj":
            head = head.head
        speaker = self.reader.phrase(head, last=first - 1)
        if head.start < unit[0] or head.pos not in NOMINAL or not self.reader.plausible(speaker):
            return None
        end = self._resumes(cue[1], self.frames_end(last, unit))
        parts = self._whole(passage.trim((cue[1], end), EDGE))
        inside = [node for part in parts for node in passage.between(*part)]
        verbal = any(node.morph("VerbForm") == "Fin" for node in inside)
        spans = [one.speaker.span for one in told if one.speaker is not None]
        speaks = any(start <= head.start < end for start, end in spans)
        if passage.words[first] in self.words.purpose and not (speaks or any(node.dep == "cop" for node in inside)):
            return None  # "les voisins, pour qui elle cuisine"
        return Found(passage, parts, cue, speaker) if verbal else None

    def _resumes(self, start: int, end: int) -> int:
        """The comma behind which the clause around a relative one goes on with its verb, else the end given."""
        passage = self.passage
        for node in passage.between(start, end):
            i = node.i + 1
            while passage.word(i) in passage.lex.clitics:
                i += 1
            if node.text == "," and i < len(passage.nodes) and passage.nodes[i].morph("VerbForm") == "Fin":
                return node.start
        return end
