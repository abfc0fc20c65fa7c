"""One function per rule name of a pack's patterns: from what was caught to its meaning, or None for no time."""

from collections.abc import Callable

from .calendar import Placed
from .choose import Reading, Slots, joined, length, number
from .context import Around
from .resolve import Resolver

DATED = frozenset({"day", "weekday", "deictic", "anaphor", "month", "part"})
YEARS = (1900, 2100)  # digits that are rather a year than a count


def _mod(slots: Slots) -> str:
    return str(slots.get("edge") or slots.get("approx") or "")


def when(slots: Slots, around: Around) -> Reading | None:
    """A date, or a time of a day."""
    upto = ""
    if "weekday" in slots and "day" in slots and "month" not in slots and not Resolver(slots, around).agrees():
        slots, upto = {key: value for key, value in slots.items() if key != "day"}, "day"  # a count, not a date
        upto = "nth" if "nth" in slots else upto
    if "hours" in slots and around.of_what and not DATED & slots.keys() and "n" not in slots:
        return span({"n": slots.get("hour", 0), "unit": "H"}, around)  # "at two hours of walking"
    if "beside" in slots:
        if around.of_what:  # "the week before the vote"
            return Reading("DURATION", Placed(length(1, str(slots["unit"]))), upto="beside")
        slots = {**slots, "aside": slots["beside"]}
    upyear = number(slots, "upyear")
    if upyear is not None and ((number(slots, "year") or 0) + 1) % 100 != upyear:
        return None  # "2010-11" is a season, "2012-87" a code
    placed = Resolver(slots, around).when()
    if placed is None:
        return None
    count = number(slots, "n")
    if count and "unit" in slots and placed.grain in ("year", "month", "season") and "of" in slots:
        return Reading("DURATION", Placed(length(count, str(slots["unit"]))), upto="of")  # "the first two weeks of May"
    clock = "T" in placed.value and not placed.value.startswith("T")
    mod = "" if "n" in slots and placed.grain in ("quarter", "half") else _mod(slots)
    return Reading("TIME" if clock else "DATE", placed, mod, "", str(slots.get("zone", "")), upto)


def year_ago(slots: Slots, around: Around) -> Reading | None:
    """The time a year before that something is compared with ("the year-ago quarter")."""
    placed = Resolver(slots, around).year_ago()
    return Reading("DATE", placed) if placed else None


def period(slots: Slots, around: Around) -> Reading | None:
    """The quarter, half or year that a report of earnings is about ("the 1988 period", "the latest period")."""
    placed = Resolver(slots, around).period()
    return Reading("DATE", placed) if placed else None


def school(slots: Slots, around: Around) -> Reading | None:
    """A school year."""
    placed = Resolver(slots, around).school_year()
    return Reading("DATE", placed, _mod(slots)) if placed else None


def _filled(slots: Slots) -> Slots:
    """The slots with the number that "a day" stands for."""
    return {**slots, "n": 1, "unit": slots["single"]} if "single" in slots else slots


def span(slots: Slots, around: Around) -> Reading | None:
    """A duration."""
    slots = _filled(slots)
    vague = "vague" in slots or "some" in slots or ("sign" in slots and "n" not in slots)
    count = "X" if vague else slots.get("n", 1)
    if isinstance(count, int | float) and not 0 < count < 100_000:
        return None
    if isinstance(count, int) and YEARS[0] <= count < YEARS[1] and slots["unit"] != "Y":
        return None  # "the 2021 weekend"
    if isinstance(slots.get("half"), int | float) and isinstance(count, int | float):
        count = count + float(slots["half"])
    value = length(count, str(slots["unit"]))
    if "n2" in slots:
        value = joined(value, length(slots["n2"], str(slots["unit2"])))
    return Reading("DURATION", Placed(value), _mod(slots))


def every(slots: Slots, around: Around) -> Reading | None:
    """A repetition."""
    if "weekday" in slots:
        value = f"XXXX-WXX-{slots['weekday']}" + (
            f"T{slots['part']}" if "part" in slots else Resolver(slots, around).clock()
        )
    elif "part" in slots:
        value = "XXXX-XX-XX" + (Resolver(slots, around).clock() or f"T{slots['part']}")
    elif "season" in slots:
        value = f"XXXX-{slots['season']}"
    elif "month" in slots:
        value = f"XXXX-{number(slots, 'month') or 0:02d}"
    else:
        value = length("X" if "vague" in slots else slots.get("n", 1), str(slots["unit"]))
    return Reading("SET", Placed(value), _mod(slots), str(slots.get("quant", "EACH")))


