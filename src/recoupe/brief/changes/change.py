"""One change between two states of a story, and the two states side by side."""

from collections.abc import Iterable, Sequence
from typing import Literal

from ...lang import LanguagePack
from ...model.article import digest
from ...model.hand import NOBODY, Hand
from ...model.records import Annotated
from ...model.relations import Ref, Relations, Story
from ..index import Index
from ..lines import PASSAGES, line
from ..model import Frozen, Line, Link
from ..passages import Passage
from ..wording import Parts

Kind = Literal[
    "withdrawn", "truce", "incident", "denial", "dispute", "over", "figure", "source", "text", "revised", "story"
]
# What a desk wants to see first.
ORDER: tuple[Kind, ...] = (
    "story", "withdrawn", "truce", "incident", "denial", "dispute", "over", "figure", "source", "text", "revised",
)  # fmt: skip


class Change(Frozen, frozen=True):
    """What is otherwise than it was. `doc` is the article that brought it; the line's records are those that are new,
    with what they are said of; `was` are the passages that stood for it before. `id` hangs on the new records alone."""

    id: str
    kind: Kind
    doc: str
    line: Line
    was: tuple[Link, ...] = ()


class Sides:
    """A story in two states, the earlier and the later. Records are the same in both where their article's text is."""

    def __init__(
        self,
        before: tuple[Sequence[Annotated], Relations],
        after: tuple[Sequence[Annotated], Relations],
        reader: LanguagePack,
        hand: Hand = NOBODY,
    ) -> None:
        self.reader = reader
        self.before, self.after = (Index(*side, reader, hand) for side in (before, after))
        self.earlier = next(iter(before[1].stories), None)
        self.story: Story = after[1].stories[0]
        old = {doc: one.article.version for doc, one in self.before.by_id.items()}
        new = {one.article.id: one.article.version for one in self.after.articles}
        self.fresh = [doc for doc in new if doc not in old]
        self.revised = [doc for doc in new if doc in old and new[doc] != old[doc]]

    def is_new(self, ref: Ref) -> bool:
        """Whether a record was not there before."""
        return self.before.record(ref) is None

    def new(self, refs: Iterable[Ref]) -> list[Ref]:
        """Those of some records that were not there before."""
        return [ref for ref in refs if self.is_new(ref)]

    def old(self, refs: Iterable[Ref]) -> bool:
        """Whether some record was there before."""
        return any(not self.is_new(ref) for ref in refs)

    def headline(self, ref: Ref) -> bool:
        """Whether a record stands in a headline, which only says what its text says again."""
        record = self.after.record(ref)
        block = self.after.block_at(ref[0], record.start) if record is not None else None
        return block is not None and block.kind != "body"

    def spans(self, refs: Iterable[Ref]) -> list[Passage]:
        """The passages of records, as they stand now."""
        return [(ref[0], record.span) for ref in refs if (record := self.after.record(ref)) is not None]

    def line(self, parts: Parts, refs: Sequence[Ref], sources: Iterable[str] = ()) -> Line:
        """A line that rests on records, the new ones first."""
        ordered = sorted(refs, key=lambda ref: not self.is_new(ref))
        return line(self.after, parts, ordered, self.spans(ordered), sources)

    def change(self, kind: Kind, told: Line, was: Iterable[Link] = ()) -> Change:
        """A change by the new records of its line."""
        new = self.new(told.refs)
        docs = [doc for doc, _ in new] or [*self.fresh, *self.revised]
        first = min(docs, key=lambda doc: (self.after.numbers[doc], doc))
        key = digest(kind, *sorted(new or told.refs))
        return Change(id=key, kind=kind, doc=first, line=told, was=tuple(dict.fromkeys(was))[:PASSAGES])


def linked(index: Index, refs: Iterable[Ref]) -> list[Link]:
    """The passages of records in one state, one a paragraph."""
    found: dict[tuple[str, int], Link] = {}
    for ref in refs:
        record = index.record(ref)
        if record is not None:
            link = index.link(ref[0], record.span)
            found.setdefault((link.doc, link.paragraph), link)
    return list(found.values())


__all__ = ["ORDER", "Change", "Kind", "Sides", "linked"]
