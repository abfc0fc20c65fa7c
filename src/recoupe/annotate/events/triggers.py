"""The tokens that name a happening, each with the rule it follows."""

from collections.abc import Iterator
from itertools import pairwise

import msgspec

from ...model.records import Name, Span
from ..tree import Node, Tree
from .clause import Clause, is_future
from .lexicon import Condition, Lexicon, Seen, hyphenated
from .phrases import Names, words_of
from .words import NOMINAL, VERBAL, Rule

NEAR = 6
# What follows the last word of a phrase.
ENDING = ("PUNCT", "CCONJ")
BESIDE = ("amod", "compound", "flat:name", "nmod")


class Trigger(msgspec.Struct, frozen=True):
    """A token that names a happening, its rule, its lemma there, and its grammatical surroundings."""

    node: Node
    rule: Rule
    lemma: str
    clause: Clause

    @property
    def span(self) -> Span:
        """The word that names the happening, a part cut off at a hyphen included; of a verb that only bears its noun
        the noun."""
        if self.rule.borne:
            listed = frozenset((*self.rule.next, *self.rule.object))
            behind = self.node.tree.nodes[self.node.i + 1 : self.node.i + 1 + NEAR]
            return next((n.span for n in behind if self.clause.lexicon.among(n, listed)), self.node.span)
        hyphen = self.node.left
        cut = hyphen is not None and hyphen.left is not None and hyphenated(self.node) == self.lemma
        return (hyphen.left.start if cut and hyphen and hyphen.left else self.node.start), self.node.end


def triggers(tree: Tree, lexicon: Lexicon, names: Names) -> list[Trigger]:
    """The triggers of a paragraph, in text order; of a word that may take up what was told, its other reading after."""
    named = names.of(tree)
    kinds = tuple((i, name.type) for i, name in named.items())  # nothing else of names is looked at
    return tree.once(("triggers", kinds), lambda: list(_triggers(tree, lexicon, named)))


def _triggers(tree: Tree, lexicon: Lexicon, named: dict[int, Name]) -> Iterator[Trigger]:
    bits, listed = lexicon.survey(tree, named)
    for node in listed:
        candidates = lexicon.possible(lexicon.rules(node), bits)
        if not candidates:
            continue
        if (node.pos in VERBAL and (_nominal(node) or _undone(node, lexicon))) or _dated(node):
            continue
        if all(rule.told for _, rule in candidates) and not is_told(node, lexicon):
            continue
        # A word of a name ("Croix-Rouge", "Manifestation pour tous") tells nothing, a verb glued into one does.
        if (node.i in named and node.pos not in VERBAL) or (
            _compounded(node) and hyphenated(node) not in lexicon.nouns
        ):
            continue
        clause = Clause(node, lexicon)
        around, qualifies = Surroundings(clause, lexicon, named, bits), _qualifies(node, lexicon)
        for lemma, rule in candidates:
            if qualifies and rule.type != "ceasefire":
                continue
            if fits(rule, around):
                if rule.type is not None:
                    yield Trigger(node, rule, lemma, clause)
                if not rule.echo:
                    break


def _qualifies(node: Node, lexicon: Lexicon) -> bool:
    """A bare singular after "of" only says of what kind a thing is ("char de combat", "armée d'occupation")."""
    if node.pos != "NOUN":
        return False
    left = node.left
    plural = node.morph("Number") == "Plur" or (node.lemma != node.lower and node.lower.endswith(lexicon.plurals))
    if not plural and left is not None and left.pos == "ADP" and left.left is not None:
        plain = left.lower in lexicon.words.prepositions.of and left.left.pos in NOMINAL
        if plain and not lexicon.is_a(left.left, "shells") and left.left.lower not in lexicon.nouns:
            return True
    if node.head is None or node.dep != "nmod" or lexicon.is_a(node.head, "shells"):
        return False
    if lexicon.preposition(node) not in lexicon.words.prepositions.of or plural:
        return False
    contracted = any(c.dep == "case" and c.lower in lexicon.words.contracted for c in node.children)
    return not contracted and node.find("det", "nummod", "nmod:poss") is None


