"""From roles to arguments: which phrase is the actor, which the target, by the frame of a rule."""

import msgspec

from ...model.records import Claim, Span
from ..draft import Draft
from ..tree import Node
from .clause import Clause, is_passive, subject_of
from .phrases import Names, Times, can_act, is_place, phrase
from .status import contents
from .words import NOMINAL, VERBAL, Lexicon, Rule

# Frames whose target is a place where that is what was struck, seized or entered.
PLACED = frozenset({"hit", "throw", "seize", "invade"})


class Arguments(msgspec.Struct):
    """The heads of actor, target and place, before their spans are drawn."""

    actor: Node | None = None
    target: Node | None = None
    place: Node | None = None


class Framer:
    """Fills the frames for one article.

    Frames: `act` someone does something to someone; `hit` with a place or people hit; `throw` something at a target;
    `invade` a country; `move` what moves is the target, whoever moves it the actor; `take_in` arms or troops that
    arrive somewhere; `cross` the subject passes a place; `go` the traveller acts; `meet` one meets the other; `give` to
    a receiver; `receive` from a giver; `lose` what is lost; `suffer` the object, or without one the subject, undergoes
    it; `undergo` the subject does; `leave` a place, or visit it; `pull` troops out; `seize` a place; `toll` the noun
    itself counts the people; `order` a truce or measure whose author governs it; `alone` an actor only; `none` neither.
    """

    def __init__(self, draft: Draft, lexicon: Lexicon, names: Names) -> None:
        self.lexicon, self.names, self.times = lexicon, names, Times(draft)
        self.draft = draft
        self.prep = lexicon.words.prepositions

    def fill(self, clause: Clause, rule: Rule) -> Arguments:
        """Actor and target of a trigger under a rule."""
        found = self._verb(clause, rule.frame) if clause.verbal else self._noun(clause, rule.frame)
        if not self._acts(found.actor) or self._heads(found.actor):
            found.actor = None
        target = found.target
        if target is not None and (target is found.actor or self.times.at(target) or self._happens(target, rule)):
            found.target = None
        if found.place is None and found.target is not None and rule.frame in PLACED:
            found.place = found.target if is_place(found.target, self.lexicon, self.names) else None
        return found

    def _happens(self, node: Node, rule: Rule) -> bool:
        """Whether a phrase names another happening: nothing is done to a strike, a visit or a truce."""
        kept = rule.frame == "toll" or rule.type == "other" or node.pos != "NOUN"
        return not kept and any(other.type not in (None, "casualties") for _, other in self.lexicon.rules(node))

    def _heads(self, node: Node | None) -> bool:
        """Whether a place only opens a title before its colon ("Gaza : le Hamas accuse …")."""
        if node is None or node.i or node.tree.kind != "title":
            return False
        return any(other.lower == ":" for other in node.tree.nodes[1:4])

    def _acts(self, node: Node | None) -> bool:
        if node is not None and self.lexicon.is_a(node, "quantities"):
            node = node.find("nmod", "obl:arg") or node
        return node is not None and can_act(node, self.lexicon, self.names) and not self.times.at(node)

    def _verb(self, clause: Clause, frame: str) -> Arguments:
        done_by = clause.agent if clause.passive else clause.subject
        done_to = clause.subject if clause.passive else clause.obj
        match frame:
            case "go" | "alone" | "order":
                return Arguments(actor=done_by or clause.subject)
            case "move":
                if done_to is None or clause.reflexive:
                    return Arguments(target=clause.subject)
                return Arguments(actor=done_by, target=done_to)
            case "undergo":
                return Arguments(target=clause.subject)
            case "cross":
                return Arguments(target=clause.subject, place=self._if_place(clause.obj))
            case "take_in":
                return Arguments(target=clause.obj, place=self._if_place(clause.subject))
            case "meet":
                return self._meeting(clause)
            case "give":
                return Arguments(actor=done_by, target=self._receiver(clause))
            case "receive":
                source = clause.agent or self._among(clause, self.prep.source | self.prep.of | self.prep.by)
                return Arguments(actor=source, target=clause.subject)
            case "lose":
                return Arguments(actor=clause.agent, target=done_to)
            case "suffer":
                if done_to is None:
                    return Arguments(target=clause.subject)
                return Arguments(actor=done_by, target=done_to)
            case "leave":
                left = clause.obj or clause.first(self.prep.source | self.prep.of)
                return Arguments(actor=done_by or clause.subject, place=self._if_place(left))
            case "quit":
                left = self._nearest(clause, self.prep.source | self.prep.of | self.prep.to | self.prep.company)
                if clause.reflexive:
                    return Arguments(actor=clause.subject, target=left)
                return Arguments(actor=done_by, target=done_to or left)
            case "pull":
                left = self._among(clause, self.prep.source | self.prep.of)
                return Arguments(actor=done_by, target=done_to, place=self._if_place(left))
            case "seize":
                seized = done_to or clause.first(self.prep.of | self.prep.at)
                if seized is not None and self.lexicon.is_a(seized, "holds"):
                    seized = seized.find("nmod", "obl:arg") or seized
                return Arguments(actor=done_by, target=seized)
            case "throw":
                return Arguments(actor=done_by, target=clause.first(self.prep.against))
            case "invade":
                goal = done_to if done_to is not None and self._if_place(done_to) else self._goal(clause)
                return Arguments(actor=done_by, target=goal, place=goal)
            case _:
                target = done_to or clause.first(self.prep.against)
                return Arguments(actor=done_by, target=target or self._receiver(clause))

    def _meeting(self, clause: Clause) -> Arguments:
        company = clause.first(self.prep.company)
        if clause.passive:
            return Arguments(actor=clause.agent or clause.subject, target=clause.subject if clause.agent else company)
        met = clause.obj if self._acts(clause.obj) else None
        return Arguments(actor=clause.subject, target=met or (company if self._acts(company) else None))

    def _if_place(self, node: Node | None) -> Node | None:
        return node if node is not None and is_place(node, self.lexicon, self.names) else None

    def _goal(self, clause: Clause) -> Node | None:
        wanted = self.prep.against | self.prep.at | self.prep.to
        return self._among(clause, wanted)

    def _receiver(self, clause: Clause) -> Node | None:
        for child in clause.node.children:
            if child.dep == "iobj" and child.lower not in self.lexicon.words.reflexives:
                return child
        return next((n for prep, n in clause.obliques if prep in self.prep.to and self._receives(n)), None)

    def _receives(self, node: Node) -> bool:
        return self._acts(node) or (self.lexicon.is_a(node, "agents") and not self.times.at(node))

    def _nearest(self, clause: Clause, prepositions: frozenset[str]) -> Node | None:
        return next((n for p, n in clause.obliques if p in prepositions and not self.times.at(n)), None)

    def _among(self, clause: Clause, prepositions: frozenset[str]) -> Node | None:
        """The first named or acting phrase with one of these prepositions."""
        for prep, node in clause.obliques:
            if prep in prepositions and (self.names.at(node) is not None or self.lexicon.is_a(node, "agents")):
                return node
        return None

    def _noun(self, clause: Clause, frame: str) -> Arguments:
        by = clause.first(self.prep.by)
        by = by if self._acts(by) else clause.subject
        of = clause.complement()
        doer = by or (of if self._does(of) else None)
        match frame:
            case "toll":
                counted = clause.node.head if clause.node.dep in ("nmod", "obl:arg") else None
                of_many = counted is not None and self.lexicon.is_a(counted, "quantities")
                return Arguments(target=counted if of_many else clause.node)
            case "none":
                return Arguments()
            case "go" | "alone" | "leave":
                traveller = clause.first(self.prep.purpose) if frame == "go" else None
                return Arguments(actor=doer or self.governor(clause.node) or traveller)
            case "order":
                return Arguments(actor=by or self._author(clause.node))
            case "meet":
                company = clause.first(self.prep.company)
                actor = doer or self.governor(clause.node)
                return Arguments(actor=actor, target=company if self._acts(company) else None)
            case "move" | "lose" | "suffer" | "seize" | "take_in":
                return Arguments(actor=by or self.governor(clause.node), target=of)
            case "give" | "receive":
                receiver = next((n for p, n in clause.obliques if p in self.prep.to and self._receives(n)), None)
                return Arguments(actor=by or self.governor(clause.node), target=receiver)
            case "invade":
                goal = clause.first(self.prep.against) or (of if self._if_place(of) else None) or self._goal(clause)
                actor = by or self.governor(clause.node)
                return Arguments(actor=actor, target=goal)
            case _:
                return self._attack(clause, by, of)

    def _attack(self, clause: Clause, by: Node | None, of: Node | None) -> Arguments:
        """ "Le bombardement de X par Y", "une attaque de Y contre X": a place after "of" is struck, a body strikes."""
        target, actor = clause.first(self.prep.against), by
        suffers = of is not None and (self._struck(of) if by is None else not self._weapon(of))
        if target is None and suffers:
            target = of
        elif actor is None and self._does(of):
            actor = of
        return Arguments(actor=actor or self.governor(clause.node), target=target or self._object_of(clause.node))

    def _struck(self, of: Node) -> bool:
        # A proper noun that no layer knows is a town more often than a body: bodies are known by their words.
        if of.pos == "PROPN" and self.names.at(of) is None:
            return True
        return is_place(of, self.lexicon, self.names) or self.lexicon.is_a(of, "buildings")

    def _weapon(self, of: Node) -> bool:
        return self.lexicon.is_a(of, "weapons") or self.lexicon.is_a(of, "arms")

    def _does(self, of: Node | None) -> bool:
        """An "of" phrase that may name the author: not a bare common noun, which only qualifies ("de bataillon")."""
        if of is None or not self._acts(of):
            return False
        bare = of.find("det") is None and self.names.at(of) is None and of.morph("Number") == "Sing"
        contracted = any(c.dep == "case" and c.lower in self.lexicon.words.contracted for c in of.children)
        return not bare or contracted or of.pos == "PRON"

    def _shelled(self, node: Node) -> tuple[Node, Node | None]:
        """The noun that stands for a trigger in its clause ("une vague de frappes"), and what that hangs on."""
        head = node.head
        for _ in range(3):
            shell = (
                node.dep == "nmod" and head is not None and (head.pos == "PRON" or self.lexicon.is_a(head, "shells"))
            )
            joined = node.dep == "conj" and head is not None and head.pos in NOMINAL
            if head is not None and (shell or joined):
                node, head = head, head.head
        return node, head

    def governor(self, node: Node) -> Node | None:
        """The subject of the verb that has the noun as its object: who launches an attack, holds talks."""
        node, head = self._shelled(node)
        if head is None:
            return None
        if head.pos not in VERBAL:
            return self._origin(node, head)
        oblique = node.dep.startswith("obl")
        carried = oblique and any(key in self.lexicon.words.carriers for key in self.lexicon.keys(head))
        aimed = oblique and self.lexicon.preposition(node) in self.prep.purpose
        # Who condemns a strike does not strike: only verbs of doing hand their subject on.
        refused = head.find("advmod") is not None and any(
            c.lower in self.lexicon.words.negations for c in head.children
        )
        if refused and not self.lexicon.is_verb(head, self.lexicon.occurrences):
            return None
        done = node.dep == "obj" and self.lexicon.is_verb(head, self.lexicon.lights)
        if done or carried or aimed:
            return subject_of(head, self.lexicon) if not is_passive(head) or aimed else None
        if node.dep == "nsubj:pass":
            return head.find("obl:agent")
        return None

    def _origin(self, node: Node, head: Node) -> Node | None:
        """Who is said to be at the origin of an attack."""
        if node.dep == "nmod" and self.lexicon.is_a(head, "authorship") and head.find("cop") is not None:
            return subject_of(head, self.lexicon)
        return None

    def _object_of(self, node: Node) -> Node | None:
        """Who is said to be the target of an attack."""
        head = node.head
        if head is not None and node.dep == "nmod" and self.lexicon.is_a(head, "victimhood"):
            return subject_of(head, self.lexicon)
        return None

    def _author(self, node: Node) -> Node | None:
        """Who declares, orders, keeps or breaks a truce: the subject of the verb that governs it, or of the order
        that this verb hangs on."""
        node, head = self._shelled(node)
        verb = head if head is not None and head.pos in VERBAL and node.dep in ("obj", "nsubj:pass") else None
        if verb is None and self.lexicon.preposition(node) == "":
            verb = self._verb_before(node)
        if verb is None or not self.lexicon.is_verb(verb, self.lexicon.authors):
            return None
        if is_passive(verb):
            return verb.find("obl:agent")
        above = verb.head if verb.dep == "xcomp" else None
        if above is not None and self.lexicon.is_verb(above, self.lexicon.controls):
            return subject_of(above, self.lexicon)
        return subject_of(verb, self.lexicon)

    def _verb_before(self, node: Node) -> Node | None:
        """The verb left of a noun with nothing but adverbials between."""
        for other in reversed(node.tree.nodes[max(0, node.i - 8) : node.i]):
            if other.sentence != node.sentence or other.lower in (";", ":") or other.dep == "mark":
                return None
            if other.pos in VERBAL and other.dep not in ("amod", "acl"):
                return other
        return None


class Spans:
    """Draws the spans of arguments; a pronoun inside a report is its speaker where that stands in the sentence."""

    def __init__(self, draft: Draft, lexicon: Lexicon, names: Names) -> None:
        self.draft, self.lexicon, self.names = draft, lexicon, names

    def of(self, node: Node | None, claims: list[Claim], *, toll: bool = False) -> Span | None:
        """The span of an argument, or None."""
        if node is None:
            return None
        if node.pos == "PRON" and node.lower in self.lexicon.words.third_person:
            speaker = self._speaker(node, claims)
            if speaker is not None:
                return speaker
        return self._clipped(phrase(node, self.lexicon, self.names, joined=not toll), node, claims)

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

    def _speaker(self, node: Node, claims: list[Claim]) -> Span | None:
        sentence = node.tree.sentences[node.sentence]
        for claim in reversed(claims):
            if claim.source is None or claim.form == "direct" or node.start >= claim.end:
                continue
            source = self.draft.node_at(claim.source[0])
            if source is not None and source.pos != "PRON" and sentence[0].start <= source.start < node.start:
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
