"""From roles to arguments: which phrase is the actor, which the target, by the frame of a rule."""

import msgspec

from ...model.records import Span
from ..tree import Node
from .clause import Clause, is_passive, resolved, subject_of
from .phrases import Names, can_act, is_place, phrase
from .words import NOMINAL, VERBAL, Lexicon, Rule


class Arguments(msgspec.Struct):
    """The heads of actor, target and place, before their spans are drawn."""

    actor: Node | None = None
    target: Node | None = None
    place: Node | None = None


class Framer:
    """Fills the frames for one article.

    Frames: `act` someone does something to someone; `move` what moves is the target, whoever moves it the actor;
    `go` the traveller acts, the goal is the place; `meet` one meets the other; `give` to a receiver; `receive` from a
    giver; `lose` what is lost; `suffer` the subject undergoes it; `leave` a place; `seize` a place; `toll` the noun
    itself counts the people; `order` a truce or measure whose author governs it; `alone` takes an actor only.
    """

    def __init__(self, lexicon: Lexicon, names: Names) -> None:
        self.lexicon, self.names = lexicon, names
        self.prep = lexicon.words.prepositions

    def fill(self, clause: Clause, rule: Rule) -> Arguments:
        """Actor and target of a trigger under a rule."""
        nominal = clause.node.pos not in VERBAL and clause.subject is None and clause.obj is None and not clause.passive
        found = self._noun(clause, rule) if nominal else self._verb(clause, rule)
        if found.actor is not None and not can_act(found.actor, self.lexicon, self.names):
            found.actor = None
        if found.target is found.actor:
            found.target = None
        return found

    def _verb(self, clause: Clause, rule: Rule) -> Arguments:
        done_by = clause.agent if clause.passive else clause.subject
        done_to = clause.subject if clause.passive else clause.obj
        to = clause.first(self.prep.to)
        match rule.frame:
            case "go" | "alone":
                return Arguments(actor=done_by or clause.subject)
            case "move":
                return (
                    Arguments(actor=done_by, target=done_to)
                    if done_to is not None and not clause.reflexive
                    else Arguments(target=clause.subject)
                )
            case "meet":
                other = done_to if done_to is not None and not clause.passive else clause.first(self.prep.company)
                if clause.passive:
                    return Arguments(
                        actor=clause.agent or clause.subject, target=clause.subject if clause.agent else other
                    )
                return Arguments(actor=clause.subject, target=other)
            case "give":
                receiver = self._receiver(clause)
                return Arguments(actor=done_by, target=receiver or to)
            case "receive":
                source = clause.agent or self._among(clause, self.prep.source | self.prep.of | self.prep.by)
                return Arguments(actor=source, target=clause.subject)
            case "lose":
                return Arguments(actor=clause.agent, target=done_to)
            case "suffer":
                if not clause.passive and clause.obj is None:
                    return Arguments(target=clause.subject)
                return Arguments(actor=done_by, target=done_to)
            case "leave":
                return Arguments(
                    actor=done_by or clause.subject, place=clause.obj or clause.first(self.prep.source | self.prep.of)
                )
            case "seize":
                target = done_to or clause.first(self.prep.of | self.prep.at)
                return Arguments(actor=done_by, target=target, place=target)
            case "order":
                return Arguments(actor=done_by)
            case "hit":
                target = done_to or clause.first(self.prep.against)
                return Arguments(actor=done_by, target=target)
            case "throw":
                return Arguments(actor=done_by, target=clause.first(self.prep.against))
            case "into":
                goal = self._among(clause, self.prep.against | self.prep.at | self.prep.to)
                return Arguments(actor=done_by, target=goal, place=goal)
            case _:
                return Arguments(actor=done_by, target=done_to or clause.first(self.prep.against))

    def _receiver(self, clause: Clause) -> Node | None:
        for child in clause.node.children:
            if child.dep == "iobj" and child.lower not in self.lexicon.words.reflexives:
                return child
        return next((n for p, n in clause.obliques if p in self.prep.to and can_act(n, self.lexicon, self.names)), None)

    def _among(self, clause: Clause, prepositions: frozenset[str]) -> Node | None:
        """The first named or acting phrase with one of these prepositions."""
        for prep, node in clause.obliques:
            if prep in prepositions and (self.names.at(node) is not None or self.lexicon.is_a(node, "agents")):
                return node
        return None

    def _noun(self, clause: Clause, rule: Rule) -> Arguments:
        by = clause.first(self.prep.by) or clause.subject
        of = clause.first(self.prep.of)
        against = clause.first(self.prep.against)
        agent_like = of is not None and can_act(of, self.lexicon, self.names)
        governor = self._governor(clause.node)
        match rule.frame:
            case "toll":
                return Arguments(target=clause.node)
            case "go" | "alone" | "order" | "leave":
                return Arguments(actor=by or (of if agent_like else None) or governor)
            case "meet":
                return Arguments(
                    actor=by or (of if agent_like else None) or governor, target=clause.first(self.prep.company)
                )
            case "move" | "lose" | "suffer":
                return Arguments(actor=by, target=of)
            case "give":
                return Arguments(actor=by or governor, target=clause.first(self.prep.to))
            case "seize":
                return Arguments(actor=by or governor, target=of, place=of)
            case "undo":
                return Arguments(actor=by or governor, target=of)
            case _:
                target = against
                actor = by
                if of is not None:
                    if is_place(of, self.lexicon, self.names) and (against is None) and not self._is_side(of):
                        target = of
                    elif agent_like and actor is None:
                        actor = of
                return Arguments(actor=actor or governor, target=target)

    def _is_side(self, node: Node) -> bool:
        """A country acts as well as it suffers; after a noun of action the preposition of authorship wins elsewhere."""
        return False

    def _governor(self, node: Node) -> Node | None:
        """The subject of the verb that has the noun as its object: who orders a truce, launches an attack."""
        head = node.head
        if node.dep == "nmod" and head is not None and self.lexicon.is_a(head, "shells"):
            node, head = head, head.head
        if node.dep == "conj" and head is not None and head.pos in NOMINAL:
            node, head = head, head.head
        if head is None or head.pos not in VERBAL:
            return None
        if node.dep == "obj" or (head.lemma.lower() in self.lexicon.words.carriers and node.dep.startswith("obl")):
            found = resolved(subject_of(head, self.lexicon), self.lexicon)
            return found if found is not None and not is_passive(head) else None
        if node.dep == "nsubj:pass":
            return head.find("obl:agent")
        if node.dep.startswith("obl") and self.lexicon.preposition(node) in self.prep.purpose:
            return resolved(subject_of(head, self.lexicon), self.lexicon)
        return None


def spans(found: Arguments, lexicon: Lexicon, names: Names) -> tuple[Span | None, Span | None, Span | None]:
    """The spans of actor, target and place."""

    def span(node: Node | None) -> Span | None:
        return phrase(node, lexicon, names) if node is not None else None

    return span(found.actor), span(found.target), span(found.place)
