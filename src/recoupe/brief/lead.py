"""The lead facts of a story, what is denied, and what is feared or planned, kept apart from what happened."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import timedelta

import msgspec

from ..model.records import Block, Claim, Event, Figure, overlapping
from ..model.relations import Happening, Ref, Statement, Story
from .dates import instant
from .figures import PEOPLE
from .index import Index
from .lines import carried_by, claim_line, event_line, event_words, points_back, stands_alone
from .model import Line, Link

TOLD: frozenset[str] = frozenset({"assert", "admit", "accuse", "request", "deny"})
SIDES: frozenset[str] = frozenset({"deny", "accuse"})
AHEAD: frozenset[str] = frozenset({"expect", "commit", "question"})
# Two lines whose words of four letters and more overlap by this much tell the same.
ALIKE = 0.6
# A lead of one speaker is no cross-check: at most this many lines of one source.
OF_ONE_SOURCE = 2
# Nor is a lead on one happening: at most this many lines that tell of the same.
OF_ONE_HAPPENING = 2
# Fewer words than this tell nothing by themselves ("the offer").
FEWEST = 3
# A fact in another language than the reader's stands below a like one in his by as much as half a speaker.
AWAY = 0.5
# What kinds of happenings a desk puts first.
KINDS = {
    "ceasefire": 1.0, "violation": 1.0, "strike": 1.0, "invasion": 1.0, "ground": 0.8, "casualties": 0.8,
    "withdrawal": 0.8, "intercept": 0.6, "damage": 0.5, "loss": 0.4, "movement": 0.5, "delivery": 0.4, "meeting": 0.4,
    "exercise": 0.3, "inquiry": 0.3, "protest": 0.3, "sanction": 0.3,
}  # fmt: skip
# More speakers than this add no weight; what articles only recall, so long after it, loses as much as two texts give.
SPEAKERS, RECALLED, LONG_AFTER = 3, 3.0, timedelta(days=4)
# From this on, a number is not met twice by chance.
LARGE = 10
# Paragraphs below this one add nothing to their rank: news puts first what matters.
DEEPEST = 12


class Candidate(msgspec.Struct, frozen=True):
    """A line that may lead, with its weight. `twin` is its source with the happenings it tells, `alone` whether it can
    be read by itself, `at_home` whether its words are in the reader's language; `counts` what it
    counts."""

    line: Line
    weight: float
    source: str
    happenings: frozenset[str] = frozenset()
    twin: tuple[str, frozenset[str]] | None = None
    alone: bool = True
    at_home: bool = True
    counts: frozenset[tuple[str, float]] = frozenset()


def leads(index: Index, story: Story, disputed: Collection[Ref] = ()) -> list[Line]:
    """The lines of what is told as having happened, the weightiest first. Cease-fires are told by the story's truces;
    `disputed` are the records that its denials and blames rest on."""
    told = Weights(index, story, frozenset(disputed))
    found = [_of_statement(told, one) for one in index.statements_in(told.docs) if one.act in TOLD]
    happened = [one for one in told.happenings if one.type != "ceasefire" or not index.relations.truces]
    found += [_of_happening(told, one) for one in happened]
    made = [one for one in found if one is not None]
    made.sort(key=lambda one: (-one.weight, one.line.refs))
    return _distinct(made)


def denials(index: Index, story: Story) -> list[Line]:
    """What is denied."""
    told = Weights(index, story)
    return _ranked([_of_statement(told, one) for one in index.statements_in(told.docs) if one.act == "deny"])


def ahead(index: Index, story: Story) -> list[Line]:
    """What is feared, announced or left open."""
    told = Weights(index, story)
    found = [_of_statement(told, one) for one in index.statements_in(told.docs) if one.act in AHEAD]
    return _ranked([*found, *(_of_happening(told, one, happened=False) for one in told.happenings)])


def _ranked(found: Sequence[Candidate | None]) -> list[Line]:
    return _distinct(sorted((one for one in found if one is not None), key=lambda one: (-one.weight, one.line.refs)))


class Weights:
    """What makes a fact of a story weigh: in how many texts and from how many speakers it is told, how much the story
    turns on its happenings, of what kind these are, whether people are counted, whether it is disputed, how far up it
    stands. What articles only recall weighs least."""

    def __init__(self, index: Index, story: Story, disputed: frozenset[Ref] = frozenset()) -> None:
        self.index, self.docs, self.disputed = index, set(story.docs), disputed
        central = set(story.happenings)
        self.happenings = [one for one in index.happenings_in(self.docs) if not central or one.id in central]

    def weigh(self, made: Line, refs: Sequence[Ref], happenings: Sequence[Happening]) -> float:
        texts, speakers = made.support.texts - 1, min(len(made.support.first_sources), SPEAKERS)
        kind = max((KINDS.get(one.type, 0.0) for one in happenings), default=0.0)
        share = max((self._share(one) for one in happenings), default=0.0)
        recalled = bool(happenings) and all(recalled_only(self.index, one, self.docs) for one in happenings)
        return (
            1.5 * texts + 0.5 * speakers + kind + 2 * share + 0.8 * bool(self.counted(refs, PEOPLE))
            + 1.2 * (not self.disputed.isdisjoint(refs)) - _depth(self.index, refs) / (DEEPEST / 2)
            - AWAY * (not self.index.at_home(refs[0][0])) - RECALLED * recalled
        )  # fmt: skip

    def _share(self, happening: Happening) -> float:
        """The share of the story's articles that tell a happening."""
        return len({doc for doc, _ in happening.mentions if doc in self.docs}) / max(1, len(self.docs))

    def counted(self, refs: Sequence[Ref], of: frozenset[str] | None = None) -> frozenset[tuple[str, float]]:
        """The counts in the words of some records: what is counted (`of`: only these measures) and how many, the least.
        A large number is the same whatever verb counts it ("30 destroyed", "30 shot down")."""
        found = set[tuple[str, float]]()
        for ref in refs:
            record = self.index.record(ref)
            if record is not None:
                span = event_words(self.index, ref) if isinstance(record, Event) else record.span
                for one in overlapping(self.index.layer(ref[0], Figure), span):
                    least = one.low or one.high or 0
                    if one.measure in of if of is not None else one.measure != "other":
                        found.add(("" if least >= LARGE else one.measure, least))
        return frozenset(found)


