"""Happenings as an event table in ACLED's form: codes, actors, place and time with their precision, who reports it.

One row a happening that is told as having happened. ACLED counts one number of dead; here the lowest and the highest
that anyone gives stand side by side, and `fatalities` is filled only where all who give one agree.
"""

import csv
import functools
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import tomli

from ..model.codes import event_codes
from ..model.records import Event
from ..model.relations import Happening
from .content import Content
from .csv import MARK, cell

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "actor2", "country", "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "fatalities_low", "fatalities_high", "texts_status", "date_from", "date_to", "records",
)  # fmt: skip
# What ACLED calls a day known, a week, a month; and a town, a part of a region, a region or more.
DAY, WEEK, MONTH = 1, 2, 3
TIMES = ((timedelta(days=1), DAY), (timedelta(days=7), WEEK))
PLACES = {"town": 1, "region": 2, "country": 3}
TOLD = frozenset({"actual", "claimed", "denied"})


def export(content: Content) -> Iterator[bytes]:
    """One table (CSV)."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in content.relations.happenings:
        row = _row(content, one)
        if row is not None:
            writer.writerow([cell(row.get(column)) for column in COLUMNS])  # type: ignore[arg-type]
    yield (MARK + written.getvalue()).encode()


def _row(content: Content, one: Happening) -> dict[str, object] | None:
    events = [event for ref in one.mentions if (event := content.event(ref)) and event.status in TOLD]
    code = event_codes(events[0]).acled if events else ""
    if not code:
        return None
    place, docs = content.place(one.place), list(dict.fromkeys(doc for doc, _ in one.mentions))
    group = kinds().get(code, {})
    return {
        "event_id_cnty": one.id, **_time(one), "sub_event_type": code, "event_type": group.get("event", ""),
        "disorder_type": group.get("disorder", ""), "actor1": content.label(one.actor),
        "actor2": content.label(one.target), "country": place.country if place else "",
        "location": content.label(one.place) if place else "", "latitude": place.lat if place else None,
        "longitude": place.lon if place else None, "geo_precision": PLACES[place.precision] if place else None,
        "source": "; ".join(dict.fromkeys(content.by_id[doc].article.outlet or doc for doc in docs)),
        "notes": _notes(content, one), **_fatalities(content, one), "texts_status": _status(events),
        "records": " ".join(f"{doc}#{record}" for doc, record in one.mentions),
    }  # fmt: skip


def _time(one: Happening) -> dict[str, object]:
    """The day from which it is known to lie, and how precisely; nothing where no text says."""
    if not one.earliest:
        return {}
    start = datetime.fromisoformat(one.earliest)
    end = datetime.fromisoformat(one.latest) if one.latest else start
    precision = next((code for length, code in TIMES if end - start <= length), MONTH)
    return {
        "event_date": start.date().isoformat(), "year": start.year, "time_precision": precision,
        "date_from": one.earliest, "date_to": one.latest,
    }  # fmt: skip


def _fatalities(content: Content, one: Happening) -> dict[str, object]:
    """The dead that the texts give at it: the lowest and the highest, and one number where all agree on it."""
    told = {(f.low, f.high) for _, f in content.figures_at(one) if f.measure == "killed" and not f.of and not f.per}
    lows = [low for low, _ in told if low is not None]
    highs = [high for _, high in told if high is not None]
    only = next(iter(told)) if len(told) == 1 else (None, None)
    return {
        "fatalities": only[0] if only[0] == only[1] else None, "fatalities_low": min(lows, default=None),
        "fatalities_high": None if len(highs) < len(told) else max(highs, default=None),
    }  # fmt: skip


def _notes(content: Content, one: Happening) -> str:
    """The sentence-wide words around its first mention."""
    doc, record = one.mentions[0]
    event, text = content.records[doc, record], content.by_id[doc].article.text
    start = text.rfind("\n", 0, event.start) + 1
    end = text.find("\n", event.end)
    return " ".join(text[start : end if end >= 0 else len(text)].split())


def _status(events: list[Event]) -> str:
    return "; ".join(sorted({event.status for event in events}))


@functools.cache
def kinds() -> dict[str, dict[str, str]]:
    """ACLED's event type and disorder type of each sub-event type."""
    read: dict[str, dict[str, str]] = tomli.loads(Path(__file__).with_name("acled.toml").read_text(encoding="utf-8"))
    return read
