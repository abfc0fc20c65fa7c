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
    nearby = node.tree.nodes[max(0, node.i - REACH) : node.i + REACH]
    best: tuple[int, Means] | None = None
    for other in nearby:
        if other is node or other.sentence != node.sentence or other.pos in SILENT:
            continue
        kind = next((lexicon.means[key] for key in lexicon.keys(other) if key in lexicon.means), None)
        if kind is not None:
            cost = abs(other.i - node.i) + 4 * _boundaries(node, other)
            if best is None or cost < best[0]:
                best = cost, kind
    return best[1] if best is not None else None


def _boundaries(node: Node, other: Node) -> int:
    low, high = sorted((node.i, other.i))
    return sum(between.pos in VERBAL or between.lower in (",", ";") for between in node.tree.nodes[low + 1 : high])
