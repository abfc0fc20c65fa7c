"""Works across articles: a function of the set of articles, whatever their order of arrival."""

from collections.abc import Sequence

from ..model.decisions import Decision
from ..model.parts import assembled
from ..model.records import Annotated
from ..model.relations import Relations
from .reading import arranged
from .renew import Changes, renew
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


# Goes up with every change after which what was made of articles before must be made anew.
FORM = 3

__all__ = ["FORM", "Changes", "Shelf", "Summary", "relate", "renew", "summary"]
