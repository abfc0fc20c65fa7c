"""From what a pattern caught to a place on the calendar."""

import datetime as dt

from . import calendar
from .calendar import Day, Placed
from .choose import AHEAD, LONG, UNPLACED, WEAK_LONG, Tense, full_year, nearest, number, weekday
from .lexer import Value
from .periods import Periods

NOON = 12
WINTER_ENDS = (3, 21)  # month and day
# The slots that name a day, a month or a year.
DATED = ("day", "weekday", "deictic", "anaphor", "fixed", "month", "year", "feast")


class Resolver(Periods):
    """Places the slots of one expression in its surroundings. Every method gives None where that is not to be done."""

    def when(self) -> Placed | None:
        """A date or a time."""
        slots = self.slots
        base = self._base()
        if base is None:
            return None
        if "weekof" in slots:
            return calendar.week(base.start.date()) if base.start else Placed(UNPLACED["W"])
        clock, part = self._clock(), slots.get("part")
        if clock is None and "hour" in slots:
            return None
        if clock is None and part is None:
            return base
        suffix = self._suffix(clock) if clock is not None else f"T{part}"
        if base.start is None or base.grain != "day":
            return Placed(f"{base.value}{suffix}" if len(base.value) >= 10 else f"{UNPLACED['D']}{suffix}")
        at = base.start.date()
        if clock is not None:
            if self.around.night and clock[0] < NOON and self._undated() and "noon" not in slots:
                at = calendar.moved(at, 1)  # "in the night from Monday to Tuesday, at 3:40"
            return calendar.instant(at, *clock)
        if part == "NI" and self._just_over():
            at = calendar.moved(at, -1)
        return calendar.part(at, str(part))

    def _just_over(self) -> bool:
        """Whether a night is the one before the day of writing: it is spoken of as past and no other day is named."""
        told = number(self.slots, "deictic") == 0 and "thatnight" not in self.slots
        bare = self._undated() and self.around.spoken in (None, self.around.written.day)
        return (told or bare) and self.around.tense == "past"

    def agrees(self) -> bool:
        """Whether the weekday and the day of the month that are said fall together within a month of writing."""
        placed, today = self._bare_day(), self.around.today
        if placed is None or placed.start is None or today is None:
            return True
        at = placed.start.date()
        return at.isoweekday() == number(self.slots, "weekday") and abs((at - today).days) < 32

    def clock(self) -> str:
        """The clock time alone, as the end of a value; empty where none is said."""
        clock = self._clock()
        return self._suffix(clock) if clock is not None else ""

    def _suffix(self, clock: tuple[int, int | None, int | None]) -> str:
        return f"T{clock[0]:02d}:{clock[1] or 0:02d}" + (f":{clock[2]:02d}" if clock[2] is not None else "")

    def _clock(self) -> tuple[int, int | None, int | None] | None:
        """Hour, minute and second; noon and midnight, and halves of the day, taken into account."""
        slots = self.slots
        hour, minute, second = number(slots, "hour"), number(slots, "minute"), number(slots, "second")
        noon = number(slots, "noon")
        hhmm = number(slots, "hhmm")
        if hhmm is not None:
            return hhmm // 100, hhmm % 100, None
        if noon is not None:
            follows = self.around.ends or (self.around.evening and self._undated())
            late = follows or self.around.tense in ("future", "present")
            hour, minute = (24 if late else 0) if noon == 24 else noon, minute or 0
        if hour is None or hour > 24 or (minute or 0) > 59 or (hour == 24 and (minute or second)):
            return None
        fraction = slots.get("fraction")
        if isinstance(fraction, int):  # minutes past the hour; negative before it
            hour, minute = (hour, fraction) if fraction >= 0 else ((hour - 1) % 24, 60 + fraction)
        less = number(slots, "less")
        if less is not None and 0 < less < 60:  # "sept heures moins dix"
            hour, minute = (hour - 1) % 24, 60 - less
        if noon is not None:
            return hour, minute, None
        half = slots.get("ampm") or {"AF": "pm", "EV": "pm", "MO": "am", "NI": "pm" if (hour or 0) > 5 else "am"}.get(
            str(slots.get("part")), ""
        )
        if half == "pm" and hour < 12:
            hour += 12
        elif half == "am" and hour == 12:
            hour = 0
        return hour, minute, second

    def _base(self) -> Placed | None:
        """The date under a part of the day or an hour."""
        slots = self.slots
        if "back" in slots:  # "the third last week": from the end
            slots = self.slots = {**slots, "order": 1 - (number(slots, "back") or 1)}
        if "order" in slots:
            return self._ordered()
        if "byname" in slots:
            slots = self.slots = {
                **slots,
                "fixed": int(slots["byname"]) % 10_000,
                "year": int(slots["byname"]) // 10_000,
            }
        if "fixed" in slots:
            slots = self.slots = {**slots, "month": int(slots["fixed"]) // 100, "day": int(slots["fixed"]) % 100}
        if "feast" in slots:
            return self._feast(slots["feast"])
        if "month" in slots:
            if "lastmonth" in slots:
                return self._quarter_of(self._month())
            return self._day_of_month() if "day" in slots else self._month()
        if "day" in slots:
            return self._bare_day()
        if "weekday" in slots:
            return self._weekday()
        for key, days in (("deictic", self.around.today), ("anaphor", self._spoken())):
            if key in slots:
                offset = number(slots, key) or 0
                if key == "anaphor" and self.around.of_what:
                    if self.around.spoken is None:
                        return None  # "the day after the vote", whenever that was
                    if self.around.beside:
                        offset = 0  # "on Monday, the day after the vote" is that Monday
                return calendar.day(calendar.moved(days, offset)) if days else Placed(UNPLACED["D"])
        return self._coarse()

    def _coarse(self) -> Placed | None:
        slots = self.slots
        if "sameperiod" in slots and self.known:
            return calendar.month(self.at.year + (number(slots, "shift") or 0), self.at.month)
        if "season" in slots:
            return self._season(str(slots["season"]))
        if "century" in slots:
            return calendar.century(max(number(slots, "century") or 0, 1))
        if "decade" in slots:
            return self._decade(number(slots, "decade") or 0)
        year = self._year_hint()
        if year is not None:
            return self._part_of_year(year) or calendar.year(year)
        unit = slots.get("unit")
        if isinstance(unit, str):
            return self._unit(unit)
        spoken = self._spoken()
        return calendar.day(spoken) if spoken else Placed(UNPLACED["D"])

    def _part_of_year(self, year: int) -> Placed | None:
        """ "The first six months of 2012" is its first half."""
        total = (number(self.slots, "n") or 0) * {"M": 1, "Q": 3}.get(str(self.slots.get("unit")), 0)
        if total not in (3, 6) or self.slots.get("edge") not in ("START", "END"):
            return None
        order = 1 if self.slots["edge"] == "START" else 12 // total
        return self._nth_months(dt.date(year, 1, 1), dt.date(year + 1, 1, 1), order, "Q" if total == 3 else "H6")

    def _unit(self, unit: str) -> Placed | None:
        shift = number(self.slots, "shift") or number(self.slots, "latest") or 0
        if unit not in UNPLACED or (unit == "D" and "shift" in self.slots):
            return None  # "the last day" of something is not yesterday
        if not self.known or (unit in ("D", "W", "WE") and self.around.today is None):
            return Placed(UNPLACED[unit])
        if unit == "Q" and "shift" not in self.slots and "thatunit" not in self.slots and "aside" not in self.slots:
            return self._quarter(0)
        if "bare" in self.slots and (placed := self._spoken_unit(unit)) is not None:
            return placed
        if "aside" in self.slots:  # "the following year" is told from the one last spoken of
            return calendar.shifted(self._told(unit), unit, number(self.slots, "aside") or 0)
        if self.around.ended is not None and unit in ("W", "M"):
            return calendar.shifted(self.around.ended, unit, 0)
        if "thatunit" in self.slots:
            return calendar.shifted(self._told(unit), unit, shift)
        if unit == "WE" and shift == 0 and self.around.tense == "past" and self.at.isoweekday() <= 3:
            shift = -1  # "ce week-end" early in the week is the one just over
        if unit == "W" and "shift" not in self.slots and self.around.tense == "past" and self.at.isoweekday() == 1:
            shift = -1  # "for the week, shares fell", on a Monday
        return calendar.shifted(self.at, unit, shift)

    def _weekday(self) -> Placed:
        which = number(self.slots, "weekday") or 1
        today = self.around.today
        if today is None:
            return Placed(f"XXXX-WXX-{which}")
        shift = number(self.slots, "shift")
        if "countweeks" in self.slots:  # "three Fridays from now"
            sign, count = number(self.slots, "sign") or 1, number(self.slots, "countweeks") or 1
            first = weekday(which, today, Tense(1, 1), 1 if sign > 0 else -1)
            return calendar.day(calendar.moved(first, sign * 7 * (min(count, 5000) - 1)))
        if "inweeks" in self.slots:
            coming = weekday(which, today, Tense(9, 1), None)
            return calendar.day(calendar.moved(coming, number(self.slots, "inweeks") or 0))
        if "unit" in self.slots:  # "monday of next week"
            week = calendar.shifted(today, "W", shift or 0)
            assert week.start is not None
            return calendar.day(calendar.moved(week.start.date(), which - 1))
        recent = self.around.after is not None and (today - self.around.after).days < 7
        if self.around.after is not None and recent and shift is None:
            ahead = (which - self.around.after.isoweekday()) % 7
            return calendar.day(calendar.moved(self.around.after, ahead))
        if "this" in self.slots and self.around.tense != "past":  # "starts this Sunday"
            return calendar.day(weekday(which, today, Tense.of("future"), shift))
        if "anaphor" in self.slots and self.around.spoken:
            return calendar.day(weekday(which, self.around.spoken, Tense.of("future"), number(self.slots, "anaphor")))
        if shift is None and "anaphor" in self.slots:  # "the previous Friday", of no day spoken of
            shift = number(self.slots, "anaphor")
        return calendar.day(weekday(which, today, Tense.of(self.around.tense, self.around.weak), shift))

    def _year_hint(self) -> int | None:
        year = full_year(self.slots, self.at)
        if year is not None:
            return year
        shift = number(self.slots, "yearshift")
        if shift is not None and self.known:
            return self.at.year + shift
        return None

    def _sentence_year(self) -> int | None:
        """The year that the sentence names, unless the tense looks the other way."""
        year, away = self.around.year, {"future": 1, "past": -1}.get(self.around.tense, 0)
        if year is None or "shift" in self.slots or (year - self.at.year) * away < 0:
            return None
        return year

    def _day_of_month(self) -> Placed | None:
        month, day = number(self.slots, "month") or 0, number(self.slots, "day") or 0
        known = number(self.slots, "knownday") or 0
        year = known // 10_000 if known % 10_000 == month * 100 + day else self._year_hint()
        if year is not None:
            exact = calendar.valid(year, month, day)
            return calendar.day(exact) if exact else None
        if not (1 <= month <= 12 and calendar.valid(2000, month, day)):
            return None
        if self.around.returns or not self.known:
            return Placed(f"XXXX-{month:02d}-{day:02d}")
        if (year := self._sentence_year()) is not None and calendar.valid(year, month, day):
            return calendar.day(dt.date(year, month, day))
        options = [calendar.valid(self.at.year + k, month, day) for k in range(-1, 2)]
        days = [option for option in options if option is not None]
        named = [option for option in days if option.isoweekday() == number(self.slots, "weekday")]
        return self._shifted_nearest([calendar.day(option) for option in named or days])

    def _shifted_nearest(self, options: list[Placed]) -> Placed | None:
        shift = number(self.slots, "shift")
        at = self.at
        if shift == -1:
            options = [o for o in options if o.end and o.end.date() <= at] or options
        elif shift == 1:
            options = [o for o in options if o.start and o.start.date() > at] or options
        tense = Tense.of({-1: "past", 1: "future"}.get(shift or 0, self.around.tense), self.around.weak)
        if "day" not in self.slots:
            against = WEAK_LONG if self.around.weak else LONG
            tense = Tense(*(against if away > 1 else 1 for away in tense))
        if self.around.until is not None:
            earlier = [o for o in options if o.start and o.start.date() <= self.around.until]
            return max(earlier, default=None, key=lambda o: o.value) or nearest(options, at, tense)
        if self.around.after is not None:
            later = [o for o in options if o.start and o.start.date() >= self.around.after]
            return min(later, default=None, key=lambda o: o.value) or nearest(options, at, tense)
        unsaid = self.around.tense == "" or (self.around.tense == "present" and self.around.weak)
        if unsaid and shift is None and "day" in self.slots:
            tense = Tense(1, AHEAD)
        return nearest(options, at, tense)

    def _feast(self, which: Value) -> Placed | None:
        """A feast: month and day as one number, or "E" with the days from Easter."""
        if not isinstance(which, str):
            self.slots = {**self.slots, "month": int(which) // 100, "day": int(which) % 100}
            return self._day_of_month()
        year = self._year_hint()
        if year is None and not self.known:
            return Placed(UNPLACED["D"])
        years = [year] if year is not None else [self.at.year + k for k in range(-1, 2)]
        return self._shifted_nearest([calendar.day(calendar.moved(calendar.easter(y), int(which[1:]))) for y in years])

    def _bare_day(self) -> Placed | None:
        day = number(self.slots, "day") or 0
        today = self.around.today
        if "munit" in self.slots and self.known:
            y, m = calendar.months_later(self.at.year, self.at.month, number(self.slots, "shift") or 0)
            exact = calendar.valid(y, m, day)
            return calendar.day(exact) if exact else None
        if today is None:
            return Placed(f"XXXX-XX-{day:02d}") if 1 <= day <= 31 else None
        last = self.around.named
        if last is not None and "weekday" not in self.slots:  # "from 5 to 9 June, then on the 12th"
            exact = calendar.valid(*calendar.months_later(last.year, last.month, int(day <= last.day)), day)
            return calendar.day(exact) if exact else None
        months = [calendar.months_later(today.year, today.month, k) for k in range(-2, 3)]
        days = [found for y, m in months if (found := calendar.valid(y, m, day))]
        named = [found for found in days if found.isoweekday() == number(self.slots, "weekday")]
        return self._shifted_nearest([calendar.day(found) for found in named or days])

    def _quarter_of(self, placed: Placed | None) -> Placed | None:
        """The quarter told by its months: "the July-September quarter"."""
        if placed is None or placed.start is None:
            return placed
        return calendar.quarter(placed.start.year, (placed.start.month - 1) // 3 + 1)

    def _month(self) -> Placed | None:
        month = number(self.slots, "month") or 1
        year = self._year_hint()
        if year is not None:
            return calendar.month(year, month)
        if not self.known or self.around.returns:
            return Placed(f"XXXX-{month:02d}")
        if "this" in self.slots:
            return calendar.month(self.at.year, month)
        if "beyond" in self.slots and self.around.coarse is not None:  # "in 2009 ... the following January"
            return calendar.month(self._year_beyond(month, self.around.coarse), month)
        if (year := self._sentence_year()) is not None:
            return calendar.month(year, month)
        return self._shifted_nearest([calendar.month(self.at.year + k, month) for k in range(-1, 2)])

    def _year_beyond(self, month: int, at: Day) -> int:
        """The year of the next such month after a time, or of the last one before it; of a year, the one beside it."""
        ahead = (number(self.slots, "beyond") or 1) > 0
        years = int(self.around.only_year or month <= at.month) if ahead else -int(month >= at.month)
        return at.year + years

    def _season(self, which: str) -> Placed | None:
        year = self._year_hint()
        if year is not None:
            return calendar.season(year, which)
        if not self.known:
            return Placed(f"XXXX-{which}")
        if "this" in self.slots and "shift" not in self.slots:  # a winter goes on into the next year
            return calendar.season(self.at.year - (which == "WI" and (self.at.month, self.at.day) < WINTER_ENDS), which)
        if "that" in self.slots and self.around.coarse is not None:
            return calendar.season(self.around.coarse.year, which)
        if self.around.returns or ("always" in self.slots and self.around.tense == "present"):
            return Placed(f"XXXX-{which}")
        if "beyond" in self.slots and self.around.coarse is not None:
            first = calendar.SEASONS[which][0]
            return calendar.season(self._year_beyond(first, self.around.coarse), which)
        if self.around.year is not None and "shift" not in self.slots:
            return calendar.season(self.around.year, which)
        return self._shifted_nearest([calendar.season(self.at.year + k, which) for k in range(-1, 2)])

    def _container(self) -> Placed | None:
        """What an ordinal counts in: a month, a season, a year."""
        slots = self.slots
        if "month" in slots:
            return self._month()
        if "season" in slots:
            return self._season(str(slots["season"]))
        year = self._year_hint()
        if year is None and "inunit" in slots and self.known:
            return calendar.shifted(self.at, str(slots["inunit"]), number(slots, "shift") or 0)
        if year is None and self.around.year is not None:
            year = self.around.year
        return calendar.year(year if year is not None else self.at.year) if self.known or year is not None else None

    def _contained(self) -> bool:
        """Whether the text names what an ordinal counts in."""
        return self.around.year is not None or any(key in self.slots for key in ("year", "yy", "inunit", "yearshift"))

    def _ordered(self) -> Placed | None:
        """The nth weekday, day, week, weekend, quarter or half of a longer time; the 0th is the last."""
        order, unit = number(self.slots, "order") or 0, self.slots.get("unit")
        if unit in ("Q", "H6") and order > 0 and not self._contained():
            if self.around.returns:
                return Placed(f"{UNPLACED[str(unit)][:-1]}{order}")
            years = [self.at.year + k for k in (-1, 0, 1)] if self.known else []
            options = [self._nth_months(dt.date(y, 1, 1), dt.date(y + 1, 1, 1), order, str(unit)) for y in years]
            if options:
                # Results to come are of a quarter just over: the future weighs less here.
                ahead = "shift" not in self.slots and self.around.tense == "future"
                listed = [option for option in options if option is not None]
                return nearest(listed, self.at, Tense(2, 1)) if ahead else self._shifted_nearest(listed)
        whole = self._container()
        if whole is None or whole.start is None or whole.end is None:
            most = {"Q": 4, "H6": 2}.get(str(unit), 0)
            digit = str(order) if 1 <= order <= most else "X"
            return whole or Placed(f"{UNPLACED[str(unit)][:-1]}{digit}" if most else "XXXX")
        first, after = whole.start.date(), whole.end.date()
        which = number(self.slots, "weekday")
        if which is None and unit in ("Q", "H6", "M", "Y"):
            return self._nth_months(first, after, order, str(unit))
        start = which or {"D": 0, "W": 1, "WE": 6}.get(str(unit), 0)
        step = 1 if start == 0 else 7
        if order > 0:
            at = calendar.moved(first, (start - first.isoweekday()) % 7 if start else 0)
            at = calendar.moved(at, step * (order - 1))
        else:
            at = calendar.moved(after, -1)
            whole_weeks = 6 if unit == "W" else 0  # the last week of a month is the last one that ends in it
            at = calendar.moved(at, -((at.isoweekday() - start - whole_weeks) % 7) - whole_weeks if start else 0)
            at = calendar.moved(at, step * order)
        if not first <= at < after:
            return None
        return calendar.week(at) if unit == "W" else calendar.weekend(at) if unit == "WE" else calendar.day(at)

    def _nth_months(self, first: Day, after: Day, order: int, unit: str) -> Placed | None:
        size = {"M": 1, "Q": 3, "H6": 6, "Y": 12}[unit]
        total = (after.year - first.year) * 12 + after.month - first.month
        which = order if order > 0 else total // size + order
        if not 1 <= which <= total // size:
            return None
        y, m = calendar.months_later(first.year, first.month, size * (which - 1))
        return calendar.shifted(dt.date(y, m, 1), unit, 0)
