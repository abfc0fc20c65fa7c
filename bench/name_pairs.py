"""Pairs of names, the same or not: F1 of "same" over all pairs and over people's.

Usage: name_pairs.py DATA_DIR (the folder that holds name_bench/cases.csv; MIT, OpenSanctions' name tests).
"""

import csv
import sys
from pathlib import Path

from recoupe.lang.spelling import compare

KINDS = {"Person": "PER"}


def score(data: Path) -> dict[str, float]:
    """{"f1", "people", "precision", "recall"}; empty where the data are not there."""
    path = data / "name_bench" / "cases.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    judged = [
        (row["schema"] == "Person", row["is_match"] == "true", same(row["name1"], row["name2"], row["schema"]))
        for row in rows
    ]
    found = _f1([(truth, guess) for _, truth, guess in judged])
    return {**found, "people": _f1([(truth, guess) for person, truth, guess in judged if person])["f1"]}


def same(a: str, b: str, schema: str) -> bool:
    """Whether the names are taken for one: surely, or more likely than not."""
    found = compare(a, b, KINDS.get(schema, "ORG"))
    return found.verdict == "same" or (found.verdict == "unsure" and found.score > 0.5)


def _f1(pairs: list[tuple[bool, bool]]) -> dict[str, float]:
    right = sum(truth and guess for truth, guess in pairs)
    guessed, wanted = sum(guess for _, guess in pairs), sum(truth for truth, _ in pairs)
    precision, recall = right / max(1, guessed), right / max(1, wanted)
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"f1": f1, "precision": precision, "recall": recall}


if __name__ == "__main__":
    print({name: round(value, 3) for name, value in score(Path(sys.argv[1])).items()})
