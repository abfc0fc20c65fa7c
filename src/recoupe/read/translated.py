"""Signs that a text was translated by machine.

Each reason is "code:words": the code names the phrase read.translated.CODE, the words are those seen in the text.
"""

import functools
import itertools
import re

import msgspec

from ..lang import LanguagePack, available, pack

# What one sign of each kind weighs; a text is called translated from ENOUGH on. Two weak signs make one strong one:
# quotation marks or a foreign spelling alone are found in ordinary news, left-standing words are not.
WEIGHTS = {
    "foreign_words": 2.0,
    "agency": 2.0,
    "inverted": 2.0,
    "calque": 1.5,
    "spelling": 1.0,
    "quotes": 0.5,
    "reopened": 1.0,
    "crossed_quotes": 1.0,
    "inner_comma": 0.5,
    "spaced_colon": 1.0,
    "mixed": 0.5,
    "unit": 0.5,
}
ENOUGH = 2.0
# Only lines of prose are looked at: page leftovers are often in another language than the article.
PROSE = 60
# At most so many of the words seen are named in a reason.
NAMED = 3
FEWEST_QUOTES = 2
FOREIGN_RUN, FOREIGN_COMMON = 4, 3
TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
BRACKETED = re.compile(r"\[([^\[\]\n]{4,120})\]")
LOWER_RUN = re.compile(r"(?<![\w'’-])(?:[a-z]+[ ]){3,20}[a-z]+(?![\w'’-])")


class TranslatedWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """translated.toml.

    `common` are function words that no other pack's language has; `calques` and `agencies` words that only
    translations write; `foreign_spellings` and `mixed` names; `units` foreign measures; `inverted` a quotation's
    speaker in another language's order; `foreign_quotes` marks that the language does not use; `inner_comma` and
    `spaced_colon` say that a comma within the closing mark, a space before a colon, is foreign to it.
    """

    common: list[str]
    calques: list[str]
    foreign_spellings: list[str]
    mixed: list[list[str]]
    agencies: list[str]
    units: list[str]
    inverted: list[str]
    foreign_quotes: str
    inner_comma: bool
    spaced_colon: bool


def signs(text: str, language: LanguagePack) -> tuple[str, ...]:
    """The reasons to think that a text is a machine's translation, the strongest first; none for an ordinary text."""
    found = _Signs.of(language).found(text)
    if sum(WEIGHTS[code] for code in found) < ENOUGH:
        return ()
    ordered = sorted(found, key=lambda code: -WEIGHTS[code])
    return tuple(f"{code}:{', '.join(found[code][:NAMED])}" for code in ordered)


class _Signs:
    """The signs of one language, compiled."""

    def __init__(self, language: LanguagePack) -> None:
        self.words = language.words(TranslatedWords, "translated")
        others = [pack(code).words(TranslatedWords, "translated") for code in available() if code != language.code]
        self.own = frozenset(self.words.common)
        self.foreign = frozenset(word for other in others for word in other.common) - self.own
        self.calques = _either(self.words.calques, re.IGNORECASE)
        self.agencies = _either(self.words.agencies)
        self.spellings = _either(self.words.foreign_spellings)
        self.units = _either(self.words.units)
        self.mixed = [_either(group) for group in self.words.mixed]
        speakers = "|".join(re.escape(phrase) for phrase in self.words.inverted) or r"(?!)"
        self.inverted = re.compile(rf"[\"”“»][.,]?[ \u00a0]?[\"”“»]?,?[ \u00a0](?:{speakers})(?!\w)", re.IGNORECASE)

    @staticmethod
    @functools.cache
    def of(language: LanguagePack) -> "_Signs":
        """The language's signs, compiled once."""
        return _Signs(language)

    def found(self, text: str) -> dict[str, list[str]]:
        """The words seen, by code."""
        lines = [line for line in (part.strip() for part in text.split("\n")) if line]
        prose = "\n".join(line for line in lines if len(line) >= PROSE)
        plain = text.replace("’", "'")
        seen = {
            "foreign_words": self._foreign(prose),
            "agency": _seen(self.agencies, prose),
            "inverted": _seen(self.inverted, prose),
            "calque": _seen(self.calques, plain),
            "spelling": _seen(self.spellings, prose),
            "mixed": self._mixed(prose),
            "unit": _seen(self.units, prose),
            **self._marks(prose, lines),
        }
        return {code: words for code, words in seen.items() if words}

    def _foreign(self, prose: str) -> list[str]:
        """Words of another language left standing: in square brackets, or a run of small letters."""
        found = [match[1].strip() for match in BRACKETED.finditer(prose) if self._is_foreign(match[1], 1)]
        runs = [match[0] for match in LOWER_RUN.finditer(prose) if self._is_foreign(match[0], FOREIGN_COMMON)]
        return list(dict.fromkeys([*found, *(run for run in runs if not any(run in whole for whole in found))]))

    def _is_foreign(self, words: str, least: int) -> bool:
        tokens = [token.lower() for token in TOKEN.findall(words)]
        return (
            len(tokens) >= 2
            and sum(token in self.foreign for token in tokens) >= least
            and not any(token in self.own for token in tokens)
        )

    def _mixed(self, prose: str) -> list[str]:
        """Names spelled in two ways."""
        found = (sorted(set(pattern.findall(prose))) for pattern in self.mixed)
        return [" / ".join(spellings) for spellings in found if len(spellings) > 1]

    def _marks(self, prose: str, lines: list[str]) -> dict[str, list[str]]:
        """Punctuation that the language does not use."""
        marks, words = self.words.foreign_quotes, self.words
        opening = marks[0]
        used = sum(prose.count(mark) for mark in marks)
        reopened = [
            line[:24] for before, line in itertools.pairwise(lines) if line[0] == opening and _left_open(before)
        ]
        crossed = re.findall(r"“[^“”«»\n]{3,300}»|«[^“”«»\n]{3,300}”|\w[.,]?“[,.]?(?=\s|$)", prose)
        commas = re.findall(r"\w,[”\"](?=\s)", prose) if words.inner_comma else []
        colons = re.findall(r"\w\s[:;](?=\s)", prose) if words.spaced_colon else []
        return {
            "quotes": [marks] if used >= 2 * FEWEST_QUOTES else [],
            "reopened": reopened,
            "crossed_quotes": [match[-24:] for match in crossed],
            "inner_comma": commas if len(commas) > 1 else [],
            "spaced_colon": colons if len(colons) > 1 else [],
        }


def _left_open(line: str) -> bool:
    """Whether a quotation that a line opens is not closed in it."""
    last = max(line.rfind("“"), line.rfind("«"))
    return last >= 0 and not any(mark in line[last:] for mark in "”»")


def _seen(pattern: re.Pattern[str], text: str) -> list[str]:
    return list(dict.fromkeys(match[0].strip() for match in pattern.finditer(text)))


def _either(words: list[str], flags: int = 0) -> re.Pattern[str]:
    """The words, the longer first, none within another word."""
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)" if words else r"(?!)", flags)
