"""The annotator: runs the grammar over the article's own text and places what it finds, in text order."""

import dataclasses
import datetime as dt
import functools
from bisect import bisect_left

from ...lang import LanguagePack
from ...model.records import TEXT_KINDS, AnyRecord, Span, Time
from ..draft import Draft
from ..tree import Node, Tree
from .calendar import Day, Placed, instant, moved
from .candidate import Candidate
from .choose import Reading, Slots, full_year
from .context import Around, Written, head_at, is_over_at, names_today, tense_at, weak_at
from .grammar import Found, Grammar, Part
from .quotes import quoted, sentence_around
from .rules import RULES
from .stamps import CLOCK, LOOK
from .surroundings import SENTENCE_END, surroundings
from .words import TimeWords
from .zones import NEAR, Zones

# A time spoken of is what "the next day" or a bare hour hangs on for this many further paragraphs.
REACH = 1
FAR_QUARTER = 6  # the same for the quarter that a report of earnings is about
LEAST_QUARTER, MOST_QUARTER = 60, 300  # days since the beginning of a quarter that a report may be about
QUARTERS = ("P6M", "P9M")  # spans that a report of earnings goes on to
DATED = frozenset({"day", "weekday", "deictic", "anaphor", "fixed", "month", "year", "feast", "thatnight"})
DAYS = frozenset({"day", "weekday", "deictic", "thatnight"})
YEARLY = frozenset({"month", "season", "fixed", "feast", "order"})  # what may be told of every year
TOLD_FROM_TODAY = frozenset({"when", "ago", "within", "recent"})
YEARS = frozenset({"year", "yy", "yearshift", "shift"})
HALF_QUARTER = 45  # days from the last day of a quarter back into it: that to July 31 is mostly the second
NEAR_DAY = 40  # characters from an hour to the day or night that it lies in
SHARED = ("year", "yy", "shift", "yearshift", "ampm", "zone")  # what one end of a range says for both
LENT = {"day": "month", "order": "unit"}  # what an end that has the first needs from the other one
# Days that a report may be dated before or after its publication, of which the day or the month is known.
PRINTED = {"day": 7, "month": 16}
DATELINES = frozenset({"meta"})  # kinds of paragraphs that a dateline may stand in, apart from the text
NEAR_NAME = 60  # characters from a day told from an event to the date that says which one it is
EVENING = 17  # midnight spoken of after an hour from this one on is the one that follows
NEIGHBOURS = 8  # expressions on either side among which the day of speaking is looked for
WIDE = 100  # the same for what is compared with a quarter


@functools.cache
def grammar(pack: LanguagePack) -> Grammar:
    """The compiled patterns of a pack."""
    return Grammar(pack.words(TimeWords, "times"))


class Times:
    """Dates, hours, durations and repetitions, as TIMEX3 with an interval.

    `unsaid` is the tense ("past", "future" or "") where the text gives none: news leaves it open, an assistant's user
    looks ahead. With `feasts` the names of feasts are times too, which the guide leaves out.
    """

    name = "times"
    version = "3"
    needs: tuple[str, ...] = ("block",)
    gives = "time"
    parsed = True

    def __init__(self, *, unsaid: str = "", feasts: bool = False) -> None:
        self.unsaid, self.feasts = unsaid, feasts

    def __call__(self, draft: Draft) -> list[AnyRecord]:
        """The article's times, in text order."""
        rules = grammar(draft.pack)
        placing = _Placing(draft, self)
        found: list[AnyRecord] = []
        number = -1
        for block in draft.blocks(TEXT_KINDS | DATELINES):
            trees = draft.trees_in(block.span)
            matches = _matches(rules, draft.text, block.span, trees)
            number += block.kind in TEXT_KINDS
            if matches and block.kind in TEXT_KINDS:
                found += placing.block(number, block.span, matches, trees)
            else:
                placing.dateline(block.span, matches)
        return sorted(found, key=lambda record: record.start)


