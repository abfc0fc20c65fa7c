"""From text to coded tokens: one character per token, so that the grammar's patterns are plain regular expressions.

Every distinct set of categories gets a character of its own; a category is then a class of such characters.
"""

import functools
import re
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from ...lang.folding import unaccented
from .words import TimeWords

# A number with thousands separated, a plain number, a run of letters, or any other single visible character.
TOKEN = re.compile(r"\d{1,3}(?:[ .,]\d{3})+(?!\d)|\d+|[^\W\d_]+|[^\w\s]")
# The same with the blanks that follow, so that the lengths of all pieces add up to where each one stands.
PIECES = re.compile(rf"(?:{TOKEN.pattern}|_)\s*|\s+")
# Categories whose words name a time or a unit of time, in every language.
NAMES = frozenset({"month", "weekday", "part", "daytime", "unit", "units", "calunit", "season", "ref", "deictic",
                   "anaphor", "noon", "shortmonth", "plural_day", "adverb", "then"})  # fmt: skip
# What a word is to a time: nothing, a part, or what tells one; and a row of words that holds one that tells.
OTHER, KNOWN, TELLING = " ", "k", "t"
ROW = re.compile("(?<!k)k*t[kt]*")
MOST_WORDS = 50_000  # words whose kind is kept
ROMAN_FIRST = frozenset("xvi")
ROMAN = re.compile(r"(X{0,2})(IX|IV|V?I{0,3})")
# The characters that stand for categories, in the order in which they are given out. A class of the first 256 is
# compiled in a quarter of the time; those that mean something within a class are none of them.
CODES = [chr(n) for n in (*range(1, 0x100), *range(0xE000, 0xF900)) if chr(n) not in r"\]^-[&~|"]
UNKNOWN = CODES[0]
Value = int | float | str


class Entry(NamedTuple):
    """What a token can be: its code, and its value in each of its categories."""

    code: str
    values: dict[str, Value]


class Row(NamedTuple):
    """Known words in a row, of which one tells a time: where they begin, their text, and whether a first number is
    glued to a word ("G7"). `pieces` from `first` to `last` are the words in lower case with the blanks that follow,
    `starts` where each piece stands in the article."""

    start: int
    text: str
    name: bool
    pieces: list[str]
    starts: list[int]
    first: int
    last: int


class Tokens(NamedTuple):
    """The tokens of a stretch of text: their codes, where each begins and ends, and what it can be."""

    codes: list[str]
    starts: list[int]
    ends: list[int]
    entries: list[Entry]


class _Kinds(dict[str, str]):
    """The kind of every word, with the blanks that follow it; one that no pack knows tells a time where it is a
    number."""

    def __missing__(self, piece: str) -> str:
        word = piece.rstrip()
        kind = self.get(word) or (TELLING if word[:1].isdecimal() else OTHER)
        if len(self) < MOST_WORDS:
            self[piece] = kind
        return kind


def folded(word: str) -> str:
    """The word without its accents: damaged texts lose them."""
    return unaccented(word)


def roman(text: str) -> int:
    """The value of a Roman numeral up to XXIX, 0 for anything else."""
    found = ROMAN.fullmatch(text)
    if not text or found is None:
        return 0
    low = found[2]
    ones = {"IX": 9, "IV": 4}.get(low, 5 * low.count("V") + low.count("I"))
    return 10 * len(found[1]) + ones


