"""From lines to kinds: words first, then shape, then where a line stands among the article's sentences."""

import re
from collections.abc import Sequence

from ...model.records import BlockKind
from .lines import ADDRESS, CLOCK, Line
from .words import Matcher, matcher

CRUMB = re.compile(r"\s[»›>/]\s|[›>]")
# The title stands among the first lines.
TOP = 15
HINTED: dict[str, BlockKind] = {
    kind: kind for kind in ("body", "heading", "title", "caption", "credit", "meta", "related", "chrome")
}
# A caption is a picture's: over this length it is a paragraph that names an agency.
CAPTION = 420
# A line that ends with an agency in brackets, without a photographer's name, is a caption up to here, else a wire's
# signature under a paragraph.
CAPTION_PLAIN = 200
BYLINE = 70
# Among the sentences a longer line is one that lost its full stop.
HEADING = 110
# Of the article's sentences at most this share may lie below a "Comments" line for it to close the article.
BELOW_MOST = 0.34
MOST_MENU_WORDS = 3.5


def kinds_of(lines: Sequence[Line], hints: Sequence[str], title: str = "") -> list[BlockKind]:
    """A kind for each line. `hints` are those of the page's markup ("" for none), `title` the metadata's."""
    words = matcher()
    found = [_told(line, hint, words) for line, hint in zip(lines, hints, strict=True)]
    _title(lines, found, title, words)
    prose = [i for i, line in enumerate(lines) if found[i] in ("", "body") and line.prose]
    if not prose:
        return [HINTED.get(kind, "body") for kind in found]
    _sections(lines, found, prose, words)
    prose = [i for i in prose if found[i] in ("", "body")]
    for i in prose:
        found[i] = "body"
    if prose:
        _above(lines, found, prose[0], title, words)
        _between(lines, found, prose[0], prose[-1], words)
        _below(lines, found, prose[-1], words)
    return [HINTED.get(kind, "body") for kind in found]


def _told(line: Line, hint: str, words: Matcher) -> str:
    """What a line is by its words alone, else by its markup; empty where neither says."""
    said = _by_words(line, words)
    if hint in ("", "body") or (hint in ("heading", "title") and said in ("related", "chrome")):
        return said or ("" if hint == "body" and not line.prose else hint)
    return "credit" if hint == "caption" and said == "credit" else hint


def _by_words(line: Line, words: Matcher) -> str:
    folded, bare = words.fold(line.text), words.bare(line.text)
    if not bare or ADDRESS.match(folded) or (CLOCK.match(bare) and not line.ended):
        return "meta" if any(mark in bare for mark in ":/h") else "chrome"
    if kind := words.whole.get(bare):
        return kind
    if bare in words.comments or bare in words.list_opens:
        return "related" if bare in words.list_opens else "chrome"
    if _crumbs(line, words):
        return "meta"
    if kind := _picture(line, folded, bare, words):
        return kind
    kind = words.starts(bare)
    if kind and not (kind in ("chrome", "meta", "caption") and _sentence_like(line, kind)):
        return kind
    if _byline(line, bare, words):
        return "meta"
    kind = words.within(folded)
    if kind and (len(folded) <= 250 or words.count(folded, kind) > 1):
        return kind
    return ""


def _sentence_like(line: Line, kind: str) -> bool:
    """Whether a line that begins like furniture is more likely a sentence of the article: long, ended, with others
    inside. Furniture of that length is told by the words within it."""
    return line.ended and len(line.text) > (150 if kind == "chrome" else 110)


def _crumbs(line: Line, words: Matcher) -> bool:
    """A breadcrumb: the home page and a mark, or two marks between short parts."""
    parts = [part.strip() for part in CRUMB.split(line.text)]
    if len(parts) < 2 or not parts[0]:
        return False
    return words.bare(parts[0]) in words.home or (len(parts) > 2 and all(len(part) <= 30 for part in parts[:-1]))


def _picture(line: Line, folded: str, bare: str, words: Matcher) -> str:
    """A caption that ends with its credit, or a credit alone."""
    if len(folded) > CAPTION:
        return ""
    if words.agency_only.match(bare):
        return "credit" if any(mark in folded for mark in "/©:") or words.credit_end.search(folded) else "meta"
    match = words.credit_end.search(folded)
    if match and len(match["who"].split()) <= 8:
        return "credit" if match.start() <= 3 else "caption"
    match = words.agency_end.search(folded)
    if match:
        named = match["in"] or ""
        alone = bool(words.agency.fullmatch(named.strip())) or not named
        return "" if alone and (len(folded) > CAPTION_PLAIN or not named) else "caption"
    return ""


