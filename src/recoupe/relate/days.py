"""Dates of publication as numbers of days."""

from datetime import date

# The day of what has none: before all others.
NO_DAY = -1
# Days that a month is taken to have at most.
MONTH = 31


def span_of(published: str | None) -> tuple[int, int] | None:
    """The first and last day that a publication date may mean, as numbers: one day, or those of a month."""
    first = ordinal(published if published is None or len(published) == 10 else f"{published}-01")
    if first is None or published is None or len(published) == 10:
        return None if first is None else (first, first)
    return first, first + MONTH - 1


def first_day(published: str | None) -> int | None:
    """The first day that a publication date may mean; None where it is none."""
    span = span_of(published)
    return span[0] if span else None


def ordinal(day: str | None) -> int | None:
    """A day's number; a month counts from its middle; None where it is no date."""
    try:
        return date.fromisoformat(day if len(day) == 10 else f"{day}-15").toordinal() if day else None
    except ValueError:
        return None
