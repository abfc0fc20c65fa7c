"""The renderings: nothing of an article's can act in them, and nothing is lost on the way."""

import html
import itertools
import re
import xml.etree.ElementTree as ET
from datetime import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsdesk import Set

from recoupe.brief import account, as_html, as_json, as_markdown, timeline
from recoupe.brief import map as maps
from recoupe.brief.dates import between, clock, instant, published
from recoupe.brief.markdown import escaped
from recoupe.brief.marks import Anchors, marked
from recoupe.brief.model import Account, Line, Link, Moment, Part, Point, Support
from recoupe.brief.terminal import render as as_text
from recoupe.brief.wording import interval
from recoupe.lang import available, pack
from recoupe.model.records import Figure

CODES = available()


@pytest.mark.parametrize("code", CODES)
def test_html_runs_nothing_of_an_articles(code: str, news: Set) -> None:
    page = as_html(account(*news, pack(code)), pack(code))
    assert not re.search(r"<script|<img|<[^>]*\son\w+\s*=|href=\"javascript:", page, re.IGNORECASE)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "default-src 'none'" in html.unescape(page)
    assert all("noopener" in link for link in re.findall(r"<a href=\"http[^>]*>", page))
    assert 'href="https://example.org/a"' in page


@pytest.mark.parametrize("code", CODES)
def test_html_has_its_headings_in_order(code: str, news: Set) -> None:
    page = as_html(account(*news, pack(code)), pack(code))
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[x](javascript:y)", r"\[x\](javascript:y)"),
        ("<b>*now*</b>", r"\<b\>\*now\*\</b\>"),
        ("# heading\n- item", r"\# heading - item"),
        ("- item", r"\- item"),
        ("12. a list", r"12\. a list"),
        ("Sept morts, dit-il : rien.", "Sept morts, dit-il : rien."),
    ],
)
def test_markdown_escapes(text: str, shown: str) -> None:
    assert escaped(text) == shown


@pytest.mark.parametrize("code", CODES)
def test_markdown_has_no_markup_of_an_articles(code: str, news: Set) -> None:
    text = as_markdown(account(*news, pack(code)), pack(code))
    assert not re.search(r"(?<!\\)<\w", text)
    assert not re.search(r"(?<!\\)\]\(", text)
    assert not re.search(r"(?<!\\)!\[", text)


@pytest.mark.parametrize("code", CODES)
def test_json_gives_the_account_back(code: str, news: Set) -> None:
    found = account(*news, pack(code))
    assert msgspec.json.decode(as_json(found, pack(code)), type=Account) == found


def test_the_terminal_gets_no_control_characters(news: Set) -> None:
    found = account(*news, pack("fr"))
    story = msgspec.structs.replace(found.stories[0], title="a\x1b[2Jb\x07")
    text = as_text(msgspec.structs.replace(found, stories=(story,)), pack("fr"))
    assert "a [2Jb" in text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


@given(st.text(alphabet='ab <&"', min_size=1, max_size=40), st.data())
def test_marks_keep_the_text_and_their_passages(text: str, data: st.DataObject) -> None:
    anchors = Anchors()
    ends = st.integers(0, len(text))
    spans = [sorted(pair) for pair in data.draw(st.lists(st.tuples(ends, ends), max_size=6))]
    names = {}
    for start, end in spans:
        if start < end:
            link = Link(doc="d", start=start, end=end, number=1, paragraph=1)
            line = Line(parts=(Part("x"),), refs=(("d", "r"),), links=(link,), support=Support(texts=1, articles=1))
            anchors.line(line)
            names[anchors.passage(link)] = text[start:end]
    written = marked(text, (0, len(text)), anchors.marks("d"), anchors, "back")
    root = ET.fromstring(f"<p>{written}</p>")
    assert "".join(root.itertext()) == text
    for name, words in names.items():
        pieces = [mark for mark in root.iter("mark") if mark.get("data-of") == name]
        assert "".join("".join(piece.itertext()) for piece in pieces) == words
        assert sum(piece.get("id") == name for piece in pieces) == 1
        assert len(pieces) == 1 or name in anchors.split


@pytest.mark.parametrize(
    ("earliest", "latest", "shown", "open_"),
    [
        ("2031-03-03T00:00", "2031-03-04T00:00", "3 mars 2031", False),
        ("2031-03-03T12:00", "2031-03-03T12:01", "3 mars 2031, 12:00", False),
        ("2031-03-03T06:00", "2031-03-03T12:00", "3 mars 2031, entre 06:00 et 12:00", True),
        ("2031-03-01T00:00", "2031-04-01T00:00", "mars 2031", True),
        ("2031-01-01T00:00", "2032-01-01T00:00", "2031", True),
        ("2031-03-03T00:00", "2031-03-06T00:00", "3–5 mars 2031", True),
        ("2031-03-03T00:00", None, "3 mars 2031", False),
        ("yesterday", None, "yesterday", False),
    ],
)
def test_times_are_shown_as_wide_as_they_are(earliest: str, latest: str | None, shown: str, open_: bool) -> None:
    assert between(earliest, latest, pack("fr")) == (shown, open_)


