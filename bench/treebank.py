"""Sentences of a Universal Dependencies treebank (CoNLL-U), as spaCy's French tokenizer cuts them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

# Labels that the stock model does not know, by what comes nearest among those that it does.
NEAREST = {
    "advcl:cleft": "advcl", "aux": "aux:tense", "aux:caus": "aux:tense", "compound": "flat:name", "csubj": "ccomp",
    "csubj:pass": "ccomp", "expl": "expl:comp", "expl:pv": "expl:comp", "flat": "flat:name", "iobj:agent": "iobj",
    "nsubj:caus": "nsubj", "nsubj:outer": "nsubj", "obj:agent": "obj", "obj:lvc": "obj",
    "parataxis:insert": "parataxis",
}  # fmt: skip
OTHER, ROOT = "dep", "ROOT"
# A treebank that does not tell complements from adjuncts has this label: what the stock model says is taken.
UNDIVIDED, ADJUNCT = "obl", "obl:mod"
# Where both hang a pronoun on the same verb, the stock model's treebank tells those that stand for nothing.
EMPTY = "expl"
FILLED = frozenset({"nsubj", "obj", "iobj", "expl:pass", "expl:comp", "expl:subj"})
# Speech that breaks off and starts anew, that halts, or that nobody could make out, is left out.
BROKEN, UNHEARD = "reparandum", frozenset({"XXX", "euh", "Euh"})
# "plus de trois jours": here "plus" leads, in the stock model's treebank it hangs on the number, as "au moins" does;
# figures are read from that.
BOUNDS, OF = frozenset({"plus", "moins", "près"}), frozenset({"de", "d'", "d’"})
AT = "au"
# "près de la ville" hangs on the verb there, beside its adverb.
ADVERB = "ADV"
NUMBER, BOUND, PART = "nummod", "advmod", "fixed"
ID, FORM, POS, HEAD, LABEL, MISC = 0, 1, 3, 6, 7, 9
UNSPACED = "SpaceAfter=No"


@dataclass(frozen=True)
class Word:
    """A token: `head` is the position of its head in the sentence, its own for the root."""

    form: str
    spaced: bool
    pos: str
    head: int
    label: str


Sentence = list[Word]


def read(path: Path) -> Iterator[Sentence]:
    """The sentences of a file that are whole. What several words share ("du" for "de le") is one token, which stands
    where its first word does unless the other leads it."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        rows = [row for row in rows if "." not in row[ID]]
        if rows and not any(row[LABEL] == BROKEN or row[FORM] in UNHEARD for row in rows):
            yield _sentence(rows)


def _sentence(rows: Sequence[list[str]]) -> Sentence:
    groups = list[tuple[list[str], list[list[str]]]]()  # what is written, the words that it stands for
    last = 0
    for row in rows:
        if "-" in row[ID]:
            last = int(row[ID].split("-")[1])
            groups.append((row, []))
        elif int(row[ID]) <= last:
            groups[-1][1].append(row)
        else:
            groups.append((row, [row]))
    place = {row[ID]: i for i, (_, words) in enumerate(groups) for row in words}
    found = [_word(i, written, words, place) for i, (written, words) in enumerate(groups)]
    for i, word in enumerate(found):
        over = found[word.head]
        if word.label.startswith(UNDIVIDED) and over.pos == ADVERB and over.head != word.head:
            found[i] = replace(word, head=over.head, label=ADJUNCT)
    for i in range(len(found) - 2):
        first, second = found[i].form.lower(), found[i + 1].form
        if found[i + 2].label == NUMBER and first in BOUNDS and second in OF:
            _bound(found, i)
        elif found[i + 2].label == NUMBER and first == AT and second in BOUNDS:
            found[i] = replace(found[i], head=i + 2, label=BOUND)
            found[i + 1] = replace(found[i + 1], head=i, label=PART)
    return found


def _bound(words: Sentence, i: int) -> None:
    """Hangs a bound that leads a counted noun on its number, and what hung on it on the noun."""
    number = i + 2
    noun = words[number].head
    if words[noun].head != i:
        return
    led = words[i]
    for at, word in enumerate(words):
        if word.head == i and at != i:
            words[at] = replace(word, head=noun)
    root = led.head == i
    words[noun] = replace(words[noun], head=noun if root else led.head, label=led.label)
    words[i] = replace(led, head=number, label=BOUND)
    words[i + 1] = replace(words[i + 1], head=i, label=PART)


def _word(i: int, written: list[str], words: list[list[str]], place: dict[str, int]) -> Word:
    leads = [word for word in words if place.get(word[HEAD]) != i]
    word = words[0] if words[0] in leads or not leads else leads[0]
    pos = "ADP" if len(words) > 1 and words[0][POS] == "ADP" else word[POS]
    root = word[HEAD] == "0"
    label = ROOT if root else NEAREST.get(word[LABEL], word[LABEL])
    return Word(written[FORM], UNSPACED not in written[MISC], pos, i if root else place[word[HEAD]], label)


def document(nlp: Any, sentences: Sequence[Sentence], stock: Any) -> Any:
    """A spaCy document of some sentences. Features, which the treebanks write in other ways, and what they leave open
    are the stock model's."""
    from spacy.tokens import Doc

    known = set(nlp.get_pipe("parser").labels)
    words = [word for sentence in sentences for word in sentence]
    starts = [first for first, sentence in zip(_starts(sentences), sentences, strict=True) for _ in sentence]
    last = {len(sentence) + first - 1 for first, sentence in zip(_starts(sentences), sentences, strict=True)}
    found = Doc(
        nlp.vocab,
        words=[word.form for word in words],
        spaces=[word.spaced or i in last for i, word in enumerate(words)],
        pos=[word.pos for word in words],
        heads=[start + word.head for start, word in zip(starts, words, strict=True)],
        deps=[word.label for word in words],
    )
    stand = {token.idx: token for token in stock(found.text)}
    token: Any
    for token in found:
        twin = stand.get(token.idx)
        if token.dep_ == UNDIVIDED:
            token.dep_ = twin.dep_ if twin is not None and twin.dep_.startswith(UNDIVIDED) else ADJUNCT
        if twin is not None and twin.head.idx == token.head.idx and token.dep_ in FILLED:
            token.dep_ = twin.dep_ if twin.dep_.startswith(EMPTY) else token.dep_
        if token.dep_ not in known:
            token.dep_ = OTHER
        if twin is not None and twin.text == token.text and twin.pos_ == token.pos_:
            token.set_morph(str(twin.morph))
    return found


def _starts(sentences: Sequence[Sentence]) -> list[int]:
    starts = [0]
    for sentence in sentences:
        starts.append(starts[-1] + len(sentence))
    return starts[:-1]
