"""Every string in every format: it comes back as it was, and is nothing but text where it goes."""

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable, Collection
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from injected import KINDS, MILD, STRINGS, piece, related
from markdown_it import MarkdownIt
from markup import Page

from recoupe.brief import account, as_docx, as_markdown
from recoupe.brief.docx import clean
from recoupe.brief.model import Account
from recoupe.export import EXPORTERS, FOLDERS, Content
from recoupe.export.csv import MARK, cell, text
from recoupe.lang import pack
from recoupe.model.article import Article
from recoupe.model.harmless import CONTROL, DIRECTION, address, closed, plain, quiet
from recoupe.read import read_inputs

# As a spreadsheet may divide a file: what it then takes for a cell must be no formula.
DIVIDED = {";": ";", "tab": "\t", "line": "\n"}
RUN = re.compile(r"\s*\"*[=+@\uff0b\uff0d\uff1d\uff20]|\s*\"*-(?![\d.]+\"?$)")
# So many strings are in one document: Word files of thousands of paragraphs take long to make.
FEW = 20
PLAIN = {"document", "body", "p", "pPr", "pStyle", "r", "rPr", "b", "i", "t", "br", "tab", "sectPr", "pgSz", "pgMar"}
PLAIN |= {"cols", "docGrid"}
LINKS = {one for one in STRINGS if address(one)}


def made(content: Content, form: str) -> bytes:
    return b"".join(EXPORTERS[form](content))


@pytest.fixture(scope="module")
def whole(content: Content) -> Account:
    return account(content.articles, content.relations, content.pack, hand=content.hand)


def lacking(told: Collection[str]) -> list[str]:
    """Which strings did not come back."""
    return [one for one in STRINGS if one not in told]


def signs_of(printed: str) -> set[str]:
    """What a terminal would obey, or what would turn a line around."""
    return {*CONTROL.findall(printed.replace("\n", "")), *DIRECTION.findall(printed)}


def strings_in(value: object) -> set[str]:
    """Every string of a JSON value, keys too."""
    if isinstance(value, dict):
        return set().union(*(strings_in(one) | {key} for key, one in value.items()), set())
    if isinstance(value, list):
        return set().union(*(strings_in(one) for one in value), set())
    return {value} if isinstance(value, str) else set()


@pytest.mark.parametrize("form", ["jsonl", "geojson", "timelinejs", "claim", "webannotation", "ftm", "plover"])
def test_json_is_read_back_and_no_line_is_more_than_one(content: Content, form: str) -> None:
    raw = made(content, form).decode()
    # Divided as Python does, at every sign that divides lines somewhere.
    values = [json.loads(line) for line in raw.splitlines()] if raw[1] != "\n" else [json.loads(raw)]
    assert signs_of(raw) == set()
    told = strings_in(values)
    if form in ("jsonl", "claim", "ftm"):
        assert lacking(told) == []
    if form == "timelinejs":
        shown = [one["text"] for value in values for one in (value["title"], *value["events"])]
        assert all(not Page(one).elements for each in shown for one in each.values())
    for one in told:
        if form in ("claim", "webannotation", "ftm") and one in STRINGS and one in LINKS:
            assert one.lower().startswith("http")


def test_addresses_in_formats_are_such_as_may_be_followed(content: Content) -> None:
    for form, key in (("claim", "url"), ("ftm", "sourceUrl"), ("webannotation", "source")):
        raw = made(content, form).decode()
        for found in re.findall(rf'"{key}": (\[.*?\]|"(?:[^"\\]|\\.)*")', raw):
            told = json.loads(found)
            for one in told if isinstance(told, list) else [told]:
                assert one in LINKS or one.startswith("urn:recoupe:"), (form, one)


def test_no_cell_is_run_by_a_spreadsheet_however_it_divides_the_file(content: Content) -> None:
    files = {**dict(FOLDERS["csv"](content)), "acled.csv": made(content, "acled")}
    back: set[str] = set()
    for name, raw in files.items():
        rows = list(csv.reader(io.StringIO(raw.decode().removeprefix(MARK), newline="")))
        assert all(len(row) == len(rows[0]) for row in rows), name
        for row in rows[1:]:
            back |= {text(one) for one in row}
            for one in row:
                parts = [one, *re.split(r"[;\t\r\n]", one)]
                assert not any(RUN.match(part) and not part.isspace() for part in parts), (name, one)
    assert lacking(back) == []
    rows = [line.split("\t") for line in made(content, "cameo").decode().split("\n") if line]
    assert len({len(row) for row in rows}) == 1
    assert not any(RUN.match(one) or CONTROL.search(one) for row in rows for one in row)


@given(st.text(alphabet="=+-@\t\r\n;'\" \ufeff\uff1da", max_size=14))
def test_a_cell_comes_back_as_it_was(written: str) -> None:
    assert text(str(cell(written))) == written


def test_tables_hold_the_strings_as_they_are(content: Content, tmp_path: Path) -> None:
    database = sqlite3.connect(":memory:")
    database.deserialize(made(content, "sqlite"))
    for table, column in (("articles", "outlet"), ("entities", "label"), ("reviews", "note"), ("claims", "source")):
        told = {one for (one,) in database.execute(f"SELECT {column} FROM {table}")}
        # What people write is kept without the blanks around it.
        assert [one for one in lacking(told) if table != "reviews" or one.strip() not in told] == []
    arrow = pytest.importorskip("pyarrow.parquet")
    for name, raw in FOLDERS["parquet"](content):
        if name == "articles.parquet":
            assert lacking(arrow.read_table(io.BytesIO(raw)).column("outlet").to_pylist()) == []


