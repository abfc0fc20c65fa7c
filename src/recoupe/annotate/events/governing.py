"""Who a noun's governing verb makes its author or its victim: who attacks, comes under fire, keeps a truce."""

from ..tree import Node
from .clause import Clause, is_passive
from .lexicon import Lexicon
from .subjects import subject_of
from .words import NOMINAL, VERBAL

HARMS = frozenset({"casualties", "damage", "loss"})


class Governing:
    """Finds the arguments of nouns through the verbs and nouns that they hang on."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon, self.prep = lexicon, lexicon.words.prepositions

    def _shelled(self, node: Node) -> tuple[Node, Node | None]:
        """The noun that stands for a trigger in its clause ("une vague de frappes"), and what that hangs on."""
        head = node.head
        for _ in range(3):
            shell = node.dep in ("nmod", "obl:arg") and head is not None and self._carries(head)
            shell = shell and self.lexicon.preposition(node) not in self.prep.since  # "un succès depuis la chute de"
            joined = node.dep == "conj" and head is not None and head.pos in NOMINAL
            if head is None or not (shell or joined):
                break
            node = head
            head = node.head
        return node, head

    def _carries(self, head: Node) -> bool:
        """Whether a noun only says how many of a happening there were, or that one began or ended."""
        return head.pos == "PRON" or self.lexicon.is_a(head, "shells") or self.lexicon.is_a(head, "quantities")

    def governor(self, node: Node) -> Node | None:
        """The subject of the verb that has the noun as its object: who launches an attack, holds talks."""
        if node.dep in ("nmod", "obl:arg") and node.head is not None and self.lexicon.is_a(node.head, "stops"):
            return None  # "la Cour a ordonné l'arrêt de l'offensive": it is somebody else's
        found = self._governing(node)
        if found is not None:
            return found
        led = (c for c in node.all("acl") if is_passive(c) and self.lexicon.is_verb(c, self.lexicon.lights))
        agent = next((agent for c in led if (agent := c.find("obl:agent")) is not None), None)
        if agent is not None:
            # "l'attaque, menée par les rebelles, …"
            return agent
        node, head = self._shelled(node)
        if node.dep == "obj" or (head is not None and head.pos in VERBAL and node.dep != "nmod"):
            return None
        # "mènent depuis janvier des frappes": the parse hangs objects on what stands between.
        verb = self._verb_before(node) if self.lexicon.preposition(node) == "" else None
        if verb is None or not self.lexicon.is_verb(verb, self.lexicon.lights) or is_passive(verb):
            return None
        return subject_of(verb, self.lexicon)

    def _governing(self, node: Node) -> Node | None:
        node, head = self._shelled(node)
        if head is None:
            return None
        if head.pos not in VERBAL:
            return self._origin(node, head)
        oblique = node.dep.startswith("obl")
        prep = self.lexicon.preposition(node) if oblique else ""
        carried = (
            oblique
            and prep not in self.prep.after | self.prep.against
            and self.lexicon.among(head, self.lexicon.words.carriers)
        )
        # "se prépare à une offensive", but not "s'est excusé pour la tuerie"
        aimed = oblique and prep in self.prep.purpose and not self.lexicon.is_verb(head, self.lexicon.regrets)
        # Who condemns a strike does not strike: only verbs of doing hand their subject on.
        refused = head.find("advmod") is not None and any(
            c.lower in self.lexicon.words.negations for c in head.children
        )
        if refused and not self.lexicon.is_verb(head, self.lexicon.occurrences):
            return None
        if node.dep == "obj" and self.lexicon.is_verb(head, self.lexicon.imputes):
            # "impute l'assaut aux rebelles"
            return Clause(head, self.lexicon).first(self.prep.to)
        if oblique and prep in self.prep.of and self.lexicon.is_verb(head, self.lexicon.controls):
            # "accuse la guérilla de crimes"
            return head.find("obj")
        done = node.dep == "obj" and self.lexicon.is_verb(head, self.lexicon.lights)
        if done or carried or aimed:
            return subject_of(head, self.lexicon) if not is_passive(head) or aimed else None
        if node.dep == "nsubj:pass" and self.lexicon.is_verb(head, self.lexicon.lights):
            return head.find("obl:agent")
        return None

    def _origin(self, node: Node, head: Node) -> Node | None:
        """Who is said to be at the origin of an attack."""
        if node.dep != "nmod" or not self.lexicon.is_a(head, "authorship"):
            return None
        if head.find("cop") is not None:
            return subject_of(head, self.lexicon)
        # "sont tenus pour responsables de la mort de"
        held = head.head if head.dep.startswith("obl") or head.dep == "xcomp" else None
        return subject_of(held, self.lexicon) if held is not None and held.pos in VERBAL else None

    def _object_of(self, node: Node) -> Node | None:
        """Who is said to be the target of an attack: "X a été la cible d'une frappe", "X a essuyé des tirs", "des
        explosions ont secoué X"."""
        node, head = self._shelled(node)
        if head is None:
            return None
        if head.pos not in VERBAL:
            if node.dep in ("nmod", "obl:arg") and self.lexicon.is_a(head, "victimhood"):
                verb = head.head if head.dep in ("obj", "xcomp") else None
                return subject_of(verb if verb is not None and verb.pos in VERBAL else head, self.lexicon)
            return None
        if node.dep == "obj":
            return subject_of(head, self.lexicon) if self.lexicon.is_verb(head, self.lexicon.suffers) else None
        if node.dep.startswith("obl") and self.lexicon.preposition(node) in self.prep.under:
            return subject_of(head, self.lexicon)
        undergone = head.find("obj")
        if node.dep.startswith("obl") and undergone is not None and self.lexicon.is_a(undergone, "victimhood"):
            return subject_of(head, self.lexicon)
        if self.lexicon.is_verb(head, self.lexicon.hits):
            if node.dep in ("nsubj", "nsubj:pass") and not is_passive(head):
                return Clause(head, self.lexicon).obj
            if node.dep == "obl:agent":
                return subject_of(head, self.lexicon)
        if node.dep == "obl:agent" and any(rule.type in HARMS for _, rule in self.lexicon.rules(head)):
            return subject_of(head, self.lexicon)  # "un civil a été tué par un tir d'artillerie"
        return None

    def _author(self, node: Node) -> Node | None:
        """Who declares, orders, keeps or breaks a truce: the subject of the verb that governs it, or of the order
        that this verb hangs on."""
        # "la proposition de trêve présentée par les médiateurs"
        above = node.head.all("acl") if node.dep == "nmod" and node.head is not None and node.head.pos == "NOUN" else []
        for said in [*node.all("acl", "acl:relcl"), *above]:
            if not any(self.lexicon.is_verb(said, verbs) for verbs in (self.lexicon.authors, self.lexicon.lights)):
                continue
            agent = Clause(said, self.lexicon).agent if is_passive(said) else subject_of(said, self.lexicon)
            if agent is not None and agent is not node:
                return agent
        node, head = self._shelled(node)
        if head is not None and head.pos == "NOUN" and node.dep == "nmod":
            # "l'accord de trêve a été signé par les deux parties"
            node, head = head, head.head
        verb = head if head is not None and head.pos in VERBAL and node.dep in ("obj", "nsubj:pass") else None
        if verb is None and head is not None and head.pos in VERBAL and node.dep.startswith("obl"):
            # "agreed on a truce", "s'accordent sur une trêve"
            verb = head if self.lexicon.preposition(node) in self.prep.at - self.prep.to else None
        fit = verb is not None and self.lexicon.is_verb(verb, self.lexicon.authors)
        if not fit and self.lexicon.preposition(node) == "":
            verb = self._verb_before(node)
        if verb is None or not self.lexicon.is_verb(verb, self.lexicon.authors):
            return None
        if is_passive(verb):
            return verb.find("obl:agent")
        # "a ordonné de déclarer la trêve"; who is accused of breaking it did so
        ordered = verb.dep == "xcomp" and verb.find("aux:tense") is None
        order = verb.head if ordered and not self.lexicon.is_verb(verb, self.lexicon.keeps) else None
        accused = order is not None and self.lexicon.is_verb(order, self.lexicon.charges)
        if order is not None and self.lexicon.is_verb(order, self.lexicon.controls) and not accused:
            return subject_of(order, self.lexicon)
        return subject_of(verb, self.lexicon)

    def _verb_before(self, node: Node) -> Node | None:
        """The verb left of a noun with nothing but adverbials between."""
        for other in reversed(node.tree.nodes[max(0, node.i - 8) : node.i]):
            if other.sentence != node.sentence or other.lower in (";", ":") or other.dep == "mark":
                return None
            if other.pos in VERBAL and other.dep not in ("amod", "acl"):
                return other
        return None
