"""The cross-checked account as plain records: what every rendering reads.

A `Line` is one sentence of the account with the records it rests on; nothing in an account stands outside a line
but headings and dates. Offsets are code points into the article's text, end exclusive.
"""

from typing import Literal

import msgspec

from ..model.relations import Precision, Ref

PartKind = Literal["ours", "words", "quote", "name", "act", "note"]
Stance = Literal["happened", "ahead"]


class Frozen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The base of every struct of an account."""


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """A stretch of a sentence. `words` are an article's own words (shown in italics), `quote` those that the article
    itself has between quotation marks; `name` who or what is named, `act` the verb, `note` a remark of ours.
    `lang` is the language of an article's words."""

    text: str
    kind: PartKind = "ours"
    lang: str = ""


class Link(Frozen, frozen=True):
    """A passage that a line leads to: article id and span; `number` is the article's number in this account,
    `paragraph` the number of the non-empty line it begins in (from 1)."""

    doc: str
    start: int
    end: int
    number: int
    paragraph: int


class Support(Frozen, frozen=True):
    """How much stands behind a line: independent texts (copies folded), articles, and the first sources by label.
    `established` is False where it is not known whether the texts are independent."""

    texts: int
    articles: int
    first_sources: tuple[str, ...] = ()
    established: bool = True


class Line(Frozen, frozen=True):
    """A sentence of the account. `machine` stays True until a person has read every record it rests on."""

    parts: tuple[Part, ...]
    refs: tuple[Ref, ...]
    links: tuple[Link, ...]
    support: Support
    machine: bool = True

    @property
    def text(self) -> str:
        """The sentence without its styles."""
        return "".join(part.text for part in self.parts)


class Column(Frozen, frozen=True):
    """One answer to a disputed question, with all who give it. `vague` is an order of magnitude ("hundreds")."""

    head: tuple[Part, ...]
    lines: tuple[Line, ...]
    vague: bool = False


class Reading(Frozen, frozen=True):
    """One mark of a chart: the interval that one source gives (None where it is open), for which day (ISO; empty where
    no text says). `stated` is whether the text says when the count stopped; the day is else that of publication."""

    value: str
    when: str
    line: Line
    at: str = ""
    stated: bool = False
    low: float | int | None = None
    high: float | int | None = None
    strict: bool = False
    approx: bool = False


class Series(Frozen, frozen=True):
    """The answers of one source, by day."""

    label: str
    readings: tuple[Reading, ...]


class Chart(Frozen, frozen=True):
    """The figures that answer one question, over time by source. `refs` are all of them, `share` says that they are
    parts of one; `strand` is the number of the main happening that they count in, -1 for none, and `short` the title
    under its heading."""

    id: str
    title: tuple[Part, ...]
    short: tuple[Part, ...]
    refs: tuple[Ref, ...]
    series: tuple[Series, ...]
    share: bool = False
    strand: int = -1


class Settled(Frozen, frozen=True):
    """That a person holds a dispute for settled, and why. `since` counts the answers that have come after that."""

    who: str
    at: str
    note: str = ""
    since: int = 0


class Disagreement(Frozen, frozen=True):
    """A dispute, its answers side by side. `why` says why they differ, from the records only; `strand` is the number of
    the main happening that it is about, -1 for none; `ids` are the relations that it is made of, `chart` its figures
    over time, `settled` what people have settled, which takes no answer away."""

    question: Line
    columns: tuple[Column, ...]
    kind: str
    relation: str
    why: str = ""
    strand: int = -1
    ids: tuple[str, ...] = ()
    chart: Chart | None = None
    settled: tuple[Settled, ...] = ()


class Row(Frozen, frozen=True):
    """A labelled line of a table. `group` is the side that answers or when an incident lies, `stance` the answer's;
    `who` alleges an incident (empty where nobody is named), `earliest` and `latest` are when it was, as far as told."""

    label: str
    line: Line
    group: str = ""
    stance: str = ""
    who: str = ""
    earliest: str = ""
    latest: str = ""


class Window(Frozen, frozen=True):
    """The declared window of a truce: local ISO instants, None where no text says, and how they are shown."""

    earliest: str | None = None
    latest: str | None = None
    start: str = ""
    end: str = ""
    zone: str = ""


class TruceView(Frozen, frozen=True):
    """A truce: what it is, its window, the sides' answers and the incidents alleged. `rest` are remarks of those who
    answer elsewhere, and more of them than a reader wants; `others` windows that contradict the declared one,
    `extensions` those of truces that prolong it."""

    head: Line
    window: Window
    rows: tuple[Row, ...] = ()
    answers: tuple[Row, ...] = ()
    rest: tuple[Row, ...] = ()
    incidents: tuple[Row, ...] = ()
    others: tuple[Window, ...] = ()
    extensions: tuple[Window, ...] = ()


class FigureRow(Frozen, frozen=True):
    """One attributed answer: the interval in our words, what is counted in the article's, who says so, as of when."""

    value: str
    counted: tuple[Part, ...]
    line: Line
    as_of: str = ""
    low: float | int | None = None
    high: float | int | None = None
    compared: bool = False


