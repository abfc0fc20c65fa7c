"""What a claim says was done: by which side, to what, where and when; and whether two claims tell of one deed."""

from collections.abc import Mapping
from dataclasses import dataclass

from ...model.records import Event, overlapping
from ...model.relations import Happening, Ref
from ..doers import doer, party
from ..happenings import days_meet
from ..reading import Reading
from ..statements import Said

# Kinds of event that one name or another is given ("frappé", "bombardements", "détruit").
FAMILY = dict.fromkeys(("strike", "ground", "invasion", "violation", "damage"), "attack") | {
    "casualties": "casualties", "loss": "loss",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One event that a claim tells of: who did it (`side`) to whose people or things (`party`). `about` are the stems
    and entities of what was hit and where, without countries."""

    family: str
    side: str | None
    party: str | None
    about: frozenset[str]
    towns: frozenset[str]
    happening: Happening


def deeds(item: Said, of: Mapping[Ref, Happening], denied: bool = False) -> list[Deed]:
    """The deeds that a claim's content tells of, in text order; with `denied` those that it says were not done."""
    spans = (item.claim.span, *item.claim.more)
    events = [event for span in spans for event in overlapping(item.reading.events, span)]
    told = [event for event in events if event.type in FAMILY and (event.status == "denied" or not denied)]
    return [deed(item.reading, event, of) for event in told]


def deed(reading: Reading, event: Event, of: Mapping[Ref, Happening]) -> Deed:
    """An event as a deed."""
    hit = [span for span in (event.target, event.place) if span is not None]
    countries = {stem for span in hit for word, _ in reading.countries(span) for stem in reading.terms(word)}
    named = {e for span in hit for e in reading.entities_in(span) if not _country(e, reading)}
    about = {stem for span in hit for stem in reading.terms(span)} - countries - {
        stem for span in hit for name in overlapping(reading.names, span)
        if _country(reading.meant(name), reading) for stem in reading.terms(name.span)
    }  # fmt: skip
    return Deed(
        family=FAMILY[event.type],
        side=doer(reading, event),
        party=party(reading, event.target) if event.target else None,
        about=frozenset(about | named),
        towns=frozenset(e for span in hit for e in reading.towns(span)),
        happening=of[reading.ref(event)],
    )


def _country(entity: str, reading: Reading) -> bool:
    place = reading.register.places.get(entity)
    return place is not None and place.precision == "country"


def one_deed(a: Deed, b: Deed, sides: bool = True) -> bool:
    """Whether two deeds are one by what the words hold: no town or day differs (and, with `sides`, no doer), and the
    happening is the same or something that was hit."""
    if a.family != b.family or (sides and a.side and b.side and a.side != b.side):
        return False
    if a.about & b.about:
        return not apart(a, b)
    return a.happening is b.happening and (not (a.about and b.about) or bool(a.towns & b.towns))


def apart(a: Deed, b: Deed) -> bool:
    """Whether two deeds were done in different towns or on different days."""
    if a.towns and b.towns and not a.towns & b.towns:
        return True
    first, second = a.happening, b.happening
    return not days_meet(
        (first.earliest, first.latest) if first.earliest and first.latest else None,
        (second.earliest, second.latest) if second.earliest and second.latest else None,
    )


def speaking(item: Said) -> str | None:
    """The side that speaks: of the entity, else the country whose people the words name ("des responsables russes")."""
    reading = item.reading
    if item.source:
        return reading.register.side(item.source)
    return party(reading, item.claim.source) if item.claim.source else None
