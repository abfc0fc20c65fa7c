"""Works across articles: a function of the set of articles, whatever their order of arrival."""

from collections.abc import Sequence

from msgspec.structs import replace

from ..model.decisions import Decision
from ..model.records import Annotated
from ..model.relations import Relations, Story, Truce
from .allegiances import serve
from .disputes import Desk, disputes, together
from .entities import entities
from .happenings import by_mention, happenings
from .origins import origins
from .questions import counts, questions
from .reading import arranged, readings
from .reuse import reuse
from .speakers import identify
from .statements import statements
from .stories import stories
from .truces import truces
from .withdrawals import withdraw


def relate(articles: Sequence[Annotated], decisions: Sequence[Decision] = ()) -> Relations:
    """Everything that stands between the articles; `decisions` are what people have settled about entities."""
    articles = arranged(articles)
    named = entities(articles, decisions)
    read = readings(articles, named)
    serve(read)
    shared = reuse(articles)
    sprung = origins(read, shared)
    events = happenings(read, shared)
    running = stories(read, events, sprung)
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
        reuse=shared,
        origins=sprung,
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


__all__ = ["relate"]
