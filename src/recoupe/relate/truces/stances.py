"""What speakers say to a truce, and whom they accuse in the same breath."""

from collections.abc import Iterable
from typing import Literal

from ...model.records import Claim, Event, overlapping
from ...model.relations import TruceAnswer
from ..answers import carrying
from ..reading import WORD, Reading, folded
from ..statements import Said
from ..words import begins
from .told import Told, holds

Stance = Literal["ordered", "asked", "accepted", "refused", "condition", "kept", "accused", "other"]
# What breaks a truce.
BREACHES = frozenset({"violation", "strike", "ground", "invasion"})
# An accusation in the same breath as an answer to the truce stands this many characters from it at most.
NEAR = 700
# A verb that takes or turns down a truce stands between its subject and the truce, this many characters off at most.
TAKEN = 60
# Who announces a truce names it this many characters into what he says at most ("a surprise 30-hour Easter ceasefire").
HEAD = 40


def answers(truce: Told, reading: Reading) -> list[TruceAnswer]:
    """What an article lets speakers say to the truce, in text order."""
    about = truce.about(reading)
    found = [TruceAnswer(side=reading.speaker(c), claim=reading.ref(c), stance=stance(reading, c)) for c in about]
    sources = {claim.source_entity for claim in about}
    for claim in reading.claims:
        if claim.act == "accuse" and claim.source_entity in sources and claim not in about and claim.source_entity:
            events = [e for e in reading.events if holds(claim, e.start) and e.type in BREACHES]
            near = any(abs(claim.start - other.start) <= NEAR for other in about)
            if events and near:
                side = reading.speaker(claim)
                found.append(TruceAnswer(side=side, claim=reading.ref(claim), stance="accused"))
    found += [taken for event in truce.of(reading) if (taken := _taken(reading, event))]
    return sorted(found, key=lambda answer: answer.claim)


def _taken(reading: Reading, event: Event) -> TruceAnswer | None:
    """What an article tells in its own name: that someone takes the truce, or turns it down."""
    if carrying(reading, event) is not None or event.status == "possible":
        return None
    sentence = reading.sentence_at(event.start)
    names = overlapping(reading.names, (max(sentence[0], event.start - 2 * TAKEN), event.start))
    if not names:
        return None
    between = folded(reading.text[max(names[-1].end, event.start - TAKEN) : event.start])
    words = reading.words.truce
    taken: Stance | None = (
        "refused" if begins(between, words.refused) else "accepted" if begins(between, words.taken) else None
    )
    # "A truce that X refused" and "X, which refused Y's truce" name the one who speaks last before the verb.
    return TruceAnswer(side=reading.meant(names[-1]), claim=reading.ref(event), stance=taken) if taken else None


def stance(reading: Reading, claim: Claim) -> Stance:
    """What a claim about a truce does: orders it, asks for it, takes it, refuses it …"""
    words = reading.words.truce
    cue = folded(reading.text[slice(*claim.cue)]) if claim.cue else ""
    content = folded(Said(reading, claim).text)
    if claim.act == "deny":
        broken = any(e.type in BREACHES and holds(claim, e.start) for e in reading.events) or begins(
            content, words.broken
        )
        return "kept" if broken else "refused"
    if begins(cue, words.refused):
        return "refused"
    if claim.act == "accuse":
        return "accused"
    if claim.act in ("request", "commit", "expect") and begins(content, words.condition):
        return "condition"
    if claim.act in ("request", "commit"):
        if begins(cue, words.asked):
            return "asked"
        if claim.act == "commit" and begins(content, words.kept):
            return "accepted"
        if begins(cue, words.accepted):
            return "accepted"
        head = folded(reading.text[claim.start : claim.start + HEAD])
        named = _named_at(reading, claim) or begins(head, words.ordered)
        return "ordered" if named and begins(cue, words.ordered) else "other"
    if claim.act == "assert" and claim.polarity == "+":
        if begins(content[:TAKEN], words.taken) and not _named(reading, claim, words.taken):
            return "accepted"
        if _declares(reading, claim, cue):
            return "ordered"
        inner = [c for c in reading.claims if c is not claim and holds(claim, c.start)]
        kept = begins(content, words.kept) and not begins(content, words.broken)
        if kept and not any(c.act in ("request", "commit") for c in inner):
            return "kept"
    return "accepted" if begins(cue, words.accepted) else "other"


def _declares(reading: Reading, claim: Claim, cue: str) -> bool:
    """Whether a speaker declares a truce of his own: he announces it by its name, and not as one between others."""
    words = reading.words.truce
    said = folded(reading.text[slice(*claim.span)])
    return _named_at(reading, claim) and begins(cue, words.ordered) and not begins(said, words.between)


def _named_at(reading: Reading, claim: Claim) -> bool:
    """Whether a claim's content begins with the name of a truce."""
    found = [e for e in overlapping(reading.events, claim.span) if e.type == "ceasefire" and e.status != "possible"]
    # In his own words a speaker names a truce for many reasons.
    return claim.form != "direct" and bool(found) and found[0].start - claim.start <= HEAD


def _named(reading: Reading, claim: Claim, verbs: Iterable[str]) -> bool:
    """Whether a claim names someone else as the one who does what the verbs say."""
    for match in WORD.finditer(reading.text, *claim.span):
        if begins(folded(match.group()), verbs):
            return bool(overlapping(reading.names, (claim.start, match.start())))
    return False
