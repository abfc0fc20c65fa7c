"""Who does what to whom around a trigger: the roles of a verb or noun, by Universal Dependencies labels.

The labels are wrong in every fifth clause of translated news (fr_core_news_md, counted on the seeds), so each role
has a second way by word order: the subject is left of the auxiliaries, a relative pronoun follows its noun.
"""

from collections.abc import Iterator

from ..tree import Node
from .order import following
from .words import NOMINAL, VERBAL, Lexicon, is_joined_participle

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:caus")
OBJECTS = ("obj", "iobj:agent")
AUXILIARIES = ("aux", "aux:tense", "aux:pass", "cop")
OBLIQUES = ("obl", "obl:mod", "obl:arg", "obl:agent", "nmod", "iobj", "obl:tmod", "nmod:poss", "advcl")
# Where a participle hangs on one of these, the parse has lost the noun that it qualifies: it is the one before.
STRAY = ("nmod", "appos", "dep", "obl:mod")
# Coordinations of more verbs than this are lists or damage.
DEEPEST = 20
# "(n'a détruit) que, selon lui, « au moins » neuf": adverbs, marks and bounds between a verb and its object.
BOUNDS = 5
SKIPPED = frozenset({'"', "'", "«", "“", "que", "qu'"})
# Tokens that two commas may set off between a subject and its verb.
ASIDE = 12
# Letters: shorter verbs end like futures by chance ("sera" has its own list).
SHORT = 6
PHRASAL = ("nmod", "flat:name", "conj", "appos", "amod", "nummod", "flat:foreign", "fixed", "nmod:poss", "obl:arg")


