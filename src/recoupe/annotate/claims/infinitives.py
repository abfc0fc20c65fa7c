"""What a verb of speech hands over as an infinitive: "dit avoir tué", "promet de répondre"."""

from ...model.records import Span
from .cues import Cue
from .found import Found
from .making import Making
from .passage import VERBAL

FAR = 14  # tokens between a verb of saying and its perfect infinitive
# What may stand right before an infinitive that hangs on something else ("après avoir fui", "veut avoir fini").
LED = ("ADP", "SCONJ", "VERB", "AUX")


class Infinitives(Making):
    """Finds the infinitives of a verb."""

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
            if node.pos in VERBAL and (node.morph("VerbForm") != "Part" or node.morph("Tense") == "Pres"):
                return None  # "a revendiqué l'attaque en assurant n'avoir visé que …"
        return None

    def _hung(self, cue: Cue, first: int, unit: Span) -> int | None:
        """The bare infinitive that the parse hangs on the verb, a channel or a time between them ("a dit sur Telegram
        contrôler la ville"), or whatever the tagger took it for right behind the verb ("affirme héberger")."""
        passage = self.passage
        # A noun has no infinitive without a preposition: one that the parse hangs on the channel is the verb's.
        astray = [below for child in cue.node.all("obl:arg", "obl:mod", "obl") for below in child.all("acl")]
        for node in [*cue.node.all("xcomp"), *astray] if not cue.negated else ():
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
