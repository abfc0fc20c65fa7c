"""What learning adds to the rules on the casualties bench. Usage: python -m bench.casualties_learned BENCH_DIR OUT_DIR

BENCH_DIR is the bench (articles.jsonl, gold/), OUT_DIR its articles as annotated. A logistic regression over the
figures found says of each whether it counts dead, wounded or neither, from the rules' measure, what is counted and the
words around it. Ten folds by text, three shuffles: every text is judged by a model that has not seen it. It prints the
F1 of the rules and of the model, scored as the bench scores them.
"""

import collections
import json
import random
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FOLDS, ROUNDS, STEPS = 10, 3, 300
RATE, DECAY = 0.5, 0.01
# How far around a figure its words are read, in characters; how much the rules' own measure weighs beside them.
AROUND, RULE = 80, 4.0
CLASSES = ("none", "killed", "wounded")
WORD = re.compile(r"[^\W\d_]+")

Record = dict[str, Any]
Table = NDArray[np.float64]
Row = tuple[str, Record, dict[str, float]]


def load(path: Path) -> list[Record]:
    """The records of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def features(figure: Record, text: str) -> dict[str, float]:
    """What the model sees of a figure."""
    before, after = text[max(0, figure["start"] - AROUND) : figure["start"]], text[figure["end"] :][:AROUND]
    found = {"bias": 1.0, f"rule={figure['measure']}": RULE, "one": float(figure.get("low") == figure.get("high") == 1)}
    found |= {f"counts={noun}": 1.0 for noun in figure.get("counts", ())}
    found |= {f"before={word.lower()}": 1.0 for word in WORD.findall(before)}
    return found | {f"after={word.lower()}": 1.0 for word in WORD.findall(after)}


def agrees(fact: Record, low: float | None, high: float | None) -> bool:
    """Whether an interval is what a fact says, as the bench has it."""
    wanted = {"EXACT": low == high == fact["value"], "FUZZY": low == fact["value"]}
    wanted |= {"MIN": (low, high) == (fact["value"], None), "MAX": (low, high) == (None, fact["value"])}
    return bool(wanted[fact["bound"]])


def label(figure: Record, facts: list[Record]) -> str:
    """The measure that the bench gives a figure."""
    hits = [fact["measure"] for fact in facts if agrees(fact, figure.get("low"), figure.get("high"))]
    return hits[0] if hits else "none"


def f1(rows: list[Row], gold: dict[str, list[Record]], said: list[str]) -> float:
    """The bench's score: each fact of a text once, each value of a measure once."""
    right = guessed = 0
    for doc, facts in gold.items():
        told = {
            (measure, row[1].get("low"), row[1].get("high"))
            for row, measure in zip(rows, said, strict=True) if row[0] == doc and measure in CLASSES[1:]
        }  # fmt: skip
        guessed += len(told)
        for fact in facts:
            hit = next((t for t in sorted(told, key=str) if t[0] == fact["measure"] and agrees(fact, t[1], t[2])), None)
            right += hit is not None
            told -= {hit}
    return 2 * right / (guessed + sum(map(len, gold.values())))


def fitted(table: Table, wanted: NDArray[np.int64]) -> Table:
    """Weights by gradient descent."""
    weights, target = np.zeros((table.shape[1], len(CLASSES))), np.eye(len(CLASSES))[wanted]
    for _ in range(STEPS):
        odds = np.exp(table @ weights - (table @ weights).max(1, keepdims=True))
        odds /= odds.sum(1, keepdims=True)
        weights -= RATE * (table.T @ (odds - target) / len(wanted) + DECAY * weights)
    return weights


def predicted(rows: list[Row], labels: list[str], fold: dict[str, int]) -> list[str]:
    """What models that have not seen a figure's text say of it."""
    said = ["none"] * len(rows)
    for k in range(FOLDS):
        seen = [i for i, row in enumerate(rows) if fold[row[0]] != k]
        counted = collections.Counter(name for i in seen for name in rows[i][2])
        column = {name: n for n, name in enumerate(sorted(name for name, count in counted.items() if count > 1))}
        table = np.zeros((len(rows), len(column)))
        for i, row in enumerate(rows):
            for name, value in row[2].items():
                if name in column:
                    table[i, column[name]] = value
        weights = fitted(table[seen], np.array([CLASSES.index(labels[i]) for i in seen]))
        for i in set(range(len(rows))) - set(seen):
            said[i] = CLASSES[int((table[i] @ weights).argmax())]
    return said


def main() -> None:
    """Prints the rules' F1 and the model's, round by round."""
    bench, out = map(Path, sys.argv[1:3])
    texts = {article["id"]: article["text"] for article in load(bench / "articles.jsonl")}
    facts = {doc: load(bench / "gold" / f"{doc}.jsonl") for doc in texts}
    gold = {
        doc: list({(f["measure"], f["bound"], f["value"]): f for f in each}.values()) for doc, each in facts.items()
    }
    rows: list[Row] = [
        (doc, record, features(record, text))
        for doc, text in texts.items() for record in load(out / f"{doc}.jsonl") if record.get("layer") == "figure"
    ]  # fmt: skip
    labels = [label(figure, gold[doc]) for doc, figure, _ in rows]
    print(f"rules {f1(rows, gold, [figure['measure'] for _, figure, _ in rows]):.3f}")
    for seed in range(ROUNDS):
        docs = sorted(gold)
        random.Random(seed).shuffle(docs)
        said = predicted(rows, labels, {doc: i % FOLDS for i, doc in enumerate(docs)})
        print(f"learned {f1(rows, gold, said):.3f}")


if __name__ == "__main__":
    main()