def recalled_only(index: Index, happening: Happening, docs: Collection[str]) -> bool:
    """Whether all articles that tell a happening appeared long after it."""
    begun = instant(happening.earliest or "")
    told = {doc for doc, _ in happening.mentions if doc in docs and doc in index.by_id}
    days = [instant(index.by_id[doc].article.published or "") for doc in sorted(told)]
    known = [day for day in days if day is not None]
    return begun is not None and bool(known) and min(known) - begun > LONG_AFTER


def _of_statement(told: Weights, statement: Statement) -> Candidate | None:
    index = told.index
    refs = [ref for ref in statement.claims if ref[0] in told.docs and index.claim(ref) is not None]
    if not refs:
        return None
    shown = _readable(index, refs, statement.shown if statement.shown in refs else refs[0])
    claim = index.claim(shown)
    assert claim is not None
    if len(re.findall(r"\w+", claim.text)) < FEWEST:
        return None
    made = claim_line(index, refs, shown)
    happenings = _inside(index, shown[0], claim)
    named = claim.source is not None or claim.source_entity is not None
    alone = named and not points_back(index, shown[0], index.raw(shown[0], claim.source or claim.span))
    alone = alone and not points_back(index, shown[0], claim.text)
    about = {one.id for one in happenings if one.type != "ceasefire"} or {one.id for one in happenings}
    if statement.act in SIDES and not told.disputed.isdisjoint(refs):
        about = set()  # both sides of what is denied are told, however much else is told of the same happening
    twin = (statement.source or "", frozenset(one.id for one in happenings)) if happenings else None
    weight = told.weigh(made, [shown, *(ref for ref in refs if ref != shown)], happenings)
    return Candidate(
        made, weight, statement.source or made.text, frozenset(about), twin, alone, index.at_home(shown[0])
    )


def _readable(index: Index, refs: Sequence[Ref], shown: Ref) -> Ref:
    """The claim to tell a statement by: in the reader's language where one is, whose source needs no other words."""

    def rank(ref: Ref) -> tuple[bool, bool, bool]:
        claim = index.claim(ref)
        source = index.raw(ref[0], claim.source) if claim and claim.source else ""
        return not index.at_home(ref[0]), points_back(index, ref[0], source), ref != shown

    return min(refs, key=rank)


