"""Files that are made to exhaust: each comes to an article or to one clear sentence, in the memory of an article."""

import base64
import resource
import zipfile
from pathlib import Path

import pytest
from samples import HTML, http, letter, packed, record, wacz

from recoupe.model.article import Article
from recoupe.read import Problem
from recoupe.read.members import FREE
from sound import soundly_read

MANY = 40_000
# What a file may add to the peak of the process that reads it, in megabytes.
MOST = 400


def outcome(path: Path, data: bytes) -> tuple[list[Article], list[str]]:
    """The articles of a file and the names of what is said of it."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    path.write_bytes(data)
    found = soundly_read(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST << 10
    problems = [one.key.removeprefix("read.") for one in found if isinstance(one, Problem)]
    return [one for one in found if isinstance(one, Article)], problems


def around(inner: str) -> str:
    return HTML.replace("<h1>", inner + "<h1>")


@pytest.mark.parametrize(
    "html",
    [
        around("<div>" * MANY), around("<table><tr><td>" * MANY), around("<b>" * MANY), around("</div>" * MANY),
        around("<" * 200_000), around("<a" * 150_000), around("<a" + "1" * 200_000), around("&" * 200_000),
        around("&amp" * 200_000), around("<!--" * MANY), around("<![CDATA[" * 90_000),
        around("<p " + "".join(f"a{n}=1 " for n in range(80_000)) + ">"), around("<p class='" + "a " * 150_000 + "'>"),
        around('<script type="application/ld+json">' + '{"a":' * MANY + "</script>"),
        around('<script type="application/ld+json">' + "[" * 200_000 + "</script>"),
        around("<meta name='date' content='" + "9" * 200_000 + "'>"), around("<p>" * MANY), around("<p>a" * MANY),
        around("<h1>a</h1>" * 30_000), around("<select>" * MANY), around("<svg>" * MANY), "<html " * 150_000,
        "<?xml " + " " * 200_000 + HTML, "<meta charset=" + " " * 200_000 + HTML,
    ],
    ids=lambda html: "",
)  # fmt: skip
def test_pages(tmp_path: Path, html: str) -> None:
    articles, told = outcome(tmp_path / "a.html", html.encode())
    assert len(articles) + sum(not one.startswith("repaired") for one in told) == 1


@pytest.mark.parametrize(
    "text",
    ['"' * 200_000, "(" * 200_000, " " * 200_000 + "a", "9" * MANY, "\u200b" * 200_000 + "a", "\u202e" * 200_000,
     "e" + "\u0301" * 200_000, "\n" * 200_000 + "a", "\r" * 200_000 + "a", "\ufeff" * 200_000,
     "\ufffd" * 200_000, "[a" * 150_000, "«" * 200_000, "Ã©" * 150_000, "le 99 janvier 99999 " * 40_000,
     "a b " * 200_000],
    ids=lambda text: repr(text[:3]),
)  # fmt: skip
def test_texts(tmp_path: Path, text: str) -> None:
    articles, told = outcome(tmp_path / "a.txt", text.encode())
    assert len(articles) + sum(not one.startswith("repaired") for one in told) == 1
    for article in articles:
        assert "mojibake" in str(told) or article.text == text


@pytest.mark.parametrize(
    "data",
    [
        b"From: a@b.example\nDate: x\n" + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 20_000,
        b"From: a@b.example\nDate: x\nContent-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\nx\n" * MANY,
        b"From: a@b.example\nDate: x\n" + b"".join(b"X-%d: y\n" % n for n in range(MANY)) + b"\nBonjour",
        b"From: " + b"=?utf-8?q?a?= " * MANY + b"\nDate: x\n\nBonjour",
        b"From: a\nDate: x\nSubject: " + b"a\n " * MANY + b"\n\nBonjour",
        b"From: " + b"(" * 200_000 + b"\nDate: x\n\nBonjour",
        b'From: "' + b"\\" * 200_000 + b"\nDate: " + b"9" * 200_000 + b"\n\nBonjour",
        b"From: a\nDate: x\nContent-Type: text/plain" + b"; a*0=b" * MANY + b"\n\nBonjour",
        b"From: a\nDate: x\nContent-Transfer-Encoding: base64\n\n" + base64.b64encode(b"a" * 9_000_000),
        b"From: a\nDate: x\nContent-Type: message/rfc822\n\n" * 20_000,
        bytes(letter(html=around("<div>" * 20_000))),
    ],
    ids=lambda data: "",
)  # fmt: skip
def test_letters(tmp_path: Path, data: bytes) -> None:
    articles, told = outcome(tmp_path / "a.eml", data)
    assert len(articles) + sum(not one.startswith("repaired") for one in told) == 1


@pytest.mark.parametrize("tail", [b"\xff\xff\xff\x7f", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x08\0\0\0"])
def test_parquet_whose_end_lies(tmp_path: Path, tail: bytes) -> None:
    articles, told = outcome(tmp_path / "a.parquet", b"PAR1" + b"\x15" * 5_000 + tail + b"PAR1")
    assert articles == [] and len(told) == 1


def test_a_zip_in_which_a_file_says_it_is_small(tmp_path: Path) -> None:
    """The sizes of its directory are changed, not what it inflates to."""
    made = bytearray(wacz({"archive/a.warc": bytes(FREE * 2)}, compression=zipfile.ZIP_DEFLATED))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = made.find(mark)
        made[start + at : start + at + 4] = (1000).to_bytes(4, "little")
    articles, told = outcome(tmp_path / "a.wacz", bytes(made))
    assert articles == [] and told


def test_a_page_that_inflates_twice(tmp_path: Path) -> None:
    """Each coding is undone within the bound of a page."""
    import gzip

    bomb = gzip.compress(gzip.compress(b"<p>" + b"a" * 60_000_000))
    data = packed(
        [record(http(bomb, "text/html", "200 OK", "Content-Encoding: gzip, gzip")), record(http(HTML.encode()))]
    )
    articles, told = outcome(tmp_path / "a.warc.gz", data)
    assert len(articles) == 1 and told == ["too_long"]


@pytest.mark.parametrize("encoding", ["punycode", "idna", "utf-7", "unicode_escape", "raw_unicode_escape", "undefined"])
def test_encodings_of_python_that_no_page_is_in(tmp_path: Path, encoding: str) -> None:
    """Punycode takes the square of its length, others give halves of pairs."""
    page = f"<meta charset={encoding}>".encode() + around("\\ud800 +2AA-").encode() + b"\xe9-" + b"ab" * 400_000
    articles, told = outcome(tmp_path / "a.html", page)
    assert len(articles) == 1 and told[0].startswith("repaired") and articles[0].text.encode()
    sender = f"=?{encoding}?q?+2AA-=5Cud800=FF?= <a@b.example>".encode()
    articles, told = outcome(tmp_path / "a.eml", b"From: " + sender + b"\nDate: x\nSubject: " + sender + b"\n\nBonjour")
    assert len(articles) == 1 and f"{articles[0].title}{articles[0].outlet}".encode()
