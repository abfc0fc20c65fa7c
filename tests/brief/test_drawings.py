"""The drawings of a page: what they show is in the records, each mark leads to its words, nothing lies outside."""

import re
import xml.etree.ElementTree as xml
from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from newsdesk import Set

from recoupe.brief import account, as_html, plot, truce_bar
from recoupe.brief import map as maps
from recoupe.brief.check import charts
from recoupe.brief.model import Chart, Line, Link, Part, Point, Reading, Row, Series, Support, TruceView, Window
from recoupe.lang import available, pack

FRENCH = pack("fr")
LINE = Line(
    parts=(Part("mots"),), refs=(("a", "r"),), links=(Link(doc="a", start=0, end=4, number=1, paragraph=1),),
    support=Support(texts=1, articles=1),
)  # fmt: skip


def to(link: Link) -> str:
    return f"#m{link.start}"


def reading(at: str, low: float | None, high: float | None, **more: object) -> Reading:
    return Reading(value=f"{low}–{high}", when=at, line=LINE, at=at, low=low, high=high, **more)  # type: ignore[arg-type]


def chart(*series: Sequence[Reading]) -> Chart:
    told = tuple(Series(label=f"Source {i}", readings=tuple(one)) for i, one in enumerate(series))
    return Chart(id="c", title=(Part("Tués"),), short=(Part("Tués"),), refs=(("a", "r"),), series=told)


def drawn(one: Chart) -> xml.Element:
    return xml.fromstring(plot.render(one, FRENCH, to, "p"))


def percent(element: xml.Element, name: str) -> float:
    return float(element.attrib[name].removesuffix("%"))


def test_a_source_that_gives_another_number_makes_a_step() -> None:
    page = drawn(chart([reading("2031-03-01", 12, 12), reading("2031-03-03", 15, 15)], [reading("2031-03-02", 9, 9)]))
    marks, steps = page.findall(".//circle"), [e for e in page.iter("line") if "step" in e.attrib["class"]]
    assert len(marks) == 3 and len(steps) == 2
    across, down = steps
    assert across.attrib["y1"] == across.attrib["y2"] and down.attrib["x1"] == down.attrib["x2"]
    # Fifteen stands higher than twelve, and the later day further to the right.
    first, last = sorted((e for e in marks if e.attrib["class"] == "c0"), key=lambda e: percent(e, "cx"))
    assert float(first.attrib["cy"]) > float(last.attrib["cy"])


def test_two_answers_of_one_day_are_no_change() -> None:
    page = drawn(chart([reading("2031-03-01", 12, 12), reading("2031-03-01", 15, 15)]))
    assert not [e for e in page.iter("line") if "step" in e.attrib["class"]]


@pytest.mark.parametrize(
    ("low", "high", "kind"),
    [(12, 12, ""), (12, 20, "band c0"), (12, None, "fading"), (None, 20, "fading")],
    ids=["number", "interval", "at least", "at most"],
)
def test_intervals_are_bands_and_open_ends_fade(low: float | None, high: float | None, kind: str) -> None:
    page = drawn(chart([reading("2031-03-01", low, high), reading("2031-03-02", 30, 30)]))
    bands = list(page.iter("rect"))
    assert [e.attrib["class"] for e in bands] == ([kind] if kind else [])
    if kind == "fading":
        name = re.fullmatch(r"url\(#(.+)\)", bands[0].attrib["fill"])
        assert name and page.find(f".//linearGradient[@id='{name[1]}']") is not None


def test_numbers_far_apart_are_told_by_powers_of_ten() -> None:
    near, far = (drawn(chart([reading("2031-03-01", 3, 3), reading("2031-03-02", n, n)])) for n in (9, 90_000))
    told = FRENCH.phrase("brief.chart.powers")
    assert told not in "".join(near.itertext()) and told in "".join(far.itertext())


def test_an_interval_suggests_no_number_inside_it() -> None:
    days = (reading("2031-03-01", 150, 150), reading("2031-03-03", 200, 999), reading("2031-03-05", 300, 300))
    page = drawn(chart(days))
    (band,) = page.iter("rect")
    left, right = percent(band, "x"), percent(band, "x") + percent(band, "width")
    # Two numbers are said, and the letter of the interval stands below its band and below the axis.
    assert len(page.findall(".//circle")) == 2 and len(page.findall(".//a")) == 3
    (letter,) = (e for e in page.iter("text") if "below" in e.attrib["class"])
    assert left < percent(letter, "x") < right and float(letter.attrib["y"]) > plot.TOP + plot.HIGH
    # The first answer holds until the interval is given; what leads to or from a number nobody has said is not drawn.
    (step,) = (e for e in page.iter("line") if "step" in e.attrib["class"])
    assert step.attrib["y1"] == step.attrib["y2"]


