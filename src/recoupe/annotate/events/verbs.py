"""Which phrases around a verb are its actor and target, frame by frame; those of nouns are in frames.py."""

import msgspec

from ..tree import Node
from .clause import Clause
from .governing import Governing
from .lexicon import Lexicon
from .order import following
from .phrases import Names, Times, can_act, is_place


class Arguments(msgspec.Struct):
    """The heads of actor, target and place, before their spans are drawn."""

    actor: Node | None = None
    target: Node | None = None
    place: Node | None = None
    joined: bool = True  # whether the actor takes in what is coordinated with it


class VerbFrames(Governing):
    """Fills the frames of the verbs of one article."""

    def __init__(self, lexicon: Lexicon, names: Names, times: Times) -> None:
        super().__init__(lexicon)
        self.names, self.times = names, times

    def _acts(self, node: Node | None) -> bool:
        if node is not None and self.lexicon.is_a(node, "quantities"):
            node = node.find("nmod", "obl:arg") or node
        return node is not None and can_act(node, self.lexicon, self.names) and not self.times.at(node)

    def _verb(self, clause: Clause, frame: str) -> Arguments:
        done_by = clause.agent if clause.passive else clause.subject
        done_to = clause.subject if clause.passive else clause.obj
        match frame:
            case "go":
                return Arguments(actor=done_by or clause.subject, place=self._if_place(clause.obj))
            case "alone" | "order":
                return Arguments(actor=done_by or clause.subject)
            case "none":
                return Arguments(actor=done_by)
            case "move":
                if done_to is None or clause.reflexive:
                    return Arguments(target=clause.subject)
                return Arguments(actor=done_by, target=done_to)
            case "undergo":
                return Arguments(target=clause.subject)
            case "fall":
                return self._falling(clause)
            case "let_in":
                return Arguments(target=self._goal(clause), place=self._if_place(self._goal(clause)))
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
            case "ignite":
                return Arguments(actor=done_by, target=clause.first(self.prep.to) or self._among(clause, self.prep.to))
            case "suffer":
                if done_to is None:
                    return Arguments(target=clause.subject)
                return Arguments(actor=done_by, target=done_to)
            case "cost":
                return Arguments(target=self._receiver(clause) or clause.first(self.prep.to))
            case "leave":
                left = clause.obj or clause.first(self.prep.source | self.prep.of)
                place = self._if_place(left) or self._behind_time(clause)
                return Arguments(actor=done_by or clause.subject, place=place)
            case "quit":
                left = self._nearest(clause, self.prep.source | self.prep.of | self.prep.to | self.prep.company)
                if clause.reflexive:
                    return Arguments(actor=clause.subject, target=left)
                return Arguments(actor=done_by, target=done_to or left)
            case "pull":
                sources = (n for prep, n in clause.obliques if prep in self.prep.source | self.prep.of)
                left = next((n for n in sources if self._if_place(n) and n is not done_to), None)
                return Arguments(actor=done_by, target=done_to, place=left)
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

    def _behind_time(self, clause: Clause) -> Node | None:
        """The place left that the parse hangs on a time ("dans la nuit de vendredi à samedi de Kherson")."""
        hung = (n for n in following(clause.node) if n.head is not None and self.times.at(n.head))
        left = (n for n in hung if self.lexicon.preposition(n) in self.prep.of and self._if_place(n) is not None)
        return next(left, None)

    def _falling(self, clause: Clause) -> Arguments:
        """ "La ville est tombée aux mains des rebelles": the place, and whose hands it falls into."""
        held = next((n for _, n in clause.obliques if self.lexicon.is_a(n, "holds")), None)
        owner = held.find("nmod", "obl:arg") if held is not None else clause.first(self.prep.to)
        return Arguments(actor=owner, target=clause.subject or clause.obj)

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
