"""Works across articles: a function of the set of articles, whatever their order of arrival."""

from collections.abc import Sequence

from msgspec.structs import replace

from ..model.decisions import Decision
from ..model.parts import assembled
from ..model.records import Annotated
from ..model.relations import Relations, Story
from .account import account
from .reading import arranged
from .renew import Changes, lineage, renew
from .shelf import Memory, Shelf
from .stories import Summary, summary


def relate(articles: Sequence[Annotated], decisions: Sequence[Decision] = ()) -> Relations:
    """Everything that stands between the articles; `decisions` are what people have settled about entities."""
    articles = arranged(articles)
    known = {one.article.id: summary(one) for one in articles}
    shelf = Memory(articles, known, decisions)
    renew(shelf, Changes(fresh=list(known)))
    shared, sprung = shelf.lineage()
    days = {doc: one.published or "" for doc, one in known.items()}
    return assembled([*shelf.accounts.values(), Relations(reuse=tuple(shared), origins=tuple(sprung))], days)


def related_as(story: Story, articles: Sequence[Annotated], decisions: Sequence[Decision] = ()) -> Relations:
    """Everything that stands between some of a story's articles, held to be of one story whatever the others are: that
    story, with these articles."""
    articles = arranged(articles)
    known = {one.article.id: summary(one) for one in articles}
    shelf = Memory(articles, known, decisions)
    lineage(shelf, Changes(fresh=list(known)))
    shared, sprung = shelf.lineage()
    found = account(articles, [list(known)], known, (shared, sprung), decisions)
    made = {one.id for one in found.stories}
    return replace(
        assembled([found, Relations(reuse=tuple(shared), origins=tuple(sprung))], {}),
        stories=tuple(replace(one, id=story.id, story=story.story) for one in found.stories),
        disputes=tuple(replace(one, story=story.id) if one.story in made else one for one in found.disputes),
        truces=tuple(replace(one, story=story.id) if one.story in made else one for one in found.truces),
    )


# Goes up with every change after which what was made of articles before must be made anew.
FORM = 9

__all__ = ["FORM", "Changes", "Shelf", "Summary", "relate", "related_as", "renew", "summary"]
