"""The French parser, learnt further from trees of news. Usage: python -m bench.parser_learned WEIGHTS [TEST]

`news.conllu` and `cases.conllu` have what the stock model makes of agency prose and of our cases, corrected by hand.
The model's tagger and parser learn on from there, beside paragraphs of the benches as the stock model reads them, so
that nothing is forgotten; `bench.score` makes the benches. WEIGHTS is the .npz file to write, the mean of a round for
each of SEEDS: the French pack carries it. With TEST nothing is written: the sentences whose name begins with it are
kept apart, and the scores on them printed for the stock model and for one round. About three minutes a round, a round
a core.
"""

import json
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.training import Example
from spacy.util import minibatch
from thinc.api import NumpyOps, fix_random_seed, set_current_ops

from recoupe.annotate.loading import threads
from recoupe.annotate.weights import Weights, collected, put
from recoupe.lang import pack

from .treebank import Sentence, document, read

HERE = Path(__file__).parent
TREES = ("news", "cases")
REPLAYED = ("timebank", "casualties")
# Paragraphs of the benches that a round sees, how often it sees each tree, and the least characters of a paragraph.
PARAGRAPHS, COPIES, LEAST = 200, 2, 30
SEEDS, EPOCHS, BATCH, RATE, DROP = range(1, 9), 8, 16, 1e-3, 0.2
# Sentences that a text has: news paragraphs have as many.
MOST, TOLD = 3, 3
FIGURES = ("pos_acc", "dep_uas", "dep_las", "sents_f")


def stock() -> Any:
    """The stock model, less what is not trained."""
    return spacy.load(pack("fr").about.model, exclude=["ner", "lemmatizer", "attribute_ruler"])


def texts(sentences: Sequence[Sentence], nlp: Any, first: Any, sizes: Iterator[int]) -> list[Any]:
    """Documents of as many sentences as the sizes say, in their order."""
    found, at = [], 0
    while at < len(sentences):
        size = next(sizes)
        found.append(document(nlp, sentences[at : at + size], first))
        at += size
    return found


def paragraphs() -> list[str]:
    """The paragraphs of the benches that are replayed."""
    found = []
    for name in REPLAYED:
        for line in (HERE.parent / "build/bench" / name / "articles.jsonl").read_text(encoding="utf-8").splitlines():
            found += [part for part in json.loads(line)["text"].split("\n") if len(part) >= LEAST]
    return found


def examples(nlp: Any, wanted: Iterable[Any]) -> list[Example]:
    """What the model would read, beside what it should say."""
    return [Example(nlp.make_doc(one.text), one) for one in wanted]


def scores(nlp: Any, wanted: Iterable[Any]) -> str:
    """Its figures on documents."""
    found = nlp.evaluate(examples(nlp, wanted))
    return "  ".join(f"{name} {found[name]:.4f}" for name in FIGURES)


def trained(trees: Sequence[Sentence], seed: int) -> Weights:
    """The weights of one round."""
    set_current_ops(NumpyOps(use_blis=False))
    threads().limit(limits=1, user_api="blas")
    fix_random_seed(seed)
    draw = random.Random(seed)
    nlp, first = stock(), stock()
    told, normal = paragraphs(), pack("fr").normal
    wanted = list(first.pipe(map(normal, draw.sample(told, min(PARAGRAPHS, len(told))))))
    for _ in range(COPIES):
        wanted += texts(trees, nlp, first, iter(lambda: draw.randint(1, MOST), 0))
    optimizer = nlp.resume_training()
    optimizer.learn_rate = RATE
    for _ in range(EPOCHS):
        draw.shuffle(wanted)
        for batch in minibatch(wanted, BATCH):  # type: ignore[no-untyped-call]
            nlp.update(examples(nlp, batch), sgd=optimizer, drop=DROP)
    with nlp.use_params(optimizer.averages):
        return {key: value.copy() for key, value in collected(nlp).items()}


def main() -> None:
    """Trains and writes, or prints."""
    out, apart = Path(sys.argv[1]), "".join(sys.argv[2:])
    trees = [sentence for name in TREES for sentence in read(HERE / f"{name}.conllu")]
    if not apart:
        with ProcessPoolExecutor() as cores:
            rounds = list(cores.map(partial(trained, trees), SEEDS))
        mean = {key: np.mean([one[key] for one in rounds], axis=0).astype(np.float16) for key in rounds[0]}
        np.savez_compressed(out, **mean)
        return
    nlp = stock()
    kept = texts(
        [sentence for sentence in trees if sentence.name.startswith(apart)], nlp, stock(), iter(lambda: TOLD, 0)
    )
    print(f"stock   {scores(nlp, kept)}", flush=True)
    put(nlp, trained([sentence for sentence in trees if not sentence.name.startswith(apart)], SEEDS[0]))
    print(f"learnt  {scores(nlp, kept)}")


if __name__ == "__main__":
    main()
