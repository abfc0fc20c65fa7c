"""What stands between articles. All of it is a function of the set of articles, whatever the order of arrival.

A `Ref` is (article id, record id). Ids of relations are opaque and made from what they are about; slugs are labels.
"""

from typing import Literal

import msgspec

from .article import digest

Ref = tuple[str, str]
Passage = tuple[str, int, int]
Voice = Literal["outlet", "named", "unnamed"]
Precision = Literal["town", "region", "country"]


class Relation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="layer"):
    """What every relation has."""

    id: str


class Place(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A point with its precision; degrees north and east (WGS 84), and where it was looked up."""

    lat: float
    lon: float
    precision: Precision
    country: str = ""
    name: str = ""
    source: str = ""


class Entity(Relation, frozen=True, kw_only=True, omit_defaults=True, tag="entity"):
    """One person, organisation or place with all its spellings.

    `referents` are the (article id, in-article entity slug) pairs it joins; `forms` spellings with their counts;
    `unsure` the entities that it cannot be told from, each with the reason; `keys` the machine's own keys that it
    joins, its main one first (slugs, but where a person has split one; a surname alone has "@" and its article
    behind); `decided` the decisions of people that shaped it.
    """

    slug: str
    type: str
    label: str
    forms: tuple[tuple[str, int], ...] = ()
    referents: tuple[Ref, ...] = ()
    mentions: tuple[Ref, ...] = ()
    place: Place | None = None
    unsure: tuple[tuple[str, str], ...] = ()
    keys: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()


class Happening(Relation, frozen=True, kw_only=True, omit_defaults=True, tag="happening"):
    """One event with its many mentions. Actor, target and place are entity ids, times local ISO instants."""

    type: str
    mentions: tuple[Ref, ...]
    means: str | None = None
    actor: str | None = None
    target: str | None = None
    place: str | None = None
    earliest: str | None = None
    latest: str | None = None


class Statement(Relation, frozen=True, kw_only=True, omit_defaults=True, tag="statement"):
    """One claim made in many articles. `texts` counts independent texts (copies folded), `first_sources` who it goes
    back to (entity ids, or the words of an unnamed source, once per text); `shown` is the claim to quote. `withdrawn`
    is the claim (or block) by which all of it was taken back, `withdrawn_too` those by which others did so as well."""

    claims: tuple[Ref, ...]
    shown: Ref
    act: str
    polarity: str
    source: str | None = None
    texts: int = 1
    first_sources: tuple[str, ...] = ()
    withdrawn: Ref | None = None
    withdrawn_too: tuple[Ref, ...] = ()


class Question(Relation, frozen=True, kw_only=True, omit_defaults=True, tag="question"):
    """What figures answer: how many were killed (measure), of whom (party), in which happening, as of when."""

    measure: str
    figures: tuple[Ref, ...]
    party: str | None = None
    happening: str | None = None
    as_of: str | None = None


class Reuse(Relation, frozen=True, kw_only=True, omit_defaults=True, tag="reuse", gc=False):
    """Two passages that come from one another or from one text; `first` is the article known to be earlier."""

    a: Passage
    b: Passage
    kind: Literal["copy", "rewrite"]
    first: str | None = None


class Origin(Relation, frozen=True, kw_only=True, omit_defaults=True, tag="origin"):
    """Articles that come from one text. `evidence` says why (shared passages, agency marks); `sure` is False where
    articles share passages but the rest of their texts is their own."""

    docs: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    sure: bool = True


class Story(Relation, frozen=True, kw_only=True, omit_defaults=True, tag="story"):
    """Articles on one running story, earliest first. The title is words of one of them (`title_from`).

    `texts` counts the independent texts among them (articles of one origin count once)."""

    story: str
    docs: tuple[str, ...]
    title: str = ""
    title_from: Passage | None = None
    happenings: tuple[str, ...] = ()
    texts: int = 1


def story_id(first: str) -> str:
    """The id of the story that begins with an article."""
    return digest("story", first)


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One answer to a disputed question: where it stands, who gives it, and what it says or its interval.

    `withdrawn` is the record by which its speaker or outlet took it back; `withdrawn_too` those by which others did."""

    doc: str
    start: int
    end: int
    text: str
    group: int
    voice: Voice
    claim: str | None = None
    source_entity: str | None = None
    low: float | int | None = None
    high: float | int | None = None
    says: str = ""
    withdrawn: Ref | None = None
    withdrawn_too: tuple[Ref, ...] = ()


class Dispute(Relation, frozen=True, kw_only=True, omit_defaults=True, tag="dispute"):
    """A question answered differently. `relation`: opposed, or compatible (both can hold, which is not agreement).
    `why` is the key of the plain sentence that says why the answers differ."""

    question: str
    kind: Literal["number", "denial", "blame"]
    answers: tuple[Answer, ...]
    relation: Literal["opposed", "compatible"] = "opposed"
    why: str = ""
    story: str | None = None


class Incident(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A breach alleged: the event mention, who says so (claim), and whether its time lies inside the window."""

    event: Ref
    when: Literal["inside", "before", "after", "unsaid"]
    claim: Ref | None = None
    actor: str | None = None
    place: str | None = None


class TruceAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a side says to the truce."""

    side: str | None
    claim: Ref
    stance: Literal["ordered", "asked", "accepted", "refused", "condition", "kept", "accused", "other"]


class OtherWindow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A window that some texts give and that cannot be the declared one: local ISO instants, and the times they say
    it by."""

    earliest: str | None = None
    latest: str | None = None
    refs: tuple[Ref, ...] = ()


class Truce(Relation, frozen=True, kw_only=True, omit_defaults=True, tag="truce"):
    """A cease-fire with its declared window, the sides' answers to it and the incidents alleged inside it. `windows`
    contradict the declared one. An answer's `claim` may be an event, where an article tells it in its own name."""

    mentions: tuple[Ref, ...]
    by: tuple[str, ...] = ()
    stage: Literal["proposed", "ordered", "agreed", "refused", "extended", "ended"] = "proposed"
    mutual: bool = False
    earliest: str | None = None
    latest: str | None = None
    zone: str = ""
    window: tuple[Ref, ...] = ()
    scope: tuple[Passage, ...] = ()
    answers: tuple[TruceAnswer, ...] = ()
    incidents: tuple[Incident, ...] = ()
    windows: tuple[OtherWindow, ...] = ()
    story: str | None = None


class Relations(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that stands between the articles of one set."""

    entities: tuple[Entity, ...] = ()
    happenings: tuple[Happening, ...] = ()
    statements: tuple[Statement, ...] = ()
    questions: tuple[Question, ...] = ()
    reuse: tuple[Reuse, ...] = ()
    origins: tuple[Origin, ...] = ()
    stories: tuple[Story, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    truces: tuple[Truce, ...] = ()

    def entity_of(self) -> dict[Ref, str]:
        """From (article id, in-article entity slug) to entity id."""
        return {referent: entity.id for entity in self.entities for referent in entity.referents}


AnyRelation = Entity | Happening | Statement | Question | Reuse | Origin | Story | Dispute | Truce
