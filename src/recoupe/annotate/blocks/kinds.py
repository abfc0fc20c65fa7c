"""From lines to kinds: words and markup first, then shape, then where a line stands among the article's sentences."""

import re
from collections.abc import Sequence

from ...model.records import BlockKind
from .lines import ITEM, Line
from .told import CRUMB, told
from .words import matcher

KINDS: dict[str, BlockKind] = {
    "body": "body",
    "heading": "heading",
    "title": "title",
    "caption": "caption",
    "credit": "credit",
    "meta": "meta",
    "related": "related",
    "chrome": "chrome",
}
# The title stands among the first lines, and is no longer than this.
TOP, TITLE = 15, 220
# Among the sentences a longer line is one that lost its full stop.
HEADING = 110
# Of the article's sentences at most this share may lie below a line that closes it (comments, links).
BELOW_MOST = 0.34
# Below "Related articles" each sentence of a teaser has a link and a date or a name beside it.
LINKS_LEAST = 2
MOST_MENU_WORDS = 3.5
# The entries of a menu have this many words at most.
MENU = 3
# A caption without a credit stands among the first lines.
PICTURE_TOP = 6
# A caption is one sentence of at most this length.
CAPTION = 260
# Desks keep headings shorter than the titles of other pieces.
SUBHEAD = 60
GRAPHIC = re.compile(r"^[A-ZÀ-Þ][\w-]+\s?: [A-ZÀ-Þ]")


def kinds_of(lines: Sequence[Line], hints: Sequence[str], title: str = "") -> list[BlockKind]:
    """A kind for each line. `hints` are those of the page's markup ("" for none), `title` the metadata's."""
    page = _Page(lines, hints, title)
    return [KINDS.get(kind, "body") for kind in page.found]


