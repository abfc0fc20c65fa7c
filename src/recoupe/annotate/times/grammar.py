"""Patterns over coded tokens, made from the templates of a pack.

A template is a row of categories ("the weekday day month"), with `?`, `*`, `+`, `( … | … )`, `@macro`, `name=category`
or `name=( … )` to name what is caught, and `[ … ]` around what is marked: what stands outside the brackets must be
there but is not part of the expression. Two brackets make two expressions of one pattern (the ends of a range).
"""

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .lexer import UNKNOWN, Lexer, Row, Tokens, Value
from .words import TimeWords

PIECE = re.compile(r"\s*(?:(\w+)=|@(\w+)|(\w+)|([()|?*+\[\]]))")
LONGEST = 40  # tokens of one match: a hostile row of numbers must not cost its square
COST = 4  # characters that a further match costs; a shorter one is worth little, but something
LONGEST_KEPT = 200  # characters of a row whose expressions are kept
MOST_SEEN = 20_000  # rows of codes whose matches are kept: news says the same few thousand ways of telling a time
ALONE = "alone"  # the rule of patterns that must be a whole paragraph
NONE = frozenset[str]()
NUMBERS = ("num", "ordword", "numword", "one", "hw", "unhour")  # the categories whose values count
MOST_MACROS = 8  # a macro may use another one, to this depth


@dataclass(slots=True)
class Part:
    """One expression of a match: its characters, what was caught inside it, and where each of that begins in it."""

    start: int
    end: int
    slots: dict[str, Value]
    places: dict[str, int]


@dataclass(slots=True)
class Found:
    """A match: the rule that made it, its expressions in text order, and what was caught outside all of them."""

    rule: str
    parts: list[Part]
    around: dict[str, Value]

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end

    def moved(self, by: int) -> "Found":
        """The same match so many characters later."""
        parts = [Part(part.start + by, part.end + by, part.slots, part.places) for part in self.parts]
        return Found(self.rule, parts, self.around)


