"""What a verb cue says of something: a participle beside its noun, a count put at a number, a judgement."""

from ...model.records import Span
from ..tree import Node
from .cues import Cue
from .found import Found
from .objects import Objects
from .passage import NOMINAL, VERBAL

EPITHET = 5  # tokens of a quoted judgement ("la situation « très grave »")
TOLL = 9  # tokens from the start of a tally to the word for what is counted ("plus d'une centaine de civils tués")
FAR = 14  # tokens between a verb and the number or the judgement


class Predicates(Objects):
    """The frames of a verb whose content stands apart from it."""

    def beside(self, cue: Cue, unit: Span) -> Found | None:
        """ "les mesures annoncées par le ministre": the noun is what was said."""
        passage = self.passage
        if cue.shape != "bare" or "n" not in cue.verb.frames:
            return None
        noun, agent = self._noun_of(cue), self.reader.agent(cue)
        if noun is None or noun.pos not in ("NOUN", "PROPN") or noun.i > cue.first or noun.start < unit[0]:
            return None
        if agent is None or not self.reader.plausible(agent) or agent.span[0] > unit[1]:
            return None
        comma = self.apposed(cue.first, passage.index(unit[0]))
        first = comma + 1 if comma is not None else 0  # ", un bilan contesté par": the parse joins it to what precedes
        noun = next((node for node in passage.nodes[first : cue.first] if first and node.pos == "NOUN"), noun)
        named = self.reader.phrase(noun, first=first, last=cue.first)
        numbered = noun.find("nummod") is not None and cue.verb.frames["n"] == "assert"  # "200 tués avancés par Kiev"
        tally = numbered or noun.lemma.lower() in self.words.tallies
        if not tally and (self.reader.plausible(named) or self.reader.named(noun)):
            return None  # people condemned, a region claimed
        return self.made(cue, "n", [(self.bare_count(*named.span), named.span[1])], agent)

    def _noun_of(self, cue: Cue) -> Node | None:
        """The noun of a bare participle: its head, or where a comma lets the parse hang it on the verb, the noun before
        the comma whose gender it has ("morts dans l'explosion d'un dépôt, imputée par Bakou à …")."""
        head, passage = cue.node.head, self.passage
        if head is None or head.pos not in VERBAL or passage.word(cue.first - 1) != ",":
            return head
        noun = passage.nodes[cue.first - 2]
        gender = cue.node.morph("Gender")
        above = [noun, *(each for each in noun.ancestors() if each.pos == "NOUN" and each.i < noun.i)]
        fit = [each for each in above if each.pos == "NOUN" and gender in ("", each.morph("Gender"))]
        return fit[-1] if fit else head

    def faulted(self, cue: Cue, unit: Span) -> Found | None:
        """ "rejette la faute sur son voisin", "a donné un bilan de 53 morts": only with an object of that kind."""
        frame = next((each for each in "fo" if each in cue.verb.frames), "")
        objects = self.words.faults if frame == "f" else self.words.tallies
        if frame == "f" and cue.passive and cue.shape == "finite":
            return self._charged(cue)
        if frame == "f" and cue.shape == "bare":
            return self._imputed(cue, unit)
        near = self.passage.nodes[cue.after : cue.after + 4] if frame and not cue.passive else []
        thing = next((node for node in near if node.lemma.lower() in objects and node.start < unit[1]), None)
        first = cue.after
        if thing is None or not self.opens_phrase(self.passage.nodes[first]):
            return None
        if frame == "o" and not self._number(thing.i):
            return None
        end = self.before_asides(thing.end, self.phrase_end(thing.i, unit, cue), cue)
        behind = {self.passage.words[node.i] for node in self.passage.between(thing.end, end)}
        if frame == "f" and cue.verb.frames.get("n") == "deny" and behind.isdisjoint(self.words.shifting):
            return None  # "rejette toute responsabilité": on nobody else
        start = self.passage.nodes[first].start
        start = self.bare_count(start, end) if frame == "o" else start
        return self.made(cue, frame, self.stripped(start, end), self.speaker(cue))

    def _imputed(self, cue: Cue, unit: Span) -> Found | None:
        """ "une frappe attribuée à Israël": the deed, where nobody is told who says so."""
        if self.passage.word(cue.after) not in self.words.noun_to_markers or self.reader.agent(cue) is not None:
            return None
        deeds = (node for node in cue.node.ancestors() if node.lemma.lower() in self.words.hostility.nouns)
        deed = next((node for node in deeds if unit[0] <= node.start and node.i < cue.first), None)
        return self.made(cue, "f", [self.reader.phrase(deed, last=cue.first).span], None) if deed is not None else None

    def _charged(self, cue: Cue) -> Found | None:
        """ "L'attaque a été imputée aux rebelles": the deed, where nobody is told who says so."""
        subject, behind = cue.node.find("nsubj:pass", "nsubj"), self.passage.word(cue.after)
        if subject is None or subject.i > cue.first or behind not in self.words.noun_to_markers:
            return None
        if self.reader.agent(cue) is not None:
            return None
        return self.made(cue, "f", [self.reader.phrase(subject, last=cue.first).span], None)

    def tallied(self, cue: Cue, unit: Span) -> Found | None:
        """ "a compté 20 ennemis abattus", "retient 642 victimes": a number of what is suffered or done in a war."""
        passage = self.passage
        if cue.shape == "bare" or cue.passive:
            return None
        i = self.past_adjuncts(cue.after)
        if i >= len(passage.nodes) or not (self._toll(i, unit) or self._of_them(cue, i)):
            return None
        speaker = self.speaker(cue)
        head = speaker.head if speaker is not None else None
        if speaker is None or head is None or not self.reader.plausible(speaker):
            return None
        if head.pos == "PRON" and not self._toll(i, unit):
            return None  # "Il en compte deux": the number has two
        if cue.verb.frames["u"] == "admit":  # one's own, where one is a side ("Israël déplore 51 morts")
            side = head.ent == "LOC" or head.lemma.lower() in self.words.hostility.parties
            return self.made(cue, "u", self._tally(i, unit, cue), speaker) if side else None
        if head.ent == "LOC":
            return None
        if "place" in self.reader.vocabulary.kinds_of(head.lemma.lower()) and not self.reader.named(head):
            return None  # "le pays compte un million de déplacés": it has them
        return self.made(cue, "u", self._tally(i, unit, cue), speaker)

    def _tally(self, i: int, unit: Span, cue: Cue) -> list[Span]:
        """The phrase of a count that token i begins."""
        nodes = self.passage.nodes
        bound = i > cue.after and nodes[i].pos == "ADP" and nodes[i - 1].pos == "ADV"
        start = nodes[i - bound].start  # "plus de 45 000 tués"
        return self.stripped(start, self.phrase_end(i, unit, cue))

    def _of_them(self, cue: Cue, i: int) -> bool:
        """Whether a bare number follows a pronoun for what is counted ("l'opposition en compte plus de cent")."""
        passage = self.passage
        taken = any(passage.words[j] in self.words.of_them for j in range(cue.first, cue.node.i))
        return taken and self.opens_count(i)

    def _toll(self, i: int, unit: Span) -> bool:
        """Whether a number and a word for victims, losses or attacks follow from token i on, in one phrase."""
        counted = told = False
        for node in self.passage.nodes[i : i + TOLL]:
            if node.start >= unit[1] or (node.pos == "PUNCT" and node.text != '"') or node.morph("VerbForm") == "Fin":
                return False
            number = node.lemma.lower() in self.reader.vocabulary.words.quantities
            counted = counted or number or node.pos == "NUM" or node.text[:1].isdigit()
            told = told or not self.words.tolls.isdisjoint((self.passage.words[node.i], node.lemma.lower()))
            if counted and told:
                return True
        return False

    def of_relative(self, cue: Cue, unit: Span) -> Found | None:
        """ "la trêve, que les deux camps avaient acceptée": the noun in front of the relative clause."""
        passage = self.passage
        if "n" not in cue.verb.frames or cue.shape != "finite" or cue.passive:
            return None
        relative = next((child for child in cue.node.all("obj") if child.i < cue.first and child.pos == "PRON"), None)
        if relative is None or passage.words[relative.i] not in self.words.complementizers:
            return None
        noun = cue.node.head if cue.node.dep == "acl:relcl" else None
        if noun is None or noun.pos not in ("NOUN", "PROPN") or noun.i > relative.i or noun.start < unit[0]:
            return None
        named = self.reader.phrase(noun, last=relative.i)
        subject = cue.node.find("nsubj")
        if subject is None or subject.i < relative.i or self.reader.plausible(named):
            return None
        behind = self.reader.phrase(subject) if subject.i > cue.node.i else None  # "que redoutent les diplomates"
        return self.made(cue, "n", [named.span], behind or self.speaker(cue))

    def as_said(self, cue: Cue, unit: Span) -> Found | None:
        """ "…, comme annoncé par le ministre": what stands before it, or after it where it opens the sentence."""
        passage = self.passage
        if cue.shape != "bare" or not ("q" in cue.verb.frames or "c" in cue.verb.frames):
            return None
        i = cue.first - 1
        if passage.word(i) not in self.words.role_markers:
            return None
        agent = self.reader.agent(cue)
        start, comma = passage.nodes[i].start, passage.text.find(",", cue.span[1], unit[1])
        left = passage.trim((passage.lead(*unit), start))
        if left[0] < left[1]:
            closed = passage.after(agent.span[1] if agent is not None else cue.span[1], unit[1])
            parts = self.stripped(*left) if closed in (".", ",", "", ";") and self._states(*left) else []
        else:
            parts = self.stripped(comma + 1, unit[1]) if comma != -1 else []
        return self.made(cue, "q" if "q" in cue.verb.frames else "c", parts, agent) if parts else None

    def measured(self, cue: Cue, unit: Span) -> Found | None:
        """ "a fixé le bilan à douze morts", "a comparé le siège à une prison": object and complement together."""
        passage = self.passage
        if "g" not in cue.verb.frames or cue.shape == "bare" or cue.after >= len(passage.nodes):
            return None
        if f"{passage.word(cue.first - 2)} {passage.word(cue.first - 1)}" in self.words.resumptives:
            return None  # ", ce qui porte à 18 le nombre de morts": the outlet adds up
        subject = cue.node.find("nsubj")
        if subject is not None and subject.lemma.lower() in self.words.tallies and self._takes(subject):
            return None  # "ce bilan porte à 18 le nombre de morts"
        if cue.passive:
            return self._measured_passive(cue, unit)
        begin = self._past_trend(cue.after)
        marker = self._marker(cue, unit, begin)
        if marker is None:
            return None
        first = passage.nodes[min(self.past_adjuncts(begin), marker)]
        if marker > first.i and not self.opens_phrase(first):
            return None
        end = self.before_asides(first.end, self.phrase_end(marker + 1, unit, cue), cue)
        return self.made(cue, "g", self.stripped(first.start, end), self.speaker(cue))

    def _takes(self, subject: Node) -> bool:
        """Whether a subject takes up what was said ("ce bilan")."""
        determiner = subject.find("det")
        return determiner is not None and determiner.lower in self.reader.vocabulary.words.demonstratives

    def _past_trend(self, i: int) -> int:
        """Past which way a number was revised, and when ("revu à la baisse dimanche le bilan")."""
        passage = self.passage
        while i < len(passage.nodes):
            trend = next((t for t in self.words.trends if tuple(passage.words[i : i + len(t)]) == t), ())
            if not trend and not self.reader.timed(passage.nodes[i]):
                break
            i += len(trend) or 1
        return i

    def _marker(self, cue: Cue, unit: Span, begin: int) -> int | None:
        """The preposition in front of the number or of what something is likened to, from a token on."""
        passage = self.passage
        for i in range(begin, min(begin + FAR, len(passage.nodes) - 1)):
            node = passage.nodes[i]
            if node.start >= unit[1] or passage.words[i] in (":", ";") or node.morph("VerbForm") == "Fin":
                return None
            if passage.words[i] in self.words.measure_markers and (
                self._number(i) or (cue.verb.lemma in self.words.likening and i > cue.after)
            ):
                return i
        return None

    def _number(self, i: int) -> bool:
        """Whether a number follows token i, within a few words ("à environ douze morts")."""
        nodes = [node for node in self.passage.nodes[i + 1 : i + 7] if self.passage.words[node.i] != '"']
        for node in nodes:
            if node.pos == "NUM" or node.text[:1].isdigit():
                return True
            if node.lemma.lower() in self.reader.vocabulary.words.quantities:
                return True
            if node.pos in VERBAL or node.pos == "PUNCT" or node.pos == "PROPN":
                return False
        return False

    def _measured_passive(self, cue: Cue, unit: Span) -> Found | None:
        """ "le bilan est estimé à 300 morts par l'ONU"."""
        subject, agent = cue.node.find("nsubj:pass", "nsubj"), self.reader.agent(cue)
        marker = self._marker(cue, unit, cue.after)
        if subject is None or agent is None or marker is None or subject.i > cue.first:
            return None
        start = self.reader.phrase(subject, last=cue.first).span[0]
        end = self.phrase_end(marker + 1, unit, cue)
        return self.made(cue, "g", self.stripped(start, end), agent)

    def judged(self, cue: Cue, unit: Span) -> Found | None:
        """ "a jugé la riposte disproportionnée", "estime nécessaire de partir": an object and what it is said to be."""
        passage = self.passage
        if "j" not in cue.verb.frames or cue.shape == "bare" or cue.passive or cue.after >= len(passage.nodes):
            return None
        if self.opens_phrase(passage.nodes[cue.after]):
            parts = self._epithet(cue, unit)
            if parts:
                return self.made(cue, "j", parts, self.speaker(cue))
        if passage.nodes[cue.after].pos != "DET" and self._of_apposed(cue, unit):
            parts = self.stripped(passage.nodes[cue.after].start, self.end_of_clause(cue.last, cue, unit))
            return self.made(cue, "j", parts, self.speaker(cue)) if parts else None
        quality = next((child for child in cue.node.children if self._quality(child, cue)), None)
        thing = cue.node.find("obj")
        if thing is not None and cue.verb.lemma in self.words.judging:
            quote = next((quote for quote in passage.quotes if thing.end <= quote.outer[0] < unit[1]), None)
            gap = passage.text[thing.end : quote.outer[0]].strip() if quote is not None else "-"
            if quote is not None and not gap and len(passage.between(quote.start, quote.end)) <= EPITHET:
                first = min(child.i for child in thing.subtree() if child.i <= thing.i)
                return self.made(cue, "j", [(passage.nodes[first].start, quote.end)], self.speaker(cue))
        if quality is None and thing is not None and cue.verb.lemma in self.words.judging:  # taken for its epithet
            quality = next((child for child in thing.children if child.i > thing.i and self._quality(child, cue)), None)
            speaker = self.reader.subject(cue)
            if speaker is None or self._court(speaker):
                return None
        if quality is None or quality.start >= unit[1]:
            return None
        objects = [
            child for child in cue.node.children if child.dep in ("obj", "ccomp", "xcomp") and child.i > cue.last
        ]
        inside = [
            node for each in {quality.i: quality, **{o.i: o for o in objects}}.values() for node in each.subtree()
        ]
        inside = [node for node in inside if cue.last < node.i and node.start < unit[1]]
        pronoun = any(passage.words[j] in passage.lex.clitics for j in range(cue.first, cue.node.i))
        if not pronoun and (not objects or len(inside) < 2):
            return None
        start = min(node.start for node in inside)
        end = self.before_asides(quality.end, min(unit[1], max(node.end for node in inside)), cue)
        found = self.made(cue, "j", self.stripped(start, end), self.speaker(cue))
        if found is not None:
            found.naming = True
        return found

    def seen(self, cue: Cue, unit: Span) -> Found | None:
        """ "y voit une manœuvre", "voit dans ce retrait une manœuvre": what something is taken for."""
        passage, i = self.passage, cue.after
        if cue.shape != "finite" or cue.passive:
            return None
        if passage.word(i) in self.words.seen_in:
            i = next(
                (n.i for n in passage.nodes[i + 3 : i + FAR] if n.pos == "DET" and self._object(n, i)),
                len(passage.nodes),
            )
        elif passage.word(cue.node.i - 1) not in self.words.seen_there:
            return None
        if i >= len(passage.nodes) or passage.nodes[i].start >= unit[1] or not self.opens_phrase(passage.nodes[i]):
            return None
        start = passage.nodes[i].start
        end = self.before_asides(start, self.phrase_end(i, unit, cue), cue)
        return self.made(cue, "v", self.stripped(start, end), self.speaker(cue))

    def _object(self, node: Node, first: int) -> bool:
        """Whether an indefinite or a definite article opens a phrase of its own, no preposition before it."""
        before = self.passage.nodes[node.i - 1]
        verbs = any(each.pos in (*VERBAL, "PUNCT") for each in self.passage.nodes[first : node.i])
        return before.pos in ("NOUN", "PROPN", "ADJ") and not verbs

    def _of_apposed(self, cue: Cue, unit: Span) -> bool:
        """Whether a cue stands in the relative clause of a noun that takes up what was said, its subject before it
        (", un bilan que la mairie juge provisoire")."""
        passage = self.passage
        for i in range(cue.first - 1, max(cue.first - EPITHET - 2, 0), -1):
            if passage.words[i] in passage.lex.complementizers:
                return self.apposed(i, passage.index(unit[0])) is not None
        return False

    def _epithet(self, cue: Cue, unit: Span) -> list[Span]:
        """An object and the quoted judgement right behind it ("juge le bilan « très exagéré »")."""
        passage = self.passage
        quote = next((q for q in passage.quotes if cue.span[1] < q.outer[0] < unit[1]), None)
        if quote is None or cue.verb.lemma not in self.words.judging:
            return []
        between = passage.between(passage.nodes[cue.after].start, quote.outer[0])
        short = len(passage.between(quote.start, quote.end)) <= EPITHET and 1 < len(between) <= EPITHET
        named = between and between[-1].pos in NOMINAL and not any(node.pos in VERBAL for node in between)
        return [(between[0].start, quote.end)] if short and named else []

    def _quality(self, node: Node, cue: Cue) -> bool:
        adjective = node.pos == "ADJ" or (node.pos == "VERB" and node.morph("VerbForm") == "Part")
        if any(child.dep.startswith("aux") for child in node.children):
            return False  # "ont trouvé la mort et un troisième a été blessé": a clause of its own
        return (
            node.i > cue.last and adjective and node.dep in ("xcomp", "amod", "obj", "acl", "advcl", "obl:arg", "ccomp")
        )
