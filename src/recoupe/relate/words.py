"""The words that the cross-check needs of a language: relate.toml in each pack."""

import functools
import re
from collections.abc import Iterable

import msgspec

from ..lang.folding import unaccented


class TruceWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Beginnings of words, without accents, in small letters, by what they say of a truce.

    The first six are stages; `asked`, `accepted`, `taken`, `condition`, `kept`, `broken` stances of a side; `before`,
    `after` and `during` place an incident, `denied` takes one back; `mutual` and `alone` say whether both sides are
    bound, `between` that it is one of others; `opens` stands before the day on which it begins, `halts` before
    what it stops.
    """

    proposed: tuple[str, ...]
    ordered: tuple[str, ...]
    agreed: tuple[str, ...]
    refused: tuple[str, ...]
    extended: tuple[str, ...]
    ended: tuple[str, ...]
    asked: tuple[str, ...]
    accepted: tuple[str, ...]
    taken: tuple[str, ...]
    condition: tuple[str, ...]
    kept: tuple[str, ...]
    broken: tuple[str, ...]
    denied: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    during: tuple[str, ...]
    mutual: tuple[str, ...]
    alone: tuple[str, ...]
    between: tuple[str, ...]
    opens: tuple[str, ...]
    halts: tuple[str, ...]


def _beginning(words: Iterable[str]) -> re.Pattern[str]:
    """Matches words that begin so, in folded text."""
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + ")")


class WithdrawnWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """Beginnings of words, without accents, by which an outlet or speaker takes back what was said.

    `verbs` take a report back, `reports` are what they take back, `wrong` call it so, `own` is the outlet's own word;
    `unless` negates a verb.
    """

    verbs: tuple[str, ...]
    reports: tuple[str, ...]
    wrong: tuple[str, ...]
    own: tuple[str, ...]
    unless: tuple[str, ...]

    @functools.cached_property
    def taking(self) -> re.Pattern[str]:
        """Matches a verb that takes back."""
        return _beginning(self.verbs)

    @functools.cached_property
    def reported(self) -> re.Pattern[str]:
        """Matches a word for a report."""
        return _beginning(self.reports)

    @functools.cached_property
    def faulty(self) -> re.Pattern[str]:
        """Matches what calls a report wrong."""
        return _beginning(self.wrong)

    @functools.cached_property
    def owned(self) -> re.Pattern[str]:
        """Matches an outlet's naming of its own earlier word."""
        return _beginning(self.own)

    @functools.cached_property
    def negated(self) -> re.Pattern[str]:
        """Matches what negates a verb."""
        return _beginning(self.unless)

    def any(self, text: str) -> bool:
        """Whether a folded text may take something back at all."""
        # Looking for each beginning anywhere takes a quarter of the time, and most texts have none.
        some = any(word in text for word in self.verbs) or any(word in text for word in self.own)
        return some and bool(self.taking.search(text) or self.owned.search(text))


class RelateWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """relate.toml.

    `stop` are words without content; `agencies` names of news agencies as they sign their copy; `people` what a count
    of people may be called whoever they are (lemmas), `bodies` what is found of the dead; `inside` are the words before
    the place that something is in, `one` the articles of one spoken of before. `definite` are the articles,
    `authorities` beginnings of the nouns, of a definite wording that means a whole government; `imputed` beginnings of
    the verbs that lay a deed at someone's door, named behind it, `authored` of the words by which someone is its
    author, `reciprocal` of those by which two sides do the same to each other, `speech` of the nouns for what others
    say; `aims` begin a content that tells what someone ever aims at. `office` are the words that may stand between a
    person's nationality and name, `since` those before the day from which something went on. `withdrawn` tells what
    takes a report back, `truce` by which words a truce is told.
    """

    since: tuple[str, ...]
    stop: tuple[str, ...]
    agencies: tuple[str, ...]
    people: tuple[str, ...]
    bodies: frozenset[str]
    definite: tuple[str, ...]
    one: frozenset[str]
    inside: frozenset[str]
    authorities: tuple[str, ...]
    imputed: tuple[str, ...]
    authored: tuple[str, ...]
    reciprocal: tuple[str, ...]
    speech: tuple[str, ...]
    aims: tuple[str, ...]
    office: tuple[str, ...]
    withdrawn: WithdrawnWords
    truce: TruceWords

    @functools.cached_property
    def stopped(self) -> frozenset[str]:
        """The words without content, without accents."""
        return frozenset(unaccented(word.lower(), "NFKD") for word in self.stop)

    @functools.cached_property
    def offices(self) -> frozenset[str]:
        """The words of an office between a nationality and a name, without accents."""
        return frozenset(self.office)

    @functools.cached_property
    def anyone(self) -> frozenset[str]:
        """What a count of people may be called whoever they are."""
        return frozenset(self.people)

    @functools.cached_property
    def agency(self) -> re.Pattern[str]:
        """Matches an agency's name."""
        return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(self.agencies, key=len, reverse=True))) + r")\b")


def begins(text: str, words: Iterable[str]) -> bool:
    """Whether a text has a word (or phrase) that begins so; both folded."""
    padded = " " + text
    plain = " " + text.replace("'", " ")
    return any(f" {word}" in padded or f" {word}" in plain for word in words)
