"""What is fuzzed: functions of bytes that raise where something is not sound (see `sound.py`)."""

import functools
import os
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from samples import HTML, SAMPLES, page, pages, wacz

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.lang import available, pack
from recoupe.model.article import Article
from recoupe.watch.coming.lists import listed
from sound import check, soundly_read

DAYS = (None, "2023-01-06", "2023-01", "1900-01-01", "9999-12-31")
TROUBLE = [
    "\n", " ", " ", "\t", "\r", "\x0b", "\u2028", "\u200b", "\u200d", "\ufeff", "\u202e", "\u2066", "\u0301", "😀",
    "قال", "Роutine", "«", "»", "“", "”", '"', "’", "'", "(", ")", "[", "]", "-", "–", "—", ",", ".", ":", ";", "?",
    "!", "%", "€", "/", "24h00", "24:00", "00:00", "31/02/0000", "9999", "10000", "99999999999999999999", "0", "1",
    "12", "1 234 567,89", "1.234.567", "0,5", "½", "²", "١٢", "IV", "x" * 60, "é", "Petrov", "Kyiv", "Reuters", "TASS",
]  # fmt: skip
FEED = (
    '<rss version="2.0"><channel><title>Le Fil</title><ttl>9</ttl><item><link>https://a.example/1</link>'
    "<pubDate>Sat, 07 Jan 2023 07:00:00 +0100</pubDate></item></channel></rss>"
)
MAP = (
    '<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://a.example/1</loc>'
    "<n:news><n:publication_date>2023-01-07</n:publication_date></n:news></url></urlset>"
)
OPML = '<opml><body><outline><outline xmlUrl="https://a.example/rss" title="Le Fil"/></outline></body></opml>'


@functools.cache
def _folder() -> Path:
    """A folder of this process, in memory where there is such a place."""
    return Path(tempfile.mkdtemp(prefix="fuzz", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))


def _file(name: str, made: Callable[[bytes], bytes] = bytes) -> Callable[[bytes], None]:
    def tried(data: bytes) -> None:
        path = _folder() / name
        path.write_bytes(made(data))
        soundly_read(path)

    return tried


def _list(data: bytes) -> None:
    listed(data, "https://lefil.example/rss", "text/xml")


@functools.cache
def words(code: str) -> list[str]:
    """The words of a pack, of every file, and of trouble: what the rules look for."""
    found = set(TROUBLE)
    for path in pack(code).folder.glob("*.toml"):
        found |= set(_strings(tomllib.loads(path.read_text(encoding="utf-8"))))
    for path in pack(code).folder.glob("*.tsv"):
        if path.stem not in ("frequency", "known"):
            found |= {row[0] for row in pack(code).table(path.stem)}
    return sorted(found)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (key for key in value if isinstance(key, str))
        for below in value.values():
            yield from _strings(below)
    elif isinstance(value, list):
        for below in value:
            yield from _strings(below)


def text_of(data: bytes) -> tuple[str, str, str | None]:
    """The text, language and day that some bytes stand for: UTF-8 as it is, else two bytes a word of the pack."""
    codes = available()
    first, second, rest = (data[0] if data else 0), (data[1] if len(data) > 1 else 0), data[2:]
    code, day = codes[first % len(codes)], DAYS[second % len(DAYS)]
    if first >= 128:
        return rest.decode("utf-8", "ignore"), code, day
    known, glue = words(code), "" if second >= 128 else " "
    numbers = [int.from_bytes(rest[i : i + 2], "big") for i in range(0, len(rest) - 1, 2)]
    return glue.join(TROUBLE[n % len(TROUBLE)] if n % 3 == 0 else known[n % len(known)] for n in numbers), code, day


def annotated(data: bytes) -> None:
    """All annotators, with the real parser, over a text made from the bytes."""
    text, code, day = text_of(data)
    article = Article(id="a", text=text, sha256="", lang=code, published=day)
    check(annotate([article], ANNOTATORS, Parser())[0])


def _packed(data: bytes) -> bytes:
    """A zip file whose archive and list of pages are the two halves of the bytes."""
    archive, _, listed_pages = data.partition(b"\xff\xff")
    return wacz({"archive/data.warc": archive, "pages/pages.jsonl": listed_pages})


# From a name to what is tried with the bytes, and samples to begin with.
TARGETS: dict[str, tuple[Callable[[bytes], None], list[bytes]]] = {
    name: (_file(file), [data]) for name, (file, data) in SAMPLES.items()
} | {
    "any": (_file("received"), [data for _, data in SAMPLES.values()]),
    "warc_plain": (_file("a.warc"), [page(1) + page(2)]),
    "wacz_inside": (_file("a.wacz", _packed), [page(1) + b"\xff\xff" + pages("https://lefil.example/x")]),
    "lists": (_list, [FEED.encode(), MAP.encode(), OPML.encode(), HTML.encode()]),
    "annotate": (
        annotated,
        [
            bytes([128 + n % len(available()), n]) + text.encode()
            for n, text in enumerate(
                [
                    "Le ministère a déclaré lundi qu’au moins 89 soldats avaient été tués à Makiïvka.",
                    "The ministry said on Monday that at least 89 soldiers had been killed in Makiivka.",
                    "« Nous n’avons rien vu », a-t-il dit à l’agence, avant minuit le 7 janvier, selon Kyiv.",
                    "“We saw nothing,” he said; between 5 and 9 people, two of them children, were injured.",
                ]
            )
        ]
        + [bytes(range(0, 120)), bytes([1, *range(130, 250)])],
    ),
}
