"""What one speaker denies, or negates, and another says.

A denial names what it denies: a deed by who did it and what it hit, a report by the one who gave it or by the words for
it, anything else by the names and words of its content. A common topic is not enough.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...model.relations import Answer, Happening, Ref
from ..answers import by_claim
from ..origins import joined
from ..reading import WORD, Reading, folded
from ..statements import Said
from .charges import Charge, authored
from .contents import Content, Table, contents, cosine
from .deeds import apart, one_deed

# Cosine of contents (entities, content words, event types) from which a denial meets what it denies, and from which a
# negated statement without a denying verb meets its opposite. Of the marked pairs those that share words reach .21 to
# 1; between unrelated claims .2 is passed once in a thousand pairs.
DENIED, NEGATED = 0.2, 0.35
# One word in common is a topic ("site", "common"): contents without deeds must share this many features.
SHARED = 2
# Forecasts of one kind of event meet at less: what may come is worded in many ways.
FORECAST = 0.07
# Between articles that share no story a denial needs this likeness and this many entities in common.
ELSEWHERE, NAMED = 0.27, 2
# From this likeness on a further claim repeats one side of a dispute, or is the part of a sentence that it denies.
REPEATS, PART = 0.3, 0.5
# A rejection of what stands before it ("sans fondement") means a claim at most this many characters above it; where it
# says whose word it rejects, that one's claims further up too.
ABOVE, FURTHER = 400, 1500
# Who is named as the speaker of what is rejected stands so many characters behind the noun for it.
OWNER = 40
# A denial that names what was hit by another word answers a charge that ends this many characters above it.
NEXT = 250
MOVES = frozenset({"attack", "movement", "withdrawal"})
FORESEEN = frozenset({"expect", "commit"})
STATED = frozenset({"assert", "accuse", "admit", "expect"})


@dataclass(frozen=True, slots=True)
class Denial:
    """Answers for and against one content; `words` are those to ask about."""

    answers: tuple[Answer, ...]
    words: Said


def denials(
    readings: Sequence[Reading],
    together: frozenset[frozenset[str]],
    charged: Mapping[str, Charge],
    of: Mapping[Ref, Happening],
    settled: frozenset[Ref] = frozenset(),
) -> Iterator[Denial]:
    """The contents that are said and denied. `together` are the pairs of articles that share a story, `charged` the
    charges by the key of their claim, `settled` claims that another dispute holds."""
    relaying = {ref for reading in readings for ref in _relaying(reading)}
    listed = [
        c for c in contents(readings, of)
        if c.item.claim.act not in ("request", "question") and c.item.ref not in settled
        and not (c.sign < 0 and c.key in charged)
        and c.item.ref not in relaying and c.item.claim.id not in c.item.reading.withdrawing
    ]  # fmt: skip
    table = Table(listed, together, charged)
    by_key = {content.key: content for content in listed}
    # Copies of one claim meet what stands against it through the first of them, and join it as its repeats.
    once = table.alone(listed)
    opposed = [(a.key, b.key) for a, b in _links(once, Table(once, together, charged))]
    seeds = sorted({key for pair in opposed for key in pair})
    told = [by_key[key] for key in seeds]
    again = [(a.key, b.key) for a in told for b in told if a.key < b.key and _same_denial(a, b, table)]
    found = []
    for group in joined(seeds, [*opposed, *again]):
        members = [by_key[key] for key in group]
        found.append([*members, *_repeats(members, table)])
    for whole in _one_question(found, table):
        yield _denial(whole)


def _relaying(reading: Reading) -> set[Ref]:
    """The claims that only hand on another's: his answer it is."""
    found = set()
    for claim in reading.claims:
        found |= {(reading.id, outer) for outer in claim.via}
        outer = reading.claim(claim.within) if claim.within else None
        if outer is None or outer.span == claim.span or outer.act != "assert" or outer.polarity == "-":
            continue
        if claim.act == "deny" or claim.polarity == "-":
            found.add((reading.id, outer.id))
    return found


def _links(listed: Sequence[Content], table: Table) -> Iterator[tuple[Content, Content]]:
    """Pairs of contents that stand against each other."""
    for no in (content for content in listed if content.sign < 0):
        # Words that only reject ("sans fondement") say nothing of what they reject.
        if no.bare:
            for yes in _meant(no, table):
                yield no, yes
            continue
        for yes in table.near(no):
            if yes.sign > 0 and _opposed(no, yes, table):
                yield no, yes