def _nominal(node: Node) -> bool:
    """A participle right behind an article is a noun ("des évacués"), unless a noun follows."""
    left, right = node.left, node.right
    if left is None or left.pos != "DET" or left.sentence != node.sentence or node.morph("VerbForm") == "Fin":
        return False
    return right is None or right.pos not in ("NOUN", "PROPN", "ADJ")


def _dated(node: Node) -> bool:
    """A word with a capital before a day's number is a month ("LAGOS, March 11 -")."""
    return node.text[:1].isupper() and node.left is not None and node.right is not None and node.right.text.isdecimal()


def _undone(node: Node, lexicon: Lexicon) -> bool:
    """A participle of what has not happened ("munitions non explosées")."""
    return node.left is not None and node.left.lower in lexicon.words.undone


def _compounded(node: Node) -> bool:
    """A part of a hyphenated word ("lance-roquettes") tells nothing."""
    left, right = node.left, node.right
    if left is not None and left.text == "-" and left.end == node.start:
        return True
    return right is not None and right.text == "-" and right.start == node.end


class Surroundings:
    """What stands around a trigger, role by role, each looked up once for all rules; `names` and `bits` are those of
    its paragraph."""

    __slots__ = ("_bits", "_names", "_seen", "clause", "lexicon")

    def __init__(self, clause: Clause, lexicon: Lexicon, names: dict[int, Name], bits: int) -> None:
        self.clause, self.lexicon = clause, lexicon
        self._names, self._bits = names, bits
        self._seen: dict[str, Seen] = {}

    def done_to(self) -> Node | None:
        """What the verb is done to."""
        return self.clause.subject if self.clause.passive else self.clause.obj

    def _whole(self, part: Node | None) -> Node | None:
        """What a bare number is a part of: "140 engins, dont 96 ont été abattus"."""
        bare = part is not None and part.pos in ("NUM", "PRON") and all(c.i < part.i for c in part.children)
        left = part.left if part is not None and bare else None
        if left is None or left.left is None or left.lower not in self.lexicon.words.asides or not left.i:
            return part
        before = (n for n in reversed(left.tree.nodes[: left.i]) if n.pos in NOMINAL and n.sentence == left.sentence)
        return next(before, part)

    def meet(self, condition: Condition) -> bool:
        """Whether one of the wanted words stands in a role, and none of the unwanted."""
        role, wanted, unwanted = condition
        if unwanted is not None and not unwanted.bit & self._bits:
            if wanted is None:
                return True
            unwanted = None
        seen = self._seen.get(role)
        if seen is None:
            seen = self._seen[role] = self.lexicon.seen(self._tokens(role))
        if wanted is not None and not self.lexicon.meets(seen, wanted, self._names):
            return False
        return unwanted is None or not self.lexicon.meets(seen, unwanted, self._names)

    def _tokens(self, role: str) -> list[Node]:
        clause, node = self.clause, self.clause.node
        match role:
            case "object":
                return words_of(self._whole(self.done_to()), self.lexicon)
            case "subject":
                return words_of(clause.agent if clause.passive else clause.subject, self.lexicon)
            case "of":
                return _complements(clause, self.lexicon)
            case "near":
                return _near(node)
            case "next":
                return node.tree.nodes[node.i + 1 : node.i + 4]
            case _:
                return node.tree.nodes[max(0, node.i - 3) : node.i]


def fits(rule: Rule, around: Surroundings) -> bool:
    """Whether the surroundings of a trigger meet a rule's conditions."""
    clause, lexicon = around.clause, around.lexicon
    node = clause.node
    if not rule.lapse and _lapses(node, lexicon):
        return False
    if rule.told and not is_told(node, lexicon):
        return False
    if rule.borne and clause.passive:
        return False
    if rule.plural and node.morph("Number") != "Plur":
        return False
    if rule.reflexive is not None and rule.reflexive != clause.reflexive:
        return False
    if rule.bare and around.done_to() is not None:
        return False
    qualifies = node.dep in ("acl", "amod") and node.pos != "NOUN" and node.morph("VerbForm") != "Inf"
    # "des familles ayant fui": an auxiliary tells what was done.
    qualifies = qualifies and node.find("aux:tense") is None
    if rule.predicative and qualifies and clause.agent is None and not _numbered(node):
        return False
    if rule.final and _aims(node, lexicon):
        return False
    for condition in lexicon.conditions(rule):  # noqa: SIM110  (a generator is slower)
        if not around.meet(condition):
            return False
    return True


