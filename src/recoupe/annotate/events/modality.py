"""Whether a clause says that its event happened: negation, tense, modal verbs, plans and fears above a trigger."""

from collections.abc import Iterator
from itertools import islice, takewhile

from ...model.records import Span
from ..tree import Node
from .clause import is_future
from .lexicon import Lexicon
from .words import NOMINAL, VERBAL

NOUN_LINKS = ("obj", "nsubj", "nsubj:pass", "obl:arg")
# Heads above a trigger that may say whether it happened; more of them are a damaged parse.
HIGHEST = 10
REPORTED = ("aux:tense", "aux:pass", "aux")
OPENING = ("PUNCT", "CCONJ")
ARGUMENTS = ("nsubj", "nsubj:pass", "obj")
OWN_CLAUSE = ("nsubj", "nsubj:pass", "aux:tense", "aux:pass")


class Modality:
    """Reads what the words around a trigger say of its reality, whoever says it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon, self.words = lexicon, lexicon.words
        self._climbed: tuple[Node | None, list[Node]] = (None, [])
        self._bounds: tuple[Span, ...] = ()
        self._limited: tuple[list[Node], bool] = ([], False)

    def _is(self, verb: Node, listed: frozenset[str]) -> bool:
        return self.lexicon.is_verb(verb, listed)

    def _negators(self, verb: Node) -> list[Node]:
        """The negations of a verb; where the language has a particle, some words negate only with it."""
        words = [c for c in verb.children if c.lower in self.words.negations]
        lone = words and all(c.lower in self.words.halves for c in words)
        return [] if lone else words

    def definite(self, node: Node) -> bool:
        """Whether a bare noun with a definite article takes up a happening that is known already."""
        if node.pos != "NOUN" or node.find("acl", "acl:relcl", "nmod", "amod") is not None:
            return False
        contracted = any(c.dep == "case" and c.lower in self.words.contracted for c in node.children)
        return contracted or any(c.lower in self.words.definites for c in node.all("det"))

    def pointed(self, node: Node) -> bool:
        """Whether a noun has a demonstrative: it takes up what was told, whatever else it says of it."""
        determiner = node.find("det") if node.pos == "NOUN" else None
        return determiner is not None and determiner.lower in self.words.demonstratives

    def presupposed(self, node: Node) -> bool:
        """Whether a noun is only a circumstance of what is said ("après le début de la trêve"), or what it is about."""
        if self._in_case(node):
            return False
        top = node
        while top.dep == "nmod" and top.head is not None:
            top = top.head
        if top.dep == "nsubj":
            return top is not node or self.given(node)
        return top.dep in ("obl:mod", "obl:tmod", "obl") or (top.dep == "obl:arg" and top is not node)

    def negated(self, node: Node) -> bool:
        """Whether a negation stands at the verb of the trigger; a restriction ("ne … que") is none."""
        verb: Node | None = node
        below = node
        while verb is not None:
            words = self._negators(verb) if verb is node or not self._stands(below, verb) else []
            own = [c for c in verb.all(*ARGUMENTS) if verb is node or c is below]
            words += [d for c in own for d in c.all("det") if d.lower in self.words.negations]
            if words and not self._restricted(verb, words):
                if verb is not node and (self._given(node, verb) or self._unsettled(node, verb)):
                    return False
                # What could not be prevented happened.
                return verb is node or not self._prevents(verb)
            infinitive = verb.dep == "acl" and verb.morph("VerbForm") == "Inf"
            if verb.pos in VERBAL and verb.dep != "xcomp" and not infinitive:
                return False
            linked = verb.dep in (*ARGUMENTS, "xcomp")
            if verb.pos not in VERBAL and not (linked or self._shelled(verb) or self._by_any(verb)):
                return False
            below = verb
            verb = verb.head
        return False

    def _by_any(self, node: Node) -> bool:
        """Whether an indefinite noun is by what something is done: "n'ont jamais été touchées par des tirs"."""
        return node.dep == "obl:agent" and not self.given(node)

    def _stands(self, node: Node, verb: Node) -> bool:
        """Whether a noun is the subject of a verb that tells no happening: what the verb is denied, it still is."""
        if node.dep != "nsubj" or node.pos != "NOUN" or verb.pos not in VERBAL:
            return False
        told = verb.find("xcomp") if self.lexicon.among(verb, self.lexicon.helping) else None
        return not self.lexicon.is_verb(told or verb, self.lexicon.occurrences)

    def _given(self, node: Node, verb: Node) -> bool:
        """Whether a definite noun is taken for granted by a verb: an attack that nobody claims has happened."""
        while self._shelled(node) and node.head is not None:
            node = node.head
        if node.dep not in NOUN_LINKS:
            return False
        if self.lexicon.is_verb(verb, self.lexicon.occurrences) and not self._causes(node, verb):
            return False
        return self.given(node)

    def _causes(self, node: Node, verb: Node) -> bool:
        """Whether a happening is denied another: "l'attaque n'a pas fait de victimes"."""
        other = verb.find("obj") if node.dep == "nsubj" else None
        return other is not None and bool(self.lexicon.rules(other))

    def given(self, node: Node) -> bool:
        """Whether a noun has a definite determiner."""
        if node.pos == "NOUN" and any(c.lower in self.words.contracted for c in node.all("case")):
            return True
        return node.pos == "NOUN" and any(c.lower in self.words.definites for c in node.all("det", "nmod:poss"))

    def _unsettled(self, node: Node, verb: Node) -> bool:
        """Whether what is not confirmed or not ruled out is only possible: "n'a pas confirmé d'éventuels tirs"."""
        foreseen = any(self.lexicon.among(c, self.words.modals) for c in node.all("amod"))
        return foreseen or self.lexicon.is_verb(verb, self.lexicon.denials)

    def _given_by(self, node: Node) -> bool:
        head = node.head
        return head is not None and head.pos in VERBAL and self._given(node, head)

    def conditional(self, node: Node) -> bool:
        """Whether a condition stands above the trigger ("si les otages ne sont pas remis")."""
        found = self._marked(node) or self._opened(node) or self._only(node) or self._in_case(node)
        return found and not self._set_off(node)

    def _in_case(self, node: Node) -> bool:
        """Whether a noun is the case that something is provided for: "en cas d'attaque"."""
        case = node.head if node.dep == "nmod" else None
        if case is None or not self.lexicon.among(case, self.words.cases):
            return False
        return self.lexicon.preposition(case) in self.words.prepositions.at

    def _marked(self, node: Node) -> bool:
        """Whether the clause of a trigger begins with a condition."""
        for above in self._governors(node):
            for child in above.children:
                if child.dep == "mark" and child.lower in self.words.conditions:
                    return True
        return False

    def _only(self, node: Node) -> bool:
        """Whether a trigger may come on one condition: "une trêve n'a de sens que si…", "ce n'est qu'alors que…"."""
        sentence = node.tree.sentences[node.sentence]
        if self._limited[0] is not sentence:
            self._limited = sentence, self._limits(sentence)
        return self._limited[1] and not self.given(node) and node.find("aux:tense") is None

    def _limits(self, sentence: list[Node]) -> bool:
        """Whether a sentence has a restriction to a condition ("ne … que si")."""
        words = [node.lower for node in sentence]
        if self.words.onlys.isdisjoint(words) or self.words.particles.isdisjoint(words):
            return False
        first = next(i for i, word in enumerate(words) if word in self.words.particles)
        later = zip(words[first:], words[first + 1 :], strict=False)
        return any(word in self.words.restrictions and then in self.words.onlys for word, then in later)

    def _opened(self, node: Node) -> bool:
        """Whether a trigger stands in the clause that a condition opens its sentence with ("Si l'armée attaque, …")."""
        first = next((n for n in node.tree.sentences[node.sentence] if n.pos not in OPENING), node)
        if first.pos != "SCONJ" or first.lower not in self.words.conditions:
            return False
        return not any(other.lower == "," for other in node.tree.nodes[first.i : node.i])

    def _shelled(self, node: Node) -> bool:
        return node.dep == "nmod" and node.head is not None and self.lexicon.is_a(node.head, "shells")

    def _prevents(self, verb: Node) -> bool:
        return self.lexicon.among(verb, self.words.prevents)

    def _restricted(self, verb: Node, words: list[Node]) -> bool:
        """A lone particle is no negation: a restriction ("ne détruit que"), or the empty one after a fear."""
        lone = len(words) == 1 and words[0].lower in self.words.particles and bool(self.words.restrictions)
        return lone and not any(n.lower in self.words.lone_verbs for n in (verb, *verb.children, *words[0].ancestors()))

    def modal(self, node: Node) -> bool:
        """Whether a modal verb, a fear, an appeal or a condition stands above the trigger."""
        if self._goes_on(node):
            return False
        if self._urged(node) or self._hung_on(node, self.lexicon.discusses) or self._any(node):
            return True
        if self._supposed(node):
            return True
        for above in self._governors(node):
            # A modal in the past reports what came about ("a pu détruire"), not what may come.
            past = any(c.dep == "aux:tense" for c in above.children) or above.morph("Tense") == "Imp"
            past = past and not (above is not node and self.lexicon.among(above, self.words.wishes))
            # "arrivé au pouvoir": an infinitive with a determiner is no modal verb.
            noun = above.pos in NOMINAL and above.lower.endswith(self.words.infinitive_endings)
            if not past and not noun and self.lexicon.among(above, self.lexicon.doubts):
                return True
            if any(c.dep in ("aux", "advmod") and c.lower in self.words.modals for c in above.children):
                return True
            if above is not node and self._prevents(above):
                return not any(c.lower in self.words.negations for c in above.children)
        return self.conditional(node)

    def _hung_on(self, node: Node, listed: frozenset[str]) -> bool:
        """Whether a noun is what an agreement or talks are about ("accord sur un retrait")."""
        while node.dep == "conj" and node.head is not None and node.head.pos not in VERBAL:
            node = node.head
        head = node.head
        if node.pos in VERBAL or head is None or not self.lexicon.among(head, listed):
            return False
        return self.lexicon.preposition(node) in self.words.about

    def _any(self, node: Node) -> bool:
        """Whether a noun is one of a kind that may come: "toute attaque"."""
        determiner = node.find("det") if node.pos == "NOUN" else None
        return determiner is not None and determiner.lower in self.words.anys and node.morph("Number") != "Plur"

    def _supposed(self, node: Node) -> bool:
        """Whether an indefinite noun is the subject of a conditional: "un retrait rendrait la ville vulnérable"."""
        verb = node.head
        indefinite = node.pos == "NOUN" and node.dep == "nsubj" and not self.given(node)
        return indefinite and verb is not None and verb.morph("Mood") == "Cnd" and verb.find("aux:tense") is None

    def _goes_on(self, node: Node) -> bool:
        """Whether a trigger is said to continue: it happens already."""
        going = (above for above in self._governors(node) if above is not node)
        return any(self._is(above, self.lexicon.goes_on) and not self._is_ahead(above) for above in going)

    def _urged(self, node: Node) -> bool:
        """Whether a noun is what someone is pushed or called to."""
        verb = node.head
        linked = node.dep.startswith("obl") and self.lexicon.preposition(node) in self.words.prepositions.to
        return linked and verb is not None and self._is(verb, self.lexicon.urges)

    def future(self, node: Node, *, past: bool = False) -> bool:
        """Whether the trigger lies ahead: a future, a duty or a plan above it (of what is `past`, only its own)."""
        if self._hung_on(node, self.lexicon.settles):
            return True
        return any(self._is_ahead(above) for above in self._governors(node) if above is node or not past)

    def put_off(self, node: Node) -> bool:
        """Whether a negation only says before when it will not be ("ne doivent pas se réunir avant le 28 février")."""
        verbs = [verb for verb in (node, *self._governors(node)) if verb.pos in VERBAL]
        marks = (m for verb in verbs for c in verb.children if c.dep.startswith("obl") for m in c.all("case"))
        if not any(mark.lower in self.words.not_before for mark in marks) or not self.negated(node):
            return False
        tenses = (c for verb in verbs for c in (verb, *verb.all("aux:tense", "aux")))
        return not any(c.morph("Tense") in ("Past", "Imp") for c in tenses)

    def ahead(self, node: Node) -> bool:
        """Whether nothing says that a promised happening is past: its clause has no past tense of its own."""
        verb: Node | None = node
        while verb is not None and verb.pos not in VERBAL:
            verb = verb.head
        if verb is None or node.pos not in VERBAL or self.future(node):
            return True
        return verb.find("aux:tense") is None or verb.find("aux:pass") is not None

    def _come_about(self, verb: Node) -> bool:
        """Whether the conditional of "to be" makes the perfect of a verb of motion or change: "seraient morts"."""
        cond = (c for c in verb.children if c.dep in (*REPORTED, "cop") and c.morph("Mood") == "Cnd" and c.i < verb.i)
        return next(cond, None) is not None and verb.lower in self.lexicon.unmoved

    def _is_ahead(self, above: Node) -> bool:
        if self._come_about(above):
            return False
        if (
            (above.morph("Tense") == "Fut" and above.find("aux:tense") is None)
            or (above.morph("VerbForm") == "Fin" and is_future(above, self.lexicon))
            or above.morph("Mood") == "Cnd"
        ):
            return True
        for child in above.children:
            if child.dep.startswith("aux") or child.dep == "cop":
                reported = child.morph("Mood") == "Cnd" and child.dep == "aux:tense" and above.pos in VERBAL
                if not reported and (child.morph("Tense") == "Fut" or child.lower in self.words.future_aux):
                    return True
            if child.dep == "amod" and self.lexicon.among(child, self.words.plans):
                return True
        if self.lexicon.among(above, self.words.duties):
            # "avait dû fuir" is over.
            return above.find("aux:tense") is None
        if self.lexicon.among(above, self.words.infinitive_plans):
            return above.find("xcomp") is not None
        return self.lexicon.among(above, self.words.plans)

    def _governors(self, node: Node) -> list[Node]:
        """The trigger, and the verbs and nouns that it depends on within its own clause, and within the claim that
        holds it: what stands above a claim is not said by its source."""
        if self._climbed[0] is not node:
            # Every question about one trigger climbs the same heads.
            self._climbed = node, [node, *takewhile(self._inside, self._above(node))]
        return self._climbed[1]

    def _inside(self, above: Node) -> bool:
        return not self._bounds or any(start <= above.start < end for start, end in self._bounds)

    def _above(self, node: Node) -> Iterator[Node]:
        for above in islice(node.ancestors(), HIGHEST):
            shell = node.dep == "nmod" and self.lexicon.among(above, self.lexicon.handing)
            nominal = node.pos not in VERBAL and (shell or node.dep in NOUN_LINKS)
            nominal = nominal or (node.pos not in VERBAL and self._aimed(node))
            joined = node.dep == "conj" and node.find(*OWN_CLAUSE) is None
            infinitive = node.dep in ("acl", "advcl", "xcomp") and node.morph("VerbForm") == "Inf"
            if not (nominal or joined or infinitive or node.dep in ("xcomp", "aux")):
                return
            if self._stands(node, above) and self.given(node) and node.find("case") is None:
                # "les dégâts pourraient gêner le ravitaillement": the damage is done.
                return
            yield above
            node = above

    def _aimed(self, node: Node) -> bool:
        """Whether a noun is the purpose of its verb ("se rendre à Minsk pour des entretiens")."""
        return node.dep.startswith("obl") and self.lexicon.preposition(node) in self.words.prepositions.purpose

    def _set_off(self, node: Node) -> bool:
        """Whether a trigger is a participle between commas ("son fils, capturé en mai, …")."""
        left = node.left
        bare = node.morph("VerbForm") == "Part" and node.morph("Tense") == "Past" and node.find(*REPORTED) is None
        return bare and not node.lower.endswith(self.words.active_endings) and left is not None and left.lower == ","
