"""Instants as people write them: on the command line, in an address of the desk."""

import re
from datetime import UTC, datetime, timedelta

AGO = re.compile(r"(\d{1,5})([mhdw])")
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# In the years at either end an instant of one zone may be none in another.
FIRST, LAST = 1, 9999


def moment(text: str, now: datetime, *, end: bool = False) -> str:
    """An instant as the store writes it (ISO 8601, UTC, microseconds).

    `text` is an ISO 8601 instant (by the clock of this machine where it names no zone), a day (its beginning, or with
    `end` its end), or how long before `now` (which has a zone): "90m", "24h", "7d", "2w". Raises ValueError for
    anything else.
    """
    asked = text.strip()
    ago = AGO.fullmatch(asked)
    if ago:
        found = now - int(ago[1]) * UNITS[ago[2]]
    else:
        # A plus in an address that was not written as %2B comes as a space.
        found = datetime.fromisoformat(re.sub(r"(?<=:\d\d) (?=\d\d:?\d\d$)", "+", asked))
        if DAY.fullmatch(asked) and end and found.year < LAST:
            found += timedelta(days=1)
    if not FIRST < found.year < LAST:
        raise ValueError(text)
    return written(found)


def written(found: datetime) -> str:
    """An instant as the store writes it; without a zone it is by the clock of this machine."""
    return found.astimezone(UTC).isoformat(timespec="microseconds")


def now() -> str:
    """This instant as the store writes it: so fine that the older of two is told."""
    return written(datetime.now(UTC))


def short(at: str) -> str:
    """An instant of the store as it stands in an address: to the second, the end of that second."""
    whole = datetime.fromisoformat(at).astimezone(UTC)
    if whole.microsecond:
        whole += timedelta(seconds=1)
    return whole.replace(microsecond=0, tzinfo=None).isoformat() + "Z"
