"""From roles to arguments: which phrase is the actor, which the target, by the frame of a rule."""

from ..tree import Node
from .clause import Clause, is_passive
from .order import following
from .phrases import is_place
from .subjects import subject_of
from .verbs import Arguments, VerbFrames
from .words import VERBAL, Rule

# Frames whose target is a place where that is what was struck, seized or entered.
PLACED = frozenset({"hit", "throw", "seize", "invade", "fall", "hold"})


class Framer(VerbFrames):
    """Fills the frames for one article.

    Frames: `act` someone does something to someone; `hit` with a place or people hit; `throw` something at a
    target; `invade` a country; `move` what moves is the target, whoever moves it the actor; `let_in` aid to where
    it is wanted; `take_in` arms or troops that arrive somewhere; `cross` the subject passes a place; `go` the
    traveller acts; `meet` one meets the other; `give` to a receiver; `receive` from a giver; `lose` what is lost;
    `suffer` the object, or without one the subject, undergoes it; what `cost`s lives, to whom; whose `hold` on
    what; `undergo` the subject does; `leave` a place, or visit it; `pull` troops out; `seize` a place; a place may
    `fall` into hands; `toll` the noun itself counts the people; `order` a truce or measure whose author governs it;
    `alone` an actor only; `none` is done to nobody; `fight` has sides; who `storm`s a place; whose `breach` of what.
    """

    def fill(self, clause: Clause, rule: Rule) -> Arguments:
        """Actor and target of a trigger under a rule."""
        if rule.frame == "hold":
            found = Arguments(actor=clause.complement(), target=subject_of(clause.node, self.lexicon))
        elif clause.verbal and rule.frame == "suffer" and self._spares(clause, rule):
            found = Arguments(actor=clause.subject)
        elif clause.verbal and rule.frame == "suffer" and (counted := self._counted_with(clause.node)) is not None:
            found = Arguments(target=counted)
        else:
            found = self._verb(clause, rule.frame) if clause.verbal else self._noun(clause, rule.frame)
        if not self._acts(found.actor) or self._heads(found.actor):
            found.actor = self._wielder(found.actor) if clause.verbal and rule.type != "other" else None
        target = found.target
        if target is not None and (self._empty(target, found.actor) or self._happens(target, rule)):
            found.target = None
        elif target is not None and clause.verbal and target.lemma.lower() in rule.next:
            found.target = None  # "a fait irruption": the noun is the trigger
        if found.place is None and found.target is not None and rule.frame in PLACED:
            found.place = self._located(found.target)
        return found

    def _wielder(self, actor: Node | None) -> Node | None:
        """Whose weapon it is that strikes ("un drone des FSR a frappé")."""
        if actor is None or not self._weapon(actor):
            return None
        owner = Clause(actor, self.lexicon).complement()
        if owner is None or owner.head is not actor or not self._does(owner):
            return None  # "une roquette tirée du Liban"
        if any(child.morph("Poss") == "Yes" for child in owner.children):
            return None  # "tué par le pistolet de son père"
        if self._struck(owner) and not self._is_land(owner):
            return None  # "la frappe de Soumy a tué 35 personnes"
        return owner

    def _is_land(self, node: Node) -> bool:
        name = self.names.at(node)
        return name is not None and self.lexicon.is_country(name.text)

    @staticmethod
    def _spares(clause: Clause, rule: Rule) -> bool:
        """Whether a verb says who did it to someone that the parse does not see ("ont abattu 28 d'entre eux")."""
        done = clause.node.find("aux:tense") is not None and clause.obj is None
        return done and not (clause.passive or clause.reflexive or rule.subject or rule.bare or rule.object)

    def _located(self, target: Node) -> Node | None:
        """The place that was struck or seized, or that a part of it was: also a proper noun that no layer knows."""
        if self.lexicon.is_a(target, "quantities"):
            target = target.find("nmod", "obl:arg") or target
        unknown = target.pos == "PROPN" and self.names.at(target) is None
        return target if unknown or is_place(target, self.lexicon, self.names) else None

    def _empty(self, target: Node, actor: Node | None) -> bool:
        """Whether a target names nothing done to: the actor itself, a time, or what is only background."""
        if target is actor or self.times.at(target) or target.lower in self.lexicon.words.reflexives:
            return True
        return self.lexicon.is_a(target, "background") or target.lower in self.lexicon.words.impersonal

    def _happens(self, node: Node, rule: Rule) -> bool:
        """Whether a phrase names another happening: nothing is done to a strike, a visit or a truce."""
        kept = rule.frame == "toll" or rule.type == "other" or node.pos != "NOUN"
        kept = (
            kept
            or self.lexicon.is_a(node, "quantities")
            or (rule.type == "ground" and rule.frame == "act")
            or self.lexicon.is_a(node, "buildings")
        )
        return not kept and any(other.type not in (None, "casualties") for _, other in self.lexicon.rules(node))

    def _heads(self, node: Node | None) -> bool:
        """Whether a place only opens a title before its colon ("Gaza : le Hamas accuse …")."""
        if node is None or node.i or node.tree.kind != "title":
            return False
        return any(other.lower == ":" for other in node.tree.nodes[1:4])

    def _noun(self, clause: Clause, frame: str) -> Arguments:
        by = clause.first(self.prep.by)
        by = by if self._acts(by) and not self._beyond(by, clause) else clause.subject
        by = by if self._acts(by) else None
        of = clause.complement()
        owned = any(c.morph("Poss") == "Yes" for c in clause.node.children)
        doer = by or (of if self._does(of) and not owned else None)
        match frame:
            case "toll":
                return Arguments(target=self._counted(clause.node))
            case "none":
                return Arguments(place=self._shaken(clause.node))
            case "storm":
                target = next(following(clause.node), None)
                verb = clause.node.head
                return Arguments(actor=subject_of(verb, self.lexicon) if verb is not None else None, target=target)
            case "breach":
                return Arguments(actor=doer or self.governor(clause.node) or self._owner(clause.node), target=of)
            case "leave":
                return self._leaving(clause, by, of)
            case "go" | "alone":
                traveller = clause.first(self.prep.purpose) if frame == "go" else None
                return Arguments(actor=doer or self.governor(clause.node) or traveller or self._owner(clause.node))
            case "order":
                return Arguments(actor=by or self._author(clause.node))
            case "meet":
                sides = self._between(clause)
                if sides is not None:
                    return Arguments(actor=sides[0], target=sides[1], joined=False)
                company = clause.first(self.prep.company)
                if doer is of and self._named_after(of):
                    return Arguments(actor=self.governor(clause.node), place=of)
                actor = doer or self._gathered(clause.node) or self.governor(clause.node) or self._owner(clause.node)
                return Arguments(actor=actor, target=company if self._acts(company) else None)
            case "move" | "lose" | "suffer" | "seize" | "take_in":
                actor = by or (None if frame == "lose" else self.governor(clause.node))
                undergone = self._object_of(clause.node) if frame == "suffer" and of is None else None
                return Arguments(actor=actor, target=of or undergone or self._spoilt(clause, frame))
            case "give" | "receive":
                receiver = next((n for p, n in clause.obliques if p in self.prep.to and self._receives(n)), None)
                return Arguments(actor=by or self.governor(clause.node), target=receiver)
            case "invade":
                aims = self._if_place(of) and not self._launches(clause.node, of)
                goal = clause.first(self.prep.against) or (of if aims else None) or self._goal(clause)
                actor = by or (of if not aims and self._does(of) else None) or self.governor(clause.node)
                return Arguments(actor=actor, target=goal)
            case "fight":
                return self._fight(clause, by, of)
            case _:
                return self._attack(clause, by, of)

    @staticmethod
    def _beyond(by: Node | None, clause: Clause) -> bool:
        """Whether a "by" phrase belongs to a participle on the way ("sur la ville tenue par les rebelles")."""
        between = clause.node.tree.nodes[clause.node.i + 1 : by.i] if by is not None else []
        return any(n.pos in VERBAL and n is not clause.node.head and n.head is not clause.node for n in between)

    def _owner(self, node: Node) -> Node | None:
        """The subject of the clause for "son arrivée", "leurs provocations": what its possessive stands for."""
        if not any(c.morph("Poss") == "Yes" for c in node.children):
            return None
        verb = next((a for a in node.ancestors() if a.pos in VERBAL and a.dep not in ("amod", "acl")), None)
        owner = subject_of(verb, self.lexicon) if verb is not None else None
        return owner if owner is not None and owner.i != node.i else None

    def _named_after(self, of: Node | None) -> bool:
        """Whether talks are named after the town where they are held ("les pourparlers de Djeddah")."""
        name = self.names.at(of) if of is not None else None
        return name is not None and name.type == "LOC" and not self.lexicon.is_country(name.text)

    def _gathered(self, node: Node) -> Node | None:
        """Who meets at a "sommet réunissant …"."""
        verb = next((c for c in node.all("acl", "acl:relcl") if self.lexicon.is_verb(c, self.lexicon.gathers)), None)
        return Clause(verb, self.lexicon).obj if verb is not None and not is_passive(verb) else None

    def _shaken(self, node: Node) -> Node | None:
        """The place that explosions shake."""
        verb = node.head
        if node.dep != "nsubj" or verb is None or not self.lexicon.is_verb(verb, self.lexicon.hits):
            return None
        return self._if_place(verb.find("obj"))

    def _spoilt(self, clause: Clause, frame: str) -> Node | None:
        """The building that damage without an "of" phrase is done to ("des dégâts dans une usine")."""
        if frame != "suffer":
            return None
        inside = (n for prep, n in clause.obliques if prep in self.prep.at and n.i in clause.direct)
        return next((n for n in inside if self.lexicon.is_a(n, "buildings") and self.names.at(n) is None), None)

    def _fight(self, clause: Clause, by: Node | None, of: Node | None) -> Arguments:
        """Fighting has sides, and a place where its "of" phrase is one ("les combats de Goma")."""
        sides = self._between(clause)
        if sides is not None:
            return Arguments(actor=sides[0], target=sides[1], joined=False)
        verb = clause.node.head
        if verb is not None and clause.node.dep == "nsubj" and self.lexicon.is_verb(verb, self.lexicon.opposes):
            one = verb.find("obj")
            other = one.find("conj") if one is not None else None
            behind = (n for prep, n in Clause(verb, self.lexicon).obliques if prep in self.prep.to and self._acts(n))
            return Arguments(actor=one, target=other or next(behind, None), joined=False)
        place = self._if_place(of)
        target = clause.first(self.prep.against - self.prep.at) or clause.first(self.prep.company)
        target = target or self._object_of(clause.node) or self._dealt(clause)
        actor = by or (of if place is None and self._does(of) else None) or self.governor(clause.node)
        return Arguments(actor=actor, target=target if self._acts(target) else None, place=place)

    def _counted(self, node: Node) -> Node | None:
        """The people that a noun for the dead or hurt counts: none where it is bare ("le nombre de morts")."""
        head = node.head
        among = self.lexicon.preposition(node) in self.prep.among and node.find("nummod") is None
        beside = self._beside(node) if among else None
        if beside is not None:
            return None if any(rule.type for _, rule in self.lexicon.rules(beside)) else beside
        if among and node.dep.startswith("obl") and head is not None:
            return self._found_among(node, head)
        if node.dep in ("nmod", "obl:arg") and head is not None and self.lexicon.is_a(head, "quantities"):
            return (
                head if self.lexicon.is_a(head, "numbers") or head.find("nummod") is not None else self._told_of(node)
            )
        return self._told_of(node)

    def _found_among(self, node: Node, head: Node) -> Node | None:
        """Who is said to be among the dead: "parmi les morts il y a dix civils", "… on dénombre dix civils"."""
        if head.pos == "NOUN":
            return head if head.i > node.i else node
        found = head.find("obj")
        return found if found is not None and found.i > node.i else subject_of(head, self.lexicon) or node

    @staticmethod
    def _beside(node: Node) -> Node | None:
        """Who stands right before "parmi les victimes"."""
        case = node.find("case")
        left = case.left if case is not None else None
        if left is None or left.pos != "NOUN":
            return None
        return left.head if left.dep == "conj" and left.head is not None else left

    @staticmethod
    def _counted_with(node: Node) -> Node | None:
        """The noun that a bare participle is joined to under one number ("1 500 tués et blessés"), or the participle
        that is counted itself ("2 339 évacués")."""
        number = node.left if node.morph("VerbForm") == "Part" else None
        if number is not None and number.pos == "NUM" and node.find("obl:agent", "aux:pass", "aux:tense") is None:
            return node
        bare = node.morph("VerbForm") == "Part" and not node.children[1:]
        joined = bare and node.dep == "conj" and node.left is not None and node.left.pos == "CCONJ"
        head = node.head if joined else None
        return head if head is not None and head.pos == "NOUN" and head.find("nummod") is not None else None

    def _told_of(self, node: Node) -> Node | None:
        """A noun that says more of the people than that they are dead or hurt."""
        left = node.left
        numbered = left is not None and left.sentence == node.sentence and (left.pos == "NUM" or left.text[0].isdigit())
        if numbered or node.find("nummod", "amod", "nmod", "acl", "nmod:poss") is not None:
            return node
        determiner = node.find("det")
        if determiner is None or determiner.lower in self.prep.full or determiner.lower in self.prep.of:
            return None  # "sans faire de victimes"
        return node if determiner.lower not in self.lexicon.words.definites else None

    def _leaving(self, clause: Clause, by: Node | None, of: Node | None) -> Arguments:
        """ "Le retrait des rebelles de Goma": who leaves, and the place; with a possessive, who pulls them out."""
        place = None
        if of is not None:
            sources = (n for prep, n in clause.obliques if prep in self.prep.source and n.i > of.i)
            place = next((n for n in sources if self._if_place(n)), None)
            if self._if_place(of) and place is None and by is None:
                return Arguments(actor=self.governor(clause.node), place=of)
        owned = of is not None and any(c.morph("Poss") == "Yes" for c in of.children)
        if owned and of is not None and (self.lexicon.is_a(of, "forces") or self.lexicon.is_a(of, "arms")):
            return Arguments(actor=by or self.governor(clause.node), target=of, place=place)
        actor = by or (of if self._does(of) else None) or self.governor(clause.node)
        return Arguments(actor=actor, place=place)

    def _between(self, clause: Clause) -> tuple[Node, Node | None] | None:
        """The two sides of a happening "between X and Y", or those that are named together ("deux tribus rivales")."""
        first = clause.first(self.prep.between)
        verb = clause.node.head
        if first is None and clause.node.dep == "nsubj" and verb is not None:
            behind = ((self.lexicon.preposition(n), n) for n in following(verb))
            first = next((n for prep, n in behind if prep in self.prep.between), None)
        if first is None or not self._acts(first):
            return None
        second = first.find("conj") or next((n for n in following(first) if self._joined(first, n)), None)
        return first, second

    @staticmethod
    def _joined(first: Node, second: Node) -> bool:
        """Whether a conjunction right before a phrase, its article apart, sets it beside another."""
        left = second.left
        while left is not None and left.i > first.i and left.pos in ("DET", "NUM", "ADJ"):
            left = left.left
        return left is not None and left.i > first.i and left.pos == "CCONJ"

    def _attack(self, clause: Clause, by: Node | None, of: Node | None) -> Arguments:
        """ "Le bombardement de X par Y", "une attaque de Y contre X": a place after "of" is struck, a body strikes."""
        sides = self._between(clause)
        if sides is not None and sides[0].head is clause.node:
            return Arguments(actor=sides[0], target=sides[1], joined=False)
        target, actor = clause.first(self.prep.against), by
        if target is not None and target.head is not None and self.lexicon.is_verb(target.head, self.lexicon.imputes):
            target = None  # "a strike blamed on Israel"
        if actor is None and target is not None and self._blamed_on(clause.node, target):
            actor, target = target, None
        suffers = of is not None and (self._struck(of) if by is None else not self._weapon(of))
        suffers = suffers and (by is not None or not self._launches(clause.node, of))
        if target is None and suffers:
            target = of
        elif actor is None and self._does(of):
            actor = of
        target = target or self._object_of(clause.node) or self._dealt(clause)
        return Arguments(actor=actor or self.governor(clause.node), target=target)

    def _blamed_on(self, node: Node, whom: Node) -> bool:
        """Whether a phrase names whom an attack is laid to, and not what it hit: "blamed the attack on Ukraine"."""
        verb = node.head if node.dep == "obj" else None
        if verb is None or not self.lexicon.is_verb(verb, self.lexicon.imputes):
            return False
        dative = Clause(verb, self.lexicon).first(self.prep.to - self.prep.at)
        return dative is None and self.lexicon.preposition(whom) in self.prep.at

    def _dealt(self, clause: Clause) -> Node | None:
        """Whom a light verb deals its noun to: "imposer des sanctions à Minsk", "tendre une embuscade à un convoi"."""
        node, verb = self._shelled(clause.node)
        if verb is None or node.dep not in ("obj", "nsubj:pass") or not self.lexicon.is_verb(verb, self.lexicon.lights):
            return None
        later = ((prep, n) for prep, n in clause.obliques if prep in self.prep.to and n.i > clause.node.i)
        punished = self.lexicon.is_a(node, "punishments")
        return next((n for _, n in later if self._receives(n) and (punished or self._dative(n))), None)

    def _dative(self, node: Node) -> bool:
        """Whether a phrase with "to" is a receiver: of places only countries with their article."""
        name = self.names.at(node)
        if name is None or name.type != "LOC":
            return not is_place(node, self.lexicon, self.names)
        return self.lexicon.is_country(name.text) and node.find("det") is not None

    def _struck(self, of: Node) -> bool:
        # A proper noun that no layer knows is a town more often than a body: bodies are known by their words.
        if of.pos == "PROPN" and self.names.at(of) is None:
            return True
        struck = self.lexicon.is_a(of, "buildings") or self.lexicon.is_a(of, "ships")
        return struck or is_place(of, self.lexicon, self.names)

    def _launches(self, node: Node, of: Node | None) -> bool:
        """Whether a country is whose thrust it is: "l'offensive de l'Azerbaïdjan", other than "l'invasion de" it."""
        return of is not None and self.lexicon.is_a(node, "thrusts") and self._is_land(of)

    def _weapon(self, of: Node) -> bool:
        return self.lexicon.is_a(of, "weapons") or self.lexicon.is_a(of, "arms")

    def _does(self, of: Node | None) -> bool:
        """An "of" phrase that may name the author: not a bare common noun, which only qualifies ("de bataillon")."""
        if of is None or not self._acts(of):
            return False
        bare = of.find("det") is None and self.names.at(of) is None and of.morph("Number") == "Sing"
        contracted = any(c.dep == "case" and c.lower in self.lexicon.words.contracted for c in of.children)
        return not bare or contracted or of.pos == "PRON"
