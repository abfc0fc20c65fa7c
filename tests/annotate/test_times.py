"""Times: every pack's own cases, and what must hold of all times."""

import datetime as dt
import functools
import re
import tomllib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recoupe.annotate import annotate
from recoupe.annotate.blocks import Blocks
from recoupe.annotate.draft import Draft
from recoupe.annotate.parse import Parser
from recoupe.annotate.times import Times
from recoupe.annotate.times.calendar import easter
from recoupe.annotate.times.words import TimeWords
from recoupe.lang import available, pack
from recoupe.model.article import Article
from recoupe.model.records import Block, Time


def times(text: str, lang: str, published: str | None) -> list[Time]:
    """The times of a text, without a parse (tenses are unknown then)."""
    draft = Draft(Article(id="a", text=text, sha256="", lang=lang, published=published), pack(lang))
    draft.put("block", [Block(start=0, end=len(text), text=text, kind="body")])
    return [record for record in Times()(draft) if isinstance(record, Time)]


def cases() -> list[object]:
    found: list[object] = []
    for code in available():
        path = pack(code).folder / "cases" / "times.toml"
        listed = tomllib.loads(path.read_text(encoding="utf-8"))
        for case in listed["case"]:
            published = case.get("published", listed["published"])
            found.append(pytest.param(code, published, case, id=f"{code}: {case['text'][:40]}"))
    return found


@pytest.mark.parametrize(("lang", "published", "case"), cases())
def test_case(lang: str, published: str, case: dict[str, object]) -> None:
    found = times(str(case["text"]), lang, published)
    assert [[time.text, time.value] for time in found] == case["times"]


@functools.cache
def parsed(code: str) -> list[tuple[dict[str, object], list[Time]]]:
    """The pack's cases whose reading hangs on the verb, with what comes out of them; all are parsed in one go."""
    path = pack(code).folder / "cases" / "times.toml"
    listed = tomllib.loads(path.read_text(encoding="utf-8"))
    days = [case.get("published", listed["published"]) for case in listed["parsed"]]
    texts = [(str(i), str(case["text"]), day) for i, (case, day) in enumerate(zip(listed["parsed"], days, strict=True))]
    articles = [Article(id=i, text=text, sha256="", lang=code, published=day) for i, text, day in texts]
    done = annotate(articles, [Blocks(), Times()], Parser())
    return [(case, annotated.layer(Time)) for case, annotated in zip(listed["parsed"], done, strict=True)]


@pytest.mark.parametrize("code", available())
def test_tense(code: str) -> None:
    for case, found in parsed(code):
        assert [[time.text, time.value] for time in found] == case["times"], case["text"]


settings.register_profile("times", deadline=None)
settings.load_profile("times")
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2150, 12, 31))
LANGS = st.sampled_from(available())
# A day, month or year with unknown digits, a week, quarter, half or season, with a part of the day or a clock time;
# a duration; or the present, past or future at large.
DATE = r"[\dX]{4}(-([\dX]{2}(-[\dX]{2})?|W[\dX]{2}(-(WE|[1-7]))?|Q[1-4X]|H[12X]|SP|SU|FA|WI))?"
COUNT = r"(X|\d+(\.\d+)?)"
TIMEX = re.compile(
    rf"{DATE}(T([\dX]{{2}}:[\dX]{{2}}(:[\dX]{{2}})?|MO|MI|AF|EV|NI|DT))?|\d{{2}}XX|\d{{2,3}}"
    rf"|PXH|PXQ|P{COUNT}(Y|M|W|D|WE)(\d+M|\d+D|T\d+H)?|PT{COUNT}[HMS](\d+[MS])?|(PRESENT|PAST|FUTURE)_REF"
)


def spellings(code: str, day: dt.date) -> list[str]:
    """A date in each of the pack's own ways to write one."""
    words = pack(code).words(TimeWords, "times")
    month = next(name for name, number in words.words["month"].items() if number == day.month)
    weekday = next(name for name, number in words.words["weekday"].items() if number == day.isoweekday())
    names = {"weekday": weekday.capitalize(), "month": month.capitalize(), "year": f"{day.year:04d}"}
    return [form.format(day=day.day, mm=f"{day.month:02d}", dd=f"{day.day:02d}", **names) for form in words.formats]