class Clause:
    """A trigger with its grammatical arguments; each is a token, the head of its phrase.

    `obliques` are (preposition, head) pairs, `direct` the tokens among them that the parse hangs on the trigger.
    """

    __slots__ = ("agent", "direct", "lexicon", "node", "obj", "obliques", "passive", "reflexive", "subject", "verbal")

    def __init__(self, node: Node, lexicon: Lexicon) -> None:
        self.node, self.lexicon = node, lexicon
        self.subject: Node | None = None
        self.obj: Node | None = None
        self.agent: Node | None = None
        self.passive = self.reflexive = False
        self.verbal = node.pos in VERBAL or any(c.dep in AUXILIARIES and c.i < node.i for c in node.children)
        self.verbal = self.verbal or lexicon.after_auxiliary(node) or (node.pos == "ADJ" and bool(lexicon.rules(node)))
        self.verbal = self.verbal or lexicon.is_gerund(node) or is_joined_participle(node)
        # "nous avons 49 tués": what is counted is a noun, whatever stands before the number.
        self.verbal = self.verbal and not (node.pos == "NOUN" and node.find("nummod") is not None)
        self.direct: set[int] = set()
        self.obliques = list(self._obliques())
        if self.verbal:
            self._verb()
        else:
            self.subject = node.find("nmod:poss")

    def _verb(self) -> None:
        node = self.node
        self.passive = not self._intransitive() and is_passive(node)
        self.reflexive = any(child.lower in self.lexicon.words.reflexives for child in _clitics(node))
        self.subject = subject_of(node, self.lexicon)
        self.obj = self._object()
        if node.pos == "ADJ" and node.dep == "amod":
            self._adjectival()
        elif node.pos not in VERBAL and node.head is not None and node.head.lower in self.lexicon.words.auxiliaries:
            self.obj = next((c for c in node.head.all("obj") if c is not node), None)
            self.subject = subject_of(node.head, self.lexicon)
        if self.passive:
            by = self.lexicon.words.prepositions.by
            self.agent = node.find("obl:agent")
            if self.agent is None:
                self.agent = next((n for prep, n in self.obliques if prep in by and n.i in self.direct), None)

    def _adjectival(self) -> None:
        """A participle tagged as an adjective: active where a noun phrase follows at once, else of its noun."""
        if self.node.lower.endswith(self.lexicon.words.active_endings):
            beside = next(following(self.node), None)
            self.obj = climbed(beside) if beside is not None else None
        else:
            self.subject, self.passive = self.node.head, True

    def _object(self) -> Node | None:
        node = self.node
        found = next((c for c in node.all(*OBJECTS) if c.text[0].isalnum()), None)
        quantity = found if found is not None and found.pos == "ADV" else None
        if found is None:
            quantity = next((c for c in node.all("advmod") if c.i > node.i and c.find("obl:arg", "nmod", "obl")), None)
        if quantity is not None:
            return quantity.find("obl:arg", "nmod", "obl") or found
        beside = self._beside() if found is not None and not self.passive else None
        # Of two objects the nearer one is right, unless it hangs on a preposition that looks like an article.
        if found is not None and beside is not None and beside.i < found.i:
            found = beside if self._surer(beside, found) else found
        if found is not None:
            return antecedent(found, self.lexicon) if found.lower in self.lexicon.words.object_relatives else found
        if not self.passive:
            mark = next((c for c in node.all("mark") if c.lower in self.lexicon.words.object_relatives), None)
            above = next((n for n in (node, *node.ancestors()) if n.dep not in ("xcomp", "conj")), node)
            if above.dep in ("acl:relcl", "acl") and mark is None:
                mark = next((c for c in above.children if c.lower in self.lexicon.words.object_relatives), None)
            if mark is not None and above.dep in ("acl:relcl", "acl", "ccomp"):
                return _left_nominal(mark) if above.dep == "ccomp" else above.head
            return self._beside() or self._late()
        return None

    def _late(self) -> Node | None:
        """The object behind an adverbial: "privé de courant la moitié de la ville"."""
        node = self.node
        if self.reflexive or self._intransitive() or not self.direct:
            return None
        for other in following(node, 9):
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
        if right is None or self.reflexive or right.sentence != self.node.sentence:
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
        found = next((n for n in following(self.node, 9) if n.i > right.i), None)
        if found is not None and found.dep == "compound" and found.head is not None:
            found = found.head
        if found is None or found.dep in SUBJECTS or self.lexicon.is_a(found, "never_actors"):
            return None
        plain = self.lexicon.preposition(found) == "" and right.pos != "ADP"
        # "Londres formera des pilotes": the plural article is read as a preposition; verbs of motion do take one.
        of = self.lexicon.preposition(found) in self.lexicon.words.prepositions.of
        partitive = of and right.lower in self.lexicon.words.contracted and not self._intransitive()
        return found if plain or partitive else None

    def _surer(self, beside: Node, found: Node) -> bool:
        return self.lexicon.preposition(beside) == "" or self.lexicon.is_a(found, "never_actors")

    def _past_bounds(self) -> Node | None:
        """The first token behind a verb that is no adverb, quotation mark or bound of a number ("au moins neuf")."""
        token = self.node.right
        for _ in range(BOUNDS):
            if token is None or not (token.dep in ("advmod", "fixed") or token.lower in SKIPPED or token.pos == "ADV"):
                return token
            token = token.right
        return token

    def _intransitive(self) -> bool:
        return self.lexicon.is_verb(self.node, self.lexicon.unmoved)

    def _obliques(self) -> Iterator[tuple[str, Node]]:
        node = self.node
        for child in node.children:
            prep = self.lexicon.preposition(child)
            if prep and child.dep in OBLIQUES and child.pos not in VERBAL:
                self.direct.add(child.i)
                yield prep, child
        for other in following(node):
            prep = self.lexicon.preposition(other)
            if prep and other.i not in self.direct:
                yield prep, other

    def first(self, prepositions: frozenset[str]) -> Node | None:
        """The first phrase with one of these prepositions."""
        return next((node for prep, node in self.obliques if prep in prepositions), None)

    def complement(self) -> Node | None:
        """The "of" phrase of a noun: hung on it, or next in line."""
        of = self.lexicon.words.prepositions.of
        for prep, node in self.obliques:
            if prep in of and (node.i in self.direct or self._adjacent(node)):
                return node
        return None

    def _adjacent(self, node: Node) -> bool:
        between = self.node.tree.nodes[self.node.i + 1 : node.i]
        return not any(other.pos in NOMINAL and other.head is not node for other in between)


def is_passive(node: Node, depth: int = 0) -> bool:
    """A passive verb, or a past participle that qualifies a noun; coordinated ones ask the verb before them."""
    if depth > DEEPEST:
        return False
    if node.find("aux:pass", "nsubj:pass") is not None or node.morph("Voice") == "Pass":
        return True
    if is_joined_participle(node) and node.head is not None:
        return is_passive(node.head, depth + 1)
    if node.morph("VerbForm") != "Part" or node.morph("Tense") == "Pres" or node.find("aux:tense", "aux") is not None:
        return False
    if node.find("obl:agent") is not None:
        return True
    if node.find(*OBJECTS) is not None or node.find("nsubj") is not None:
        return False
    if node.dep == "conj" and node.head is not None and node.head.pos in VERBAL:
        return is_passive(node.head, depth + 1)
    return node.dep in ("acl", "amod", "xcomp", "ROOT", "advcl", *STRAY)


def _clitics(node: Node) -> Iterator[Node]:
    """The children of a verb, and those of the modal above an infinitive that stand before it."""
    yield from node.children
    if node.dep == "xcomp" and node.head is not None and node.head.lemma != node.lemma:
        left = node.left
        if left is not None and left not in node.children:
            yield left


