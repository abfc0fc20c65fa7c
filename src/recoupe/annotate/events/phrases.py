"""The span of an argument: the phrase of a head token, without its relative clauses, and what it may be."""

from collections.abc import Iterator

from ...model.records import Name, Span, Time
from ..draft import Draft
from ..shelf import Shelf
from ..tree import Node, Tree
from .lexicon import Lexicon
from .words import NOMINAL, VERBAL

INNER = frozenset(
    {"det", "amod", "nummod", "flat:name", "flat:foreign", "flat", "compound", "fixed", "nmod:poss", "dep"}
)
QUOTES = frozenset({'"', "'", "«", "»", "“", "”"})
# Phrases nest a few deep; in damaged text the parser chains nouns by the hundred.
DEEPEST = 12
MOST = 60
PUNCTUATION = QUOTES | {","}
QUALIFIERS = ("amod", "compound", "flat:name", "nummod", "det", "fixed")
COMPLEMENTS = ("nmod", "obl:arg", "appos", "nsubj", "obl:mod")


class Names:
    """The names of an article by token: which name a token is in, and the type of each."""

    def __init__(self, draft: Draft) -> None:
        self._names = Shelf(draft.layer(Name), lambda name: [name.span])
        self._by_tree: dict[int, dict[int, Name]] = {}
        self._tree: Tree | None = None
        self._here: dict[int, Name] = {}

    def at(self, node: Node) -> Name | None:
        """The name that a token is part of."""
        return (self._here if node.tree is self._tree else self.of(node.tree)).get(node.i)

    def of(self, tree: Tree) -> dict[int, Name]:
        """The names of a paragraph by token index."""
        found = self._by_tree.get(tree.start)
        if found is None:
            found = self._by_tree[tree.start] = {
                inside.i: name
                for name in self._names.near((tree.start, tree.end))
                if name.start < tree.end and tree.start < name.end
                for inside in tree.within(name.span)
            }
        self._tree, self._here = tree, found
        return found


class Times:
    """The temporal expressions of an article by where they stand: their tokens are no arguments."""

    def __init__(self, draft: Draft) -> None:
        self._shelf = Shelf(draft.layer(Time), lambda time: [time.span])

    def near(self, span: Span) -> list[Time]:
        """The times that may share a character with a span."""
        return self._shelf.near(span)

    def at(self, node: Node) -> bool:
        """Whether a token lies in a temporal expression."""
        return any(time.start <= node.start < time.end for time in self._shelf.near(node.span))


def phrase(node: Node, lexicon: Lexicon, names: Names, *, joined: bool = True) -> Span:
    """The phrase of a head, from its determiner to its last complement, without preposition and relative clause;
    `joined` takes in what is coordinated with it."""
    nodes = node.tree.nodes
    members = _members(node, lexicon, joined=joined, depth=0)
    first = last = node.i
    while first - 1 in members and nodes[first - 1].sentence == node.sentence:
        first -= 1
    while last + 1 in members and not (nodes[last].lower == "," and _set_off(nodes[last + 1], lexicon)):
        # "93 personnes, dont 11 enfants": those counted in once more are no part of the phrase
        last += 1
    while last > node.i and (nodes[last].pos in ("PUNCT", "CCONJ", "ADP", "DET") or _leads(nodes[last], lexicon)):
        last -= 1
    if last - 1 > node.i and nodes[last].pos == "PRON" and nodes[last - 1].lower == ",":
        last -= 2  # "les rebelles, eux, ont pris la ville"
    first, last = _whole(nodes, first, last)
    of, restrictions = lexicon.words.prepositions.of, lexicon.words.restrictions
    while first < node.i and (
        nodes[first].pos in ("PUNCT", "CCONJ")
        or nodes[first].dep in ("case", "cc", "mark")
        or nodes[first].lower in of
        or nodes[first].lower in restrictions
    ):
        first += 1
    start, end = nodes[first].start, nodes[last].end
    for edge in (nodes[first], nodes[last], node):
        name = names.at(edge)
        if name is not None:
            start, end = min(start, name.start), max(end, name.end)
    return start, end


def _set_off(token: Node, lexicon: Lexicon) -> bool:
    """Whether what begins behind a comma only says more: those counted in, a share, an indefinite apposition."""
    indefinite = token.pos == "DET" and token.morph("Definite") == "Ind" and token.morph("Number") == "Sing"
    listed = token.head is not None and token.head.dep == "conj"
    return token.lower in lexicon.words.asides or (indefinite and not listed)


def _leads(token: Node, lexicon: Lexicon) -> bool:
    """Whether a word begins a longer preposition ("deux missiles au-dessus de la mer")."""
    prepositions, right = lexicon.words.prepositions, token.right
    of = right is not None and prepositions.full.get(right.lower, right.lower) in prepositions.of
    return of and token.pos == "ADV" and token.lower in prepositions.heads


def _whole(nodes: list[Node], first: int, last: int) -> tuple[int, int]:
    """The first and the last token of a phrase with the rest of the words that the tokeniser cuts ("état-major")."""
    while first >= 2 and _hyphen(nodes, first - 1):
        first -= 2
    while last + 2 < len(nodes) and _hyphen(nodes, last + 1):
        last += 2
    return first, last


def _hyphen(nodes: list[Node], i: int) -> bool:
    """Whether token i is a hyphen inside a word."""
    return nodes[i].text == "-" and nodes[i - 1].end == nodes[i].start and nodes[i].end == nodes[i + 1].start


