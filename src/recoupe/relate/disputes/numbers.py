"""Numbers that stand against each other: different intervals for one count, by different speakers."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...model.relations import Answer, Ref
from ..answers import by_figure, givers
from ..origins import joined
from ..questions import FAMILY, Count, meets

# An interval whose ends lie this far apart is vague ("des centaines": 200 to 999); "between 100 and 300" is a count.
VAGUE = 4
# Figures further apart than this count different things, as a total of a whole war and one strike's dead do.
APART = 30
# From one answer to the next the numbers of one count grow by no more than this many times (89 and 400 dead: 4.5).
STEP = 5
# What one paragraph sets side by side may lie further apart, though not as one town's dead from those of a whole war.
BESIDE = 10
Interval = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The answers to one count."""

    counts: tuple[Count, ...]
    answers: tuple[Answer, ...]
    compatible: bool
    why: str


def _interval(item: Count) -> Interval:
    return item.figure.low, item.figure.high


def _vague(item: Count) -> bool:
    low, high = _interval(item)
    return low is not None and high is not None and high >= VAGUE * max(low, 1)


def _disjoint(a: Interval, b: Interval) -> bool:
    """Whether no number lies in both intervals."""
    inf = float("inf")
    (a_low, a_high), (b_low, b_high) = (
        (low if low is not None else -inf, high if high is not None else inf) for low, high in (a, b)
    )
    return max(a_low, b_low) > min(a_high, b_high)


def numbers(counts: Sequence[Count]) -> Iterator[Numbers]:
    """The counts that are answered differently."""
    groups: dict[tuple[str, str], list[Count]] = defaultdict(list)
    for item in counts:
        figure = item.figure
        given = not figure.claims or givers(item.reading, figure)
        if given and item.group and not figure.of and not figure.unit and figure.measure != "other":
            groups[item.group, FAMILY.get(figure.measure, figure.measure)].append(item)
    earliest: dict[tuple[str, Interval], str] = {}
    for item in counts:
        key = _voice(item), _interval(item)
        earliest[key] = min(earliest.get(key, _day(item)), _day(item))
    for _, members in sorted(groups.items()):
        once, again = _once(_firsts(_told_once(members), earliest))
        for same in [near for part in _comparable(once) for near in _near(part)]:
            found = _answered(_latest(_current(same, earliest)), again)
            if found is not None:
                yield found


def _told_once(members: Sequence[Count]) -> list[Count]:
    """The figures without those of headlines that only repeat what the article itself gives below."""
    below = {(m.ref[0], _interval(m)) for m in members if not _headline(m)}
    return [m for m in members if not _headline(m) or (m.ref[0], _interval(m)) not in below]


def _firsts(members: Sequence[Count], earliest: Mapping[tuple[str, Interval], str]) -> list[Count]:
    """Of the figures that one voice gives in one sentence the first: he contradicts himself in no sentence, so that the
    others count something else; but for what he gave before, which he replaces there."""
    replaced = {(m.ref[0], m.figure.supersedes) for m in members if m.figure.supersedes}
    old = {m.ref for m in members if m.ref in replaced or earliest[_voice(m), _interval(m)] < _day(m)}
    first: dict[tuple[str, int, str, str], Ref] = {}
    for item in sorted(members, key=lambda m: (m.ref in old, m.ref[0], m.figure.start)):
        place = item.ref[0], item.reading.sentence_at(item.figure.start)[0], _voice(item), item.figure.measure
        first.setdefault(place, item.ref)
    kept = old | set(first.values())
    return [m for m in members if m.ref in kept]


def _once(members: Sequence[Count]) -> tuple[list[Count], dict[Ref, list[Count]]]:
    """The figures without copies, and the copies of each: one voice's number of one day in the same words."""
    first: dict[tuple[object, ...], Count] = {}
    again: dict[Ref, list[Count]] = defaultdict(list)
    for item in members:
        occasion, figure = item.occasion, item.figure
        words = item.reading.text[slice(*item.reading.sentence_at(figure.start))]
        about = _voice(item), _day(item), figure.measure, item.party, item.town(), occasion and occasion.id
        again[first.setdefault((_interval(item), words, *about), item).ref].append(item)
    return list(first.values()), again


def _headline(item: Count) -> bool:
    block = item.reading.block_at(item.figure.start)
    return block is not None and block.kind in ("title", "heading")


def _comparable(members: Sequence[Count]) -> list[list[Count]]:
    """Parts whose figures count the same: neither the parties nor the things counted differ."""
    parts: list[list[Count]] = []
    for item in members:
        home = next((part for part in parts if all(_alike(item, other) for other in part)), None)
        if home is None:
            parts.append([item])
        else:
            home.append(item)
    return parts


def _near(part: Sequence[Count]) -> list[list[Count]]:
    """Parts whose numbers lie near each other, from one to the next; numbers that one paragraph sets side by side, or
    that lie in an interval of another, may lie further apart. An article that tells of one strike's dead and, further
    down, of all the dead so far gives two counts. A vague number joins those it is near to, and joins no others."""
    exact = {" ".join(item.ref): item for item in part if not _vague(item)}
    links = [
        (a, b)
        for (a, x), (b, y) in itertools.combinations(exact.items(), 2)
        if not _value(x) or not _value(y) or _apart(x, y) <= (BESIDE if _beside(x, y) else STEP)
    ]
    groups = [[exact[key] for key in group] for group in joined(exact, links)]
    for item in part:
        if _vague(item):
            home = [group for group in groups if any(_apart(item, other) <= STEP for other in group)]
            home = [group for group in home if any(_beside(item, other) for other in group)] or home
            if home:
                home[0].append(item)
    return groups