def subject_of(node: Node, lexicon: Lexicon) -> Node | None:
    """The subject of a verb: its own, its antecedent, or by coordination, control and gerund that of the verb above."""
    for _ in range(6):
        # Of two subjects the nearer one is right: the other belongs to a clause that was not told apart.
        owned = [c for c in node.all(*SUBJECTS) if c.find("cop", "aux:tense") is None and not _cut(c, node)]
        own = next((c for c in reversed(owned) if c.i < node.i), owned[0] if owned else None)
        own = _headed(own, owned, lexicon) if own is not None else None
        if own is not None:
            return antecedent(own, lexicon) if own.lower in lexicon.words.relatives else own
        finite = any(c.dep in AUXILIARIES and c.morph("VerbForm") != "Inf" for c in node.children)
        if own is None and (finite or (node.morph("VerbForm") == "Fin" and node.dep not in ("conj", "ROOT"))):
            beside = _before_auxiliaries(node, lexicon)
            if beside is not None:
                return beside
        above = _subject_above(node, lexicon)
        if above is None or not isinstance(above, tuple):
            return above
        node = above[0]
    return None


def _headed(subject: Node, owned: list[Node], lexicon: Lexicon) -> Node:
    """The head of a subject that the parse gives in pieces: "Une mère et sa fille", "dix chars Leopard 2"."""
    for other in reversed([c for c in owned if c.i < subject.i]):
        between = subject.tree.nodes[other.i + 1 : subject.i]
        apart = any(n.pos in VERBAL or n.lower == "," or n.lower in lexicon.words.relatives for n in between)
        if apart or other.pos == "PRON":
            break
        subject = other
    piece = subject
    while piece.left is not None and piece.i > 0 and "-" in (piece.text, piece.left.text):
        # "la chaîne Al-Jazeera": the tokeniser cuts names at their hyphens, and the parse takes a piece.
        piece = piece.left
    if piece is not subject:
        return climbed(piece)
    left = subject.left
    for _ in range(BOUNDS):
        if subject.pos != "NUM" or left is None or left.lower == "," or left.sentence != subject.sentence:
            break
        if left.pos in NOMINAL:
            return climbed(left)
        left = left.left
    return subject


def _cut(subject: Node, verb: Node) -> bool:
    """Whether a colon or semicolon stands between a verb and what the parse takes for its subject."""
    low, high = sorted((subject.i, verb.i))
    return any(other.lower in (":", ";") for other in verb.tree.nodes[low:high])


def _subject_above(node: Node, lexicon: Lexicon) -> Node | tuple[Node] | None:
    """The subject that the head gives, or the head to ask in a tuple."""
    head = node.head
    if head is None:
        return None
    if node.dep in ("xcomp", "ccomp", "obj", "advcl") and lexicon.is_verb(head, lexicon.witnesses):
        # Who reports or hears shelling does not shell.
        return None
    # "accusé les forces d'avoir tué" is an infinitive as well.
    infinitive = node.morph("VerbForm") == "Inf" or any(c.morph("VerbForm") == "Inf" for c in node.all(*AUXILIARIES))
    if node.morph("VerbForm") == "Part" and node.find(*AUXILIARIES) is None:
        # "Les pompiers ont secouru un homme, blessé à la tête": the noun before the comma
        behind = node.dep == "advcl" and node.morph("Tense") == "Past" and node.left and node.left.lower == ","
        if node.dep in STRAY or behind:
            return _left_nominal(node)
    if node.dep in ("acl", "amod", "acl:relcl") and head.pos not in VERBAL:
        if infinitive:
            if head.head is not None and lexicon.is_verb(head.head, lexicon.controls) and head.dep == "obj":
                return head
            of = lexicon.words.prepositions.of
            owner = next((c for c in head.children if lexicon.preposition(c) in of and c.i < node.i), None)
            if owner is not None and owner.pos not in VERBAL:
                return owner
            # "l'intention d'envoyer": who has the intention; "affirmé vendredi avoir frappé": who says so
            governed = head.dep == "obj" or (head.dep in OBLIQUES and lexicon.preposition(head) == "")
            return (head.head,) if governed and head.head is not None else None
        if node.find(*OBJECTS) is not None and node.morph("Tense") == "Past":
            # "a tué des milliers, chassé des millions": a verb coordinated by a comma, not a qualifier
            verb = next((a for a in node.ancestors() if a.pos in VERBAL), None)
            return (verb,) if verb is not None else None
        return head
    if lexicon.is_gerund(node) and head.pos in VERBAL:
        return (head,)
    predicate = head.pos in VERBAL or head.find("cop") is not None
    if predicate and node.dep in ("xcomp", "advcl", "ccomp", "obl:arg") and not is_finite(node):
        aimed = any(c.lower in lexicon.words.prepositions.purpose for c in node.all("mark", "case"))
        return (None if aimed else controlled(head, lexicon)) or (head,)
    if node.dep in ("conj", "aux", "cop"):
        return (head,)
    return None


