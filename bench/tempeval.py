"""TempEval-3's texts (English news in TimeML) against our times.

Usage: python -m bench.tempeval SHARED FOLDER …

Each FOLDER holds `.tml` files, of which those beneath it are read too. What stands inside <TEXT> is the article, what
its <DCT> says the day of publication; a TIMEX3 without words of its own is left out, as is the DCT itself. `relaxed`,
`strict` and `value` are those of the guide's scorer (SHARED/gold/score.py). Texts that are given twice count once.
"""

import html
import re
import sys
from pathlib import Path

from recoupe.annotate import Parser, annotate
from recoupe.annotate.blocks import Blocks
from recoupe.annotate.times import Times
from recoupe.model.article import Article
from recoupe.model.records import Time

from .score import module

TEXT = re.compile(r"<TEXT>(.*?)</TEXT>", re.DOTALL)
WRITTEN = re.compile(r"<DCT>.*?\bvalue=\"(\d{4}-\d\d-\d\d)", re.DOTALL)
TAG = re.compile(r"(<[^>]+>)")
ATTRIBUTE = re.compile(r"(\w+)=\"([^\"]*)\"")
Records = list[dict[str, object]]


def document(path: Path) -> tuple[Article, Records]:
    """A text without its marks, and its times. Raises ValueError where there is no <TEXT>."""
    source = path.read_text(encoding="utf-8", errors="replace")
    body, written = TEXT.search(source), WRITTEN.search(source)
    if body is None:
        raise ValueError(f"{path}: no <TEXT>")
    text, found, opened = "", list[dict[str, object]](), list[tuple[int, dict[str, str]]]()
    for piece in TAG.split(body[1]):
        if piece.startswith("<TIMEX3") and not piece.endswith("/>"):
            opened.append((len(text), dict(ATTRIBUTE.findall(piece))))
        elif piece.startswith("</TIMEX3") and opened:
            start, said = opened.pop()
            found.append({"layer": "time", "start": start, "end": len(text), "value": said.get("value", "")})
        elif not piece.startswith("<"):
            text += html.unescape(piece)
    day = written[1] if written else None
    return Article(id=path.stem, text=text, sha256="", lang="en", published=day), found


def score(shared: Path, folders: list[Path], parser: Parser | None = None) -> dict[str, float]:
    """relaxed, strict and value over all texts together, with the number of texts and of times; empty without any."""
    paths = {path.name: path for folder in folders for path in sorted(folder.rglob("*.tml"))}
    read = [document(path) for path in paths.values()]
    if not read:
        return {}
    done = annotate([article for article, _ in read], [Blocks(), Times()], parser or Parser())
    pairs = []
    for (_, gold), annotated in zip(read, done, strict=True):
        ours = [{"start": time.start, "end": time.end, "value": time.value} for time in annotated.layer(Time)]
        pairs.append((gold, ours))
    figures: dict[str, float] = module(shared / "gold/score.py").score_layer("time", pairs)
    return figures | {"texts": len(read), "times": sum(len(gold) for _, gold in read)}


if __name__ == "__main__":
    for name, value in score(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]).items():
        print(f"{name:8} {value:.3f}" if value < 1 else f"{name:8} {value:g}")