def _beside(a: Count, b: Count) -> bool:
    """Whether one paragraph holds both figures."""
    return a.reading is b.reading and a.reading.block_at(a.figure.start) is b.reading.block_at(b.figure.start)


def _value(item: Count) -> float:
    """A number to compare sizes by: the low end, of an open one the high end."""
    low, high = _interval(item)
    return low or high or 0


def _apart(a: Count, b: Count) -> float:
    """How many times larger the larger interval is than the nearer end of the smaller one."""
    small, large = sorted((a, b), key=_value)
    return _value(large) / max(small.figure.high or _value(small), 1)


def _alike(a: Count, b: Count) -> bool:
    if not meets(a, b):
        return False
    if a.party and b.party and a.party != b.party:
        return False
    if a.town() and b.town() and a.town() != b.town():
        return False
    if _of_bodies(a) != _of_bodies(b):
        return False  # "three bodies were pulled out" is no toll
    x, y = _counted(a), _counted(b)
    if x and y and not x & y:
        return False
    values = [value for item in (a, b) for value in _interval(item) if value]
    return not values or max(values) <= APART * min(values)


def _counted(item: Count) -> frozenset[str]:
    """What is counted, cut to stems; nothing where the word takes in everyone."""
    words = item.reading.words
    return frozenset(stem for word in item.figure.counts if word not in words.anyone for stem in (word[:6],))


def _of_bodies(item: Count) -> bool:
    """Whether a figure counts the bodies found."""
    return not item.reading.words.bodies.isdisjoint(item.figure.counts)


def _speaker(item: Count) -> str:
    """Who gives a figure; the press, where no one is named."""
    claims = givers(item.reading, item.figure)
    named = [speaker for claim in claims if (speaker := item.reading.speaker(claim))]
    if named:
        return named[0]
    source = next((claim.source for claim in claims if claim.source), None)
    return item.reading.raw(source).lower() if source else ""


def _one_voice(a: Count, b: Count) -> bool:
    """Whether two figures have one speaker; a country that speaks ("Moscow says") is whichever of its bodies does."""
    first, second = _speaker(a), _speaker(b)
    side = a.reading.register.side
    return first == second or (bool(first) and side(first) == second) or (bool(second) and side(second) == first)


def _current(members: Sequence[Count], earliest: Mapping[tuple[str, Interval], str]) -> list[Count]:
    """The figures without those that their speaker gave before and a later article replaces in one breath ("from 63 to
    89", "89, against 63")."""
    replaced = {(item.ref[0], item.figure.supersedes) for item in members if item.figure.supersedes}
    outdated: set[Interval] = {_interval(item) for item in members if item.ref in replaced}
    for a, b in itertools.permutations(members, 2):
        if a.reading is b.reading and _interval(a) != _interval(b) and _one_voice(a, b):
            same = a.reading.sentence_at(a.figure.start) == b.reading.sentence_at(b.figure.start)
            old, new = (earliest[_voice(item), _interval(item)] < _day(a) for item in (a, b))
            if same and old and not new:
                outdated.add(_interval(a))
    return [item for item in members if _interval(item) not in outdated]


def _voice(item: Count) -> str:
    """The side that gives a figure: of a body its country or region."""
    speaker = _speaker(item)
    return item.reading.register.side(speaker) or speaker


def _day(item: Count) -> str:
    return item.reading.published or ""


def _latest(members: Sequence[Count]) -> list[Count]:
    """Of each speaker the figures of the last day: a later figure supersedes an earlier one of the same measure."""
    last: dict[tuple[str, str], str] = {}
    for item in members:
        key = _speaker(item), item.figure.measure
        last[key] = max(last.get(key, ""), _day(item))
    return [m for m in members if _day(m) == last[_speaker(m), m.figure.measure]]


def _answered(members: Sequence[Count], again: Mapping[Ref, Sequence[Count]]) -> Numbers | None:
    intervals = sorted({_interval(item) for item in members}, key=str)
    exact = [item for item in members if not _vague(item)]
    differing = [
        (a, b)
        for a, b in itertools.combinations(exact, 2)
        if _interval(a) != _interval(b) and not _one_voice(a, b) and a.figure.measure == b.figure.measure
    ]
    if not differing:
        return None
    every = (copy for item in members for copy in again[item.ref])
    ordered = sorted(every, key=lambda item: (_vague(item), _day(item), item.ref))
    number = {interval: i for i, interval in enumerate(dict.fromkeys(map(_interval, ordered)), 1)}
    answers = tuple(by_figure(item.reading, item.figure, number[_interval(item)]) for item in ordered)
    compatible = not any(_disjoint(a, b) for a, b in itertools.combinations(intervals, 2))
    return Numbers(tuple(ordered), answers, compatible, _why(*differing[0]))


def _why(a: Count, b: Count) -> str:
    if a.place and b.place and a.place != b.place:
        return "place"
    return "speaker" if (_speaker(a) and _speaker(b)) or _day(a) == _day(b) else "day"