def _before_auxiliaries(node: Node, lexicon: Lexicon) -> Node | None:
    """The nominal left of the auxiliaries, where the parse knows of no subject."""
    first = min([node.i, *(c.i for c in node.children if c.dep in AUXILIARIES)])
    token = node.tree.nodes[first - 1] if first > node.tree.sentences[node.sentence][0].i else None
    if first == node.i and token is not None and token.pos == "PRON" and token.dep in ("iobj", "obj", "expl:comp"):
        token = token.left
    if first == node.i and token is not None and lexicon.preposition(climbed(token)):
        return None
    if token is not None and token.lower == ",":
        token = _before_aside(token)
    while token is not None and token.pos in ("ADV", "ADJ") and token.sentence == node.sentence:
        token = token.left
    if token is None or token.sentence != node.sentence or token.pos not in NOMINAL | {"PRON", "NUM"}:
        return None
    if token.lower in lexicon.words.reflexives:
        return None
    if token.lower in lexicon.words.relatives:
        return antecedent(token, lexicon)
    return _governed(climbed(token), lexicon)


def _before_aside(comma: Node) -> Node | None:
    """The token in front of what two commas set off ("80 personnes, en majorité des civils, ont péri")."""
    other = comma.left
    while other is not None and comma.i - other.i < ASIDE and other.lower != "," and other.pos not in VERBAL:
        other = other.left
    return other.left if other is not None and other.lower == "," else comma


def _governed(token: Node, lexicon: Lexicon) -> Node:
    """The noun that a nominal left of a verb belongs to: "la décision de créer un groupe à Minsk a été prise"."""
    for _ in range(3):
        verb = token.head
        inner = verb is not None and verb.pos in VERBAL and verb.i < token.i and verb.dep == "acl"
        if not inner or verb is None or verb.head is None or verb.head.pos not in NOMINAL:
            break
        if verb.morph("VerbForm") != "Inf":
            break
        token = verb.head
    return token


def climbed(token: Node) -> Node:
    """The head of the phrase that ends with a token, by links that run to the left."""
    while token.head is not None and token.head.i < token.i and token.dep in PHRASAL and token.head.pos in NOMINAL:
        if any(other.lower in (":", ";") for other in token.tree.nodes[token.head.i : token.i]):
            return token
        token = token.head
    return token


def controlled(head: Node, lexicon: Lexicon) -> Node | None:
    """The object that an order, appeal or permission makes the subject of its infinitive."""
    if not lexicon.is_verb(head, lexicon.controls):
        return None
    for child in head.all("obj", "iobj"):
        if child.pos != "VERB" and child.lower not in lexicon.words.reflexives:
            return child
    for child in head.children:
        if child.dep.startswith("obl") and lexicon.preposition(child) in lexicon.words.prepositions.to:
            return child
    return None


def is_finite(node: Node) -> bool:
    """Whether a verb, or its auxiliary, is finite."""
    return node.morph("VerbForm") == "Fin" or any(
        c.dep in AUXILIARIES and c.morph("VerbForm") == "Fin" for c in node.children
    )


def antecedent(pronoun: Node, lexicon: Lexicon) -> Node | None:
    """The noun that a relative pronoun stands for: by the parse, else the nominal to its left."""
    for above in pronoun.ancestors():
        if above.dep in ("acl:relcl", "acl") and above.head is not None and above.head.i < pronoun.i:
            return above.head if _agrees(above.head, above) else _left_nominal(pronoun) or above.head
        if above.pos in VERBAL and above.dep not in ("xcomp", "aux", "conj"):
            break
    return _left_nominal(pronoun)


def _agrees(noun: Node, verb: Node) -> bool:
    """Whether a noun has the number of the verb that is said of it, as far as both are known."""
    finite = next((c for c in (verb, *verb.all(*AUXILIARIES)) if c.morph("VerbForm") == "Fin"), verb)
    return "" in (noun.morph("Number"), finite.morph("Number")) or noun.morph("Number") == finite.morph("Number")


def _left_nominal(pronoun: Node) -> Node | None:
    left = pronoun.left
    while left is not None and left.pos == "PUNCT" and pronoun.i - left.i < BOUNDS:
        left = left.left
    while left is not None and left.pos == "ADJ":
        left = left.left
    return climbed(left) if left is not None and left.pos in NOMINAL | {"PRON"} else None


def is_future(node: Node, lexicon: Lexicon) -> bool:
    """Whether a verb is in the future by its ending: the model takes rare ones for presents."""
    return node.pos in VERBAL and len(node.lower) > SHORT and node.lower.endswith(lexicon.words.future_endings)
