"""What ties a figure to the rest of the article: its claims, its event, its period and date, whether it is a total."""

from ...lang.numerals.numeral import folded
from ...model.records import Claim, Event, EventType, Figure, Measure, Span, Time, identified
from ..draft import Draft
from ..shelf import Shelf
from .agreement import agree
from .making import Found, Sided
from .sides import Sides
from .words import Lexicon

# The events a measure can be of, best first.
EVENTS: dict[Measure, tuple[EventType, ...]] = {
    "killed": ("casualties", "strike", "ground", "violation"),
    "wounded": ("casualties", "strike", "ground", "violation"),
    "casualties": ("casualties", "strike", "ground", "violation"),
    "captured": ("casualties", "ground"),
    "missing": ("casualties", "strike"),
    "displaced": ("movement", "strike", "invasion"),
    "destroyed": ("loss", "damage", "strike"),
    "damaged": ("damage", "strike"),
    "lost": ("loss", "casualties"),
    "intercepted": ("intercept", "strike"),
    "launched": ("strike", "violation"),
    "deployed": ("movement", "exercise", "invasion"),
    "delivered": ("delivery",),
    "affected": ("damage", "strike"),
}
# How far around a figure the words of a total or a rate may stand, in characters.
AROUND = 60


def linked(found: list[Found], draft: Draft, words: Lexicon) -> list[Figure]:
    """The records of an article's figures."""
    if not found:
        return []
    claims, times = draft.layer(Claim), draft.layer(Time)
    sides = Sides(draft, words)
    by_id = {claim.id: claim for claim in claims}
    shelf = Shelf(claims, lambda claim: (claim.span, *claim.more))
    placed = []
    for one in found:
        carrying, event = carriers(one.span, shelf.near(one.span)), _event(one, sides.doers.events)
        placed.append((carrying, event, sides.of(one, [by_id[claim] for claim in carrying], event)))
    agreed = agree(found, [sided for _, _, sided in placed], words)
    return [
        _figure(one, carrying, event, sided, draft, words, times)
        for one, (carrying, event, _), sided in zip(found, placed, agreed, strict=True)
    ]


def _figure(
    one: Found, carrying: tuple[str, ...], event: Event | None, sided: Sided, draft: Draft, words: Lexicon,
    times: list[Time],
) -> Figure:  # fmt: skip
    total = bool(words.totals.search(_sentence(one, draft)))
    return Figure(
        start=one.span[0], end=one.span[1], text=draft.raw(one.span), low=one.low, high=one.high,
        strict=one.quantity.strict or one.exceeded, approx=one.quantity.approx, unit=one.quantity.unit,
        counts=one.counts, measure=one.measure, party=sided[0], by=sided[1],
        of=one.part_of.span if one.part_of else None, per=_rate(one, draft, words), claims=carrying,
        event=event.id if event else None, cumulative=total,
        as_of=_as_of(one, times, draft, words) if total else None,
        supersedes=_id(one.supersedes, draft) if one.supersedes else None,
    )  # fmt: skip


def _id(one: Found, draft: Draft) -> str:
    """The id that the record of a figure will have: it hangs on the span alone."""
    start, end = one.span
    return identified(Figure(start=start, end=end, text=draft.raw(one.span)), draft.article).id


def carriers(span: Span, claims: list[Claim]) -> tuple[str, ...]:
    """The claims that carry a figure: of those whose content covers it the innermost, and all with that content."""
    covering: list[tuple[int, Claim]] = []
    for claim in claims:
        for start, end in ((claim.start, claim.end), *claim.more):
            if start <= span[0] and span[1] <= end:
                covering.append((claim.end - claim.start + sum(b - a for a, b in claim.more), claim))
    if not covering:
        return ()
    least = min(length for length, _ in covering)
    return tuple(dict.fromkeys(claim.id for length, claim in covering if length == least))


def _sentence(one: Found, draft: Draft) -> str:
    nodes = one.tree.sentences[one.counted.anchor.sentence]
    return folded(draft.text[nodes[0].start : nodes[-1].end])


def _rate(one: Found, draft: Draft, words: Lexicon) -> str | None:
    """The period of a rate said in the figure's own clause."""
    nodes = one.tree.sentences[one.counted.anchor.sentence]
    match = words.rates.search(folded(draft.text[one.span[1] : min(nodes[-1].end, one.span[1] + AROUND)]))
    return words.words.rates[match.group()] if match else None


def _as_of(one: Found, times: list[Time], draft: Draft, words: Lexicon) -> str | None:
    """The date that a total is given for: one with "au" or "as of" before it in the sentence."""
    nodes = one.tree.sentences[one.counted.anchor.sentence]
    for time in times:
        if nodes[0].start <= time.start < nodes[-1].end and time.type == "DATE":
            before = folded(draft.text[max(nodes[0].start, time.start - 24) : time.start])
            if words.as_of.search(before):
                return time.value
    return None


def _event(one: Found, events: Shelf[Event]) -> Event | None:
    """The mention of what the figure is a number of: its own word's, else the nearest fitting one of the sentence."""
    wanted = EVENTS.get(one.measure, ())
    nodes = one.tree.sentences[one.counted.anchor.sentence]
    inside = nodes[0].start, nodes[-1].end
    near = [event for event in events.near(inside) if inside[0] <= event.start < inside[1]]
    if one.cue is not None:
        own = next((event for event in near if event.start < one.cue.node.end and one.cue.node.start < event.end), None)
        if own is not None:
            return own
    near = [event for event in near if event.type in wanted]
    if not near:
        return None
    return min(near, key=lambda event: (wanted.index(event.type), abs(event.start - one.span[0]), event.start))
