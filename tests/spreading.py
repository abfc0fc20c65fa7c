"""A program of the tests: annotates articles on an engine, and writes what came of it.

Usage: python spreading.py RAY FOLDER < articles, with the address of a Ray or nothing. It writes FOLDER/rows (msgpack).
Daft runs one engine in a process, so each has one.
"""

import sys
from functools import partial
from pathlib import Path

import msgspec

from processes import hostile
from recoupe.model.article import Article, digest
from recoupe.model.records import Annotated
from recoupe.run import Failure, annotated
from recoupe.run.pool import Patience
from recoupe.run.recent import Recent
from recoupe.run.spread import Daft

LANG = "fr"
SAYS = ("Le ministère annonce", "Le maire dément", "L'armée affirme", "Kiev confirme", "Un témoin raconte")
SAID = (
    "trois morts à Kherson.", "une frappe mardi.", "12 blessés.", "la trêve du 6 janvier.", "« Nous tiendrons ».",
    "un drone abattu hier.", "des combats à Bakhmout.", "le retrait des troupes.",
)  # fmt: skip
# Forty paragraphs: each is parsed once in a process, and thousands of articles are annotated in seconds.
PARAGRAPHS = [f"{who} {what}" for who in SAYS for what in SAID]


def short(n: int) -> Article:
    """One of many short articles, no two alike."""
    parts = [n % 40, (n // 40 + n) % 40, *([n // 1600] if n >= 1600 else [])]
    text = "\n\n".join(PARAGRAPHS[part] for part in parts)
    return Article(id=f"a{n:05}", text=text, sha256=digest(text), lang=LANG, published=f"2023-01-{1 + n % 28:02}")


def plain(text: str) -> Article:
    """An article of a text."""
    return Article(id=digest(text), text=text, sha256=digest(text), lang=LANG)


def row(one: Annotated | Failure) -> bytes:
    """What came of an article, to the last character."""
    return msgspec.json.encode((one.article, one.reason if isinstance(one, Failure) else one.records))


def here(articles: list[Article]) -> list[bytes]:
    """What comes of articles in this process."""
    return [row(one) for one in annotated(articles, Recent())]


def main() -> None:
    """Two lots: ordinary articles, and some among which are those that kill and hang."""
    ray = sys.argv[1]
    ordinary, bad = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=tuple[list[Article], list[Article]])
    daft = Daft(ray, 2)
    found = [row(one) for one in daft.annotated(ordinary)]
    folder = Path(sys.argv[2])
    again = [
        row(one) for one in daft.annotated(bad, partial(hostile, folder / "orphaned"), patience=Patience(start=5.0))
    ]
    (folder / "rows").write_bytes(msgspec.msgpack.encode((found, again)))


if __name__ == "__main__":
    main()
