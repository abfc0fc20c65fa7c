"""What a strike was made with: the weapon words of its clause, else of its sentence, else of the one before."""

from ...model.records import Means
from ..tree import Node
from .clause import Clause
from .lexicon import Lexicon
from .words import SILENT, VERBAL

# Tokens on either side: longer sentences of news name another strike by then.
REACH = 40


def means_of(clause: Clause, lemma: str, lexicon: Lexicon) -> Means | None:
    """The means that the trigger itself or the weapon nearest to it tells; None where the sentence names none."""
    if lemma in lexicon.means:
        return lexicon.means[lemma]
    node = clause.node
    best: tuple[int, Means] | None = None
    for other in node.tree.sentences[node.sentence]:
        if other.pos in SILENT or other is node or not -REACH <= other.i - node.i < REACH:
            continue
        told = next(filter(lexicon.means.__contains__, lexicon.keys(other)), None)
        if told is not None:
            kind = lexicon.means[told]
            cost = abs(other.i - node.i) + 4 * _boundaries(node, other)
            if best is None or cost < best[0]:
                best = cost, kind
    return best[1] if best is not None else None


def _boundaries(node: Node, other: Node) -> int:
    low, high = sorted((node.i, other.i))
    return sum(between.pos in VERBAL or between.lower in (",", ";") for between in node.tree.nodes[low + 1 : high])
