"""Words a second of the times layer beside the parser and dateparser, in one run on the same texts.

Usage: python -m bench.times_speed ARTICLES.jsonl [HOW_MANY]

`share` is the layer's time as a share of the parse's (its ceiling is .03), `faster` how many times faster it is than
dateparser's search_dates as it is called plainly (its floor is 50), `faster_told` than the same told the language.
Both are left out where dateparser is not installed. Every reader has read the first text before its clock starts. The
layer and the told dateparser take so little that another process disturbs them: the fastest of three rounds counts,
and the layer forgets between rounds what it has read.
"""

import contextlib
import importlib.util
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from recoupe.annotate.draft import Draft
from recoupe.annotate.parse import parse
from recoupe.annotate.times import Times
from recoupe.annotate.times.annotator import grammar
from recoupe.annotate.tree import Tree
from recoupe.lang import DEFAULT, pack
from recoupe.model.article import Article
from recoupe.model.records import Block

ROUNDS = 3


@contextlib.contextmanager
def clocked(seconds: dict[str, float], name: str) -> Iterator[None]:
    """Notes the processor time of what is done inside; the least one where that is done again."""
    start = time.process_time()
    yield
    spent = time.process_time() - start
    seconds[name] = min(seconds.get(name, spent), spent)


def drafts(articles: Path, most: int) -> list[Draft]:
    """The articles with each line a block; those of a bench that is not there are none."""
    found = []
    for line in articles.read_text(encoding="utf-8").splitlines()[:most] if articles.is_file() else ():
        row = json.loads(line)
        article = Article(id=row["id"], text=row["text"], sha256="", lang=DEFAULT, published=row["published"])
        draft, at, blocks = Draft(article, pack(DEFAULT)), 0, []
        for text in row["text"].split("\n"):
            if text.strip():
                blocks.append(Block(start=at, end=at + len(text), text=text, kind="body"))
            at += len(text) + 1
        draft.put("block", blocks)
        found.append(draft)
    return found


def score(articles: Path, most: int = 20) -> dict[str, float]:
    """Words a second and the two ratios; empty where the articles are not there."""
    listed = drafts(articles, most)
    if not listed:
        return {}
    reader, seconds = Times(), dict[str, float]()
    parse(["…"], pack(DEFAULT))  # loads the model
    with clocked(seconds, "parse"):
        parses = [parse([block.text for block in draft.layer(Block)], draft.pack) for draft in listed]
    for _ in range(ROUNDS):
        for draft, parsed in zip(listed, parses, strict=True):  # trees remember what was read of their paragraph
            draft.trees = [Tree(p, b.start, b.end, b.kind) for p, b in zip(parsed, draft.layer(Block), strict=True)]
        grammar.cache_clear()
        reader(listed[0])  # compiles the patterns
        with clocked(seconds, "times"):
            for draft in listed:
                reader(draft)
    if importlib.util.find_spec("dateparser") is not None:
        search = importlib.import_module("dateparser.search")
        for name, options in (("dateparser", {}), ("dateparser_told", {"languages": [DEFAULT]})):
            search.search_dates(listed[0].article.text, **options)  # loads what it keeps
            for _ in range(ROUNDS if options else 1):
                with clocked(seconds, name):
                    for draft in listed:
                        search.search_dates(draft.article.text, **options)
    words = sum(len(draft.article.text.split()) for draft in listed)
    figures = {f"{name}.words_a_second": words / spent for name, spent in seconds.items()}
    figures["share"] = seconds["times"] / seconds["parse"]
    if "dateparser" in seconds:
        figures["faster"] = seconds["dateparser"] / seconds["times"]
        figures["faster_told"] = seconds["dateparser_told"] / seconds["times"]
    return figures


if __name__ == "__main__":
    print(score(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20))
