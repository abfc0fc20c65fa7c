"""Times told from another one: quarters and years of a report, what is so long ago, school years."""

import datetime as dt

from . import calendar
from .calendar import Day, Placed
from .choose import MULTIPLES, SECONDS, UNPLACED, Slots, Tense, number, weekday
from .context import Around

SCHOOL_BEGINS = 9  # the month
LATE_MONTH, LATE_DAY = 11, 25  # before these the end of a year or month that is spoken of as past is the last one's
MONTHS = {"M": 1, "Y": 12, "DE": 120}
LONG = frozenset({"M", "Q", "Y", "DE", "CE"})  # units that are told from the last month or year spoken of
# The slots that name a day, a month or a year.
DATED = ("day", "weekday", "deictic", "anaphor", "fixed", "month", "year", "feast")


class Periods:
    """What the slots of one expression say of longer times, in its surroundings."""

    def __init__(self, slots: Slots, around: Around) -> None:
        if "thatnight" in slots:
            told = int(slots["thatnight"])
            slots = {**slots, "deictic": max(told, 0) if around.tense == "future" else told, "part": "NI"}
        self.slots, self.around = slots, around
        self.known = around.known
        self.at = around.now or around.written.day

    def _undated(self) -> bool:
        return not any(key in self.slots for key in DATED)

    def _spoken(self) -> Day | None:
        return self.around.spoken or self.around.today

    def _told(self, unit: str) -> Day:
        """The day that "that year" or "the following month" is told from: months and years may be spoken of alone."""
        coarse = self.around.coarse if unit in LONG else self.around.week
        return coarse or self._spoken() or self.at

    def _quarter(self, years: int) -> Placed:
        """The quarter that is spoken of, or the last one over, so many years away."""
        at = self.around.quarter
        if at is None:
            ahead = self.around.tense == "future" and "latest" not in self.slots
            at = dt.date(*calendar.months_later(self.at.year, self.at.month, 0 if ahead else -3), 1)
        return calendar.quarter(at.year + years, (at.month - 1) // 3 + 1)

    def year_ago(self) -> Placed | None:
        """The same quarter of a year before where a quarter is spoken of, else that year."""
        if not self.known:
            return None
        shift = number(self.slots, "yearago") or 0
        if self.slots.get("unit") == "Q" or self.around.quarter is not None:
            return self._quarter(shift)
        return calendar.year(self.at.year + shift)

    def period(self) -> Placed | None:
        """ "The 1988 period": the quarter spoken of in that year, else the year."""
        year = number(self.slots, "year")
        quarter = self.around.quarter
        if year is None:
            return self._quarter(0) if quarter is not None and self.known else None
        return calendar.quarter(year, (quarter.month - 1) // 3 + 1) if quarter is not None else calendar.year(year)

    def _spoken_unit(self, unit: str) -> Placed | None:
        """The year or month that is spoken of nearby: "in 2008 … at the end of the year"."""
        if unit == "Y" and self.around.year is not None:
            return calendar.year(self.around.year)
        spoken = self.around.spoken
        if unit == "M" and spoken is not None and self.around.tense == "past":
            return calendar.month(spoken.year, spoken.month)
        over = self.slots.get("edge") == "END" and self.around.tense == "past"
        early = self.at.month < LATE_MONTH if unit == "Y" else unit == "M" and self.at.day < LATE_DAY
        return calendar.shifted(self.at, unit, -1) if over and early else None

    def school_year(self) -> Placed | None:
        """A school year, which is told by the year that it begins in: from September to August."""
        year = number(self.slots, "year")
        if year is None:
            if not self.known:
                return Placed(UNPLACED["Y"])
            year = self.at.year - (self.at.month < SCHOOL_BEGINS) + (number(self.slots, "shift") or 0)
        return calendar.months(year, SCHOOL_BEGINS, 12, f"{year:04d}", "year")

    def _decade(self, first: int) -> Placed:
        if first < 100:
            first += self.at.year // 100 * 100
            first -= 100 if first > self.at.year else 0
        return calendar.decade(first // 10 * 10)

    def away(self, sign: int, spoken: bool) -> Placed | None:
        """So many units before or after the day of writing, or after the time last spoken of."""
        count, unit = self.slots.get("n"), str(self.slots.get("unit"))
        if not isinstance(count, int | float) or count > 5000:
            return None
        if isinstance(self.slots.get("half"), float):
            count += 0.5
        if unit in MULTIPLES and unit not in UNPLACED:
            unit, times = MULTIPLES[unit]
            count *= times
        if unit in SECONDS:
            return self._clock_away(sign * count * SECONDS[unit], unit) if spoken else None
        if unit == "Y" and count == 1 and sign < 0 and self.around.quarter is not None and self.around.compared:
            return self._quarter(-1)  # "profit rose from a year ago", of a quarter
        if spoken and unit in ("M", "Q") and self.around.coarse is not None and self.around.only_year:
            return None  # "in 2010 ... six months later"
        if "weekday" in self.slots or "thatday" in self.slots or "tolder" in self.slots:
            return self._anniversary(sign * int(count), unit)
        at = self._told(unit) if spoken and unit in LONG else self._spoken() if spoken else self.around.today
        if spoken and not self.known and self.around.coarse is None and self.around.spoken is None:
            at = None
        if at is None and unit in ("M", "Q", "Y", "DE", "CE") and self.known:
            at = self.at
        if at is None:
            return Placed(UNPLACED[unit])
        if unit in ("DE", "CE") and count != int(count):
            count, unit = count * MULTIPLES[unit][1], "Y"
        if count != int(count):
            count, unit = count * {"Y": 12, "W": 7}.get(unit, 1), "D" if unit in "DW" else "M"
        return calendar.shifted(at, unit, sign * int(count))

    def _anniversary(self, count: int, unit: str) -> Placed | None:
        """The day, week or month so far from one told from today: "a year ago today", "ten years ago this month"."""
        today, months = self.around.today, MONTHS.get(unit)
        if today is None or (months is None and unit != "W"):
            return None
        at = calendar.moved(today, 7 * count)
        if months is not None:
            y, m = calendar.months_later(today.year, today.month, months * count)
            at = calendar.valid(y, m, min(today.day, 28)) or today
            at = calendar.valid(y, m, today.day) or at
        if "tolder" in self.slots:
            return calendar.shifted(at, str(self.slots["tolder"]), 0)
        which = number(self.slots, "weekday")
        if which is not None:
            near = at if months is None else today
            at = calendar.moved(at, (weekday(which, near, Tense(1, 1), None) - near).days)
        return calendar.day(at)

    def _clock_away(self, seconds: int | float, unit: str) -> Placed | None:
        clock = self.around.spoken_clock
        if clock is None:
            return None
        at = clock + dt.timedelta(seconds=seconds)
        return calendar.instant(at.date(), at.hour, at.minute, at.second if unit == "S" else None)
