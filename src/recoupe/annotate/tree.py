"""A parsed paragraph laid over the article: nodes with absolute offsets, and the walks that annotators need."""

import bisect
import operator
from collections.abc import Callable, Hashable, Iterator
from typing import Any, TypeVar

from ..model.parse import Parse, Token
from ..model.records import Span
from .forms import FORMS, Form

# Limits that only a damaged text passes, so that what climbs a tree or reads a sentence has a bounded cost. The deepest
# token of the benches stands 12 heads below its root, the longest sentence has 90 tokens.
DEEPEST = 40
MOST = 150
# Things that are kept of a paragraph: a few, unless its names are read in ever new ways.
READINGS = 20

T = TypeVar("T")
_POSITION = operator.attrgetter("i")
_FORM = operator.attrgetter("text", "lemma", "pos", "morph")


class Node:
    """A token in its tree. Offsets are absolute; `head` is None for the root of a sentence."""

    __slots__ = (
        "_features", "children", "dep", "end", "ent", "ent_start", "form", "head", "i", "lemma", "lower", "pos",
        "sentence", "start", "text", "tree",
    )  # fmt: skip

    def __init__(self, tree: "Tree", i: int, token: Token, form: Form, offset: int) -> None:
        self.tree = tree
        self.i = i
        self.start, self.end = offset + token.start, offset + token.end
        self.form = form
        self.text, self.lower, self.lemma, self.pos = form.text, form.lower, form.lemma, form.pos
        self._features = form.features
        self.dep, self.ent, self.ent_start = token.dep, token.ent, token.ent_start
        self.head: Node | None = None
        self.children: list[Node] = []
        self.sentence = 0

    def __repr__(self) -> str:
        return f"<{self.i} {self.text} {self.pos} {self.dep}>"

    def morph(self, key: str) -> str:
        """A feature's value ("Tense" → "Past"), or the empty string."""
        return self._features.get(key, "")

    def subtree(self) -> list["Node"]:
        """This node and all below it, in text order."""
        found = [self]
        for node in found:  # grows as it is walked
            found += node.children
        found.sort(key=_POSITION)
        return found

    def leftmost(self) -> int:
        """The number of the first token of this node and all below it."""
        first, queue = self.i, [self]
        for node in queue:
            queue += node.children
            if node.i < first:
                first = node.i
        return first

    def ancestors(self) -> Iterator["Node"]:
        """From the head upwards."""
        node = self.head
        while node is not None:
            yield node
            node = node.head

    def find(self, *deps: str) -> "Node | None":
        """The first child with one of these labels."""
        for child in self.children:
            if child.dep in deps:
                return child
        return None

    def all(self, *deps: str) -> list["Node"]:
        """The children with one of these labels."""
        return [child for child in self.children if child.dep in deps]

    @property
    def left(self) -> "Node | None":
        """The token before, in the paragraph."""
        return self.tree.nodes[self.i - 1] if self.i else None

    @property
    def right(self) -> "Node | None":
        """The token after, in the paragraph."""
        return self.tree.nodes[self.i + 1] if self.i + 1 < len(self.tree.nodes) else None

    @property
    def span(self) -> Span:
        return self.start, self.end


class Tree:
    """One parsed paragraph: `start` is its offset in the article, `kind` its block's, `starts` and `forms` its
    tokens'. It may be moved from one article to another that holds the same paragraph."""

    def __init__(self, parse: Parse, start: int, end: int, kind: str) -> None:
        self.parse, self.start, self.end, self.kind = parse, start, end, kind
        self.forms = list(map(FORMS.__getitem__, map(_FORM, parse.tokens)))
        paired = zip(parse.tokens, self.forms, strict=True)
        self.nodes = [Node(self, i, token, form, start) for i, (token, form) in enumerate(paired)]
        self.starts, self._ends = [node.start for node in self.nodes], [node.end for node in self.nodes]
        self.sentences: list[list[Node]] = []
        for node, token in zip(self.nodes, parse.tokens, strict=True):
            if token.sentence_start or not self.sentences or len(self.sentences[-1]) == MOST:
                self.sentences.append([])
            node.sentence = len(self.sentences) - 1
            self.sentences[-1].append(node)
        self._read: dict[Hashable, Any] = {}
        heads = self._heads()
        for node in self.nodes:
            if heads[node.i] != node.i:
                node.head = self.nodes[heads[node.i]]
                node.head.children.append(node)

    def move(self, start: int) -> None:
        """Lays the tree over the same paragraph where it begins elsewhere."""
        by = start - self.start
        if by:
            self.start, self.end = start, self.end + by
            for node in self.nodes:
                node.start += by
                node.end += by
            self.starts, self._ends = [node.start for node in self.nodes], [node.end for node in self.nodes]

    def once(self, key: Hashable, read: Callable[[], T]) -> T:
        """What is read of the paragraph and the key alone, once wherever it stands: offsets in the article must come
        with the beginning that they count from."""
        if key not in self._read:
            if len(self._read) >= READINGS:
                self._read.clear()
            self._read[key] = read()
        found: T = self._read[key]
        return found

    def _heads(self) -> list[int]:
        """The head of each token, its own where it has none or where the parse is deeper or longer than language is."""
        tokens, nodes = self.parse.tokens, self.nodes
        heads = [token.head for token in tokens]
        if any(len(sentence) == MOST for sentence in self.sentences):
            heads = [head if nodes[head].sentence == nodes[i].sentence else i for i, head in enumerate(heads)]
        depths: list[int | None] = [None] * len(nodes)
        for i in range(len(nodes)):
            path, at = list[int](), i
            while depths[at] is None and heads[at] != at:
                path.append(at)
                at = heads[at]
            depth = depths[at] or 0
            depths[at] = depth
            for below in reversed(path):
                depth += 1
                if depth > DEEPEST:
                    heads[below], depth = below, 0
                depths[below] = depth
        return heads

    def within(self, span: Span) -> list[Node]:
        """The tokens that share a character with a span."""
        first = bisect.bisect_right(self._ends, span[0])
        return self.nodes[first : bisect.bisect_left(self.starts, span[1])]

    def head_of(self, span: Span) -> Node | None:
        """The token of a span that hangs on one outside it."""
        inside = self.within(span)
        members = {node.i for node in inside}
        return next((node for node in inside if node.head is None or node.head.i not in members), None)
