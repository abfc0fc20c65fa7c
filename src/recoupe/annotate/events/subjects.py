"""Whose doing a verb tells: its own subject, that of the verb above, the noun that a relative pronoun stands for."""

from ..tree import Node
from .lexicon import Lexicon
from .words import NOMINAL, VERBAL

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:caus")
OBJECTS = ("obj", "iobj:agent")
AUXILIARIES = ("aux", "aux:tense", "aux:pass", "cop")
OBLIQUES = ("obl", "obl:mod", "obl:arg", "obl:agent", "nmod", "iobj", "obl:tmod", "nmod:poss", "advcl")
# Where a participle hangs on one of these, the parse has lost the noun that it qualifies: it is the one before.
STRAY = ("nmod", "appos", "dep", "obl:mod")
# Words that may stand between two parts of one phrase: adverbs, marks, bounds.
BOUNDS = 5
BREAKS = frozenset({":", ";"})
CLOSED = BREAKS | {","}
QUOTES = frozenset({'"', "«", "»", "“", "”"})
# Pronouns that stand between a subject and its verb, two at most.
CLITIC = ("iobj", "obj", "expl:comp")
CLITICS = 2
# Tokens that two commas may set off between a subject and its verb.
ASIDE = 12
PHRASAL = ("nmod", "flat:name", "conj", "appos", "amod", "nummod", "flat:foreign", "fixed", "nmod:poss", "obl:arg")


def subject_of(node: Node, lexicon: Lexicon) -> Node | None:
    """The subject of a verb: its own, its antecedent, or by coordination, control and gerund that of the verb above."""
    for _ in range(6):
        # Of two subjects the nearer one is right: the other belongs to a clause that was not told apart.
        owned = [c for c in node.all(*SUBJECTS) if c.find("cop", "aux:tense") is None and not _cut(c, node)]
        owned = [c for c in owned if not behind_infinitive(c, node)]
        own = next((c for c in reversed(owned) if c.i < node.i), owned[0] if owned else None)
        own = _counted_in(_headed(own, owned, lexicon), node, lexicon) if own is not None else None
        if own is not None:
            return antecedent(own, lexicon) if own.lower in lexicon.words.relatives else own
        said = next((c for c in reversed(node.all(*SUBJECTS)) if c.i < node.i and c.find("cop") is not None), None)
        if said is not None:
            # "Les drones sont une arme et ont été utilisés": the predicate that the parse takes for the subject
            return subject_of(said, lexicon)
        if node.find("expl:subj") is not None:
            # "il n'y avait eu ni morts ni blessés"
            return None
        finite = any(c.dep in AUXILIARIES and c.morph("VerbForm") != "Inf" for c in node.children)
        inner = node.dep not in ("conj", "ROOT") or _set_apart(node)
        if own is None and (finite or (node.morph("VerbForm") == "Fin" and inner)):
            beside = _before_auxiliaries(node, lexicon)
            if beside is not None:
                return beside
        above = _subject_above(node, lexicon)
        if above is None or not isinstance(above, tuple):
            return above
        node = above[0]
    return None


def behind_infinitive(noun: Node, verb: Node) -> bool:
    """Whether what the parse takes for a subject stands behind a perfect infinitive: "avoir repris la ville"."""
    tense = verb.find("aux:tense", "aux") if noun.i > verb.i else None
    return tense is not None and tense.morph("VerbForm") == "Inf"


def _set_apart(verb: Node) -> bool:
    """Whether a comma stands before a verb, or a name that the parse takes for a sentence of its own."""
    left = verb.left
    return left is not None and (left.lower == "," or _cut_off(left, verb))


def _cut_off(token: Node, verb: Node) -> bool:
    """Whether the parse ends a sentence with a name in front of a verb ("Moscou | revendique la prise de la ville")."""
    return token.pos == "PROPN" and token.sentence == verb.sentence - 1


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
        if subject.pos != "NUM" or left is None or left.sentence != subject.sentence:
            break
        if left.lower == "," or left.pos == "CCONJ" or left.pos in VERBAL:
            # "Quatre soldats ont perdu la vie et 13 ont été blessés", "Hezbollah said 16 of its fighters died"
            break
        if left.pos in NOMINAL:
            return climbed(left)
        left = left.left
    return subject


def _counted_in(subject: Node, verb: Node, lexicon: Lexicon) -> Node:
    """The noun that a subject is set off from: "14 combattants, dont deux Iraniens, ont été tués"."""
    mark = subject.left
    while mark is not None and mark.pos in ("DET", "NUM", "ADP", "ADJ", "ADV") and subject.i - mark.i <= BOUNDS:
        mark = mark.left
    if mark is not None and mark.left is not None and mark.left.lower in lexicon.words.prepositions.among:
        # "parmi lesquels huit enfants"
        mark = mark.left
    if mark is None or mark.lower not in lexicon.words.asides or mark.left is None or mark.left.lower != ",":
        return subject
    closed = any(other.lower == "," for other in verb.tree.nodes[subject.i : verb.i])
    return left_nominal(mark, CLOSED) or subject if closed else subject


