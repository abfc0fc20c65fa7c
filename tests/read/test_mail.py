"""Letters: which part is read, what their fields say, and letters that are made to harm."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from samples import AFTER, BODY, HTML, letter

from recoupe.model.article import Article
from recoupe.read import Problem, read_inputs

NOW = "2026-11-22T03:00:00+00:00"


def read(path: Path, data: bytes) -> tuple[list[Article], list[str]]:
    """The articles of a letter, and the reasons of its problems."""
    (path / "a.eml").write_bytes(data)
    items = list(read_inputs([path / "a.eml"], now=NOW))
    told = [item.key.removeprefix("read.") for item in items if isinstance(item, Problem)]
    return [item for item in items if isinstance(item, Article)], told


def test_what_a_letter_says(tmp_path: Path) -> None:
    (article,), told = read(tmp_path, bytes(letter()))
    assert told == [] and article.text.split("\n") == ["Le port frappé", BODY, AFTER]
    assert (article.id, article.outlet) == ("20230107.1@lefil.example", "La lettre du Fil")
    assert (article.title, article.published) == ("Le port frappé : ce que l’on sait", "2023-01-07")


def test_a_plain_letter(tmp_path: Path) -> None:
    wrapped = (
        "Bonjour,\n\nL'armée a frappé le port de Kherson dans la nuit de vendredi à\nsamedi, a déclaré le gouverneur.\n"
    )
    (article,), told = read(tmp_path, bytes(letter(html="", plain=wrapped + f"\n{AFTER[:60]}\n{AFTER[60:]}\n")))
    assert told == [] and article.text.split("\n") == [
        "Bonjour,",
        "L'armée a frappé le port de Kherson dans la nuit de vendredi à samedi, a déclaré le gouverneur.",
        f"{AFTER[:60]} {AFTER[60:]}".replace("  ", " "),
    ]


def part(words: bytes, *fields: bytes) -> bytes:
    """A letter of one part."""
    return b"\r\n".join([b"From: a@lefil.example", b"Date: Sat, 07 Jan 2023 07:00:00 +0100", *fields, b"", words])


@pytest.mark.parametrize(
    "data",
    [
        part(BODY.encode("latin-1", "replace"), b"Content-Type: text/plain; charset=iso-8859-1"),
        part(BODY.encode(), b"Content-Type: text/plain; charset=nothing-known"),
        part(BODY.encode(), b"Content-Type: ;;;"),
        part(BODY.encode(), b"Content-Transfer-Encoding: secret"),
        part(BODY.encode(), "Subject: Déjà écrit sans code".encode()),
        part(BODY.encode(), b"Subject: =?nothing-known?q?abc?= =?utf-8?b?!!!?="),
        part(BODY.encode(), b"From: <<<>>>, @@", b"Message-ID: <>"),
        part(HTML.encode(), b"Content-Type: text/html; charset=utf-8"),
        part(
            b"TC'ann\xc3\xa9e\r\n".replace(b"TC", b"L") + BODY.encode(),
            b"Content-Type: text/plain; format=flowed; charset=utf-8",
        ),
    ],
)
def test_letters_as_they_come(tmp_path: Path, data: bytes) -> None:
    (article,), _ = read(tmp_path, data)
    assert "frappé le port de Kherson" in article.text and article.published == "2023-01-07"


def test_what_is_attached_is_left(tmp_path: Path) -> None:
    other = EmailMessage()
    other.set_content("<p>Une autre lettre, transférée.</p>", subtype="html")
    made = letter(html="")
    made.add_attachment(other)
    made.add_attachment("<p>Un document joint.</p>", subtype="html")
    (article,), _ = read(tmp_path, bytes(made))
    assert "Kherson" in article.text and "transférée" not in article.text and "joint" not in article.text


DEEP = b"".join(
    b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(3_000)
)  # fmt: skip


@pytest.mark.parametrize(
    ("data", "reasons"),
    [
        (b"From: a\r\nDate: b\r\n\r\n", ["empty"]),
        (part(b"\x89PNG\0\0\0" * 9, b"Content-Type: text/plain"), ["binary"]),
        (part(b"JVBERi0=", b"Content-Type: application/pdf", b"Content-Transfer-Encoding: base64"), ["empty"]),
        (part(b"", b"Subject: " + b"=?utf-8?q?a?= " * 100_000), ["empty"]),
        (b"From: a\r\n" + DEEP, None),
        (part(b"--b\r\n\r\n" * 50_000, b'Content-Type: multipart/mixed; boundary="b"'), None),
        (part(b"a" * 33_000_000), ["too_large"]),
        (part(b"a \r\n" * 1_500_000, b"Content-Type: text/plain; format=flowed"), ["too_long"]),
        (part(b"a \r\n" * 900_000, b"Content-Type: text/plain; format=flowed"), ["too_long"]),
    ],
)
def test_hostile_letters(tmp_path: Path, data: bytes, reasons: list[str] | None) -> None:
    articles, told = read(tmp_path, data)
    assert articles == [] and (len(told) == 1 if reasons is None else told == reasons)