class Lexer:
    """The words of a pack, ready for look-up. Categories of digits are fixed: they are the same in every language."""

    def __init__(self, words: TimeWords) -> None:
        self._codes: dict[frozenset[str], str] = {frozenset(): UNKNOWN}
        self._digits: dict[str, Entry] = {}
        self._upper = frozenset(words.capitalised)
        self._lower = frozenset(words.uncapitalised)
        self._cased = self._upper | self._lower
        self._kinds = _Kinds({})
        # By first word: its own entry, and by second word the longer rows that begin so.
        self._rows: dict[str, tuple[Entry | None, dict[str, list[tuple[tuple[str, ...], Entry]]]]] = {}
        entries: dict[tuple[str, ...], dict[str, Value]] = {}
        for category, table in words.words.items():
            for word, value in table.items():
                key = tuple(TOKEN.findall(word))
                entries.setdefault(key, {})[category] = value
        for values in entries.values():
            if isinstance(spoken := values.get("numword"), int) and 2 <= spoken <= 23:
                values["hw"] = spoken  # a word that can be an hour; "at one hour" is rarely the time of day
            if isinstance(rank := values.get("ordword"), int) and rank >= 1:
                values["nth"] = rank  # an ordinal that can be a day of the month: "last" cannot
            if isinstance(unit := values.get("unit"), str):
                values[f"unit_{unit.lower()}"] = unit  # so that a pattern can ask for hours and minutes
        for key in list(entries):
            bare = tuple(folded(part) for part in key)
            if sum(map(len, bare)) > 3 and bare not in entries:
                entries[bare] = entries[key]
            begun = (folded(key[0][0]) + key[0][1:], *key[1:])  # capitals lose their accents most of all
            if len(key[0]) > 2 and begun not in entries:
                entries[begun] = entries[key]
        self._by_first: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        for key in sorted(entries, key=len, reverse=True):
            self._by_first.setdefault(key[0], []).append((key[1:], self._entry(entries[key])))
        # "may" without its capital, "Mars" with one: months only where nothing else is possible ("the 3rd of may").
        self._low = {word: entry for word in self._upper if (entry := self._months(word, "low_month"))}
        self._high = {word: entry for word in self._lower if (entry := self._months(word, "cap_month"))}
        self._stops = {  # a full stop or comma that is no decimal point
            key[0]: self._entry({kind: value for kind, value in values.items() if kind != "point"})
            for key, values in entries.items()
            if "point" in values
        }
        for n in range(2200):  # so that every code of digits is known before the patterns are compiled
            for text in (str(n), f"{n:02d}", f"{n:04d}"):
                self._digit(text)
        self._digit("10 000")
        self._roman = {
            f"{text}{suffix}": self._entry({"roman": value})
            for text, value in ((text, roman(text)) for text in _romans())
            for suffix in ("", *words.ordinal_suffixes)
            if suffix or value > 9
        }
        self._unknown = Entry(UNKNOWN, {})

    def _entry(self, values: dict[str, Value]) -> Entry:
        kinds = frozenset(values)
        code = self._codes.setdefault(kinds, CODES[len(self._codes)])
        return Entry(code, values)

    def _months(self, word: str, category: str) -> Entry | None:
        """A word's entry with its month alone, under another category; None where it is no month."""
        for rest, entry in self._by_first.get(word, ()):
            if not rest and "month" in entry.values:
                return self._entry({category: entry.values["month"]})
        return None

    def codes(self, category: str) -> str:
        """All codes of tokens that can be of this category."""
        return self._by_category.get(category, "")

    @functools.cached_property
    def _by_category(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for kinds, code in self._codes.items():
            for kind in kinds:
                found[kind] = found.get(kind, "") + code
        return found

    def by_meaning(self) -> list[str]:
        """All codes: those of articles and prepositions first, then digits, then the names of times."""
        order = sorted(self._codes.items(), key=lambda item: (bool(item[0] & NAMES), "num" in item[0], -len(item[0])))
        return [code for _, code in order]

    def _digit(self, text: str) -> Entry:
        if text in self._digits:
            return self._digits[text]
        plain = re.sub(r"\D", "", text)
        value = int(plain[:18])
        kinds = {"num"}
        if plain == text:
            short = len(text) <= 2
            for kind, fits in (
                ("d31", short and 1 <= value <= 31),
                ("m12", short and 1 <= value <= 12),
                ("h24", short and value <= 24),
                ("h23", short and value < 24),
                ("m60", len(text) == 2 and value <= 59),
                ("y2", len(text) == 2),
                ("yy", len(text) == 2 and value >= 32),  # two digits that can be neither a day nor an hour
                ("y4", len(text) == 4 and 1000 <= value <= 2199),
                ("roundyear", len(text) == 4 and 1000 <= value <= 2199 and value % 10 == 0),
                ("hhmm", len(text) == 4 and value // 100 <= 24 and value % 100 <= 59),
            ):
                if fits:
                    kinds.add(kind)
        entry = self._entry(dict.fromkeys(sorted(kinds), value))
        if len(self._digits) < 10_000:
            self._digits[text] = entry
        return entry

    def listen(self, idle: set[str]) -> None:
        """Notes which words may be part of a time and which tell one: of each entry that is not idle the longest.

        Nine words of ten stand in no row that holds a time, and looking each up costs more than all the rest.
        """
        kinds: dict[str, str] = {}
        for first, listed in self._by_first.items():
            for rest, entry in listed:
                key = (first, *rest)
                for word in key:
                    kinds.setdefault(word, KNOWN)
                if entry.code not in idle:
                    kinds[max(key, key=len)] = TELLING
                kinds.update((word, TELLING) for word in key if word[0].isdecimal())
            longer: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
            for rest, entry in listed:  # the longest come first
                if rest:
                    longer.setdefault(rest[0], []).append((rest, entry))
            self._rows[first] = (next((entry for rest, entry in listed if not rest), None), longer)
        kinds |= {text.lower(): TELLING for text in self._roman}
        self._kinds = _Kinds(kinds)

    def rows(self, text: str, start: int, end: int) -> list[Row]:
        """The rows of known words between two offsets that tell a time."""
        lowered = text[start:end].lower()
        if len(lowered) != end - start:  # a few letters change their length: look each word up as it stands
            lowered = text[start:end]
        pieces = PIECES.findall(lowered)
        kinds = "".join(map(self._kinds.__getitem__, pieces))
        if TELLING not in kinds:
            return []
        starts = list(accumulate(map(len, pieces), initial=start))
        found: list[Row] = []
        for row in ROW.finditer(kinds):
            i, j = row.span()
            name = i > 0 and pieces[i][0].isdecimal() and pieces[i - 1][-1].isalpha()
            last = starts[j - 1] + len(pieces[j - 1].rstrip())
            found.append(Row(starts[i], text[starts[i] : last], name, pieces, starts, i, j))
        return found

    def read(self, row: Row) -> Tokens:
        """The tokens of one row, with offsets from its beginning."""
        out = Tokens([], [], [], [])
        known, unknown, digits = self._by_first, self._unknown, self._digits
        words = [piece.rstrip() for piece in row.pieces[row.first : row.last]]
        starts = [at - row.start for at in row.starts[row.first : row.last]]
        i, total = 0, len(words)
        while i < total:
            word, at, first = words[i], i, starts[i]
            i += 1
            if word in known:
                entry, taken = self._word(words, at)
                i += max(taken, 1) - 1
                if entry is None:  # it only begins a row of words that does not go on here
                    entry = (digits.get(word) or self._digit(word)) if word[0].isdecimal() else unknown
                elif word in self._cased:
                    entry = self._by_case(word, entry, row.text[first])
                elif word in self._stops and not _within_number(starts, words, at):
                    entry = self._stops[word]
            elif word[0].isdecimal():  # "G7" is a name, "Monday15" a damaged date
                entry = unknown if row.name and at == 0 else digits.get(word) or self._digit(word)
            elif word[0] in ROMAN_FIRST:
                entry = self._roman.get(row.text[first : first + len(word)], unknown)
            else:
                entry = unknown
            out.codes.append(entry.code)
            out.starts.append(first)
            out.ends.append(starts[i - 1] + len(words[i - 1]))
            out.entries.append(entry)
        return out

    def _by_case(self, word: str, entry: Entry, letter: str) -> Entry:
        """The entry of a word that counts only with a capital, or only without."""
        if word in self._upper and letter.islower():
            return self._low.get(word, self._unknown)
        if word in self._lower and letter.isupper():
            return self._high.get(word, self._unknown)
        return entry

    def _word(self, words: list[str], i: int) -> tuple[Entry | None, int]:
        alone, longer = self._rows[words[i]]
        if i + 1 < len(words):
            for rest, entry in longer.get(words[i + 1], ()):
                if len(rest) == 1 or tuple(words[i + 1 : i + 1 + len(rest)]) == rest:
                    return entry, 1 + len(rest)
        return alone, 1


def _within_number(starts: list[int], words: list[str], i: int) -> bool:
    """Whether a mark stands between two digits without a space: a decimal point."""
    if not 0 < i < len(words) - 1 or not (words[i - 1][-1].isdecimal() and words[i + 1][0].isdecimal()):
        return False
    return starts[i] == starts[i - 1] + len(words[i - 1]) and starts[i + 1] == starts[i] + len(words[i])


def _romans() -> Iterable[str]:
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return [tens + one for tens in ("", "X", "XX") for one in ones if tens + one]
