"""The publication date: given, or found in the page's metadata or in a stamp of the text, or unknown. Never today's."""

import datetime
import functools
import re
from collections.abc import Iterator

import msgspec

from ..lang import LanguagePack

DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:?\d{2}.*)?$", re.DOTALL)
MONTH = re.compile(r"^(\d{4})-(\d{2})$")
ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
# A page or a text that claims to be older is wrong about itself: no news is on the web from before.
EARLIEST_YEAR = 1900
# Stamps stand near the top or the bottom of a page, in short lines.
TOP, BOTTOM, STAMP_LENGTH = 20, 6, 160
# What a line of nothing but a date may hold besides it: a weekday, an hour, a zone.
ALONE_REST = 28
DATELINE = 80


class Stamps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """stamps.toml: the words of date stamps.

    `months` maps words and abbreviations to 1–12; `first` are words before a date of publication, `updated` before
    one of a change; `bare` before a year and month in front of a scraped text; `numeric` the order of day, month and
    year in figures ("dmy", "mdy"); `ordinals` what hangs on a day's number; `beside` what may stand beside a date
    that has a line of its own (weekdays, "at", zones).
    """

    months: dict[str, int]
    first: list[str]
    updated: list[str]
    bare: list[str]
    numeric: str
    ordinals: list[str]
    beside: list[str]


def given_date(value: str) -> str | None:
    """A given day or month in the form the article keeps it ("2023-01-06", "2023-01"); None where it is no date."""
    value = value.strip()
    if match := MONTH.match(value):
        return value if int(match[1]) >= 1 and 1 <= int(match[2]) <= 12 else None
    match = DAY.match(value)
    return _day(int(match[1]), int(match[2]), int(match[3])) if match else None


def page_date(value: str | None, now: str) -> str | None:
    """The day that a page's metadata gives; None where it is none, or lies after `now`."""
    match = ISO.search(value or "")
    found = _day(int(match[1]), int(match[2]), int(match[3])) if match else None
    return found if found and _plausible(found, now) else None


def stamped_date(text: str, packs: list[LanguagePack], now: str) -> str | None:
    """The day, else the month, that a stamp in the text gives, in the words of the first pack that finds one."""
    lines = [line for line in (part.strip() for part in text.split("\n")) if line]
    near = [line for line in (*lines[:TOP], *lines[max(TOP, len(lines) - BOTTOM) :]) if len(line) <= STAMP_LENGTH]
    searches = [_Search(pack.words(Stamps, "stamps"), pack) for pack in packs]
    for find in (_Search.cued, _Search.changed, _Search.alone):
        for search in searches:
            for line in near:
                if (found := find(search, line)) and _plausible(found, now):
                    return found
    for search in searches:
        month = search.month(text)
        for line in lines[:3]:
            if (found := search.dateline(line, month)) and _plausible(found, now):
                return found
        if month and _plausible(month, now):
            return month
    return None


class _Search:
    """The date forms of one language."""

    def __init__(self, stamps: Stamps, pack: LanguagePack) -> None:
        self.stamps, self.pack = stamps, pack
        self.worded, self.first, self.updated, self.bare, self.beside = _patterns(pack)

    def cued(self, line: str) -> str | None:
        return self._after(self.first, line)

    def changed(self, line: str) -> str | None:
        return self._after(self.updated, line)

    def alone(self, line: str) -> str | None:
        """A line that is a date and little else."""
        if len(line) > DATELINE:
            return None
        for start, end, day in self._days(line):
            rest = self.beside.sub("", line[:start] + " " + line[end:])
            if day and not any(character.isalpha() for character in rest) and len(rest) <= ALONE_REST:
                return day
        return None

    def dateline(self, line: str, month: str | None) -> str | None:
        """A place and a date in front of the first sentence, closed by an agency in brackets or a dash.

        Without a year it counts only where a stamp gives the same month.
        """
        head = re.match(r"^[^.!?;:]{0,60}?[\s,(]([^()\n]{4,24}?)\)?\s*(?:\([^()]{2,40}\)|[-–—]\s)", line[:DATELINE])
        if not head:
            return None
        for _, _, day in self._days(head[0]):
            return day
        short = re.search(rf"(?<!\d)(\d{{1,2}})\s+({self._months()})\b", head[0], re.IGNORECASE)
        if short and month and int(month[5:7]) == self.stamps.months[short[2].lower().rstrip(".")]:
            return _day(int(month[:4]), int(month[5:7]), int(short[1]))
        return None

    def month(self, text: str) -> str | None:
        """The month stamp that some collections put in front of a text."""
        match = self.bare.match(text[:DATELINE])
        return given_date(match[1]) if match else None

    def _months(self) -> str:
        return _either(self.stamps.months)

    def _after(self, cue: re.Pattern[str], line: str) -> str | None:
        match = cue.search(self.pack.normal(line))
        if not match:
            return None
        return next(
            (day for start, _, day in self._days(line) if day and match.end() <= start <= match.end() + 40), None
        )

    def _days(self, line: str) -> Iterator[tuple[int, int, str | None]]:
        """Every date with a year in a line: where it stands and its day (None where there is no such day)."""
        for match in ISO.finditer(line):
            yield match.start(), match.end(), _day(int(match[1]), int(match[2]), int(match[3]))
        for match in self.worded.finditer(line):
            groups = match.groupdict()
            word = (groups["m1"] or groups["m2"]).lower().rstrip(".")
            year, day = groups["y1"] or groups["y2"], groups["d1"] or groups["d2"]
            yield match.start(), match.end(), _day(int(year), self.stamps.months[word], int(day))
        for match in NUMERIC.finditer(line):
            yield match.start(), match.end(), self._numeric(int(match[1]), int(match[3]), match[4])

    def _numeric(self, one: int, two: int, year: str) -> str | None:
        """A date in figures in the language's order, unless its numbers only fit the other."""
        day, month = (one, two) if self.stamps.numeric == "dmy" else (two, one)
        if month > 12:
            day, month = month, day
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)


@functools.cache
def _patterns(pack: LanguagePack) -> tuple[re.Pattern[str], ...]:
    stamps = pack.words(Stamps, "stamps")
    months, ordinals = _either(stamps.months), _either(stamps.ordinals)
    worded = (
        rf"(?<!\d)(?P<d1>\d{{1,2}})(?:{ordinals})?[ .\-\u00a0]{{1,2}}(?P<m1>{months})"
        r"\.?[ ,\-\u00a0]{1,2}(?P<y1>\d{4})(?!\d)"
        rf"|\b(?P<m2>{months})\.?[ \u00a0](?P<d2>\d{{1,2}})(?:{ordinals})?,?[ \u00a0](?P<y2>\d{{4}})(?!\d)"
    )
    return (
        re.compile(worded, re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{_either(stamps.first)})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{_either(stamps.updated)})(?!\w)", re.IGNORECASE),
        re.compile(rf"\s*(?:{_either(stamps.bare)})\s+(\d{{4}}-\d{{2}})(?![\d-])", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:\d+)?(?:{_either(stamps.beside)})(?:\d+)?(?!\w)", re.IGNORECASE),
    )


def _either(words: dict[str, int] | list[str]) -> str:
    """The words as an alternation, the longer first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _plausible(day: str, now: str) -> bool:
    """Not before the web's oldest news, and not more than a day (the zones' width) after the reading."""
    latest = (datetime.date.fromisoformat(now[:10]) + datetime.timedelta(days=1)).isoformat()
    return int(day[:4]) >= EARLIEST_YEAR and day[:7] <= latest[:7] and day <= latest