def _matches(rules: Grammar, text: str, span: Span, trees: list[Tree]) -> list[Found]:
    """The expressions of a paragraph, which hang on it alone."""
    if len(trees) != 1:
        return rules.find(text, *span)
    start, found = trees[0].once("times", lambda: (span[0], rules.find(text, *span)))
    return found if start == span[0] else [match.moved(span[0] - start) for match in found]


class _Placing:
    """Goes through an article's expressions in text order and remembers what was spoken of."""

    def __init__(self, draft: Draft, settings: Times) -> None:
        self.draft, self.text, self.settings = draft, draft.text, settings
        self.words = surroundings(draft.pack)
        self.published = Written.of(draft.article.published)
        self.around = Around(self.published)
        self.spoken_in, self.coarse_in, self.quarter_in, self.spoken_end = -9, -9, -9, -99
        self.sentence = 0
        self.weekday_last = False
        self.begun: dt.datetime | None = None
        self.zones = Zones(self.text, self.words)

    def block(self, number: int, span: Span, matches: list[Found], trees: list[Tree]) -> list[Time]:
        """The times of one paragraph."""
        if number > self.spoken_in + REACH:
            self.around.spoken = self.around.spoken_clock = self.around.named = None
        if number > self.coarse_in + REACH:
            self.around.coarse = self.around.week = None
        if number > self.quarter_in + FAR_QUARTER:
            self.around.quarter = None
        self.quotes: list[Span] | None = None
        known: dict[int, bool] = trees[0].once(("told", self.settings.feasts), dict) if len(trees) == 1 else {}
        times: list[Time] = []
        read_to = self.sentence = span[0]
        self.around.year = None
        for at, match in enumerate(matches):
            node = head_at(trees, match.start, match.end)
            if SENTENCE_END.search(self.text, read_to, match.start):
                self.around.year = None
                self.sentence = match.start
            read_to = match.end
            nearby = matches[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
            self.around.now = self._day_of_speaking(match, nearby, span, trees)
            self.begun = None
            for i, part in enumerate(match.parts):
                slots = _slots(match, i)
                candidate = Candidate(match, part, slots, self.text, span, node)
                if candidate.is_dateline():
                    self._written_on(slots)
                    continue
                if not self._is_time(candidate, known):
                    continue
                self._look_around(match, i, span, node)
                if at + 1 < len(matches):
                    self._look_ahead(match, matches[at + 1 : at + 3], slots, span, trees)
                self.around.returns = node is not None and bool(YEARLY & slots.keys()) and self._returns(node)
                self._range_to(match, i)
                reading = RULES[match.rule](slots, self.around)
                if reading is not None:
                    self.begun = reading.placed.start
                    reading = self._over_midnight(i, times, slots, reading)
                    times.append(self._time(part, reading, match.end, node))
                    self.zones.see(times, self.around.ends)
                    self._remember(number, part.end, match.rule, slots, reading)
        return times

    def _is_time(self, candidate: Candidate, known: dict[int, bool]) -> bool:
        """Whether an expression is a time; `known` of the paragraph's, but for ranges, where what stands before the
        paragraph counts too."""
        at = candidate.part.start - candidate.span[0]
        found = known.get(at) if len(candidate.match.parts) == 1 else None
        if found is None:
            found = known[at] = candidate.is_time(self.words, self.settings.feasts)
        return found

    def dateline(self, span: Span, matches: list[Found]) -> None:
        """Reads a paragraph that is none of the text for the day in front of the report."""
        for match in matches:
            if Candidate(match, match.parts[0], match.parts[0].slots, self.text, span, None).is_dateline():
                self._written_on(match.parts[0].slots)

    def _written_on(self, slots: Slots) -> None:
        """Takes the day of a dateline, if it is none of another report, for that which the text is told from."""
        beside = dataclasses.replace(self.around, tense="past", year=None)
        reading = RULES["when"](slots, beside)
        if reading is None or reading.placed.grain != "day" or reading.placed.start is None:
            return
        day = reading.placed.start.date()
        if not self.published.grain or abs((self.published.day - day).days) <= PRINTED[self.published.grain]:
            self.around.written = Written(day, "day")

    def _look_ahead(self, match: Found, others: list[Found], slots: Slots, span: Span, trees: list[Tree]) -> None:
        """Takes from the next expressions what this one is told from."""
        if "anaphor" in slots and self.around.of_what:
            self._named_after(match, others[0], span, trees)
            return
        if slots.get("unit") in ("W", "M", "Q") and "order" not in slots and self._ended(match, others[0]):
            reading = self._read(others[0], span, trees)
            if reading is not None and reading.placed.start is not None:
                last = reading.placed.start.date()
                if slots["unit"] == "Q":
                    self.around.quarter = moved(last, -HALF_QUARTER)
                else:
                    self.around.ended = last
            return
        if not CLOCK & slots.keys() or DATED & slots.keys() or self.spoken_end >= self.sentence:
            return
        for other in others:  # "at midnight in the night from Friday to Saturday", "at noon (0900 GMT) on Friday"
            named = other.parts[0].slots
            if other.rule != "when" or SENTENCE_END.search(self.text, match.end, other.start):
                return
            if other.start - match.end > NEAR_DAY:
                return
            near = other.start - match.end <= NEAR and "day" in named  # "between 2 a.m. and 4 a.m. on 17 March"
            if DAYS & named.keys() and (near or not CLOCK & named.keys()):
                reading = self._read(other, span, trees)
                if reading is not None and reading.placed.grain in ("day", "part", "hour", "minute"):
                    self._remember_day(reading)
                return

    def _ended(self, match: Found, other: Found) -> bool:
        """Whether a period's last day follows: "the quarter ended Sept. 30"."""
        between = self.text[match.end : other.start].split()
        return len(between) == 1 and between[0] in self.words.ended and other.rule == "when"

    def _read(self, other: Found, span: Span, trees: list[Tree]) -> Reading | None:
        """The reading of another expression, which leaves no trace here."""
        beside = dataclasses.replace(self.around)
        self._look_around(other, 0, span, head_at(trees, other.start, other.end))
        reading = RULES["when"](_slots(other, 0), self.around)
        self.around = beside
        return reading

    def _range_to(self, match: Found, i: int) -> None:
        """Places the end of a range of months told in the past, so that its beginning lies before it."""
        self.around.until = None
        if i > 0 or len(match.parts) != 2 or match.rule != "when" or self.around.tense != "past":
            return
        first, last = _slots(match, 0), _slots(match, 1)
        if "month" in first and "month" in last and not YEARS & (first.keys() | last.keys()):
            reading = RULES["when"](last, self.around)
            if reading is not None and reading.placed.start is not None:
                self.around.until = reading.placed.start.date()

    def _over_midnight(self, i: int, times: list[Time], slots: Slots, reading: Reading) -> Reading:
        """The end of a range of hours on the next day where it would else lie before its beginning."""
        placed = reading.placed
        if i == 0 or not times or DATED & slots.keys() or placed.grain not in ("hour", "minute"):
            return reading
        begun = times[-1].earliest
        if begun is None or placed.start is None or times[-1].grain not in ("hour", "minute"):
            return reading
        if placed.start >= dt.datetime.fromisoformat(begun):
            return reading
        after = placed.start + dt.timedelta(days=1)
        return reading._replace(
            placed=instant(after.date(), after.hour, None if placed.grain == "hour" else after.minute)
        )

    def _look_around(self, match: Found, i: int, span: Span, node: Node | None) -> None:
        """Notes what the words before an expression and the verb above it say."""
        start = match.parts[i].start
        self.around.ended = None
        before = self.text[max(span[0], start - LOOK) : start]
        lean = self.words.lean(before) or ("past" if match.rule == "ago" and self.words.ranks(node) else "")
        tense = tense_at(node, self.words.verbs)
        if lean == "ahead":
            lean = "future"  # "was put off until Tuesday", whatever the tense of its verb
        elif lean == "future" and tense == "past":
            lean = tense = "past" if is_over_at(node) else "present"  # "ordered to leave by May": neither is sure
        self.around.tense = lean or tense or self.settings.unsaid
        self.around.measured = bool(self.words.clauses.match(self.text, match.parts[i].end))
        wider = self.text[max(span[0], start - WIDE) : start] if self.around.quarter is not None else ""
        self.around.compared = bool(wider and self.words.comparing.search(wider))
        self.around.weak = not lean and weak_at(node, self.text, start, self.words.verbs)
        self.around.beside = self.spoken_end >= self.sentence
        self.around.is_today = names_today(node, self.words.verbs)
        self.around.of_what = self.words.tells_from(self.text, start, match.parts[i].end)
        close = i > 0 or start - self.spoken_end <= NEAR
        ends = self.words.closing.search(before) or (close and self.words.closing_near.search(before))
        self.around.ends = i > 0 or bool(ends)
        beside = "weekday" in match.parts[i].slots and self._beside_weekday(start)
        self.around.after = self.around.spoken if beside or (self.around.ends and close) else None
        if i > 0 and self.begun is not None:
            self.around.after = self.begun.date()

    def _beside_weekday(self, start: int) -> bool:
        """Whether an expression goes on from a weekday to come told right before it: "set for Monday and Tuesday"."""
        spoken, today = self.around.spoken, self.around.today
        if not self.weekday_last or start - self.spoken_end > NEAR or not spoken or not today or spoken <= today:
            return False
        return self.text[self.spoken_end : start].strip(" ,").lower() in self.words.joining

    def _named_after(self, match: Found, other: Found, span: Span, trees: list[Tree]) -> None:
        """Takes the date that explains a day told from an event: "the day after the vote, 8 October"."""
        between = self.text[match.end : other.start]
        dated = other.rule == "when" and {"day", "month"} <= other.parts[0].slots.keys()
        if not dated or len(between) > NEAR_NAME or between.count(",") != 1 or not between.endswith(", "):
            return
        reading = self._read(other, span, trees)
        if reading is not None and reading.placed.start is not None:
            self.around.spoken, self.around.beside = reading.placed.start.date(), True

    def _returns(self, node: Node) -> bool:
        """Whether the sentence of a token speaks of what comes back every year."""
        inside = node.tree.sentences[node.sentence]
        return bool(self.words.habits.search(self.text, inside[0].start, inside[-1].end))

    def _day_of_speaking(self, match: Found, matches: list[Found], span: Span, trees: list[Tree]) -> Day | None:
        """The day that the sentence around a quotation gives, for what is told from today inside it."""
        slots = match.parts[0].slots
        if match.rule not in TOLD_FROM_TODAY or ("month" in slots and "shift" not in slots) or "year" in slots:
            return None
        if self.quotes is None:
            self.quotes = quoted(self.text, span)
        quotes = self.quotes
        i = bisect_left(quotes, (match.start, match.start)) - 1
        if i < 0 or match.start >= quotes[i][1]:
            return None
        quote = quotes[i]
        first, last = sentence_around(self.text, quote, span)
        for other in matches:
            named = other.parts[0].slots
            outside = first <= other.start < quote[0] or quote[1] <= other.start < last
            if outside and other.rule == "when" and ("weekday" in named or "day" in named or "deictic" in named):
                self._look_around(other, 0, span, head_at(trees, other.start, other.end))
                reading = RULES["when"](_slots(other, 0), self.around)
                if reading is not None and reading.placed.start is not None:
                    return reading.placed.start.date()
        return None

    def _time(self, part: Part, reading: Reading, said_to: int, node: Node | None) -> Time:
        placed = reading.placed
        start, end = part.start, part.end
        if node is not None and node.start == start and self._is_article_of_next(node, said_to):
            start = end - len(self.text[node.end : end].lstrip())
        zone = reading.zone or self.words.zone(self.text[said_to : said_to + LOOK]) if reading.type == "TIME" else ""
        if reading.upto in part.places:
            end = part.start + len(self.text[part.start : part.start + part.places[reading.upto]].rstrip())
        return Time(
            start=start, end=end, text=self.draft.raw((start, end)), type=reading.type,
            value=self._written(placed), quant=reading.quant, mod=reading.mod, zone=zone, grain=placed.grain,
            earliest=placed.start.isoformat(timespec="minutes") if placed.start else None,
            latest=placed.end.isoformat(timespec="minutes") if placed.end else None,
        )  # fmt: skip

    def _is_article_of_next(self, node: Node, said_to: int) -> bool:
        """Whether the token that an expression begins with belongs to a noun after it: "a two-day visit"."""
        head = node.head
        return head is not None and head.start >= said_to and node.lower in self.words.articles

    def _written(self, placed: Placed) -> str:
        """The value as annotators of this language write it: a decade is "199X" or "199"."""
        if placed.grain in ("decade", "century"):
            return placed.value if self.words.open_digits else placed.value.rstrip("X")
        if self.words.timed_hours and placed.value == "PXH":
            return "PTXH"
        return placed.value

    def _remember(self, number: int, end: int, rule: str, slots: Slots, reading: Reading) -> None:
        placed = reading.placed
        if placed.start is not None and placed.grain == "quarter" and rule in ("when", "within", "period"):
            latest = self.around.quarter is None or placed.start.date() >= self.around.quarter
            days = (self.around.written.day - placed.start.date()).days
            if not self.around.compared and latest and LEAST_QUARTER <= days < MOST_QUARTER:
                self.around.quarter = placed.start.date()
            self.quarter_in = number
        elif reading.type == "DURATION" and placed.value in QUARTERS:
            self.around.quarter = None  # "in the first nine months, compared with a year ago"
        told = rule in ("when", "bare", "ago", "later", "since_then") or placed.grain == "quarter"
        if placed.start is None or not told:
            return
        if placed.grain in ("day", "part", "hour", "minute", "week", "weekend"):
            self.around.week = placed.start.date()
        if placed.grain not in ("decade", "century"):
            self.around.coarse, self.around.only_year = placed.start.date(), placed.grain == "year"
            self.coarse_in = number
        if placed.grain == "year" or full_year(slots, self.around.written.day) is not None:
            # The year of writing tells nothing new, and that of accounts nothing of days.
            other = placed.start.year != self.around.written.day.year and "fiscal" not in slots
            self.around.year = placed.start.year if other and placed.grain != "decade" else None
        elif "deictic" in slots or "shift" in slots:
            self.around.year = None
        if placed.grain in ("day", "part", "hour", "minute"):
            self.spoken_in = number
            self.spoken_end, self.weekday_last = end, "weekday" in slots
            self._remember_day(reading)
            self.around.named = self.around.spoken if "month" in slots else None

    def _remember_day(self, reading: Reading) -> None:
        placed = reading.placed
        assert placed.start is not None
        self.around.spoken = dt.date.fromisoformat(placed.value[:10])  # 24:00 is still that day's
        self.around.spoken_clock = placed.start if placed.grain in ("hour", "minute") else None
        self.around.evening = placed.grain in ("part", "hour", "minute") and placed.start.hour >= EVENING
        self.around.night = placed.value.endswith("TNI")


def _slots(match: Found, i: int) -> Slots:
    """What an expression says, with what it leaves to the other end of its range ("du 6 au 12 janvier")."""
    own = match.parts[i].slots
    shared: Slots = {}
    for other in match.parts:
        if other.slots is own:
            continue
        shared |= {key: value for key, value in other.slots.items() if key in SHARED}
        for key, missing in LENT.items():
            if key in own and missing not in own and missing in other.slots:
                shared[missing] = other.slots[missing]
        if match.rule == "every" and "part" in other.slots:  # "on Monday and Tuesday nights"
            shared["part"] = other.slots["part"]
    return {**match.around, **shared, **own}