def test_a_window_ends_at_24() -> None:
    assert clock(datetime(2031, 3, 6), pack("fr"), end=True) == "5 mars 2031, 24:00"
    assert instant("2031-03-05T24:00") == datetime(2031, 3, 6)
    assert instant("0000-01-01") is None
    assert published("2031-03", pack("en")) == "Mar 2031"
    assert published(None, pack("en")) == "date unknown"


def told(words: str) -> Line:
    link = Link(doc="d", start=0, end=1, number=1, paragraph=1)
    return Line(parts=(Part(words),), refs=(("d", "r"),), links=(link,), support=Support(texts=1, articles=1))


@given(st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)), min_size=2, max_size=20, unique=True))
def test_the_strip_stays_in_its_box_and_in_order(times: list[datetime]) -> None:
    parts = timeline.stretches(times)
    found = [next(p for p in parts if p.start <= time <= p.end).at(time) for time in sorted(times)]
    assert found == sorted(found)
    assert all(0 <= x <= 100 for x in found)


def test_the_drawings_are_well_formed_and_escaped() -> None:
    moments = [
        Moment(when="<1>", line=told("<b>"), earliest="2031-03-03T00:00", latest="2031-03-05T00:00", span=True),
        Moment(when="2", line=told("&"), earliest="2031-09-03T00:00", stance="ahead"),
    ]
    strip = ET.fromstring(timeline.render(moments, pack("fr"), ["t1", "t2"]))
    assert [link.get("href") for link in strip.iter("a")] == ["#t1", "#t2"]
    assert len(list(strip.iter("rect"))) == 1
    points = [
        Point(label="<A>", lat=49.0, lon=18.0, precision="town", line=told("a")),
        Point(label="B", lat=49.5, lon=19.0, precision="region", line=told("b")),
        Point(label="Far", lat=-30.0, lon=100.0, precision="country", line=told("c")),
    ]
    square = [(10.0, 40.0), (30.0, 40.0), (30.0, 60.0), (10.0, 60.0)]
    drawn = ET.fromstring(maps.render(points, [square], pack("fr"), ["g1", "g2", "g3"]))
    assert [link.get("href") for link in drawn.iter("a")] == ["#g1", "#g2"]  # a far country's mark moves no view
    assert timeline.render(moments[:1], pack("fr")) == ""
    assert maps.render([], [square], pack("fr")) == ""


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=3, max_size=30))
def test_land_is_cut_at_the_frame(ring: list[tuple[float, float]]) -> None:
    west, south, east, north = box = (-20.0, -10.0, 40.0, 30.0)
    for x, y in maps.clipped(ring, box):
        assert west - 1e-6 <= x <= east + 1e-6
        assert south - 1e-6 <= y <= north + 1e-6


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"low": 89, "high": 89}, "89"),
        ({"low": 89}, "au moins 89"),
        ({"low": 1000, "strict": True}, "plus de 1\u202f000"),
        ({"high": 20}, "au plus 20"),
        ({"high": 20, "strict": True}, "moins de 20"),
        ({"low": 5, "high": 10}, "entre 5 et 10"),
        ({"low": 200, "high": 999}, "ordre de grandeur : 200 à 999"),
        ({"low": 300, "high": 300, "approx": True}, "environ 300"),
        ({"low": 0.2, "high": 0.2, "unit": "share"}, "20\xa0%"),
        ({"low": 30, "high": 30, "per": "P1D"}, "30 par jour"),
        ({}, "tant"),
    ],
)
def test_a_figure_is_shown_as_the_interval_its_words_allow(fields: dict[str, object], shown: str) -> None:
    figure = Figure(start=0, end=4, text="tant", **fields)  # type: ignore[arg-type]
    assert interval(figure, pack("fr")) == shown


@pytest.mark.parametrize("width", [40, 80, 100])
def test_the_terminal_wraps_and_loses_no_word(width: int, news: Set) -> None:
    found = account(*news, pack("fr"))
    title = "Un titre bien plus long que la ligne la plus large d’un terminal " * 3
    story = msgspec.structs.replace(found.stories[0], title=title)
    text = as_text(msgspec.structs.replace(found, stories=(story,)), pack("fr"), width)
    assert max(len(line) for line in text.splitlines()) <= width
    whole = " ".join(text.split())
    assert " ".join(title.split()) in whole
    for line in story.lead:
        assert " ".join(line.text.split()) in whole
