"""The figures of one paragraph: quantities that count something, with their measure."""

import itertools
from dataclasses import dataclass, field

from ...lang.numerals.numeral import folded
from ...model.records import Measure, Span, Time
from ..draft import Draft
from ..tree import Node, Tree
from .counted import Counted, counts_article, find_counted
from .measures import Cue, Surroundings, joined_measure, settle
from .quantities import Quantity, find_quantities
from .words import Lexicon, Sense

# Of these even one is told as a number ("un soldat a été tué").
ONE_BY_ONE: frozenset[Measure] = frozenset({"killed", "wounded", "missing", "captured"})

# After a definite article a number up to this one is taken as known already, unless its noun says what happened.
SMALL = 20


@dataclass(slots=True)
class Found:
    """A figure in the making."""

    span: Span
    tree: Tree
    quantity: Quantity
    counted: Counted
    cue: Cue | None
    measure: Measure
    counts: tuple[str, ...]
    part_of: "Found | None" = None
    exceeded: bool = False
    low: float | int | None = None
    high: float | int | None = None
    follows: list[str] = field(default_factory=list)


def read_paragraph(draft: Draft, tree: Tree, words: Lexicon) -> list[Found]:
    """The figures of a parsed paragraph, in text order."""
    text = draft.text[tree.start : tree.end]
    quantities = find_quantities(text, draft.pack, lambda offset: _changes(tree, offset + tree.start, words))
    if not quantities:
        return []
    timed = [time.span for time in draft.layer(Time) if tree.start <= time.start < tree.end]
    cues = {node.i: senses for node in tree.nodes if (senses := words.of(node))}
    found: list[Found] = []
    for i, quantity in enumerate(quantities):
        start, end = quantity.numerals[0].start + tree.start, quantity.numerals[-1].end + tree.start
        if any(a < end and start < b for a, b in timed):
            continue
        following = quantities[i + 1] if i + 1 < len(quantities) else None
        counted = find_counted(quantity, following, tree, text, words)
        if counted is not None and (figure := _figure(quantity, counted, tree, text, words, cues, found)):
            found.append(figure)
    return _with_parts(found, text, words)


def _changes(tree: Tree, offset: int, words: Lexicon) -> bool:
    """Whether a verb of change governs "from … to" at an offset: one in the few words before it."""
    before = [node for node in tree.within((tree.start, offset)) if node.end <= offset][-6:]
    return any(folded(node.lemma) in words.change or words.plain(node) in words.change for node in before)


def _figure(
    quantity: Quantity,
    counted: Counted,
    tree: Tree,
    text: str,
    words: Lexicon,
    cues: dict[int, list[Sense]],
    before: list[Found],
) -> Found | None:
    """The quantity as a figure, None where it counts nothing the reader is told of."""
    toll = _toll(counted, words) if not counted.nouns else None
    inside = tree.within((quantity.start + tree.start, quantity.end + tree.start)) if toll is None else []
    whole = bool(before) and before[-1].counted.part and before[-1].tree is tree
    cue = Surroundings(toll or counted, inside).find(cues, whole)
    source = toll or counted
    measure: Measure = joined_measure(cue, settle(cue, source, words), cues) if cue else "other"
    numeral = quantity.numerals[-1]
    if toll is not None and cue is None:
        measure = "killed" if folded(toll.anchor.lemma) in words.words.counted.tolls else "other"
    alone = numeral.value == 1 and numeral.kind == "words" and not quantity.bound
    if alone and not _one_counts(quantity, counted, cue, tree, words):
        return None
    if counted.definite and _is_known(quantity, cue):
        return None
    if not counted.nouns and toll is None and not counted.part and not _stands_alone(quantity, counted, cue, words):
        return None
    counts = tuple(dict.fromkeys(folded_lemma(node) for node in source.nouns)) or _inherited(before, tree, counted)
    span = (quantity.start + tree.start, quantity.end + tree.start)
    figure = Found(span, tree, quantity, counted, cue, measure, counts, low=quantity.low, high=quantity.high)
    return _adjusted(figure, words, toll)


def _is_known(quantity: Quantity, cue: Cue | None) -> bool:
    """Whether a number after a definite article only repeats what the reader knows: "les deux pays"."""
    if quantity.bound or quantity.numerals[-1].vague or quantity.unit == "share":
        return False
    return cue is None or (cue.cost > 0.5 and quantity.numerals[-1].value <= SMALL)


