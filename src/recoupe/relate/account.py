"""What one file of articles gives: all that stands between them, as a function of these articles and no others."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from ..model.decisions import Decision
from ..model.records import Annotated
from ..model.relations import Origin, Relations, Reuse, Story, Truce
from .allegiances import serve
from .disputes import Desk, disputes, together
from .entities import entities
from .happenings import by_mention, happenings
from .origins import translated, within
from .questions import counts, questions
from .reading import arranged, readings
from .speakers import identify
from .statements import statements
from .stories import Summary, stories
from .truces import truces
from .withdrawals import withdraw


def account(
    articles: Sequence[Annotated],
    groups: Iterable[Sequence[str]],
    summaries: Mapping[str, Summary],
    lineage: tuple[Sequence[Reuse], Sequence[Origin]],
    decisions: Sequence[Decision] = (),
) -> Relations:
    """Everything but the shared passages and the origins known from them, which are given as `lineage`.

    `groups` are the articles (by their ids) that are of one matter, `decisions` what people have settled.
    """
    articles = arranged(articles)
    docs = {one.article.id for one in articles}
    shared, known = lineage[0], within(lineage[1], docs)
    named = entities(articles, decisions)
    read = readings(articles, named)
    serve(read)
    other = translated(read, known)
    sprung = [*known, *other]
    events = happenings(read, shared, sprung)
    running = stories(read, summaries, groups, events, sprung)
    identify(read, named, running)
    withdraw(read)
    of = by_mention(events)
    counted = counts(read, of, together(running))
    declared = tuple(replace(truce, story=_home(truce, running)) for truce in truces(read, events))
    desk = Desk(read, running, of)
    return Relations(
        entities=named,
        happenings=events,
        statements=statements(read, shared, sprung),
        questions=questions(counted),
        origins=other,
        stories=running,
        disputes=disputes(desk, counted, declared),
        truces=declared,
    )


def _home(truce: Truce, running: Sequence[Story]) -> str | None:
    """The story that most of a truce's mentions stand in, the smallest of several."""
    docs = [doc for doc, _ in truce.mentions]
    held = {story.id: sum(doc in story.docs for doc in docs) for story in running}
    sizes = {story.id: len(story.docs) for story in running}
    best = min(held, key=lambda i: (-held[i], sizes[i], i), default=None)
    return best if best and held[best] else None