def _cut(subject: Node, verb: Node) -> bool:
    """Whether a colon or semicolon stands between a verb and what the parse takes for its subject."""
    low, high = sorted((subject.i, verb.i))
    return any(other.lower in (":", ";") for other in verb.tree.nodes[low:high])


def _subject_above(node: Node, lexicon: Lexicon) -> Node | tuple[Node] | None:
    """The subject that the head gives, or the head to ask in a tuple."""
    head = node.head
    if head is None:
        return None
    left = node.left
    behind = node.dep == "advcl" and node.morph("Tense") == "Past" and left is not None and left.lower == ","
    if not behind and node.dep in ("xcomp", "ccomp", "obj", "advcl") and lexicon.is_verb(head, lexicon.witnesses):
        # Who reports or hears shelling does not shell.
        return None
    # "accusé les forces d'avoir tué" is an infinitive as well.
    infinitive = node.morph("VerbForm") == "Inf" or any(c.morph("VerbForm") == "Inf" for c in node.all(*AUXILIARIES))
    bare = node.morph("VerbForm") == "Part" and node.find(*AUXILIARIES) is None
    if bare and ((node.dep in STRAY and not lexicon.is_gerund(node)) or behind):
        # "Les pompiers ont secouru un homme, blessé à la tête": the noun before the comma
        return _agreeing_left(node)
    if infinitive and head.dep == "amod" and head.head is not None and head.head.head is not None:
        # "a sommé les troupes étrangères de quitter": hung on the adjective of the noun
        asked = head.head.dep == "obj" and lexicon.is_verb(head.head.head, lexicon.controls)
        return head.head if asked else None
    qualifies = node.dep in ("acl", "amod", "acl:relcl") or (node.dep == "xcomp" and head.pos == "NOUN" and infinitive)
    if qualifies and head.pos not in VERBAL:
        if infinitive:
            told = head.dep == "obj" or lexicon.preposition(head) in lexicon.words.prepositions.to
            if told and head.head is not None and lexicon.is_verb(head.head, lexicon.controls):
                return head
            of = lexicon.words.prepositions.of
            owner = next((c for c in head.children if lexicon.preposition(c) in of and c.i < node.i), None)
            if owner is not None and owner.pos not in VERBAL:
                return owner
            # "l'intention d'envoyer": who has the intention; "affirmé vendredi avoir frappé" or "affirme de son côté
            # avoir frappé": who says so
            governed = head.dep == "obj" or (head.dep in OBLIQUES and lexicon.preposition(head) == "")
            governed = governed or lexicon.among(head, lexicon.words.turns)
            return (head.head,) if governed and head.head is not None else None
        if node.find(*OBJECTS) is not None and node.morph("Tense") == "Past":
            # "a tué des milliers, chassé des millions": a verb coordinated by a comma, not a qualifier
            verb = next((a for a in node.ancestors() if a.pos in VERBAL), None)
            return (verb,) if verb is not None else None
        if _trails(node, lexicon):
            # "elle a tiré sur trois avions, blessant une hôtesse": what a clause brings about is its subject's doing
            verb = next((a for a in node.ancestors() if a.pos in VERBAL), None)
            if verb is not None and verb.find("aux:pass", "nsubj:pass") is None:
                return (verb,)
        return _agreeing(node, _whoever(head) if node.left is not None and node.left.lower == "," else head)
    if lexicon.is_gerund(node) and head.pos in VERBAL:
        return (head,)
    if infinitive and head.pos == "ADJ" and head.head is not None and head.head.pos in VERBAL:
        # "se dit prête à livrer des avions"
        return (head.head,)
    predicate = head.pos in VERBAL or head.find("cop") is not None
    inward = ("xcomp", "advcl", "ccomp", "obl:arg", *(("obj",) if node.find("cop") is not None else ()))
    if predicate and node.dep in inward and not is_finite(node):
        aimed = any(c.lower in lexicon.words.prepositions.purpose for c in node.all("mark", "case"))
        return (None if aimed else controlled(head, lexicon)) or (head,)
    if node.dep in ("conj", "aux", "cop"):
        return (head,)
    return None


def _agreeing(node: Node, head: Node) -> Node:
    """The noun that a plural participle qualifies, where the parse hangs it on a complement in the singular ("les
    dirigeants d'Europe du Nord réunis")."""
    best: Node | None = head
    while best is not None and node.morph("Number") == "Plur" and best.morph("Number") == "Sing" and best.dep == "nmod":
        best = best.head
    return best if best is not None and best.pos in NOMINAL and best.morph("Number") == "Plur" else head


