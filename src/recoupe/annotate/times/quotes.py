"""Quotations of a paragraph, and the sentences that they stand in."""

from ...model.records import Span
from .surroundings import SENTENCE_END

QUOTE = '"'
FAR = 600  # characters around a quotation that its sentence is looked for in


def quoted(text: str, span: Span) -> list[Span]:
    """The stretches of a paragraph between quotation marks, the last one open to its end where it is not closed."""
    marks, at = list[int](), text.find(QUOTE, *span)
    while at >= 0:
        marks.append(at)
        at = text.find(QUOTE, at + 1, span[1])
    return list(zip(marks[::2], [*marks[1::2], span[1]], strict=False))


def sentence_around(text: str, quote: Span, span: Span) -> Span:
    """From the sentence that a quotation begins in to the end of the one that it ends in."""
    first, last = max(span[0], quote[0] - FAR), min(span[1], quote[1] + FAR)
    starts = [found.end() for found in SENTENCE_END.finditer(text, first, quote[0])]
    after = SENTENCE_END.search(text, min(quote[1] + 1, last), last)
    return (starts[-1] if starts else first), (after.start() if after else last)
