"""The pack's words around an expression, and what they say of it: its tense, its zone, that it is an age."""

import functools
import re

from ...lang import LanguagePack
from ..tree import Node
from .context import VerbWords
from .words import TimeWords

LEANS = ("ahead", "past", "future")  # the strongest first: "postponed until" holds "until"
SENTENCE_END = re.compile(r"[.!?…]\s")


class Surroundings:
    """The pack's words around an expression, ready for look-up."""

    def __init__(self, words: TimeWords) -> None:
        self.verbs = VerbWords(
            frozenset(words.future_auxiliaries), frozenset(words.planned), frozenset(words.gone),
            frozenset(words.empty_nouns),
        )  # fmt: skip
        self.comparing = any_of(words.comparing, r"\b")
        self.same_instant = any_of(words.same_instant, r"\s*$")
        self.lasting = frozenset(words.lasting_nouns)
        self.clauses = re.compile(r"\s*" + any_of(words.clauses, "").pattern, re.IGNORECASE)
        self.habits = any_of(words.habits)
        self.ages_before = any_of(words.ages_before, r"\W*$")
        self.ages_after = re.compile(r"\W*" + any_of(words.ages_after).pattern, re.IGNORECASE)
        self.age_words = any_of(words.age_words)
        self.having = frozenset(words.having)
        self.people = frozenset(words.people)
        self.people_end = tuple(words.people_endings)
        self.leans = {tense: any_of(listed, r"\W*$") for tense, listed in words.leans.items()}
        self.ages_at = any_of(words.ages_at, r"\s*$")
        self.ages_group = any_of(words.ages_group, r"\s*$")
        listed = "|".join(re.escape(word) for word in (*words.words.get("to", {}), *words.words.get("and", {}), ","))
        self.one_of_more = re.compile(rf"\d+ *(?:{listed}) *$", re.IGNORECASE)  # "de 8 et" before "10 ans"
        self.of = any_of(words.of, r"\s*$")
        self.definite = any_of(words.definite, r"\s*$")
        self.prepositions = frozenset(words.prepositions)
        self.of_next = re.compile(r"\s*" + any_of(words.of, "").pattern, re.IGNORECASE)
        # Words of times that have a capital of their own, or that stand with one as they like.
        self.capitals = frozenset(
            part
            for kind in (
                "month",
                "shortmonth",
                "weekday",
                "shortday",
                "plural_day",
                "zone",
                "season",
                "ampm",
                "feast",
                "h",
            )
            for word in words.words.get(kind, {})
            for part in re.findall(r"\w+", word.lower())
        )
        self.ended = frozenset(words.words.get("ended", {}))
        self.fixed_zones = frozenset(words.fixed_zones)
        self.zones = re.compile("|".join(words.zones) or r"(?!)")
        self.closing = any_of(words.closing, r"\W*$")
        self.closing_near = any_of(words.closing_near, r"\W*$")
        self.stamps = any_of(words.stamps, r"\W*$")
        self.codes = any_of(words.codes, r"\W*$")
        self.not_before = re.compile(r"\s*" + any_of(words.not_before).pattern, re.IGNORECASE)

    def zone(self, after: str) -> str:
        """The place whose time a clock time is in, by the words that follow it."""
        found = self.zones.match(after)
        return next((name for name in found.groups() if name), "") if found else ""

    def tells_from(self, text: str, start: int, end: int) -> bool:
        """Whether a noun follows that an expression is told from: "the day of the vote", "the day after the vote"."""
        if self.of_next.match(text, end):
            return True
        last = text[start:end].rpartition(" ")[2].lower()
        return last in self.prepositions and text[end : end + 1] == " " and text[end + 1 : end + 2].isalnum()

    def lean(self, before: str) -> str:
        """The tense that the words before an expression speak for."""
        return next((tense for tense in LEANS if tense in self.leans and self.leans[tense].search(before)), "")

    def _lasts(self, unit: str, node: Node | None) -> bool:
        """Whether "six-month-old" says how long something has lasted: a truce, never a boy."""
        head = node
        while head is not None and head.pos in ("ADJ", "ADV", "NUM") and head.head is not None:
            head = head.head
        return head is not None and node is not None and head.i > node.i and head.lemma.lower() in self.lasting

    def is_age(self, unit: str, before: str, after: str, node: Node | None) -> bool:
        """Whether a count of years is somebody's age: "aged 6", ", 87," or what hangs on a word for a person."""
        if self.ages_after.match(after):
            return not self._lasts(unit, node)
        if self.ages_before.search(before):
            return True
        if self.age_words.search(before) and not SENTENCE_END.search(before):
            return True
        if before.endswith("-"):
            return True
        if unit == "Y" and self.ages_at.search(before) and not self.of_next.match(after):
            return True
        if unit == "Y" and before.endswith((", ", "(")) and after[:1] in (",", ")"):
            return before[-3:-2].isalpha() or before[-2:-1].isalpha()
        head = node.head if node is not None else None
        if head is not None and node is not None and head.lemma in self.having and node.dep == "obj":
            return unit == "Y"
        while head is not None and head.pos == "NUM":  # "8 et 10 ans" hangs on its "8"
            head = head.head
        if head is None or not self.of.search(self.one_of_more.sub("", before)):
            return False
        lemma = head.lemma.lower()
        if lemma in self.people:
            return True
        if lemma in self.lasting or head.pos not in ("NOUN", "PROPN", "ADJ"):
            return False
        return lemma.endswith(self.people_end) or (unit == "Y" and head.text[:1].isupper())


@functools.cache
def surroundings(pack: LanguagePack) -> Surroundings:
    """Those of a pack."""
    return Surroundings(pack.words(TimeWords, "times"))


def any_of(words: list[str], after: str = r"\b") -> re.Pattern[str]:
    """A pattern for any of the words; for none it never matches."""
    if not words:
        return re.compile(r"(?!)")
    ends = (re.escape(word) + (r"\b" if word[-1].isalnum() else "") for word in sorted(words, key=len, reverse=True))
    listed = "|".join(ends)
    return re.compile(rf"(?<!\w)(?:{listed}){after}", re.IGNORECASE)
