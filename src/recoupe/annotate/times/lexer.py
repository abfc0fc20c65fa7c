"""From text to coded tokens: one character per token, so that the grammar's patterns are plain regular expressions.

Every distinct set of categories gets a character of its own; a category is then a class of such characters.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .words import TimeWords

# A number with thousands separated, a plain number, a run of letters, or any other single visible character.
TOKEN = re.compile(r"\d{1,3}(?:[ .,]\d{3})+(?!\d)|\d+|[^\W\d_]+|[^\w\s]")
ROMAN = re.compile(r"(X{0,2})(IX|IV|V?I{0,3})")
FIRST_CODE = 0xE000  # the private use area: no text character can be mistaken for a code
UNKNOWN = "\ue000"
Value = int | float | str


class Entry(NamedTuple):
    """What a token can be: its code, and its value in each of its categories."""

    code: str
    values: dict[str, Value]


class Token(NamedTuple):
    """A token's place in the text and what it can be."""

    start: int
    end: int
    entry: Entry


def folded(word: str) -> str:
    """The word without its accents: damaged texts lose them."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


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
        entries: dict[tuple[str, ...], dict[str, Value]] = {}
        for category, table in words.words.items():
            for word, value in table.items():
                key = tuple(TOKEN.findall(word))
                entries.setdefault(key, {})[category] = value
        for values in entries.values():
            if isinstance(spoken := values.get("numword"), int) and 2 <= spoken <= 23:
                values["hw"] = spoken  # a word that can be an hour; "at one hour" is rarely the time of day
            if isinstance(unit := values.get("unit"), str):
                values[f"unit_{unit.lower()}"] = unit  # so that a pattern can ask for hours and minutes
        for key in list(entries):
            bare = tuple(folded(part) for part in key)
            if sum(map(len, bare)) > 3 and bare not in entries:
                entries[bare] = entries[key]
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
        code = self._codes.setdefault(kinds, chr(FIRST_CODE + len(self._codes)))
        return Entry(code, values)

    def _months(self, word: str, category: str) -> Entry | None:
        """A word's entry with its month alone, under another category; None where it is no month."""
        for rest, entry in self._by_first.get(word, ()):
            if not rest and "month" in entry.values:
                return self._entry({category: entry.values["month"]})
        return None

    def codes(self, category: str) -> str:
        """All codes of tokens that can be of this category."""
        return "".join(code for kinds, code in self._codes.items() if category in kinds)

    def by_richness(self) -> list[str]:
        """All codes, those with the most categories first: these are the articles and prepositions."""
        return [code for kinds, code in sorted(self._codes.items(), key=lambda item: -len(item[0]))]

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
                ("hhmm", len(text) == 4 and value // 100 <= 24 and value % 100 <= 59),
            ):
                if fits:
                    kinds.add(kind)
        entry = self._entry(dict.fromkeys(sorted(kinds), value))
        if len(self._digits) < 10_000:
            self._digits[text] = entry
        return entry

    def tokens(self, text: str, start: int, end: int) -> list[Token]:
        """The tokens of a stretch of text; those that hold several words of a multi-word entry are one."""
        spans = [found.span() for found in TOKEN.finditer(text, start, end)]
        lowered = text[start:end].lower()
        if len(lowered) != end - start:  # a few letters change their length: look each one up as it stands
            lowered = text[start:end]
        words = [lowered[a - start : b - start] for a, b in spans]
        return list(self._read(text, spans, words))

    def _read(self, text: str, spans: list[tuple[int, int]], words: list[str]) -> Iterator[Token]:
        i, total = 0, len(words)
        while i < total:
            word, (first, last) = words[i], spans[i]
            if word[0].isdecimal():
                yield Token(first, last, self._digit(word))
                i += 1
                continue
            entry, taken = self._word(words, i)
            if entry is not None and "point" in entry.values and not _within_number(spans, words, i):
                entry = self._stops[word]
            elif entry is None:
                entry = self._roman.get(text[first:last], self._unknown)
            elif word in self._upper and text[first].islower():
                entry = self._low.get(word, self._unknown)
            elif word in self._lower and text[first].isupper():
                entry = self._high.get(word, self._unknown)
            yield Token(first, spans[i + taken - 1][1], entry)
            i += taken

    def _word(self, words: list[str], i: int) -> tuple[Entry | None, int]:
        for rest, entry in self._by_first.get(words[i], ()):
            if not rest or tuple(words[i + 1 : i + 1 + len(rest)]) == rest:
                return entry, 1 + len(rest)
        return None, 1


def _within_number(spans: list[tuple[int, int]], words: list[str], i: int) -> bool:
    """Whether a mark stands between two digits without a space: a decimal point."""
    if not 0 < i < len(words) - 1 or not (words[i - 1][-1].isdecimal() and words[i + 1][0].isdecimal()):
        return False
    return spans[i - 1][1] == spans[i][0] and spans[i][1] == spans[i + 1][0]


def _romans() -> Iterable[str]:
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return [tens + one for tens in ("", "X", "XX") for one in ones if tens + one]
