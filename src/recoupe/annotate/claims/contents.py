"""What a verb cue hands over: the frames of the verb are tried in turn, the parse gives the extents."""

from itertools import pairwise

from ...model.records import Act, Span
from ..tree import Node
from .cues import Cue, said
from .found import Found, Speaker
from .passage import EDGE, NOMINAL, Passage
from .speakers import Reader

CLAUSAL = frozenset({"conj", "advcl", "parataxis", "ccomp", "acl", "dep", "acl:relcl", "csubj"})
VERBAL = frozenset({"VERB", "AUX"})
WINDOW = 14  # tokens between a cue and its conjunction: a speaker, a listener, a day, a channel


class Frames:
    """Reads the claims of one paragraph's verb cues."""

    def __init__(self, passage: Passage, reader: Reader, cues: list[Cue]) -> None:
        self.passage, self.reader, self.cues = passage, reader, cues
        self.words = passage.lex.words
        self.starts = sorted(cue.first for cue in cues)

    def claim(self, cue: Cue) -> Found | None:
        """The claim of a cue, or None where it hands nothing over."""
        passage = self.passage
        unit = passage.unit_at(cue.span[0])
        for attempt in (
            self._colon,
            self._clause,
            self._whether,
            self._aside,
            self._target,
            self._infinitive,
            self._role,
            self._noun,
            self._bare,
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
        if speaker is not None:
            found.extra = self.reader.joint(speaker)
        return found

    def _negation(self, cue: Cue, found: Found) -> bool:
        """A negated cue says nothing, but not to deny is to admit, and not to believe is to believe the contrary."""
        if found.act == "deny":
            found.act = "admit"
            return True
        if cue.verb.negates:  # "n'exclut pas que"
            found.act, found.certainty, found.negated = "expect", "possible", False
            return True
        if found.certainty == "probable" or found.act in ("commit", "request", "expect"):
            found.negated = not found.negated
            return True
        return False

    # -- the frames ---------------------------------------------------------------------------------------------

    def _colon(self, cue: Cue, unit: Span) -> Found | None:
        """Words after a colon ("il a déclaré : « … »")."""
        passage = self.passage
        if "q" not in cue.verb.frames and "c" not in cue.verb.frames:
            return None
        colon = passage.text.find(":", cue.span[1], unit[1])
        if colon == -1 or passage.quote_at(colon) is not None:
            return None
        if any(passage.nodes[start].start < colon for start in self.starts if start > cue.node.i):
            return None
        start = colon + 1
        while start < unit[1] and passage.text[start].isspace():
            start += 1
        quote = passage.quote_at(start)
        if quote is not None:
            made = self._made(
                cue, "q" if "q" in cue.verb.frames else "c", [(quote.start, quote.end)], self._speaker(cue)
            )
            if made:
                made.speech = True
            return made
        if start >= unit[1]:
            return None
        found = self._made(
            cue, "q" if "q" in cue.verb.frames else "c", [passage.trim((start, unit[1]))], self._speaker(cue)
        )
        return found if passage.between(start, unit[1]) else None

    def _clause(self, cue: Cue, unit: Span) -> Found | None:
        """A clause with a conjunction."""
        passage = self.passage
        if "c" not in cue.verb.frames:
            return None
        i = self._conjunction(cue, unit)
        if i is None:
            return None
        start = passage.nodes[i].end
        end = self.end_of_clause(i, cue, unit)
        parts = self.stripped(start, end)
        return self._made(cue, "c", parts, self._speaker(cue, i)) if parts else None

    def stripped(self, start: int, end: int) -> list[Span]:
        """The span without edges; a quotation that fills it loses its marks."""
        start, end = self.passage.trim((start, end))
        if start >= end:
            return []
        quote = self.passage.quote_at(start)
        if quote is not None and quote.outer[0] == start:
            if end >= quote.outer[1] - 1 and not self.passage.text[quote.outer[1] : end].strip(EDGE + '"'):
                return [(quote.start, quote.end)]
            start = quote.start
        while end > start and self.passage.text[end - 1] == '"':
            end -= 1
        return [(start, end)]

    def _conjunction(self, cue: Cue, unit: Span) -> int | None:
        """The number of the conjunction that opens a cue's clause."""
        passage, lex = self.passage, self.passage.lex
        for i in range(cue.after, min(cue.after + WINDOW, len(passage.nodes))):
            node, word = passage.nodes[i], passage.words[i]
            if node.start >= unit[1]:
                return None
            if word in lex.complementizers:
                before = passage.word(i - 1)
                if before in self.words.not_complement_after and i > cue.after:
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

    def end_of_clause(self, i: int, cue: Cue, unit: Span) -> int:
        """Where the clause that token i opens ends: the sentence's end, or where something begins that hangs on the
        cue or above it, another cue's aside, or a closing bracket of the quotation around it."""
        passage = self.passage
        end = unit[1]
        quote = passage.quote_at(passage.nodes[i].start)
        if quote is not None:
            end = min(end, quote.end)
        above = {cue.node.i, *(node.i for node in cue.node.ancestors())}
        inside = self._clause_tokens(i, above)
        for node in passage.between(passage.nodes[i].end, end):
            if node.head is None or node.head.i not in above or node.dep not in CLAUSAL or node.i in inside:
                continue
            if node.pos not in VERBAL and node.find("cop", "nsubj", "nsubj:pass") is None:
                continue
            first = min(child.i for child in node.subtree())
            if first > i + 1:
                end = min(end, passage.nodes[first].start)
        return self._before_asides(passage.nodes[i].end, end, cue)

    def _clause_tokens(self, i: int, above: set[int]) -> set[int]:
        """The tokens of the clause that conjunction i opens, as the parse has them."""
        head: Node | None = self.passage.nodes[i].head
        if head is None or head.i in above or head.i < i:
            return set()
        while head.head is not None and head.head.i > i and head.head.i not in above:
            head = head.head
        return {node.i for node in head.subtree()}

    def _before_asides(self, start: int, end: int, cue: Cue) -> int:
        """The end moved before the first aside or participle cue of the same speaker ("…, ajoutant que …")."""
        passage = self.passage
        for other in self.cues:
            if other.node.i <= cue.node.i or not start < other.span[0] < end:
                continue
            at = passage.nodes[other.first].start
            mark = passage.before(at, start)
            if (other.shape == "gerund" and mark == ",") or self._is_aside(other):
                comma = passage.text.rfind(",", start, at)
                return comma if comma > start else end
            if other.shape == "gerund" and passage.word(other.first - 1) in self.words.gerund_markers:
                return passage.nodes[other.first - 1].start
        return end

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
        passage = self.passage
        if "t" not in cue.verb.frames:
            return None
        skipped = False
        for i in range(cue.after, min(cue.after + 30, len(passage.nodes))):
            node, word = passage.nodes[i], passage.words[i]
            if node.start >= unit[1]:
                return None
            if word in ('"', ":") or (
                node.pos in VERBAL and node.morph("VerbForm") == "Fin" and passage.quote_at(node.start) is None
            ):
                return None
            if word in self.words.infinitive_markers and (node.dep in ("mark", "aux") or self._hangs_on(i, cue)):
                nxt = passage.nodes[i + 1] if i + 1 < len(passage.nodes) else None
                if nxt is None or (
                    not skipped and not self._infinitive_after(i) and not cue.passive and i != cue.after
                ):
                    continue
                if self._infinitive_after(i) or cue.verb.frames["t"] == "accuse" or i > cue.after:
                    if not self._infinitive_after(i) and self._part_of_name(i, cue):
                        continue
                    end = self.end_of_clause(i, cue, unit)
                    return self._made(cue, "t", self.stripped(self._contracted(i), end), self._speaker(cue, i))
            if node.pos in NOMINAL:
                skipped = True
        return None

    def _contracted(self, i: int) -> int:
        """Where content begins after a preposition: one that is fused with its article stays ("du", "des")."""
        return self.passage.nodes[i].end

    def _infinitive_after(self, i: int) -> bool:
        for node in self.passage.nodes[i + 1 : i + 5]:
            if node.pos in VERBAL:
                return node.morph("VerbForm") in ("Inf", "Ger", "Part") or node.lower == node.lemma
            if node.pos not in ("ADV", "PRON", "PART"):
                return False
        return False

    def _hangs_on(self, i: int, cue: Cue) -> bool:
        """Whether a preposition's noun hangs on the cue and not on a noun in between."""
        head = self.passage.nodes[i].head
        return head is not None and head.head is cue.node

    def _part_of_name(self, i: int, cue: Cue) -> bool:
        head = self.passage.nodes[i].head
        return head is not None and head.head is not None and head.head is not cue.node

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
            if marked and self._infinitive_after(i) and ("i" in frames or passage.word(i) in self.words.bare_markers):
                frame = "i" if "i" in frames else "b"
                return self._made(
                    cue, frame, self.stripped(node.end, self.end_of_clause(i, cue, unit)), self._speaker(cue, i)
                )
            if (
                "b" in frames
                and node.pos in VERBAL
                and node.morph("VerbForm") == "Inf"
                and i == cue.after + self._adverbs(cue.after)
            ):
                end = self.end_of_clause(i, cue, unit)
                return self._made(cue, "b", self.stripped(node.start, end), self._speaker(cue, i))
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
            if "y" in frames and (i == cue.after or self._hangs_on(i, cue) or passage.word(i + 1) == '"'):
                head = node.head
                end = self._phrase_end(i + 1, unit)
                return (
                    self._made(cue, "y", self.stripped(node.end, end), self._speaker(cue, i))
                    if head is not None
                    else None
                )
            if "k" in frames and i > cue.after and passage.words[i] not in self.words.infinitive_markers:
                start = passage.nodes[cue.after].start
                return self._made(
                    cue, "k", [passage.trim((start, self.end_of_clause(i, cue, unit)))], self._speaker(cue, i)
                )
        return None

    def _phrase_end(self, i: int, unit: Span) -> int:
        """Where the noun phrase ends that starts at token i: with its quotation, or as the parse has it."""
        passage = self.passage
        if i >= len(passage.nodes):
            return unit[1]
        quote = passage.quote_at(passage.nodes[i].start) or passage.quote_at(
            passage.nodes[min(i + 1, len(passage.nodes) - 1)].start
        )
        if quote is not None:
            return quote.outer[1]
        top = self._top_noun(i, unit)
        if top is None:
            return passage.nodes[i].end
        high = max(node.i for node in top.subtree() if node.start < unit[1])
        for node in passage.nodes[i : high + 1]:
            if node.pos in VERBAL and node.morph("VerbForm") == "Fin" and node.dep in ("conj", "parataxis", "advcl"):
                return passage.nodes[min(child.i for child in node.subtree())].start
        return passage.nodes[high].end

    def _top_noun(self, i: int, unit: Span) -> Node | None:
        passage = self.passage
        for node in passage.nodes[i : i + 8]:
            if node.start >= unit[1] or node.pos in VERBAL:
                return None
            if node.pos in NOMINAL:
                while node.head is not None and node.head.i >= i and node.head.pos in NOMINAL:
                    node = node.head
                return node
        return None

    def _noun(self, cue: Cue, unit: Span) -> Found | None:
        """A noun phrase ("a annoncé la création de …", "a fait état de …")."""
        passage, frames = self.passage, cue.verb.frames
        frame = "n" if "n" in frames else "d" if "d" in frames else ""
        if not frame or cue.shape == "bare" or (cue.passive and frame == "n"):
            return self._passive_noun(cue, unit) if frame == "n" and cue.passive and cue.shape == "finite" else None
        i = cue.after
        while i < len(passage.nodes) and (passage.nodes[i].pos == "ADV" or self.reader.timed(passage.nodes[i])):
            i += 1
        if i >= len(passage.nodes) or passage.nodes[i].start >= unit[1]:
            return None
        if frame == "d":
            if passage.words[i] not in self.words.noun_markers:
                return None
            start = passage.nodes[i].end
            i += 1
        else:
            if passage.nodes[i].pos not in ("DET", "NOUN", "PROPN", "NUM", "ADJ") and passage.words[i] != '"':
                return None
            start = passage.nodes[i].start
        if passage.before(cue.span[0], unit[0]) in (",", '"') and self._subject_before(cue) is None:
            return None
        end = self._phrase_end(i, unit)
        end = self._before_asides(start, end, cue)
        speaker = self._speaker(cue, i)
        return (
            self._made(cue, frame, self.stripped(start, end), speaker)
            if speaker and self._long_enough(start, end)
            else None
        )

    def _long_enough(self, start: int, end: int) -> bool:
        return (
            sum(node.pos in ("NOUN", "PROPN", "VERB", "ADJ", "NUM") for node in self.passage.between(start, end)) >= 1
        )

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

    # -- asides -------------------------------------------------------------------------------------------------

    def _subject_before(self, cue: Cue) -> Node | None:
        """A subject of the cue that stands between the last comma or quotation mark and the cue."""
        subject = cue.node.find("nsubj", "nsubj:pass", "expl:subj")
        return subject if subject is not None and subject.i < cue.first else None

    def _edge(self, cue: Cue) -> int:
        """Where the aside begins: the cue with its subject, if that stands before it."""
        first = cue.first
        subject = self._subject_before(cue)
        if subject is not None:
            first = min(first, min(node.i for node in subject.subtree()))
        while first > 0 and self.passage.word(first - 1) in self.words.aside_leads:
            first -= 1
        return self.passage.nodes[first].start

    def _is_aside(self, cue: Cue) -> bool:
        """Whether a cue stands in an aside: after a comma or a quotation mark, its speaker behind it (or inverted)."""
        passage = self.passage
        if cue.shape != "finite" or "q" not in cue.verb.frames or cue.passive:
            return False
        unit = passage.unit_at(cue.span[0])
        start = self._edge(cue)
        mark = passage.before(start, passage.tree.start)
        if mark not in (",", '"', "'", "?", "!") or mark == "":
            return False
        if passage.before(start, unit[0]) == "" and mark not in ('"', "?", "!"):
            return False
        if cue.pronoun is not None:
            return True
        if self._subject_before(cue) is not None:
            return self._closed_after(cue, unit)
        return self.reader.inverted(cue.after, unit[1]) is not None

    def _closed_after(self, cue: Cue, unit: Span) -> bool:
        """Whether nothing that the verb could govern follows."""
        nxt = self.passage.after(cue.span[1], unit[1])
        if nxt in ("", ".", ",", '"', ";"):
            return True
        node = self.passage.nodes[cue.after] if cue.after < len(self.passage.nodes) else None
        return node is None or self.reader.timed(node) or node.pos in ("ADP",)

    def _aside(self, cue: Cue, unit: Span) -> Found | None:
        """An aside within or after what is said ("…, a rapporté le Kremlin")."""
        passage = self.passage
        if not self._is_aside(cue):
            return None
        start = self._edge(cue)
        speaker = self._aside_speaker(cue, unit)
        quote = passage.quote_at(start)
        if quote is not None:
            return self._inside_quote(cue, quote.start, quote.end, start, speaker)
        begin = self._left_edge(unit, start)
        parts = self._left_parts(begin, start)
        if not parts:
            return None
        found = self._made(cue, "q", parts, speaker)
        if found is None:
            return None
        more = self._resumed(cue, unit, speaker)
        found.parts += more
        found.speech = passage.quote_at(parts[-1][0]) is not None or bool(more)
        return found

    def _aside_speaker(self, cue: Cue, unit: Span) -> Speaker | None:
        if cue.pronoun is not None:
            return self.reader.subject(cue)
        if self._subject_before(cue) is not None:
            return self.reader.subject(cue)
        return self.reader.inverted(cue.after, unit[1])

    def _left_edge(self, unit: Span, start: int) -> int:
        """Where the words before an aside begin; a quotation may end in the sentence before."""
        passage = self.passage
        if not passage.text[unit[0] : start].strip(EDGE + '"'):
            before = [each for each in passage.units if each[1] <= unit[0]]
            return before[-1][0] if before else unit[0]
        return passage.lead(unit[0], start)

    def _left_parts(self, begin: int, start: int) -> list[Span]:
        """The content before an aside: one quotation, or all the words."""
        passage = self.passage
        begin, end = passage.trim((begin, start), EDGE)
        if begin >= end:
            return []
        earlier = [
            cue
            for cue in self.cues
            if begin <= cue.span[0] < end and self._is_aside(cue) and passage.quote_at(cue.span[0]) is None
        ]
        if earlier:
            begin = passage.trim((earlier[-1].span[1], end))[0]
        quotes = [quote for quote in passage.quotes if begin <= quote.outer[0] and quote.outer[1] <= end + 2]
        if quotes and earlier:
            begin = quotes[0].outer[0]
        if (
            quotes
            and not passage.text[begin : quotes[0].outer[0]].strip(EDGE)
            and not passage.text[quotes[-1].outer[1] : end].strip(EDGE + '"')
        ):
            gap = all(not passage.text[a.outer[1] : b.outer[0]].strip(EDGE) for a, b in pairwise(quotes))
            if gap:
                return [
                    passage.trim((quote.start, quote.end), ",.") if False else (quote.start, quote.end)
                    for quote in quotes
                ]
        while begin < end and passage.text[begin] == '"' and begin not in {quote.outer[0] for quote in quotes}:
            begin += 1
        return [(begin, end)]

    def _inside_quote(self, cue: Cue, first: int, last: int, start: int, speaker: Speaker | None) -> Found | None:
        """An aside inside the quotation marks ("« Nous irons, a-t-il dit, jusqu'au bout »")."""
        passage = self.passage
        resume = max(cue.span[1], passage.nodes[cue.after - 1].end, speaker.span[1] if speaker else 0)
        comma = passage.text.find(",", resume, last)
        stop = min((at for at in (passage.text.find(mark, resume, last) for mark in ".;!?") if at != -1), default=last)
        if comma == -1 or comma > stop:
            comma = stop
        parts = [passage.trim((first, start)), passage.trim((comma + 1, last))]
        return self._made(cue, "q", [part for part in parts if part[0] < part[1]], speaker)

    def _resumed(self, cue: Cue, unit: Span, speaker: Speaker | None) -> list[Span]:
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

    def _speaker(self, cue: Cue, before: int | None = None) -> Speaker | None:
        """The speaker of a cue that is no aside; an inverted one stands before token `before`."""
        found = self.reader.subject(cue)
        if found is None and before is not None and not cue.passive:
            found = self.reader.inverted(cue.after, self.passage.nodes[before].start)
        return found
