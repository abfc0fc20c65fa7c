"""The trees of the paragraphs that were read last: much of the news is copied, and a paragraph that comes again is not
parsed into a new tree but moved to where it stands now, with what annotators read of it alone."""

from collections import OrderedDict

from ..model.parse import Parse
from .tree import Tree

# Tokens of the trees that are kept: some 700 paragraphs, in 50 MB with what was read of them.
MOST = 60_000
# A paragraph in its language, and the kind of its block.
Key = tuple[str, str, str]


class Trees:
    """Trees by paragraph. One that is taken is no longer here: no two articles hold the same at once."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._tokens = most, 0
        self._kept: OrderedDict[Key, Tree] = OrderedDict()

    def parse(self, key: Key) -> Parse | None:
        """The parse of a paragraph whose tree is here."""
        tree = self._kept.get(key)
        return tree.parse if tree is not None else None

    def take(self, key: Key, start: int) -> Tree | None:
        """The tree of a paragraph, moved to where it begins; None where there is none, or another article has it."""
        tree = self._kept.pop(key, None)
        if tree is not None:
            self._tokens -= len(tree.nodes)
            tree.move(start)
        return tree

    def keep(self, key: Key, tree: Tree) -> None:
        """Keeps a tree whose article is finished, and lets go of those that were not asked for longest."""
        if key in self._kept:
            return
        self._kept[key] = tree
        self._tokens += len(tree.nodes)
        while self._tokens > self._most:
            self._tokens -= len(self._kept.popitem(last=False)[1].nodes)