def _qualifies(participle: Node, noun: Node) -> bool:
    """Whether a bare participle right behind a noun is its adjective ("des hommes armés")."""
    bare = participle.dep == "acl" and participle.morph("Tense") == "Past" and participle.i == noun.i + 1
    return bare and all(child.dep in ("advmod", "punct") for child in participle.children)


def _members(node: Node, lexicon: Lexicon, *, joined: bool, depth: int) -> set[int]:
    found = {node.i}
    if depth > DEEPEST:
        return found
    of = lexicon.words.prepositions.of
    for child in node.children:
        if (child.dep in INNER and child.pos not in VERBAL) or _qualifies(child, node):
            found |= {inner.i for inner in _without_clauses(child)}
        elif child.dep == "amod":
            if child.left is None or child.left.lower != ",":
                found.add(child.i)
        elif child.dep in COMPLEMENTS and child.pos not in VERBAL:
            prep = lexicon.preposition(child)
            if not prep and lexicon.is_a(child, "calendar"):
                continue  # "200 civils dimanche": the day is the verb's, wherever the parse hangs it
            if prep in of or (not prep and (_beside(child, node) or _renames(child, node))):
                found |= _members(child, lexicon, joined=joined, depth=depth + 1)
        elif child.dep == "conj" and joined and _joins(child, node, lexicon):
            found |= _members(child, lexicon, joined=joined, depth=depth + 1)
        elif child.dep in ("case", "cc", "advmod") and (depth or (child.dep == "advmod" and child.i < node.i)):
            found |= {inner.i for inner in child.subtree()}
        elif child.dep == "punct" and child.lower in PUNCTUATION:
            found.add(child.i)
    return found


def _without_clauses(node: Node) -> Iterator[Node]:
    """What hangs on a qualifier, less its clauses: "des équipages capables", not "… de piloter des avions"."""
    yield node
    for child in node.children:
        if child.pos not in VERBAL:
            yield from _without_clauses(child)


def _beside(child: Node, node: Node) -> bool:
    """Whether a complement stands right behind its noun, adjectives apart ("le mouvement islamiste Hamas")."""
    return node.i < child.i and all(other.pos == "ADJ" for other in node.tree.nodes[node.i + 1 : child.i])


def _renames(child: Node, node: Node) -> bool:
    """Whether an apposition names its head anew: one person is not seven people, but the speaker of what follows."""
    many = node.morph("Number") == "Plur" and child.morph("Number") == "Sing"
    return child.dep == "appos" and not many


def _joins(child: Node, node: Node, lexicon: Lexicon) -> bool:
    """A coordinated noun belongs to the phrase where no verb stands between and it names no happening itself."""
    if child.pos not in NOMINAL | {"NUM"} or lexicon.rules(child):
        return False
    between = node.tree.nodes[node.i : child.i]
    return not any(other.pos in VERBAL and other.dep not in ("amod", "acl") for other in between)


def words_of(node: Node | None, lexicon: Lexicon) -> list[Node]:
    """The tokens of a phrase that conditions look at: the head, its qualifiers, what is coordinated with it, and
    behind a quantity what it is a quantity of ("des milliers de soldats", "30 des 35 drones")."""
    if node is None:
        return []
    found: list[Node] = []
    queue = [node]
    while queue and len(found) < MOST:
        token = queue.pop()
        found.append(token)
        counted = token.pos in ("NUM", "DET", "PRON", "ADV") or lexicon.is_a(token, "quantities")
        for child in token.children:
            if child.dep in QUALIFIERS or (child.dep == "acl" and child.i == token.i + 1):
                found.append(child)
            elif child.dep == "conj" or (counted and _is_counted(child, lexicon)):
                queue.append(child)
    return found


def _is_counted(child: Node, lexicon: Lexicon) -> bool:
    """Whether a child of a quantity is what there is so much of: "des dizaines de soldats", not "… dans le centre"."""
    if child.dep not in COMPLEMENTS or child.pos in VERBAL:
        return False
    return not (lexicon.is_a(child, "places") and lexicon.preposition(child) in lexicon.words.prepositions.at)


def is_place(node: Node, lexicon: Lexicon, names: Names) -> bool:
    """Whether a phrase names a place: the head is a place's name, or a noun for a kind of place."""
    name = names.at(node)
    if name is not None:
        return name.type == "LOC"
    return lexicon.is_a(node, "places")


def can_act(node: Node | None, lexicon: Lexicon, names: Names) -> bool:
    """Whether a phrase may be an actor: a name, a pronoun, or a noun that is no weapon, event, time or abstraction."""
    if node is None:
        return False
    if lexicon.is_a(node, "weapons"):
        return False
    if names.at(node) is not None:
        return True
    if node.pos == "PRON":
        return node.text[0].isalpha() and (
            node.morph("Poss") != "Yes"
            and node.lower not in lexicon.words.impersonal
            and node.lower not in lexicon.words.relatives
        )
    if node.pos not in NOMINAL | {"ADJ", "NUM"} or node.text[:1].isdigit():
        return False
    if lexicon.is_a(node, "agents") or lexicon.is_a(node, "forces") or lexicon.is_a(node, "people"):
        return True
    if node.lower in lexicon.nouns:
        # Happenings do not act: "leur entrée a déclenché des affrontements".
        return False
    if any(lexicon.is_a(node, name) for name in ("weapons", "arms", "never_actors", "aid", "places", "buildings")):
        return False
    return not (lexicon.keys(node)[-1].endswith(lexicon.words.not_actor_endings) and node.pos == "NOUN")
