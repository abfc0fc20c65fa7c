"""The processor time of each layer as a share of the parse's, on the same articles in one run.

Usage: python -m bench.layers ARTICLES.jsonl …

Every layer has read all articles once before its clock starts (patterns are compiled, words looked up). Parse and
layers take turns for five rounds, and the least time of each counts, since another process disturbs the short ones
most. `said` is what claims, figures and events take together; its ceiling is .15.
"""

import json
import sys
import time
from pathlib import Path

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
    """Each layer's share of the parse, and the words the parser reads in a second; empty where no article is there."""
    listed = articles(paths)
    if not listed:
        return {}
    annotate(listed, ANNOTATORS, Parser())
    seconds: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, spent in once(listed).items():
            seconds[name] = min(seconds.get(name, spent), spent)
    parse = seconds.pop("parse")
    found = {name: spent / parse for name, spent in seconds.items()}
    found["said"] = sum(found[name] for name in SAID)
    found["parse_words_per_second"] = sum(len(article.text.split()) for article in listed) / parse
    return found


def once(listed: list[Article]) -> dict[str, float]:
    """Seconds of the parse and of each layer, one layer after the other over all articles."""
    drafts = [Draft(article, pack(article.lang)) for article in listed]
    seconds: dict[str, float] = {}
    for annotator in ordered(ANNOTATORS):
        if annotator.parsed and "parse" not in seconds:
            start = time.process_time()
            pipeline._parse(drafts, Parser())
            seconds["parse"] = time.process_time() - start
        start = time.process_time()
        for draft in drafts:
            pipeline._run(draft, [annotator])
        seconds[annotator.name] = time.process_time() - start
    return seconds


if __name__ == "__main__":
    for name, value in score([Path(argument) for argument in sys.argv[1:]]).items():
        print(f"{name:24}{value:10.3f}")