def _of_happening(told: Weights, happening: Happening, happened: bool = True) -> Candidate | None:
    """A happening that an article tells in its own name."""
    index = told.index
    wanted = {"actual"} if happened else {"planned", "possible"}
    refs = [
        ref
        for ref in happening.mentions
        if ref[0] in told.docs
        and (event := index.event(ref)) is not None
        and event.status in wanted
        and not carried_by(index, ref)
    ]
    shown = min(refs, key=lambda ref: _clarity(index, ref), default=None)
    if shown is None or happening.type == "other" or not stands_alone(index, shown):
        return None
    # Who tells of the same happening without its count does not confirm the count.
    count = told.counted([shown])
    refs = [ref for ref in refs if not count or count & told.counted([ref])]
    made = event_line(index, refs, shown) if happened else event_line(index, refs, shown, happening, ahead=True)
    weight = told.weigh(made, [shown, *(ref for ref in refs if ref != shown)], [happening])
    about = frozenset({happening.id})
    return Candidate(made, weight, happening.id, about, at_home=index.at_home(shown[0]), counts=count)


def _clarity(index: Index, ref: Ref) -> tuple[int, ...]:
    """Mentions of the reader's language that can be read alone come first, then those high up that name who, what,
    where and when: each of these is worth a paragraph."""
    event = index.event(ref)
    assert event is not None
    known = sum(bool(one) for one in (event.actor, event.target, event.place, event.time_span))
    title = (block := index.block_at(ref[0], event.start)) is not None and block.kind != "body"
    down = index.paragraph(ref[0], event.start)
    return not index.at_home(ref[0]), not stands_alone(index, ref), title, down - known, down


def _inside(index: Index, doc: str, claim: Claim) -> list[Happening]:
    """The happenings whose mention stands in a claim."""
    spans = [claim.span, *claim.more]
    found = []
    for one in index.layer(doc, Event):
        happening = index.happening_of.get((doc, one.id))
        if happening is not None and any(s[0] <= one.start < s[1] for s in spans):
            found.append(happening)
    return found


def _depth(index: Index, refs: Sequence[Ref]) -> int:
    """How far down its article the highest of these records stands, in paragraphs of text."""
    depths = []
    for ref in refs:
        record = index.record(ref)
        if record is not None:
            before = [b for b in index.blocks(ref[0]) if _told(b) and b.end <= record.start]
            depths.append(min(len(before), DEEPEST))
    return min(depths, default=DEEPEST)


def _told(block: Block) -> bool:
    return block.kind in ("title", "body")


def _distinct(ranked: Sequence[Candidate]) -> list[Line]:
    """The lines without those that tell again what a better one tells, and not all of one speaker."""
    kept: list[Line] = []
    late: list[Line] = []
    words: list[frozenset[str]] = []
    spoken, told = Counter[str](), Counter[str]()
    twins, counts = set[tuple[str, frozenset[str]]](), set[tuple[str, float]]()
    for one in ranked:
        own = _content(one.line)
        if any(_overlap(one.line.links, other.links) for other in [*kept, *late]):
            continue
        if any(len(own & other) >= ALIKE * max(1, min(len(own), len(other))) for other in words):
            continue
        words.append(own)
        full = spoken[one.source] >= OF_ONE_SOURCE or any(told[h] >= OF_ONE_HAPPENING for h in one.happenings)
        # The same speaker on the same happenings is the same told again, in another language or in other words.
        again = one.twin is not None and one.twin in twins
        again = again or (not one.at_home and not one.happenings.isdisjoint(told))
        # So is a count that stands there already.
        again = again or (bool(one.counts) and counts.issuperset(one.counts))
        counts |= one.counts
        if one.twin is not None:
            twins.add(one.twin)
        if full or again or not one.alone:
            late.append(one.line)
            continue
        kept.append(one.line)
        spoken[one.source] += 1
        told.update(one.happenings)
    return [*kept, *late]


def _content(line: Line) -> frozenset[str]:
    """The longer words of what is told; who tells it and in which role is no part of it."""
    acts = [i for i, part in enumerate(line.parts) if part.kind == "act"]
    told = " ".join(part.text for part in line.parts[acts[0] + 1 if acts else 0 :])
    return frozenset(re.findall(r"\w{4,}", told.lower()))


def _overlap(links: Sequence[Link], others: Sequence[Link]) -> bool:
    """Whether the first passage of one line lies in a passage of the other."""
    return any(a.doc == b.doc and a.start < b.end and b.start < a.end for a in links[:1] for b in others)
