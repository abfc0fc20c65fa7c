"""Days and times as a language writes them, and whether a date is written or worked out."""

import functools
import re
from datetime import date, datetime, timedelta

from babel.dates import format_interval, format_skeleton, format_time, get_day_names

from ..lang import LanguagePack
from ..model.records import Time

DAY = timedelta(days=1)
# An hour is named in at most so many words.
HOUR = 2


def instant(text: str) -> datetime | None:
    """A local ISO 8601 day, month or instant; T24:00 is the next day's midnight. None where it is no date."""
    late = text[11:13] == "24"
    clean = text[:10] if late else text
    if re.fullmatch(r"\d{4}(-\d{2})?", clean):
        clean = f"{clean}-01" if len(clean) == 7 else f"{clean}-01-01"
    try:
        return datetime.fromisoformat(clean).replace(tzinfo=None) + (DAY if late else timedelta())
    except ValueError:
        return None


def day(moment: datetime, pack: LanguagePack) -> str:
    """A day with its year."""
    return _written("yMMMd", moment.date(), pack.code)


@functools.lru_cache(4096)
def _written(skeleton: str, day: date, code: str) -> str:
    """A day as a language writes it: the same few days stand in thousands of lines."""
    return str(format_skeleton(skeleton, day, locale=code))


def published(text: str | None, pack: LanguagePack) -> str:
    """A publication date: a day, a month, or the phrase for an unknown one."""
    moment = instant(text) if text else None
    if text is None or moment is None:
        return pack.phrase("brief.when.unknown")
    return _written({4: "y", 7: "yMMM"}.get(len(text), "yMMMd"), moment.date(), pack.code)


def clock(moment: datetime, pack: LanguagePack, end: bool = False) -> str:
    """A day with its time; the end of a window at midnight is 24:00 of the day before."""
    if end and moment.hour == moment.minute == 0:
        return pack.phrase("brief.when.midnight", day=day(moment - DAY, pack))
    time = format_time(moment, "short", locale=pack.code)
    return pack.phrase("brief.when.at", day=day(moment, pack), time=time)


def stamped(at: str, pack: LanguagePack) -> str:
    """An instant of the store (ISO 8601, with a zone) by the clock of this machine, with its zone."""
    moment = datetime.fromisoformat(at).astimezone()
    return f"{clock(moment, pack)} {moment.tzname()}"


def between(earliest: str, latest: str | None, pack: LanguagePack) -> tuple[str, bool]:
    """How the interval [earliest, latest) is shown, and whether it is wider than a day, month or year."""
    start, end = instant(earliest), instant(latest or "")
    if start is None:
        return earliest, False
    if end is None or end <= start:
        exact = start.hour or start.minute
        return (clock(start, pack) if exact else day(start, pack)), False
    midnight = start.hour == start.minute == end.hour == end.minute == 0
    if end - start <= timedelta(hours=1) and not (midnight and end == start + DAY):
        return clock(start, pack), False
    if midnight and end == start + DAY:
        return day(start, pack), False
    for skeleton, next_start in (("yMMM", _next_month(start)), ("y", start.replace(year=start.year + 1))):
        if midnight and end == next_start and start.day == 1 and (skeleton == "yMMM" or start.month == 1):
            return _written(skeleton, start.date(), pack.code), True
    if midnight:
        return str(format_interval(start, end - DAY, "yMMMd", locale=pack.code)), True
    if start.date() == (end - timedelta(minutes=1)).date():
        times = [format_time(start, "short", locale=pack.code), format_time(end, "short", locale=pack.code)]
        shown = pack.phrase("brief.when.hours", day=day(start, pack), start=times[0], end=times[1])
        return shown, end - start < DAY
    return pack.phrase("brief.when.between", start=clock(start, pack), end=clock(end, pack, end=True)), True


def _next_month(moment: datetime) -> datetime:
    return (moment.replace(day=1) + timedelta(days=32)).replace(day=1, hour=0, minute=0)


def deduced(time: Time) -> str:
    """What of a date is worked out and not written: "date", "year" or nothing."""
    moment = instant(time.value) or instant(time.earliest or "")
    if moment is None:
        return "date"
    if str(moment.year) in time.text:
        return ""
    return "year" if re.search(r"\d", time.text) else "date"


def hour_alone(time: Time, pack: LanguagePack) -> bool:
    """Whether a time names an hour and no day ("18 heures", "minuit"): which day it is of is not in its words."""
    tokens = re.findall(r"\w+", time.text.lower())
    named = {name.lower() for name in get_day_names(locale=pack.code).values()}
    return time.grain in ("hour", "minute") and len(tokens) <= HOUR and named.isdisjoint(tokens)