def test_a_calendar_has_the_entries_that_it_should_and_no_other_field(content: Content) -> None:
    raw = made(content, "ics").decode()
    assert signs_of(raw.replace("\r\n", "").replace("\t", "")) == set()
    found = Calendar.from_ical(raw)
    assert len(found.subcomponents) == len(STRINGS) == len(content.relations.truces)
    known = {
        "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS", "X-RECOUPE-RECORDS",
    }  # fmt: skip
    assert all(set(one) == known for one in found.subcomponents)


def test_markdown_gives_no_tag_and_no_link_in_any_renderer(whole: Account) -> None:
    written = as_markdown(whole, pack("fr"))
    assert signs_of(written) == set()
    for flavour in ("commonmark", "js-default"):
        page = Page(MarkdownIt(flavour, {"html": True}).render(written))
        assert {one.tag for one in page.elements} <= {
            "h1",
            "h2",
            "h3",
            "h4",
            "p",
            "ul",
            "ol",
            "li",
            "em",
            "strong",
            "br",
        }
        assert not any(one.attributes.keys() - {"start"} for one in page.elements) and not page.others
    # Renderers that make links of bare addresses find none.
    assert re.findall(r"(?<!\\)\bwww\..*|\bhttps?://.*|[\w.]@[\w.].*", written) == []


def test_a_word_document_has_no_field_and_no_link() -> None:
    told_in_xml = [text for kind, text in KINDS if kind in ("container", "signs", "comment")]
    for start in range(0, len(told_in_xml), FEW):
        pieces = [piece(n, s) for n, s in enumerate(told_in_xml[start : start + FEW])]
        made = account([one.found for one in pieces], related(pieces), pack("fr"))
        with zipfile.ZipFile(io.BytesIO(as_docx(made, pack("fr")))) as packed:
            assert b'TargetMode="External"' not in b"".join(packed.read(one) for one in packed.namelist())
            body = ElementTree.fromstring(packed.read("word/document.xml"))
        tags = {one.tag.rpartition("}")[2] for one in body.iter()}
        assert tags <= PLAIN
        told = "".join("".join(body.itertext()).split())
        assert [one.text for one in pieces if "".join(clean(one.text).split()) not in told] == []


Run = Callable[..., tuple[int, str, str]]


def test_nothing_that_is_printed_is_obeyed_by_a_terminal(store: Path, run: Run) -> None:
    commands = [
        ("stories",), ("brief", "--story", "story3"), ("entities",), ("care",), ("alert",), ("watch", "--list"),
        ("diff", "--from", "2000-01-01", "--story", "story3"), ("entities", "--pairs"), ("entities", "--decisions"),
        ("diff", "--from", "2000-01-01", "--story", "story3", "--format", "json"),
    ]  # fmt: skip
    for n in range(0, len(STRINGS), 7):
        doc = f"{n}/{STRINGS[n]}"
        if "\0" not in doc:
            commands += [("show", doc), ("versions", doc)]
    loud = [f"{n}/{s}" for n, (kind, s) in enumerate(KINDS) if kind == "terminal"]
    commands += [command for doc in loud for command in (("show", doc), ("show", doc, "--json"))]
    commands += [("show", "\x1b[2J no such"), ("brief", "--story", "\x1b[2J\u202e"), ("entities", "\x9b2J")]
    for command in commands:
        code, told, complained = run(*command, "--store", store)
        for printed in (told, complained):
            assert signs_of(printed) == set(), (command, code)


def test_readers_let_no_string_be_a_language_or_a_day(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    body = "Le maire a annoncé mardi que trois personnes avaient été blessées dans le port."
    rows = [
        {"id": f"{field}{n}", "text": body, field: s} for n, s in enumerate(STRINGS) for field in ("lang", "published")
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    read = list(read_inputs([path], now="2031-03-05T00:00:00+00:00"))
    found = [one for one in read if isinstance(one, Article)]
    assert len(read) >= len(rows) and {one.lang for one in found} <= {"fr", "en"}
    assert all(one.published is None or re.fullmatch(r"\d{4}-\d\d(-\d\d)?", one.published) for one in found)


@given(st.text(alphabet="ab\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", max_size=12))
def test_what_begins_to_turn_a_line_ends_it(written: str) -> None:
    found = closed(written)
    assert closed(found) == found and DIRECTION.sub("", found) == DIRECTION.sub("", written)
    opened = sum(found.count(one) for one in "\u202a\u202b\u202d\u202e")
    assert found.count("\u202c") <= opened and found.count("\u2069") == sum(map(found.count, "\u2066\u2067\u2068"))


@pytest.mark.parametrize(
    ("url", "followed"),
    [("https://a.example/b?c=d", True), ("HTTP://a.example", True), ("http://[::1]/", True), ("http:a.example", False),
     ("http:///a", False), (" http://a.example", False), ("http://a\u2028b", False), ("http://a b", False),
     ("http://a/\u202eb", False),
     ("javascript:http://a", False), ("ftp://a.example/", False), ("//a.example/", False), ("http://", False)],
)  # fmt: skip
def test_what_may_be_followed(url: str, followed: bool) -> None:
    assert address(url) == (url if followed else "")


def test_a_chat_room_calls_nobody_and_hides_no_address() -> None:
    told = quiet("<!channel> @here [a](http://x.example) <http://x.example|a>\x1b[2J")
    assert "<" not in told and ">" not in told and "](" not in told and "@here" not in told and "\x1b" not in told
    assert plain("a\nb\u202e") == "a b"


def test_the_harmless_words_are_as_many(content: Content) -> None:
    assert len(MILD) == len(STRINGS) == len(content.articles)
