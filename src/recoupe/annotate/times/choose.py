"""What numbers and words come to: durations, years, and the nearest of several days."""

from typing import NamedTuple

from ...model.records import TimeType
from . import calendar
from .calendar import Day, Placed
from .lexer import Value

Slots = dict[str, Value]
UNPLACED = {
    "D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "H6": "XXXX-HX",
    "Y": "XXXX", "DE": "XXXX", "CE": "XXXX",
}  # fmt: skip
LENGTHS = {
    "S": "PT{}S",
    "MIN": "PT{}M",
    "H": "PT{}H",
    "D": "P{}D",
    "W": "P{}W",
    "WE": "P{}WE",
    "M": "P{}M",
    "Y": "P{}Y",
}
# Units that TIMEX3 counts in smaller ones: quarters and halves in months, decades and centuries in years.
MULTIPLES = {
    "Q": ("M", 3),
    "H6": ("M", 6),
    "DE": ("Y", 10),
    "CE": ("Y", 100),
    "FN": ("W", 2),
    "MI": ("Y", 1000),
    "QH": ("MIN", 15),
}
HALVES = {"H": ("MIN", 60), "D": ("H", 24), "Y": ("M", 12), "MIN": ("S", 60)}
SECONDS = {"S": 1, "MIN": 60, "H": 3600}
# A time that the tense speaks against must be this many times nearer to be meant all the same: a past "ordered a truce
# for 6 January" on the 5th means tomorrow, "invaded on 24 February" in January last year.
AGAINST = 12
# The same for an expression that hangs on a noun ("the visit on Monday"), whose clause says less about its time.
AGAINST_WEAK = 3
# The same for months and seasons: in March "the war began in April" is last year's.
LONG = 60
# And where they hang on a noun: "she will lead the mission in December".
WEAK_LONG = 6
# "The September summit will": rather the next one, but "the talks on Monday will" are often over.
WEAK_FUTURE = 1.2
# Without any tense, a day of the year more than some seven weeks ahead is meant as the last one: 365 / 7 is 52 days.
AHEAD = 7


class Tense(NamedTuple):
    """How many times further away the past and the future count; 1 and 1 where nothing is said."""

    past: float
    future: float

    @classmethod
    def of(cls, tense: str, weak: bool = False) -> "Tense":
        """From a tense: "past", "future", or anything else for none."""
        against = AGAINST_WEAK if weak else AGAINST
        if weak and tense == "future":
            return cls(WEAK_FUTURE, 1)
        return cls(against if tense == "future" else 1, against if tense == "past" else 1)


class Reading(NamedTuple):
    """What an expression means; `upto` names a slot that, with what follows it, is no part of it after all."""

    type: TimeType
    placed: Placed
    mod: str = ""
    quant: str = ""
    zone: str = ""
    upto: str = ""


def number(slots: Slots, key: str) -> int | None:
    """A slot's whole number."""
    value = slots.get(key)
    return int(value) if isinstance(value, int | float) else None


def length(count: int | float | str, unit: str) -> str:
    """A duration's TIMEX3 value; a half of a unit is written in the next smaller one."""
    if isinstance(count, str) and unit == "Q":
        return f"P{count}Q"
    if unit in MULTIPLES:
        unit, times = MULTIPLES[unit]
        count = count if isinstance(count, str) else count * times
    if isinstance(count, str) and unit == "H":
        return f"P{count}H"  # the guide's way for hours without a number
    if isinstance(count, float) and count != int(count) and unit in HALVES:
        smaller, times = HALVES[unit]
        rest = length(round((count - int(count)) * times), smaller)
        return joined(length(int(count), unit), rest) if count > 1 else rest
    if isinstance(count, float) and count == int(count):
        count = int(count)
    return LENGTHS[unit].format(count)


def joined(longer: str, shorter: str) -> str:
    """Two durations as one: PT1H and PT20M are PT1H20M, P2D and PT4H are P2DT4H."""
    rest = shorter.removeprefix("P")
    return longer + (rest.removeprefix("T") if "T" in longer else rest)


def nearest(candidates: list[Placed], at: Day, tense: Tense) -> Placed | None:
    """The candidate nearest to a day, where those that the tense speaks against count as further away."""

    def distance(placed: Placed) -> float:
        assert placed.start is not None and placed.end is not None
        if placed.start.date() <= at < placed.end.date():
            return 0
        past = placed.end.date() <= at
        days = (at - placed.end.date()).days + 1 if past else (placed.start.date() - at).days
        return days * (tense.past if past else tense.future)

    return min(candidates, key=distance, default=None)


def weekday(which: int, at: Day, tense: Tense, shift: int | None) -> Day:
    """The day of the week (1 is Monday) nearest to a day and consistent with the tense; said on that day, that day."""
    back = (at.isoweekday() - which) % 7
    if shift in (-1, 1):
        return calendar.moved(at, -(back or 7) if shift < 0 else 7 - back)
    return calendar.moved(at, -back if back * tense.past <= (7 - back) * tense.future else 7 - back)


def full_year(slots: Slots, at: Day) -> int | None:
    """The year said, two digits being the nearest one that is not far ahead."""
    year = number(slots, "year")
    if year is not None:  # "nineteen ninety-one" says its year in up to three words
        return year + (number(slots, "plusyears") or 0) + (number(slots, "moreyears") or 0)
    short = number(slots, "yy")
    if short is None:
        return None
    year = at.year // 100 * 100 + short
    return year - 100 if year > at.year + 20 else year
