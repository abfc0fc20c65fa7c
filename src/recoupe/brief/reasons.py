"""Why numbers differ, in terms of these answers and from the records only: another count, place or day, one speaker
that gives several; and whether they can hold together."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from ..model.records import Figure
from ..model.relations import Ref
from .dates import published
from .index import Index
from .lines import source_label
from .wording import vague
from .words import words_of

# A reason names this many answers.
SHOWN = 4
# A day is written with so many characters; a month is no day.
DAY = 10


class Counted(msgspec.Struct, frozen=True):
    """One interval as it is shown, and for each answer that gives it its figure, claim and article."""

    value: str
    figure: Figure
    given: tuple[tuple[Ref | None, Ref | None, str], ...]


def reasons(index: Index, rows: Sequence[Counted]) -> str:
    """The plain sentences on why these numbers differ; empty where the records say nothing."""
    exact = [row for row in rows if not vague(row.figure)]
    asked = (_places, _days, _speakers, _holds)
    found = [_measures(index, rows), *(reason(index, exact) for reason in asked)]
    return " ".join(one[0].upper() + one[1:] for one in found if one)


def _figures(index: Index, row: Counted) -> list[tuple[str, Figure]]:
    return [(ref[0], figure) for ref, _, _ in row.given if ref and (figure := index.figure(ref)) is not None]


def _measures(index: Index, rows: Sequence[Counted]) -> str:
    """What counts something else than most answers do."""
    measured = [{figure.measure for _, figure in _figures(index, row)} for row in rows]
    usual = Counter(itertools.chain.from_iterable(measured)).most_common(1)
    if not usual:
        return ""
    others: dict[str, list[str]] = defaultdict(list)
    for row, measures in zip(rows, measured, strict=True):
        if measures and usual[0][0] not in measures:
            others[min(measures)].append(row.value)
    told = [
        index.reader.phrase("brief.why.measure", values=_listed(index, values), measure=_measure(index, measure))
        for measure, values in others.items()
    ]
    return " ".join(told)


def _measure(index: Index, measure: str) -> str:
    return index.reader.phrase(f"brief.measure.{measure}")


def _places(index: Index, rows: Sequence[Counted]) -> str:
    """Where answers are about one place each, and these differ; a town in its own country is no other place."""
    by_place: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        happenings = [index.happening_of.get((doc, figure.event or "")) for doc, figure in _figures(index, row)]
        places = {one.place for one in happenings if one is not None and one.place}
        if len(places) == 1:
            by_place[places.pop()].append(row.value)
    if len(by_place) < 2 or any(_within(index, a, b) for a, b in itertools.combinations(by_place, 2)):
        return ""
    told = [
        index.reader.phrase("brief.why.of", what=index.label(place), values=_listed(index, values))
        for place, values in by_place.items()
    ]
    return index.reader.phrase("brief.why.places", told=index.reader.phrase("brief.between").join(told))


def _within(index: Index, a: str, b: str) -> bool:
    """Whether one place may lie in the other, or where either lies is not known."""
    one, other = index.entities.get(a), index.entities.get(b)
    if one is None or other is None or one.place is None or other.place is None:
        return True
    wide = "town" not in (one.place.precision,) or "town" not in (other.place.precision,)
    return wide and (one.place.country == other.place.country or not (one.place.country and other.place.country))


def _days(index: Index, rows: Sequence[Counted]) -> str:
    """Until when each answer counts, or on which day its first article appeared, where these differ."""
    by_day: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        days = {figure.as_of or _appeared(index, doc) for doc, figure in _figures(index, row)}
        days |= {_appeared(index, doc) for ref, _, doc in row.given if ref is None}
        if days and all(len(one) >= DAY for one in days):
            by_day[min(days)].append(row.value)
    if len(by_day) < 2:
        return ""
    told = [
        index.reader.phrase("brief.why.of", what=published(day, index.reader), values=_listed(index, values))
        for day, values in sorted(by_day.items())
    ]
    return index.reader.phrase("brief.why.days", told=index.reader.phrase("brief.between").join(told))


def _appeared(index: Index, doc: str) -> str:
    return index.by_id[doc].article.published or ""


def _speakers(index: Index, rows: Sequence[Counted]) -> str:
    """Which speaker gives several answers; that each has its own, where all are named and none gives two."""
    given: dict[str, list[str]] = defaultdict(list)
    named = True
    for row in rows:
        labels = {_label(index, claim) for _, claim, _ in row.given}
        named = named and "" not in labels
        for label in labels - {""}:
            given[label].append(row.value)
    several = sorted(
        ((label, values) for label, values in given.items() if len(values) > 1), key=lambda one: -len(one[1])
    )
    if several:
        label, values = several[0]
        return index.reader.phrase("brief.why.several", who=label, values=_listed(index, values))
    return index.reader.phrase("brief.why.speakers") if named and len(given) > 1 else ""


def _label(index: Index, ref: Ref | None) -> str:
    claim = index.claim(ref)
    return source_label(index, ref[0], claim) if ref and claim else ""


def _holds(index: Index, rows: Sequence[Counted]) -> str:
    """Whether the exact answers of one measure can hold together, with an example where some can and some cannot."""
    can: list[tuple[str, str]] = []
    cannot: list[tuple[str, str]] = []
    pairs = sorted(itertools.combinations(rows, 2), key=lambda pair: -sum(len(row.given) for row in pair))
    for a, b in pairs:
        if a.figure.measure == b.figure.measure:
            (can if _meet(a.figure, b.figure) else cannot).append((a.value, b.value))
    if can and cannot:
        told = {"can": _listed(index, can[0]), "cannot": _listed(index, cannot[0])}
        return index.reader.phrase("brief.why.some", **told)
    return index.reader.phrase("brief.why.compatible" if can else "brief.why.opposed") if can or cannot else ""


def _meet(a: Figure, b: Figure) -> bool:
    """Whether two intervals share a number; an open end has no bound, and a strict one leaves its own number out."""
    low = max((one for one in (a.low, b.low) if one is not None), default=None)
    high = min((one for one in (a.high, b.high) if one is not None), default=None)
    if low is None or high is None or low < high:
        return True
    return low == high and not any(one.strict and low in (one.low, one.high) and one.low != one.high for one in (a, b))


def _listed(index: Index, values: Sequence[str]) -> str:
    if len(values) > SHOWN:
        return f"{', '.join(values[:SHOWN])} {words_of(index.reader).cut}"
    joint = index.reader.phrase("brief.and")
    return joint.join([", ".join(values[:-1]), values[-1]]) if len(values) > 1 else values[0]
