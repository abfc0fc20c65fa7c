"""What looks like a time of the article and belongs to its page: date stamps, datelines, names of newspapers."""

import re
from typing import NamedTuple

from ...model.records import Span
from ..tree import Node
from .choose import Slots
from .surroundings import SENTENCE_END, Surroundings

DATED = frozenset({"day", "weekday", "deictic", "anaphor", "month", "part", "ampm"})
MARKS = " \t\n\xa0[(*|•>-–—"  # what may stand before the hour of an entry
# What follows it: a mark that parts it from its text, or the first word of the text.
ENTRY = re.compile(r"\s*(?:[:\])|–—-]|\.\s)|\s+[\"'(\[]?\s?[^\W\d_a-zà-ÿ]")
CLOCK = frozenset({"hour", "noon", "hhmm"})
STAMP = 200  # characters of the longest line that may be a date stamp
DATELINE = 60  # characters of the longest row of places before the date of a dateline
LOOK = 40  # characters before an expression that may say that it is a stamp
WORD = re.compile(r"[^\W\d_]+")
BEGINS = re.compile(r"[.!?…:;\"'`(\[*•>_-]\s*$")  # what stands before the first word of a sentence
# What follows the date of a dateline: its agency and a dash, or the dash alone ("KYIV, 3 May (Agency) -").
BEHIND = re.compile(r"\)?\s*(?:\([^()]{2,40}\)\s*[-–—:]*|[-–—]{1,2}\s)")
SHORT = 3  # letters of the longest word without a capital in the name of a place ("Val-de-Marne", "Cap d'Ail")


class Place(NamedTuple):
    """Where an expression stands: the article's text, its paragraph, its first and last character."""

    text: str
    span: Span
    start: int
    end: int

    def is_dateline(self) -> bool:
        """Whether a date follows a place in front of the report ("NAIROBI, 24 August (Agency) -")."""
        if not 2 < self.start - self.span[0] <= DATELINE:
            return False
        before = self.text[self.span[0] : self.start]
        behind = BEHIND.match(self.text, self.end)
        if behind is None or not before[:1].isupper():
            return False
        if before.rstrip()[-1] not in ",)(-/" or SENTENCE_END.search(before):
            return False
        if "(" not in behind.group():  # "In Ukraine, 24 February - the first day": without an agency, capitals alone
            return before.isupper()
        return all(word[0].isupper() or len(word) <= SHORT for word in WORD.findall(before))

    def is_stamp(self, slots: Slots, words: Surroundings, node: Node | None) -> bool:
        """Whether a time is that of the page ("Published on 3 May 2024 at 8:15", "14:32 - Blasts heard in the port",
        "reading time: 3 min") rather than told by the article."""
        clock = bool(CLOCK & slots.keys())
        if clock and self._opens_entry(slots):
            return True
        if self.span[1] - self.span[0] > STAMP:
            return False
        before = self.text[max(self.span[0], self.start - LOOK) : self.start]
        if slots.get("unit") == "MIN":
            return words.stamps.search(before)
        dated = {"day", "month", "year"} <= slots.keys()
        if dated and words.stamps.search(before):
            return True
        if not clock or node is None or any(n.morph("VerbForm") == "Fin" for n in node.tree.nodes):
            return False
        return (dated and not before.strip()) or words.stamp_first.match(self.text, *self.span) is not None

    def _opens_entry(self, slots: Slots) -> bool:
        """Whether a clock time alone stands in front of a paragraph, as pages that go on being written have it."""
        if DATED & slots.keys() or self.start - self.span[0] > LOOK:
            return False
        if self.text[self.span[0] : self.start].strip(MARKS):
            return False
        return self.text[self.start].isdecimal() and ENTRY.match(self.text, self.end, self.span[1]) is not None

    def is_title(self, capitals: frozenset[str]) -> bool:
        """Whether an expression is the name of a newspaper, a film or a broadcast: "60 Minutes", "USA Today".

        Capitals where a sentence begins say nothing, nor do those of months, weekdays and abbreviations.
        """
        said = self.text[self.start : self.end]
        if said.islower():
            return False
        words = WORD.findall(said)
        upper = [word.istitle() and len(word) > 1 and word.lower() not in capitals for word in words]
        if not any(upper):
            return False
        before = self.text[max(self.span[0], self.start - LOOK) : self.start]
        begins = (not before or BEGINS.search(before) is not None) and not said[0].isdecimal()
        return (any(upper[1:]) or not begins) and is_running(self.text[self.span[0] : self.span[1]])


def is_running(text: str) -> bool:
    """Whether a paragraph is running text: a headline in capitals, or with most words capitalised, is none."""
    words = WORD.findall(text)
    return 2 * len([word for word in words if word[0].islower()]) > len(words)
