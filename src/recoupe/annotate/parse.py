"""The parser: spaCy's models, read as Universal Dependencies, once per distinct paragraph.

It is nearly all of the cost, so its output depends on the paragraph alone and can be kept.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..lang import LanguagePack
from ..lang.intact import digest
from ..model.parse import Parse, Token
from .loading import model, threads
from .trees import Trees

# The entity types of the packs' models, as the guide has them; the others (dates, money …) are ours to find.
ENTITIES = {
    "PERSON": "PER",
    "PER": "PER",
    "ORG": "ORG",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    "MISC": "MISC",
    "NORP": "MISC",
}
# A paragraph longer than this many characters is parsed piece by piece: the parser's memory grows with its length.
LONGEST = 20_000
# What is read of a spaCy document, a column each. A token that its model calls white space and that is none is an X.
COLUMNS = ("IDX", "LENGTH", "LEMMA", "LOWER", "POS", "MORPH", "ENT_TYPE", "ENT_IOB", "SENT_START", "IS_SPACE")
SPACE = COLUMNS.index("IS_SPACE")
BEGINS = 3  # ENT_IOB of the first token of a name
NOT_SPACE = {"SPACE": "X"}
NO_FEATURES = "_"
CUT = 3  # raised when words are cut otherwise (`loading`) or their features read otherwise
INFINITIVE = "VerbForm=Inf"
# A number whose thousands stand apart ("4 707"): the models read it as two, and hang a noun on each.
GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)")


def model_version(pack: LanguagePack) -> str:
    """The name and version of the pack's model, of what is cut otherwise than it cuts, and the digest of its weights:
    what a kept parse hangs on."""
    from importlib.metadata import version

    stock = f"{pack.about.model}-{version(pack.about.model.replace('_', '-'))}-{CUT}"
    return f"{stock}-{digest(pack.weights)[:12]}" if pack.weights is not None else stock


def parse(paragraphs: Sequence[str], pack: LanguagePack) -> list[Parse]:
    """Parse each paragraph (raw characters; they are normalised here)."""
    distinct = list(dict.fromkeys(paragraphs))
    pieces = [
        (i, start, text[start : start + LONGEST])
        for i, text in enumerate(distinct)
        for start in range(0, len(text), LONGEST)
    ]
    tokens: list[list[Token]] = [[] for _ in distinct]
    reader = model(pack.about.model, tuple(pack.about.unread), pack.about.sha256, pack.weights)
    with threads().limit(limits=1, user_api="blas"):
        documents = reader.pipe((_read(piece, pack) for _, _, piece in pieces), batch_size=64)
        for (i, start, piece), document in zip(pieces, documents, strict=True):
            tokens[i].extend(_tokens(document, piece, start, len(tokens[i]), pack))
    by_text = {text: Parse(tuple(row)) for text, row in zip(distinct, tokens, strict=True)}
    return [by_text[text] for text in paragraphs]


def _read(piece: str, pack: LanguagePack) -> str:
    """What the model reads of a paragraph: as many characters, typographic ones plain, numbers in one piece."""
    text, mark = pack.normal(piece), pack.about.group_mark
    return GROUPED.sub(lambda match: match[0].replace(" ", mark), text) if mark else text


def _tokens(document: Any, raw: str, offset: int, first: int, pack: LanguagePack) -> Iterable[Token]:
    """Rows of one spaCy document; white-space tokens are dropped, what hung on them moves to their head."""
    # Whole columns at once: one attribute of one token after the other takes four times as long.
    rows = document.to_array(COLUMNS).tolist()
    strings = document.vocab.strings
    heads, deps = _turned(document, pack) if pack.about.head_prepositions else _as_is(document)
    labels, endings = pack.about.labels, pack.about.endings
    number: dict[int, int] = {}
    for i, row in enumerate(rows):
        if not row[SPACE]:
            number[i] = first + len(number)
    fresh = True
    for i, (start, length, lemma, lower, pos, morph, entity, iob, opens, space) in enumerate(rows):
        if space:
            fresh = fresh or opens == 1
            continue
        head = heads[i]
        while rows[head][SPACE] and heads[head] != head:
            head = heads[head]
        features = strings[morph].strip(NO_FEATURES)
        if features == INFINITIVE and endings:
            features = next((told for end, told in endings.items() if strings[lower].endswith(end)), features)
        yield Token(
            offset + start, offset + start + length, raw[start : start + length],
            strings[lemma or lower], NOT_SPACE.get(strings[pos], strings[pos]), features,
            number.get(head, number[i]), labels.get(deps[i], deps[i]), ENTITIES.get(strings[entity], ""),
            iob == BEGINS, fresh or opens == 1,
        )  # fmt: skip
        fresh = False


def _as_is(document: Any) -> tuple[list[int], list[str]]:
    """The head of each token, its own number for a root, and its label."""
    strings = document.vocab.strings
    steps = document.to_array("HEAD").astype("int64").tolist()
    return [i + step for i, step in enumerate(steps)], [strings[key] for key in document.to_array("DEP").tolist()]


def _turned(document: Any, pack: LanguagePack) -> tuple[list[int], list[str]]:
    """Heads and labels with each preposition below its noun, as Universal Dependencies has it."""
    heads, deps = _as_is(document)
    labels = pack.about.labels
    for i, dep in enumerate(deps[:]):
        if dep not in ("prep", "agent", "dative"):
            continue
        token = document[i]
        noun = next((child for child in token.children if child.dep_ in ("pobj", "pcomp")), None)
        if noun is None:
            continue
        verbal = token.head.pos_ in ("VERB", "AUX", "ADJ", "ADV")
        heads[noun.i] = heads[i] if heads[i] != i else noun.i
        kind = "advcl" if noun.dep_ == "pcomp" and noun.pos_ == "VERB" else "obl" if verbal else "nmod"
        deps[noun.i] = labels.get(dep, kind) if dep == "agent" else kind
        heads[i], deps[i] = noun.i, "case" if kind != "advcl" else "mark"
        for child in token.children:
            if child.i != noun.i:
                heads[child.i] = noun.i
    return heads, deps


class Parser:
    """Parses paragraphs, each distinct one of a call once; `load` and `save` reach a cache that outlives the run,
    `trees` are those of the run's last paragraphs."""

    def __init__(
        self,
        load: Callable[[str, Sequence[str]], dict[str, Parse]] | None = None,
        save: Callable[[dict[str, Parse], str], None] | None = None,
    ) -> None:
        self._load, self._save = load, save
        self.trees = Trees()

    def __call__(self, paragraphs: Sequence[str], pack: LanguagePack) -> list[Parse]:
        """One parse per paragraph, in their order."""
        distinct = list(dict.fromkeys(paragraphs))
        found = self._load(pack.code, distinct) if self._load is not None and distinct else {}
        if missing := [text for text in distinct if text not in found]:
            fresh = dict(zip(missing, parse(missing, pack), strict=True))
            if self._save is not None:
                self._save(fresh, pack.code)
            found.update(fresh)
        return [found[text] for text in paragraphs]
