"""A paragraph as the parser sees it, as rows of primitives: it can be stored, sent and compared."""

import msgspec


class Token(msgspec.Struct, frozen=True, array_like=True):
    """One token. Offsets are code points within the paragraph; `head` is a token index, its own for a root.

    `pos` and `dep` are Universal Dependencies labels in every language, `morph` is UD's Key=Value|…,
    `ent` the entity type the model gives (PER, ORG, LOC, MISC or empty) and `ent_start` whether an entity begins here.
    """

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    morph: str
    head: int
    dep: str
    ent: str
    ent_start: bool
    sentence_start: bool


class Parse(msgspec.Struct, frozen=True, array_like=True):
    """The tokens of one paragraph."""

    tokens: tuple[Token, ...]