def folded_lemma(node: Node) -> str:
    """A noun's lemma in lower case; names keep their capital."""
    return node.lemma if node.pos == "PROPN" else node.lemma.lower()


def _toll(counted: Counted, words: Lexicon) -> Counted | None:
    """For a bare number, the noun it is the number of: "le nombre de morts dépasse 100 000", "le bilan est de 46"."""
    node = counted.anchor
    for above in (node, *node.ancestors()):
        for child in (above, *above.children):
            if child.sentence != node.sentence or child.i >= node.i:
                continue
            lemma = folded(child.lemma)
            if lemma in words.words.counted.tolls:
                return Counted(child, [])
            if lemma in words.words.counted.counters:
                of = next((grand for grand in child.children if grand.dep == "nmod" and grand.i < node.i), None)
                if of is not None:
                    return Counted(of, [of])
    return None


def _one_counts(quantity: Quantity, counted: Counted, cue: Cue | None, tree: Tree, words: Lexicon) -> bool:
    """Whether "un" or "one" is a count: "un mort", "un soldat a été tué", "un seul"; not "un ministre a dit"."""
    after = tree.within((quantity.end + tree.start, quantity.end + tree.start + 12))
    if any(
        words.plain(node) in words.words.not_counts.only
        for node in after[:2]
        if node.start >= quantity.end + tree.start
    ):
        return True
    if cue is None or not counted.nouns:
        return False
    if not quantity.numerals[-1].article:
        return True
    return cue.measures[0] in ONE_BY_ONE and cue.cost <= 1.5 and counts_article(counted, words)


def _stands_alone(quantity: Quantity, counted: Counted, cue: Cue | None, words: Lexicon) -> bool:
    """Whether a bare number counts all the same: it has its verb beside it, or is a round number of people."""
    if cue is None or cue.cost > 1.5:
        return False
    return quantity.numerals[-1].value != 1


def _inherited(before: list[Found], tree: Tree, counted: Counted) -> tuple[str, ...]:
    """What a number without a noun counts: what the last one of the paragraph did."""
    last = next((found for found in reversed(before) if found.tree is tree and found.counts), None)
    return last.counts if last is not None else ()


def _adjusted(figure: Found, words: Lexicon, toll: Counted | None) -> Found:
    """The other reading of grouped digits where things are counted, and "a dépassé 100 000"."""
    numeral = figure.quantity.numerals[-1]
    if numeral.other is not None and figure.low == figure.high == numeral.value and numeral.scale == 1:
        figure.low = figure.high = numeral.other
    if toll is not None and not figure.counts and folded(toll.anchor.lemma) in words.words.counted.tolls:
        figure.counts = (words.words.counted.toll_counts,)
    if not figure.quantity.bound and _exceeds(figure, words):
        figure.high, figure.exceeded = None, True
    return figure


def _exceeds(figure: Found, words: Lexicon) -> bool:
    """Whether a verb of passing stands before the number with nothing but its object's beginning between."""
    node = figure.tree.within(figure.span)[0].left
    seen = 0
    while node is not None and seen < 7:
        if folded(node.lemma) in words.exceed:
            return node.pos in ("VERB", "AUX")
        if words.plain(node).strip("'") not in words.words.bounds.exceed_between:
            return False
        node, seen = node.left, seen + 1
    return False


def _with_parts(found: list[Found], text: str, words: Lexicon) -> list[Found]:
    """Links each figure to the one it is a part of: "30 des 35 drones", "400 morts, dont 12 enfants"."""
    for figure, following in itertools.pairwise(found):
        if figure.counted.part:
            figure.part_of = following
    for whole, figure in itertools.pairwise(found):
        before = folded(text[max(0, figure.span[0] - figure.tree.start - 32) : figure.span[0] - figure.tree.start])
        if words.dont.search(before) and whole.counted.anchor.sentence == figure.counted.anchor.sentence:
            figure.part_of = whole
            if whole.cue is not None and "casualties" in whole.cue.measures and figure.measure in ("killed", "wounded"):
                whole.measure = "casualties"
            if figure.cue is None or figure.cue.cost > 0.5:
                figure.measure, figure.cue = whole.measure, whole.cue
    return found
