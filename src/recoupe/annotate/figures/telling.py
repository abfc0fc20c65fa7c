"""Whether a number tells a count: not a mere article, nothing known already, not bare without its verb."""

from ...lang.numerals.numeral import folded
from ...model.records import Measure, Span
from ..tree import Node, Tree
from .counted import Counted, counts_article
from .measures import Cue
from .quantities import Quantity
from .settle import THINGS
from .words import Lexicon

# Of these even one is told as a number ("un soldat a été tué").
ONE_BY_ONE: frozenset[Measure] = frozenset(
    {"killed", "wounded", "missing", "captured", "destroyed", "intercepted", "launched"}
)
# After a definite article a number up to this one is taken as known already, unless its noun says what happened.
SMALL = 20
# The same where no word tells what happened: "les 60 membres du Parlement", but "les 20 000 branchements".
MANY = 150
# How many words after an article the noun it counts is looked for.
AFTER = 5
# How many words before it one that bounds it is.
BOUND = 3
# A verb no farther than this from a number is its own.
NEAR = 1.5


def is_known(quantity: Quantity, cue: Cue | None) -> bool:
    """Whether a number after a definite article only repeats what the reader knows: "les deux pays"."""
    if quantity.bound or quantity.numerals[-1].vague or quantity.unit == "share":
        return False
    return (cue is None or cue.cost > 0.5) and quantity.numerals[-1].value <= (SMALL if cue is not None else MANY)


def stretches(tree: Tree, words: Lexicon) -> list[Span]:
    """The sentences of a paragraph that can have a figure, as offsets in its text, those next to one another in one:
    with digits, a word of a number, or an article that may be one. Half of all text has none, and costs no more."""
    found: list[Span] = []
    open_ = False
    for sentence in tree.sentences:
        start, end = sentence[0].start - tree.start, sentence[-1].end - tree.start
        if _may_count(sentence, words):
            found[-1:] = [(found[-1][0], end)] if open_ else [*found[-1:], (start, end)]
            open_ = True
        else:
            open_ = False
    return found


def _may_count(sentence: list[Node], words: Lexicon) -> bool:
    """Whether digits or a word of a number stand in a sentence, or an article with people or things after it that are
    counted one by one, or with a bound before it ("au moins une attaque")."""
    known = words.known
    opened = [known[node.form].opens for node in sentence]
    if "digits" in opened or "number" in opened:
        return True
    for node, opens in zip(sentence, opened, strict=True) if "article" in opened else ():
        if opens:
            near = node.tree.forms[max(0, node.i - BOUND) : node.i + 1 + AFTER]
            if any(known[form].counts_one for form in near):
                return True
    return False


def is_article(quantity: Quantity) -> bool:
    """Whether a number is an article by its form: "un", with nothing that bounds it."""
    return quantity.numerals[-1].article and quantity.numerals[-1].value == 1 and not quantity.bound


def is_mere_article(quantity: Quantity, counted: Counted, tree: Tree, words: Lexicon) -> bool:
    """Whether "un" is no count whatever is told of its noun; most are, so they cost no search."""
    if not is_article(quantity) or quantity.ratio or counted.other:
        return False
    if not counted.nouns:
        return True
    noun = counted.nouns[0]
    above = noun.head
    if noun.dep == "nmod" and above is not None and words.number_of(above) is not None and words.is_counted(above):
        return True  # "neuf membres d'une même famille"
    return not (counts_article(counted, words) or _is_listed(noun) or _is_only(quantity, tree, words))


def _is_only(quantity: Quantity, tree: Tree, words: Lexicon) -> bool:
    """Whether "seul" follows."""
    after = tree.within((quantity.end + tree.start, quantity.end + tree.start + 12))
    only = words.words.not_counts.only
    return any(words.plain(node) in only for node in after[:2] if node.start >= quantity.end + tree.start)


def one_counts(quantity: Quantity, counted: Counted, cue: Cue | None, tree: Tree, words: Lexicon) -> bool:
    """Whether "un" or "one" is a count: "un mort", "un soldat a été tué", "un seul"; not "un ministre a dit"."""
    if _is_only(quantity, tree, words):
        return bool(counted.nouns)
    if counted.nouns and _is_listed(counted.nouns[0]):
        return True
    if counted.nouns and _says_who(counted.nouns[0]):
        return False
    if counted.nouns and counted.nouns[0].head is None and counted.nouns[0].find("acl:relcl") is not None:
        return False  # "Un décès qui a ému la ville": a remark on what was told before
    if cue is None or not counted.nouns:
        return False
    if not quantity.numerals[-1].article:
        return True
    if words.kind(folded(counted.nouns[0].lemma)) != "people" and (
        cue.cost > 1.0 or cue.role not in ("objects", "acts") or not THINGS & {*cue.measures}
    ):
        return False  # "une roquette qui se serait écrasée", "l'explosion d'un camion a fait trois morts"
    return cue.measures[0] in ONE_BY_ONE and cue.cost <= 1.5 and counts_article(counted, words)


def _says_who(noun: Node) -> bool:
    """Whether a noun says who the person named before it is: "Mme Diallo, une veuve de 60 ans, a été blessée"."""
    if noun.dep == "appos":
        return noun.head is not None and (noun.head.pos == "PROPN" or noun.head.find("flat:name") is not None)
    comma = noun.left.left if noun.left is not None else None
    name = comma.left if comma is not None and comma.text == "," else None
    if name is None or name.pos != "PROPN" or name.find("case") is not None or noun.head is None:
        return False
    closed = any(other.text == "," for other in noun.tree.nodes[noun.i : noun.head.i])
    return noun.dep.startswith("nsubj") and closed


def _is_listed(noun: Node) -> bool:
    """Whether a noun ends a list of counted ones: "13 Israéliens, dix Thaïlandais et un Philippin"."""
    if noun.dep != "conj" or noun.head is None or noun.find("cop") is not None:
        return False  # "71 morts, 28 blessés sont dans un état critique" lists no state
    row = [noun.head, *(child for child in noun.head.children if child.dep == "conj" and child is not noun)]
    return any(node.i < noun.i and node.find("nummod") is not None for node in row)


def stands_alone(quantity: Quantity, counted: Counted, cue: Cue | None) -> bool:
    """Whether a bare number counts all the same: it has its verb beside it; a bare share, after it."""
    if cue is None or cue.cost > NEAR or quantity.numerals[-1].value == 1:
        return False
    return quantity.unit != "share" or cue.node.i > counted.anchor.i
