"""A claim in the making, before its source is resolved and its words are read."""

from dataclasses import dataclass, field, replace

from ...model.records import Act, Certainty, Form, Polarity, Span
from ..tree import Node
from .passage import Passage

# The entity of a speaker, whether it is official, whether an expert, and what stands behind the paragraph.
Asked = tuple[str | None, bool, bool, str]


@dataclass(slots=True)
class Speaker:
    """Who is credited: the span, and the token that heads it (None where only a span is known)."""

    span: Span
    head: Node | None = None

    def moved(self, by: int) -> "Speaker":
        """The same speaker so many characters later."""
        return Speaker((self.span[0] + by, self.span[1] + by), self.head)


@dataclass(slots=True)
class Found:
    """One source's stretch of content. `negated`: the cue itself turns the content round ("a exclu que")."""

    passage: Passage
    parts: list[Span]
    cue: Span | None
    speaker: Speaker | None
    act: Act = "assert"
    certainty: Certainty = "certain"
    form: Form | None = None
    negated: bool = False
    fixed: bool = False  # the act is the cue's, whatever the content's words say
    relay: bool = False  # another medium's report of what someone says
    announces: bool = False  # a verb of announcement: what lies ahead is a plan
    noun: bool = False  # a noun hands it over
    borne: bool = False  # the noun is the object of its speaker's verb ("a exprimé la crainte que")
    minded: bool = False  # what someone is convinced of: what lies ahead is expected, not promised
    naming: bool = False  # "X as Y": the content is a name given to something
    around: bool = False  # an expression like "according to" hands it over, no verb
    narrates: bool = False  # an infinitive hands it over whose speaker is the one before
    mute: bool = False  # a participle that needs a speaker to be a claim
    speech: bool = False  # direct speech that later sentences may go on with
    entity: str | None = None  # the referent of the speaker, once it is resolved
    extra: list[Speaker] = field(default_factory=list)  # joint sources
    # What its words were read to say of such a speaker, here or where the paragraph stood before.
    said: dict[Asked, tuple[Act, Polarity, Certainty]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def start(self) -> int:
        return self.parts[0][0]

    def moved(self, passage: Passage, by: int) -> "Found":
        """A claim of its own that says the same of this paragraph where it begins so many characters later."""
        found = replace(
            self,
            passage=passage,
            parts=[(start + by, end + by) for start, end in self.parts],
            cue=(self.cue[0] + by, self.cue[1] + by) if self.cue is not None else None,
            speaker=self.speaker.moved(by) if self.speaker is not None else None,
            extra=[speaker.moved(by) for speaker in self.extra],
        )
        found.said = self.said
        return found