class FigureTable(Frozen, frozen=True):
    """Figures that answer one question, or the running totals of one party. `minor` are counts told in passing;
    `as_of` is when all its counts stopped, where they say so, a row's where they differ; `strand` the number of the
    main happening that it counts in, -1 for none."""

    title: tuple[Part, ...]
    measure: str
    rows: tuple[FigureRow, ...]
    as_of: str = ""
    cumulative: bool = False
    minor: bool = False
    strand: int = -1


class Moment(Frozen, frozen=True):
    """An entry of the timeline. `earliest`, `latest` are local ISO instants; `when` is how it is shown, `span` whether
    it is an interval that the text leaves open, `deduced` whether the date is worked out and not written."""

    when: str
    line: Line
    earliest: str
    latest: str = ""
    span: bool = False
    deduced: bool = False
    stance: Stance = "happened"


class Point(Frozen, frozen=True):
    """A place on the map: degrees (WGS 84); `line` says what is placed there."""

    label: str
    lat: float
    lon: float
    precision: Precision
    line: Line


class Person(Frozen, frozen=True):
    """A person: the name with the role as an article gives it, the spellings met and the numbers of the articles that
    have each. `settled` says that people have merged or split what the machine found."""

    label: str
    line: Line
    spellings: tuple[tuple[str, tuple[int, ...]], ...]
    settled: bool = False


class Folded(Frozen, frozen=True):
    """Articles that come from one text, the earliest first. `sure` is False where they share passages only."""

    numbers: tuple[int, ...]
    sure: bool = True
    passages: int = 0
    evidence: tuple[str, ...] = ()


class StrandView(Frozen, frozen=True):
    """One of a story's main happenings, with what of the story is about it."""

    head: Line
    disputes: tuple[Disagreement, ...] = ()
    figures: tuple[FigureTable, ...] = ()
    lines: tuple[Line, ...] = ()
    charts: tuple[Chart, ...] = ()


class FirstSource(Frozen, frozen=True):
    """Who the facts and disputes of a story go back to, and in which of its texts (numbers in `origins`, from 1)."""

    label: str
    line: Line
    texts: tuple[int, ...]


class Exchange(Frozen, frozen=True):
    """What a named source says of whom: the kind of saying and how often, with the passages."""

    who: str
    whom: str
    line: Line


class Edit(Frozen, frozen=True):
    """A sentence that a source took out of an article, put in or changed; `before` and `after` are its words, `parts`
    those of a changed one in their order, each with what became of it (same, gone, came)."""

    kind: Literal["gone", "came", "changed"]
    before: str = ""
    after: str = ""
    parts: tuple[tuple[Literal["same", "gone", "came"], str], ...] = ()


class Rewritten(Frozen, frozen=True):
    """What a source changed in an article between two readings (when, ISO 8601, UTC). `notice` are the words by which
    the article says so, empty where it does not; `number` is the article's in this account, `told` the whole in one
    line."""

    doc: str
    earlier: str
    later: str
    edits: tuple[Edit, ...]
    notice: str = ""
    number: int = 0
    told: str = ""


class StoryAccount(Frozen, frozen=True):
    """The account of one story. `counted` is how many figures stand in its disputes and not in its tables; `strands`
    are its main happenings where it tells of several, with what is about each; what is about none, or where there is
    one alone, stands in the lists of the story."""

    story: str
    title: str
    title_link: Link | None = None
    numbers: tuple[int, ...] = ()
    origins: tuple[Folded, ...] = ()
    texts: int = 0
    lead: tuple[Line, ...] = ()
    more: tuple[Line, ...] = ()
    truces: tuple[TruceView, ...] = ()
    disputes: tuple[Disagreement, ...] = ()
    figures: tuple[FigureTable, ...] = ()
    counted: int = 0
    denials: tuple[Line, ...] = ()
    ahead: tuple[Line, ...] = ()
    timeline: tuple[Moment, ...] = ()
    background: tuple[Moment, ...] = ()
    points: tuple[Point, ...] = ()
    people: tuple[Person, ...] = ()
    strands: tuple[StrandView, ...] = ()
    sources: tuple[FirstSource, ...] = ()
    charts: tuple[Chart, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    rewritten: tuple[Rewritten, ...] = ()


class Paragraph(Frozen, frozen=True):
    """A non-empty line of an article; `also` are passages of other articles that it shares words with."""

    start: int
    end: int
    kind: str
    number: int
    also: tuple[Link, ...] = ()


class ArticleView(Frozen, frozen=True):
    """An article as the account shows it, with its text."""

    number: int
    doc: str
    title: str
    text: str
    lang: str
    sha256: str
    outlet: str = ""
    url: str = ""
    published: str = ""
    deduced: bool = False
    translated: bool = False
    translated_why: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()


class Account(Frozen, frozen=True):
    """The whole account: its stories, the articles they rest on, and the articles outside any story. `texts` counts
    the independent texts of all its articles, `read` is the day on which the last of them was read, as shown,
    `foreign` the language of all articles where that is one and not the account's."""

    lang: str
    stories: tuple[StoryAccount, ...]
    articles: tuple[ArticleView, ...]
    outside: tuple[int, ...] = ()
    texts: int = 0
    read: str = ""
    foreign: str = ""
