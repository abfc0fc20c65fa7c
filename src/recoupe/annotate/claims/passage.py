"""A parsed paragraph as the claims layer walks it: its words, its quotations and its sentences kept whole."""

import bisect
import copy
import functools
import re

from ...model.records import Span
from ..draft import Draft
from ..tree import Node, Tree
from .expressions import Expressions
from .lexicon import Lexicon
from .quotes import Quote, quotes_in

# The end of a sentence: marks and a blank, a closing mark between them, no blank where a page lost it
# ("… de se rendre.Selon"), or a semicolon. All begin with the same class of characters: the search skips to these.
_BOUNDARY = re.compile(
    r"[.!?…;](?:(?<!;)(?:[.!?…]{0,20}[\"')\]]*(?=\s+[\"'(\[]?\s?[^\W_])|[.!?…]{0,3}\s*[\"'][ ,]{0,20}(?=\s+[^\W_])"
    r"|(?<=[a-zà-öø-ÿ]{2}[.!?])(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]))|(?<=;)(?=\s))"
)
_LAST = re.compile(r"[^\s'\"(]+\Z")
_CAPITAL = r"[^\W\d_a-zà-öø-ÿ][^\W\d_]*"
_TOWN = rf"{_CAPITAL}(?:[ /'-]{{1,2}}{_CAPITAL}){{0,3}}"
# "NAIROBI, 24 août (Reuters) - ": a town, perhaps a day, an agency in brackets or a town in capitals, a dash; or a
# town, a day and a dash; or an agency alone.
_WRITTEN = r"(?:le )?\d{1,2}(?:er)? [^\W\d]{3,9}\.?(?: \d{4})?"
_DATELINE = re.compile(
    rf"\s*{_TOWN}(?: \([^()]{{2,30}}\),)?(?:,? [^()\":;]{{2,24}}?)? ?\([^()]{{2,24}}\) ?-+ "
    r"|\s*[A-ZÀ-Þ][A-ZÀ-Þ '-]{2,24}(?:, [^()\":;.]{2,24}?)? - "
    rf"|\s*{_CAPITAL}(?:[ /'-]{{1,2}}[^\W\d]+){{0,4}}(?: \([^()\d]{{2,30}}\))?, {_WRITTEN}(?: \([^()]{{2,24}}\))? ?-+ "
    r"|\s*\([A-ZÀ-Þ][^()\d]{1,23}\)(?: ?-+)? "
)
EDGE = " \t,;:-.…!?"
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def lowered(text: str) -> str:
    """The text in lower case, character for character (some letters are two in lower case)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Passage:
    """`words` are the normalised lower-case tokens, `known` what the lexicon knows of them, `expressions` those
    that may stand here, `units` sentences (spans) that never cut a quotation in two."""

    def __init__(self, tree: Tree, draft: Draft, lex: Lexicon, text: str, expressions: Expressions) -> None:
        self.tree, self.pack, self.lex = tree, draft.pack, lex
        self.text = text
        self.nodes = tree.nodes
        self.low = lowered(text[tree.start : tree.end])
        start, low = tree.start, self.low
        if draft.article.text[start : tree.end] == text[start : tree.end]:
            self.words = [node.lower for node in tree.nodes]
        else:
            self.words = [low[node.start - start : node.end - start].strip() for node in tree.nodes]
        self.known = list(map(lex.known.__getitem__, tree.forms))
        self.expressions = expressions.within(low)
        self.quotes: list[Quote] = quotes_in(text, draft.article.text, tree.start, tree.end)

    def at(self, text: str, by: int) -> "Passage":
        """The same paragraph in another article's text, so many characters later."""
        if text is self.text and not by:
            return self
        other = copy.copy(self)
        other.text = text
        other.quotes = [quote.moved(by) for quote in self.quotes]
        if "units" in self.__dict__:
            other.units = [(start + by, end + by) for start, end in self.units]
        return other

    @functools.cached_property
    def units(self) -> list[Span]:
        """The sentences; many paragraphs hold nothing that asks for them."""
        dateline = _DATELINE.match(self.text, self.tree.start, self.tree.end)
        units, start = [], dateline.end() if dateline else self.tree.start
        for match in _BOUNDARY.finditer(self.text, self.tree.start, self.tree.end):
            end = self._closed(match.end())
            if end <= start or self._inside(match.start(), end) or self._abbreviated(match.start(), match.group()):
                continue
            after = self.text[end : end + 4].lstrip()
            if match.group() == ";":
                if self.text.count("(", start, end) > self.text.count(")", start, end):
                    continue
            elif not (after[:1].isupper() or after[:1].isdigit() or after[:1] in "\"'("):
                continue
            units.append((start, end))
            start = end
        if self.text[start : self.tree.end].strip():
            units.append((start, self.tree.end))
        return [self.trim(unit, "") for unit in units]

    def _closed(self, end: int) -> int:
        """The end moved past the closing mark of a quotation that has nothing else left ("… samedi. » Plus loin")."""
        for quote in self.quotes:
            if quote.closed and quote.end <= end < quote.outer[1] and not self.text[end : quote.outer[1] - 1].strip():
                return quote.outer[1]
        return end

    def _inside(self, start: int, end: int) -> bool:
        """Whether a boundary lies inside a quotation that goes on after it."""
        return any(quote.outer[0] < start and end < quote.outer[1] for quote in self.quotes)

    def _abbreviated(self, at: int, marks: str) -> bool:
        if marks != ".":
            return False
        match = _LAST.search(self.text, max(self.tree.start, at - 12), at)
        word = match.group().lower() if match is not None else ""
        dotted = "." in word and not word.replace(".", "").isdigit()  # "20.000." ends a sentence
        return word in self.lex.abbreviations or (len(word) == 1 and word.isalpha()) or dotted

    def trim(self, span: Span, edge: str = EDGE) -> Span:
        """The span without blanks and these characters at its edges."""
        start, end = span
        strip = edge + " \t\n\u00a0"
        while start < end and self.text[start] in strip:
            start += 1
        while end > start and self.text[end - 1] in strip:
            end -= 1
        return start, end

    def conditional(self, node: Node) -> bool:
        """Whether a verb stands in the conditional."""
        return self.lex.known[node.form].conditional

    def future(self, node: Node) -> bool:
        """Whether a verb stands in the future."""
        return self.lex.known[node.form].future

    def concords(self, node: Node) -> bool:
        """Whether a verb is in a tense of reported speech: imperfect, pluperfect, conditional."""
        return (node.morph("Tense") in ("Imp", "Past") and node.morph("Mood") != "Sub") or self.conditional(node)

    def unit_at(self, offset: int) -> Span:
        """The sentence that holds an offset."""
        for unit in self.units:
            if unit[0] <= offset < unit[1]:
                return unit
        return self.tree.start, self.tree.end

    def index(self, offset: int) -> int:
        """The number of the first token that starts at or after an offset."""
        return bisect.bisect_left(self.tree.starts, offset)

    def between(self, start: int, end: int) -> list[Node]:
        """The tokens that start in [start, end)."""
        starts = self.tree.starts
        return self.nodes[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)]

    def word(self, i: int) -> str:
        """The word of a token number, empty outside the paragraph."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def quote_at(self, offset: int) -> Quote | None:
        """The quotation around an offset."""
        for quote in self.quotes:
            if quote.outer[0] <= offset < quote.outer[1]:
                return quote
        return None

    def lead(self, start: int, end: int) -> int:
        """Where a sentence really begins: after connectives ("mais", "cependant, ")."""
        first = self.tree.start
        match = self.lex.lead.match(self.low, start - first, end - first)
        return first + match.end() if match and first + match.end() < end else start

    def inserted(self, i: int) -> int:
        """How many tokens a set phrase takes that begins at token i ("de son côté"); 0 where none does."""
        for phrase in self.lex.inserts_from.get(self.word(i), ()):
            if tuple(self.words[i : i + len(phrase)]) == phrase:
                return len(phrase)
        return 0

    def inserted_before(self, i: int) -> int:
        """How many tokens a set phrase takes that ends at token i."""
        for phrase in self.lex.inserts_to.get(self.word(i), ()):
            if tuple(self.words[i - len(phrase) + 1 : i + 1]) == phrase:
                return len(phrase)
        return 0

    def before(self, offset: int, start: int) -> str:
        """The last character before an offset that is no blank (empty at `start`)."""
        while offset > start and self.text[offset - 1].isspace():
            offset -= 1
        return self.text[offset - 1] if offset > start else ""

    def after(self, offset: int, end: int) -> str:
        """The first character from an offset on that is no blank (empty at `end`)."""
        while offset < end and self.text[offset].isspace():
            offset += 1
        return self.text[offset] if offset < end else ""