def _one_question(found: Sequence[Sequence[Content]], table: Table) -> Iterator[list[Content]]:
    """The groups, those that clear one side of one charge together: several may deny it."""
    keys = [str(i) for i in range(len(found))]
    charges = [{c.key for c in members if c.sign > 0 and table.charge(c)} for members in found]
    cleared = [set().union(*(_cleared(c) for c in members if c.sign < 0 and not c.bare)) for members in found]
    links = [
        (keys[i], keys[j])
        for i, j in itertools.combinations(range(len(found)), 2)
        if (charges[i] & charges[j] and cleared[i] & cleared[j]) or _rejected_again(found[i], found[j])
    ]
    for group in joined(keys, links):
        yield list({c.key: c for key in group for c in found[int(key)]}.values())


def _rejected_again(a: Sequence[Content], b: Sequence[Content]) -> bool:
    """Whether one side rejects one report twice, as a headline and the text below it do."""
    rejecting = [(x, y) for x in a for y in b if x.bare and y.bare and x.side and x.side == y.side]
    return bool(rejecting) and any(
        x.sign > 0 and y.sign > 0 and x.speaker() == y.speaker() and cosine(x, y) >= REPEATS and _shared(x, y)
        for x in a
        for y in b
    )


def _meant(no: Content, table: Table) -> list[Content]:
    """What a bare rejection answers: what the one whose word it rejects said above, else the last claim just above it;
    of several one that charges the side that rejects."""
    start, owner = no.item.claim.start, _owner(no)
    reach = FURTHER if owner else ABOVE
    said_so = [
        c for c in table.by_doc[no.item.ref[0]]
        if c.sign > 0 and c.item.claim.act in ("assert", "accuse", "expect") and c.speaker() != no.speaker()
        and 0 < start - c.item.claim.start <= reach and c.item.claim.span != no.item.claim.span
        and (owner is None or c.side == owner)
    ]  # fmt: skip
    charging = [c for c in said_so if (charge := table.charge(c)) and charge.side == no.side]
    accusing = [c for c in said_so if table.charge(c)] if owner or no.item.claim.polarity == "+" else []
    return (charging or accusing or said_so)[-1:]