def _numbered(participle: Node) -> bool:
    """Whether a participle tells of a number of things ("81 camps détruits")."""
    return participle.head is not None and participle.head.find("nummod") is not None


def is_told(node: Node, lexicon: Lexicon) -> bool:
    """Whether a verb tells something done or to be done once: no present, no imperfect, no mere qualifier;
    of infinitives those that an order, a permission or a plan governs."""
    perfect = ("aux:tense", "aux:pass")
    if node.find(*perfect, "nsubj:pass", "obl:agent") is not None:
        return True
    head = node.head
    if node.dep == "conj" and head is not None and node.morph("VerbForm") == "Part" and head.find(*perfect) is not None:
        # "ont été remis à la Croix-Rouge, puis transférés"
        return True
    if node.dep in ("acl", "amod") and node.morph("VerbForm") != "Inf" and node.morph("Tense") != "Pres":
        # "cinq fusils saisis"; headlines leave the auxiliary out
        last = node.right is None or node.right.pos in ENDING
        return last and (_numbered(node) or node.tree.kind == "title")
    if node.morph("VerbForm") == "Inf":
        if node.dep == "conj" and head is not None and head.morph("VerbForm") == "Inf":
            # "ont vu des hommes piller et brûler des maisons"
            head = head.head
        if head is not None and node.dep == "acl" and head.dep != "ROOT" and head.pos in NOMINAL:
            # "a ordonné aux habitants de partir"
            head = head.head
        listed = (lexicon.controls, lexicon.planned, lexicon.aims)
        return head is not None and any(lexicon.is_verb(head, verbs) for verbs in listed)
    if node.morph("VerbForm") == "Part" and node.find("aux") is not None:
        return True
    if node.morph("Mood") == "Cnd":
        return True
    if node.morph("VerbForm") != "Fin":
        return False
    if node.morph("Tense") in ("Past", "Fut") or is_future(node, lexicon):
        return True
    # Headlines tell in the present; what is feared or wanted stands in the present as well.
    feared = head is not None and node.dep == "ccomp" and lexicon.among(head, lexicon.doubts)
    return feared or node.tree.kind == "title"


def _aims(node: Node, lexicon: Lexicon) -> bool:
    """Whether an infinitive of purpose follows in the sentence."""
    purpose = lexicon.words.prepositions.purpose
    following = node.tree.nodes[node.i + 1 : node.i + 1 + 2 * NEAR]
    return any(
        a.lower in purpose and b.morph("VerbForm") == "Inf" and b.sentence == node.sentence
        for a, b in pairwise(following)
    )


def _lapses(node: Node, lexicon: Lexicon) -> bool:
    """Whether a noun only says since when or during what: "depuis le début de l'invasion"."""
    top = node
    while top.dep == "nmod" and top.head is not None and lexicon.is_a(top.head, "shells"):
        top = top.head
    return lexicon.preposition(top) in lexicon.words.lasting


def _complements(clause: Clause, lexicon: Lexicon) -> list[Node]:
    """The words of the complement, and the qualifiers of the trigger ("attaque aérienne", "crise cardiaque")."""
    found = [child for child in clause.node.children if child.dep in BESIDE and child.find("case") is None]
    # An adjective may be hung elsewhere; what stands right after the trigger is its own.
    right = clause.node.right
    if right is not None and right.pos == "ADJ":
        found.append(right)
    return found + words_of(clause.complement(), lexicon)


def _near(node: Node) -> list[Node]:
    sentence = node.tree.sentences[node.sentence]
    at = node.i - sentence[0].i
    return sentence[max(0, at - NEAR) : at] + sentence[at + 1 : at + 1 + NEAR]
