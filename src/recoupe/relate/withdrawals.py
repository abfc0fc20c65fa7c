"""Corrections and retractions: what an outlet or speaker takes back, and which claims rested on it.

A sentence takes a report back where a verb of withdrawing stands beside a word for a report ("has withdrawn its report
that …"), or where the outlet names its own earlier word and calls it wrong ("we wrote … This was an error").
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model.records import Span, overlapping
from ..model.relations import Ref
from .reading import Reading, Taken, day_order, sentences
from .statements import Said, said

# The word for a report stands this many characters from its verb at most, a negation so many.
BESIDE, NEGATED = 60, 25
# Content words in common, and their share of the smaller content, from which a claim is the one taken back.
COMMON, SHARE = 3, 0.6


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A sentence that takes something back: by which entities, or the outlet itself where there is none."""

    reading: Reading
    span: Span
    by: frozenset[str]
    ref: Ref
    content: frozenset[str]


def withdraw(readings: Sequence[Reading]) -> None:
    """Tells each article which of its claims only report a withdrawal, and which were taken back, and where."""
    found = [item for reading in readings for item in _withdrawals(reading)]
    if not found:
        return
    index: dict[str, list[Said]] = defaultdict(list)
    for item in said(readings):
        for stem in item.stems:
            index[stem].append(item)
    for withdrawal in found:
        home = withdrawal.reading
        for claim in overlapping(home.claims, withdrawal.span):
            home.withdrawing.add(claim.id)
    for withdrawal in found:
        for old in _rested(withdrawal, index):
            taken = old.reading.taken_back.setdefault(old.claim.id, [])
            by = withdrawal.by or frozenset({withdrawal.reading.article.outlet or withdrawal.reading.id})
            if not any(one.by & by for one in taken):
                taken.append(Taken(withdrawal.ref, by))


def _rested(withdrawal: Withdrawal, index: dict[str, list[Said]]) -> Iterator[Said]:
    """The earlier claims that say what is taken back, by the one who takes it back or as that one's word."""
    common: Counter[str] = Counter()
    by_key: dict[str, Said] = {}
    for stem in sorted(withdrawal.content):
        for item in index.get(stem, ()):
            common[item.key] += 1
            by_key[item.key] = item
    for key, count in sorted(common.items()):
        old = by_key[key]
        smaller = min(len(old.stems), len(withdrawal.content))
        if count < COMMON or count < SHARE * smaller or old.claim.id in old.reading.withdrawing:
            continue
        later = day_order(withdrawal.reading.published, old.reading.published) >= 0
        if later and old.claim.act not in ("deny", "request") and old.claim.polarity == "+" and _own(withdrawal, old):
            yield old


def _own(withdrawal: Withdrawal, old: Said) -> bool:
    """Whether a claim is the word of the one who takes it back: its own, its relay, or printed in the same outlet."""
    home, reading = withdrawal.reading, old.reading
    if not withdrawal.by:
        return reading is home or bool(home.article.outlet and home.article.outlet == reading.article.outlet)
    return old.source in withdrawal.by or bool(
        withdrawal.by & set(reading.entities_in(reading.sentence_at(old.claim.start)))
    )


def _withdrawals(reading: Reading) -> Iterator[Withdrawal]:
    words = reading.words.withdrawn
    for block in reading.blocks:
        if block.kind not in ("body", "title", "heading") or not words.any(reading.plain[block.start : block.end]):
            continue
        parts = sentences(reading.text, block.span)
        for i, span in enumerate(parts):
            text = reading.plain[span[0] : span[1]]
            around = reading.plain[parts[max(0, i - 1)][0] : parts[min(len(parts) - 1, i + 1)][1]]
            if words.owned.search(text) and words.faulty.search(around):
                yield _made(reading, span, frozenset(), block.id)
            elif (at := _verb(reading, text)) is not None:
                subject = frozenset(reading.entities_in((span[0], span[0] + at)))
                if subject:
                    yield _made(reading, span, subject, block.id)


def _verb(reading: Reading, text: str) -> int | None:
    """Where a verb stands that takes a report back."""
    words = reading.words.withdrawn
    for match in words.taking.finditer(text):
        near = text[max(0, match.start() - BESIDE) : match.end() + BESIDE]
        denied = words.negated.search(text[max(0, match.start() - NEGATED) : match.end() + NEGATED])
        if words.reported.search(near) and not denied:
            return match.start()
    return None


def _made(reading: Reading, span: Span, by: frozenset[str], block: str) -> Withdrawal:
    inside = [Said(reading, claim) for claim in overlapping(reading.claims, span)]
    content = frozenset(stem for item in inside for stem in item.stems) or frozenset(reading.terms(span))
    ref = min((item.ref for item in inside), default=(reading.id, block))
    return Withdrawal(reading, span, by, ref, content)
