"""The lines of an article and the shapes that tell prose from what stands around it."""

import functools
import re

# A sentence's end, behind which quotes and brackets may close.
ENDS = re.compile(r"[.!?…][\"'”’»)\]\s]*$")
# The end of a statement. Headlines and teasers end with "?", "!" and "…" too, but seldom with a full stop.
STATED = re.compile(r"(?:(?<!\.)\.|[.!?…][\"”»])[\"'”’»)\]\s]*$")
INNER_END = re.compile(r"[a-zà-ÿ0-9)\"”»][.!?][\"”»]?\s+[\"“«(\[]?[A-ZÀ-Þ0-9]")
# "… la moitié des enfants.Suivez-nous sur WhatsApp": a sentence's end with the page's next line glued to it.
GLUED = re.compile(r"[a-zà-ÿ)»”]{3}[.!?](?=[A-ZÀ-Þ][a-zà-ÿ])")
ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^[^\s@]+@[^\s@.]+\.\S+$")
# "04:57Monde - …", "31/12 - …": an item of a list of other pieces.
ITEM = re.compile(r"^(?:[•\-–]\s?)?\d{1,2}[:h/]\d{2}\s?[-–|:]?\s?[A-ZÀ-Þ]")
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
CUT = re.compile(r"\[\s?(?:…|\.\.\.)\s?\]$")
CLOCK = 30
# Prose: a line of this length that ends as a sentence does, or a longer one however it ends.
SENTENCE, LONG = 60, 130


class Line:
    """A non-empty line: its span without the white space around it, and its characters.

    `text` is what its kind is judged by: `raw` without a collection's stamp in front of it.
    """

    def __init__(self, start: int, raw: str, skipped: int = 0) -> None:
        self.start, self.end, self.raw = start, start + len(raw), raw
        self.text = raw[skipped:].strip() or raw

    @functools.cached_property
    def words(self) -> list[str]:
        return WORD.findall(self.text)

    @functools.cached_property
    def ended(self) -> bool:
        """Whether it ends as a sentence does."""
        return ENDS.search(self.text[-8:]) is not None

    @functools.cached_property
    def stated(self) -> bool:
        """Whether it ends as a statement does."""
        return STATED.search(self.text[-8:]) is not None

    @functools.cached_property
    def sure(self) -> bool:
        """Whether it can only be prose: a statement of some length, or more than one sentence."""
        return (len(self.text) >= SENTENCE and self.stated) or self.several

    @functools.cached_property
    def several(self) -> bool:
        """Whether it holds more than one sentence."""
        return INNER_END.search(self.text) is not None or GLUED.search(self.text, SENTENCE) is not None

    @functools.cached_property
    def prose(self) -> bool:
        """Whether it reads as a sentence or more; questions, exclamations and long lines without an end count."""
        size = len(self.text)
        return self.sure or (size >= SENTENCE and self.ended) or size >= LONG

    @property
    def clock(self) -> bool:
        """Whether it is figures with units at most ("04 min 58 s", "16:16", "0"): a time, a length, a count."""
        return len(self.text) <= CLOCK and any(c.isdigit() for c in self.text) and all(len(w) <= 3 for w in self.words)

    @property
    def cut(self) -> bool:
        """Whether it is a teaser's text, cut with […]."""
        return CUT.search(self.text[-8:]) is not None


def lines_of(text: str, stamp: int = 0) -> list[Line]:
    """The non-empty lines; `stamp` is the length of what a collection put in front of the text.

    A line ends at \\n; a \\r alone ends one too where a text has no \\n at all (old Macs)."""
    mark = "\n" if "\n" in text or "\r" not in text else "\r"
    found, offset = [], 0
    for line in text.split(mark):
        stripped = line.strip()
        if stripped:
            start = offset + len(line) - len(line.lstrip())
            found.append(Line(start, stripped, max(0, stamp - start)))
        offset += len(line) + 1
    return found
