"""The pack's words around an expression, and what they say of it: its tense, its zone, that it is an age."""

import functools
import re
from collections.abc import Iterable

from ...lang import LanguagePack
from ..tree import Node
from .context import VerbWords
from .words import TimeWords

TITLED = ("month", "shortmonth", "weekday", "shortday", "plural_day", "zone", "season", "ampm", "feast", "h")
SINCE = 60  # characters between "since" and the time of what it names
KEPT = 1 << 13  # beginnings that are kept as they were read, because paragraphs come again in other articles
LEANS = ("ahead", "past", "future")  # the strongest first: "postponed until" holds "until"
BLANKS = " \t\n\r\xa0"
LOOSE = (
    BLANKS + '"“”«»(),;:.…–—-'
)  # what may stand between a word and what it is said of; an apostrophe is a part of it
SENTENCE_END = re.compile(r"[.!?…][\"')\]]?\s")
QUOTES = BLANKS + '"“”«»'
LAST_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[^\w]{1,3}$")


class Tails:
    """Words that a stretch of text may end with, marks and blanks left aside. As fast as looking from the end is:
    a regular expression would try each of them at each character."""

    def __init__(self, words: Iterable[str], loose: str = LOOSE) -> None:
        self._words, self._loose = tuple(word.lower() for word in words), loose

    def search(self, text: str) -> bool:
        """Whether the text ends with one of the words as a word of its own."""
        text = text.rstrip(self._loose).lower()
        if not text.endswith(self._words):
            return False
        ends = (len(text) - len(word) for word in self._words if text.endswith(word))
        return any(at == 0 or not text[at - 1].isalnum() for at in ends)


