"""Tells the article's own words from what the page leaves around them."""

from ...model.records import AnyRecord, Block
from ..draft import Draft
from .kinds import kinds_of
from .lines import lines_of
from .words import matcher

__all__ = ["Blocks"]


class Blocks:
    """The kind of every non-empty line: by the page's markup, by words of page furniture, by shape and place."""

    name = "blocks"
    version = "2"
    needs: tuple[str, ...] = ()
    gives = "block"
    parsed = False

    def __call__(self, draft: Draft) -> list[AnyRecord]:
        """One record per non-empty line."""
        lines = lines_of(draft.article.text, matcher().stamp(draft.article.text))
        hints = {(start, end): kind for start, end, kind in draft.article.hints}
        kinds = kinds_of(lines, [hints.get((line.start, line.end), "") for line in lines], draft.article.title)
        return [
            Block(start=line.start, end=line.end, text=line.raw, kind=kind)
            for line, kind in zip(lines, kinds, strict=True)
        ]
