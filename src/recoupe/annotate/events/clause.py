"""Who does what to whom around a trigger: the roles of a verb or noun, by Universal Dependencies labels alone."""

from collections.abc import Iterator

from ..tree import Node
from .words import NOMINAL, VERBAL, Lexicon

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:caus")
OBJECTS = ("obj", "iobj:agent")
OBLIQUES = ("obl", "obl:mod", "obl:arg", "obl:agent", "nmod", "iobj", "obl:tmod", "nmod:poss")
BARRIERS = frozenset({",", ";", ":", "(", ")", "."})


class Clause:
    """A trigger with its grammatical arguments; each is a token, the head of its phrase."""

    __slots__ = ("agent", "lexicon", "node", "obj", "obliques", "passive", "reflexive", "subject")

    def __init__(self, node: Node, lexicon: Lexicon) -> None:
        self.node, self.lexicon = node, lexicon
        self.subject: Node | None = None
        self.obj: Node | None = None
        self.agent: Node | None = None
        self.obliques: list[tuple[str, Node]] = []
        self.passive = self.reflexive = False
        if node.pos in VERBAL or node.find("aux:pass", "aux:tense", "nsubj:pass") is not None:
            self._verb()
        else:
            self._noun()

    def _verb(self) -> None:
        node = self.node
        self.passive = is_passive(node)
        self.reflexive = any(child.lower in self.lexicon.words.reflexives for child in chain(node))
        self.subject = self._own_subject()
        self.obj = resolved(node.find(*OBJECTS), self.lexicon)
        self.agent = node.find("obl:agent")
        relative = _relative_head(node)
        if relative is not None:
            self._relative(relative)
        if node.dep in ("acl", "amod") and node.head is not None and node.find(*SUBJECTS) is None:
            self.subject = node.head
        self.obliques = list(self._verb_obliques())
        if self.agent is None and self.passive:
            self.agent = next((n for prep, n in self.obliques if prep in self.lexicon.words.prepositions.by), None)

    def _own_subject(self) -> Node | None:
        found = subject_of(self.node, self.lexicon)
        return resolved(found, self.lexicon) if found is not None else None

    def _relative(self, head: Node) -> None:
        """A relative clause: its pronoun stands for the noun it hangs on."""
        words = self.lexicon.words
        pronoun = next((c for c in self.node.children if c.lower in words.relatives and c.i < self.node.i), None)
        if pronoun is None:
            return
        if pronoun.dep in SUBJECTS:
            self.subject = head
        elif pronoun.dep in ("obj", "mark", "iobj") and self.obj is None and not self.passive:
            self.obj = head

    def _verb_obliques(self) -> Iterator[tuple[str, Node]]:
        seen: set[int] = set()
        for child in self.node.children:
            if child.dep in OBLIQUES and child.pos not in VERBAL:
                prep = self.lexicon.preposition(child)
                if prep:
                    seen.add(child.i)
                    yield prep, child
        for node in following(self.node):
            prep = self.lexicon.preposition(node)
            if prep and node.i not in seen:
                yield prep, node

    def _noun(self) -> None:
        node = self.node
        seen: set[int] = set()
        for child in node.children:
            prep = self.lexicon.preposition(child)
            if prep and child.pos not in VERBAL:
                seen.add(child.i)
                self.obliques.append((prep, child))
        for other in following(node):
            prep = self.lexicon.preposition(other)
            if prep and other.i not in seen:
                self.obliques.append((prep, other))
        owner = node.find("nmod:poss")
        if owner is not None:
            self.subject = owner

    def first(self, prepositions: frozenset[str]) -> Node | None:
        """The first phrase with one of these prepositions."""
        return next((node for prep, node in self.obliques if prep in prepositions), None)


def is_passive(node: Node) -> bool:
    """A passive verb, or a past participle that qualifies a noun."""
    if node.find("aux:pass", "nsubj:pass") is not None:
        return True
    if node.dep == "conj" and node.head is not None and node.find("aux:tense", "aux", *SUBJECTS) is None:
        return node.morph("VerbForm") == "Part" and is_passive(node.head)
    participle = node.morph("VerbForm") == "Part" and node.morph("Tense") != "Pres"
    return participle and node.find("aux:tense", "aux", "cop") is None and node.dep in ("acl", "amod", "xcomp", "ROOT")


def chain(node: Node) -> Iterator[Node]:
    """The children of a verb, and those of the modal above an infinitive."""
    yield from node.children
    if node.dep in ("xcomp", "ccomp") and node.head is not None and node.morph("VerbForm") == "Inf":
        yield from (child for child in node.head.children if child.i < node.i)


def subject_of(node: Node, lexicon: Lexicon) -> Node | None:
    """The subject of a verb: its own, or by coordination, control and gerund that of the verb above."""
    seen = 0
    while seen < 6:
        own = node.find(*SUBJECTS)
        if own is not None:
            return own
        head = node.head
        if head is None:
            return None
        if node.dep in ("xcomp", "advcl", "ccomp") and head.pos in VERBAL and not _finite(node):
            controlled = _controlled(head, lexicon)
            if node.dep == "xcomp" and controlled is not None:
                return controlled
        elif node.dep == "acl" and head.pos in NOMINAL and not _participle(node):
            owner = next((c for c in head.children if lexicon.preposition(c) in lexicon.words.prepositions.of), None)
            if owner is not None and owner.pos not in VERBAL:
                return owner
        elif node.dep not in ("conj", "aux", "cop"):
            return None
        node, seen = head, seen + 1
    return None


def _controlled(head: Node, lexicon: Lexicon) -> Node | None:
    """The object that an order, appeal or permission makes the subject of its infinitive."""
    if head.lemma.lower() not in lexicon.words.object_control:
        return None
    for child in head.children:
        if child.dep in ("obj", "iobj") and child.pos != "VERB":
            return child
        if child.dep.startswith("obl") and lexicon.preposition(child) in lexicon.words.prepositions.to:
            return child
    return None


def _finite(node: Node) -> bool:
    return node.morph("VerbForm") == "Fin" or any(
        c.dep.startswith("aux") and c.morph("VerbForm") == "Fin" for c in node.children
    )


def _participle(node: Node) -> bool:
    return node.morph("VerbForm") == "Part"


def _relative_head(node: Node) -> Node | None:
    verb: Node | None = node
    while verb is not None and verb.dep in ("xcomp", "conj"):
        verb = verb.head
    if verb is not None and verb.dep in ("acl:relcl", "acl") and verb.head is not None:
        return verb.head
    return None


def resolved(node: Node | None, lexicon: Lexicon) -> Node | None:
    """The noun that a relative pronoun stands for, or the token itself."""
    if node is None or node.lower not in lexicon.words.relatives:
        return node
    for above in node.ancestors():
        if above.dep in ("acl:relcl", "acl"):
            return above.head
    return None


def following(node: Node, reach: int = 14) -> Iterator[Node]:
    """The nominals to the right of a trigger up to the next verb or comma: prepositional phrases are often hung on
    the wrong noun, while their order is not in doubt."""
    tokens = node.tree.sentences[node.sentence]
    at = node.i - tokens[0].i
    depth = 0
    for other in tokens[at + 1 : at + 1 + reach]:
        if other.lower == "(":
            depth += 1
        elif other.lower == ")":
            depth -= 1
        elif depth == 0 and (other.lower in BARRIERS or (other.pos in VERBAL and other.dep not in ("amod", "acl"))):
            return
        elif other.pos in NOMINAL or other.pos == "PRON":
            yield other
