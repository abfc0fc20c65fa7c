"""Sentences with corrected trees (CoNLL-U), as spaCy's French tokenizer cuts them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

ROOT, NONE, UNSPACED = "ROOT", "_", "SpaceAfter=No"
ID, FORM, POS, FEATURES, HEAD, LABEL, MISC = 0, 1, 3, 5, 6, 7, 9
MARK = "# sent_id = "


@dataclass(frozen=True)
class Word:
    """A token: `head` is the position of its head in the sentence, its own for the root; `features` are UD's."""

    form: str
    spaced: bool
    pos: str
    features: frozenset[str]
    head: int
    label: str


@dataclass(frozen=True)
class Sentence:
    """A sentence: `name` is its identifier, text-paragraph-token."""

    name: str
    words: Sequence[Word]


def read(path: Path) -> Iterator[Sentence]:
    """The sentences of a file."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.split("\n")
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        name = next((line.removeprefix(MARK) for line in lines if line.startswith(MARK)), "")
        if rows:
            yield Sentence(name, [_word(row) for row in rows])


def _word(row: Sequence[str]) -> Word:
    root = row[HEAD] == "0"
    features = frozenset(() if row[FEATURES] == NONE else row[FEATURES].split("|"))
    head = int(row[ID] if root else row[HEAD]) - 1
    return Word(row[FORM], UNSPACED not in row[MISC], row[POS], features, head, ROOT if root else row[LABEL])


def document(nlp: Any, sentences: Sequence[Sentence], stock: Any) -> Any:
    """A spaCy document of some sentences. Where the stock model gives a word the same part of speech, its features are
    taken, for the corrections give those of verbs alone."""
    from spacy.tokens import Doc

    words = [word for sentence in sentences for word in sentence.words]
    sizes = [len(sentence.words) for sentence in sentences]
    firsts = [end - size for end, size in zip(accumulate(sizes), sizes, strict=True)]
    last = {end - 1 for end in accumulate(sizes)}
    starts = [first for first, size in zip(firsts, sizes, strict=True) for _ in range(size)]
    found = Doc(
        nlp.vocab,
        words=[word.form for word in words],
        spaces=[word.spaced or i in last for i, word in enumerate(words)],
        pos=[word.pos for word in words],
        heads=[start + word.head for start, word in zip(starts, words, strict=True)],
        deps=[word.label for word in words],
    )
    told = stock(found.text)
    twins = {token.idx: token for token in told}
    second = _SecondGuess(stock, told)
    token: Any
    for token in found:
        twin = twins.get(token.idx)
        if twin is not None and twin.text == token.text:
            same = twin.pos_ == token.pos_
            token.set_morph(str(twin.morph) if same else second.features(twin.i, token.pos_, words[token.i].features))
    return found


class _SecondGuess:
    """What the stock model would have said of a word if it had known its part of speech."""

    def __init__(self, stock: Any, told: Any) -> None:
        tagger = stock.get_pipe("morphologizer")
        self.labels = [frozenset(label.split("|")) for label in tagger.labels]
        self.scores = tagger.model.predict([told])[0]

    def features(self, i: int, pos: str, given: frozenset[str]) -> str:
        """The features of the likeliest label of a part of speech that has most of what is given."""
        tag = f"POS={pos}"
        best = max(
            (label for label in range(len(self.labels)) if tag in self.labels[label]),
            key=lambda label: (len(self.labels[label] & given), self.scores[i, label]),
        )
        return "|".join(sorted(self.labels[best] - {tag}))
