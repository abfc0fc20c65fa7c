"""Figures that changed: one speaker gives another number to one question, or one more answer comes to it."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator
from typing import NamedTuple

from ...model.records import Figure
from ...model.relations import Question, Ref
from ..figures import PEOPLE, carrying, question_title
from ..index import Index
from ..lines import credited
from ..model import Part
from ..strands import Strand, strand_with, strands
from ..voices import speaker, voiced
from ..wording import Parts, fill, interval
from .change import Change, Sides, linked

# A new answer stands beside so many of those that were there, the last ones.
BESIDE = 4


class Said(NamedTuple):
    """A figure of one speaker as an answer to one question."""

    ref: Ref
    figure: Figure
    question: Question
    speaker: Hashable

    @property
    def value(self) -> tuple[object, ...]:
        """What it answers."""
        return self.figure.low, self.figure.high, self.figure.strict


def figures(sides: Sides, told: Collection[Ref] = ()) -> Iterator[Change]:
    """The figures that changed, those left out that another change (`told`) tells of."""
    index = sides.after
    found = strands(index, sides.story)
    asked: dict[Hashable, list[Said]] = defaultdict(list)
    for question in index.relations.questions:
        for ref in question.figures:
            if (figure := index.figure(ref)) is not None and figure.measure != "other" and not figure.of:
                key = _asked(index, question, figure, strand_with(found, question.happening))
                asked[key].append(Said(ref, figure, question, _speaker(index, ref)))
    for same in asked.values():
        yield from _changed(sides, sorted(same, key=lambda one: _when(index, one.ref)), found, told)


def _asked(index: Index, question: Question, figure: Figure, strand: int) -> Hashable:
    """What a figure answers: in one main happening, or a running total, the same whenever it was given."""
    counted = "" if question.measure in PEOPLE else (figure.counts[:1] or ("",))[0]
    about: Hashable = strand if strand >= 0 else question.happening
    if about is None:
        about = "total" if figure.cumulative and question.party else question.id
    return question.measure, counted, question.party, about


def _when(index: Index, ref: Ref) -> tuple[str, int, int]:
    record = index.record(ref)
    return index.by_id[ref[0]].article.published or "", index.numbers[ref[0]], record.start if record else 0


def _carriers(index: Index, ref: Ref) -> list[Ref]:
    return [(ref[0], claim.id) for claim in carrying(index, ref)]


def _speaker(index: Index, ref: Ref) -> Hashable:
    """Who gives a figure; an outlet in its own name by that name, where none is known the article."""
    known = [one for claim in _carriers(index, ref) if (one := speaker(index, claim))]
    return known[0] if known else ("outlet", index.by_id[ref[0]].article.outlet or ref[0])


def _changed(sides: Sides, same: list[Said], found: list[Strand], told: Collection[Ref]) -> Iterator[Change]:
    """What is new among the answers to one question, one line for each speaker. A headline's number is that of its
    text, and an interval that holds an answer which is there already says nothing new."""
    old = [one for one in same if not sides.is_new(one.ref)]
    done, given = set[Hashable](), set[Hashable]()
    for one in sorted((one for one in same if sides.is_new(one.ref)), key=lambda one: sides.headline(one.ref)):
        if (one.ref[0], one.value) in given:
            continue
        given.add((one.ref[0], one.value))
        mine = [other for other in old if other.speaker == one.speaker]
        mine = [other for other in mine if not any(_holds(other, each) for each in mine if each.value != other.value)]
        replaced = _replaced(sides, one)
        if one.speaker in done or (old and _known(one, mine, old)):
            continue
        if mine or replaced is not None:
            done.add(one.speaker)
            before = replaced if replaced is not None else mine[-1].ref
            yield _line(sides, one, [before], found, "from")
        elif old and {one.ref, *_carriers(sides.after, one.ref)}.isdisjoint(told):
            done.add(one.speaker)
            distinct = {other.value: other.ref for other in old}
            yield _line(sides, one, list(distinct.values())[-BESIDE:], found, "beside")


def _known(one: Said, mine: list[Said], old: list[Said]) -> bool:
    """Whether an answer says nothing new: beside those of its speaker, or, of one who gave none, beside all."""
    if mine:
        return any(_holds(one, other) for other in mine)
    return any(one.value == other.value for other in old) or all(_holds(one, other) for other in old)


def _holds(wide: Said, narrow: Said) -> bool:
    """Whether an interval holds another, or is it."""
    a, b = wide.figure, narrow.figure
    low = a.low is None or (b.low is not None and a.low <= b.low)
    high = a.high is None or (b.high is not None and b.high <= a.high)
    return low and high


def _replaced(sides: Sides, one: Said) -> Ref | None:
    """The value that the text itself says this one replaces."""
    ref = (one.ref[0], one.figure.supersedes or "")
    before = sides.after.figure(ref)
    return ref if before is not None and (before.low, before.high) != (one.figure.low, one.figure.high) else None


def _line(sides: Sides, one: Said, before: list[Ref], found: list[Strand], key: str) -> Change:
    index = sides.after
    at = strand_with(found, one.question.happening)
    title = question_title(index, one.question, found[at] if at >= 0 else None)
    values = [interval(figure, sides.reader) for ref in before if (figure := index.figure(ref)) is not None]
    claims = _carriers(index, one.ref)
    parts = fill(
        sides.reader, f"changes.figure.{key}", title=title, who=_who(index, claims, one.ref[0]),
        before=_bold(sides.reader.phrase("brief.between").join(dict.fromkeys(values))),
        after=_bold(interval(one.figure, sides.reader)),
    )  # fmt: skip
    refs = [one.ref, *claims, *before]
    return sides.change("figure", sides.line(parts, refs, credited(index, claims)), linked(index, before))


def _who(index: Index, claims: Iterable[Ref], doc: str) -> Parts:
    listed = list(claims)
    return voiced(index, listed, [] if listed else [doc])


def _bold(text: str) -> Parts:
    return (Part(text, "name"),)
