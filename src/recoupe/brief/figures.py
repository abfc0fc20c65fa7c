"""Figures as attributed intervals: what is counted, whose, who says so, as of when."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from ..model.records import UNGIVEN, Claim, Figure, overlapping
from ..model.relations import Question, Ref, Story
from .dates import day, instant, published
from .index import Index
from .lines import happening_key, line, source_label
from .model import FigureRow, FigureTable, Line, Part
from .strands import Strand, same_place, strand_with, within
from .voices import below_headlines, doubting, voiced
from .wording import Parts, capital, fill, interval, joined, with_language
from .words import words_of

# The noun that a figure counts follows it; this many characters show it with what it is of.
NOUN = 48
# Happenings that figures are counted in; "damage" or "casualties" would say the measure again.
HARMFUL = frozenset({"strike", "ground", "invasion", "violation", "intercept", "exercise", "protest"})
# A count up to this one, of people, that one article tells in passing, is folded.
PASSING = 2
# What is counted of people stands first.
PEOPLE = frozenset({"killed", "wounded", "casualties", "captured", "missing", "displaced", "affected"})


def question_title(index: Index, question: Question, strand: Strand | None = None, headed: bool = False) -> Parts:
    """What a question asks: the measure, in what, where and when, whose; under the heading of its main happening
    (`headed`) only the measure and whose."""
    measure: Parts = (Part(index.reader.phrase(f"brief.measure.{question.measure}")),)
    happening = index.happenings.get(question.happening or "")
    place = strand.place if strand else happening.place if happening else None
    asides: list[Parts] = []
    if not headed:
        if strand is not None:
            inside = within(index, strand)
        else:
            harmful = happening is not None and happening.type in HARMFUL
            inside = fill(index.reader, f"brief.within.{happening_key(happening)}") if happening and harmful else ()
        if inside:
            measure = fill(index.reader, "brief.question.within", measure=measure, within=inside)
        asides += [(Part(index.label(place), "name"),)] if place else []
        moment = instant(strand.day) if strand and strand.day else None
        asides += [(Part(day(moment, index.reader)),)] if moment is not None else []
    if question.party and not (place and (question.party == place or same_place(index, question.party, place))):
        asides.append(fill(index.reader, "brief.question.party", party=(Part(index.label(question.party), "name"),)))
    if question.as_of:
        asides.append(fill(index.reader, "brief.question.as_of", day=published(question.as_of, index.reader)))
    return joined([measure, *asides], index.reader.phrase("brief.then"))


def figure_title(index: Index, ref: Ref, strand: Strand | None = None) -> Parts:
    """The question that a figure answers, from what it says itself."""
    asked = index.question_of.get(ref)
    if asked is None:
        figure = index.figure(ref)
        assert figure is not None
        party = index.label_in(ref[0], figure.party) if figure.party else None
        event = index.happening_of.get((ref[0], figure.event or ""))
        about = event.id if event else None
        asked = Question(id="", measure=figure.measure, figures=(ref,), party=party, happening=about)
    return question_title(index, asked, strand)


def tables(
    index: Index, story: Story, disputed: Collection[Ref] = (), found: Sequence[Strand] = (), headed: bool = False
) -> list[FigureTable]:
    """The figures of a story by question, those with the most answers first; running totals last. Figures that stand
    in a dispute (`disputed`) are told there. Equal answers of several articles are one row, and what is counted in one
    main happening (`found`) is one table, however finely the relations tell its mentions apart."""
    docs, done = set(story.docs), set(disputed)
    asked: list[tuple[Question, bool, list[Ref]]] = []
    for question in index.relations.questions:
        refs = [ref for ref in question.figures if ref[0] in docs and ref not in done and index.figure(ref) is not None]
        done.update(question.figures)
        for cumulative in (False, True):
            some = [ref for ref in refs if _cumulative(index, ref) == cumulative]
            if some:
                asked.append((question, cumulative, some))
    asked += [(question, cumulative, list(question.figures)) for question, cumulative in _unasked(index, story, done)]
    groups: dict[tuple[int, bool, str], list[tuple[Question, list[Ref]]]] = defaultdict(list)
    for question, cumulative, refs in asked:
        i = strand_with(found, question.happening)
        parts = question_title(index, question, found[i] if i >= 0 else None, headed)
        groups[i, cumulative, "".join(part.text for part in parts)].append((question, refs))
    made = []
    for (i, cumulative, _), same in groups.items():
        title = question_title(index, same[0][0], found[i] if i >= 0 else None, headed and i >= 0)
        table = _table(index, same[0][0], [ref for _, some in same for ref in some], cumulative, capital(title))
        made.append(msgspec.structs.replace(table, strand=i))
    return sorted(_merged(made), key=_weight)


def _unasked(index: Index, story: Story, done: Collection[Ref]) -> Iterator[tuple[Question, bool]]:
    """The figures that no question holds, by what they count and whose."""
    left: dict[tuple[str, str, bool], list[Ref]] = defaultdict(list)
    for doc in story.docs:
        for figure in index.layer(doc, Figure):
            if (doc, figure.id) not in done and figure.measure != "other":
                party = index.label_in(doc, figure.party) if figure.party else ""
                left[figure.measure, party, figure.cumulative].append((doc, figure.id))
    for (measure, party, cumulative), refs in left.items():
        yield Question(id="", measure=measure, figures=tuple(refs), party=party or None), cumulative


def _weight(table: FigureTable) -> tuple[object, ...]:
    """People before things, compared answers before lone ones; running totals and what is not classed last."""
    speakers = {row.line.support.first_sources for row in table.rows}
    people = table.measure in PEOPLE
    return table.cumulative, table.minor, table.measure == "other", not people, -len(speakers), _order(table.rows[0])


def _order(row: FigureRow) -> tuple[int, int, int]:
    first = row.line.links[0]
    return -row.line.support.texts, first.number, first.start


def _merged(made: Sequence[FigureTable]) -> list[FigureTable]:
    """Lone figures of one measure in one table; what each is about stands beside it."""
    lone: dict[tuple[str, bool, bool, int], list[FigureTable]] = defaultdict(list)
    for table in made:
        if len(table.rows) == 1:
            lone[table.measure, table.cumulative, table.minor, table.strand].append(table)
    found = [table for table in made if len(table.rows) > 1]
    for same in lone.values():
        noted = [msgspec.structs.replace(table, rows=(_noted(table),)) for table in same]
        found.append(_joint(noted, same[0].title[:1]) if len(same) > 1 else same[0])
    return found


def _joint(tables: Sequence[FigureTable], title: Parts) -> FigureTable:
    rows = sorted((row for table in tables for row in table.rows), key=_order)
    return msgspec.structs.replace(tables[0], title=capital(title), rows=tuple(rows))


def _noted(table: FigureTable) -> FigureRow:
    """A lone row with what its question is about."""
    row, about = table.rows[0], "".join(part.text for part in table.title[1:]).strip(" ,")
    if not about:
        return row
    note = Part(about, "note")
    return msgspec.structs.replace(row, counted=(*row.counted, Part(" · "), note))


def _cumulative(index: Index, ref: Ref) -> bool:
    figure = index.figure(ref)
    return figure is not None and figure.cumulative


def _table(index: Index, question: Question, refs: Sequence[Ref], cumulative: bool, title: Parts) -> FigureTable:
    """One row for each interval and thing counted, with all who give it."""
    groups: dict[tuple[object, ...], list[Ref]] = defaultdict(list)
    people = question.measure in PEOPLE
    for ref in refs:
        figure = index.figure(ref)
        assert figure is not None
        # Of people killed or wounded the noun varies from text to text ("personnes", "civils"); of things it does not.
        what = () if people else figure.counts or (figure.text,)
        groups[figure.low, figure.high, figure.strict, figure.approx, figure.unit, what, figure.as_of].append(ref)
    stops = {published(one, index.reader) for one in _stops(index, refs)}
    joint = stops.pop() if len(stops) == 1 and all(_stops(index, some) for some in groups.values()) else ""
    unsaid = cumulative and not any(_stops(index, some) for some in groups.values())
    rows = [_row(index, group, dated=not joint) for group in groups.values()]
    few = len(rows) == 1 and rows[0].high is not None and rows[0].high <= PASSING and people
    minor = few or (question.measure == "other" and question.happening is None)
    return FigureTable(
        title=title,
        measure=question.measure,
        rows=tuple(sorted(rows, key=_order)),
        as_of=_until(index, joint, unsaid) if not question.as_of else "",
        cumulative=cumulative,
        minor=minor,
    )


def _until(index: Index, day: str, unsaid: bool) -> str:
    """When all counts of a table stopped; of running totals also that no text says so."""
    if day:
        return index.reader.phrase("brief.as_of.until", day=day)
    return index.reader.phrase("brief.as_of.unsaid") if unsaid else ""


def _stops(index: Index, refs: Iterable[Ref]) -> list[str]:
    """When the counts of some figures stopped, as their texts say."""
    return [figure.as_of for ref in refs if (figure := index.figure(ref)) is not None and figure.as_of]


def _speaker(index: Index, doc: str, claim: Claim) -> str:
    return source_label(index, doc, claim)


def carrying(index: Index, ref: Ref) -> list[Claim]:
    """The claims that carry a figure: those it names, else those whose words hold it."""
    figure = index.figure(ref)
    assert figure is not None
    named = [claim for one in figure.claims if (claim := index.claim((ref[0], one))) is not None]
    return named or overlapping(index.claims(ref[0]), figure.span)


def _row(index: Index, refs: Sequence[Ref], dated: bool) -> FigureRow:
    """One answer; `dated` says whether it says itself when its count stopped."""
    shown = min(refs, key=lambda ref: (not index.at_home(ref[0]), index.numbers[ref[0]], ref))
    figure = index.figure(shown)
    assert figure is not None
    stop = published(figure.as_of, index.reader) if dated and figure.as_of else ""
    return FigureRow(
        value=interval(figure, index.reader),
        counted=_counted(index, shown, figure),
        line=_said_by(index, refs, shown),
        as_of=index.reader.phrase("brief.as_of.until", day=stop) if stop else "",
        low=figure.low,
        high=figure.high,
    )


def _counted(index: Index, ref: Ref, figure: Figure) -> Parts:
    """The figure with its noun in the article's words."""
    doc = ref[0]
    text = index.by_id[doc].article.text
    block = index.block_at(doc, figure.start)
    stop = min(block.end if block else figure.end, figure.end + NOUN)
    after = text[figure.end : stop]
    end = figure.end + (len(after) if block and stop == block.end else max(after.rfind(" "), 0))
    sign = next((i for i, c in enumerate(text[figure.end : end]) if c in ",.;:()"), end - figure.end)
    words = " ".join(text[figure.start : figure.end + sign].split())
    shown = words if sign < end - figure.end or end == stop else f"{words} {words_of(index.reader).cut}"
    return with_language((Part(shown, "words", index.by_id[doc].article.lang),), index)