def _owner(no: Content) -> str | None:
    """Whose word a rejection names ("the accusations of Kyiv", "the Russian statement")."""
    reading, claim = no.item.reading, no.item.claim
    first, last = reading.sentence_at(claim.start)
    start = min(claim.cue[0], claim.start) if claim.cue else claim.start
    for match in WORD.finditer(reading.text, max(first, start), last):
        if folded(match.group()).startswith(reading.words.speech):
            near = (match.start() - OWNER // 2, min(last, match.end() + OWNER))
            named = [reading.register.side(entity) for entity in reading.entities_in((match.end(), near[1]))]
            sides = [*named, *(country for _, country in reading.countries((match.end(), near[1])))]
            return next((side for side in sides if side and side != no.side), None)
    return None


def _opposed(no: Content, yes: Content, table: Table) -> bool:
    mine, theirs = no.item, yes.item
    if no.speaker() == yes.speaker() and no.speaker():
        return False
    likeness = cosine(no, yes)
    denied = mine.claim.act == "deny"
    if theirs.claim.act != "accuse" and folded(mine.claim.text).startswith(mine.reading.words.aims):
        return False  # "nie viser des civils" answers who accuses, not who counts the dead
    if mine.reading is theirs.reading:
        if mine.claim.span == theirs.claim.span:
            # One content twice: denied by one and said by another, unless the words are the rejection (a relay's then).
            return denied and mine.claim.polarity == "+"
        if mine.claim.start < theirs.claim.end and theirs.claim.start < mine.claim.end:
            # "X claims that A, which Y denies": the denial's content holds what it denies; else a part of a sentence
            # does not deny the whole.
            inside = mine.claim.start <= theirs.claim.start and theirs.claim.end <= mine.claim.end
            return denied and mine.claim.polarity == "+" and inside and likeness >= PART
    if not table.linked(no, yes):
        # Articles of two stories meet where one names and denies what the other says, not on a common topic.
        return denied and likeness >= ELSEWHERE and len(_named(no) & _named(yes)) >= NAMED
    if (no.deeds or _authored(no)) and _undone(no, yes, table):
        return True
    if no.places and yes.places and not _one_place(no, yes):
        return False
    if _foreseen(mine) and _foreseen(theirs) and no.kinds & yes.kinds & MOVES:
        return likeness >= FORECAST and _shared(no, yes)
    if theirs.claim.act not in STATED:
        return False
    if no.deeds:
        # A deed's doer may be told in other words ("Russian missiles crossed the border"): names and words then say so.
        return denied and likeness >= REPEATS and bool(_named(no) & _named(yes)) and _shared(no, yes, SHARED + 1)
    return likeness >= (DENIED if denied else NEGATED) and _shared(no, yes)


def _one_place(a: Content, b: Content) -> bool:
    """Whether two contents may be of one place: one of them names the other's, or a country that holds it."""
    register = a.item.reading.register
    named = bool(a.places & _named(b) or b.places & _named(a))
    return named or any(register.one_place(x, y) for x in a.places for y in b.places)


def _shared(a: Content, b: Content, least: int = SHARED) -> bool:
    """Whether two contents have enough in common to be about one thing: names and words, not the kind of event."""
    return sum(kind != "event" for kind, _ in a.vector.keys() & b.vector.keys()) >= least


def _undone(no: Content, yes: Content, table: Table) -> bool:
    """Whether one says that a deed was done which the other says was not, or not by those whom it clears."""
    charge, attacks = table.charge(yes), [deed for deed in no.deeds if deed.family == "attack"]
    if attacks or _authored(no):
        if charge is None or charge.side not in _cleared(no):
            return False
        after = no.item.claim.start - yes.item.claim.end
        if no.item.reading is yes.item.reading and after >= 0:
            # "he denied it" after the charge: by another word for what was hit, or without one.
            close = after <= NEXT
            if charge.deed.family == "attack" and (close or not any(deed.about for deed in attacks)):
                return True
        return any(one_deed(deed, charge.deed, sides=False) for deed in attacks)
    if no.item.claim.act != "deny" and any(deed.about for deed in no.deeds):
        return False  # "no guards were hurt" says nothing of the prisoners
    return any(
        one_deed(a, b)
        or (a.family == b.family and not a.about and b.party is not None and b.party == no.side and not apart(a, b))
        for a in no.deeds
        for b in yes.deeds
    )


def _authored(content: Content) -> bool:
    """Whether a content is that someone did it, or had a hand in it."""
    return authored(content.item.reading, content.item.claim)


def _cleared(no: Content) -> set[str | None]:
    """The sides that a denial of a deed clears: whom it names as its doers, else the speaker's own."""
    reading, claim = no.item.reading, no.item.claim
    named: set[str | None] = {deed.side for deed in no.deeds if deed.side}
    if _authored(no):
        sides = {reading.register.side(entity) for entity in reading.entities_in(claim.span)}
        sides |= {country for _, country in reading.countries(claim.span)}
        named |= {no.side} if no.side in sides else {side for side in sides if side}
    return named or {no.side} - {None}


def _foreseen(item: Said) -> bool:
    """Whether a claim is of what may come: announced, expected, or held for more or less likely."""
    return item.claim.act in FORESEEN or item.claim.certainty != "certain"


def _named(content: Content) -> set[str]:
    return {value for kind, value in content.vector if kind == "entity"}


def _same_denial(a: Content, b: Content, table: Table) -> bool:
    """Whether two contents of one side deny one deed."""
    if a.sign > 0 or b.sign > 0 or a.side is None or a.side != b.side or not table.linked(a, b):
        return False
    return any(one_deed(x, y) for x in a.deeds for y in b.deeds)


def _repeats(members: Sequence[Content], table: Table) -> list[Content]:
    """Further claims that say what a side says, in the same article or another of its stories."""
    found = {}
    inside = {content.key for content in members}
    for member in members:
        charge = table.charge(member)
        for content in table.near(member):
            if content.key in inside or content.sign != member.sign or not table.linked(content, member):
                continue
            if member.sign < 0:
                again = _same_denial(member, content, table) or _goes_on(content, member)
            else:
                other = table.charge(content)
                again = bool(charge and other) and _same_charge(charge, other)
            alike = cosine(content, member) >= REPEATS and _shared(content, member)
            if again or (alike and not member.deeds and not content.deeds):
                found[content.key] = content
    return [found[key] for key in sorted(found)]


def _same_charge(a: Charge | None, b: Charge | None) -> bool:
    """Whether two charges lay one deed at one door."""
    return a is not None and b is not None and a.side == b.side and one_deed(a.deed, b.deed, sides=False)


def _goes_on(content: Content, member: Content) -> bool:
    """Whether a bare rejection goes on from the same speaker's denial just above it."""
    mine, above = content.item, member.item
    same = mine.reading is above.reading and mine.source is not None and mine.source == above.source
    return same and content.bare and 0 < mine.claim.start - above.claim.start <= ABOVE


def _denial(members: Sequence[Content]) -> Denial:
    # A relay repeats the words of the one whom it relays: that one answers.
    first = {
        (c.item.ref[0], c.item.claim.span, c.sign): c for c in sorted(members, key=lambda c: bool(c.item.claim.via))
    }
    ordered = sorted(first.values(), key=lambda c: (-c.sign, c.item.reading.published or "", c.item.ref))
    answers = tuple(by_claim(content.item, 1 if content.sign > 0 else 2) for content in ordered)
    denied = [c.item for c in ordered if c.item.claim.act == "deny" and c.item.claim.polarity == "+"]
    said_so = [c.item for c in ordered if c.sign > 0]
    words = min(denied or said_so, key=lambda item: (len(item.claim.text), item.ref))
    return Denial(answers, words)
