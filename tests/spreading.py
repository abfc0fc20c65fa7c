"""A program of the tests: does on an engine what engines do, and writes what came of it.

Usage: python spreading.py RAY FOLDER TEXTS, with the address of a Ray or nothing, and a folder of texts. It writes
FOLDER/rows (msgpack): what came of the ordinary articles, and of those among which are some that kill and hang; and
FOLDER/archive: the archive of the texts, with what is near in it. Daft runs one engine in a process, so each has one;
a Ray takes longer to start than all of this to do, so one does all.
"""

import sys
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from processes import DIES, HANGS, ORPHANS, hostile
from recoupe.archive import make, relate
from recoupe.model.article import Article, digest
from recoupe.model.records import Annotated
from recoupe.run import Engine, Failure, annotated
from recoupe.run.patience import Patience
from recoupe.run.recent import Recent
from recoupe.run.spread import Daft

LANG = "fr"
JOBS = 2
# More than one query of Daft's takes for two processes.
MANY = 2_000
# Texts of an archive, and how many of them are in a piece of it.
FILES, SIZE = 24, 5
NOW = "2023-02-01T12:00:00+00:00"
COPIED = "Le préfet a fermé mardi les deux ponts du canal après la rupture d'une digue qui a noyé trois villages."
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


class Spread(NamedTuple):
    """What an engine gave."""

    ordinary: list[bytes]
    bad: list[bytes]
    archive: Path


def ordinary() -> list[Article]:
    """Articles that do no harm."""
    return [short(n) for n in range(MANY)]


def bad(ray: str) -> list[Article]:
    """Articles among which are some that kill and hang. The one that ends its parent is for Ray, whose workers have one
    that is not the program."""
    listed = [short(n) for n in range(200)]
    for n, text in enumerate([DIES, HANGS, ORPHANS] if ray else [DIES, HANGS]):
        listed.insert(7 + 80 * n, plain(text))
    return listed


def texts(folder: Path) -> None:
    """Writes the texts of an archive, some with a passage in common."""
    for n in range(FILES):
        copied = f"\n\n{COPIED}" if n % 9 == 0 else ""
        (folder / f"{short(n).id}.txt").write_text(short(n).text + copied, encoding="utf-8")


def main() -> None:
    """The program."""
    ray, folder, read = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    daft = Daft(ray, JOBS)
    found = [row(one) for one in daft.annotated(ordinary())]
    make([read], folder / "archive", Engine("daft", JOBS, ray), NOW, size=SIZE)
    relate(folder / "archive", daft)
    kills = partial(hostile, folder / "orphaned")
    again = [row(one) for one in daft.annotated(bad(ray), kills, patience=Patience(start=3.0))]
    (folder / "rows").write_bytes(msgspec.msgpack.encode((found, again)))


if __name__ == "__main__":
    main()