def _whoever(noun: Node) -> Node:
    """Who stands before a town behind a preposition, which is not who was hit: "Un civil est mort à Choucha, tué par
    un tir"."""
    if noun.pos != "PROPN" or not noun.dep.startswith("obl") or noun.find("case") is None or noun.head is None:
        return noun
    done = [c for c in noun.head.children if c.dep in (*OBJECTS, *SUBJECTS) and c.i < noun.i]
    return done[-1] if done else noun


def _agreeing_left(participle: Node) -> Node | None:
    """The phrase in front of a participle, or the complement in it whose gender it has ("la mort d'un soldat, tué la
    veille")."""
    top = left_nominal(participle)
    top = _whoever(top) if top is not None else None
    gender = participle.morph("Gender")
    if top is None or not gender or top.morph("Gender") in ("", gender):
        return top
    inside = [node for node in participle.tree.nodes[top.i + 1 : participle.i] if node.pos == "NOUN"]
    return next((node for node in reversed(inside) if _gender(node) == gender), top)


def _gender(noun: Node) -> str:
    """The gender of a noun: that of its article, which the tagger gets right more often ("un civil")."""
    return next((found for det in noun.all("det") if (found := det.morph("Gender"))), noun.morph("Gender"))


def _trails(node: Node, lexicon: Lexicon) -> bool:
    """Whether an active participle follows its clause behind a comma."""
    left = node.left
    return (
        node.dep == "acl"
        and left is not None
        and left.lower == ","
        and node.lower.endswith(lexicon.words.active_endings)
    )


def _before_auxiliaries(node: Node, lexicon: Lexicon) -> Node | None:
    """The nominal left of the auxiliaries, where the parse knows of no subject."""
    first = min([node.i, *(c.i for c in node.children if c.dep in AUXILIARIES)])
    token = node.tree.nodes[first - 1] if first else None
    while (
        token is not None
        and token.pos == "PRON"
        and token.dep in CLITIC
        and first - token.i <= CLITICS
        and token.text[0].isalpha()
    ):
        token = token.left
    if first == node.i and token is not None and lexicon.preposition(climbed(token)):
        return None
    while token is not None and token.text in QUOTES:
        # "au moins 19 terroristes" avaient été "éliminés"
        token = token.left
    if token is not None and token.lower == ",":
        token = _before_aside(token)
    while token is not None and token.pos in ("ADV", "ADJ") and token.sentence == node.sentence:
        token = token.left
    if token is None or token.pos not in NOMINAL | {"PRON", "NUM"}:
        return None
    if token.sentence != node.sentence and not _cut_off(token, node):
        return None
    if token.lower in lexicon.words.reflexives:
        return None
    if token.lower in lexicon.words.relatives:
        return antecedent(token, lexicon)
    found = _governed(climbed(token), lexicon)
    return _topmost(found, lexicon) if lexicon.preposition(found) else found


def _topmost(token: Node, lexicon: Lexicon) -> Node | None:
    """The noun that a prepositional phrase left of a verb belongs to: "une frappe menée près de Rakka a tué"."""
    best = token
    for above in token.ancestors():
        if above.i > token.i or above.pos not in NOMINAL | VERBAL or above.dep == "ROOT":
            break
        if above.pos in NOMINAL:
            best = above
    return best if best is token or not lexicon.preposition(best) else None


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


def climbed(token: Node, barriers: frozenset[str] = BREAKS) -> Node:
    """The head of the phrase that ends with a token, by links that run to the left and over no barrier."""
    while token.head is not None and token.head.i < token.i and token.dep in PHRASAL and token.head.pos in NOMINAL:
        if any(other.lower in barriers for other in token.tree.nodes[token.head.i : token.i]):
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
            return above.head if _agrees(above.head, above) else left_nominal(pronoun) or above.head
        if above.pos in VERBAL and above.dep not in ("xcomp", "aux", "conj"):
            break
    return left_nominal(pronoun)


def _agrees(noun: Node, verb: Node) -> bool:
    """Whether a noun has the number of the verb that is said of it, as far as both are known."""
    finite = next((c for c in (verb, *verb.all(*AUXILIARIES)) if c.morph("VerbForm") == "Fin"), verb)
    return "" in (noun.morph("Number"), finite.morph("Number")) or noun.morph("Number") == finite.morph("Number")


def left_nominal(pronoun: Node, barriers: frozenset[str] = BREAKS) -> Node | None:
    """The phrase in front of a token, the punctuation and the adjectives between them passed over."""
    left = pronoun.left
    while left is not None and left.pos == "PUNCT" and pronoun.i - left.i < BOUNDS:
        left = left.left
    while left is not None and left.pos == "ADJ":
        left = left.left
    return climbed(left, barriers) if left is not None and left.pos in NOMINAL | {"PRON"} else None
