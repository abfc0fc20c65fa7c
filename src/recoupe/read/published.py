"""The publication date: given, or found in the page's metadata or in a stamp of the text, or unknown. Never today's."""

import datetime
import email.utils
import re
from collections.abc import Sequence

from ..lang import LanguagePack
from ..lang.stamps import DateForms, date_forms

DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:?\d{2}\S*(?: ?\S{1,6})?)?$")
MONTH = re.compile(r"^(\d{4})-(\d{2})$")
PAGE = re.compile(r"(?<!\d)(\d{4})([-/]?)(\d{2})\2(\d{2})(?=\D|$|\d{6}(?:\D|$))")
# A page or a text that claims to be older is wrong about itself: no news is on the web from before.
EARLIEST_YEAR = 1900
# Stamps stand near the top or the bottom of a page, in short lines.
TOP, BOTTOM, STAMP_LENGTH = 20, 6, 160


def given_date(value: str) -> str | None:
    """A given day or month in the form the article keeps it ("2023-01-06", "2023-01"); None where it is no date.

    A day may be followed by an hour, which is left out.
    """
    value = value.strip()
    if match := MONTH.match(value):
        return value if _day(int(match[1]), int(match[2]), 1) else None
    match = DAY.match(value)
    return _day(int(match[1]), int(match[2]), int(match[3])) if match else None


def page_date(value: str | None, now: str) -> str | None:
    """The day that a page's metadata gives; None where it is none, or lies after `now`."""
    match = PAGE.search(value or "")
    found = _day(int(match[1]), int(match[3]), int(match[4])) if match else None
    if not found and value:
        found = _mail_date(value[:80])
    return found if found and _plausible(found, now) else None


def stamped_date(text: str, packs: Sequence[LanguagePack], now: str) -> str | None:
    """The day, else the month, that a stamp in the text gives, in the words of the first pack that finds one."""
    lines = [line for line in (part.strip() for part in text.split("\n")) if line]
    near = [line for line in (*lines[:TOP], *lines[max(TOP, len(lines) - BOTTOM) :]) if len(line) <= STAMP_LENGTH]
    forms = [date_forms(pack) for pack in packs]
    for find in (DateForms.published, DateForms.changed, DateForms.alone):
        for form in forms:
            for line in near:
                if (found := find(form, line)) and _plausible(found, now):
                    return found
    for form in forms:
        bare = form.bare(text)
        if bare and bare[3] and (found := given_date(f"{bare[1]}-{bare[2]}{bare[3]}")) and _plausible(found, now):
            return found
        month = f"{bare[1]}-{bare[2]}" if bare else None
        for line in lines[:3]:
            if (found := form.dateline(line, month)) and _plausible(found, now):
                return found
        if month and _plausible(month, now):
            return month
    return None


def _mail_date(value: str) -> str | None:
    """ "Fri, 06 Jan 2023 12:04:00 GMT"."""
    try:
        parsed = email.utils.parsedate(value)
    except (ValueError, IndexError, TypeError):
        return None
    return _day(*parsed[:3]) if parsed else None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _plausible(day: str, now: str) -> bool:
    """Not before the web's oldest news, and not more than a day (the zones' width) after the reading."""
    latest = (datetime.date.fromisoformat(now[:10]) + datetime.timedelta(days=1)).isoformat()
    return int(day[:4]) >= EARLIEST_YEAR and day <= latest[: len(day)]
