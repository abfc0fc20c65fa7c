"""Finds figures: every count or share of people or things as the interval the words allow, with what happened to it."""

from ...model.records import TEXT_KINDS, AnyRecord, Figure, Time
from ..draft import Draft
from .found import read_paragraph
from .links import linked
from .making import Found
from .rows import share_lists
from .tellers import tellers_apart
from .updates import mark_updates
from .victims import settle_victims
from .words import lexicon


class Figures:
    """Numbers (lang.numerals) with their bounds; what they count and their measure from the tree; sides and links from
    the names, claims, events and times around them."""

    name = "figures"
    version = "1"
    needs: tuple[str, ...] = ("block", "time", "name", "claim", "event")
    gives = "figure"
    parsed = True

    def __call__(self, draft: Draft) -> list[AnyRecord]:
        """The article's figures, in text order."""
        words = lexicon(draft.pack)
        found: list[Found] = []
        times = draft.layer(Time)
        for tree in draft.trees:
            if tree.kind in TEXT_KINDS:
                found += read_paragraph(draft, tree, words, times)
        tellers_apart(found, draft)
        share_lists(found, draft, words)
        settle_victims(found, draft, words)
        mark_updates(found, draft, words)
        figures: list[Figure] = linked(found, draft, words)
        return list(figures)
