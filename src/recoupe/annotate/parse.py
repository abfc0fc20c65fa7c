"""The parser: spaCy's models, read as Universal Dependencies, once per distinct paragraph.

It is nearly all of the cost (97 % of annotating), so its output depends on the paragraph alone and can be kept.
"""

import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..lang import LanguagePack
from ..model.parse import Parse, Token

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
Rows = dict[str, Parse]


@functools.cache
def _model(name: str) -> Any:
    """The spaCy pipeline of that name. Raises OSError where it is not installed."""
    import spacy

    return spacy.load(name)


def model_version(pack: LanguagePack) -> str:
    """The name and version of the pack's model: what a kept parse hangs on."""
    from importlib.metadata import version

    return f"{pack.about.model}-{version(pack.about.model.replace('_', '-'))}"


def parse(paragraphs: Sequence[str], pack: LanguagePack) -> list[Parse]:
    """Parse each paragraph (raw characters; they are normalised here)."""
    distinct = list(dict.fromkeys(paragraphs))
    pieces = [
        (i, start, text[start : start + LONGEST])
        for i, text in enumerate(distinct)
        for start in range(0, len(text), LONGEST)
    ]
    tokens: list[list[Token]] = [[] for _ in distinct]
    documents = _model(pack.about.model).pipe((pack.normal(piece) for _, _, piece in pieces), batch_size=64)
    for (i, start, piece), document in zip(pieces, documents, strict=True):
        tokens[i].extend(_tokens(document, piece, start, len(tokens[i]), pack))
    by_text = {text: Parse(tuple(row)) for text, row in zip(distinct, tokens, strict=True)}
    return [by_text[text] for text in paragraphs]


def _tokens(document: Any, raw: str, offset: int, first: int, pack: LanguagePack) -> Iterable[Token]:
    """Rows of one spaCy document; white-space tokens are dropped, what hung on them moves to their head."""
    kept = [token for token in document if not token.is_space]
    number = {token.i: i + first for i, token in enumerate(kept)}
    heads, deps = _turned(document, pack) if pack.about.head_prepositions else _as_is(document)
    labels = pack.about.labels
    fresh = True
    for token in kept:
        head = heads[token.i]
        while document[head].is_space and heads[head] != head:
            head = heads[head]
        fresh = fresh or bool(token.is_sent_start)
        yield Token(
            offset + token.idx, offset + token.idx + len(token), raw[token.idx : token.idx + len(token)],
            token.lemma_ or token.lower_, token.pos_, str(token.morph), number.get(head, number[token.i]),
            labels.get(deps[token.i], deps[token.i]), ENTITIES.get(token.ent_type_, ""), token.ent_iob_ == "B", fresh,
        )  # fmt: skip
        fresh = bool(
            token.i + 1 < len(document) and document[token.i + 1].is_space and document[token.i + 1].is_sent_start
        )


def _as_is(document: Any) -> tuple[list[int], list[str]]:
    return [token.head.i for token in document], [token.dep_ for token in document]


def _turned(document: Any, pack: LanguagePack) -> tuple[list[int], list[str]]:
    """Heads and labels with each preposition below its noun, as Universal Dependencies has it."""
    heads, deps = _as_is(document)
    labels = pack.about.labels
    for token in document:
        if token.dep_ not in ("prep", "agent", "dative"):
            continue
        noun = next((child for child in token.children if child.dep_ in ("pobj", "pcomp")), None)
        if noun is None:
            continue
        verbal = token.head.pos_ in ("VERB", "AUX", "ADJ", "ADV")
        heads[noun.i] = heads[token.i] if heads[token.i] != token.i else noun.i
        kind = "advcl" if noun.dep_ == "pcomp" and noun.pos_ == "VERB" else "obl" if verbal else "nmod"
        deps[noun.i] = labels.get(token.dep_, kind) if token.dep_ == "agent" else kind
        heads[token.i], deps[token.i] = noun.i, "case" if kind != "advcl" else "mark"
        for child in token.children:
            if child.i != noun.i:
                heads[child.i] = noun.i
    return heads, deps


class Parser:
    """Parses paragraphs, each distinct one of a call once; `load` and `save` reach a cache that outlives the run."""

    def __init__(
        self,
        load: Callable[[str, str], Parse | None] | None = None,
        save: Callable[[dict[str, Parse], str], None] | None = None,
    ) -> None:
        self._load, self._save = load, save

    def __call__(self, paragraphs: Sequence[str], pack: LanguagePack) -> list[Parse]:
        """One parse per paragraph, in their order."""
        found: dict[str, Parse] = {}
        missing: list[str] = []
        for text in dict.fromkeys(paragraphs):
            kept = self._load(pack.code, text) if self._load is not None else None
            if kept is None:
                missing.append(text)
            else:
                found[text] = kept
        if missing:
            fresh = dict(zip(missing, parse(missing, pack), strict=True))
            if self._save is not None:
                self._save(fresh, pack.code)
            found.update(fresh)
        return [found[text] for text in paragraphs]