@given(LANGS, DAYS, st.one_of(st.none(), DAYS))
@example("fr", dt.date(2024, 2, 29), None)
def test_a_date_written_in_full_comes_back(code: str, day: dt.date, published: dt.date | None) -> None:
    for text in spellings(code, day):
        found = times(text, code, published.isoformat() if published else None)
        assert [(time.text, time.value) for time in found] == [(text, day.isoformat())]
        assert found[0].earliest == f"{day.isoformat()}T00:00"


def sentences() -> list[tuple[str, str]]:
    found = []
    for code in available():
        path = pack(code).folder / "cases" / "times.toml"
        found += [(code, case["text"]) for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]
    return found


@given(st.sampled_from(sentences()), st.one_of(st.none(), DAYS.map(str), DAYS.map(lambda day: str(day)[:7])))
def test_values_are_timex_and_intervals_are_ordered(sentence: tuple[str, str], published: str | None) -> None:
    code, text = sentence
    last = 0
    for time in times(text, code, published):
        assert TIMEX.fullmatch(time.value), time
        assert time.text == text[time.start : time.end] and last <= time.start < time.end
        assert (time.earliest is None) == (time.latest is None)
        assert time.earliest is None or time.latest is None or time.earliest < time.latest
        last = time.end


@given(LANGS, st.text(max_size=80), st.one_of(st.none(), DAYS.map(str)))
def test_any_text_is_read(code: str, text: str, published: str | None) -> None:
    for time in times(text, code, published):
        assert TIMEX.fullmatch(time.value), time


def vocabulary(code: str) -> list[str]:
    words = pack(code).words(TimeWords, "times").words
    return [*(word for table in words.values() for word in table), "4", "30", "24", "1998", "99", "12", "00", "2,5"]


@given(st.data(), LANGS, st.one_of(st.none(), DAYS.map(str), st.sampled_from(["2024-05", "0001-01-01", "9999-12-31"])))
def test_any_row_of_time_words_is_read(data: st.DataObject, code: str, published: str | None) -> None:
    text = " ".join(data.draw(st.lists(st.sampled_from(vocabulary(code)), max_size=9)))
    for time in times(text, code, published):
        assert TIMEX.fullmatch(time.value), time
        assert time.earliest is None or time.latest is None or time.earliest < time.latest


@given(LANGS, DAYS, st.integers(-400, 400))
def test_days_told_from_today_move_with_it(code: str, day: dt.date, shift: int) -> None:
    deictic = pack(code).words(TimeWords, "times").words["deictic"]
    for word, offset in deictic.items():
        for at in (day, day + dt.timedelta(days=shift)):
            [time] = times(word, code, at.isoformat())
            assert time.value == (at + dt.timedelta(days=int(offset))).isoformat()


STEPS = {"day": 0, "week": 0, "month": 1, "year": 12}  # in months; days and weeks are moved by days


def relative() -> list[tuple[str, str, str]]:
    found = []
    for code in available():
        path = pack(code).folder / "cases" / "times.toml"
        for step, texts in tomllib.loads(path.read_text(encoding="utf-8"))["relative"].items():
            found += [(code, step, text) for text in texts]
    return found


