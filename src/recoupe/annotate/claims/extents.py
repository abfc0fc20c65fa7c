"""How far a stretch of content goes: by the parse where it can be trusted, by punctuation where it cannot."""

from ...model.records import Span
from ..tree import Node
from .counts import ASIDE, BOUNDS, Counts
from .cues import Cue
from .found import Speaker
from .passage import EDGE, NOMINAL, VERBAL

CLAUSAL = frozenset({"conj", "advcl", "parataxis", "acl", "dep", "acl:relcl", "csubj", "appos", "amod"})


LONGEST = 8  # tokens of a noun phrase that takes up what was said
BRIEF = 4  # tokens of a quoted number or noun that the phrase around it goes on behind


class Extents(Counts):
    """Extents within one paragraph, of the given cues."""

    def stripped(self, start: int, end: int) -> list[Span]:
        """The span without edges; a quotation that fills it loses its marks."""
        text = self.passage.text
        start, end = self.passage.trim((start, end))
        while start < end and text[start] == "'" and self.passage.quote_at(start) is None:
            start, end = self.passage.trim((start + 1, end))  # "qu'« A »": the tokenizer sets the apostrophe apart
        last = self.passage.nodes[self.passage.index(end) - 1] if start < end else None
        if last is not None and last.end == end and self.passage.words[last.i] in self.words.backgrounds:
            start, end = self.passage.trim((start, last.start))  # "… d'un centre où, selon X, P": that clause is X's
        if start >= end:
            return []
        quote = self.passage.quote_at(start)
        if quote is not None and quote.outer[0] == start:
            if end >= quote.outer[1] - 1 and not text[quote.outer[1] : end].strip(EDGE + '"'):
                return [(quote.start, quote.end)]
            start = quote.start
        while end > start and text[end - 1] == '"':
            end -= 1
        return [(start, end)] if start < end else []

    def clause_tokens(self, i: int, above: set[int]) -> set[int]:
        """The tokens of the clause that conjunction i opens, as the parse has them."""
        head: Node | None = self.passage.nodes[i].head
        if head is None or head.i in above or head.i < i:
            return set()
        while head.head is not None and head.head.i > i and head.head.i not in above:
            head = head.head
        return {node.i for node in head.subtree()}

    def opened_above(self, i: int, cue: Cue, end: int) -> int:
        """The end moved before a clause that hangs on the cue or above it, not on the content."""
        passage = self.passage
        above = {cue.node.i, *(node.i for node in cue.node.ancestors())}
        for node in cue.node.ancestors():  # "after X said that P, Q": Q is the main clause
            predicate = node.pos in VERBAL or node.find("cop") is not None
            if passage.nodes[i].end < node.start < end and predicate:
                own = [
                    child
                    for child in node.children
                    if child.i > i and child.dep.startswith(("nsubj", "aux", "expl", "cop"))
                ]
                first = min([node.i, *(n.i for child in own for n in child.subtree() if n.i > i)])
                if passage.word(first - 1) == ",":
                    end = min(end, passage.nodes[first - 1].start)
                elif cue.node.dep == "acl:relcl" and passage.nodes[i].morph("VerbForm") == "Inf":
                    end = min(end, passage.nodes[first].start)  # "les ponts que Kiev dit avoir détruits sont debout"
        inside = self.clause_tokens(i, above)
        for node in passage.between(passage.nodes[i].end, end):
            if node.head is None or node.head.i not in above or node.dep not in CLAUSAL or node.i in inside:
                continue
            if node.pos not in VERBAL and node.find("cop", "nsubj", "nsubj:pass") is None:
                continue
            if self._coordinated(node, i, cue) or self._harms(node) or self._set_off(node):
                continue  # "dit avoir tué A et détruit B", "accuse Moscou d'avoir frappé un immeuble, tuant douze …"
            if node.morph("Tense") == "Past" and node.find("obl:agent") is not None and node.find("aux:tense") is None:
                continue  # "la mort d'un homme, tué par un drone": the parse hangs it on the cue
            first = node.leftmost()
            if first > i + 1 and (
                passage.nodes[first].pos in ("CCONJ", "SCONJ", "PUNCT") or passage.word(first - 1) in (",", ";", "-")
            ):
                end = min(end, passage.nodes[first].start)
        return end

    def _set_off(self, node: Node) -> bool:
        """Whether a finite verb that the parse sets beside the cue has no subject: it is that of the clause begun
        ("que les effectifs, « ridicules », n'auraient pas suffi")."""
        tense = node.find("aux:tense", "aux:pass") or node
        alone = node.find("nsubj", "nsubj:pass", "expl:subj") is None
        return node.dep == "parataxis" and alone and node.i not in self._verbs and tense.morph("VerbForm") == "Fin"

    def _coordinated(self, node: Node, i: int, cue: Cue) -> bool:
        """Whether a bare participle behind a conjunction goes on with the perfect infinitive that token i begins or
        precedes: it has no auxiliary, no subject and no clause of its own."""
        passage = self.passage
        opening = [each for each in passage.nodes[i : i + 3] if passage.words[each.i] in passage.lex.auxiliaries]
        perfect = bool(opening) and opening[0].morph("VerbForm") == "Inf"
        bare = node.morph("VerbForm") == "Part" and node.find("aux:tense", "aux:pass", "nsubj", "nsubj:pass") is None
        joined = passage.word(node.i - 1) in self.words.conjunctions
        return perfect and bare and joined and passage.word(node.i + 1) not in passage.lex.complementizers

    def _harms(self, node: Node) -> bool:
        """Whether a present participle tells what harm was done ("tuant douze personnes", "faisant douze morts")."""
        if node.morph("VerbForm") not in ("Part", "Ger") or node.morph("Tense") == "Past" or node.i in self._verbs:
            return False
        if node.find("nsubj", "nsubj:pass") is not None or any(child.dep.startswith("aux") for child in node.children):
            return False
        return not self.words.tolls.isdisjoint(each.lemma.lower() for each in [node, *node.all("obj")])

    def outlets_own(self, i: int, cue: Cue, end: int) -> int:
        """The end moved before ", after …", ", who … (out of concord)": the outlet goes on in its own voice."""
        passage, words = self.passage, self.words
        start = passage.nodes[i].end
        quote = passage.quote_at(start)
        past = cue.node.morph("Tense") in ("Past", "Imp") or any(
            passage.words[j] in passage.lex.auxiliaries for j in range(cue.first, cue.node.i)
        )
        seen_verb = "infinitive" if passage.nodes[i].morph("VerbForm") == "Inf" else ""
        for node in passage.between(start, end):
            word = passage.words[node.i]
            if word != ",":
                if not seen_verb and node.morph("VerbForm") == "Fin":
                    seen_verb = "past" if passage.concords(node) else "present"
                elif not seen_verb and node.morph("VerbForm") == "Inf":
                    seen_verb = "infinitive"
                elif word in passage.lex.complementizers and node.start > start:
                    comma = self.apposed(node.i, i)
                    if comma is not None and self._reacted(node.i, end):
                        return passage.nodes[comma].start
                continue
            if f"{passage.word(node.i + 1)} {passage.word(node.i + 2)}" in words.resumptives:
                return node.start
            if not seen_verb or (passage.quote_at(node.start) is not None and quote is None):
                continue
            if self._absolute(node.i, end) or (passage.tree.kind == "title" and self._predicate(node.i, end)):
                return node.start
            after = passage.word(node.i + 1)
            goes_on = after in words.conjunctions and passage.word(node.i + 2) in words.complementizers
            if after in words.outlet_openers and not goes_on:
                return node.start
            if past and seen_verb == "past" and after in (*words.relatives, *words.backgrounds):
                verb = next((n for n in passage.nodes[node.i + 2 : node.i + 16] if n.morph("VerbForm") == "Fin"), None)
                if verb is not None and verb.start < end and not passage.concords(verb):
                    return node.start
        return end

    def apposed(self, i: int, first: int) -> int | None:
        """The comma (behind token `first`) of an indefinite noun that takes up what was said and that the relative at
        token i describes (", un bilan que …", ", une présentation des faits que …")."""
        passage = self.passage
        j = i - 1
        while j > first and i - j < LONGEST and passage.nodes[j].pos in ("NOUN", "ADJ", "ADP", "DET", "ADV", "PROPN"):
            if passage.word(j - 1) == "," and passage.words[j] in self.words.speakers.indefinite:
                return j - 1 if any(passage.nodes[k].pos == "NOUN" for k in range(j + 1, i)) else None
            if passage.word(j - 1) == "," and self.sums_up(j - 1):
                return j - 1  # ", chiffre que le parquet dément"
            j -= 1
        return None

    def _reacted(self, i: int, end: int) -> bool:
        """Whether the verb of the relative clause at token i is one of speech: someone else on what was said."""
        start = self.passage.nodes[i].end
        verb = next((n for n in self.passage.between(start, end) if n.pos in VERBAL or n.i in self._verbs), None)
        return verb is not None and verb.i in self._verbs

    def _absolute(self, i: int, end: int) -> bool:
        """Whether a comma opens a participle with a subject of its own (", plusieurs personnes étant disparues")."""
        for node in self.passage.nodes[i + 1 : i + 12]:
            if node.start >= end or self.passage.words[node.i] == "," or node.morph("VerbForm") == "Fin":
                return False
            if node.morph("VerbForm") == "Part" and node.morph("Tense") == "Pres":
                subject = node.find("nsubj", "nsubj:pass")
                above = node.head
                if subject is None and above is not None and node.dep.startswith(("aux", "cop")):
                    subject = above.find("nsubj", "nsubj:pass")
                return subject is not None and i < subject.i < node.i
        return False

    def before_relative(self, cue: Cue) -> Speaker | None:
        """The noun before a relative clause that closes right before the cue ("Washington, qui …, a déclaré")."""
        passage = self.passage
        i = cue.first - 1
        if cue.pronoun is not None or cue.passive or passage.word(i) != ",":
            return None
        unit = passage.unit_at(cue.span[0])
        while i > 1 and passage.nodes[i - 1].start >= unit[0]:
            i -= 1
            if passage.word(i) == "," and self.opens_relative(i + 1):
                head = passage.nodes[i - 1]
                while (
                    head.head is not None and head.head.pos in NOMINAL and head.head.i < head.i and head.dep != "conj"
                ):
                    head = head.head
                nominal = head.pos in NOMINAL or self.reader.named(head)
                return self.reader.phrase(head, last=i) if nominal else None
            if passage.word(i) == "," or passage.nodes[i].start < unit[0]:
                return None
        return None

    def opens_relative(self, i: int) -> bool:
        """Whether a relative clause begins at token i, with its preposition if it has one ("à laquelle", "dont")."""
        passage, words = self.passage, self.words
        i += passage.nodes[i].pos == "ADP" if i < len(passage.nodes) else 0
        return passage.word(i) in words.relatives or passage.word(i) in words.oblique_relatives

    def in_relative(self, cue: Cue) -> bool:
        """Whether a relative clause begins right before a cue, or before its subject."""
        for i in range(cue.first - 1, max(cue.first - LONGEST, -1), -1):
            if self.opens_relative(i):
                return True
            if self.passage.nodes[i].pos in (*VERBAL, "PUNCT"):
                return False
        return False

    def phrase_end(self, i: int, unit: Span, cue: Cue) -> int:
        """Where the noun phrase ends that starts at token i: its complements belong to it, adjuncts of time do not."""
        passage = self.passage
        end = self.opened_above(max(i - 1, 0), cue, unit[1])
        counted = self._is_counted(passage.nodes[i : i + BOUNDS])
        skip = i
        for node in passage.nodes[i + 1 :]:
            if node.start >= end:
                break
            if node.i < skip or passage.quote_at(node.start) is not None:
                continue
            if passage.words[node.i] == "," and not self.sums_up(node.i):
                skip = node.i + self._inserted(node.i)
                if skip > node.i or (counted and self._shared(node.i, end)):
                    continue
            if counted and passage.words[node.i] == ":" and self._broken_down(node.i, end):
                return end
            word = passage.words[node.i]
            after = passage.word(node.i + 1)
            if word in (",", ";", ":") and (
                self.sums_up(node.i) or not (self.listed(node.i) or self._placed(node.i, end))
            ):
                return node.start
            if word in self.words.conjunctions and self._predicate(node.i, end):
                return node.start
            stops = word in self.words.phrase_stops or f"{word} {after}" in self.words.phrase_stops
            stops = stops or (node.pos == "ADP" and self._channel(node, end))
            if stops and not self._deep(node, i, cue):
                return node.start
            if word in self.words.agent_markers and cue.passive:
                return node.start
            if node.morph("VerbForm") == "Fin" and node.dep in ("conj", "parataxis", "ROOT") and node.pos in VERBAL:
                first = min((child.i for child in node.subtree() if child.i > i), default=node.i)
                return passage.nodes[first].start
        return end

    def _predicate(self, i: int, end: int) -> bool:
        """Whether a conjunction opens a clause of its own: a finite verb follows, or a subject and its verb."""
        passage = self.passage
        if i + 1 in self.starts:
            return next(cue for cue in self.cues if cue.first == i + 1).shape == "finite"
        for node in passage.nodes[i + 1 : i + 1 + LONGEST]:
            if node.start >= end or passage.quote_at(node.start) is not None:
                return False
            if node.morph("VerbForm") == "Fin" and node.pos in VERBAL and not self.reader.named(node):
                return True
            if node.pos not in ("DET", "NOUN", "PROPN", "ADJ", "ADP", "PRON", "NUM") or (
                passage.words[node.i] in self.words.relatives
                or passage.words[node.i] in self.words.oblique_relatives
                or passage.words[node.i] in self.words.backgrounds
            ):
                return False
        return False

    def _placed(self, i: int, end: int) -> bool:
        """Whether a comma opens the place of what was just named, closed by a mark (", dans la région de Toula,")."""
        passage = self.passage
        for node in passage.nodes[i + 1 : i + 1 + ASIDE]:
            word = passage.words[node.i]
            if node.i == i + 1 and word not in self.words.places:
                return False
            if node.start >= end or word in (",", "."):
                inside = passage.nodes[i + 1 : node.i]
                return any(
                    self.reader.located(other) or passage.words[other.i] in self.words.localities for other in inside
                )
            if node.pos in VERBAL or node.pos == "PRON" or self.reader.timed(node):
                return False
        return False

    def _channel(self, node: Node, end: int) -> bool:
        """Whether a preposition opens the channel where it was said ("dans un communiqué")."""
        pattern = self.passage.lex.channel
        first = self.passage.tree.start
        return bool(pattern and pattern.match(self.passage.low, node.start - first, end - first))

    def _deep(self, node: Node, i: int, cue: Cue) -> bool:
        """Whether a token hangs on a clause inside the noun phrase that starts at token i."""
        return any(
            above.dep in ("acl:relcl", "acl") and i < above.i < node.i and above.i > cue.node.i
            for above in node.ancestors()
        )

    def listed(self, i: int) -> bool:
        """Whether a comma stands in an enumeration: a coordinated noun or adjective follows."""
        head = self.passage.nodes[i].head
        nxt = self.passage.nodes[i + 1] if i + 1 < len(self.passage.nodes) else None
        if nxt is not None and nxt.pos == "NUM" and nxt.head is not None and nxt.head.dep in ("obj", "conj", "nmod"):
            return nxt.head.pos == "NOUN"  # "a compté 96 assauts, 12 tirs"
        if self.passage.word(i + 1) in self.words.adding and self._is_counted(self.passage.nodes[i + 2 : i + 7]):
            return True  # "17 tués, plus neuf disparus", "contre 770 un an plus tôt"
        if nxt is not None and nxt.pos == "CCONJ" and nxt.head is not None and nxt.head.dep == "conj":
            return nxt.head.pos in ("NOUN", "PROPN")
        participle = nxt is not None and nxt.morph("VerbForm") == "Part" and nxt.morph("Tense") == "Past"
        if nxt is not None and participle and nxt.dep in ("acl", "advcl", "conj", "amod"):
            return self.passage.words[nxt.i] not in self.passage.lex.verbs  # "la mort d'un homme, tué par un drone"
        if self.passage.word(i + 1) in self.words.among and self.passage.nodes[i + 2 : i + 3]:
            return not self._predicate(i + 1, self.passage.tree.end)  # "471 morts, dont 28 enfants"; not "dont X nie P"
        return bool(
            head is not None and head.i > i and head.dep == "conj" and head.pos in ("NOUN", "PROPN", "ADJ")
        ) or bool(nxt is not None and nxt.dep == "conj" and nxt.pos in ("NOUN", "PROPN", "ADJ"))

    def infinitive_after(self, i: int) -> bool:
        """Whether an infinitive (or gerund) follows token i, adverbs and pronouns passed over."""
        for node in self.passage.nodes[i + 1 : i + 6]:
            if node.pos in VERBAL:
                return node.morph("VerbForm") in ("Inf", "Ger", "Part") or node.lower == node.lemma
            if node.pos not in ("ADV", "PRON", "PART") and self.passage.words[node.i] != '"':
                return False
        return False

    def goes_on_behind(self, start: int, end: int, i: int, unit: Span) -> bool:
        """Whether a phrase goes on behind a short quotation ("« dizaines » de tués", "« des familles » décimées")."""
        nodes = self.passage.nodes
        if i >= len(nodes) or nodes[i].start >= unit[1] or len(self.passage.between(start, end)) > BRIEF:
            return False
        participle = nodes[i].morph("VerbForm") == "Part" and nodes[i].morph("Tense") == "Past"
        return self.passage.words[i] in self.words.noun_of_markers or participle or nodes[i].pos == "ADJ"

    def past_adjuncts(self, i: int) -> int:
        """The first token from i on that is no adverb, no time and no set phrase ("avance de son côté")."""
        nodes = self.passage.nodes
        while i + 1 < len(nodes):
            size = self.passage.inserted(i)
            dated = nodes[i].pos == "ADP" and self.reader.timed(nodes[i + 1])
            if self.bounds(i):
                break
            size = size or self.set_apart(i)
            if not size and nodes[i].pos != "ADV" and not self.reader.timed(nodes[i]) and not dated:
                break
            i += size or 1
        return i

    def opens_phrase(self, node: Node) -> bool:
        """Whether a noun phrase can begin with this token."""
        if node.pos in ("DET", "NOUN", "PROPN", "NUM", "ADJ") or self.passage.words[node.i] == '"':
            return True
        return node.pos == "PRON" and node.dep == "nmod:poss"

    def long_enough(self, start: int, end: int) -> bool:
        """Whether a stretch holds a word of content."""
        kinds = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
        return any(node.pos in kinds for node in self.passage.between(start, end))
