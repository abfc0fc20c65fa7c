"""Figures over time by source: what a chart draws of each question that has several."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

import msgspec

from ..model.records import Figure
from ..model.relations import Question, Ref, Story
from .dates import instant, published
from .figures import PEOPLE, carrying, question_title
from .index import Index
from .lines import credited, line, source_label
from .model import Chart, Part, Reading, Series
from .strands import Strand, strand_with
from .voices import speaker
from .wording import Parts, capital, interval


def charts(index: Index, story: Story, found: Sequence[Strand] = ()) -> list[Chart]:
    """One chart for each question of a story to which there are different answers, those with most answers first.

    What is counted in one main happening (`found`) is one question; running totals of one party, whose questions the
    relations part by the day at which they stop, are one too, since the day is what a chart shows."""
    docs = set(story.docs)
    groups: dict[Hashable, list[Ref]] = defaultdict(list)
    asked: dict[Hashable, tuple[Question, int]] = {}
    for question in index.relations.questions:
        i = strand_with(found, question.happening)
        undated = msgspec.structs.replace(question, as_of=None)
        title = question_title(index, undated, found[i] if i >= 0 else None)
        for ref in question.figures:
            figure = index.figure(ref) if ref[0] in docs else None
            if figure is not None and (figure.low is not None or figure.high is not None):
                key = _kind(question, figure), i, "".join(part.text for part in title)
                groups[key].append(ref)
                asked.setdefault(key, (undated, i))
    made = [_chart(index, refs, *asked[key], found) for key, refs in groups.items()]
    several = (one for one in made if len({_value(mark) for series in one.series for mark in series.readings}) > 1)
    return sorted(several, key=lambda one: (-sum(len(series.readings) for series in one.series), one.id))


def _kind(question: Question, figure: Figure) -> Hashable:
    """What is counted: of people the noun varies from text to text, of things it does not."""
    what = () if question.measure in PEOPLE else figure.counts or (figure.text,)
    return question.measure, figure.cumulative, figure.unit, figure.per, what


def _value(mark: Reading) -> Hashable:
    return mark.low, mark.high, mark.strict, mark.approx


def _chart(index: Index, refs: Sequence[Ref], question: Question, i: int, found: Sequence[Strand]) -> Chart:
    """The answers of each source in the order of the days that they hold for."""
    voices: dict[Hashable, list[Ref]] = defaultdict(list)
    for ref in refs:
        voices[_voice(index, ref)].append(ref)
    series = [Series(label=_label(index, some), readings=_readings(index, some)) for some in voices.values()]
    series.sort(key=lambda one: (one.readings[0].at or "9999", one.label))
    figure, strand = index.figure(refs[0]), found[i] if i >= 0 else None
    assert figure is not None
    return Chart(
        id=f"{refs[0][0]}#{refs[0][1]}", title=_title(index, question, figure, strand, False),
        short=_title(index, question, figure, strand, strand is not None), refs=tuple(refs), series=tuple(series),
        share=figure.unit == "share", strand=i,
    )  # fmt: skip


def _title(index: Index, question: Question, figure: Figure, strand: Strand | None, headed: bool) -> Parts:
    """What is counted; what is not classed goes by its own noun."""
    title = question_title(index, question, strand, headed)
    if question.measure == "other" and figure.counts:
        title = (Part(", ".join(figure.counts)), *title[1:])
    return capital(title)


def _voice(index: Index, ref: Ref) -> Hashable:
    """Who gives a figure: the first sources of the claim that carries it; an article in its own name is its outlet."""
    claims = carrying(index, ref)
    said = speaker(index, (ref[0], claims[0].id)) if claims else ""
    return said or (index.by_id[ref[0]].article.outlet or ref[0],)


def _label(index: Index, refs: Sequence[Ref]) -> str:
    for ref in refs:
        for claim in carrying(index, ref)[:1]:
            if label := source_label(index, ref[0], claim):
                return label[:1].upper() + label[1:]
    doc = refs[0][0]
    outlet = index.by_id[doc].article.outlet or index.reader.phrase("brief.page.article", n=index.numbers[doc])
    return index.reader.phrase("brief.chart.own", outlet=outlet)


def _readings(index: Index, refs: Iterable[Ref]) -> tuple[Reading, ...]:
    """Equal answers for one day are one mark, however many articles give them."""
    groups: dict[Hashable, list[Ref]] = defaultdict(list)
    for ref in refs:
        figure = index.figure(ref)
        assert figure is not None
        at = (figure.as_of or index.by_id[ref[0]].article.published or "")[:10]
        groups[at, figure.low, figure.high, figure.strict, figure.approx].append(ref)
    made = [_reading(index, some) for some in groups.values()]
    return tuple(sorted(made, key=lambda one: (one.at or "9999", one.low or 0, one.high or 0)))


def _reading(index: Index, refs: Sequence[Ref]) -> Reading:
    figure = index.figure(refs[0])
    assert figure is not None
    at = (figure.as_of or index.by_id[refs[0][0]].article.published or "")[:10]
    value = interval(figure, index.reader)
    spans = [(ref[0], one.span) for ref in refs if (one := index.figure(ref)) is not None]
    claims = [(ref[0], each.id) for ref in refs for each in carrying(index, ref)]
    key = "stated" if figure.as_of else "published" if instant(at) else "undated"
    return Reading(
        at=at if instant(at) else "", stated=bool(figure.as_of), value=value, low=figure.low, high=figure.high,
        strict=figure.strict, approx=figure.approx,
        when=index.reader.phrase(f"brief.chart.{key}", day=published(at or None, index.reader)),
        line=line(index, (Part(value),), [*refs, *claims], spans, credited(index, claims)),
    )  # fmt: skip
