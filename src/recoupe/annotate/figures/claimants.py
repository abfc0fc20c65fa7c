"""Which side the words about a figure come from: those who say it, whom they accuse, whom they call the enemy."""

from ...model.records import Claim
from ..draft import Draft
from .allegiance import Allegiances
from .doers import Doers
from .making import Found, Sided
from .words import Lexicon


class Claimants:
    """The sides of those who speak in one article."""

    def __init__(self, draft: Draft, words: Lexicon, allegiances: Allegiances, doers: Doers) -> None:
        self.draft, self.words, self.allegiances, self.doers = draft, words, allegiances, doers
        self.claims = [claim for claim in draft.layer(Claim) if claim.source is not None]
        disputes = [c for c in draft.layer(Claim) if c.act in ("accuse", "deny") and doers.tells_fight(c.span)]
        self.disputing = {self.of_claim(claim) for claim in disputes}  # who says that another did it

    def of(self, claims: list[Claim]) -> str | None:
        """The first side among those who make some claims."""
        return next((side for claim in claims if (side := self.of_claim(claim)) is not None), None)

    def of_claim(self, claim: Claim) -> str | None:
        """The side of the one who makes a claim, by who that is or by the words for it."""
        side = self.allegiances.of_entity(claim.source_entity) or self.doers.of_span(claim.source)
        if side is None and claim.source is not None and (tree := self.draft.tree_at(claim.source[0])) is not None:
            return self.allegiances.only(tree.within(claim.source))
        return side

    def accused(self, claims: list[Claim]) -> str | None:
        """Whose doing it is that one of the article's two parties complains of."""
        return self.allegiances.opponent(self.of([claim for claim in claims if claim.act in ("accuse", "assert")]))

    def accuser(self, claims: list[Claim], by: str | None) -> str | None:
        """Whose people they are where one party of the article says what the other one did to them."""
        speaker = self.of(claims)
        return speaker if by is not None and speaker == self.allegiances.opponent(by) else None

    def owned(self, one: Found, said: Sided, claims: list[Claim]) -> str | None:
        """The party, which is the accuser's where he says that another killed "ses soldats"."""
        party, by = said
        nouns = [child for noun in one.counted.nouns for child in noun.children]
        own = party is not None and party == by and any(child.morph("Poss") == "Yes" for child in nouns)
        accuser = self.of([claim for claim in claims if claim.act == "accuse"]) if own else None
        return party if accuser in (None, by) else accuser

    def against(self, claims: list[Claim]) -> str | None:
        """The state that says what befell those who fight for none, where they fight it."""
        speaker = self.of(claims)
        fought = speaker is not None and self.allegiances.opponent(speaker) == self.allegiances.group() is not None
        return speaker if fought or speaker == self.allegiances.home() else None

    def called(self, one: Found, said: Sided, claims: list[Claim]) -> Sided:
        """The sides where one side speaks of its "enemy": those counted are so called, or what it lost is."""
        foes = self.words.words.sides.foes
        nodes = [*one.counted.nouns, *(self.doers.phrase(one.counted.nouns[-1]) if one.counted.nouns else ())]
        counted = said[0] is None and any(self.words.lemma(node) in foes for node in nodes)
        subject = self.doers.subject(one.counted.anchor)
        loser = subject is not None and self.words.lemma(subject) in foes
        if not (counted or loser):
            return said
        speaker = self.of(claims) or self.speaking(one)
        if (enemy := self.allegiances.opponent(speaker)) is None:
            return said
        if counted:
            return enemy, said[1] or speaker
        lost = one.cue is not None and "lost" in one.cue.measures
        return (enemy, speaker) if lost else (said[0], enemy)

    def speaking(self, one: Found) -> str | None:
        """Who spoke last in the paragraph before a figure, of those with a side; else who did something there."""
        before = [c for c in self.claims if c.source is not None and one.tree.start <= c.source[0] < one.span[0]]
        sides = [self.of_claim(claim) for claim in sorted(before, key=lambda claim: -claim.start)]
        foes = self.words.words.sides.foes
        subjects = [
            node
            for node in one.tree.nodes
            if node.end <= one.span[0] and node.dep == "nsubj" and self.words.lemma(node) not in foes
        ]
        sides += [self.allegiances.only([node, *self.doers.phrase(node)]) for node in reversed(subjects)]
        return next((side for side in sides if side is not None), None)
