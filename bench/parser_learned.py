"""What more treebanks give the stock French parser. Usage: python -m bench.parser_learned WEIGHTS TEST TREEBANK …

TEST and the TREEBANKs are Universal Dependencies (CoNLL-U). The stock model knows one treebank of 50,000 words; its
tagger and parser learn on from there, for each of SEEDS EPOCHS times through the treebanks. WEIGHTS is the .npz file to
write: the mean of those rounds, mixed with KEEP of the stock model's; `put` lays them over a loaded model. TEST is not
learnt from: its scores are printed for the stock model, each round and what is written. About ten minutes a round on
one core. No pack carries such weights: bench/README.md says why.
"""

import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.training import Example
from spacy.util import minibatch
from thinc.api import NumpyOps, fix_random_seed, set_current_ops

from recoupe.lang import pack

from .treebank import Sentence, document, read

LANG = "fr"
SEEDS, EPOCHS, BATCH, RATE, DROP = (1, 2), 14, 16, 1e-3, 0.2
# Sentences that a text has: news paragraphs have as many.
LEAST, MOST, TOLD = 1, 4, 3
# How much of the stock weights stays: without any the parses of what was learnt are as good, but what the stock model
# knows of news is forgotten in part (seeds: claims .928 in full, with it .944).
KEEP = 0.5
FIGURES = ("pos_acc", "dep_uas", "dep_las", "sents_f")

# The components that are trained further; the others stay as the model has them.
PARTS = ("tok2vec", "morphologizer", "parser")
Weights = dict[str, NDArray[Any]]  # by component, place in its network, and name


def collected(pipeline: Any) -> Weights:
    """The weights of a pipeline's trained components."""
    return {
        f"{part}/{i}/{name}": node.get_param(name)
        for part in PARTS
        for i, node in enumerate(pipeline.get_pipe(part).model.walk())
        for name in node.param_names
        if node.has_param(name)
    }


def put(pipeline: Any, weights: Weights) -> None:
    """Sets a pipeline's weights. Raises KeyError where they lack one of its own."""
    for part in PARTS:
        for i, node in enumerate(pipeline.get_pipe(part).model.walk()):
            for name in node.param_names:
                if node.has_param(name):
                    node.set_param(name, weights[f"{part}/{i}/{name}"].astype(np.float32))


def stock() -> Any:
    """The stock model, less what is not trained."""
    return spacy.load(pack(LANG).about.model, exclude=["ner", "lemmatizer", "attribute_ruler"])


def texts(sentences: Sequence[Sentence], nlp: Any, first: Any, sizes: Iterable[int]) -> list[Any]:
    """Documents of as many sentences as the sizes say, in their order."""
    found, at = [], 0
    for size in sizes:
        if at >= len(sentences):
            break
        found.append(document(nlp, sentences[at : at + size], first))
        at += size
    return found


def examples(nlp: Any, wanted: Iterable[Any]) -> list[Example]:
    """What the model would read, beside what it should say."""
    return [Example(nlp.make_doc(one.text), one) for one in wanted]


def scores(nlp: Any, wanted: Iterable[Any]) -> str:
    """Its figures on documents."""
    found = nlp.evaluate(examples(nlp, wanted))
    return "  ".join(f"{name} {found[name]:.4f}" for name in FIGURES)


def trained(banks: Sequence[Sequence[Sentence]], seed: int) -> Weights:
    """The weights of one round."""
    fix_random_seed(seed)
    draw = random.Random(seed)
    nlp, first = stock(), stock()
    wanted = [
        text
        for bank in banks
        for text in texts(bank, nlp, first, (draw.randint(LEAST, MOST) for _ in range(len(bank))))
    ]
    optimizer = nlp.resume_training()
    optimizer.learn_rate = RATE
    for _ in range(EPOCHS):
        draw.shuffle(wanted)
        for batch in minibatch(wanted, BATCH):  # type: ignore[no-untyped-call]
            nlp.update(examples(nlp, batch), sgd=optimizer, drop=DROP)
    with nlp.use_params(optimizer.averages):
        return {key: value.copy() for key, value in collected(nlp).items()}


def main() -> None:
    """Trains, prints and writes."""
    out, told, *paths = map(Path, sys.argv[1:])
    set_current_ops(NumpyOps(use_blis=False))
    nlp, first = stock(), stock()
    test = texts(list(read(told)), nlp, first, [TOLD] * 10_000)
    print(f"stock  {scores(nlp, test)}", flush=True)
    before, rounds = collected(nlp), list[Weights]()
    for seed in SEEDS:
        rounds.append(trained([list(read(path)) for path in paths], seed))
        put(nlp, rounds[-1])
        print(f"round {seed}  {scores(nlp, test)}", flush=True)
    mixed = {
        key: (KEEP * value + (1 - KEEP) * np.mean([one[key] for one in rounds], axis=0)).astype(np.float16)
        for key, value in before.items()
    }
    put(nlp, mixed)
    print(f"written  {scores(nlp, test)}", flush=True)
    np.savez_compressed(out, **mixed)


if __name__ == "__main__":
    main()
