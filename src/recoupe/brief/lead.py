"""The lead facts of a story, what is denied, and what is feared or planned, kept apart from what happened."""

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from ..model.records import Block, Claim, Event
from ..model.relations import Happening, Ref, Statement, Story
from .index import Index
from .lines import carried_by, claim_line, event_line, points_back, stands_alone
from .model import Line, Link

TOLD: frozenset[str] = frozenset({"assert", "admit", "accuse", "request"})
AHEAD: frozenset[str] = frozenset({"expect", "commit", "question"})
# Two lines whose words of four letters and more overlap by this much tell the same.
ALIKE = 0.6
# A lead of one speaker is no cross-check: at most this many lines of one source.
OF_ONE_SOURCE = 2
# Nor is a lead on one happening: at most this many lines that tell of the same.
OF_ONE_HAPPENING = 2
# Fewer words than this tell nothing by themselves ("the offer").
FEWEST = 3
# A fact in another language than the reader's stands below a like one in his by a quarter of the way down a text.
AWAY = 0.5
# Paragraphs below this one add nothing to their rank: news puts first what matters.
DEEPEST = 12


class Candidate(msgspec.Struct, frozen=True):
    """A line that may lead, with what ranks it: texts, then centrality, then where it stands and when. `twin` is its
    source with the happenings it tells, `alone` whether it can be read by itself."""

    line: Line
    rank: tuple[float, ...]
    source: str
    happenings: frozenset[str] = frozenset()
    twin: tuple[str, frozenset[str]] | None = None
    at_home: bool = True
    alone: bool = True


def leads(index: Index, story: Story) -> list[Line]:
    """The lines of what is told as having happened, the most carried and most central first. Cease-fires are told by
    the story's truces."""
    found = [_of_statement(index, story, one) for one in _statements(index, story) if one.act in TOLD]
    happened = [one for one in _happenings(index, story) if one.type != "ceasefire" or not index.relations.truces]
    found += [_of_happening(index, story, one) for one in happened]
    made = [one for one in found if one is not None]
    made.sort(key=lambda one: (one.rank[0], one.rank[1] + AWAY * (not one.at_home), one.rank, one.line.refs))
    return _distinct(made)


def denials(index: Index, story: Story) -> list[Line]:
    """What is denied."""
    found = [_of_statement(index, story, one) for one in _statements(index, story) if one.act == "deny"]
    return _distinct(sorted((one for one in found if one is not None), key=lambda one: (one.rank, one.line.refs)))


def ahead(index: Index, story: Story) -> list[Line]:
    """What is feared, announced or left open."""
    found = [_of_statement(index, story, one) for one in _statements(index, story) if one.act in AHEAD]
    found += [_of_happening(index, story, one, happened=False) for one in _happenings(index, story)]
    return _distinct(sorted((one for one in found if one is not None), key=lambda one: (one.rank, one.line.refs)))


def _statements(index: Index, story: Story) -> list[Statement]:
    return index.statements_in(set(story.docs))


def _happenings(index: Index, story: Story) -> list[Happening]:
    central = set(story.happenings)
    return [one for one in index.happenings_in(set(story.docs)) if not central or one.id in central]


def _of_statement(index: Index, story: Story, statement: Statement) -> Candidate | None:
    refs = [ref for ref in statement.claims if ref[0] in story.docs and index.claim(ref) is not None]
    if not refs:
        return None
    shown = statement.shown if statement.shown in refs else refs[0]
    claim = index.claim(shown)
    assert claim is not None
    if len(re.findall(r"\w+", claim.text)) < FEWEST:
        return None
    shown = _readable(index, refs, shown)
    claim = index.claim(shown)
    assert claim is not None
    made = claim_line(index, refs, shown)
    happenings = _inside(index, shown[0], claim)
    central = _centrality(index, story, happenings)
    named = claim.source is not None or claim.source_entity is not None
    alone = named and not points_back(index, shown[0], index.raw(shown[0], claim.source or claim.span))
    # A quotation that names no happening of the story is colour; one that does is a fact told.
    rank = _rank(made, central, _depth(index, refs), min((h.earliest or "9" for h in happenings), default="9"))
    about = {one.id for one in happenings if one.type != "ceasefire"} or {one.id for one in happenings}
    twin = (statement.source or "", frozenset(one.id for one in happenings)) if happenings else None
    return Candidate(made, rank, statement.source or made.text, frozenset(about), twin, index.at_home(shown[0]), alone)


def _readable(index: Index, refs: Sequence[Ref], shown: Ref) -> Ref:
    """The claim to tell a statement by: in the reader's language where one is, whose source needs no other words."""

    def rank(ref: Ref) -> tuple[bool, bool, bool]:
        claim = index.claim(ref)
        source = index.raw(ref[0], claim.source) if claim and claim.source else ""
        return not index.at_home(ref[0]), points_back(index, ref[0], source), ref != shown

    return min(refs, key=rank)


def _of_happening(index: Index, story: Story, happening: Happening, happened: bool = True) -> Candidate | None:
    """A happening that an article tells in its own name."""
    wanted = {"actual"} if happened else {"planned", "possible"}
    refs = [
        ref
        for ref in happening.mentions
        if ref[0] in story.docs
        and (event := index.event(ref)) is not None
        and event.status in wanted
        and not carried_by(index, ref)
    ]
    shown = min(refs, key=lambda ref: _clarity(index, ref), default=None)
    if shown is None or happening.type == "other" or not stands_alone(index, shown):
        return None
    made = event_line(index, refs, shown) if happened else event_line(index, refs, shown, happening, ahead=True)
    central = _centrality(index, story, [happening])
    rank = _rank(made, central, _depth(index, refs), happening.earliest or "9")
    return Candidate(made, rank, happening.id, frozenset({happening.id}))


def _clarity(index: Index, ref: Ref) -> tuple[int, ...]:
    """Mentions that can be read alone and that name who, what, where and when come first, then those higher up."""
    event = index.event(ref)
    assert event is not None
    known = sum(bool(one) for one in (event.actor, event.target, event.place, event.time_span))
    title = (block := index.block_at(ref[0], event.start)) is not None and block.kind != "body"
    return not stands_alone(index, ref), title, -known, index.paragraph(ref[0], event.start)


def _rank(line: Line, central: float, depth: int, when: str) -> tuple[float, ...]:
    digits = re.sub(r"\D", "", when)[:12].ljust(12, "0" if len(when) > 1 else "9")
    # Independent texts first. Then how central its happenings are, less how deep down the article tells it: a fact in
    # the twelfth paragraph must be told by two more texts to stand beside one in the first.
    return -line.support.texts, depth / (DEEPEST / 2) - central, float(digits)


def _centrality(index: Index, story: Story, happenings: Sequence[Happening]) -> float:
    """In how many of the story's articles the best of these happenings is told."""
    return max((len({doc for doc, _ in one.mentions if doc in story.docs}) for one in happenings), default=0)


def _inside(index: Index, doc: str, claim: Claim) -> list[Happening]:
    """The happenings whose mention stands in a claim."""
    spans = [claim.span, *claim.more]
    found = []
    for one in index.by_id[doc].layer(Event):
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
    twins = set[tuple[str, frozenset[str]]]()
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
