"""The annotator: runs the grammar over the article's own text and places what it finds, in text order."""

import functools
import re

from ...lang import LanguagePack
from ...model.records import TEXT_KINDS, AnyRecord, Time
from ..draft import Draft
from ..tree import Tree
from .context import Around, Sentences, Written, tense_at
from .grammar import Found, Grammar, Part
from .resolve import Reading, full_year
from .rules import RULES
from .words import TimeWords

# A time spoken of is what "the next day" or a bare hour hangs on for this many paragraphs.
REACH = 1


@functools.cache
def grammar(pack: LanguagePack) -> tuple[TimeWords, Grammar]:
    """The words and the compiled patterns of a pack."""
    words = pack.words(TimeWords, "times")
    return words, Grammar(words)


class Times:
    """Dates, hours, durations and repetitions, as TIMEX3 with an interval."""

    name = "times"
    version = "2"
    needs: tuple[str, ...] = ("block",)
    gives = "time"
    parsed = True

    def __call__(self, draft: Draft) -> list[AnyRecord]:
        """The article's times, in text order."""
        words, rules = grammar(draft.pack)
        trees = {tree.start: tree for tree in draft.trees}
        placing = _Placing(draft, words)
        found: list[AnyRecord] = []
        for number, block in enumerate(draft.blocks(TEXT_KINDS)):
            matches = rules.find(draft.text, block.start, block.end)
            if matches:
                found += placing.block(number, matches, trees.get(block.start))
        return sorted(found, key=lambda record: record.start)


class _Placing:
    """Goes through an article's expressions in text order and remembers what was spoken of."""

    def __init__(self, draft: Draft, words: TimeWords) -> None:
        self.draft, self.text = draft, draft.text
        self.written = Written.of(draft.article.published)
        self.future = frozenset(words.future_auxiliaries)
        self.habits = _any_of(words.habits)
        self.ages_before = _any_of(words.ages_before, r"\W*$")
        self.ages_after = re.compile(r"\W*" + _any_of(words.ages_after).pattern, re.IGNORECASE)
        self.leans = {tense: _any_of(listed, r"\W*$") for tense, listed in words.leans.items()}
        self.closing = _any_of(words.closing, r"\W*$")
        self.not_before = re.compile(r"\s*" + _any_of(words.not_before).pattern, re.IGNORECASE)
        self.around = Around(self.written)
        self.spoken_in = -9

    def block(self, number: int, matches: list[Found], tree: Tree | None) -> list[Time]:
        """The times of one paragraph."""
        if number > self.spoken_in + REACH:
            self.around.spoken = None
            self.around.spoken_clock = None
        sentences = Sentences(tree)
        times: list[Time] = []
        sentence = -1
        for match in matches:
            node = sentences.head(match.parts[0].start, match.parts[-1].end)
            if node is not None and node.sentence != sentence:
                sentence, self.around.year = node.sentence, None
            if tree is not None and node is not None:
                nodes = tree.sentences[node.sentence]
                stretch = self.text[nodes[0].start : nodes[-1].end]
                self.around.returns = bool(self.habits.search(stretch))
            tense = tense_at(node, self.future)
            for i, part in enumerate(match.parts):
                slots = self._slots(match, i)
                self.around.ends = i > 0 or bool(self.closing.search(self.text[max(0, part.start - 24) : part.start]))
                self.around.tense = self._lean(part) or tense
                if not self._counts(match, part, slots):
                    continue
                reading = RULES[match.rule](slots, self.around)
                if reading is not None:
                    times.append(self._time(part, reading))
                    self._remember(number, match.rule, slots, reading)
        return times

    def _slots(self, match: Found, i: int) -> dict[str, int | float | str]:
        """What an expression says, with what it leaves to its neighbour ("du 6 au 12 janvier")."""
        own = match.parts[i].slots
        slots = {**match.around, **own}
        for other in match.parts:
            if other.slots is own:
                continue
            shared = {key: value for key, value in other.slots.items() if key in ("year", "yy", "shift", "ampm")}
            if "day" in own and "month" not in own:
                shared |= {key: value for key, value in other.slots.items() if key == "month"}
            slots = {**shared, **slots}
        return slots

    def _lean(self, part: Part) -> str:
        before = self.text[max(0, part.start - 24) : part.start]
        return next((tense for tense, words in self.leans.items() if words.search(before)), "")

    def _counts(self, match: Found, part: Part, slots: dict[str, int | float | str]) -> bool:
        """Whether an expression is a time: not an age, nor a year's digits before what they count."""
        before, after = self.text[max(0, part.start - 40) : part.start], self.text[part.end : part.end + 24]
        if match.rule == "span" and slots.get("unit") in ("Y", "M"):
            return not (self.ages_before.search(before) or self.ages_after.match(after))
        return not self.not_before.match(after)

    def _time(self, part: Part, reading: Reading) -> Time:
        placed = reading.placed
        return Time(
            start=part.start, end=part.end, text=self.draft.raw((part.start, part.end)), type=reading.type,  # type: ignore[arg-type]
            value=placed.value, quant=reading.quant, mod=reading.mod, zone=reading.zone,
            earliest=placed.start.isoformat(timespec="minutes") if placed.start else None,
            latest=placed.end.isoformat(timespec="minutes") if placed.end else None, grain=placed.grain,
        )  # fmt: skip

    def _remember(self, number: int, rule: str, slots: dict[str, int | float | str], reading: Reading) -> None:
        placed = reading.placed
        if placed.start is None or rule in ("ref", "span", "every", "nth", "recent"):
            return
        year = full_year(slots, self.written.day)
        if year is not None:
            self.around.year = year
        elif "deictic" in slots or "shift" in slots:
            self.around.year = None
        if placed.grain in ("day", "part", "hour", "minute"):
            self.around.spoken, self.spoken_in = placed.start.date(), number
            if placed.grain in ("hour", "minute"):
                self.around.spoken_clock = placed.start


def _any_of(words: list[str], after: str = r"\b") -> re.Pattern[str]:
    """A pattern for any of the words; for none it never matches."""
    if not words:
        return re.compile(r"(?!)")
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed}){after}", re.IGNORECASE)
