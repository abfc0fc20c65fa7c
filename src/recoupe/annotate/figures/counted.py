"""What a number counts, or why it is no count."""

from dataclasses import dataclass

from ...lang.numerals.numeral import folded
from ..tree import Node, Tree
from .quantities import Quantity
from .words import Lexicon

# How many words may stand between a number and its noun: "trois autres jeunes et braves soldats".
LONGEST = 6
NOMINAL = ("NOUN", "PROPN")
# The highest number that tells a model from the one before it.
MODELS = 20
# Years look like counts; with a noun after them they may be some ("2000 soldats"), bare they are not.
YEARS = range(1900, 2100)


@dataclass(slots=True)
class Counted:
    """What a number counts: `nouns` with those joined to it (none where the number is bare), and the node that stands
    for it in the tree. `definite`: an article before it says it is already known; `part`: it is so many of the next
    quantity; `other`: it adds to what was counted before ("300 autres")."""

    anchor: Node
    nouns: list[Node]
    definite: bool = False
    part: bool = False
    other: bool = False


def find_counted(
    quantity: Quantity, following: Quantity | None, tree: Tree, text: str, words: Lexicon
) -> Counted | None:
    """What the number counts; None where it is no count. `text` is the paragraph's."""
    inside = tree.within((quantity.start + tree.start, quantity.end + tree.start))
    if not inside or _is_code(quantity, text, words):
        return None
    loose = quantity.bound or quantity.approx or quantity.numerals[0].vague
    if not loose and _is_numbered(inside[0], words) and not _counts_noun(inside[-1], words):
        return None
    last, before = inside[-1], inside[0].left
    definite = before is not None and words.plain(before) in words.words.not_counts.definite
    other = _adds(last, words)
    part = following is not None and _is_part_of(quantity, following, text, words)
    between = (
        following is not None and part and _noun_between(folded(text[quantity.end : following.start]).strip(), words)
    )
    skip_to = following.end + tree.start if part and following is not None and not between else 0
    gap = (quantity.numerals[0].end + tree.start, quantity.numerals[-1].start + tree.start)
    noun = next((node for node in tree.within(gap) if node.pos in NOMINAL), None) if quantity.ratio else None
    after = folded(text[quantity.end : quantity.end + 20])
    if noun is None and not words.them.match(after) and not words.according.match(after):
        noun = _noun_after(last, words, skip_to, _is_round(quantity))
    if noun is last or (noun is not None and noun is last.right and quantity.numerals[-1].kind == "share"):
        return None  # "un dixième paquet"
    if noun is None and (_is_listed_with_unit(last, words) or _is_paid(inside, words)):
        return None
    if noun is None:
        numeral = quantity.numerals[-1]
        written = text[numeral.start : numeral.end]
        if written.isdigit() and quantity.low in YEARS and quantity.low == quantity.high:
            return None
        if written.isdigit() and quantity.low == quantity.high and _is_model(inside[0], numeral.value):
            return None
        return Counted(last, [], definite, part, other)
    # "1 000 morts et des dizaines de milliers de sans-abri": the next quantity's words are its own.
    beyond = following.start + tree.start if following is not None and not part else tree.end
    nouns = [node for node in joined_nouns(noun, words) if node is noun or node.start < beyond]
    return Counted(noun, nouns, definite, part, other)


def _is_listed_with_unit(last: Node, words: Lexicon) -> bool:
    """Whether a bare number goes with those after it up to a unit: "trois frères de 9, 11 et 14 ans"."""
    node, refused = last.right, words.words.not_counts.units
    if node is not None and node.pos == "NUM":
        return False  # "contre 12 trois jours plus tôt"
    while node is not None and (node.text == "," or node.pos in ("CCONJ", "NUM")):
        node = node.right
    before = node.left if node is not None else None
    ends = before is not None and before is not last and before.pos == "NUM" and node is not None
    return ends and node is not None and (words.plain(node) in refused or folded(node.lemma) in refused)


def _is_paid(inside: list[Node], words: Lexicon) -> bool:
    """Whether a bare number in front of a receiver is of the money named before it: "trois millions de roubles aux
    familles et un million aux blessés"."""
    after, refused = inside[-1].right, words.words.not_counts.money
    if after is None or words.plain(after) not in words.words.not_counts.receiving:
        return False
    sentence = inside[0].tree.sentences[inside[0].sentence]
    return any(words.plain(node) in refused or folded(node.lemma) in refused for node in sentence if node.i < after.i)


def _adds(last: Node, words: Lexicon) -> bool:
    """Whether "other" follows, "of" aside: "300 autres", "une trentaine d'autres"."""
    after = last.right
    if after is not None and words.plain(after) in words.words.counted.of:
        after = after.right
    return after is not None and words.plain(after) in words.words.counted.other


