"""Date stamps: "Publié le 6 janvier 2023 à 12h04", "Jan 6, 2023", "Kyiv, 6 janv. (AFP)", in a pack's words."""

import datetime
import functools
import re
from collections.abc import Iterator

import msgspec

from .pack import LanguagePack

ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
# A line that is a date is no longer, and holds little besides: a weekday, an hour, a zone.
ALONE_LENGTH, ALONE_REST = 80, 28
# A dateline stands within the first characters of a text; a date follows its cue within a few words.
DATELINE, CUE_REACH = 80, 40
HEAD = re.compile(r"^[^.!?;:]{0,60}?[\s,(][^()\n]{4,24}?\)?\s*(?:\([^()]{2,40}\)|[-–—]\s)")


class Stamps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """stamps.toml: the words of date stamps.

    `months` maps words and abbreviations to 1–12; `first` are words before a date of publication, `updated` before
    one of a change; `bare` before a year and month in front of a scraped text; `numeric` the order of day, month and
    year in figures ("dmy", "mdy", or "" where both are in use); `ordinals` what hangs on a day's number; `beside`
    what may stand beside a date that has a line of its own (weekdays, "at", zones).
    """

    months: dict[str, int]
    first: list[str]
    updated: list[str]
    bare: list[str]
    numeric: str
    ordinals: list[str]
    beside: list[str]


class DateForms:
    """The date forms of one language. Days come as "2023-01-06", months as "2023-01"."""

    def __init__(self, pack: LanguagePack) -> None:
        self.stamps, self.pack = pack.words(Stamps, "stamps"), pack
        months, ordinals = _either(self.stamps.months), _either(self.stamps.ordinals)
        self._worded = re.compile(
            rf"(?<!\d)(?P<d1>\d{{1,2}})(?:{ordinals})?[ .\-\u00a0]{{1,2}}(?P<m1>{months})"
            r"\.?[ ,\-\u00a0]{1,2}(?P<y1>\d{4})(?!\d)"
            rf"|(?<!\w)(?P<m2>{months})\.?[ \u00a0](?P<d2>\d{{1,2}})(?:{ordinals})?,?[ \u00a0](?P<y2>\d{{4}})(?!\d)",
            re.IGNORECASE,
        )
        self._short = re.compile(rf"(?<!\d)(\d{{1,2}})\s+({months})(?!\w)", re.IGNORECASE)
        self._first = re.compile(rf"(?<!\w)(?:{_either(self.stamps.first)})(?![^\W\d])", re.IGNORECASE)
        self._updated = re.compile(rf"(?<!\w)(?:{_either(self.stamps.updated)})(?![^\W\d])", re.IGNORECASE)
        self._bare = re.compile(
            rf"\s*(?:{_either(self.stamps.bare)})\s+(\d{{4}})-(\d{{2}})(-\d{{2}})?(?![\d-])", re.IGNORECASE
        )
        self._beside = re.compile(
            rf"(?<![^\W\d])(?:{_either([*self.stamps.beside, *self.stamps.first, *self.stamps.updated])})(?![^\W\d])",
            re.IGNORECASE,
        )

    def published(self, line: str) -> str | None:
        """The day after words of publication."""
        return self._after(self._first, line)

    def changed(self, line: str) -> str | None:
        """The day after words of a change."""
        return self._after(self._updated, line)

    def alone(self, line: str) -> str | None:
        """The day of a line that is a date and little else."""
        if len(line) > ALONE_LENGTH:
            return None
        for start, end, day in self.days(line):
            rest = self._beside.sub("", self.pack.normal(line[:start] + " " + line[end:]))
            if day and not any(character.isalpha() for character in rest) and len(rest) <= ALONE_REST:
                return day
        return None

    def dateline(self, line: str, month: str | None) -> str | None:
        """The day in a dateline: a place and a date, then an agency in brackets or a dash.

        Without a year it counts only where a stamp gives the same month.
        """
        head = HEAD.match(line[:DATELINE])
        if not head:
            return None
        for _, _, day in self.days(head[0]):
            return day
        short = self._short.search(head[0])
        if short and month and int(month[5:7]) == self.stamps.months[short[2].lower()]:
            return _day(int(month[:4]), int(month[5:7]), int(short[1]))
        return None

    def bare(self, text: str) -> re.Match[str] | None:
        """The stamp that some collections put in front of a text: year (group 1), month (2) and perhaps "-" and day."""
        match = self._bare.match(text[:DATELINE])
        return match if match and 1 <= int(match[2]) <= 12 and int(match[1]) else None

    def days(self, line: str) -> Iterator[tuple[int, int, str | None]]:
        """Every date with a year in a line: where it stands and its day (None where there is no such day)."""
        for match in ISO.finditer(line):
            yield match.start(), match.end(), _day(int(match[1]), int(match[2]), int(match[3]))
        for match in self._worded.finditer(line):
            groups = match.groupdict()
            month = self.stamps.months[(groups["m1"] or groups["m2"]).lower()]
            year, day = groups["y1"] or groups["y2"], groups["d1"] or groups["d2"]
            yield match.start(), match.end(), _day(int(year), month, int(day))
        for match in NUMERIC.finditer(line):
            yield match.start(), match.end(), self._numeric(int(match[1]), int(match[3]), match[4])

    def _after(self, cue: re.Pattern[str], line: str) -> str | None:
        match = cue.search(self.pack.normal(line))
        if not match:
            return None
        reach = match.end() + CUE_REACH
        return next((day for start, _, day in self.days(line) if day and match.end() <= start <= reach), None)

    def _numeric(self, one: int, two: int, year: str) -> str | None:
        """A date in figures in the language's order; where it has none (""), only if its numbers fit but one."""
        if not self.stamps.numeric and max(one, two) <= 12 and one != two:
            return None
        day, month = (two, one) if self.stamps.numeric == "mdy" else (one, two)
        if month > 12:
            day, month = month, day
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)


@functools.cache
def date_forms(pack: LanguagePack) -> DateForms:
    """The pack's date forms."""
    return DateForms(pack)


def _either(words: dict[str, int] | list[str]) -> str:
    """The words as an alternation, the longer first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
