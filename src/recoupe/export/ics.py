"""The declared windows of truces as a calendar (RFC 5545). A window whose zone no text gives floats; the words of the
zone, where one is told, stand in the description."""

from collections.abc import Iterator
from datetime import UTC, datetime

from icalendar import Calendar, Event

from ..model.harmless import plain
from ..model.relations import Truce
from .content import Content


def export(content: Content) -> Iterator[bytes]:
    """One calendar."""
    calendar = Calendar()
    calendar.add("prodid", "-//Recoupe//FR")
    calendar.add("version", "2.0")
    for truce in content.relations.truces:
        if truce.earliest:
            calendar.add_component(_window(content, truce))
    yield calendar.to_ical()


def _window(content: Content, truce: Truce) -> Event:
    found = Event()
    found.add("uid", f"{truce.id}@recoupe")
    found.add("dtstamp", _read(content, truce))
    found.add("dtstart", datetime.fromisoformat(truce.earliest or ""))
    if truce.latest and truce.latest > (truce.earliest or ""):
        found.add("dtend", datetime.fromisoformat(truce.latest))
    stage = content.pack.phrase(f"brief.truce.stage.{truce.stage}")
    by = ", ".join(content.label(who) for who in truce.by)
    told = f"{content.pack.phrase('brief.event.ceasefire')} : {stage}"
    found.add("summary", plain(f"{told} ({by})" if by else told))
    scope = [f"[{doc}] {content.raw(doc, (start, end))}" for doc, start, end in truce.scope]
    times = [f"[{doc}] {record.text}" for doc, name in truce.window if (record := content.records.get((doc, name)))]
    lines = [*([truce.zone] if truce.zone else []), *times, *scope]
    found.add("description", "\n".join(dict.fromkeys(map(plain, lines))))
    # "tentative": a window is what someone declared, not what was kept.
    found.add("status", "TENTATIVE")
    found.add("x-recoupe-records", plain(" ".join(f"{doc}#{record}" for doc, record in truce.mentions)))
    return found


def _read(content: Content, truce: Truce) -> datetime:
    """When the last of its articles was read: the same store gives the same file."""
    moments = [content.by_id[doc].article.read for doc, _ in truce.mentions]
    last = max((moment for moment in moments if moment), default="1970-01-01T00:00:00+00:00")
    return datetime.fromisoformat(last).astimezone(UTC).replace(microsecond=0)