def _said_by(index: Index, refs: Sequence[Ref], shown: Ref) -> Line:
    """Who gives the figure: each speaker once; an article in its own name where nobody does. Who denies it, leaves it
    open or fears it is told as such and counted neither as a source nor as a text."""
    carried = {ref: carrying(index, ref) for ref in dict.fromkeys((shown, *refs))}
    given = {ref: [one for one in some if one.act not in UNGIVEN] for ref, some in carried.items()}
    spans = {ref: (ref[0], figure.span) for ref in carried if (figure := index.figure(ref)) is not None}
    claims = list(dict.fromkeys((ref[0], claim.id) for ref, some in carried.items() for claim in some))
    said = below_headlines(index, [*dict.fromkeys((ref[0], claim.id) for ref, some in given.items() for claim in some)])
    own = [ref[0] for ref, some in carried.items() if not some]
    labels = [label for ref in said if (one := index.claim(ref)) and (label := _speaker(index, ref[0], one))]
    voices = [part for part in (voiced(index, said, own), doubting(index, claims)) if part]
    texts, _ = index.texts([spans[ref] for ref in spans if given[ref] or not carried[ref]])
    parts = joined(voices, index.reader.phrase("brief.between"))
    return line(index, parts, [*carried, *claims], list(spans.values()), labels, texts)
