"""Duckling's time phrases, French and English: instants at their grain. Usage: python -m bench.duckling_times DATA_DIR

The phrases are an assistant's: told on 2013-02-12 at 4:30, without a sentence around them, and looking ahead. Left out,
by rule:
- intervals, feasts tagged as such, and other dimensions;
- instants whose reading hangs on looking ahead: this reader places them elsewhere when told to look back, or at the
  same clock time a day or a week before (an assistant never means what is gone by);
- phrases that are a duration as a whole to the guide ("the next two weeks");
- clock times with a zone, which are converted to the data's own;
- instants that carry the minutes or seconds of the moment of speaking, which an article's date does not have.
"""

import datetime as dt
import json
import re
import sys
from pathlib import Path

from recoupe.annotate.draft import Draft
from recoupe.annotate.times import Times
from recoupe.lang import pack
from recoupe.model.article import Article
from recoupe.model.records import Block, Time

SAID = (2013, 2, 12, 4, 30, 0)
GRAINS = ("Year", "Month", "Day", "Hour", "Minute", "Second")
INSTANT = re.compile(r"\(datetime \(([\d, ]+)\) (\w+)\)")
Instant = tuple[tuple[int, ...], str]


def times(text: str, lang: str, reader: Times, published: str = "2013-02-12") -> list[Time]:
    """The times that a reader finds in one phrase."""
    draft = Draft(Article(id="case", text=text, sha256="", lang=lang, published=published), pack(lang))
    draft.put("block", [Block(start=0, end=len(text), text=text, kind="body")])
    return [record for record in reader(draft) if isinstance(record, Time)]


def instant(gold: str | None) -> Instant | None:
    """The expected (year, month, day, hour, minute, second) and grain; None for what is no single instant."""
    found = INSTANT.fullmatch(gold or "")
    if found is None:
        return None
    fields = tuple(int(part) for part in found[1].split(","))
    return fields, found[2]


def from_the_clock(expected: Instant) -> bool:
    """Whether an instant carries the minutes or seconds of the moment of speaking."""
    fields, grain = expected
    return grain == "Second" or (grain == "Minute" and fields[4] == SAID[4])


def cycle_on(expected: Instant, found: list[Time]) -> bool:
    """Whether the instant is what one of the times says, a day or a week later."""
    at = dt.datetime(*_clean(expected[0]))  # type: ignore[arg-type]
    starts = [dt.datetime.fromisoformat(time.earliest) for time in found if time.earliest]
    return any(at - start in (dt.timedelta(days=1), dt.timedelta(days=7)) for start in starts)


def lasts(text: str, found: list[Time]) -> bool:
    """Whether the whole phrase is a duration."""
    return len(found) == 1 and found[0].type == "DURATION" and len(found[0].text) == len(text)


def right(expected: Instant, found: list[Time]) -> bool:
    """Whether one of the times begins at the instant, compared at the instant's grain.

    What is told from the moment of speaking ("in three weeks") is given one grain finer than it is said, filled with
    the moment's own hour or day; it is compared at the grain that it is said in.
    """
    fields, grain = expected
    if grain in ("Week", "Quarter"):
        name = grain.lower()
        return any(time.grain == name and _fields(time)[:3] == (fields[0], max(fields[1], 1), max(fields[2], 1))
                   for time in found)  # fmt: skip
    size = GRAINS.index(grain) + 1
    wanted = _clean(fields)
    for time in found:
        own = min(_fine(time), size)  # what the time leaves open must be the moment of speaking's own, or nothing
        rest = wanted[own:size]
        if _fields(time)[:own] == wanted[:own] and (rest == SAID[own:size] or not any(rest)):
            return True
    day = dt.date(*wanted[:3])
    week = f"{day.isocalendar().year}-W{day.isocalendar().week:02d}"
    return day.weekday() == dt.date(*SAID[:3]).weekday() and any(time.value == week for time in found)


def _clean(fields: tuple[int, ...]) -> tuple[int, ...]:
    """Months and days that the grain leaves open are 0 in the data; here they are 1."""
    return (fields[0], max(fields[1], 1), max(fields[2], 1), *fields[3:])


def _fields(time: Time) -> tuple[int, ...]:
    if time.earliest is None:
        return ()
    day, _, clock = time.earliest.partition("T")
    return tuple(int(part) for part in (*day.split("-"), *clock.split(":")))


def _fine(time: Time) -> int:
    """How many fields a time's own grain fixes."""
    return {"year": 1, "month": 2, "hour": 4, "minute": 5, "second": 6}.get(time.grain, 3)


def cases(data: Path) -> list[tuple[str, str, Instant]]:
    """(language, phrase, expected) of the cases that are instants."""
    found = []
    for line in (data / "duckling" / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        expected = instant(case["gold"])
        if case["dim"] == "time" and not case["negative"] and expected is not None:
            found.append((case["lang"], case["text"], expected))
    return found


def score(data: Path, *, show: bool = False) -> dict[str, float]:
    """The share of right instants per language and in all; empty where the data is not there."""
    if not (data / "duckling" / "cases.jsonl").is_file():
        return {}
    news, back, ahead = (Times(unsaid=tense, feasts=True) for tense in ("", "past", "future"))
    tally: dict[str, list[int]] = {}
    for lang, text, expected in cases(data):
        found = times(text, lang, news)
        values = [[time.value for time in times(text, lang, reader)] for reader in (back, ahead)]
        if (
            from_the_clock(expected)
            or values[0] != values[1]
            or cycle_on(expected, found)
            or lasts(text, found)
            or any(time.zone for time in found)
        ):
            continue
        good = right(expected, found)
        for key in (lang, "all"):
            counts = tally.setdefault(key, [0, 0])
            counts[0] += good
            counts[1] += 1
        if show and not good:
            print(lang, text, expected, [(time.text, time.value) for time in found], sep=" | ")
    if show:
        print(tally)
    return {key: good / total for key, (good, total) in sorted(tally.items())}


if __name__ == "__main__":
    print(score(Path(sys.argv[1]), show="--show" in sys.argv))
