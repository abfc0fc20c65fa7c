"""Who does what to whom around a trigger: the roles of a verb or noun, by Universal Dependencies labels.

The labels are wrong in every fifth clause of translated news (fr_core_news_md, counted on the seeds), so each role
has a second way by word order: the subject is left of the auxiliaries, a relative pronoun follows its noun.
"""

from collections.abc import Iterator

from ..tree import Node
from .lexicon import Lexicon, is_joined_participle
from .once import once
from .order import following
from .subjects import (
    AUXILIARIES,
    BOUNDS,
    OBJECTS,
    OBLIQUES,
    STRAY,
    SUBJECTS,
    antecedent,
    behind_infinitive,
    climbed,
    left_nominal,
    subject_of,
)
from .words import NOMINAL, VERBAL

# Coordinations of more verbs than this are lists or damage.
DEEPEST = 20
SKIPPED = frozenset({'"', "'", "«", "»", "“", "”", "que", "qu'", "qu’"})
# Tokens from a number to its noun ("30 des 38 drones").
NUMBERED = 4
# Tokens behind a verb in which its object stands.
REACH = 9
# Letters: shorter verbs end like futures by chance ("sera" has its own list).
SHORT = 6


class Clause:
    """A trigger with its grammatical arguments; each is a token, the head of its phrase.

    They are looked for when a rule or frame asks: half of the words that may be triggers fail at their first condition.
    """

    def __init__(self, node: Node, lexicon: Lexicon) -> None:
        self.node, self.lexicon = node, lexicon
        self.verbal = self._is_verbal()
        # A participle tagged as the adjective of a noun.
        self._adjectival = self.verbal and node.pos == "ADJ" and self._qualifying()

    def _qualifying(self) -> bool:
        if self.node.dep == "acl":
            plain = self.node.find("mark", *SUBJECTS) is None
            return plain and self.node.lower not in self.lexicon.unmoved
        return self.node.dep == "amod"

    def _is_verbal(self) -> bool:
        """Whether the trigger is used as a verb, whatever its tag."""
        node, lexicon = self.node, self.lexicon
        if node.pos in VERBAL:
            return True
        if node.pos == "NOUN" and node.find("nummod") is not None:
            # "nous avons 49 tués": what is counted is a noun, whatever stands before the number.
            return False
        return (
            any(c.dep in AUXILIARIES and c.i < node.i for c in node.children)
            or lexicon.after_auxiliary(node)
            or (node.pos == "ADJ" and bool(lexicon.rules(node)))
            or lexicon.is_infinitive(node)
            or lexicon.is_gerund(node)
            or is_joined_participle(node)
        )

    @once
    def _active(self) -> bool:
        return self.node.lower.endswith(self.lexicon.words.active_endings)

    @once
    def passive(self) -> bool:
        """Whether the trigger is a passive verb."""
        if self._adjectival and not self._active:
            return True
        return self.verbal and not self._intransitive() and is_passive(self.node) and not self.reflexive

    @once
    def reflexive(self) -> bool:
        """Whether a verb has a reflexive pronoun."""
        reflexives = self.lexicon.words.reflexives
        return self.verbal and any(c.lower in reflexives and c.dep not in SUBJECTS for c in _clitics(self.node))

    @once
    def subject(self) -> Node | None:
        """The grammatical subject of a verb, the possessor of a noun."""
        if not self.verbal:
            return self.node.find("nmod:poss")
        if self._adjectival and not self._active:
            return self.node.head
        postposed = next((c for c in self.node.all("obj") if c.i > self.node.i), None)
        if postposed is not None and self.node.find("aux:pass") is not None and self.node.find(*SUBJECTS) is None:
            # "où sont déployés 10 000 soldats"
            return postposed
        return subject_of(self._predicate or self.node, self.lexicon)

    @once
    def obj(self) -> Node | None:
        """The object of a verb."""
        if not self.verbal:
            return None
        if self._adjectival and self._active:
            beside = next(iter(self.after), None)
            return climbed(beside) if beside is not None else None
        if self._predicate is not None:
            return next((c for c in self._predicate.all("obj") if c is not self.node), None) or self._beside()
        return self._object()

    @once
    def _predicate(self) -> Node | None:
        """The auxiliary that the parse takes for the verb of a trigger that it takes for a noun."""
        node, head = self.node, self.node.head
        if self._adjectival or node.pos in VERBAL or head is None:
            return None
        return head if head.lower in self.lexicon.words.auxiliaries else None

    @once
    def agent(self) -> Node | None:
        """By whom a passive verb is done."""
        if not self.passive:
            return None
        by = self.lexicon.words.prepositions.by
        agent = self.node.find("obl:agent")
        agent = agent or next((n for prep, n in self.obliques if prep in by and n.i in self.direct), None)
        # "ont été tués et 12 enlevés par des hommes armés"
        joined = (
            c for c in self.node.all("conj") if is_passive(c) and (c.find(*SUBJECTS) is None or not c.find("aux:pass"))
        )
        return agent or next((shared for c in joined if (shared := c.find("obl:agent")) is not None), None)

    @once
    def direct(self) -> frozenset[int]:
        """The tokens among the obliques that the parse hangs on the trigger."""
        return frozenset(
            child.i
            for child in self.node.children
            if child.dep in OBLIQUES and child.pos not in VERBAL and self.lexicon.preposition(child)
        )

    @once
    def after(self) -> list[Node]:
        """The nominals that follow up to the next verb or comma."""
        return list(following(self.node))

    @once
    def obliques(self) -> list[tuple[str, Node]]:
        """The prepositional phrases of the trigger, as (preposition, head): those that the parse gives first."""
        return list(self._obliques())

    def _object(self) -> Node | None:
        node = self.node
        objects = [c for c in node.all(*OBJECTS) if c.text[0].isalnum()]
        objects = objects or [c for c in node.all("nsubj") if behind_infinitive(c, node)]
        # "répliquent qu'ils retiennent des soldats": the conjunction is read as a relative pronoun
        others = [c for c in objects if c.lower not in self.lexicon.words.object_relatives]
        found = next(iter(others or objects), None)
        if found is not None and self.lexicon.is_a(found, "calendar"):
            # "ont livré la semaine passée 24 chars"
            return self._past(found)
        quantity = found if found is not None and found.pos == "ADV" else None
        if found is None:
            quantity = next((c for c in node.all("advmod") if c.i > node.i and c.find("obl:arg", "nmod", "obl")), None)
        if quantity is not None:
            return quantity.find("obl:arg", "nmod", "obl") or found
        beside = self._beside() if found is not None and not self.passive else None
        # Of two objects the nearer one is right, unless it hangs on a preposition that looks like an article.
        if found is not None and beside is not None and beside.i < found.i:
            counts = beside.head is found and found.i - beside.i <= NUMBERED
            found = beside if self._surer(beside, found) and not counts else found
        if found is not None:
            return antecedent(found, self.lexicon) if found.lower in self.lexicon.words.object_relatives else found
        if not self.passive:
            mark = next((c for c in node.all("mark") if c.lower in self.lexicon.words.object_relatives), None)
            above = next((n for n in (node, *node.ancestors()) if n.dep not in ("xcomp", "conj")), node)
            if above.dep in ("acl:relcl", "acl") and mark is None:
                mark = next((c for c in above.children if c.lower in self.lexicon.words.object_relatives), None)
            if mark is not None and above.dep in ("acl:relcl", "acl", "ccomp"):
                return above.head if above.dep != "ccomp" else self._beside() or left_nominal(mark)
            return self._beside() or self._late()
        return None

    def _past(self, time: Node) -> Node | None:
        """The object behind a time that the parse takes for it."""
        behind = (n for n in self.node.tree.nodes[time.i + 1 : time.i + 1 + REACH] if n.pos in NOMINAL)
        other = next((n for n in behind if not self.lexicon.is_a(n, "calendar")), None)
        plain = other is not None and other.sentence == time.sentence and not self.lexicon.preposition(other)
        return other if plain and other is not None and other.dep not in SUBJECTS else None

    def _late(self) -> Node | None:
        """The object behind an adverbial: "privé de courant la moitié de la ville"."""
        node = self.node
        if self.reflexive or self._intransitive() or not self.direct:
            return None
        for other in self._behind(node):
            first = other
            while first.left is not None and first.left.pos in ("DET", "NUM", "ADJ") and first.left.i > node.i:
                first = first.left
            before = first.left
            bare = before is not None and before.pos in (*NOMINAL, "ADJ") and before.i > node.i
            if bare and first.pos == "DET" and first.lower not in self.lexicon.words.contracted:
                return other
        return None

    def _beside(self) -> Node | None:
        """The noun phrase right behind an active verb, where the parse knows of no object or of a worse one."""
        right = self._past_bounds()
        if right is None or self.reflexive:
            return None
        if right.sentence != self.node.sentence and right.pos != "PROPN":
            # Headlines are cut in front of names: "Israël frappe | Damas".
            return None
        behind = right.right
        if right.text[0].isupper() and right.pos not in ("DET", "ADP", "PRON", "NUM", "CCONJ"):
            # "avait repris Boulikessi": a name whatever its tag.
            return right if right.dep not in SUBJECTS else None
        if right.pos == "NUM" and behind is not None and behind.lower in self.lexicon.words.contracted:
            return right
        counted = right.pos == "ADJ" and behind is not None and behind.pos == "NOUN"
        if right.pos not in ("DET", "NUM", "ADP") and not counted:
            return None
        found = next(self._behind(right), None)
        if found is not None and found.dep == "compound" and found.head is not None:
            found = found.head
        if found is None or self.lexicon.is_a(found, "never_actors"):
            return None
        if found.dep in SUBJECTS and not self._restricted():
            return None
        plain = self.lexicon.preposition(found) == "" and right.pos != "ADP"
        # "Londres formera des pilotes": the plural article is read as a preposition; verbs of motion do take one.
        of = self.lexicon.preposition(found) in self.lexicon.words.prepositions.of
        much = right.left is not None and right.left.pos == "ADV" and self.lexicon.is_a(right.left, "quantities")
        partitive = of and (much or right.lower in self.lexicon.words.contracted) and not self._intransitive()
        return found if plain or partitive else None

    def _restricted(self) -> bool:
        """Whether an object follows a restriction: "n'a visé que des casernes"."""
        words, right = self.lexicon.words, self.node.right
        restricted = right is not None and right.lower in words.restrictions
        return restricted and any(child.lower in words.particles for child in self.node.children)

    def _surer(self, beside: Node, found: Node) -> bool:
        return self.lexicon.preposition(beside) == "" or self.lexicon.is_a(found, "never_actors")

    def _behind(self, token: Node) -> Iterator[Node]:
        """The nominals that follow a token, within the reach of an object."""
        return (n for n in self.after if token.i < n.i <= self.node.i + REACH)

    def _past_bounds(self) -> Node | None:
        """The first token behind a verb that is no adverb, quotation mark or bound of a number ("au moins neuf")."""
        token = self.node.right
        if token is not None and token.lower in self.lexicon.words.prepositions.heads:
            # "a mis hors de combat trois blindés"
            of, noun = token.right, token.right.right if token.right is not None else None
            fixed = of is not None and of.lower in self.lexicon.words.prepositions.of and noun is not None
            token = noun.right if fixed and noun is not None else token
        for _ in range(BOUNDS):
            if token is None or not (
                token.dep in ("advmod", "fixed")
                or token.lower in SKIPPED
                or token.pos == "ADV"
                or self.lexicon.is_a(token, "calendar")
            ):
                return token
            token = token.right
        return token

    def _intransitive(self) -> bool:
        if self.node.find("aux:tense") is not None and self.node.find("aux:pass") is not None:
            # "a été descendu": with both auxiliaries a verb of motion acts on something
            return False
        return self.lexicon.is_verb(self.node, self.lexicon.unmoved)

    def _obliques(self) -> Iterator[tuple[str, Node]]:
        lexicon = self.lexicon
        for child in self.node.children:
            if child.i in self.direct:
                yield lexicon.preposition(child), child
        for other in self.after:
            if other.i not in self.direct:
                prep = lexicon.preposition(other)
                if prep:
                    yield prep, other

    def first(self, prepositions: frozenset[str]) -> Node | None:
        """The first phrase with one of these prepositions."""
        return next((node for prep, node in self.obliques if prep in prepositions), None)

    def complement(self) -> Node | None:
        """The "of" phrase of a noun: hung on it, or next in line."""
        of = self.lexicon.words.prepositions.of
        for prep, node in self.obliques:
            joined = node.find("cc") is not None  # "37 morts et de près de 3.000 blessés"
            if prep in of and not joined and (node.i in self.direct or self._adjacent(node)):
                return node
        return None

    def _adjacent(self, node: Node) -> bool:
        between = self.node.tree.nodes[self.node.i + 1 : node.i]
        return not any(other.pos in NOMINAL and other.head is not node for other in between)