class _Page:
    """The lines of one article while their kinds are being found."""

    def __init__(self, lines: Sequence[Line], hints: Sequence[str], title: str) -> None:
        self.lines, self.words = lines, matcher()
        self.found = [told(line, hint, self.words) for line, hint in zip(lines, hints, strict=True)]
        self._title(title)
        self._sections()
        self._pictures()
        prose = [i for i, line in enumerate(lines) if self.found[i] in ("", "body") and line.prose]
        prose = self._headline(prose)
        sure = [i for i in prose if lines[i].sure] or prose
        if not sure:
            self._without_prose()
            return
        for i in prose:
            if sure[0] <= i <= sure[-1]:
                self.found[i] = "body"
        self._above(sure[0])
        self._between(sure[0], sure[-1])
        self._below(sure[-1])

    def _title(self, title: str) -> None:
        """The line that repeats the title of the page's metadata, or the end of the breadcrumb above it."""
        known = {self.words.bare(title)} - {""}
        for i, line in enumerate(self.lines[:TOP]):
            bare = self.words.bare(line.text)
            if self.found[i] in ("", "body", "heading") and bare in known and "title" not in self.found:
                self.found[i] = "title"
            if self.found[i] == "meta" and len(parts := CRUMB.split(line.text)) > 1:
                known.add(self.words.bare(parts[-1]))

    def _headline(self, prose: list[int]) -> list[int]:
        """The lines of prose without the first one where that is the title: long, but no sentence's end.

        A line among the first that comes again is a title too, however it ends.
        """
        if "title" in self.found or not prose:
            return prose
        first, bare = prose[0], [self.words.bare(line.text) for line in self.lines[: TOP + 1]]
        again = [i for i, text in enumerate(bare) if bare.count(text) > 1 and len(self.lines[i].text) <= TITLE]
        if again and again[0] <= first and len(self.lines) > len(again):
            titles = [i for i in again if bare[i] == bare[again[0]]]
        elif len(prose) > 1 and not self.lines[first].ended and self._called(first):
            titles = [first] if not self.lines[first].sure and not any(self._text(i) for i in range(first)) else []
        else:
            titles = []
        after = titles[-1] + 1 if titles else 0
        agency = after < len(bare) and self.words.agency_only.match(bare[after]) is not None
        pictured = len(titles) > 1 and agency and self.lines[titles[0]].stated
        for i in titles:
            self.found[i] = "caption" if pictured else "title"
        return [i for i in prose if i not in titles]

    def _text(self, i: int) -> bool:
        """Whether a line may still be the title."""
        return self.found[i] in ("", "body", "heading") and len(self.lines[i].words) >= 4

    def _sections(self) -> None:
        """Below "Comments" all is the readers'; below "Related articles" the lines up to the next sentences are
        links, and all of them where the links have sentences of their own."""
        own = [self.found[i] in ("", "body") and line.prose for i, line in enumerate(self.lines)]
        total = sum(len(line.text) for i, line in enumerate(self.lines) if own[i])
        below, prose_left, listed = total, sum(own), False
        for i, line in enumerate(self.lines):
            below -= len(line.text) if own[i] else 0
            prose_left -= own[i]
            if listed and self._linkish(i) and not self._heads(i):
                self.found[i] = self.found[i] or "related"
                continue
            kind = self.words.opens(self.words.bare(line.text)) if self.found[i] in ("chrome", "related") else ""
            listed = kind == "related"
            others_left = len(self.lines) - i - 1 - prose_left
            closes = below <= BELOW_MOST * total if kind == "chrome" else others_left >= LINKS_LEAST * prose_left
            if kind and closes and below <= BELOW_MOST * total:
                for j in range(i + 1, len(self.lines)):
                    self.found[j] = kind if self.found[j] in ("", "body", "heading") else self.found[j]
                return

    def _heads(self, i: int) -> bool:
        """Whether a line below a link is the heading of the sentences that follow it."""
        line, above = self.lines[i], self.words.opens(self.words.bare(self.lines[i - 1].text))
        follows = i + 1 < len(self.lines) and self.lines[i + 1].sure
        return not above and follows and len(line.text) <= SUBHEAD and not line.ended

    def _linkish(self, i: int) -> bool:
        """Whether a line in a list of links may be one of them."""
        line = self.lines[i]
        return self.found[i] in ("", "heading", "related") and not line.sure and len(line.text) <= TITLE

    def _pictures(self) -> None:
        """Beside a credit that has a line of its own stands its caption: one sentence, cut or with a full date."""
        for i, line in enumerate(self.lines):
            if self.found[i] not in ("", "body") or len(line.text) > CAPTION or line.several:
                continue
            below = i > 0 and self.found[i - 1] == "credit"
            above = i + 1 < len(self.lines) and self.found[i + 1] == "credit"
            first = i < PICTURE_TOP and line.stated and self.words.day_closes(line.text) and i + 1 < len(self.lines)
            if first or ((below or above) and self._dated_or_cut(i, below)):
                self.found[i] = "caption"

    def _dated_or_cut(self, i: int, below: bool) -> bool:
        """Whether a line beside a credit reads as a caption."""
        return self.words.has_day(self.lines[i].text) or (below and i > 1 and not self.lines[i].ended)

    def _without_prose(self) -> None:
        """A text of short lines alone (a dispatch, a brief): it is the article unless its words say otherwise."""
        if not any(kind in ("", "body", "title", "heading") for kind in self.found):
            self.found = ["body" for _ in self.found]

    def _above(self, first: int) -> None:
        """Lines before the first sentences: the title is the longest headline; short ones are the page's."""
        open_lines = [i for i in range(first) if not self.found[i]]
        best = None
        if "title" not in self.found and (candidates := [i for i in open_lines if self._text(i) and self._called(i)]):
            best = max(candidates, key=lambda i: len(self.lines[i].text))
        # The page's section, alone above the article, is a breadcrumb of one step; in a menu it is one of many.
        for i in range(first):
            if self.found[i] == "chrome" and self.words.section(self.words.bare(self.lines[i].text)) and self._alone(i):
                self.found[i] = "meta"
        for i in open_lines:
            line = self.lines[i]
            if self._after_video(i):
                self.found[i] = "caption"
            elif i == best:
                self.found[i] = "title"
            elif line.ended or len(line.words) >= 6:
                self.found[i] = "body"
            else:
                self.found[i] = "meta" if line.words and self._alone(i) else "chrome"

    def _called(self, i: int) -> bool:
        """Whether a line may be a title by its length and its end."""
        text = self.lines[i].text
        return len(text) <= TITLE and text[-1] not in ".:,;"

    def _alone(self, i: int) -> bool:
        """Whether a short line above the article stands in no menu: not among others of its kind."""
        near = [j for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < len(self.lines)]
        return sum(self.found[j] in ("", "chrome") and len(self.lines[j].words) <= MENU for j in near) < 2

    def _between(self, first: int, last: int) -> None:
        """Short lines among the sentences: headings where they stand alone, menus and lists of links in runs."""
        i = first
        while i <= last:
            end = i
            while end <= last and not self.found[end]:
                end += 1
            run = range(i, end)
            loose = [j for j in run if not self.lines[j].ended]
            crowded = len(loose) >= 4 and len(loose) >= 0.8 * len(run)
            for j in run:
                self.found[j] = self._inside(j, crowded)
            i = max(end, i + 1)

    def _inside(self, i: int, crowded: bool) -> str:
        line = self.lines[i]
        if self._after_video(i):
            return "caption"
        near = [j for j in (i - 1, i + 1) if 0 <= j < len(self.lines) and ITEM.match(self.lines[j].text)]
        if ITEM.match(line.text) and not line.ended and near:
            return "related"
        asks = line.text.endswith("?") and len(line.words) <= 8 and line.text[0] not in '"“«-–—'
        if (line.ended and not asks) or line.text[0] in "-–—•*" or line.text[-1] in ",;:" or len(line.text) > HEADING:
            return "body"
        if crowded:
            return "chrome" if len(line.words) <= MOST_MENU_WORDS else "related" if line.text[0].isupper() else "body"
        # The title of a map or table in the text is written as one: "Ukraine : Military Strength".
        return "caption" if GRAPHIC.match(line.text) and len(line.words) <= 5 else "heading"

    def _below(self, last: int) -> None:
        """Lines after the last sentences: a sentence that lost its end is still the article's, the rest the page's."""
        open_lines = [i for i in range(last + 1, len(self.lines)) if self.found[i] in ("", "body")]
        left = False
        for i in range(last + 1, len(self.lines)):
            if self.found[i] not in ("", "body"):
                left = left or self.found[i] in ("chrome", "related")
                continue
            line = self.lines[i]
            size = len(line.words)
            own = line.ended or (line.prose and len(open_lines) == 1)
            if (own and not left) or (line.stated and size >= 4):
                self.found[i] = "body"
            elif 1 < size <= 3 and not left and not any(word.islower() for word in line.words):
                self.found[i] = "meta"
            else:
                self.found[i] = "related" if size >= 5 else "chrome"

    def _after_video(self, i: int) -> bool:
        """Whether the line above tells a video's length: then this is the video's title."""
        above = self.words.bare(self.lines[i - 1].text) if i else ""
        return bool(above) and self.found[i - 1] == "meta" and bool(self.words.video_length.match(above))
