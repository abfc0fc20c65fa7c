"""Figures as attributed intervals: what is counted, whose, who says so, as of when."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from ..model.records import Claim, Figure, overlapping
from ..model.relations import Question, Ref, Story
from .dates import published
from .index import Index
from .lines import happening_key, line, source_label, through, who
from .model import FigureRow, FigureTable, Line, Part
from .wording import Parts, capital, fill, interval, joined
from .words import words_of

# The noun that a figure counts follows it; this many characters show it with what it is of.
NOUN = 48
# What is counted of people stands first.
# Happenings that figures are counted in; "damage" or "casualties" would say the measure again.
HARMFUL = frozenset({"strike", "ground", "invasion", "violation", "intercept", "exercise", "protest"})
# A count up to this one, of people, that one article tells in passing, is folded.
PASSING = 2
PEOPLE = frozenset({"killed", "wounded", "casualties", "captured", "missing", "displaced", "affected"})


def details(index: Index, question: Question) -> Parts:
    """Where, whose people or things a question is about, as of when."""
    asides: list[Parts] = []
    happening = index.happenings.get(question.happening or "")
    if happening is not None and happening.place is not None:
        asides.append((Part(index.label(happening.place), "name"),))
    if question.party and (happening is None or question.party != happening.place):
        party = (Part(index.label(question.party), "name"),)
        asides.append(fill(index.reader, "brief.question.party", party=party))
    if question.as_of:
        asides.append(fill(index.reader, "brief.question.as_of", day=published(question.as_of, index.reader)))
    return joined(asides, index.reader.phrase("brief.then"))


def question_title(index: Index, question: Question) -> Parts:
    """What a question asks: the measure with its details."""
    measure: Parts = (Part(index.reader.phrase(f"brief.measure.{question.measure}")),)
    happening = index.happenings.get(question.happening or "")
    if happening is not None and happening.type in HARMFUL:
        within = index.reader.phrase(f"brief.within.{happening_key(happening)}")
        measure = fill(index.reader, "brief.question.within", measure=measure, within=within)
    about = (measure, details(index, question))
    return joined(about, index.reader.phrase("brief.then"))


def figure_title(index: Index, ref: Ref) -> Parts:
    """The question that a figure answers, from what it says itself."""
    asked = next((one for one in index.relations.questions if ref in one.figures), None)
    if asked is not None:
        return question_title(index, asked)
    figure = index.figure(ref)
    assert figure is not None
    party = index.label_in(ref[0], figure.party) if figure.party else None
    event = index.happening_of.get((ref[0], figure.event or ""))
    return question_title(
        index,
        Question(id="", measure=figure.measure, figures=(ref,), party=party, happening=event.id if event else None),
    )


def tables(index: Index, story: Story) -> list[FigureTable]:
    """The figures of a story by question, those with the most answers first; running totals last."""
    docs, done, found = set(story.docs), set[Ref](), list[FigureTable]()
    for question in index.relations.questions:
        refs = [ref for ref in question.figures if ref[0] in docs and index.figure(ref) is not None]
        done.update(question.figures)
        for cumulative in (False, True):
            some = [ref for ref in refs if _cumulative(index, ref) == cumulative]
            if some:
                found.append(_table(index, question, some, cumulative))
    left: dict[tuple[str, str, bool], list[Ref]] = defaultdict(list)
    for doc in story.docs:
        for figure in index.by_id[doc].layer(Figure) if doc in index.by_id else []:
            if (doc, figure.id) not in done and figure.measure != "other":
                party = index.label_in(doc, figure.party) if figure.party else ""
                left[figure.measure, party, figure.cumulative].append((doc, figure.id))
    for (measure, party, cumulative), refs in left.items():
        question = Question(id="", measure=measure, figures=tuple(refs), party=party or None)
        found.append(_table(index, question, refs, cumulative))
    return sorted(_merged(found), key=_weight)


def _weight(table: FigureTable) -> tuple[object, ...]:
    """People before things, compared answers before lone ones; running totals and what is not classed last."""
    speakers = {row.line.support.first_sources for row in table.rows}
    people = table.measure in PEOPLE
    return table.cumulative, table.minor, table.measure == "other", not people, -len(speakers), _order(table.rows[0])


def _order(row: FigureRow) -> tuple[int, int, int]:
    first = row.line.links[0]
    return -row.line.support.texts, first.number, first.start


def _merged(made: Sequence[FigureTable]) -> list[FigureTable]:
    """Tables of one title as one."""
    by_title: dict[tuple[str, bool], list[FigureTable]] = defaultdict(list)
    for table in made:
        by_title["".join(part.text for part in table.title), table.cumulative].append(table)
    merged = [_joint(same, same[0].title) for same in by_title.values()]
    lone: dict[tuple[str, bool, bool], list[FigureTable]] = defaultdict(list)
    for table in merged:
        if len(table.rows) == 1:
            lone[table.measure, table.cumulative, table.minor].append(table)
    found = [table for table in merged if len(table.rows) > 1]
    for same in lone.values():
        # Lone figures of one measure share a table; what each is about stands beside it.
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


def _table(index: Index, question: Question, refs: Iterable[Ref], cumulative: bool) -> FigureTable:
    """One row per interval, thing counted and speaker."""
    groups: dict[tuple[object, ...], list[Ref]] = defaultdict(list)
    for ref in refs:
        figure = index.figure(ref)
        assert figure is not None
        speakers = tuple(sorted(_speaker(index, ref[0], claim) for claim in _claims(index, ref)))
        key = (figure.low, figure.high, figure.strict, figure.counts, figure.as_of, speakers)
        groups[key].append(ref)
    rows = [_row(index, group) for group in groups.values()]
    title = question_title(index, question)
    few = len(rows) == 1 and rows[0].high is not None and rows[0].high <= PASSING and question.measure in PEOPLE
    minor = few or (question.measure == "other" and question.happening is None)
    return FigureTable(
        title=title, measure=question.measure, rows=tuple(sorted(rows, key=_order)), cumulative=cumulative, minor=minor
    )


def _speaker(index: Index, doc: str, claim: Claim) -> str:
    return source_label(index, doc, claim)


def _claims(index: Index, ref: Ref) -> list[Claim]:
    """The claims that carry a figure: those it names, else those whose words hold it."""
    figure = index.figure(ref)
    assert figure is not None
    named = [claim for one in figure.claims if (claim := index.claim((ref[0], one))) is not None]
    return named or overlapping(index.claims(ref[0]), figure.span)


def _row(index: Index, refs: Sequence[Ref]) -> FigureRow:
    figure = index.figure(refs[0])
    assert figure is not None
    return FigureRow(
        value=interval(figure, index.reader),
        counted=_counted(index, refs[0], figure),
        line=_said_by(index, refs),
        as_of=_as_of(index, refs[0], figure),
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
    return (Part(shown, "words", index.by_id[doc].article.lang),)


def _said_by(index: Index, refs: Sequence[Ref]) -> Line:
    """Who gives the figure; an article in its own name where nobody does."""
    doc = refs[0][0]
    claims = _claims(index, refs[0])
    spans = [(ref[0], figure.span) for ref in refs if (figure := index.figure(ref)) is not None]
    labels = [label for ref in refs for claim in _claims(index, ref) if (label := _speaker(index, ref[0], claim))]
    if not claims:
        parts = fill(index.reader, "brief.who.outlet", n=index.texts(spans)[0])
        return line(index, parts, refs, spans, labels)
    spoken = [(*_named(index, doc, claim), *through(index, doc, claim)) for claim in claims]
    carried = [(ref[0], claim.id) for ref in refs for claim in _claims(index, ref)]
    parts = joined(list(dict.fromkeys(spoken)), index.reader.phrase("brief.between"))
    return line(index, parts, [*refs, *carried], spans, labels)


def _named(index: Index, doc: str, claim: Claim) -> Parts:
    """Who gives a figure; a figure in the conditional that nobody is named for says so."""
    if claim.source is None and claim.form == "conditional":
        return (Part(index.reader.phrase("brief.act.conditional", n=1)),)
    return who(index, doc, claim)[0]


def _as_of(index: Index, ref: Ref, figure: Figure) -> str:
    """When the count stopped: as the text says, else unsaid, with the day of the article."""
    if figure.as_of:
        return published(figure.as_of, index.reader)
    article = index.by_id[ref[0]].article
    return index.reader.phrase("brief.as_of.unsaid", day=published(article.published, index.reader))