class Surroundings:
    """The pack's words around an expression, ready for look-up."""

    def __init__(self, words: TimeWords) -> None:
        self.lean = functools.lru_cache(KEPT)(self._lean)
        self.verbs = VerbWords(
            frozenset(words.future_auxiliaries), frozenset(words.planned), frozenset(words.gone),
            frozenset(words.empty_nouns), frozenset(words.before_verbs), frozenset(words.conditions),
            frozenset(words.doing),
            frozenset(words.words.get("ordword", {})), frozenset(words.unable), frozenset(words.negations),
        )  # fmt: skip
        self.comparing = any_of(words.comparing, r"\b")
        self.same_instant = Tails(words.same_instant, BLANKS)
        self.lasting = frozenset(words.lasting_nouns)
        self.clauses = re.compile(r"\s*" + any_of(words.clauses, "").pattern, re.IGNORECASE)
        self.habits = any_of(words.habits)
        self.ages_before = Tails(words.ages_before)
        self.ages_after = re.compile(r"\W*" + any_of(words.ages_after).pattern, re.IGNORECASE)
        self.both = any_of(list(words.words.get("and", {})))
        self.year_words = any_of([word for word, unit in words.words.get("unit", {}).items() if unit == "Y"])
        self.age_words = any_of(words.age_words)
        self.own = Tails(words.own, BLANKS)
        self.having = frozenset(words.having)
        self.people = frozenset(words.people)
        self.people_end = tuple(words.people_endings)
        # "since the fall of the city in May": what something has gone on since is past, whatever stands between.
        single = [word for word in words.leans.get("past", ()) if word.isalpha()]
        self.since = _open_after(single)
        self.awaiting = _open_after(words.awaiting)  # "ahead of the vote on Monday"
        self.leans = {tense: Tails(listed) for tense, listed in words.leans.items()}
        self.ages_at = Tails(words.ages_at, BLANKS)
        self.ages_group = Tails(words.ages_group, BLANKS)
        listed = "|".join(re.escape(word) for word in (*words.words.get("to", {}), *words.words.get("and", {}), ","))
        self.one_of_more = re.compile(rf"(?<!\d)\d+ *(?:{listed}) *$", re.IGNORECASE)  # "de 8 et" before "10 ans"
        both = "|".join(re.escape(word) for word in words.words.get("and", {}))
        self.ages_row = re.compile(rf"\d *(?:{both}) *$", re.IGNORECASE)
        self.of = Tails(words.of, BLANKS)
        self.articles = frozenset((*words.words.get("the", {}), *words.words.get("one", {})))
        self.definite = Tails(words.definite, BLANKS)
        self.prepositions = frozenset(words.prepositions)
        counts = "|".join(words.of_counts) or r"(?!)"
        self.of_next = re.compile(rf"\s*(?!{counts})" + any_of(words.of, "").pattern, re.IGNORECASE)
        # Words of times that have a capital of their own, or that stand with one as they like.
        self.capitals = frozenset(
            part for kind in TITLED for word in words.words.get(kind, {}) for part in re.findall(r"\w+", word.lower())
        )
        self.ended = frozenset(words.words.get("ended", {}))
        self.fixed_zones = frozenset(words.fixed_zones)
        self.zones = re.compile("|".join(words.zones) or r"(?!)")
        self.closing = Tails(words.closing)
        self.closing_near = Tails(words.closing_near)
        self.dated_names = Tails(words.dated_names)
        self.stamps = Tails(words.stamps)
        self.stamp_first = re.compile(r"\W*(?:\w+ )?" + any_of(words.stamps).pattern, re.IGNORECASE)
        self.grouped = words.grouped
        self.open_digits = words.open_digits
        self.timed_hours = words.timed_hours
        self.joining = frozenset(words.words.get("and", {}))
        self.codes = Tails(words.codes)
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
        if last not in self.prepositions or self.both.match(text, end + 1):
            return False
        return text[end : end + 1] == " " and text[end + 1 : end + 2].isalnum()

    def _lean(self, before: str) -> str:
        """The tense that the words before an expression speak for."""
        found = next((tense for tense in LEANS if tense in self.leans and self.leans[tense].search(before)), "")
        near = "" if found else before[-SINCE:]
        return found or ("past" if self.since.search(near) else "future" if self.awaiting.search(near) else "")

    def ranks(self, node: Node | None) -> bool:
        """Whether an expression hangs on what is the first or the greatest: "the first such book in ten years"."""
        head = node.head if node is not None else None
        if head is None or head.pos not in ("NOUN", "PROPN"):
            return False
        return any(n.lower in self.verbs.ordinals or n.morph("Degree") == "Sup" for n in head.children)

    def lasts(self, node: Node | None) -> bool:
        """Whether "six-month-old" says how long something has lasted: a truce, never a boy."""
        head = node.head if node is not None else None
        while head is not None and head.pos in ("ADJ", "ADV", "NUM") and head.head is not None:
            head = head.head
        return head is not None and node is not None and head.i > node.i and head.lemma.lower() in self.lasting

    def _in_row_of_ages(self, before: str) -> bool:
        """Whether a word for ages stands before, and no other count of years between but in one row with this one.

        "Aged 8, 10 and 12 years" are ages; in "aged 45 years, has lived there for ten years" the ten are none.
        """
        said = self.age_words.search(before)
        if said is None or SENTENCE_END.search(before):
            return False
        *_, last = (said, *self.year_words.finditer(before, said.end()))
        return last is said or not any(map(str.isalpha, self.both.sub("", before[last.end() :])))

    def _beside_name(self, before: str, after: str) -> bool:
        """Whether a count of years stands between commas or brackets, or closes a sentence after a name."""
        if not before.strip(QUOTES) and after[:1] == ",":  # "34 ans, mère de deux enfants, elle ..."
            return True
        if not before.endswith((", ", "(")):
            return False
        if after[:1] in (",", ")"):
            return before[-3:-2].isalpha() or before[-2:-1].isalpha()
        name = LAST_WORD.search(before)  # "raconte Olena, 34 ans."
        return name is not None and name[1].istitle() and (not after.strip(QUOTES) or after[0] in ".;:!?")

    def is_age(self, unit: str, before: str, after: str, node: Node | None) -> bool:
        """Whether a count of years is somebody's age: "aged 6", ", 87," or what hangs on a word for a person."""
        if self.ages_after.match(after):
            return not self.lasts(node)
        if self.ages_before.search(before):
            return True
        if self._in_row_of_ages(before):
            return True
        if before.endswith("-"):
            return True
        if unit == "Y" and self.ages_at.search(before) and not self.of_next.match(after):
            return True
        if unit == "Y" and self._beside_name(before, after):
            return True
        head = node.head if node is not None else None
        if head is not None and node is not None and head.lemma in self.having and node.dep == "obj":
            return unit == "Y"
        while head is not None and head.pos == "NUM":  # "8 et 10 ans" hangs on its "8"
            head = head.head
        if unit == "Y" and self.ages_row.search(before) and not self.of_next.match(after):
            return head is None or head.lemma.lower() not in self.lasting  # "three women (22, 34 et 56 ans)"
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


def _open_after(words: list[str]) -> re.Pattern[str]:
    """A pattern for what ends in one of the words and more, without a mark or a number between."""
    return re.compile(rf"{any_of(words).pattern}[^.,;:!?()\d]{{0,{SINCE}}}$" if words else r"(?!)", re.IGNORECASE)


def any_of(words: list[str], after: str = r"\b") -> re.Pattern[str]:
    """A pattern for any of the words; for none it never matches."""
    if not words:
        return re.compile(r"(?!)")
    ends = (re.escape(word) + (r"\b" if word[-1].isalnum() else "") for word in sorted(words, key=len, reverse=True))
    listed = "|".join(ends)
    return re.compile(rf"(?<!\w)(?:{listed}){after}", re.IGNORECASE)
