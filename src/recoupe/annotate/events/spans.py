"""Draws the spans of arguments from their heads."""

from itertools import pairwise

from ...model.records import Claim, Span
from ..draft import Draft
from ..tree import Node
from .lexicon import Lexicon
from .phrases import Names, phrase
from .status import contents


class Spans:
    """Draws the spans of arguments; a pronoun inside a report is its speaker where that stands in the sentence."""

    def __init__(self, draft: Draft, lexicon: Lexicon, names: Names) -> None:
        self.draft, self.lexicon, self.names = draft, lexicon, names

    def of(
        self,
        node: Node | None,
        claims: list[Claim],
        *,
        joined: bool = True,
        without: Node | None = None,
        around: Node | None = None,
    ) -> Span | None:
        """The span of an argument, or None; `joined` with what is coordinated with it, `without` a place inside, never
        `around` the trigger."""
        if node is None:
            return None
        if node.pos == "PRON" and node.lower in self.lexicon.words.third_person:
            speaker = self._speaker(node, claims)
            if speaker is not None:
                return speaker
        start, end = phrase(node, self.lexicon, self.names, joined=joined)
        if around is not None and start <= around.start < end:
            start, end = (start, self._before(around, end)) if node.i < around.i else (node.start, end)
        if without is not None and without is not node and start < without.start < end:
            end = self._before(without, end)
        # Nothing may be left in front of the trigger: "two injured" as its own target.
        return self._clipped((start, end), node, claims) if start < end else None

    @staticmethod
    def _before(node: Node, end: int) -> int:
        """Where the words in front of a phrase end, its articles and prepositions left out."""
        before = node.left
        while before is not None and before.pos in ("DET", "ADJ", "NUM"):
            before = before.left
        while before is not None and before.pos == "ADP":
            before = before.left
        return before.end if before is not None else end

    @staticmethod
    def _clipped(span: Span, node: Node, claims: list[Claim]) -> Span:
        """A span without what lies outside the report that its head belongs to: the parse runs over the cue."""
        for claim in reversed(claims):
            for start, end in contents(claim):
                if start <= node.start and node.end <= end:
                    return max(span[0], start), min(span[1], end)
                if span[0] < start < span[1] <= end:
                    return start, span[1]
        return span

    def author(self, node: Node, claims: list[Claim]) -> Span | None:
        """Who promises, threatens or denies what a noun names: it would be, or is said to have been, his doing."""
        claim = claims[-1] if claims else None
        if node.pos != "NOUN" or claim is None or claim.act not in ("commit", "deny") or claim.source is None:
            return None
        head = node.head
        while head is not None and head.pos == "NOUN" and self._hands(head):
            node, head = head, head.head
        cued = claim.cue is not None and head is not None and claim.cue[0] <= head.start < claim.cue[1]
        return self._unapposed(claim.source) if cued else None

    def _unapposed(self, source: Span) -> Span:
        """A source without what a noun in apposition says of it ("le GSIM, la filiale locale d'Al-Qaïda")."""
        tree = self.draft.tree_at(source[0])
        inside = tree.within(source) if tree is not None else []
        comma = next((a for a, b in pairwise(inside) if a.lower == "," and b.pos == "DET"), None)
        return (source[0], comma.start) if comma is not None else source

    def _hands(self, noun: Node) -> bool:
        """Whether what is said of a noun is said of its complement: a plan of it, a part in it."""
        return self.lexicon.among(noun, self.lexicon.handing) or self.lexicon.is_a(noun, "authorship")

    def _speaker(self, node: Node, claims: list[Claim]) -> Span | None:
        sentence = node.tree.sentences[node.sentence]
        for claim in reversed(claims):
            if claim.source is None or claim.form == "direct" or node.start >= claim.end:
                continue
            source = self.draft.node_at(claim.source[0])
            if source is not None and sentence[0].start <= source.start < node.start:
                return claim.source
        return None

    def place(self, node: Node | None) -> Span | None:
        """The span of a place: it ends with the first place's name in it."""
        if node is None:
            return None
        start, end = phrase(node, self.lexicon, self.names, joined=False)
        for inside in node.tree.within((start, end)):
            name = self.names.at(inside)
            if name is not None and name.type == "LOC" and inside.i >= node.i:
                return start, max(name.end, node.end)
        return start, end


def meets(span: Span | None, other: Span | None) -> bool:
    """Whether two spans share a character."""
    return span is not None and other is not None and span[0] < other[1] and other[0] < span[1]
