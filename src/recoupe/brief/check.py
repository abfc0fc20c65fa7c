"""Whether an account says only what its records and articles hold.

Every line is made of an article's words and of sentences of ours. The words must stand in the article that is linked;
the sentences are made again from the same records and compared.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from ..lang import LanguagePack
from ..model.hand import NOBODY, Hand
from ..model.records import Annotated
from ..model.relations import Ref, Relations
from .account import account
from .model import Account, Chart, Disagreement, FigureTable, Line, StoryAccount
from .words import words_of


def check(
    articles: Sequence[Annotated],
    relations: Relations,
    pack: LanguagePack,
    found: Account | None = None,
    hand: Hand = NOBODY,
) -> list[str]:
    """What is wrong with an account, one sentence each in the language of `pack`; empty where nothing is.

    `found` is the account to check, the one that would be written now where it is not given: then what is checked is
    that its records exist, its passages lie in the articles, and the words shown as an article's are that article's.
    """
    made = account(articles, relations, pack, hand=hand)
    told = found if found is not None else made
    texts = {one.article.id: one.article.text for one in articles}
    records = {(one.article.id, record.id) for one in articles for record in one.records}
    wrong: list[str] = []
    for story in told.stories:
        for line in lines(story):
            wrong += (f"{story.story}: {reason}: {line.text}" for reason in _wrong(line, texts, records, pack))
    if told != made:
        wrong += _differing(told, made, pack)
    return wrong


def lines(story: StoryAccount) -> Iterator[Line]:
    """Every line of a story, in the order of the page."""
    yield from (*story.lead, *story.more)
    for truce in story.truces:
        yield truce.head
        yield from (row.line for row in (*truce.rows, *truce.answers, *truce.rest, *truce.incidents))
    yield from _compared(story.disputes, story.figures)
    for strand in story.strands:
        yield strand.head
        yield from _compared(strand.disputes, strand.figures)
        yield from strand.lines
    yield from (*story.denials, *story.ahead)
    yield from (moment.line for moment in (*story.timeline, *story.background))
    yield from (point.line for point in story.points)
    yield from (person.line for person in story.people)
    yield from (source.line for source in story.sources)
    yield from (exchange.line for exchange in story.exchanges)
    for chart in charts(story):
        yield from (reading.line for series in chart.series for reading in series.readings)


def charts(story: StoryAccount) -> Iterator[Chart]:
    """Every chart of a story, wherever it stands."""
    yield from story.charts
    for strand in story.strands:
        yield from strand.charts
    for dispute in (*story.disputes, *(one for strand in story.strands for one in strand.disputes)):
        if dispute.chart is not None:
            yield dispute.chart


def _compared(disputes: Iterable[Disagreement], tables: Iterable[FigureTable]) -> Iterator[Line]:
    for dispute in disputes:
        yield dispute.question
        yield from (line for column in dispute.columns for line in column.lines)
    yield from (row.line for table in tables for row in table.rows)


def _wrong(line: Line, texts: dict[str, str], records: set[Ref], pack: LanguagePack) -> Iterator[str]:
    if not line.refs or not all(ref in records for ref in line.refs):
        yield pack.phrase("brief.check.records")
    if not line.links or not all(_inside(texts, link.doc, link.start, link.end) for link in line.links):
        yield pack.phrase("brief.check.passages")
    docs = {doc for doc, _ in line.refs} | {link.doc for link in line.links}
    whole = [_flat(texts[doc]) for doc in docs if doc in texts]
    sign = re.escape(words_of(pack).cut)
    for part in line.parts:
        if part.kind not in ("words", "quote"):
            continue
        pieces = [_flat(piece) for piece in re.split(sign, part.text)]
        if not all(any(piece in text for text in whole) for piece in pieces):
            yield pack.phrase("brief.check.words")


def _inside(texts: dict[str, str], doc: str, start: int, end: int) -> bool:
    return doc in texts and 0 <= start < end <= len(texts[doc])


def _flat(text: str) -> str:
    """Words alone: a sentence may begin with a capital of ours, and is set in one line."""
    return " ".join(text.split()).casefold()


def _differing(told: Account, made: Account, pack: LanguagePack) -> list[str]:
    """The first line of an account that the records would not be told by."""
    for one, other in zip(told.stories, made.stories, strict=False):
        for line, again in zip(lines(one), lines(other), strict=False):
            if line != again:
                return [f"{one.story}: {pack.phrase('brief.check.sentence')}: {line.text}"]
    return [pack.phrase("brief.check.account")]
