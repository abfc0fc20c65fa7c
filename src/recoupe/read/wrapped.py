"""Plain text as letters and wires carry it, with lines broken at a fixed width: one line for each paragraph again."""

import re

# Wires break lines at 64 to 80 characters, letters at 72 to 78; a text with longer lines was not broken.
WIDEST = 100
FEWEST_LINES = 4
# A line that is shorter than this part of the longest ends its paragraph.
SHORT = 0.6
QUOTED = re.compile(r"^[>|*•·–—-]|^\d+[.)]\s")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, without their breaks and indents."""
    lines = [line.expandtabs(4).rstrip() for line in text.split("\n")]
    width = max(map(len, lines), default=0)
    if width > WIDEST or len(lines) < FEWEST_LINES:
        return [line.strip() for line in lines if line.strip()]
    found: list[list[str]] = []
    ended = True
    for line in lines:
        words = line.strip()
        indented = line.startswith("  ")
        if words and (ended or indented or QUOTED.match(words)):
            found.append([words])
        elif words:
            found[-1].append(words)
        ended = len(line) < SHORT * width
    return [" ".join(parts) for parts in found]


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """The text of a letter whose lines are broken after a space where the paragraph goes on (RFC 3676)."""
    found: list[list[str]] = []
    flows = False
    for line in text.split("\n"):
        line = line.removesuffix("\r").removeprefix(" ")
        if flows and line != "-- ":
            found[-1].append(line)
        else:
            found.append([line])
        flows = line.endswith(" ") and line != "-- "
        if flows and delete_space:
            found[-1][-1] = line[:-1]
    return "\n".join("".join(parts) for parts in found)