def ref(slots: Slots, around: Around) -> Reading | None:
    """The present, the past or the future at large."""
    if slots["ref"] == "FUTURE_REF" and around.tense == "past" and not around.weak:
        return None  # "was soon over": not ahead of today
    return Reading("DATE", Placed(str(slots["ref"])))


def bare(slots: Slots, around: Around) -> Reading | None:
    """Four digits that may be a year: those of the time that news speaks of."""
    year = number(slots, "year") or 0
    first, ahead = (1000, 100) if "said" in slots else (1900, 30)  # "by 2100"
    last = around.written.day.year + ahead if around.written.grain else 2099
    return when(slots, around) if first <= year <= last else None


def since_then(slots: Slots, around: Around) -> Reading | None:
    """The day last spoken of ("since then")."""
    spoken = around.spoken
    return when({"anaphor": 0}, around) if spoken else Reading("DATE", Placed("PAST_REF"))


def ago(slots: Slots, around: Around) -> Reading | None:
    """So long before or after the day of writing (`sign` -1 or 1)."""
    if "single" in slots and around.of_what:
        return None  # "on a day of ..."
    slots = _filled(slots)
    sign = number(slots, "sign") or -1
    if (
        "n" not in slots
        or around.measured
        or (sign > 1 and around.tense not in ("future", ""))
        or (sign > 0 and "approx" in slots)
    ):
        return span(slots, around)  # "the first in three years", "in less than a week"
    placed = Resolver(slots, around).away(min(sign, 1), spoken=False)
    return Reading("DATE", placed, _mod(slots)) if placed else span(slots, around)


def later(slots: Slots, around: Around) -> Reading | None:
    """So long before or after the time last spoken of."""
    slots = _filled(slots)
    if "n" not in slots or around.of_what:  # "three weeks before the election"
        reading = span(slots, around)
        return reading._replace(upto="sign") if reading else None
    placed = Resolver(slots, around).away(number(slots, "sign") or 1, spoken=True)
    ahead = placed is not None and placed.start is not None and placed.start.date() > around.written.day
    if placed is None or (ahead and around.known and around.tense == "past"):  # counted from no time that is known
        reading = span(slots, around)
        return reading._replace(upto="sign") if reading else None
    return Reading("TIME" if "T" in placed.value else "DATE", placed, _mod(slots))


def within(slots: Slots, around: Around) -> Reading | None:
    """The unit that holds the day of writing ("for the week"), unless what follows says which one it is."""
    if slots.get("unit") == "Y" and "latest" not in slots:
        slots = {**slots, "bare": 1}
    return None if around.of_what or around.measured else when(slots, around)


def nth(slots: Slots, around: Around) -> Reading | None:
    """The nth day or month of something that is no calendar unit: so long into it."""
    count = number(slots, "order")
    if slots.get("unit") == "D" and around.is_today and around.today is not None:
        return when({"deictic": 0}, around)
    if "stretch" in slots:  # "la deuxième journée" is one day long
        return Reading("DURATION", Placed(length(1, str(slots["stretch"]))))
    return Reading("DURATION", Placed(length(count, str(slots["unit"])))) if count and count > 1 else None


def recent(slots: Slots, around: Around) -> Reading | None:
    """The last or next few units: a duration, with a number or vague ("ces derniers mois")."""
    return span(slots if "n" in slots else {**slots, "vague": 1}, around)


RULES: dict[str, Callable[[Slots, Around], Reading | None]] = {
    "when": when, "span": span, "every": every, "ref": ref, "since_then": since_then, "ago": ago, "later": later,
    "nth": nth, "lasting": span, "alone": when, "feast": when, "bareday": when, "bare": bare, "recent": recent,
    "nothing": lambda slots, around: None, "within": within, "year_ago": year_ago, "period": period, "school": school,
}  # fmt: skip
