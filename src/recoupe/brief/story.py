"""The account of one story, put together from its parts."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import msgspec

from ..model.relations import Story
from .charts import charts
from .chronology import background, points, timeline
from .disputes import disagreements, disputed_figures, summed
from .exchanges import exchanges
from .figures import tables
from .index import Index
from .lead import ahead, denials, leads, recalled_only
from .lines import line, voices
from .model import Chart, Disagreement, FigureTable, Line, Link, StoryAccount, StrandView, TruceView
from .origins import first_sources, origins
from .people import people
from .strands import Strand, happenings_of, heading, strand_of, strands
from .truces import declared, truces

# What a desk reads in two minutes: this many lead facts; the others follow, folded where a rendering can fold.
LEADS = 7
# Of these, at most this many truces and disputed numbers stand first.
TRUCES = COUNTS = 2
# So many lines make a heading of a happening without figures or disputes; more headings than this are a heap.
LINES, HEADS = 2, 6


def tell(index: Index, story: Story) -> StoryAccount:
    """The account of one story."""
    docs = [doc for doc in story.docs if doc in index.by_id]
    found = strands(index, story)
    disputed, drawn = _drawn(disagreements(index, story, found), charts(index, story, found))
    counted = disputed_figures(index, story)
    views, (link, title) = truces(index, story), _title(index, story)
    answered = {ref for one in disputed for column in one.columns for each in column.lines for ref in each.refs}
    denied = {ref for one in disputed if one.kind != "number" for ref in one.question.refs}
    facts = _led(index, views, disputed, leads(index, story, denied))
    lead, more = facts[:LEADS], facts[LEADS:]
    shown = {ref for one in lead for ref in one.refs}
    near, far = background(timeline(index, story), [index.by_id[doc].article.published or "" for doc in docs])
    plain = tables(index, story, counted, found)
    heads = _headed(index, found, disputed, plain, more)
    figures = tables(index, story, counted, found, headed=True) if heads else plain
    texts = origins(index, docs)
    told = [*lead, *(row.line for one in views for row in one.answers), *_answers(disputed)]
    return StoryAccount(
        story=story.story,
        title=title,
        title_link=link,
        numbers=tuple(sorted(index.numbers[doc] for doc in docs)),
        origins=tuple(texts),
        texts=len(texts),
        lead=tuple(lead),
        more=tuple(one for one in more if _strand(index, found, one) not in heads),
        truces=tuple(views),
        disputes=tuple(one for one in disputed if one.strand not in heads),
        figures=tuple(one for one in figures if one.strand not in heads),
        counted=len(counted),
        denials=tuple(one for one in denials(index, story) if not (answered | shown).issuperset(one.refs)),
        ahead=tuple(ahead(index, story)),
        timeline=tuple(near),
        background=tuple(far),
        points=tuple(points(index, story)),
        people=tuple(people(index, docs, answered | {ref for one in facts for ref in one.refs})),
        strands=tuple(
            StrandView(
                head=_head(index, found[i], docs),
                disputes=tuple(one for one in disputed if one.strand == i),
                figures=tuple(one for one in figures if one.strand == i),
                lines=tuple(one for one in more if _strand(index, found, one) == i),
                charts=tuple(one for one in drawn if one.strand == i),
            )
            for i in heads
        ),
        sources=tuple(first_sources(index, told, texts)),
        charts=tuple(one for one in drawn if one.strand not in heads),
        exchanges=tuple(exchanges(index, story)),
    )


def _drawn(disputed: Sequence[Disagreement], found: Sequence[Chart]) -> tuple[list[Disagreement], list[Chart]]:
    """The disputes with the chart that draws most of their figures, and the charts that are left."""
    left, made = list(found), []
    for one in disputed:
        refs = {ref for column in one.columns for each in column.lines for ref in each.refs}
        shared = [len(refs.intersection(chart.refs)) for chart in left]
        if one.kind == "number" and max(shared, default=0):
            chart = left.pop(shared.index(max(shared)))
            one = msgspec.structs.replace(one, chart=chart)
        made.append(one)
    return made, left


def _headed(
    index: Index,
    found: Sequence[Strand],
    disputed: Sequence[Disagreement],
    plain: Sequence[FigureTable],
    more: Sequence[Line],
) -> list[int]:
    """The main happenings that get a heading: those with something under it, where there are at least two."""
    several = len({ref[0] for strand in found for one in strand.members for ref in one.mentions}) > 1
    counts = Counter([one.strand for one in disputed] + [one.strand for one in plain])
    lines = Counter(_strand(index, found, one) for one in more)
    known = [i for i, one in enumerate(found) if (one.day or one.place) and not _far(index, one)]
    heads = [i for i in known if counts[i] or lines[i] >= LINES]
    return heads[:HEADS] if len(heads) > 1 and several else []


def _far(index: Index, strand: Strand) -> bool:
    """Whether a happening lies so far back that articles only recall it."""
    docs = {ref[0] for one in strand.members for ref in one.mentions}
    return all(recalled_only(index, one, docs) for one in strand.members)


def _strand(index: Index, found: Sequence[Strand], one: Line) -> int:
    return strand_of(found, happenings_of(index, one.refs))


def _head(index: Index, strand: Strand, docs: Collection[str]) -> Line:
    """The heading of a main happening, with the mentions that make it."""
    refs = [ref for one in strand.members for ref in one.mentions if ref[0] in docs and index.event(ref) is not None]
    spans = [(ref[0], record.span) for ref in refs if (record := index.record(ref)) is not None]
    return line(index, heading(index, strand), refs, spans, voices(index, refs))


def _answers(disputed: Sequence[Disagreement]) -> Iterator[Line]:
    for one in disputed:
        for column in one.columns:
            yield from column.lines


def _led(
    index: Index, views: Sequence[TruceView], disputed: Sequence[Disagreement], facts: Sequence[Line]
) -> list[Line]:
    """The lead: the truces that most texts tell of, then the numbers that stand against each other, then the facts
    that neither has told."""
    most = max((view.head.support.texts for view in views), default=0)
    # A truce of which neither maker nor window is told is no lead.
    known = [view for view in views if view.window.start or any(part.kind == "name" for part in view.head.parts)]
    central = [view for view in known if 2 * view.head.support.texts > most]
    heads = [declared(index, view) for view in central[:TRUCES]]
    late = [declared(index, view) for view in views if view not in central[:TRUCES]]
    # Of each main happening, the number that most texts tell of.
    numbers = sorted((one for one in disputed if one.kind == "number"), key=lambda one: -one.question.support.texts)
    numbers = list({one.strand: one for one in reversed(numbers)}.values())[::-1][:COUNTS]
    # Who ordered a truce, and in how many texts, its own line says; who counts how many, that of the numbers.
    ordered = {ref for view in views for row in view.answers if row.stance == "ordered" for ref in row.line.refs}
    counted = [link for one in numbers for column in one.columns for each in column.lines for link in each.links]
    own = [one for one in facts if not ordered.issuperset(one.refs)]
    again = [one for one in own if numbers and (_told(one, counted) or _only_toll(index, one))]
    told = [one for one in own if one not in again]
    counts = [summed(index, one) for one in numbers]
    return [*heads, *counts, *told, *again, *late]


def _only_toll(index: Index, one: Line) -> bool:
    """Whether a line tells only that people were killed or hurt, which disputed numbers tell."""
    kinds = {index.happenings[found].type for found in happenings_of(index, one.refs)}
    return kinds == {"casualties"}


def _told(line: Line, links: Sequence[Link]) -> bool:
    """Whether the first words of a line are among some passages."""
    first = line.links[0]
    return any(one.doc == first.doc and one.start < first.end and first.start < one.end for one in links)


def _title(index: Index, story: Story) -> tuple[Link | None, str]:
    """A story's title is words of one of its articles; without any, its label."""
    if story.title_from and story.title_from[0] in index.by_id:
        doc, start, end = story.title_from
        return index.link(doc, (start, end)), story.title or " ".join(index.raw(doc, (start, end)).split())
    return None, story.title or story.story.replace("-", " ")
