"""The layers inside one article, one frozen struct each, encoded as the guide writes them.

Offsets are code points into `Article.text`, end exclusive; a field that names another span is (start, end).
`text` repeats the raw characters so that a drift is seen at once. Links between records are ids.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, TypeVar

import msgspec

from .article import Article, digest

Span = tuple[int, int]
BlockKind = Literal["body", "heading", "title", "caption", "credit", "meta", "related", "chrome"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
NameType = Literal["PER", "ORG", "LOC"]
Measure = Literal[
    "killed", "wounded", "captured", "missing", "displaced", "destroyed", "damaged", "lost",
    "intercepted", "launched", "deployed", "delivered", "affected", "casualties", "other",
]  # fmt: skip
Form = Literal["direct", "indirect", "mixed", "conditional"]
Act = Literal["assert", "deny", "accuse", "admit", "request", "commit", "expect", "question"]
Polarity = Literal["+", "-"]
Certainty = Literal["certain", "probable", "possible"]
EventType = Literal[
    "ceasefire", "violation", "strike", "ground", "invasion", "withdrawal", "intercept", "casualties", "loss",
    "damage", "movement", "delivery", "exercise", "meeting", "inquiry", "protest", "sanction", "other",
]  # fmt: skip
Means = Literal["missile", "drone", "air", "shelling", "unknown"]
Status = Literal["actual", "claimed", "denied", "planned", "possible"]

V = TypeVar("V")

# Acts by which a speaker does not stand for what the claim holds.
DOUBTING: frozenset[Act] = frozenset({"deny", "question"})
# Nor does who fears or foresees a number give it as counted.
UNGIVEN: frozenset[Act] = DOUBTING | {"expect"}
TEXT_KINDS: frozenset[str] = frozenset({"body", "heading", "title"})


def _written(value: V) -> V:
    """A default that is written out all the same: readers of the files look for these fields in every record."""
    found: V = msgspec.field(default_factory=lambda: value)
    return found


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="layer"):
    """What every record has: its span, the raw characters, its id, and its maker (annotator, version, pack digest)."""

    start: int
    end: int
    text: str
    id: str = ""
    maker: str = ""

    @property
    def span(self) -> Span:
        return self.start, self.end


class Block(Record, frozen=True, kw_only=True, omit_defaults=True, tag="block"):
    """A non-empty line of the raw text and its kind."""

    kind: BlockKind


class Time(Record, frozen=True, kw_only=True, omit_defaults=True, tag="time"):
    """A temporal expression: TIMEX3 type and value, and the interval [earliest, latest) it stands for.

    `earliest` and `latest` are local ISO 8601 instants ("2023-01-06T12:00"), None where the text or an unknown
    publication date leaves them open. `zone` says whose clock the value is in; an hour of GMT or UTC has its interval
    in local time where the article tells one instant in both ("12h00 (09h00 GMT)"), else by its own clock. `grain` is
    the unit of the value (minute, hour, day, week, month …).
    """

    type: TimeType
    value: str
    quant: str = ""
    mod: str = ""
    zone: str = ""
    earliest: str | None = None
    latest: str | None = None
    grain: str = ""


class Name(Record, frozen=True, kw_only=True, omit_defaults=True, tag="name"):
    """A mention of a person, organisation or place. `entity` is the referent; `stands_for` what a metonym means."""

    type: NameType
    entity: str
    stands_for: str | None = None


class Figure(Record, frozen=True, kw_only=True, omit_defaults=True, tag="figure"):
    """A count or share as the interval the words allow: [low, high], None for open; shares as fractions of 1.

    `supersedes` is the id of the earlier value that the text says this one replaces ("le bilan passe de 35 à 40").
    """

    low: float | int | None = None
    high: float | int | None = None
    strict: bool = False
    approx: bool = False
    unit: str = ""
    counts: tuple[str, ...] = ()
    measure: Measure = _written("other")
    party: str | None = None
    by: str | None = None
    of: Span | None = None
    per: str | None = None
    claims: tuple[str, ...] = ()
    event: str | None = None
    as_of: str | None = None
    cumulative: bool = False
    supersedes: str | None = None


class Claim(Record, frozen=True, kw_only=True, omit_defaults=True, tag="claim"):
    """What the article puts in someone's mouth or mind: one record per source and stretch of content.

    `source` and `cue` are spans, `source_entity` the referent of the source (None if unnamed), `more` further
    stretches of the same content, `within` the id of the claim that this one stands in, `via` the ids of the
    claims by which others relay it, `channel` the span of where it was said (Telegram, communiqué).
    """

    source: Span | None = None
    source_entity: str | None = None
    cue: Span | None = None
    more: tuple[Span, ...] = ()
    form: Form = _written("indirect")
    act: Act = _written("assert")
    polarity: Polarity = _written("+")
    certainty: Certainty = _written("certain")
    within: str | None = None
    via: tuple[str, ...] = ()
    channel: Span | None = None


class Event(Record, frozen=True, kw_only=True, omit_defaults=True, tag="event"):
    """A mention of a happening; the span is its head word. Arguments are spans; `claims` who says so."""

    type: EventType
    status: Status = _written("actual")
    means: Means | None = None
    actor: Span | None = None
    target: Span | None = None
    place: Span | None = None
    time_span: Span | None = None
    claims: tuple[str, ...] = ()


AnyRecord = Block | Time | Name | Figure | Claim | Event
R = TypeVar("R", bound=Record)
LAYERS: tuple[type[Record], ...] = (Block, Time, Name, Figure, Claim, Event)
_TAGS = {kind: str(kind.__struct_config__.tag) for kind in LAYERS}


def layer_of(record: Record) -> str:
    """The layer's name as the guide writes it ("block", "time" …)."""
    return _TAGS[type(record)]


def identity(record: Record, article: Article) -> str:
    """A record's id: a hash of the article version, the layer and the spans (claims: source and cue too)."""
    place = f"{article.version}\x1f{layer_of(record)}\x1f{record.start}\x1f{record.end}"  # as digest() joins parts
    return digest(place, record.source, record.cue, record.more) if isinstance(record, Claim) else digest(place)


def identified(record: R, article: Article) -> R:
    """The record with its id."""
    return msgspec.structs.replace(record, id=identity(record, article))


class Annotated(msgspec.Struct, frozen=True):
    """An article with all records of all layers, in text order within each layer."""

    article: Article
    records: tuple[AnyRecord, ...]

    def layer(self, kind: type[R]) -> list[R]:
        """The records of one layer."""
        return [record for record in self.records if isinstance(record, kind)]

    def find(self, record_id: str) -> AnyRecord | None:
        """The record with this id."""
        return next((record for record in self.records if record.id == record_id), None)


def overlapping(records: Sequence[R] | Iterable[R], span: Span) -> list[R]:
    """The records that share at least one character with a span."""
    return [record for record in records if record.start < span[1] and span[0] < record.end]