@dataclass
class _Pattern:
    rule: str
    order: int
    source: str
    names: list[tuple[str, str]]
    spans: list[int]
    second: frozenset[str]
    one: bool

    @functools.cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled when the first text asks: an article has words for a third of the patterns."""
        return re.compile(self.source)


class _Read(NamedTuple):
    """The expressions of a row of words: as a part of a paragraph, and, where that differs, as all of it."""

    matches: list[Found]
    alone: list[Found] | None


class _Candidate(NamedTuple):
    """A match before it is chosen: its characters, how many of them its expressions cover, and where in the tokens it
    was found."""

    start: int
    end: int
    size: int
    pattern: _Pattern
    regs: tuple[tuple[int, int], ...]
    offset: int


_Match = tuple[_Pattern, tuple[tuple[int, int], ...]]


class _Piece(NamedTuple):
    """A part of a template as a regular expression, with the codes it can begin with, those that can come second, and
    whether it may be empty or a single code."""

    regex: str
    first: frozenset[str] = frozenset()
    second: frozenset[str] = frozenset()
    empty: bool = True
    one: bool = False
    kind: str = "row"  # "row", "choice", "option" or "atom"
    inner: tuple["_Piece", ...] = ()

    def then(self, piece: "_Piece") -> "_Piece":
        """This piece with another one after it."""
        return _Piece(
            self.regex + piece.regex,
            self.first | (piece.first if self.empty else NONE),
            self.second | (piece.first if self.one else NONE) | (piece.second if self.empty else NONE),
            self.empty and piece.empty,
            (self.one and piece.empty) or (self.empty and piece.one),
            inner=(*self.inner, piece),
        )

    def signed(self, sign: str) -> "_Piece":
        """This piece with a "?", "*" or "+" behind it."""
        second = self.second | (self.first if self.one and sign != "?" else NONE)
        kind = "row" if sign == "+" else "option"
        return _Piece(f"(?:{self.regex}){sign}", self.first, second, self.empty or sign != "+", self.one, kind, (self,))

    def held(self) -> frozenset[str]:
        """The codes of all its atoms."""
        return self.first if self.kind == "atom" else NONE.union(*(piece.held() for piece in self.inner))

    def fits(self, codes: set[str]) -> bool:
        """Whether it can match a row of these codes alone."""
        if self.kind == "atom":
            return not codes.isdisjoint(self.first)
        if self.kind == "option":
            return True
        held = (piece.fits(codes) for piece in self.inner)
        return any(held) if self.kind == "choice" else all(held)


class _Compiler:
    """Turns one template into a regular expression; `names` gives (slot, category or "") for each of its groups."""

    def __init__(self, lexer: Lexer, macros: dict[str, str], template: str) -> None:
        self.lexer, self.macros = lexer, macros
        self.names: list[tuple[str, str]] = []
        self.spans: list[int] = []
        self._pieces = self._read(template)
        self._at = 0
        self._named = 0
        self.whole = self._choice()
        if self._at < len(self._pieces):
            raise ValueError(f"template {template!r}: unmatched bracket")

    def _read(self, template: str, depth: int = 0) -> list[tuple[str, str]]:
        """(kind, text) pairs with all macros put in. Raises ValueError at what it cannot read."""
        found: list[tuple[str, str]] = []
        at, template = 0, template.strip()
        while at < len(template):
            match = PIECE.match(template, at)
            if match is None or depth > MOST_MACROS:
                raise ValueError(f"template {template!r} at {at}")
            at = match.end()
            name, macro, category, sign = match.groups()
            if macro:
                if macro not in self.macros:
                    raise ValueError(f"no macro {macro!r}")
                found += [("sign", "("), *self._read(self.macros[macro], depth + 1), ("sign", ")")]
            else:
                found.append(("name", name) if name else ("category", category) if category else ("sign", sign))
        return found

    def _next(self) -> str:
        kind, text = self._pieces[self._at] if self._at < len(self._pieces) else ("", "")
        return text if kind == "sign" else ""

    def _choice(self) -> _Piece:
        """Alternatives up to a closing bracket."""
        options = [self._row()]
        while self._next() == "|":
            self._at += 1
            options.append(self._row())
        if len(options) == 1:
            return options[0]
        return _Piece(
            "|".join(o.regex for o in options),
            NONE.union(*(o.first for o in options)),
            NONE.union(*(o.second for o in options)),
            any(o.empty for o in options),
            any(o.one for o in options),
            "choice",
            tuple(options),
        )

    def _row(self) -> _Piece:
        row = _Piece("")
        while self._at < len(self._pieces) and self._next() not in ("|", ")", "]"):
            row = row.then(self._item())
        return row

    def _item(self) -> _Piece:
        kind, text = self._pieces[self._at]
        self._at += 1
        slot = ""
        if kind == "name":
            slot = text
            kind, text = self._pieces[self._at]
            self._at += 1
        piece = self._atom(slot, text) if kind == "category" else self._bracket(slot, text)
        sign = self._next()
        if sign in ("?", "*", "+") and sign:
            self._at += 1
            return piece.signed(sign)
        return piece

    def _atom(self, slot: str, category: str) -> _Piece:
        codes = self.lexer.codes(category)
        if not codes:
            raise ValueError(f"no word of category {category!r}")
        atom = _Piece(f"[{codes}]", frozenset(codes), empty=False, one=True, kind="atom")
        if self._named:
            return atom
        self.names.append((slot or category, category))
        return atom._replace(regex=f"({atom.regex})")

    def _bracket(self, slot: str, sign: str) -> _Piece:
        opening = "(?:"
        if slot or sign == "[":
            self.names.append((slot, ""))
            opening = "("
            if not slot:
                self.spans.append(len(self.names))
        self._named += bool(slot)
        inner = self._choice()
        self._named -= bool(slot)
        self._at += 1  # the closing bracket
        return inner._replace(regex=f"{opening}{inner.regex})", kind="row", inner=(inner,))


class Grammar:
    """The patterns of a pack."""

    def __init__(self, words: TimeWords) -> None:
        self.lexer = Lexer(words)
        self._by_code: dict[str, list[_Pattern]] = {}
        self._by_pair: dict[str, list[_Pattern]] = {}
        wholes: list[_Piece] = []
        order = 0
        for rule, templates in words.patterns.items():
            for template in templates:
                compiler = _Compiler(self.lexer, words.macros, template)
                order += 1
                wholes.append(compiler.whole)
                whole = compiler.whole
                pattern = _Pattern(rule, order, whole.regex, compiler.names, compiler.spans, whole.second, whole.one)
                for code in whole.first:
                    self._by_code.setdefault(code, []).append(pattern)
        idle = _idle(self.lexer, wholes)
        self.lexer.listen(idle)
        self._runs = re.compile(f"[^{UNKNOWN}]+")
        self._telling = re.compile(f"[^{UNKNOWN}{''.join(idle)}]")
        self._seen: dict[str, tuple[_Match, ...]] = {}
        self._rows: dict[str, _Read] = {}

    def find(self, text: str, start: int, end: int) -> list[Found]:
        """The expressions between two offsets, in text order."""
        found: list[Found] = []
        for row in self.lexer.rows(text, start, end):
            key = UNKNOWN + row.text if row.name else row.text
            read = self._rows.get(key)
            if read is None:
                read = self._read(row)
                if len(self._rows) < MOST_SEEN and len(key) < LONGEST_KEPT:
                    self._rows[key] = read
            if read.matches or read.alone:
                whole = read.alone is not None and text[start:end].strip() == row.text
                matches = read.alone if whole and read.alone is not None else read.matches
                found += [match.moved(row.start) for match in matches]
        return found

    def _read(self, row: Row) -> _Read:
        """The expressions of a row, with offsets from its beginning."""
        tokens = self.lexer.read(row)
        found: list[_Candidate] = []
        for run in self._runs.finditer("".join(tokens.codes)):
            codes = run.group()
            matches = self._seen.get(codes)
            if matches is None:
                matches = tuple(self._matches(codes)) if self._telling.search(codes) else ()
                if len(self._seen) < MOST_SEEN:
                    self._seen[codes] = matches
            found += [_candidate(pattern, regs, run.start(), tokens) for pattern, regs in matches]
        if not found:
            return _Read([], None)
        # A row that is no time but where it is all there is ("12/03").
        alone = any(match.pattern.rule == ALONE and match.size == len(row.text) for match in found)
        ordinary = [match for match in found if match.pattern.rule != ALONE and not _cut(row.text, match)]
        chosen = [_caught(match, tokens) for match in _chosen(ordinary)]
        return _Read(chosen, [_caught(match, tokens) for match in _chosen(found)] if alone else None)

    def _matches(self, codes: str) -> Iterator[_Match]:
        for i in range(len(codes)):
            pair = codes[i : i + 2]
            patterns = self._by_pair.get(pair)
            if patterns is None:  # nearly all of the patterns that a word begins cannot go on with the next one
                begun = self._by_code.get(pair[0], ())
                patterns = self._by_pair[pair] = [p for p in begun if p.one or (pair[1:] and pair[1] in p.second)]
            for pattern in patterns:
                match = pattern.regex.match(codes, i, i + LONGEST)
                if match is not None:
                    yield pattern, match.regs


def _idle(lexer: Lexer, wholes: list[_Piece]) -> set[str]:
    """Codes of which no pattern can be made up alone, articles and prepositions first: text of these is passed over."""
    idle: set[str] = set()
    holding: dict[str, list[_Piece]] = {}
    for whole in wholes:
        for code in whole.held():
            holding.setdefault(code, []).append(whole)
    for code in lexer.by_meaning():
        # Of idle codes alone no pattern can be made: only one that this code stands in may now be.
        if not any(whole.fits(idle | {code}) for whole in holding.get(code, ())):
            idle.add(code)
    return idle


def _cut(text: str, match: "_Candidate") -> bool:
    """Whether a match begins or ends inside an hour written in one: "18h" and "30 heure" in "18h30 heure de Paris"."""
    before, after = text[max(0, match.start - 2) : match.start], text[match.end : match.end + 1]
    begins = before[:1].isdecimal() and before[1:].isalpha() and text[match.start].isdecimal()
    ends = after.isdecimal() and text[match.end - 1].isalpha() and text[match.end - 2 : match.end - 1].isdecimal()
    return begins or ends


def _candidate(pattern: _Pattern, regs: tuple[tuple[int, int], ...], offset: int, tokens: Tokens) -> _Candidate:
    """A match with its size; `regs` are spans from `offset` on."""
    first, last, size = -1, 0, 0
    for number in pattern.spans:
        a, b = regs[number]
        if a >= 0:
            start, last = tokens.starts[a + offset], tokens.ends[b - 1 + offset]
            first = start if first < 0 else first
            size += last - start
    return _Candidate(first, last, size, pattern, regs, offset)


def _chosen(matches: list[_Candidate]) -> list[_Candidate]:
    """The matches that cover most of the text without overlap, few long ones rather than many short ones.

    Longest first would read "12h00 le 6 janvier à 24h00 le 7 janvier" as an hour, a day with an hour, and a day.
    """
    matches.sort(key=lambda match: (match.end, -match.start, match.pattern.order))
    ends = [match.end for match in matches]
    gains = [0.0]  # over the first n matches
    steps: list[int] = []  # for each match: how many matches it goes on from, -1 where it is not taken
    for i, match in enumerate(matches):
        before = bisect_right(ends, match.start, 0, i)
        with_it = gains[before] + max(match.size - COST, match.size / 10)
        steps.append(before if with_it > gains[i] else -1)
        gains.append(max(with_it, gains[i]))
    taken, i = list[_Candidate](), len(matches)
    while i > 0:
        if steps[i - 1] >= 0:
            taken.append(matches[i - 1])
        i = steps[i - 1] if steps[i - 1] >= 0 else i - 1
    return taken[::-1]


def _caught(match: _Candidate, tokens: Tokens) -> Found:
    """What a match says, sorted to the expressions that it was caught in."""
    pattern, regs, offset = match.pattern, match.regs, match.offset
    limits = [regs[number] for number in pattern.spans if regs[number][0] >= 0]
    parts = [Part(tokens.starts[a + offset], tokens.ends[b - 1 + offset], {}, {}) for a, b in limits]
    around: dict[str, Value] = {}
    for (slot, category), (first, last) in zip(pattern.names, regs[1:], strict=True):
        if not slot or first < 0:
            continue
        at = first + offset
        value = tokens.entries[at].values[category] if category else number_of(tokens, at, last + offset)
        home = next((part for part, (a, b) in zip(parts, limits, strict=True) if a <= first < b), None)
        (around if home is None else home.slots).setdefault(slot, value)
        if home is not None:
            home.places.setdefault(slot, tokens.starts[at] - home.start)
    return Found(pattern.rule, parts, around)


def number_of(tokens: Tokens, first: int, last: int) -> int | float:
    """The number that digits or number words say: larger words multiply what stands before them, others add."""
    total: int | float = 0
    for i in range(first, last):
        values = tokens.entries[i].values
        value = next((values[kind] for kind in NUMBERS if kind in values), None)
        if "one" in values and last - first > 1:
            continue  # "a four-day truce", "a hundred": the article adds nothing
        if "times" in values:
            total = max(total, 1) * int(values["times"])
        elif "point" in values:
            width = tokens.ends[last - 1] - tokens.starts[last - 1]
            return float(f"{total}.{tokens.entries[last - 1].values.get('num', 0):0{width}d}")
        elif "halved" in values:
            total = max(total, 1) * float(values["halved"])
        elif isinstance(value, int | float):
            total += value
    return total