NUMBERS = st.one_of(st.none(), st.integers(0, 10**7))
READINGS = st.builds(
    lambda day, low, more: reading(day, low, None if more is None else (low or 0) + more),
    st.sampled_from(["", "2031-03-01", "2031-03-02", "2031-06-30", "2019-01-01"]), NUMBERS, NUMBERS,
).filter(lambda one: one.low is not None or one.high is not None)  # fmt: skip


@given(st.lists(st.lists(READINGS, min_size=1, max_size=4), min_size=1, max_size=9))
def test_every_chart_is_whole_and_inside_its_frame(series: list[list[Reading]]) -> None:
    page = drawn(chart(*series))
    links = page.findall(".//a")
    assert len(links) == sum(map(len, series)) and all(e.attrib["href"] == "#m0" for e in links)
    for mark in page.iter("circle"):
        assert 0 <= percent(mark, "cx") <= 100 and 0 <= float(mark.attrib["cy"]) <= float(page.attrib["height"])
    for band in page.iter("rect"):
        assert float(band.attrib["height"]) >= 0 and 0 <= percent(band, "x") + percent(band, "width") <= 101


def truce(*rows: Row, earliest: str | None = "2031-03-03T12:00", latest: str | None = "2031-03-06T00:00") -> TruceView:
    return TruceView(head=LINE, window=Window(earliest=earliest, latest=latest), incidents=rows)


def incident(group: str, earliest: str = "", latest: str = "", who: str = "Krull") -> Row:
    return Row(label=group, line=LINE, group=group, who=who, earliest=earliest, latest=latest)


def test_incidents_lie_inside_or_outside_the_window_or_where_no_hour_is_said() -> None:
    found = truce(
        incident("inside", "2031-03-04T10:00", "2031-03-04T11:00"), incident("before", "2031-03-02T10:00"),
        incident("after"), incident("unsaid", who="Serne"),
    )  # fmt: skip
    page = xml.fromstring(truce_bar.render(found, FRENCH, to, "b"))
    held = next(e for e in page.iter("rect") if e.attrib.get("class") == "held")
    left, right = percent(held, "x"), percent(held, "x") + percent(held, "width")
    at = {e.attrib["class"]: percent(e.find(".//circle"), "cx") for e in page.findall("a")}  # type: ignore[arg-type]
    assert left < at["inside"] < right and at["before"] < left and right < at["after"] < at["unsaid"]
    voices = [e.text for e in page.iter("text") if e.attrib.get("class") == "voice"]
    assert voices == ["Krull", "Serne"]


@pytest.mark.parametrize(("earliest", "latest"), [("2031-03-03T12:00", None), (None, "2031-03-06T00:00")])
def test_an_end_that_nobody_tells_fades(earliest: str | None, latest: str | None) -> None:
    page = xml.fromstring(truce_bar.render(truce(earliest=earliest, latest=latest), FRENCH, to, "b"))
    assert page.find(".//linearGradient") is not None


def test_a_truce_without_a_window_has_no_bar() -> None:
    assert truce_bar.render(truce(incident("unsaid"), earliest=None, latest=None), FRENCH, to, "b") == ""


def test_what_prolongs_and_what_contradicts_stands_beside_the_window() -> None:
    beside = Window(earliest="2031-03-06T00:00", latest="2031-03-09T00:00")
    found = msgspec.structs.replace(truce(), extensions=(beside,), others=(beside,))
    page = xml.fromstring(truce_bar.render(found, FRENCH, to, "b"))
    kinds = {e.attrib.get("class") for e in page.iter("rect")}
    assert {"window", "extended", "other", "held"} <= kinds


def point(lat: float, lon: float, precision: str = "town") -> Point:
    return Point(label=f"{lat}", lat=lat, lon=lon, precision=precision, line=LINE)  # type: ignore[arg-type]


def test_places_that_a_phone_cannot_tell_apart_are_one_mark() -> None:
    points = [point(50.0, 30.0), point(55.0, 40.0), point(50.01, 30.01), point(50.02, 30.0, "country")]
    assert maps.clusters(points) == [[0, 2], [1], [3]]
    page = maps.render(points, (), FRENCH, ["x0", "x1", "x2", "x3"])
    assert '<a href="#x0"' in page and 'href="#x2"' not in page and "50.0 +1" in page


@pytest.mark.parametrize("code", available())
def test_an_account_draws_its_figures_and_truces(news: Set, code: str) -> None:
    found = account(*news, pack(code))
    marks = {ref for one in charts(found.stories[0]) for ref in one.refs}
    asked = {ref for question in news.relations.questions for ref in question.figures}
    assert marks and marks <= asked
    page = as_html(found, pack(code))
    assert page.count('class="plot"') == len(list(charts(found.stories[0]))) > 0
    assert page.count(escape(pack(code).phrase("brief.chart.legend"))) == 1
    assert 'class="truce-bar"' in page and 'style="' not in page
    names = re.findall(r' id="([^"]+)"', page)
    assert len(names) == len(set(names))
