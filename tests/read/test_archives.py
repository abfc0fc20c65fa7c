"""WARC and WACZ: which records are articles, what they keep, and archives that are damaged or made to harm."""

import gzip
import random
import struct
import zipfile
import zlib
from pathlib import Path

import brotli
import pytest
from samples import ADDRESS, HTML, http, packed, page, pages, record, wacz

from recoupe.model.article import Article
from recoupe.read import Problem, read_inputs
from recoupe.read.members import FREE

NOW = "2026-11-22T03:00:00+00:00"
TEXT = "Le port frappé\nL’armée a frappé"
ONE, TWO, THREE = page(1), page(2), page(3)


def read(path: Path, data: bytes, name: str = "a.warc") -> tuple[list[Article], list[tuple[str, str]]]:
    """The articles of an archive, and (reason, record) of each problem."""
    (path / name).write_bytes(data)
    items = list(read_inputs([path / name], now=NOW))
    told = [
        (item.key.removeprefix("read."), str(item.values["place"]).removeprefix(str(path / name)).removeprefix(":"))
        for item in items
        if isinstance(item, Problem)
    ]
    return [item for item in items if isinstance(item, Article)], told


def numbers(articles: list[Article]) -> list[str]:
    """Which of the pages were read."""
    return [article.url.rpartition("-")[2].removesuffix(".html") for article in articles]


def test_what_a_page_keeps(tmp_path: Path) -> None:
    (article,), told = read(tmp_path, record(http(HTML.encode())))
    assert told == [] and article.text.startswith(TEXT)
    assert (article.url, article.read) == (ADDRESS, "2023-01-07T10:00:00+00:00")
    assert article.id.startswith("lefil.example-port-") and article.source == f"{tmp_path / 'a.warc'}:1"


@pytest.mark.parametrize(
    "other",
    [
        record(http(HTML.encode(), status="404 Not Found")),
        record(http(b"", "text/html", "301 Moved Permanently", "Location: /ailleurs")),
        record(http(HTML.encode(), "text/plain")),
        record(http(b"\x89PNG", "image/png")),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(http(HTML.encode()), kind="revisit"),
        record(b"software: x", kind="warcinfo", media="application/warc-fields"),
        record(HTML.encode(), "urn:text:https://lefil.example/", "resource", media="text/html"),
        record(http(HTML.encode()), "metadata://a.example/x"),
        record(b""),
        record(b"\0\0\0 no HTTP"),
    ],
)
@pytest.mark.parametrize("zipped", [False, True])
def test_what_is_no_article(tmp_path: Path, other: bytes, zipped: bool) -> None:
    assert read(tmp_path, packed([other]) if zipped else other) == ([], [("no_page", "")])
    both = [ONE, other, TWO]
    articles, told = read(tmp_path, packed(both) if zipped else b"".join(both))
    assert (numbers(articles), told) == (["1", "2"], [])


BYTES = HTML.encode()
BARE = zlib.compressobj(wbits=-15)
CHUNKED = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (BYTES[:40], BYTES[40:], b""))


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (BYTES, ()),
        (gzip.compress(BYTES), ("Content-Encoding: gzip",)),
        (gzip.compress(BYTES), ("content-encoding: X-GZIP",)),
        (zlib.compress(BYTES), ("Content-Encoding: deflate",)),
        (BARE.compress(BYTES) + BARE.flush(), ("Content-Encoding: deflate",)),
        (brotli.compress(BYTES), ("Content-Encoding: br",)),
        (CHUNKED, ("Transfer-Encoding: chunked",)),
        (brotli.compress(gzip.compress(BYTES)), ("Content-Encoding: gzip, br",)),
        # Crawlers take codings off and leave their names.
        (BYTES, ("Content-Encoding: gzip",)),
        (BYTES, ("Content-Encoding: br", "Transfer-Encoding: chunked")),
        (BYTES, ("Content-Encoding: identity",)),
    ],
)
def test_codings(tmp_path: Path, body: bytes, fields: tuple[str, ...]) -> None:
    (article,), told = read(tmp_path, record(http(body, "text/html", "200 OK", *fields)))
    assert article.text.startswith(TEXT) and told == []


@pytest.mark.parametrize(
    ("body", "fields", "reason"),
    [
        (gzip.compress(b"<p>" + b"a" * 9_000_000), ("Content-Encoding: gzip",), "too_long"),
        (brotli.compress(b"<p>" + b"a" * 9_000_000), ("Content-Encoding: br",), "too_long"),
        (b"<p>" + b"a" * 4_000_000, (), "too_long"),
        (b"\x1f\x8b\x08 broken", ("Content-Encoding: gzip",), "coding"),
        (BYTES, ("Content-Encoding: secret",), "coding"),
        (b"\x89PNG" * 20, (), "binary"),
    ],
)
def test_a_page_that_cannot_be_had(tmp_path: Path, body: bytes, fields: tuple[str, ...], reason: str) -> None:
    bad = record(http(body, "text/html", "200 OK", *fields))
    for data in (ONE + bad + TWO, packed([ONE, bad, TWO])):
        articles, told = read(tmp_path, data)
        assert (numbers(articles), told) == (["1", "2"], [(reason, "2")])


