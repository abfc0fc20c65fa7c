"""The lines of an article and the shapes that tell prose from what stands around it."""

import re
from typing import NamedTuple

# A sentence's end, behind which quotes and brackets may close. "…" ends teasers as well as sentences.
ENDS = re.compile(r"[.!?…][\"'”’»)\]\s]*$")
INNER_END = re.compile(r"[a-zà-ÿ0-9)\"”»][.!?][\"”»]?\s+[\"“«(\[]?[A-ZÀ-Þ0-9]")
ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^\S+@\S+\.\S+$")
CLOCK = re.compile(r"^\W*(?:[\d/.:hH,\s|-]|min|sec|am|pm|gmt)+\W*$", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# Prose: a line of this length that ends as a sentence does, or a longer one however it ends.
SENTENCE, LONG = 60, 130


class Line(NamedTuple):
    """A non-empty line: its span without the white space around it, and its characters."""

    start: int
    end: int
    text: str

    @property
    def words(self) -> list[str]:
        return WORD.findall(self.text)

    @property
    def ended(self) -> bool:
        """Whether it ends as a sentence does."""
        return ENDS.search(self.text[-8:]) is not None

    @property
    def prose(self) -> bool:
        """Whether it reads as a sentence or more."""
        size = len(self.text)
        return (size >= SENTENCE and self.ended) or size >= LONG or INNER_END.search(self.text) is not None


def lines_of(text: str) -> list[Line]:
    """The non-empty lines. A line ends at \\n; a \\r alone ends one too where a text has no \\n at all (old Macs)."""
    mark = "\n" if "\n" in text or "\r" not in text else "\r"
    found, offset = [], 0
    for line in text.split(mark):
        stripped = line.strip()
        if stripped:
            start = offset + len(line) - len(line.lstrip())
            found.append(Line(start, start + len(stripped), stripped))
        offset += len(line) + 1
    return found
