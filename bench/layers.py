"""The processor time of each layer as a share of the parse's, on the same articles in one run.

Usage: python -m bench.layers ARTICLES.jsonl …

Every layer has read all articles once before its clock starts (patterns are compiled, words looked up). Parse and
layers take turns for five rounds, and the least time of each counts, since another process disturbs the short ones
most. `said` is what claims, figures and events take together; its ceiling was .15 of a parse of 3,300 words a second,
45 microseconds a word. `parse` is our own parse; `stock` the same paragraphs piped through the models as spaCy loads
them, all their components and Thinc's own matrix product, once in the same run.
"""

import json
import sys
import time
from pathlib import Path

import spacy

from recoupe.annotate import ANNOTATORS, Parser, annotate, pipeline
from recoupe.annotate.draft import Draft
from recoupe.annotate.pipeline import ordered
from recoupe.lang import pack
from recoupe.model.article import Article

ROUNDS = 5
SAID = ("claims", "figures", "events")


def articles(paths: list[Path]) -> list[Article]:
    """The articles of the benches that are there."""
    rows = [json.loads(line) for path in paths if path.is_file() for line in path.open(encoding="utf-8")]
    return [Article(id=r["id"], text=r["text"], sha256="", lang=r["lang"], published=r["published"]) for r in rows]


def score(paths: list[Path]) -> dict[str, float]:
    """Microseconds a word of each layer, the parse and the stock parse; empty where no article is there."""
    listed = articles(paths)
    if not listed:
        return {}
    annotate(listed, ANNOTATORS, Parser())
    seconds: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, spent in once(listed).items():
            seconds[name] = min(seconds.get(name, spent), spent)
    seconds["said"] = sum(seconds[name] for name in SAID)
    seconds["stock"] = _stock(listed)
    words = sum(len(article.text.split()) for article in listed)
    return {name: spent / words * 1e6 for name, spent in seconds.items()}


def _stock(listed: list[Article]) -> float:
    """Seconds that the models take as they come, of two rounds the shorter."""
    spent = 0.0
    for code in sorted({article.lang for article in listed}):
        model = spacy.load(pack(code).about.model)
        lines = [pack(code).normal(line) for one in listed if one.lang == code for line in one.text.split("\n") if line]
        rounds = []
        for _ in range(2):
            start = time.process_time()
            for _document in model.pipe(lines, batch_size=64):
                pass
            rounds.append(time.process_time() - start)
        spent += min(rounds)
    return spent


def once(listed: list[Article]) -> dict[str, float]:
    """Seconds of the parse and of each layer, one layer after the other over all articles."""
    drafts = [Draft(article, pack(article.lang)) for article in listed]
    seconds: dict[str, float] = {}
    for annotator in ordered(ANNOTATORS):
        if annotator.parsed and "parse" not in seconds:
            start = time.process_time()
            parser = Parser()
            parses = pipeline._parse(drafts, parser)
            for draft in drafts:
                pipeline._lay(draft, parses, parser.trees)
            seconds["parse"] = time.process_time() - start
        start = time.process_time()
        for draft in drafts:
            pipeline._run(draft, [annotator])
        seconds[annotator.name] = time.process_time() - start
    return seconds


if __name__ == "__main__":
    found = score([Path(argument) for argument in sys.argv[1:]])
    print(f"{'':12}{'µs a word':>10}{'of parse':>10}{'of stock':>10}")
    for name, value in found.items():
        print(f"{name:12}{value:10.1f}{value / found['parse']:10.3f}{value / found['stock']:10.3f}")