@pytest.mark.parametrize("charset", ["windows-1251", "iso-8859-5", "koi8-r"])
def test_the_charset_of_the_header(tmp_path: Path, charset: str) -> None:
    html = '<html lang="fr"><body><p>Le quotidien « Известия » écrit que sept personnes sont mortes.</p></body></html>'
    html = html.replace("«", '"').replace("»", '"').replace("é", "e")
    (article,), _ = read(tmp_path, record(http(html.encode(charset), f'text/html; Charset="{charset}"')))
    assert "Известия" in article.text


def test_a_page_made_into_a_record(tmp_path: Path) -> None:
    (article,), _ = read(tmp_path, record(BYTES, kind="resource", media="text/html"))
    assert article.text.startswith(TEXT)
    (article,), _ = read(tmp_path, record(http(BYTES), f"<{ADDRESS}>"))
    assert article.url == ADDRESS


def test_captures_of_one_address_are_versions(tmp_path: Path) -> None:
    def taken(day: int, words: str) -> bytes:
        html = HTML.replace("sept personnes", words).encode()
        return record(http(html), ADDRESS + f"?utm_source={day}", taken=f"2023-01-{day:02}T10:00:00Z")

    articles, told = read(tmp_path, taken(7, "six personnes") + taken(8, "six personnes") + taken(9, "huit personnes"))
    assert [("six" in one.text, one.read[:10]) for one in articles] == [(True, "2023-01-07"), (False, "2023-01-09")]
    assert told == [] and articles[0].id == articles[1].id
    articles, told = read(tmp_path, taken(9, "huit personnes") + taken(7, "six personnes"))
    assert (len(articles), told) == (1, [("older", "2")])


def test_a_capture_of_tomorrow_was_read_today(tmp_path: Path) -> None:
    (article,), _ = read(tmp_path, record(http(BYTES), taken="2099-01-01T00:00:00Z"))
    assert article.read == NOW
    (article,), _ = read(tmp_path, record(http(BYTES), taken="yesterday"))
    assert article.read == NOW


