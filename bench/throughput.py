"""Words a second from articles to a related store, over those of the bare French model on the same texts, in one run.

Usage: python -m bench.throughput ARTICLES.jsonl …

Processor time of one thread. `bare` is `fr_core_news_md` as spaCy loads it, all its components, piped over the texts'
lines; `fresh` is annotating, storing and relating the same articles in a new store, each paragraph of them new; `wire`
the same on a mix in which SEEN of the paragraphs were seen before, as a study of French online media found (64 %
copied): articles are made of the paragraphs of the first ones, each new to the mix with the chance 1 - SEEN. The three
take turns, a STEPS-th of the articles each, because the pace of a machine that others use swings by a third within a
minute; relating comes last. All have read a few articles before their clocks start. `start` is the real time in seconds
of the whole command on one article, the program's start included, after a first run in which Python compiles what is
installed; `memory` the highest in MiB that `recoupe add` takes for all articles of the files, in whatever language,
relating included.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import spacy
from spacy.language import Language

from recoupe.lang import pack
from recoupe.model.article import Article, digest
from recoupe.run import Failure, annotated, related, stamps
from recoupe.run.sweeps import seldom
from recoupe.store import Store

# The program, then the most memory it had (kB). What the system tells of a process that ended counts the memory of the
# one that started it too.
HIGHEST = """
from recoupe.cli import main
try:
    main()
finally:
    with open("/proc/self/status") as told:
        print(next(line.split()[1] for line in told if line.startswith("VmHWM")))
"""
LANG, SEED, SEEN, LENGTH = "fr", 20221214, 0.6, 8
WARM = 8
STEPS = 16
STARTS = 3


def articles(paths: Sequence[Path]) -> list[Article]:
    """The French articles of the files, each text once and under an id of its own."""
    rows = [json.loads(line) for path in paths for line in path.open(encoding="utf-8")]
    texts = {row["text"]: row.get("published") for row in rows if row.get("lang", LANG) == LANG}
    return [_article(text, published) for text, published in texts.items()]


def wire(listed: Sequence[Article]) -> list[Article]:
    """Articles of `LENGTH` paragraphs, of which `SEEN` stood in an earlier one, until no new paragraph is left."""
    chance = random.Random(SEED)
    new = list(dict.fromkeys(part for one in listed for part in one.text.split("\n") if part.strip()))
    chance.shuffle(new)
    days = [one.published for one in listed if one.published]
    seen, made = list[str](), list[Article]()
    while new:
        parts = [chance.choice(seen) if seen and chance.random() < SEEN else new.pop() for _ in range(LENGTH) if new]
        seen.extend(parts)
        made.append(_article("\n\n".join(parts), chance.choice(days)))
    return made


def _article(text: str, published: str | None) -> Article:
    return Article(id=digest(text), text=text, sha256=digest(text), lang=LANG, published=published)


def words(listed: Sequence[Article]) -> int:
    """Words of the texts."""
    return sum(len(one.text.split()) for one in listed)


def turns(works: Mapping[str, Iterator[None]]) -> dict[str, float]:
    """Seconds of processor time of each work, a step of each in turn."""
    seconds = dict.fromkeys(works, 0.0)
    left = dict(works)
    while left:
        for name in list(left):
            start = time.process_time()
            if next(left[name], left) is left:
                del left[name]
            seconds[name] += time.process_time() - start
    return seconds


def ours(listed: Sequence[Article]) -> Iterator[None]:
    """The articles annotated and stored step by step, then related, in a store that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store.db", create=True)
        for n, found in enumerate(annotated(listed, store.parses(stamps())), 1):
            if isinstance(found, Failure):
                raise SystemExit(f"{found.article.id}: {found.reason}")
            store.put(found)
            if n % _step(listed) == 0:
                yield
        related(store)
        yield


def bare(model: Language, listed: Sequence[Article]) -> Iterator[None]:
    """The lines of the articles piped through a model, step by step."""
    for first in range(0, len(listed), _step(listed)):
        some = listed[first : first + _step(listed)]
        lines = (line for one in some for line in one.text.split("\n") if line.strip())
        for _ in model.pipe(lines, batch_size=64):
            pass
        yield


def _step(listed: Sequence[Article]) -> int:
    return -(-len(listed) // STEPS)


def score(paths: Sequence[Path]) -> dict[str, float]:
    """The figures by name; `bare` in words a second, `fresh` and `wire` as multiples of it."""
    seldom()  # as the program does
    listed = articles(paths)
    mixed = wire(listed)
    model = spacy.load(pack(LANG).about.model)
    turns({"ours": ours(listed[:WARM]), "bare": bare(model, listed[:WARM])})
    seconds = turns({"bare": bare(model, listed), "fresh": ours(listed), "wire": ours(mixed)})
    pace = words(listed) / seconds["bare"]
    return {
        "bare": pace,
        "fresh": words(listed) / seconds["fresh"] / pace,
        "wire": words(mixed) / seconds["wire"] / pace,
        "start": _start(listed[0]),
        "memory": _memory(paths),
    }


def _start(article: Article) -> float:
    """The shortest of a few times: other programs on the machine only lengthen it."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "article.txt"
        text.write_text(article.text, encoding="utf-8")
        times = list[float]()
        for _ in range(1 + STARTS):
            start = time.perf_counter()
            _run("annotate", str(text), "--out", str(Path(folder) / "out"))
            times.append(time.perf_counter() - start)
        return min(times[1:])


def _memory(paths: Sequence[Path]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        told = _run("add", *map(str, paths), "--store", str(Path(folder) / "store.db"), program=["-c", HIGHEST])
        return int(told.split()[-1]) / 1024


def _run(*arguments: str, program: Sequence[str] = ("-m", "recoupe")) -> str:
    """What the program says, as its users have it: what Python compiles is kept."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, *program, *arguments]
    return subprocess.run(command, check=True, capture_output=True, env=environment, text=True).stdout


if __name__ == "__main__":
    for name, value in score([Path(argument) for argument in sys.argv[1:]]).items():
        print(f"{name:12}{value:10.2f}")
