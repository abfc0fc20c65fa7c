"""Places on the calendar: a TIMEX3 value with the interval [earliest, latest) of local instants and its grain."""

import datetime as dt
from typing import NamedTuple

Day = dt.date
GRAINS = ("minute", "hour", "part", "day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade",
          "century")  # fmt: skip
# Hours of the parts of a day, as TIMEX3 names them; the night runs into the next day.
PARTS = {"MO": (5, 12), "MI": (11, 14), "AF": (12, 18), "EV": (18, 24), "NI": (20, 30), "DT": (6, 20)}
# First days of the seasons as calendars print them; the winter of a year begins in its December.
SEASONS = {"SP": (3, 21), "SU": (6, 21), "FA": (9, 23), "WI": (12, 21)}


class Placed(NamedTuple):
    """A value and its interval; `start` and `end` are None where the calendar does not say."""

    value: str
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    grain: str = ""


def midnight(day: Day) -> dt.datetime:
    """The first instant of a day."""
    return dt.datetime(day.year, day.month, day.day)


def valid(year: int, month: int, day: int) -> Day | None:
    """The day, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def moved(day: Day, days: int) -> Day:
    """The day so many days later; the calendar's first or last day where it ends."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.max - dt.timedelta(days=1) if days > 0 else dt.date.min


def months_later(year: int, month: int, months: int) -> tuple[int, int]:
    """A month so many months later, within the years 1 to 9998."""
    total = min(max(year * 12 + month - 1 + months, 12), 9998 * 12 + 11)
    return total // 12, total % 12 + 1


def day(at: Day) -> Placed:
    """A day."""
    return Placed(at.isoformat(), midnight(at), midnight(moved(at, 1)), "day")


def month(year: int, number: int) -> Placed:
    """A month."""
    after = months_later(year, number, 1)
    return Placed(f"{year:04d}-{number:02d}", dt.datetime(year, number, 1), dt.datetime(*after, 1), "month")


def months(year: int, first: int, count: int, value: str, grain: str) -> Placed:
    """So many months from one on, under another name."""
    return Placed(value, dt.datetime(year, first, 1), dt.datetime(*months_later(year, first, count), 1), grain)


def year(number: int) -> Placed:
    """A year."""
    number = min(max(number, 1), 9998)
    return Placed(f"{number:04d}", dt.datetime(number, 1, 1), dt.datetime(number + 1, 1, 1), "year")


def quarter(number: int, which: int) -> Placed:
    """A quarter of a year."""
    return months(number, 3 * which - 2, 3, f"{number:04d}-Q{which}", "quarter")


def half(number: int, which: int) -> Placed:
    """A half of a year."""
    return months(number, 6 * which - 5, 6, f"{number:04d}-H{which}", "half")


def season(number: int, which: str) -> Placed:
    """A season."""
    number = min(max(number, 1), 9998)
    first = midnight(dt.date(number, *SEASONS[which]))
    names = list(SEASONS)
    after = names[(names.index(which) + 1) % len(names)]
    last = midnight(dt.date(number + (which == "WI"), *SEASONS[after]))
    return Placed(f"{number:04d}-{which}", first, last, "season")


def monday(at: Day) -> Day:
    """The Monday of a day's week."""
    return moved(at, -at.weekday())


def week(at: Day) -> Placed:
    """The ISO week that holds a day."""
    iso = at.isocalendar()
    first = monday(at)
    return Placed(f"{iso.year:04d}-W{iso.week:02d}", midnight(first), midnight(moved(first, 7)), "week")


def weekend(at: Day) -> Placed:
    """The end of the ISO week that holds a day."""
    whole = week(at)
    saturday = moved(monday(at), 5)
    return Placed(f"{whole.value}-WE", midnight(saturday), midnight(moved(saturday, 2)), "weekend")


def decade(first: int) -> Placed:
    """Ten years from one that ends in 0."""
    first = min(max(first, 10), 9980)
    return Placed(f"{first // 10:03d}X", dt.datetime(first, 1, 1), dt.datetime(first + 10, 1, 1), "decade")


def century(number: int) -> Placed:
    """The nth century, as its years are written: the 19th is 18XX."""
    number = min(max(number, 1), 99)
    first = max((number - 1) * 100, 1)
    return Placed(f"{number - 1:02d}XX", dt.datetime(first, 1, 1), dt.datetime(number * 100, 1, 1), "century")


def part(at: Day, which: str) -> Placed:
    """A part of a day."""
    first, last = PARTS[which]
    start = midnight(at)
    return Placed(
        f"{at.isoformat()}T{which}", start + dt.timedelta(hours=first), start + dt.timedelta(hours=last), "part"
    )


def instant(at: Day, hour: int, minute: int | None, second: int | None = None) -> Placed:
    """A clock time of a day; 24:00 is the next day's start. The grain is the hour where no minutes are said."""
    start = midnight(at) + dt.timedelta(hours=hour, minutes=minute or 0, seconds=second or 0)
    grain = "hour" if minute is None else "minute" if second is None else "second"
    length = {"hour": 3600, "minute": 60, "second": 1}[grain]
    value = f"{at.isoformat()}T{hour:02d}:{minute or 0:02d}" + (f":{second:02d}" if second is not None else "")
    return Placed(value, start, start + dt.timedelta(seconds=length), grain)


def shifted(at: Day, unit: str, count: int) -> Placed:
    """The unit (D, W, M, Q, Y, DE, CE, WE, H6) so many units after the one that holds a day."""
    if unit == "D":
        return day(moved(at, count))
    if unit in ("W", "WE"):
        other = moved(at, 7 * count)
        return week(other) if unit == "W" else weekend(other)
    if unit == "M":
        return month(*months_later(at.year, at.month, count))
    if unit in ("Q", "H6"):
        size = 3 if unit == "Q" else 6
        y, m = months_later(at.year, at.month, size * count)
        return quarter(y, (m - 1) // 3 + 1) if unit == "Q" else half(y, (m - 1) // 6 + 1)
    if unit == "DE":
        return decade(at.year // 10 * 10 + 10 * count)
    if unit == "CE":
        return century((at.year - 1) // 100 + 1 + count)
    return year(at.year + count)


def easter(number: int) -> Day:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = number % 19, number // 100, number % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    which = (h - m + r + 90) // 25
    return dt.date(number, which, (h - m + r + which + 19) % 32)