LONG_FIELD = ONE.replace(b"WARC-Date", b"X-Long: " + b"y" * 200_000 + b"\r\nWARC-Date")
SHORT = record(http(BYTES), length=150)
HALF = packed([TWO])[: len(packed([TWO])) // 2]


@pytest.mark.parametrize(
    ("data", "read_pages", "reasons"),
    [
        (ONE + record(http(BYTES), length=10**18) + THREE, "13", ["wrong_length"]),
        (ONE + record(http(BYTES), length=len(http(BYTES)) + 400) + TWO + THREE, "123", ["wrong_length"]),
        (ONE + record(http(BYTES), length=-5) + THREE, "13", ["broken_record"]),
        (ONE + record(http(BYTES), length="many") + THREE, "13", ["broken_record"]),
        (b"junk\r\n" * 9 + ONE + THREE, "13", ["broken_record"]),
        (ONE + b"junk here\r\n\r\n" + THREE, "13", ["broken_record"]),
        (ONE + LONG_FIELD + THREE, "13", ["broken_record"]),
        (ONE + THREE[:300], "1", ["wrong_length"]),
        (packed([ONE, TWO, THREE])[:-8], "123", []),
        (packed([ONE, TWO]) + HALF, "12", []),
        (packed([ONE]) + HALF + packed([THREE]), "13", ["broken_record"]),
        (packed([ONE]) + b"\0" * 512 + packed([THREE]), "13", []),
        (gzip.compress(ONE + TWO + THREE), "123", []),
        (gzip.compress(ONE) + gzip.compress(TWO[:500]) + gzip.compress(TWO[500:] + THREE), "123", []),
        (gzip.compress(b""), "", ["no_page"]),
        (gzip.compress(b"a letter"), "", ["broken_record"]),
    ],
)
def test_damaged(tmp_path: Path, data: bytes, read_pages: str, reasons: list[str]) -> None:
    articles, told = read(tmp_path, data)
    found = [one for one in numbers(articles) if one in "123"]
    assert [*dict.fromkeys(found)] == list(read_pages)
    assert [reason for reason, _ in told if not reason.startswith("repaired")] == reasons


def test_a_page_that_is_cut_says_so(tmp_path: Path) -> None:
    (one, two), told = read(tmp_path, packed([ONE]) + packed([TWO])[:-60])
    assert one.text.startswith(TEXT) and ("repaired.cut_off", "2") in told and len(two.text) < len(one.text)


def test_a_bomb_is_named_and_left(tmp_path: Path) -> None:
    def inflating(size: int) -> bytes:
        made = zlib.compressobj(9, zlib.DEFLATED, 31)
        zeros = bytes(1 << 20)
        head = record(b"", length=size, media="application/octet-stream", kind="resource")[:-4]
        return made.compress(head) + b"".join(made.compress(zeros) for _ in range(size >> 20)) + made.flush()

    articles, told = read(tmp_path, packed([ONE]) + inflating(FREE + (1 << 25)) + packed([TWO]))
    assert (numbers(articles), told) == (["1"], [("bomb", "2")])
    articles, told = read(tmp_path, packed([ONE]) + inflating(FREE // 2) + packed([TWO]))
    assert (numbers(articles), told) == (["1", "2"], [])


def test_a_file_that_is_broken_all_over_is_left(tmp_path: Path) -> None:
    _, told = read(tmp_path, b"WARC/1.0\r\nx: y\r\n\r\njunk\r\n" * 3_000)
    assert len(told) == 1_001 and told[-1] == ("broken_file", "")


def test_wacz_has_the_pages_of_its_list(tmp_path: Path) -> None:
    moved = record(http(b"", "text/html", "302 Found", "Location: /2023/01/07/port-3.html"), "http://lefil.example/x")
    files = {
        "datapackage.json": b"{}",
        "archive/a.warc.gz": packed([ONE, TWO]),
        "archive/b.warc": moved + THREE,
        "pages/pages.jsonl": pages("http://lefil.example/2023/01/07/port-1.html", "https://lefil.example/x#top"),
    }
    articles, told = read(tmp_path, wacz(files), "a.wacz")
    assert (numbers(articles), told) == (["1", "3"], [])
    assert articles[0].source.endswith("a.wacz:archive/a.warc.gz:1")


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        (None, "12"),
        (b"", "12"),
        (b"no JSON\n{}\n[1]\n", "12"),
        (pages("https://other.example/"), "12"),
        (b"\xff\xfe" * 100, "12"),
        (b'{"url":' * 100_000, "12"),
        (pages("https://lefil.example/2023/01/07/port-2.html"), "2"),
    ],
)
def test_wacz_with_other_lists(tmp_path: Path, listed: bytes | None, found: str) -> None:
    files = {"archive/a.warc.gz": packed([ONE, TWO])} | ({} if listed is None else {"pages/pages.jsonl": listed})
    for options in ({}, {"compression": zipfile.ZIP_DEFLATED}):
        articles, told = read(tmp_path, wacz(files, **options), "a.wacz")
        assert (numbers(articles), told) == (list(found), [])


def encrypted(data: bytes) -> bytes:
    """A zip file that says that its files are encrypted."""
    made = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = made.find(mark)
        made[start + at] |= 1
    return bytes(made)


GOOD = {"archive/a.warc.gz": packed([ONE])}


@pytest.mark.parametrize(
    ("data", "found", "reasons"),
    [
        (wacz({"archive/../../etc/a.warc": TWO, **GOOD}), "1", ["bad_name"]),
        (wacz({"/archive/a.warc": TWO, **GOOD}), "1", ["bad_name"]),
        (wacz({"archive/inner.wacz": wacz(GOOD), **GOOD}), "1", []),
        (wacz({"archive/inner.wacz": wacz(GOOD)}), "", ["no_page"]),
        (wacz({"a.txt": b"x"}), "", ["no_page"]),
        (encrypted(wacz(GOOD)), "", ["broken_zip"]),
        (wacz(GOOD)[:-30], "", ["broken_zip"]),
        (b"no zip at all" * 9, "", ["broken_zip"]),
        (b"PK\x05\x06" + bytes(6) + struct.pack("<HII", 65_000, 9_000_000, 0) + bytes(2), "", ["too_many_files"]),
        (wacz({"archive/z.warc": bytes(FREE * 2), **GOOD}, compression=zipfile.ZIP_DEFLATED), "1", ["bomb"]),
        (wacz({"archive/z.warc": b"junk", **GOOD}), "1", ["broken_record"]),
    ],
)
def test_hostile_wacz(tmp_path: Path, data: bytes, found: str, reasons: list[str]) -> None:
    articles, told = read(tmp_path, data, "a.wacz")
    assert (numbers(articles), sorted(reason for reason, _ in told)) == (list(found), sorted(reasons))


@pytest.mark.parametrize("zipped", [False, True])
def test_any_damage_leaves_most_of_it(tmp_path: Path, zipped: bool) -> None:
    """Whatever is changed in one place of forty records, nearly all the others are read."""
    records = [page(n) for n in range(40)]
    data = packed(records) if zipped else b"".join(records)
    chance = random.Random(5)
    for _ in range(4):
        at = chance.randrange(len(data))
        hurt = data[:at] + bytes(chance.randrange(256) for _ in range(20)) + data[at + 20 :]
        assert len(set(numbers(read(tmp_path, hurt)[0])) & {str(n) for n in range(40)}) >= 38
