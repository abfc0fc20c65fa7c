"""The PLOVER types of a text: verbal ones from its claims and verbs of dealing, the others from its events.

PLOVER has types that the guide's events do not tell apart (COERCE, CONCEDE, SUPPORT …): for these, coding.toml lists
verbs and nouns by type. Each code keeps where it stands and how deep below the main clause.
"""

import functools

import msgspec

from ...lang import LanguagePack
from ...model.codes import claim_codes, event_codes, table
from ...model.records import TEXT_KINDS, Claim, Event
from ..draft import Draft
from ..tree import Node
from .lexicon import Lexicon, lexicon
from .status import Statuses
from .words import NOMINAL, VERBAL

HOSTILE = frozenset({"COERCE", "SANCTION", "ASSAULT", "FIGHT", "PROTEST", "THREATEN"})
TALK = frozenset({"AGREE", "DEMAND", "REJECT", "DISAPPROVE", "THREATEN"})
VIOLENT = frozenset({"strike", "ground", "invasion", "violation", "casualties", "damage"})
# Clauses that stand below another by these links tell its circumstances, not the sentence's own news.
NEAR = 12
BELOW = {"advcl": 2, "acl": 2, "acl:relcl": 3, "nmod": 1, "obl": 1, "obl:mod": 1, "appos": 1}


class Coding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """coding.toml: verbs and nouns by PLOVER type; `objects` narrows a verb to some objects ("lift": sanctions).

    `threats` are the verbs that make a promise a threat, `conditions` the words that do so too, `obligations` the verbs
    that make a statement a demand, `military` the regular forces and arms that make violence a fight, `speech` verbs
    whose content is the news.
    """

    verbs: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]
    objects: dict[str, frozenset[str]]
    threats: frozenset[str]
    obligations: frozenset[str]
    military: frozenset[str]
    conditions: frozenset[str]
    speech: frozenset[str]


class Coded(msgspec.Struct, frozen=True):
    """A PLOVER type at a place of the text: `depth` 0 is a main clause, or what someone is said to have said."""

    start: int
    plover: str
    depth: int


@functools.cache
def coding(pack: LanguagePack) -> Coding:
    """coding.toml of a pack."""
    return pack.words(Coding, "coding")


def coded(draft: Draft) -> list[Coded]:
    """The PLOVER types of an article whose claims and events are in the draft, by depth and place."""
    coder = Coder(draft, coding(draft.pack), lexicon(draft.pack))
    found = [*coder.verbal(), *coder.said(), *coder.happened()]
    return sorted((one for one in found if one.plover), key=lambda one: (one.depth, one.start))