def moved(day: dt.datetime, step: str, count: int) -> dt.datetime:
    if STEPS[step] == 0:
        return day + dt.timedelta(days=count * (7 if step == "week" else 1))
    total = day.year * 12 + day.month - 1 + count * STEPS[step]
    return day.replace(year=total // 12, month=total % 12 + 1)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(relative()), DAYS.filter(lambda day: day.day < 28), st.integers(-60, 60))
def test_what_is_told_from_publication_moves_with_it(form: tuple[str, str, str], day: dt.date, count: int) -> None:
    code, step, text = form
    before = dt.datetime(day.year, 3 if step == "year" else day.month, 10 if step == "year" else day.day)
    starts = []
    for published in (before, moved(before, step, count)):
        [time] = times(text, code, published.date().isoformat())
        assert time.earliest is not None and TIMEX.fullmatch(time.value)
        starts.append(dt.datetime.fromisoformat(time.earliest))
    assert starts[1] == moved(starts[0], step, count)


@settings(deadline=None)
@given(LANGS, DAYS, st.integers(-30, 30))
def test_a_date_nearby_needs_no_year(code: str, day: dt.date, away: int) -> None:
    published = (day + dt.timedelta(days=away)).isoformat()
    year = f"{day.year:04d}"
    for full in spellings(code, day):
        short = full.removesuffix(year).rstrip(", ")
        if full.endswith(year) and short[-1] not in "/.":
            assert [time.value for time in times(short, code, published)] == [day.isoformat()], short


@given(LANGS, DAYS)
def test_a_weekday_is_in_the_week_around(code: str, day: dt.date) -> None:
    for word, number in pack(code).words(TimeWords, "times").words["weekday"].items():
        [time] = times(word.capitalize(), code, day.isoformat())
        placed = dt.date.fromisoformat(time.value)
        assert placed.isoweekday() == number and abs((placed - day).days) <= 6
        assert placed == day or day.isoweekday() != number


def listed(name: str) -> list[tuple[str, str]]:
    """The pack's own templates of one kind, each with its language."""
    found = []
    for code in available():
        path = pack(code).folder / "cases" / "times.toml"
        found += [(code, template) for template in tomllib.loads(path.read_text(encoding="utf-8"))[name]]
    return found


@given(st.sampled_from(listed("ranges")), DAYS, st.integers(-20, 20), st.integers(1, 25))
def test_both_ends_of_a_range_come_back_in_order(form: tuple[str, str], day: dt.date, away: int, length: int) -> None:
    code, template = form
    ends = (day, day + dt.timedelta(days=length))
    months = {number: name for name, number in pack(code).words(TimeWords, "times").words["month"].items()}
    said = {
        f"{letter}{part}": value
        for letter, end in zip("ab", ends, strict=True)
        for part, value in (("d", end.day), ("m", months[end.month].capitalize()), ("y", end.year))
    }
    found = times(template.format(**said), code, (day + dt.timedelta(days=away)).isoformat())
    assert [time.value for time in found] == [end.isoformat() for end in ends]
    assert found[0].latest is not None and found[1].earliest is not None and found[0].latest <= found[1].earliest


@given(st.sampled_from(listed("clocks")), DAYS, st.integers(1, 11), st.integers(10, 59))
def test_a_clock_time_comes_back(form: tuple[str, str], day: dt.date, hour: int, minute: int) -> None:
    code, template = form
    [time] = times(template.format(h=hour, hh=f"{hour:02d}", mm=minute), code, day.isoformat())
    assert time.value == f"{day.isoformat()}T{hour:02d}:{minute:02d}" and time.grain == "minute"


@given(LANGS, DAYS, st.integers(0, 23), st.integers(-12, 14), st.integers(0, 23))
def test_one_instant_told_in_two_zones_is_one(code: str, day: dt.date, hour: int, away: int, later: int) -> None:
    def told(local: int) -> str:
        return f"{local % 24:02d}:00 ({(local - away) % 24:02d}:00 GMT)"

    text = f"{told(hour)} … {told(later)}"
    local, fixed, *_ = found = times(text, code, day.isoformat())
    assert (local.earliest, local.latest) == (fixed.earliest, fixed.latest)
    assert (found[2].earliest, found[2].latest) == (found[3].earliest, found[3].latest)
    assert (local.zone, fixed.zone) == ("", "GMT")


@settings(max_examples=300)
@given(st.data(), LANGS, DAYS, st.integers(-400, 400))
def test_a_text_of_relative_days_moves_with_publication(data: st.DataObject, code: str, day: dt.date, by: int) -> None:
    texts = [text for lang, step, text in relative() if (lang, step) == (code, "day")]
    text = " ; ".join(data.draw(st.lists(st.sampled_from(texts), min_size=1, max_size=5)))
    before, after = (times(text, code, at.isoformat()) for at in (day, day + dt.timedelta(days=by)))
    assert [time.text for time in before] == [time.text for time in after]
    for old, new in zip(before, after, strict=True):
        assert old.earliest is not None and new.earliest is not None
        apart = dt.datetime.fromisoformat(new.earliest) - dt.datetime.fromisoformat(old.earliest)
        assert apart == dt.timedelta(days=by), (old, new)


def test_without_a_day_of_publication_relative_times_have_no_interval() -> None:
    for code in available():
        for word in pack(code).words(TimeWords, "times").words["deictic"]:
            for published in (None, "2024-05"):
                [time] = times(word, code, published)
                assert (time.type, time.value, time.earliest, time.latest) == ("DATE", "XXXX-XX-XX", None, None)


@pytest.mark.parametrize(("year", "day"), [(1961, "04-02"), (2000, "04-23"), (2024, "03-31"), (2038, "04-25")])
def test_easter(year: int, day: str) -> None:
    assert easter(year).isoformat() == f"{year}-{day}"