def is_passive(node: Node, depth: int = 0) -> bool:
    """A passive verb, or a past participle that qualifies a noun; coordinated ones ask the verb before them."""
    if depth > DEEPEST:
        return False
    if node.find("aux:pass") is not None or node.morph("Voice") == "Pass":
        return True
    if node.find("nsubj:pass") is not None:
        # "ont touché une école": the parse calls the subject passive, its auxiliary and its object do not
        return node.find("aux:tense") is None or node.find("obj") is None
    if is_joined_participle(node) and node.head is not None:
        return is_passive(node.head, depth + 1)
    if node.morph("VerbForm") != "Part" or node.morph("Tense") == "Pres" or node.find("aux:tense", "aux") is not None:
        return False
    shares = node.dep == "conj" and node.head is not None and node.head.find("aux:pass") is not None
    if node.find("obl:agent") is not None or (shares and node.left is not None and node.left.pos == "CCONJ"):
        return True  # "a été enlevé puis tué quelques heures après": what the parse takes for an object is none
    if node.find(*OBJECTS) is not None or node.find("nsubj") is not None:
        return False
    if node.dep == "conj" and node.head is not None and node.head.pos in VERBAL:
        # "débarquant d'un avion et accueilli par son allié": no auxiliary that it may share
        apart = node.head.morph("VerbForm") == "Part" and node.head.morph("Tense") == "Pres"
        return apart or is_passive(node.head, depth + 1)
    return node.dep in ("acl", "amod", "xcomp", "ROOT", "advcl", *STRAY)


def _clitics(node: Node) -> Iterator[Node]:
    """The children of a verb, and those of the modal above an infinitive that stand before it."""
    yield from node.children
    if node.dep == "xcomp" and node.head is not None and node.head.lemma != node.lemma:
        left = node.left
        if left is not None and left not in node.children:
            yield left


def is_future(node: Node, lexicon: Lexicon) -> bool:
    """Whether a verb is in the future by its ending: the model takes rare ones for presents."""
    return node.pos in VERBAL and len(node.lower) > SHORT and node.lower.endswith(lexicon.words.future_endings)