def _is_code(quantity: Quantity, text: str, words: Lexicon) -> bool:
    """Whether the number is part of a word, a time, a date, a score or a price: "deux-roues", "17:30", "$30"."""
    signs = words.words.not_counts.currency_signs
    start, end = quantity.numerals[0].start, quantity.numerals[-1].end
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if not signs.isdisjoint(before + after):
        return True
    if after[:1] in ("°", "%", "/", "'") and quantity.unit != "share":
        return True
    if after[:1] in (":", "-", ".", ",") and after[1:2].isalnum():
        return True
    if after[:1] == " " and after[1:2].isdigit():
        return True  # one of a row of numbers: a telephone's
    if before[-1:] in ("/", "#", "+", "°", "_"):
        return True
    return len(before) == 2 and (
        (before[1] in ":.,' " and before[0].isdigit()) or (before[1] == "-" and before[0].isalnum())
    )


def _is_numbered(first: Node, words: Lexicon) -> bool:
    """Whether the word before is one that a number names: "article 5"."""
    before = first.left
    if before is None or before.sentence != first.sentence:
        return False
    return (
        folded(before.lemma) in words.words.not_counts.numbered
        or words.plain(before) in words.words.not_counts.numbered
    )


def _is_model(first: Node, value: float) -> bool:
    """Whether a bare number is one of a name's: "Leopard 2", "Patriot 3"."""
    before = first.left
    named = before is not None and before.text[:1].isupper() and before.sentence == first.sentence
    return named and value <= MODELS and before is not None and before.i > before.tree.sentences[before.sentence][0].i


def _counts_noun(last: Node, words: Lexicon) -> bool:
    """Whether people or arms follow, so that no number of a thing ends here: "jeté sur les routes 400 000 personnes",
    "dans la nuit de dimanche 80 drones"."""
    return last.right is not None and last.right.pos == "NOUN" and words.kind(last.right.lemma) != "things"


def _is_part_of(quantity: Quantity, following: Quantity, text: str, words: Lexicon) -> bool:
    """Whether "of (the)" and nothing else stands between two quantities."""
    between = folded(text[quantity.end : following.start]).strip()
    counted = words.words.counted
    whole = following.high if following.high is not None else following.low
    if whole is not None and quantity.low is not None and whole < quantity.low and quantity.unit != "share":
        return False  # "80 missiles sur une dizaine de villes"
    of, _, whose = between.partition(" ")
    if of in counted.of and whose in words.words.sides.possessives:
        return True  # "la moitié de ses 36 000 occupants"
    if between in counted.of:
        return between not in counted.partitive
    return between in counted.out_of or _noun_between(between, words)


def _noun_between(between: str, words: Lexicon) -> bool:
    """Whether one to three words and "out of" stand between: "18 missiles de croisière sur 20"."""
    parts = between.split(" ")
    return any(
        " ".join(parts[size:]) in words.words.counted.ratio and all(part.isalpha() for part in parts[:size])
        for size in (1, 2, 3)
    )


def _is_round(quantity: Quantity) -> bool:
    """Whether a number is a noun itself, whose complement it counts: "une dizaine de", "2 millions de", "la moitié de";
    "31 de" is something else."""
    numeral = quantity.numerals[-1]
    return numeral.vague or numeral.approx or numeral.kind == "share" or numeral.scale >= 1_000_000


def _noun_after(last: Node, words: Lexicon, skip_to: int, is_round: bool) -> Node | None:
    """The noun after a number, None where it stands bare, the number's own node where it measures something else."""
    counted, refused = words.words.counted, words.words.not_counts.units
    node, seen = last.right, 0
    while node is not None and seen < LONGEST and node.sentence == last.sentence:
        plain, lemma = words.plain(node), folded(node.lemma)
        if node.start >= skip_to:
            if node.pos == "DET" and seen == 0 and plain not in counted.of and not _is_number_of(node, words):
                return None  # "280 la veille", "40 a day": another phrase begins
            if seen == 0 and words.known[node.form].opens == "number" and not last.text[-1:].isalpha():
                return None  # "contre 770 trois ans plus tôt"
            if plain in counted.partitive and (behind := _behind_amid(node, words)) is not None:
                node = behind
                continue
            if not is_round and plain in counted.partitive and not _is_known(node.right):
                return last
            if (plain in refused or lemma in refused) and not _is_goods(node, words):
                if node.right is None or not words.is_state(node.right):
                    return last
                node = node.right  # "30 faits prisonniers"
                continue
            if is_round and seen == 0 and node.pos == "ADV":
                node = node.right  # "40 % seulement des camions"
                continue
            known = words.is_counted(node)
            if _is_noun(node, known):
                head = _compound_head(node)
                return last if folded(head.lemma) in refused and not _is_goods(head, words) else head
            borne = node.right if seen == 0 and not known and node.morph("VerbForm") == "Part" else None
            if borne is not None and words.is_counted(borne):
                node = borne  # "neuf portés disparus"
                continue
            passed = known or node.pos in ("ADJ", "DET", "NUM") or node.dep == "nmod:poss"
            if not (passed or plain in counted.of or plain in counted.other or plain == '"'):
                break
            seen += 1
        node = node.right
    return None


