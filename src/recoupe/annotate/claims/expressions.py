"""Expressions that hand a claim over, each with the marks that tell whether it need be looked for."""

import re
from typing import NamedTuple, TypeVar

import msgspec

from ...model.records import Act, Certainty


class Marked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pattern with what its matches cannot be without: it is searched for only where one of the `marks` stands."""

    pattern: str
    marks: list[str]


class According(Marked, frozen=True, forbid_unknown_fields=True):
    """An expression in front of a speaker ("selon"); group 1 of the pattern is the cue. `apart`: only at the start of
    a clause, in front of someone who can speak and of a comma ("Pour l'analyste, …")."""

    act: Act = "assert"
    apart: bool = False


class Impersonal(Marked, frozen=True, forbid_unknown_fields=True):
    """An expression without a speaker; group 1 of the pattern is the cue, the content follows."""

    act: Act = "question"
    certainty: Certainty = "possible"


class Unverified(Marked, frozen=True, forbid_unknown_fields=True):
    """Words that leave a thing open because nobody could check it, or deny it without saying who; group 1 is the cue.
    `passive`: it is the subject; `apposed`: it is the noun before, behind a comma."""

    passive: bool = False
    apposed: bool = False
    act: Act = "question"
    certainty: Certainty = "possible"


M = TypeVar("M", bound=Marked)
Rules = list[tuple[re.Pattern[str], M]]


def compiled(rules: list[M]) -> Rules[M]:
    """The rules, each with its pattern compiled."""
    return [(re.compile(rule.pattern), rule) for rule in rules]


class Expressions(NamedTuple):
    """The expressions of a pack by what they make of the words around them: `whose` opens a relative clause ("selon
    qui"), `summed` takes up what was said ("c'est le bilan"), `reckoned` is a verb that puts a count ("en est à")."""

    according: Rules[According]
    open: Rules[Impersonal]
    said_of: Rules[Impersonal]
    unverified: Rules[Unverified]
    hearsay: Rules[Marked]
    whose: Rules[Marked]
    summed: Rules[Marked]
    reckoned: Rules[Marked]

    def within(self, low: str) -> "Expressions":
        """Those that can match in a lower-case text: an article's are sifted once, and of these each paragraph's (a
        third of the time)."""
        return Expressions(*(_marked(rules, low) for rules in self))


def _marked(rules: Rules[M], low: str) -> Rules[M]:
    found = []
    for rule in rules:
        for mark in rule[1].marks:
            if mark in low:
                found.append(rule)
                break
    return found