class Coder:
    """Codes one article."""

    def __init__(self, draft: Draft, words: Coding, lexicon: Lexicon) -> None:
        self.draft, self.words, self.lexicon = draft, words, lexicon
        self.verbs = {verb: kind for kind, listed in words.verbs.items() for verb in listed}
        # The French model's lemmas are forms too often ("menace"): the verbs' forms count as well.
        self.verbs |= {form: kind for verb, kind in [*self.verbs.items()] for form in lexicon.conjugated(verb)}
        self.nouns = {noun: kind for kind, listed in words.nouns.items() for noun in listed}
        self.statuses = Statuses(draft, lexicon)
        self.claims = {claim.id: claim for claim in draft.layer(Claim)}

    def verbal(self) -> list[Coded]:
        """The types of verbs and nouns that are listed by type."""
        nodes = (node for tree in self.draft.trees if tree.kind in TEXT_KINDS for node in tree.nodes)
        listed = ((node, self._listed(node)) for node in nodes)
        return [Coded(node.start, self._when(node, kind), self._depth(node)) for node, kind in listed if kind]

    def _when(self, node: Node, kind: str) -> str:
        """What lies ahead is agreed to, or threatened, and not yet done."""
        if node.pos not in VERBAL or kind in TALK or not self.statuses.future(node):
            return kind
        return "THREATEN" if kind in HOSTILE else "AGREE"

    def _listed(self, node: Node) -> str:
        if node.pos in VERBAL:
            kind = self.verbs.get(node.lemma.lower()) or self.verbs.get(node.lower, "")
            wanted = self.words.objects.get(node.lemma.lower())
            if wanted is not None and not self._has(node, wanted):
                return ""
            return kind
        if node.pos in NOMINAL:
            return next((self.nouns[key] for key in self.lexicon.keys(node) if key in self.nouns), "")
        return ""

    def _has(self, node: Node, wanted: frozenset[str]) -> bool:
        """Whether the object of a verb, its passive subject or a particle is one of these."""
        near = [c for c in node.children if c.dep in ("obj", "nsubj:pass", "compound:prt", "xcomp", "obl", "nmod")]
        near += [inner for child in near for inner in child.children]
        return any(key in wanted for child in near for key in self.lexicon.keys(child))

    def said(self) -> list[Coded]:
        """The types of claims: a promise is a threat where its verb, or what is promised, is hostile."""
        return [self._claim(claim) for claim in self.claims.values()]

    def _claim(self, claim: Claim) -> Coded:
        cue = self._cue(claim)
        kind = claim_codes(claim).plover
        if claim.act in ("assert", "commit") and self._obliges(claim):
            kind = "DEMAND"
        elif claim.act == "commit" and claim.polarity == "+" and self._threatens(claim, cue):
            kind = "THREATEN"
        start = cue.start if cue is not None else claim.start
        return Coded(start, kind, self._depth(cue) if cue is not None else 0)

    def _cue(self, claim: Claim) -> Node | None:
        if claim.cue is None:
            return None
        tree = self.draft.tree_at(claim.cue[0])
        return tree.head_of(claim.cue) if tree is not None else None

    def _threatens(self, claim: Claim, cue: Node | None) -> bool:
        if cue is not None and self.lexicon.among(cue, self.words.threats):
            return True
        verbs = [self._listed(node) for node in self._nodes(claim) if node.pos in VERBAL]
        if next((kind for kind in verbs if kind), "") in HOSTILE:
            return True
        inside = [e for e in self.draft.layer(Event) if claim.start <= e.start < claim.end]
        hostile = any(event.type in table().announced.hostile for event in inside[:1])
        words = self.draft.text[claim.start : claim.end].lower().split()
        return hostile or any(word in self.words.conditions for word in words)

    def _nodes(self, claim: Claim) -> list[Node]:
        tree = self.draft.tree_at(claim.start)
        return tree.within(claim.span) if tree is not None else []

    def _obliges(self, claim: Claim) -> bool:
        """Whether someone else must do something: a modal of duty near the beginning, after its subject."""
        nodes = self._nodes(claim)[1:NEAR]
        return any(node.lower in self.words.obligations and node.left.pos != "PRON" for node in nodes if node.left)

    def happened(self) -> list[Coded]:
        """The types of events: what is announced is an agreement or a threat."""
        return [self._event(event) for event in self.draft.layer(Event)]

    def _event(self, event: Event) -> Coded:
        node = self.draft.node_at(event.start)
        kind = event_codes(event).plover
        if event.type in VIOLENT and node is not None and self._military(node):
            kind = "FIGHT"
        if event.status == "planned":
            kind = "THREATEN" if event.type in table().announced.hostile else "AGREE"
        told = [self.claims[i].act for i in event.claims if i in self.claims]
        depth = self._depth(node) if node is not None else 0
        if event.status in ("denied", "possible") or any(act in ("request", "commit", "deny") for act in told):
            depth += 2
        return Coded(event.start, kind, depth)

    def _military(self, node: Node) -> bool:
        """Whether regular forces or their arms stand before the trigger in its sentence."""
        before = (other for other in node.tree.sentences[node.sentence] if other.i <= node.i)
        return any(key in self.words.military for other in before for key in self.lexicon.keys(other))

    def _depth(self, node: Node | None) -> int:
        """How far below the main clause a token stands; what is said counts as if it stood alone."""
        depth = 0
        while node is not None and node.head is not None:
            above = node.head
            if node.dep in BELOW and not (node.dep == "advcl" and above.lemma.lower() in self.words.speech):
                depth += BELOW[node.dep]
            node = above
        return depth