def _byline(line: Line, bare: str, words: Matcher) -> bool:
    """ "Par Anne Martin", "By pfvz8", "Par X, à Kyiv": the word and names, no sentence."""
    match = words.by.match(bare)
    if not match or len(line.text) > BYLINE or line.ended:
        return False
    rest = [word for word in line.words[len(words.by.match(bare)[0].split()) :] if len(word) > 3]  # type: ignore[index]
    return all(word[0].isupper() or word.islower() is False for word in rest) or len(line.words) <= 2


def _title(lines: Sequence[Line], found: list[str], title: str, words: Matcher) -> None:
    """The line that repeats the title of the page's metadata, or the end of the breadcrumb above it."""
    if "title" in found:
        return
    known = {words.bare(title)} - {""}
    for i, line in enumerate(lines[:TOP]):
        if found[i] in ("", "body", "heading") and words.bare(line.text) in known:
            found[i] = "title"
            return
        if found[i] == "meta" and (crumbs := CRUMB.split(line.text)) and len(crumbs) > 1:
            known.add(words.bare(crumbs[-1]))


def _sections(lines: Sequence[Line], found: list[str], prose: list[int], words: Matcher) -> None:
    """Below "Comments" all is the readers'; below "Related articles" the lines up to the next sentences are links."""
    total = sum(len(lines[i].text) for i in prose)
    for i, line in enumerate(lines):
        bare = re.sub(r"\W*\d+\W*", "", words.bare(line.text))
        below = sum(len(lines[j].text) for j in prose if j > i)
        if bare in words.comments and found[i] in ("chrome", "") and 0 < below <= BELOW_MOST * total:
            for j in range(i, len(lines)):
                found[j] = "chrome" if found[j] in ("", "body") else found[j]
        elif bare in words.list_opens:
            for j in range(i + 1, len(lines)):
                if lines[j].prose or found[j] not in ("", "heading"):
                    break
                if lines[j].ended and lines[j].text[-1] == ".":
                    break
                found[j] = "related"


def _above(lines: Sequence[Line], found: list[str], first: int, title: str, words: Matcher) -> None:
    """Lines before the first sentences: the title is the longest headline; shorter ones are the page's."""
    open_lines = [i for i in range(first) if not found[i]]
    candidates = [i for i in open_lines if len(lines[i].words) >= 4 or words.fold(lines[i].text) == words.fold(title)]
    best = None
    if "title" not in found and candidates:
        same = [i for i in candidates if title and words.fold(title).startswith(words.fold(lines[i].text)[:60])]
        best = (same or [max(candidates, key=lambda i: len(lines[i].text))])[0]
    for i in open_lines:
        after_video = i > 0 and found[i - 1] == "meta" and words.video_length.match(words.bare(lines[i - 1].text))
        if after_video:
            found[i] = "caption"
        elif i == best and not lines[i].ended:
            found[i] = "title"
        elif lines[i].ended or len(lines[i].words) >= 6:
            found[i] = "body"
        else:
            found[i] = "heading" if best is None and i == first - 1 and i == 0 else "chrome"


def _between(lines: Sequence[Line], found: list[str], first: int, last: int, words: Matcher) -> None:
    """Short lines among the sentences: headings where they stand alone, menus and lists of links in runs."""
    i = first
    while i <= last:
        if found[i]:
            i += 1
            continue
        end = i
        while end <= last and not found[end]:
            end += 1
        run = list(range(i, end))
        loose = [j for j in run if not lines[j].ended]
        crowded = len(loose) >= 4 and len(loose) >= 0.8 * len(run)
        for j in run:
            found[j] = _inside(lines[j], found[j - 1], lines[j - 1], crowded, words)
        i = end


def _inside(line: Line, before: str, line_before: Line, crowded: bool, words: Matcher) -> str:
    if before == "meta" and words.video_length.match(words.bare(line_before.text)):
        return "caption"
    if line.ended and not (line.text.endswith("?") and len(line.words) <= 8 and line.text[0] not in '"“«-–—'):
        return "body"
    if line.text[0] in "-–—•*" or line.text[-1] in ",;:" or len(line.text) > HEADING:
        return "body"
    if crowded:
        return "chrome" if len(line.words) <= MOST_MENU_WORDS else "body" if not line.text[0].isupper() else "related"
    if re.match(r"^[A-ZÀ-Þ][\w-]+\s?: [A-ZÀ-Þ]", line.text) and len(line.words) <= 5:
        return "caption"
    return "heading"


def _below(lines: Sequence[Line], found: list[str], last: int, words: Matcher) -> None:
    """Lines after the last sentences: short sentences are still the article's, the rest the page's."""
    left = False
    for i in range(last + 1, len(lines)):
        if found[i]:
            left = left or found[i] in ("chrome", "related")
            continue
        line = lines[i]
        size = len(line.words)
        if line.ended and not left:
            found[i] = "body"
        elif size <= 3 and all(word[0].isupper() for word in line.words) and not left and size > 1:
            found[i] = "meta"
        else:
            found[i] = "related" if size >= 5 else "chrome"
