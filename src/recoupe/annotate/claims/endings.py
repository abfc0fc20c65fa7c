"""Where what a cue hands over ends: before the next speaker, before the outlet's own words."""

from ...model.records import Span
from .asides import Asides
from .cues import Cue
from .found import Speaker
from .passage import EDGE, VERBAL


class Endings(Asides):
    """Finds the ends of contents, and what goes on behind an aside."""

    def rest(self, cue: Cue, unit: Span, start: int, speaker: Speaker | None) -> list[Span]:
        """What is said after an aside that parts it: the words before it have no verb of their own."""
        passage = self.passage
        end = max(cue.span[1], passage.nodes[cue.after - 1].end, speaker.span[1] if speaker else 0)
        end = end if speaker is None or speaker.span[0] > start else max(cue.span[1], passage.nodes[cue.after - 1].end)
        if passage.after(end, unit[1]) != "," or passage.quote_at(start) is not None:
            return []
        comma = passage.text.find(",", end, unit[1])
        if passage.word(passage.index(comma) + 1) in self.words.conjunctions and self._closed_by(comma, unit[1]):
            return []  # "P, a dit X, et Q, d'après Y"
        behind = passage.index(comma) + 1
        if passage.word(behind) in self.words.purpose and passage.word(behind + 1) in self.words.relatives:
            return []  # "Faux, rétorque X, pour qui Q"
        if self._states(unit[0], start):
            if not self._taken_up(cue, start, comma, unit):
                return []
        elif not self._states(comma, unit[1]):
            return []
        return self.stripped(comma + 1, self.before_asides(comma + 1, unit[1], cue))

    def _closed_by(self, start: int, end: int) -> bool:
        """Whether an expression like "selon X" stands behind a comma in a stretch."""
        first = self.passage.tree.start
        low = self.passage.low[start + 1 - first : end - first]
        matches = (pattern.search(low) for pattern, rule in self.passage.expressions.according if not rule.apart)
        return any(low[: match.start()].rstrip().endswith(",") for match in matches if match)

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

    def told_on(self, end: int) -> int:
        """The end of a sentence moved over a semicolon to that of the next, where nobody else speaks in it."""
        units = self.passage.units
        i = next((i for i, unit in enumerate(units[:-1]) if unit[0] < end <= unit[1]), None)
        if i is None or self.passage.before(units[i][1], units[i][0]) != ";" or self._spoken(units[i + 1]):
            return end
        return units[i + 1][1]

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
            end = self._before_main(self.passage.nodes[i].end, end)
        end = self.opened_above(i, cue, end)
        end = self.outlets_own(i, cue, end)
        end = self.before_asides(self.passage.nodes[i].end, end, cue)
        if self.passage.nodes[i].morph("VerbForm") == "Inf":
            end = self._before_finite(i, end)
        end = self._before_toll(self.passage.nodes[i].end, end)
        return self._before_colon(self.passage.nodes[i].end, end)

    def _before_toll(self, start: int, end: int) -> int:
        """The end moved before what a headline counts on its own behind what someone says ("Les rebelles disent tenir
        la ville, au moins 17 morts"): a number without a verb, where none stands before it."""
        passage = self.passage
        comma = passage.text.find(",", start, end) if passage.tree.kind == "title" else -1
        if comma == -1 or passage.quote_at(comma) is not None:
            return end
        before, behind = passage.between(start, comma), passage.between(comma + 1, end)
        counted = bool(behind) and self.opens_count(behind[0].i) and not any(node.pos == "NUM" for node in before)
        verbal = any(node.pos in VERBAL and node.morph("VerbForm") == "Fin" for node in behind)
        return comma if counted and not verbal else end

    def _before_finite(self, i: int, end: int) -> int:
        """The end of an infinitive's clause moved before a finite verb that is joined without a subject: it is what the
        speaker did next ("dit attendre les faits et s'est abstenu de condamner")."""
        passage = self.passage
        opened = False  # a clause of its own stands in between
        for node in passage.between(passage.nodes[i].end, end):
            word = passage.words[node.i]
            opened = opened or word in (*passage.lex.complementizers, *self.words.relatives, *self.words.backgrounds)
            if opened or word not in self.words.conjunctions:
                continue
            j = node.i + 1
            while passage.word(j) in passage.lex.clitics or passage.word(j) in self.words.negative_particles:
                j += 1
            verb = passage.nodes[j] if j < len(passage.nodes) else None
            if verb is not None and verb.pos in VERBAL and verb.morph("VerbForm") == "Fin":
                return node.start
        return end

    def _before_main(self, start: int, end: int) -> int:
        """The end of what a bare participle hands over moved before the finite verb of the noun that it qualifies ("un
        homme soupçonné d'avoir tué sa voisine a été arrêté"): one that no word before it opens a clause for."""
        passage, opened = self.passage, 0
        openers = (*passage.lex.complementizers, *self.words.relatives, *self.words.backgrounds)
        for node in passage.between(start, end):
            if passage.words[node.i] in openers:
                opened += 1
            elif node.pos in VERBAL and node.morph("VerbForm") == "Fin":
                first, opened = node.i, opened - 1
                while passage.word(first - 1) in passage.lex.clitics | self.words.negative_particles:
                    first -= 1
                if opened < 0:
                    return passage.nodes[first].start
        return end

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
        commas = (node for node in passage.between(start, end) if passage.words[node.i] == ",")
        end = next((comma.start for comma in commas if self.sums_up(comma.i)), end)
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
                    led = other.first - 1
                    led -= passage.word(led - 1) in self.words.gerund_markers  # "tout en"
                    end = min(end, passage.nodes[led].start)
            elif self._resumes(other, cue):
                end = min(end, max(passage.text.rfind(",", start, at), start))
            elif self.joined(other, cue):
                end = min(end, passage.nodes[other.first - 1].start)
            elif self.is_aside(other):
                end = min(end, max(passage.text.rfind(",", start, at), start))
        for pattern, rule in passage.expressions.according:
            if rule.apart or pattern.groups > 1:
                continue  # ", pour la plupart", ", à l'en croire,"
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
            apart = any(
                node.morph("VerbForm") == "Fin" and node.morph("Mood") != "Sub" and node.pos in VERBAL
                for node in between
            )
            same = not cue.passive and not apart and passage.quote_at(other.span[0]) is None
            if any(passage.words[node.i] in auxiliaries for node in between):  # "avoir tué A et repris B"
                return same and not apart and self._only_said(other)
            return same and passage.words[other.node.i] in passage.lex.participles
        if first or second:
            return passage.words[mine.i] == passage.words[theirs.i] or self._same_tense(other, cue)
        if other.node.pos not in VERBAL:
            return True  # the tagger took the verb for a noun, so its tense is not known
        return other.node.morph("Tense") == cue.node.morph("Tense") and other.node.dep == "conj"

    def _only_said(self, cue: Cue) -> bool:
        """Whether a participle can be of nothing but speech ("et dénoncé une mise en scène"): it hands over a clause,
        or its noun is a blame, a demand or a promise."""
        passage, frames = self.passage, cue.verb.frames
        if passage.words[cue.node.i] not in passage.lex.participles or cue.verb.tail:
            return False
        follows = passage.word(cue.after) in passage.lex.complementizers or passage.word(cue.after) == '"'
        return follows or any(frames.get(frame, "assert") != "assert" for frame in "ntd") or "w" in frames

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
