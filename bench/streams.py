"""Files of any size in bounded memory: `python -m bench.streams [GIGABYTES] [FOLDER]` (10 GB, build/streams).

Makes a file of each format of that size (sparse, or inflating to it), with one article at its end where the format can
have any size, reads each in a process of its own and prints the articles, what was said, the seconds of processor time
and the peak of memory; fails where that passes MOST megabytes or an article is missed. Needs a file system that keeps
sparse files; the files are removed.
"""

import json
import resource
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from recoupe.model.article import Article
from recoupe.read import read_inputs

MOST = 700
NOW = "2026-11-22T03:00:00+00:00"
TEXT = "Le gouverneur a déclaré que sept personnes sont mortes dans le port, et que douze blessés ont été évacués."
PAGE = f"<html lang='fr'><head><title>Le port</title></head><body><p>{TEXT}</p></body></html>".encode()
BLOCK = 1 << 20


def record(size: int, media: str, url: str) -> bytes:
    """The head of a WARC record."""
    lines = ["WARC/1.0", "WARC-Type: resource", f"WARC-Target-URI: {url}", "WARC-Date: 2023-01-07T10:00:00Z"]
    return "\r\n".join([*lines, f"Content-Type: {media}", f"Content-Length: {size}", "", ""]).encode()


def inflating(size: int) -> Iterator[bytes]:
    """Gzip members of a megabyte each, none beyond the measure of a bomb, and one with a page."""
    block = bytes((n * n >> 4) & 0xFF for n in range(12_000))
    for data, media in [*[(block * (BLOCK // len(block)), "image/png")] * (size // BLOCK), (PAGE, "text/html")]:
        made = zlib.compressobj(6, zlib.DEFLATED, 31)
        yield made.compress(record(len(data), media, "https://a.example/1") + data + b"\r\n\r\n") + made.flush()


def sparse(path: Path, before: bytes, size: int, after: bytes) -> None:
    """Writes a file with so many zeros in it that take no room."""
    with path.open("wb") as file:
        file.write(before)
        file.truncate(len(before) + size)
        file.seek(0, 2)
        file.write(after)


def packed(path: Path, size: int) -> None:
    """Writes a compressed archive."""
    with path.open("wb") as file:
        file.writelines(inflating(size))


ROW = json.dumps({"id": "a", "text": TEXT}).encode()
HEAD = record(len(PAGE), "text/html", "https://a.example/1")
# By the name of the file: how it is made, and whether an article is found in it.
FILES: dict[str, tuple[Callable[[Path, int], None], bool]] = {
    "a.warc": (
        lambda path, size: sparse(
            path, record(size, "image/png", "https://a.example/0"), size, b"\r\n\r\n" + HEAD + PAGE + b"\r\n\r\n"
        ),
        True,
    ),
    "a.warc.gz": (packed, True),
    "a.jsonl": (lambda path, size: sparse(path, b"", size, b"\n" + ROW + b"\n"), True),
    "a.csv": (lambda path, size: sparse(path, b"id,text\n", size, b'\na,"' + TEXT.encode() + b'"\n'), True),
    "a.txt": (lambda path, size: sparse(path, TEXT.encode(), size, b""), False),
    "a.html": (lambda path, size: sparse(path, PAGE, size, b""), False),
    "a.xml": (lambda path, size: sparse(path, b"<newsItem>", size, b""), False),
    "a.json": (lambda path, size: sparse(path, b"[", size, b""), False),
    "a.eml": (lambda path, size: sparse(path, b"From: a\nDate: b\n\n", size, b""), False),
    "a.parquet": (lambda path, size: sparse(path, b"PAR1", size, b"\xff\xff\xff\x7fPAR1"), False),
    "a.wacz": (lambda path, size: sparse(path, b"PK\x03\x04", size, b"PK\x05\x06" + bytes(18)), False),
}


def read(path: Path) -> None:
    """Prints the articles of a file, the problems, the processor time and the peak of memory."""
    found = list(read_inputs([path], now=NOW))
    articles = sum(isinstance(one, Article) for one in found)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(articles, len(found) - articles, f"{used.ru_utime + used.ru_stime:.0f}", used.ru_maxrss >> 10)


def main(gigabytes: float, folder: Path) -> int:
    """Prints a line for each format; 1 where one is not as it should be."""
    folder.mkdir(parents=True, exist_ok=True)
    wrong = 0
    for name, (make, has_article) in FILES.items():
        path = folder / name
        make(path, int(gigabytes * 1e9))
        command = [sys.executable, "-m", "bench.streams", "--read", str(path)]
        told = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
        path.unlink()
        articles, problems, seconds, memory = map(int, told or (-1, -1, -1, -1))
        wrong += articles != has_article or memory > MOST
        print(f"{name}: {articles} articles, {problems} problems, {seconds} s, {memory} MB", flush=True)
    return int(wrong > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        read(Path(sys.argv[2]))
    else:
        arguments = dict(enumerate(sys.argv))
        sys.exit(main(float(arguments.get(1, "10")), Path(arguments.get(2, "build/streams"))))
