"""An article's text with its records drawn on it: layers to switch on, twins, and the passage asked for."""

import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec
from markupsafe import Markup, escape

from ..model.records import TEXT_KINDS, Annotated, AnyRecord, Block, Claim, Event, Figure, Name, Span, Time
from ..model.reviews import Review
from .desk import Snapshot

LAYERS = ("claim", "figure", "event", "name", "time")
AT = re.compile(r"(\d{1,9})-(\d{1,9})")


class Twin(NamedTuple):
    """A passage of another article that comes from one text with this one."""

    doc: str
    span: Span
    kind: str


class Line(NamedTuple):
    """One line of an article: its kind, its characters with the marks, and its twins."""

    number: int
    block: Block
    text: Markup
    twins: Sequence[Twin]

    @property
    def own(self) -> bool:
        """Whether it is the article's own text."""
        return self.block.kind in TEXT_KINDS


class Sheet:
    """An article laid out."""

    def __init__(self, now: Snapshot, found: Annotated, held: Mapping[str, list[Review]], at: str) -> None:
        self.now, self.found, self.held = now, found, held
        self.doc, self.text = found.article.id, found.article.text
        asked = AT.fullmatch(at)
        self.at: Span | None = (int(asked[1]), int(asked[2])) if asked else None
        self.shared = now.store.shared(self.doc)
        self.records = [record for record in found.records if isinstance(record, Claim | Figure | Event | Name | Time)]
        self.by_layer: dict[str, list[AnyRecord]] = defaultdict(list)
        for record in self.records:
            self.by_layer[str(record.__struct_config__.tag)].append(record)
        self.lines = [
            Line(n, block, self._marked(block.span), self._twins(block.span))
            for n, block in enumerate(found.layer(Block), 1)
        ]

    def _twins(self, span: Span) -> list[Twin]:
        found = []
        for one in self.shared:
            for mine, theirs in ((one.a, one.b), (one.b, one.a)):
                if mine[0] == self.doc and mine[1] < span[1] and span[0] < mine[2]:
                    found.append(Twin(theirs[0], theirs[1:], one.kind))
        return found[:6]

    def _marked(self, span: Span) -> Markup:
        """The characters of a line, each stretch with the layers that hold it; nothing of the article's is markup."""
        inside = [record for record in self.records if record.start < span[1] and span[0] < record.end]
        edges = {span[0], span[1]}
        for record in inside:
            edges |= {min(max(edge, span[0]), span[1]) for edge in record.span}
        if self.at:
            edges |= {min(max(edge, span[0]), span[1]) for edge in self.at}
        written: list[str] = []
        for start, end in itertools.pairwise(sorted(edges)):
            holding = [record for record in inside if record.start <= start and end <= record.end]
            lit = self.at is not None and self.at[0] <= start and end <= self.at[1]
            written.append(self._piece(start, end, holding, lit))
        return Markup("".join(written))

    def _piece(self, start: int, end: int, holding: Sequence[AnyRecord], lit: bool) -> str:
        words = str(escape(self.text[start:end]))
        if not holding and not lit:
            return words
        layers = sorted({str(record.__struct_config__.tag) for record in holding})
        classes = [*(f"in-{layer}" for layer in layers), *(["lit"] if lit else [])]
        first = ""
        if lit and self.at and start == self.at[0]:
            first = ' id="at"'
        begins = [record for record in holding if record.start == start]
        anchors = "".join(f'<a class="anchor" id="r-{escape(record.id)}"></a>' for record in begins)
        return f'{anchors}<span{first} class="{" ".join(classes)}">{words}</span>'

    def raw(self, span: Span | None) -> str:
        """The article's own characters."""
        return self.text[span[0] : span[1]] if span else ""

    def entity(self, slug: str | None) -> tuple[str, str]:
        """The id and the name of the entity that a slug means here; empty for none."""
        known = self.now.entity_of.get((self.doc, slug or ""))
        return (known, self.now.entities[known].label) if known in self.now.entities else ("", slug or "")

    def fields(self, record: AnyRecord) -> list[tuple[str, str]]:
        """What a record says, field by field, without what stands at its default."""
        skipped = {"layer", "start", "end", "text", "id", "maker", "claims", "event", "within", "via", "supersedes"}
        spans = {"source", "cue", "channel", "actor", "target", "place", "time_span", "of"}
        found = []
        for key, value in msgspec.to_builtins(record).items():
            if key in skipped or value in (None, "", [], False):
                continue
            if key in spans:
                value = self.raw((value[0], value[1]))
            elif key in ("source_entity", "party", "by", "entity", "stands_for"):
                value = self.entity(value)[1]
            elif isinstance(value, list):
                value = ", ".join(str(one) for one in value)
            found.append((key, str(value)))
        return found
