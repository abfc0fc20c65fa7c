"""Tells the article's own words from what the page leaves around them."""

from ..model.records import AnyRecord, Block
from .draft import Draft


class Blocks:
    """Baseline: every line is body."""

    name = "blocks"
    version = "1"
    needs: tuple[str, ...] = ()
    gives = "block"
    parsed = False

    def __call__(self, draft: Draft) -> list[AnyRecord]:
        """One record per non-empty line."""
        found: list[AnyRecord] = []
        offset = 0
        for line in draft.article.text.split("\n"):
            if line.strip():
                start = offset + len(line) - len(line.lstrip())
                end = offset + len(line.rstrip())
                found.append(Block(start=start, end=end, text=draft.raw((start, end)), kind="body"))
            offset += len(line) + 1
        return found
