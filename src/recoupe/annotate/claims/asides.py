"""Cues that stand in an aside: after or inside what is said ("…, a rapporté le Kremlin")."""

from itertools import pairwise

from ...model.records import Span
from ..tree import Node
from .cues import Cue
from .demands import Demands
from .found import Speaker
from .passage import EDGE, NOMINAL, VERBAL

STOPS = ".;!?"
LISTENER = 9  # tokens
PHRASE = 9  # tokens of a speaker between a comma and the verb, the comma included
RETORT = 4  # tokens of an answer without a verb, its comma included ("Faux, rétorque le ministère")


class Asides(Demands):
    """Tells asides from clauses with an object, and finds what they close off."""

    def subject_before(self, cue: Cue) -> Node | None:
        """A subject that stands before the cue, with no comma or quotation mark right before the verb."""
        if cue.node.i not in self._subjects:
            self._subjects[cue.node.i] = self._find_subject(cue)
        return self._subjects[cue.node.i]

    def _find_subject(self, cue: Cue) -> Node | None:
        passage = self.passage
        subject = cue.node.find("nsubj", "nsubj:pass", "expl:subj")
        if subject is None and cue.shape == "finite" and cue.pronoun is None:
            return self._set_before(cue)
        if subject is None or subject.i >= cue.first or cue.pronoun is not None:
            return None
        mark = passage.before(passage.nodes[cue.first].start, passage.tree.start)
        if mark == '"':
            return None
        if mark == ",":
            unit = passage.unit_at(cue.span[0])
            before = unit[0], passage.nodes[cue.first].start
            quoted = '"' in passage.text[slice(*before)] or passage.quote_at(before[1]) is not None
            if not quoted and not self._finite_in(*before) and not self._finite_in(cue.span[1], unit[1]):
                # "Le secrétaire général, X, a réclamé une enquête"; "Douze morts, a annoncé le préfet"
                return None if self._told_alone(*before, self.inverted(cue, unit)) else subject
            speaker = self.inverted(cue, unit)
            if (
                self.before_relative(cue) is not None
                and passage.before(self.first_of(subject), passage.tree.start) == '"'
            ):
                return subject
            aside = speaker is not None and ("n" not in cue.verb.frames or self.reader.plausible(speaker))
            return None if aside else subject
        return subject

    def _told_alone(self, begin: int, start: int, speaker: Speaker | None) -> bool:
        """Whether a noun, no speaker, stands alone before a comma and a verb whose speaker ends the sentence ("Douze
        morts, a annoncé le préfet", "Un déluge de feu, décrit un médecin")."""
        passage = self.passage
        if speaker is None or not self.reader.plausible(speaker):
            return False
        verb = passage.nodes[passage.index(start)]
        if speaker.head is not None and {verb.morph("Number"), speaker.head.morph("Number")} == {"Plur", "Sing"}:
            return False  # "Onze dirigeants, réunis à Abuja, ont menacé la junte": no subject of that verb
        nodes = passage.between(passage.lead(begin, start), start)
        head = next((node for node in nodes if node.pos in ("NOUN", "PROPN")), None)
        closed = passage.after(speaker.span[1], passage.unit_at(start)[1]) in (".", ":", "")
        if head is None or not closed or self.reader.timed(head) or self.reader.named(head):
            return False
        if any(node.pos in ("VERB", "ADP", "SCONJ", "PRON") for node in nodes if node.i < head.i):
            return False
        return head.find("nummod") is not None or not self.reader.plausible(self.reader.phrase(head))

    def _finite_in(self, start: int, end: int) -> bool:
        inside = self.passage.between(start, end)
        return any(node.morph("VerbForm") == "Fin" and node.pos in VERBAL for node in inside)

    def _set_before(self, cue: Cue) -> Node | None:
        """The noun between a comma and a verb that ends its sentence, which the parse takes for an apposition ("…, a
        local activists' group said.")."""
        passage = self.passage
        if passage.after(cue.span[1], passage.unit_at(cue.span[0])[1]) not in ("", ".") or cue.first < 2:
            return None
        inside: list[Node] = []
        for node in reversed(passage.nodes[max(0, cue.first - PHRASE) : cue.first]):
            if passage.words[node.i] == ",":
                head = inside[0] if inside and inside[-1].pos in ("DET", "PROPN", "NUM") else None
                return head if head is not None and head.pos in NOMINAL else None
            if node.pos in VERBAL and not self.reader.named(node) and node.dep not in ("amod", "compound"):
                return None
            inside.append(node)
        return None

    def inverted(self, cue: Cue, unit: Span) -> Speaker | None:
        """The speaker behind a verb, unless the noun begins a clause of its own ("says he's ready")."""
        speaker = self.reader.inverted(cue.after, unit[1])
        head = speaker.head if speaker is not None else None
        if head is None or speaker is None or head.head is None or head.dep not in ("nsubj", "nsubj:pass"):
            return speaker
        verb, comma = head.head, self.passage.text.find(",", speaker.span[1], max(head.head.start, speaker.span[1]))
        return None if verb is not cue.node and verb.i > head.i and comma == -1 else speaker

    def first_of(self, node: Node) -> int:
        """Where a noun phrase begins, as the parse has it."""
        return self.passage.nodes[node.leftmost()].start

    def edge(self, cue: Cue) -> int:
        """Where the aside begins: the cue with its subject, if that stands before it."""
        first = cue.first
        subject = self.subject_before(cue)
        if subject is not None:
            first = min(first, subject.leftmost())
        while first > 0 and self.passage.word(first - 1) in self.words.aside_leads:
            first -= 1
        return self.passage.nodes[first].start

    def is_aside(self, cue: Cue) -> bool:
        """Whether a cue stands in an aside: after a comma or a quotation mark, its speaker behind it (or inverted)."""
        known = self._asides.get(cue.node.i)
        if known is None:
            known = self._asides[cue.node.i] = self._reads_aside(cue)
        return known

    def _reads_aside(self, cue: Cue) -> bool:
        passage = self.passage
        if cue.shape != "finite" or "q" not in cue.verb.frames or cue.passive:
            return False
        unit = passage.unit_at(cue.span[0])
        start = self.edge(cue)
        mark = passage.before(start, passage.tree.start)
        if mark not in (",", '"', "'", "?", "!", "-", "…", "."):
            return False
        if mark == "," and passage.quote_at(start) is None and self._interrupted(cue, unit):
            return False
        if passage.before(start, unit[0]) == "" and mark not in ('"', "?", "!"):
            return False
        relative = passage.words[passage.index(start)] in self.words.oblique_relatives
        if relative and self.subject_before(cue) is not None:
            return False  # ", dont Kigali nie la présence"
        if passage.words[passage.index(start)] in self.words.aside_leads and cue.pronoun is None:
            return self.inverted(cue, unit) is not None
        if cue.pronoun is not None:
            return True
        subject = self.subject_before(cue)
        if subject is not None:
            related = passage.words[subject.i] in self.words.relatives
            if related and any(child.i > cue.last for child in cue.node.all("obj", "xcomp")):
                return False  # ", qui n'exclut pas une erreur": it has its own object
            if "t" in cue.verb.frames and self.asked(cue, unit) is not None:
                return False
            nxt = passage.after(cue.span[1], unit[1])
            rest = passage.text[cue.span[1] : unit[1]].lstrip()[1:].lstrip()
            if mark == "," and nxt in (",", ":") and rest.startswith('"') and not self._quoted_before(start):
                return False  # "Asked about P, the minister said, "…"", "À la question si P, il a répondu : « … »"
            said = self._states(unit[0], start) or (mark == nxt == "," and not rest.startswith('"'))
            if mark == '"' and nxt not in ('"', ":") and passage.quote_at(start) is None:
                return True  # what closes right before its speaker is hers, whatever follows the verb
            if passage.quote_at(start) is not None or not said or not self._closed_after(cue, unit):
                return False
            clause = "c" in cue.verb.frames and cue.verb.lemma not in self.words.retorts
            return clause or mark != "," or self._quoted_before(start)  # "…, Israël riposte": that is done
        speaker = self.inverted(cue, unit)
        if speaker is None:
            return False
        if cue.verb.frames.get("t") in ("assert", "expect") and self.asked(cue, unit) is not None:
            return False  # "X, chef de la police, a informé Y de Z": Y is told
        if not self._states(unit[0], start) and not self._split(mark, speaker, unit):
            headed = passage.tree.kind in ("title", "heading") and passage.nodes[-1].end <= speaker.span[1] + 1
            if headed and mark == "," and self.reader.plausible(speaker):
                return True  # "Près de 200 morts, dit l'ONU"
            short = (
                0 < len(passage.between(unit[0], start)) <= RETORT and passage.after(speaker.span[1], unit[1]) in ":."
            )
            short = short or self._told_alone(unit[0], start, speaker)
            return short and mark == "," and self.reader.plausible(speaker)
        if passage.quote_at(start) is not None:
            return self.reader.plausible(speaker) and self._apart_in_quote(cue, speaker, unit)
        quoted = passage.text[max(unit[0], start - 4) : start].rstrip(", ").endswith(('"', "'"))
        sure = (
            (quoted and "n" not in cue.verb.frames)
            or mark in ("?", "!")
            or ("c" in cue.verb.frames and "n" not in cue.verb.frames)
        )
        return sure or self.reader.plausible(speaker)

    def _apart_in_quote(self, cue: Cue, speaker: Speaker, unit: Span) -> bool:
        """Whether an aside inside quotation marks ends with its speaker, or with more said of the speaker, before a
        comma ("dit un officier rencontré lundi près du front, …")."""
        passage, end = self.passage, speaker.span[1]
        if passage.after(end, unit[1]) in (",", '"', ".", ""):
            return True
        comma = passage.text.find(",", end, unit[1])
        opens = passage.nodes[passage.index(end)].pos in ("ADP", "ADJ", "VERB", "ADV")
        return comma != -1 and opens and "n" not in cue.verb.frames and not self._finite_in(end, comma)

    def _quoted_before(self, start: int) -> bool:
        """Whether a quotation ends right before the comma of an aside."""
        return any(0 <= start - quote.outer[1] <= 3 for quote in self.passage.quotes)

    def _interrupted(self, cue: Cue, unit: Span) -> bool:
        """Whether a relative clause ends right before the cue and its noun begins the sentence: their own verb."""
        speaker = self.before_relative(cue)
        return speaker is not None and not self._states(unit[0], speaker.span[1])

    def _split(self, mark: str, speaker: Speaker, unit: Span) -> bool:
        """Whether an aside between commas parts what is said ("L'ouvrage, a indiqué le ministère, a été …")."""
        if mark != "," or not self.reader.plausible(speaker) or self.passage.after(speaker.span[1], unit[1]) != ",":
            return False
        opening = self.passage.nodes[self.passage.index(unit[0])]
        person = next((name for name in self.reader.names if name.start == opening.start and name.type == "PER"), None)
        head = speaker.head  # "X, porte-parole du groupe, a rejeté ces chiffres, …": X rejects them
        return person is None or head is None or self.reader.named(head) or self.reader.person(speaker)

    def _states(self, begin: int, start: int) -> bool:
        """Whether something is said before the aside: a quotation, or a finite verb; also one with a subject that the
        tagger takes for a participle ("Strikes killed at least 45 people, the ministry said")."""
        passage = self.passage
        if passage.before(start, passage.tree.start) == '"' or passage.quote_at(start) is not None:
            return True
        return any(
            node.morph("VerbForm") == "Fin"
            or passage.quote_at(node.start)
            or (node.pos == "VERB" and node.find("nsubj") is not None and node.i < passage.index(start))
            for node in passage.between(begin, start)
        )

    def _closed_after(self, cue: Cue, unit: Span) -> bool:
        """Whether nothing that the verb could govern follows."""
        nxt = self.passage.after(cue.span[1], unit[1])
        if nxt in ("", ".", ",", '"', ";"):
            return True
        behind = self.passage.between(cue.span[1], unit[1])
        named = next((each for each in behind if each.pos != "ADV" and not self.reader.timed(each)), None)
        object_fits = "n" in cue.verb.frames and "t" not in cue.verb.frames
        if named is not None and object_fits and named.dep != "xcomp" and self.opens_phrase(named):
            return False  # "…, Paris nie désormais toute implication": what is denied, no listener
        node = self.passage.nodes[cue.after] if cue.after < len(self.passage.nodes) else None
        if node is None or self.reader.timed(node) or node.pos in ("ADP",):
            return True
        rest = self.passage.between(cue.span[1], unit[1])  # "told the BBC": a listener, nothing else
        return len(rest) <= LISTENER and not any(each.pos in VERBAL or each.pos == "SCONJ" for each in rest)

    def aside_speaker(self, cue: Cue, unit: Span) -> Speaker | None:
        """Who speaks in an aside."""
        before = self.subject_before(cue)
        if before is not None and cue.node.find("nsubj", "nsubj:pass", "expl:subj") is None:
            comma = next(i for i in range(cue.first - 1, -1, -1) if self.passage.words[i] == ",")
            return self.reader.phrase(before, first=comma + 1, last=cue.first)
        if cue.pronoun is not None or before is not None:
            return self.reader.subject(cue)
        return self.reader.inverted(cue.after, unit[1])

    def left_edge(self, unit: Span, start: int) -> int:
        """Where the words before an aside begin; a quotation may end in the sentence before."""
        passage = self.passage
        if not passage.text[unit[0] : start].strip(EDGE + '"'):
            before = [each for each in passage.units if each[1] <= unit[0]]
            return before[-1][0] if before else unit[0]
        earlier = next((each for each in reversed(passage.units) if each[1] <= unit[0]), None)
        quoted = self._quoted_before(start) or passage.before(start, unit[0]) == '"'
        if (
            not quoted
            and earlier is not None
            and passage.before(unit[0], earlier[0]) == ";"
            and not self._spoken(earlier)
        ):
            # "Mille personnes ont défilé ; trois ont été arrêtées, selon plusieurs médias"
            return passage.lead(*earlier)
        return passage.lead(unit[0], start)

    def _spoken(self, unit: Span) -> bool:
        """Whether anyone says something in a sentence."""
        start = self.passage.tree.start
        low = self.passage.low[unit[0] - start : unit[1] - start]
        cued = any(unit[0] <= cue.span[0] < unit[1] for cue in self.cues)
        return cued or any(pattern.search(low) for pattern, _ in self.passage.expressions.according)

    def left_parts(self, begin: int, start: int) -> list[Span]:
        """The content before an aside: its quotations, or all the words."""
        passage = self.passage
        begin, end = passage.trim((begin, start))
        if begin >= end:
            return []
        earlier = [
            cue
            for cue in self.cues
            if begin <= cue.span[0] < end and passage.quote_at(cue.span[0]) is None and self.is_aside(cue)
        ]
        quotes = [quote for quote in passage.quotes if begin <= quote.outer[0] and quote.outer[1] <= end + 3]
        begin = self._past_expression(begin, end)
        if earlier:
            done = max(earlier[-1].span[1], passage.nodes[earlier[-1].after - 1].end)
            quotes = [quote for quote in quotes if quote.outer[0] >= done]
            begin = quotes[0].outer[0] if quotes else passage.trim((done, end))[0]
        if quotes and not passage.text[begin : quotes[0].outer[0]].strip(EDGE):
            gaps = [passage.text[a.outer[1] : b.outer[0]] for a, b in pairwise(quotes)]
            gaps.append(passage.text[quotes[-1].outer[1] : end])
            if not any(gap.strip(EDGE + '"') for gap in gaps):
                return [(quote.start, quote.end) for quote in quotes]
        last = quotes[-1] if quotes else None
        closing = last is not None and not passage.text[last.outer[1] : end].strip(EDGE + '"')
        if last is not None and closing and passage.before(last.outer[0], begin) == ":":
            return [(last.start, last.end)]  # what stands before the colon is another claim or the outlet's own
        opening = {quote.outer[0] for quote in quotes}
        while begin < end and passage.text[begin] == '"' and begin not in opening:
            begin += 1
        return self.stripped(begin, end)

    def past_according(self, begin: int, end: int) -> int:
        """Where what is said begins behind an expression and its speaker that open it ("Selon la police, P")."""
        first = self.passage.tree.start
        for pattern, rule in self.passage.expressions.according:
            match = pattern.search(self.passage.low, begin - first, end - first)
            if match is not None and not rule.apart and not self.passage.text[begin : first + match.start(1)].strip():
                comma = self.passage.text.find(",", first + match.end(1), end)
                return comma + 1 if comma != -1 else begin
        return begin

    def _past_expression(self, begin: int, end: int) -> int:
        """Where the clause begins behind another speaker's expression ("P, selon la police, et Q, ont dit des
        témoins"): at the conjunction behind its comma."""
        passage, first = self.passage, self.passage.tree.start
        for pattern, rule in passage.expressions.according:
            match = pattern.search(passage.low, begin - first, end - first)
            if match is None or rule.apart or not passage.text[begin : first + match.start(1)].rstrip().endswith(","):
                continue
            comma = passage.text.find(",", first + match.end(1), end)
            i = passage.index(comma) + 1 if comma != -1 else 0
            if passage.word(i) in self.words.conjunctions and self._states(passage.nodes[i].end, end):
                return passage.nodes[i].end
        return begin

    def inside_quote(self, cue: Cue, first: int, last: int, start: int, speaker: Speaker | None) -> list[Span]:
        """The two sides of an aside inside the quotation marks ("« Nous irons, a-t-il dit, jusqu'au bout »")."""
        passage = self.passage
        resume = max(cue.span[1], passage.nodes[cue.after - 1].end, speaker.span[1] if speaker else 0)
        comma = passage.text.find(",", resume, last)
        stop = min((at for at in (passage.text.find(mark, resume, last) for mark in STOPS) if at != -1), default=last)
        if comma != -1 and comma < stop and self._describes(comma):
            comma = passage.text.find(",", comma + 1, last)
        cut = stop if comma == -1 or comma > stop else comma
        parts = [passage.trim((first, start)), passage.trim((cut + 1, last))]
        return [part for part in parts if part[0] < part[1]]

    def _describes(self, comma: int) -> bool:
        """Whether a participle behind the comma says more of the speaker ("raconte Anna, assise sur un sac, …")."""
        node = self.passage.nodes[self.passage.index(comma) + 1]
        bare = node.morph("VerbForm") == "Part" and node.morph("Tense") == "Past"
        return bare and node.find("nsubj", "nsubj:pass", "aux:pass", "aux:tense") is None

    def resumed(self, cue: Cue, unit: Span, speaker: Speaker | None) -> list[Span]:
        """Quotations of the same sentence after the aside."""
        passage = self.passage
        after = max(cue.span[1], speaker.span[1] if speaker else 0)
        found = []
        for quote in passage.quotes:
            if after <= quote.outer[0] < unit[1]:
                if any(after < passage.nodes[start].start < quote.outer[0] for start in self.starts):
                    break
                if len(passage.between(quote.start, quote.end)) >= 3:
                    found.append((quote.start, quote.end))
        return found
