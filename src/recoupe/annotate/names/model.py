"""The parser's own entities, with what it takes in wrongly left out."""

from collections.abc import Iterator, Sequence

from ...lang.spelling import is_given
from ...model.records import NameType
from ...places import is_known, is_large
from ..tree import Node, Tree
from .mentions import MODEL, Mention
from .row import Row, Word
from .words import MODEL_NUMBER, Lexicon

TYPES: dict[str, NameType] = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}


def from_model(tree: Tree, found: Row, lexicon: Lexicon) -> list[Mention]:
    """The people, organisations and places that the parser's model marks, repaired."""
    mentions = []
    for kind, nodes in _runs(tree):
        if kind == "ORG":
            nodes = _cut(nodes)
        inside = found.within(nodes[0].start, nodes[-1].end)
        trimmed = trim(inside, found, lexicon)
        if kind != "ORG":
            trimmed = _inner(trim(_capitals(trimmed, kind, lexicon), found, lexicon), lexicon)
        if len(trimmed) > len(words := _without_office(trimmed, lexicon)):
            trimmed, kind = words, "PER"
        for part, type_ in _parted(trimmed, kind, lexicon):
            if plausible(part, type_, nodes, found, lexicon):
                mentions.append(Mention(start=part[0].start, end=part[-1].end, type=type_, maker=MODEL))
    return mentions


def _cut(nodes: list[Node]) -> list[Node]:
    """A body's name without the next thing said: "Conseil de sécurité" of "au Conseil de sécurité un projet"."""
    for i, node in enumerate(nodes[1:], 1):
        left = nodes[i - 1]
        if node.pos == "DET" and left.pos in ("NOUN", "PROPN", "ADJ", "CCONJ") and i > 1:
            small = all(other.text.islower() for other in nodes[i:] if other.text[0].isalpha())
            return nodes[: i - 1 if left.pos == "CCONJ" else i] if small else nodes
    return nodes


def _parted(words: list[Word], kind: NameType, lexicon: Lexicon) -> list[tuple[list[Word], NameType]]:
    """A place and whose it is, or where: "Gaza de Khan Younès", "Republika Srpska de Milorad Dodik"."""
    for i, word in enumerate(words[1:-1], 1):
        if words[0].lower in lexicon.corps or (i == 1 and not is_known(words[0].text)):
            break
        rest = words[i + 1 :]
        if kind != "LOC" or word.capital or word.lower not in lexicon.of or not rest[0].capital:
            continue
        name = " ".join(part.text for part in rest)
        person = len(rest) > 1 and is_given(rest[0].text)
        if (person or is_large(name)) and not is_known(" ".join(part.text for part in words)):
            return [(words[:i], kind), (rest, "PER" if person and not is_known(name) else "LOC")]
    return [(words, kind)] if words else []


def _without_office(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """The person behind the office that the model took in: "Défense Ilir Kwizera" of "le ministre de la …"."""
    rest = words[1:]
    office = len(rest) > 1 and words[0].lower in lexicon.portfolios and all(word.capital for word in rest)
    return rest if office else words


def _runs(tree: Tree) -> Iterator[tuple[NameType, list[Node]]]:
    run: list[Node] = []
    for node in tree.nodes:
        if run and (node.ent != run[0].ent or node.ent_start):
            yield TYPES[run[0].ent], run
            run = []
        if node.ent in TYPES:
            run.append(node)
    if run:
        yield TYPES[run[0].ent], run


def trim(inside: Sequence[Word], found: Row, lexicon: Lexicon) -> list[Word]:
    """The words without titles, articles, prepositions and punctuation at either end."""
    words = list(inside)
    while words and (
        not words[0].text[0].isalnum()
        or (words[0].lower in lexicon.openers and (not words[0].capital or begins_sentence(words[0], found)))
        or (words[0].lower in lexicon.titles and len(words) > 1)
        or (len(words) > 1 and not words[0].capital and lexicon.countries.nationality(words[0].text) is not None)
    ):
        words.pop(0)
    while words and (
        not words[-1].text[-1].isalnum() or words[-1].lower in lexicon.closers or words[-1].text[-1] == "'"
    ):
        words.pop()
    return words


def _capitals(words: Sequence[Word], kind: NameType, lexicon: Lexicon) -> list[Word]:
    """The words without those in lower case at either end; people's and places' names have none there."""
    kept = list(words)
    small = lexicon.particles if kind == "PER" else frozenset()
    while kept and not kept[0].capital and not kept[0].text[0].isdigit() and kept[0].lower not in small:
        kept.pop(0)
    while kept and kept[-1].text.islower():
        kept.pop()
    return kept


def _inner(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """The place inside "Centrale de Zaporijjia", its noun capitalised by a headline, or inside "de Crimée"."""
    i = next((n for n, word in enumerate(words[:2]) if word.lower in lexicon.of and not word.capital), None)
    if i is None or i + 1 == len(words) or (i and words[0].lower not in lexicon.of_place):
        return words
    rest = " ".join(word.text for word in words[i + 1 :])
    whole = " ".join(word.text for word in words)
    return words[i + 1 :] if is_large(rest) and not is_known(whole) else words


def plausible(words: Sequence[Word], kind: NameType, nodes: Sequence[Node], found: Row, lexicon: Lexicon) -> bool:
    """Whether trimmed words can be a name at all."""
    text = " ".join(word.lower for word in words)
    if text in lexicon.common or text in lexicon.portfolios or words[0].lower in lexicon.titles:
        return False
    if any(MODEL_NUMBER.match(word.text) or word.lower in lexicon.arms for word in words):
        return False  # weapons and roads: BTR-82A, Shahed, A36
    if not any(word.text[0].isupper() or word.text[0].isdigit() for word in words):
        return False
    if len(words) > 1:
        return True
    word = words[0]
    if len(word.text) == 1 or word.text[0].isdigit():
        return False
    before = _before(word, found)
    if lexicon.countries.nationality(word.text) and not lexicon.countries.named(word.text):
        return False
    people = not lexicon.people_before.isdisjoint(
        (before, f"{_before(word, found, 2)} {before}")
    ) and word.lower.endswith(lexicon.people_endings)
    if people and word.text not in lexicon.plural_places:
        return False
    node = next((node for node in nodes if node.start <= word.start < node.end), None)
    first = node is not None and (node.i == 0 or node.tree.nodes[node.i - 1].sentence != node.sentence)
    return not (first and node is not None and node.pos not in ("PROPN", "X") and not word.text.isupper())


def begins_sentence(word: Word, found: Row) -> bool:
    """Whether a word stands at the beginning of the paragraph or after a mark that ends one or opens speech."""
    i = found.starts[word.start]
    before = found[i - 1].text if i else ""
    return not before or before in '.!?:;"([-/|»'


def _before(word: Word, found: Row, steps: int = 1) -> str:
    i = found.starts[word.start] - steps
    return found[i].lower if i >= 0 else ""
