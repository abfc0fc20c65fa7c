"""Whether what looks like a time is one: not an age, the name of a place, a page's stamp or a number of something."""

import re
from typing import NamedTuple

from ...model.records import Span
from ..tree import Node
from .choose import Slots
from .choose import number as whole
from .grammar import Found, Part
from .stamps import CLOCK, LOOK, Place
from .surroundings import Surroundings

TENS = range(10, 100)
BARE = frozenset({"part", "edge", "the"})
GLUE = frozenset("-/+$€£°%&_@#")  # what ties digits to a code, an amount or another number
FIGURES = re.compile(r"[ .,]\d")


class Candidate(NamedTuple):
    """One expression of a match, with what it says, the article's text, its paragraph and the token it hangs on."""

    match: Found
    part: Part
    slots: Slots
    text: str
    span: Span
    node: Node | None

    def is_time(self, words: Surroundings, feasts: bool) -> bool:
        """Whether it is a time of the article; names of feasts only where they are asked for."""
        match, slots, node, before, after = self.match, self.slots, self.node, self.before, self.after
        if self.place.is_stamp(slots, words, node) or self.place.is_title(words.capitals):
            return False
        if self._is_age(words) or (match.rule == "feast" and not feasts):
            return False
        head = node.head if match.rule == "ref" and node is not None and node.pos in ("ADJ", "DET") else None
        if head is not None and head.start >= self.part.end:
            return False  # "the past 20 elections"
        if (
            "part" in slots
            and self.part.slots.keys() <= BARE
            and node is not None
            and node.find("acl:relcl") is not None
        ):
            return False  # "the night the plane went down"
        if match.rule == "alone" and (before.strip() or after.strip()):
            return False
        if ("day" in slots or slots.get("unit") == "H" or CLOCK & slots.keys()) and self._is_named(words):
            return False
        if len(match.parts) == 2 and not self._is_range_of_years(words):
            return False
        if match.rule == "bare" and words.codes.search(before):
            return False
        if match.rule in ("bare", "bareday") and not self._stands_alone(words):
            return False
        counted = self.text[self.part.end - 1].isdecimal() and not {"month", "year"} <= slots.keys()
        return not (counted or match.rule == "span") or not words.not_before.match(after)

    @property
    def before(self) -> str:
        """The paragraph's characters before it, so far as they say what it is."""
        return self.text[max(self.span[0], self.part.start - LOOK) : self.part.start]

    @property
    def after(self) -> str:
        """The same behind it."""
        return self.text[self.part.end : min(self.span[1], self.part.end + LOOK)]

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.text, self.span, self.part.start, self.part.end)

    def is_dateline(self) -> bool:
        """Whether it is the day in front of a report."""
        return "day" in self.slots and self.place.is_dateline()

    def _is_age(self, words: Surroundings) -> bool:
        if whole(self.slots, "decade") in TENS and words.own.search(self.before):
            return True  # "in her 30s"
        if self.match.rule != "span":
            return False
        if "old" in self.slots and not words.lasts(self.node):
            return True
        unit = str(self.slots.get("unit", ""))
        if unit == "Y" and "approx" in self.slots and words.ages_group.search(self.before):
            return True
        return unit in ("Y", "M", "W") and words.is_age(unit, self.before, self.after, self.node)

    def _is_named(self, words: Surroundings) -> bool:
        """Whether a date or an hour is part of a name: "place du 8 mai", "l'après-7 octobre"."""
        before = self.before
        tied = self.part is self.match.parts[0] and before[-1:] == "-" and before[-2:-1].isalpha()
        return tied or words.dated_names.search(before)

    def _is_range_of_years(self, words: Surroundings) -> bool:
        """Whether two bare years in a row are a range, rather than the number of a law ("2022-1157")."""
        first, last = (part.slots for part in self.match.parts)
        if first.keys() != {"year"} or last.keys() != {"year"}:
            return True
        ordered = int(first["year"]) <= int(last["year"])
        return ordered and not words.codes.search(self.text[max(0, self.match.start - LOOK) : self.match.start])

    def _stands_alone(self, words: Surroundings) -> bool:
        """Whether four digits count nothing and are no part of a number or a code."""
        node, before, after = self.node, self.before, self.after
        if before[-1:] in GLUE or after[:1] in GLUE or after[:1].isalnum() or FIGURES.match(after):
            return False
        of = node.head if node is not None and node.dep in ("amod", "det") else None
        if self.match.rule == "bareday" and of is not None and of.start >= self.part.end:
            return False  # "on the 10th anniversary"
        if node is None or words.definite.search(before):
            return True
        right = node.right
        while right is not None and right.start < self.part.end:
            right = right.right
        while node.dep == "conj" and node.head is not None and node.head.pos == "NUM":
            node = node.head  # "the 2011 and 2012 elections"
        if node.head is not None and node.head.i > node.i and node.dep.startswith("nummod"):
            known = words.grouped and (whole(self.slots, "year") or 0) % 100 != 0
            return known or node.head.morph("Number") == "Sing"  # "2012 election day", not "2012 people"
        if right is None or right.start > self.part.end + 1 or right.pos not in ("NOUN", "ADJ", "NUM", "SYM"):
            return True
        return right.pos in ("NOUN", "ADJ") and right.morph("Number") == "Sing"
