"""What an annotator sees: the article, its language pack, its parsed paragraphs and the layers found so far."""

import bisect
import operator
from collections.abc import Sequence
from typing import Protocol, TypeVar

from ..lang import LanguagePack
from ..model.article import Article
from ..model.records import AnyRecord, Block, Record, Span, layer_of
from .tree import Node, Tree

R = TypeVar("R", bound=Record)
_START = operator.attrgetter("start")


class Draft:
    """An article in the making. Annotators read it and return records; they change nothing."""

    def __init__(self, article: Article, pack: LanguagePack) -> None:
        self.article, self.pack = article, pack
        self.text = pack.normal(article.text)  # the same length as article.text: offsets hold in both
        self.trees: list[Tree] = []  # in text order; one a paragraph, several where it is very long
        self._layers: dict[str, tuple[AnyRecord, ...]] = {}

    def put(self, layer: str, records: Sequence[AnyRecord]) -> None:
        """Adds a finished layer."""
        self._layers[layer] = tuple(records)

    def layer(self, kind: type[R]) -> list[R]:
        """The records of a layer; empty where it has not been made."""
        tag = str(kind.__struct_config__.tag)
        return [record for record in self._layers.get(tag, ()) if isinstance(record, kind)]

    def records(self) -> tuple[AnyRecord, ...]:
        """All records so far, layer by layer."""
        return tuple(record for layer in self._layers.values() for record in layer)

    def raw(self, span: Span) -> str:
        """The article's own characters."""
        return self.article.text[span[0] : span[1]]

    def tree_at(self, offset: int) -> Tree | None:
        """The parsed paragraph that holds an offset."""
        i = bisect.bisect_right(self.trees, offset, key=_START) - 1
        return self.trees[i] if i >= 0 and offset < self.trees[i].end else None

    def trees_in(self, span: Span) -> list[Tree]:
        """The trees of a block: one, or its pieces."""
        first = bisect.bisect_left(self.trees, span[0], key=_START)
        return self.trees[first : bisect.bisect_left(self.trees, span[1], key=_START)]

    def node_at(self, offset: int) -> Node | None:
        """The token that holds an offset."""
        tree = self.tree_at(offset)
        i = bisect.bisect_right(tree.starts, offset) - 1 if tree is not None else -1
        return tree.nodes[i] if tree is not None and i >= 0 and offset < tree.nodes[i].end else None

    def blocks(self, kinds: frozenset[str]) -> list[Block]:
        """The blocks of these kinds."""
        return [block for block in self.layer(Block) if block.kind in kinds]


class Annotator(Protocol):
    """Finds one layer: a pure function of the draft. It says which layers it needs and which it gives.

    `parsed` says whether it reads the trees. Records come in text order, without `maker`; their `id` may be empty
    (it is filled in) unless they point at one another.
    """

    name: str
    version: str
    needs: tuple[str, ...]
    gives: str
    parsed: bool

    def __call__(self, draft: Draft) -> list[AnyRecord]: ...


def made(records: Sequence[AnyRecord], draft: Draft, annotator: Annotator) -> list[AnyRecord]:
    """The records with ids and maker. Raises ValueError where a span leaves the text or a layer was not declared."""
    import msgspec

    from ..model.records import identity

    maker = f"{annotator.name}/{annotator.version}/{draft.pack.code}-{draft.pack.digest}"
    finished: list[AnyRecord] = []
    for record in records:
        if layer_of(record) != annotator.gives or not 0 <= record.start < record.end <= len(draft.text):
            raise ValueError(f"{annotator.name} gave {record!r}")
        signed = record.id or identity(record, draft.article)
        finished.append(msgspec.structs.replace(record, id=signed, maker=maker))
    return finished
