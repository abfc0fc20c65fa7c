"""The articles' text with the cited passages marked, overlapping ones too, and links there and back."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec
from markupsafe import Markup, escape

from ..model.records import Span
from .model import Line, Link

# A passage shows this many ways back: the best lines come first, and more arrows only clutter the text.
WAYS = 2


class Mark(msgspec.Struct, frozen=True):
    """A cited passage: its anchor and the anchors of the lines that cite it."""

    anchor: str
    span: Span
    lines: tuple[str, ...]


class Anchors:
    """Hands out the anchors of lines and passages while the account is written; the texts are written after it."""

    def __init__(self) -> None:
        self._lines = 0
        self._passages: dict[tuple[str, int, int], str] = {}
        self._cited: dict[str, list[str]] = defaultdict(list)
        self.named: set[str] = set()
        self.split: set[str] = set()

    def line(self, line: Line) -> str:
        """A new anchor for a line as it is written."""
        self._lines += 1
        anchor = f"l{self._lines}"
        for link in line.links:
            self.cite(link, anchor)
        return anchor

    def passage(self, link: Link) -> str:
        """The anchor of a cited passage, the same for every line that cites it."""
        return self._passages.setdefault((link.doc, link.start, link.end), f"m{len(self._passages) + 1}")

    def cite(self, link: Link, line: str) -> None:
        """Notes that the line or heading of an anchor cites a passage, so that the passage leads back to it."""
        anchor = self.passage(link)
        if line not in self._cited[anchor]:
            self._cited[anchor].append(line)

    def marks(self, doc: str) -> list[Mark]:
        """The cited passages of an article, in text order, longer ones first."""
        found = [
            Mark(anchor, (start, end), tuple(self._cited[anchor]))
            for (of, start, end), anchor in self._passages.items()
            if of == doc
        ]
        return sorted(found, key=lambda mark: (mark.span[0], -mark.span[1], mark.anchor))


def marked(text: str, span: Span, marks: Sequence[Mark], anchors: Anchors, back: str) -> Markup:
    """One paragraph's characters with its marks. A mark that crosses another is written in pieces, all of which carry
    its name in `data-of`; the first has the anchor, the last the ways back. `back` is the label of a way back."""
    inside = [mark for mark in marks if mark.span[0] < span[1] and span[0] < mark.span[1]]
    edges = sorted({span[0], span[1], *(_clip(e, span) for mark in inside for e in mark.span)})
    written: list[str] = []
    stack: list[Mark] = []
    for here, there in itertools.pairwise(edges):
        wanted = [mark for mark in inside if mark.span[0] <= here and there <= mark.span[1]]
        common = 0
        while common < len(stack) and stack[common] in wanted:
            common += 1
        _close(written, stack, common, here, back, anchors)
        left = [mark for mark in wanted if mark not in stack]
        for mark in sorted(left, key=lambda mark: (-mark.span[1], mark.span[0], mark.anchor)):
            name = ""
            if mark.anchor in anchors.named:
                anchors.split.add(mark.anchor)
            else:
                anchors.named.add(mark.anchor)
                name = f' id="{mark.anchor}"'
            written.append(f'<mark{name} data-of="{mark.anchor}">')
            stack.append(mark)
        written.append(str(escape(text[here:there])))
    _close(written, stack, 0, span[1], back, anchors)
    return Markup("".join(written))


def _clip(offset: int, span: Span) -> int:
    return min(max(offset, span[0]), span[1])


def _close(written: list[str], stack: list[Mark], down_to: int, here: int, back: str, anchors: Anchors) -> None:
    """Close the marks above a depth; those that end here get their ways back."""
    while len(stack) > down_to:
        mark = stack.pop()
        written.append("</mark>")
        if mark.span[1] <= here:
            written.append(_ways_back(mark, back))


def _ways_back(mark: Mark, back: str) -> str:
    """The arrows are drawn by the style sheet, so that a passage's text stays the article's."""
    return "".join(
        f'<a class="back" href="#{line}" title="{label}" aria-label="{label}"></a>'
        for line in mark.lines[:WAYS]
        for label in [escape(back)]
    )


def rules(split: Iterable[str]) -> str:
    """Style rules that light up all the pieces of a passage when its anchor is the target."""
    listed = sorted(split, key=lambda anchor: int(anchor[1:]))
    return "".join(
        f':root:has(#{one}:target) [data-of="{one}"]{{background:var(--lit);color:var(--litink);}}\n' for one in listed
    )
