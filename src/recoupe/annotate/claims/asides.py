"""Cues that stand in an aside: after or inside what is said ("…, a rapporté le Kremlin")."""

from itertools import pairwise

from ...model.records import Span
from ..tree import Node
from .cues import Cue
from .extents import Extents
from .found import Speaker
from .passage import EDGE, VERBAL

STOPS = ".;!?"
LISTENER = 9  # tokens
RETORT = 4  # tokens of an answer without a verb, its comma included ("Faux, rétorque le ministère")


class Asides(Extents):
    """Tells asides from clauses with an object, and finds what they close off."""

    def subject_before(self, cue: Cue) -> Node | None:
        """A subject that stands before the cue, with no comma or quotation mark right before the verb."""
        if cue.node.i not in self._subjects:
            self._subjects[cue.node.i] = self._find_subject(cue)
        return self._subjects[cue.node.i]

    def _find_subject(self, cue: Cue) -> Node | None:
        passage = self.passage
        subject = cue.node.find("nsubj", "nsubj:pass", "expl:subj")
        if subject is None or subject.i >= cue.first or cue.pronoun is not None:
            return None
        mark = passage.before(passage.nodes[cue.first].start, passage.tree.start)
        if mark == '"':
            return None
        if mark == ",":
            speaker = self.inverted(cue, passage.unit_at(cue.span[0]))
            if (
                self.before_relative(cue) is not None
                and passage.before(self.first_of(subject), passage.tree.start) == '"'
            ):
                return subject
            aside = speaker is not None and ("n" not in cue.verb.frames or self.reader.plausible(speaker))
            return None if aside else subject
        return subject

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
            if mark == "," == nxt and rest.startswith('"') and not self._quoted_before(start):
                return False  # "Asked about P, the minister said, "…""
            said = self._states(unit[0], start) or (mark == nxt == "," and not rest.startswith('"'))
            if mark == '"' and nxt not in ('"', ":") and passage.quote_at(start) is None:
                return True  # what closes right before its speaker is hers, whatever follows the verb
            if passage.quote_at(start) is not None or not said or not self._closed_after(cue, unit):
                return False
            return "c" in cue.verb.frames or mark != "," or self._quoted_before(start)
        speaker = self.inverted(cue, unit)
        if speaker is None:
            return False
        if not self._states(unit[0], start) and not self._split(mark, speaker, unit):
            headed = passage.tree.kind in ("title", "heading") and passage.nodes[-1].end <= speaker.span[1] + 1
            if headed and mark == "," and self.reader.plausible(speaker):
                return True  # "Près de 200 morts, dit l'ONU"
            short = (
                0 < len(passage.between(unit[0], start)) <= RETORT and passage.after(speaker.span[1], unit[1]) in ":."
            )
            return short and mark == "," and self.reader.plausible(speaker)
        if passage.quote_at(start) is not None:
            return self.reader.plausible(speaker) and passage.after(speaker.span[1], unit[1]) in (",", '"', ".", "")
        quoted = passage.text[max(unit[0], start - 4) : start].rstrip(", ").endswith(('"', "'"))
        sure = (
            (quoted and "n" not in cue.verb.frames)
            or mark in ("?", "!")
            or ("c" in cue.verb.frames and "n" not in cue.verb.frames)
        )
        return sure or self.reader.plausible(speaker)

    def _quoted_before(self, start: int) -> bool:
        """Whether a quotation ends right before the comma of an aside."""
        return any(0 <= start - quote.outer[1] <= 3 for quote in self.passage.quotes)

    def _interrupted(self, cue: Cue, unit: Span) -> bool:
        """Whether a relative clause ends right before the cue and its noun begins the sentence: their own verb."""
        speaker = self.before_relative(cue)
        return speaker is not None and not self._states(unit[0], speaker.span[1])

    def _split(self, mark: str, speaker: Speaker, unit: Span) -> bool:
        """Whether an aside between commas parts what is said ("L'ouvrage, a indiqué le ministère, a été …")."""
        return mark == "," and self.reader.plausible(speaker) and self.passage.after(speaker.span[1], unit[1]) == ","

    def rest(self, cue: Cue, unit: Span, start: int, speaker: Speaker | None) -> list[Span]:
        """What is said after an aside that parts it: the words before it have no verb of their own."""
        passage = self.passage
        end = max(cue.span[1], passage.nodes[cue.after - 1].end, speaker.span[1] if speaker else 0)
        end = end if speaker is None or speaker.span[0] > start else max(cue.span[1], passage.nodes[cue.after - 1].end)
        if passage.after(end, unit[1]) != "," or passage.quote_at(start) is not None:
            return []
        comma = passage.text.find(",", end, unit[1])
        if self._states(unit[0], start):
            if not self._taken_up(cue, start, comma, unit):
                return []
        elif not self._states(comma, unit[1]):
            return []
        return self.stripped(comma + 1, self.before_asides(comma + 1, unit[1], cue))

    def _taken_up(self, cue: Cue, start: int, comma: int, unit: Span) -> bool:
        """Whether a clause goes on behind its aside ("The firm was sound, he said, until it went bankrupt"): commas on
        both sides, the speaker inside, and no word that hands over to the outlet."""
        passage = self.passage
        if passage.before(start, unit[0]) != "," or not (cue.pronoun is not None or self.subject_before(cue)):
            return False
        i = passage.index(comma) + 1
        word = passage.word(i)
        if passage.nodes[passage.index(start) - 2].pos in ("AUX", "ADP", "DET") and passage.quote_at(start) is None:
            return True  # "La commissaire est, a-t-elle dit, « inquiète »"
        own = (*self.words.outlet_openers, *self.words.relatives, *self.words.resumptives, *self.words.backgrounds)
        if word in own or word in self.words.aside_leads or passage.quote_at(comma + 2) is not None or word == '"':
            return False
        if any(each in passage.lex.nouns for each in passage.words[i : i + 3]):
            return False  # ", an allegation that …"
        if any(f"{word} {passage.word(i + 1)}" == lead for lead in self.words.resumptives):
            return False
        return i < len(passage.nodes) and passage.nodes[i].start < unit[1] and i not in self.starts

    def _states(self, begin: int, start: int) -> bool:
        """Whether something is said before the aside: a quotation, or a finite verb."""
        passage = self.passage
        if passage.before(start, passage.tree.start) == '"' or passage.quote_at(start) is not None:
            return True
        return any(
            node.morph("VerbForm") == "Fin" or passage.quote_at(node.start) for node in passage.between(begin, start)
        )

    def _closed_after(self, cue: Cue, unit: Span) -> bool:
        """Whether nothing that the verb could govern follows."""
        nxt = self.passage.after(cue.span[1], unit[1])
        if nxt in ("", ".", ",", '"', ";"):
            return True
        node = self.passage.nodes[cue.after] if cue.after < len(self.passage.nodes) else None
        if node is None or self.reader.timed(node) or node.pos in ("ADP",):
            return True
        rest = self.passage.between(cue.span[1], unit[1])  # "told the BBC": a listener, nothing else
        return len(rest) <= LISTENER and not any(each.pos in VERBAL or each.pos == "SCONJ" for each in rest)

    def aside_speaker(self, cue: Cue, unit: Span) -> Speaker | None:
        """Who speaks in an aside."""
        if cue.pronoun is not None or self.subject_before(cue) is not None:
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

    def inside_quote(self, cue: Cue, first: int, last: int, start: int, speaker: Speaker | None) -> list[Span]:
        """The two sides of an aside inside the quotation marks ("« Nous irons, a-t-il dit, jusqu'au bout »")."""
        passage = self.passage
        resume = max(cue.span[1], passage.nodes[cue.after - 1].end, speaker.span[1] if speaker else 0)
        comma = passage.text.find(",", resume, last)
        stop = min((at for at in (passage.text.find(mark, resume, last) for mark in STOPS) if at != -1), default=last)
        cut = stop if comma == -1 or comma > stop else comma
        parts = [passage.trim((first, start)), passage.trim((cut + 1, last))]
        return [part for part in parts if part[0] < part[1]]

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

    def end_of_clause(self, i: int, cue: Cue, unit: Span) -> int:
        """Where the clause that token i opens ends: the sentence's end, or where something begins that hangs on the
        cue or above it, another cue's aside, the outlet's own words, or the end of the quotation around it."""
        end = unit[1]
        quote = self.passage.quote_at(self.passage.nodes[i].start)
        if quote is not None:
            end = min(end, quote.end)
        if cue.shape == "bare":
            comma = self.passage.text.find(",", self.passage.nodes[i].end, end)
            end = comma if comma != -1 else end
        end = self.opened_above(i, cue, end)
        end = self.outlets_own(i, cue, end)
        end = self.before_asides(self.passage.nodes[i].end, end, cue)
        return self._before_colon(self.passage.nodes[i].end, end)

    def _before_colon(self, start: int, end: int) -> int:
        """The end moved before a colon behind which someone else speaks ("… : dans la capitale, P, d'après l'OMS")."""
        passage = self.passage
        colon = passage.text.find(":", start, end)
        if colon == -1 or passage.quote_at(colon) is not None:
            return end
        unit = passage.unit_at(colon)
        rest = passage.text[colon : unit[1]].lower()
        return colon if any(pattern.search(rest) for pattern, _ in passage.expressions.according) else end

    def before_asides(self, start: int, end: int, cue: Cue) -> int:
        """The end moved before the first aside, participle or joined cue of the same speaker ("…, ajoutant que …",
        "… et a accusé …"), and before an expression like "selon X" that closes the sentence."""
        passage = self.passage
        for other in self.cues:
            if other.node.i <= cue.node.i or not start < other.span[0] < end:
                continue
            at = passage.nodes[other.first].start
            if other.shape == "gerund":
                if passage.word(other.first - 1) in passage.lex.clitics:
                    at = passage.nodes[other.first - 1].start
                if passage.before(at, start) == ",":
                    end = min(end, max(passage.text.rfind(",", start, at), start))
                elif passage.word(other.first - 1) in self.words.gerund_markers:
                    end = min(end, passage.nodes[other.first - 1].start)
            elif self._resumes(other, cue):
                end = min(end, max(passage.text.rfind(",", start, at), start))
            elif self.joined(other, cue):
                end = min(end, passage.nodes[other.first - 1].start)
            elif self.is_aside(other):
                end = min(end, max(passage.text.rfind(",", start, at), start))
        for pattern, _ in passage.expressions.according:
            match = pattern.search(passage.low[start - passage.tree.start : end - passage.tree.start])
            lead = passage.text[start : start + match.start(1)].rstrip() if match else ""
            if match and lead.endswith((":", ";")):
                end = min(end, start + len(lead) - 1)
            elif match and passage.text[start : start + match.start()].rstrip().endswith(","):
                comma = passage.text.rfind(",", start, start + match.start())
                if "," not in passage.text[start + match.end() : end].strip(EDGE) and comma > start:
                    end = min(end, comma)
        return end

    def _resumes(self, other: Cue, cue: Cue) -> bool:
        """Whether a verb takes up the sentence after the relative clause that a cue stands in ("X, qui dit P, a …")."""
        return self.in_relative(cue) and other.shape == "finite" and self.before_relative(other) is not None

    def joined(self, other: Cue, cue: Cue) -> bool:
        """Whether a cue is coordinated with another ("a déclaré que … et a blâmé …"): the same auxiliary or tense, no
        subject of its own."""
        passage = self.passage
        if other.shape != "finite" or passage.word(other.first - 1) not in self.words.conjunctions:
            return False
        mine, theirs = passage.nodes[other.first], passage.nodes[cue.first]
        auxiliaries = passage.lex.auxiliaries
        first, second = passage.words[mine.i] in auxiliaries, passage.words[theirs.i] in auxiliaries
        if second and not first:  # "a rejeté ces accusations et évoqué …"
            between = passage.nodes[cue.after : other.first]
            apart = any(node.morph("VerbForm") == "Fin" and node.pos in VERBAL for node in between)
            same = not cue.passive and not apart and passage.quote_at(other.span[0]) is None
            same = same and not any(
                passage.words[node.i] in auxiliaries for node in between
            )  # "avoir tué A et repris B"
            return same and passage.words[other.node.i] in passage.lex.participles
        if first or second:
            return passage.words[mine.i] == passage.words[theirs.i] or self._same_tense(other, cue)
        if other.node.pos not in VERBAL:
            return True  # the tagger took the verb for a noun, so its tense is not known
        return other.node.morph("Tense") == cue.node.morph("Tense") and other.node.dep == "conj"

    def _same_tense(self, other: Cue, cue: Cue) -> bool:
        """Whether two compound tenses are one, be it with another auxiliary ("s'est dit horrifié et a averti")."""
        nodes, auxiliaries = self.passage.nodes, self.passage.lex.auxiliaries
        pairs = [
            next((nodes[i] for i in range(each.first, each.node.i) if self.passage.words[i] in auxiliaries), None)
            for each in (other, cue)
        ]
        a, b = pairs
        if a is None or b is None or other.passive or cue.passive or other.node.find("nsubj") is not None:
            return False
        return all(a.morph(key) == b.morph(key) for key in ("Tense", "Mood", "Number"))

    def asked(self, cue: Cue, unit: Span) -> int | None:
        """The preposition in front of what is asked or blamed: with an infinitive; or, after a verb of blame, with a
        noun that hangs on the verb, or that has no article ("de fraude")."""
        passage, blame = self.passage, cue.verb.frames["t"] == "accuse"
        after = passage.nodes[cue.after + 1] if cue.after + 1 < len(passage.nodes) else None
        if passage.word(cue.after) == "," and not (after is not None and self.reader.timed(after)):
            return None
        doubtful: int | None = None
        for i in range(cue.after, min(cue.after + 30, len(passage.nodes) - 1)):
            node, word = passage.nodes[i], passage.words[i]
            if node.start >= unit[1] or word == ":" or i in self.starts:
                break
            if node.pos in VERBAL and node.morph("VerbForm") == "Fin" and passage.quote_at(node.start) is None:
                break
            if word not in self.words.infinitive_markers:
                continue
            if self.infinitive_after(i):
                return i
            if i == cue.after and not blame and "d" in cue.verb.frames and word in self.words.noun_to_markers:
                return None  # "appelle au boycott du scrutin": nobody is addressed
            if not blame and "d" in cue.verb.frames and doubtful is None and i > cue.after and self.hangs_on(i, cue):
                doubtful = i  # "a appelé les deux camps à la retenue"
            if not blame or word not in self.words.blame_markers:
                continue
            if self.hangs_on(i, cue) and i > cue.after:
                return i
            if doubtful is None and "n" not in cue.verb.frames and i > cue.after and passage.nodes[i + 1].pos == "NOUN":
                doubtful = i
        return doubtful