def _behind_amid(of: Node, words: Lexicon) -> Node | None:
    """What follows the article behind "d'entre": "deux d'entre les assaillants"."""
    amid = of.right
    if amid is None or words.plain(amid) not in words.words.bounds.between or amid.right is None:
        return None
    return amid.right.right if amid.right.pos == "DET" else None


def _is_number_of(article: Node, words: Lexicon) -> bool:
    """Whether an article leads to what the number is that of: "porte à 14 le nombre de victimes"."""
    return article.right is not None and words.is_counter(article.right)


def _is_goods(unit: Node, words: Lexicon) -> bool:
    """Whether a unit counts because what it is of follows: "60 000 tonnes de céréales", not "une bombe de 5 tonnes"."""
    goods, of = words.words.not_counts.goods, unit.right
    if folded(unit.lemma) not in goods and words.plain(unit) not in goods:
        return False
    stuff = of.right if of is not None and words.plain(of) in words.words.counted.of else None
    return stuff is not None and stuff.pos in (*NOMINAL, "ADJ")


def _is_known(node: Node | None) -> bool:
    """Whether a determiner says that the whole is known: "trois de ses collègues"."""
    owned = node is not None and node.dep == "nmod:poss"  # "16 of its fighters"
    return owned or (node is not None and node.pos == "DET" and node.morph("Definite") != "Ind")


def _is_noun(node: Node, known: bool) -> bool:
    """Whether a word is a noun: by its tag, or as one of the nouns that are often counted, where no noun follows
    ("trois jeunes", not "trois jeunes soldats")."""
    if node.pos in NOMINAL or not known:
        return node.pos in NOMINAL
    return node.right is None or node.right.pos not in ("NOUN", "PROPN", "ADJ")


def _compound_head(noun: Node) -> Node:
    """The last noun of a run of them, where the tree says that the first ones belong to it ("air defence systems")."""
    while noun.head is not None and noun.dep == "compound" and 0 < noun.head.i - noun.i <= 4:
        noun = noun.head
    return noun


def joined_nouns(noun: Node, words: Lexicon) -> list[Node]:
    """The noun and those joined to it that have no number or article of their own.

    The row of words counts beside the tree, which often hangs the second noun of a long subject elsewhere.
    """
    found = [noun]
    for child in noun.children:
        if child.dep == "conj" and child.pos != "PROPN" and 0 < child.i - noun.i <= 10 and _shares_number(child, words):
            found += joined_nouns(child, words)
    beside = _noun_beside(noun)
    if len(found) == 1 and beside is not None and _shares_number(beside, words):
        found.append(beside)
    return found


def _shares_number(noun: Node, words: Lexicon) -> bool:
    """Whether a joined noun is under the same number: it has no determiner, and is no unit."""
    if noun.pos not in ("NOUN", "PROPN", "ADJ") or folded(noun.lemma) in words.words.not_counts.units:
        return False
    left = noun.left
    while left is not None and left.pos == "ADJ" and words.plain(left) not in words.words.counted.other:
        left = left.left
    if left is not None and words.plain(left) in words.words.counted.of:
        left = left.left
        return left is not None and left.pos in ("CCONJ", "PUNCT")
    return left is not None and left.pos == "CCONJ"


def _noun_beside(noun: Node) -> Node | None:
    """The noun after "and" next to this one: its adjectives and one complement may stand between."""
    node, of = noun.right, 0
    while node is not None and node.i - noun.i <= 6:
        if node.pos == "CCONJ":
            after = node.right
            while after is not None and after.pos == "ADP" and after.i - node.i <= 1:
                after = after.right
            return after if after is not None and after.pos == noun.pos else None
        if node.pos == "ADP":
            of += 1
        elif node.pos not in ("ADJ", "NOUN", "PROPN") or (node.pos in ("NOUN", "PROPN") and not of):
            return None
        node = node.right
    return None


def counts_article(counted: Counted, words: Lexicon) -> bool:
    """Whether "un" before this noun is a number: a person or a thing that is counted one by one."""
    one_by_one = words.words.not_counts.count_one
    return any(folded(node.lemma) in one_by_one or words.kind(node.lemma) == "people" for node in counted.nouns)
