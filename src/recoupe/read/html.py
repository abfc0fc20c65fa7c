"""HTML pages: the text is the page's lines, leftovers kept; markup gives hints of what each line is."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html
from lxml import etree

from ..model.article import Hint
from .decode import Decoded, decode
from .lines import lines_of, words
from .metadata import metadata_of
from .problem import Problem, refused
from .received import LONGEST_BYTES, LONGEST_TEXT, Known, Received, shown, stem
from .text import contents

DECLARED = re.compile(
    rb"(?:<meta[^>]{0,300}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*(?:[\"']\s*)?([A-Za-z0-9_.:-]{2,40})", re.I
)
BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype\s+html|html)[\s>]", re.I)
# Browsers look for a declared encoding in the first kilobyte; pages with long heads put it a little later.
DECLARED_WITHIN = 4096
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*+)[^<>]*>")
# An opening tag, to its end or to a quotation mark that none closes.
OPENING = re.compile(r"<[A-Za-z][^\s'\"<>/]*+((?:[^'\">]++|'[^']*+'|\"[^\"]*+\")*+)")
ATTRIBUTE = re.compile(r"(?<=[\s/'\"])[^\s/'\"=<>]")
# libxml2 compares each attribute of a tag with all before it: 80,000 take minutes. No page has one with more.
MOST_ATTRIBUTES = 2_000
# libxml2 stops reading at 256 elements inside one another; counted elements bring uncounted ones with them (a table
# brings three), hence the margin.
DEEPEST = 60
# Elements that may stay open, or have no end: they say nothing about depth.
UNCOUNTED = words(
    "area base br col embed hr img input link meta param source track wbr p li dt dd option tr td th tbody thead "
    "tfoot colgroup html head body"
)
INLINE = words("a abbr b bdi bdo cite code em font i kbd mark q s small span strong sub sup tt u var")


class Page(NamedTuple):
    """The text of a page, hints of its lines' kinds, what its metadata says, and what was mended."""

    text: str
    hints: tuple[Hint, ...]
    known: Known
    repairs: tuple[str, ...]


class HtmlReader:
    """One article per page."""

    name = "html"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def takes(self, head: bytes) -> bool:
        """Whether a page begins so."""
        return bool(BEGINNING.match(head))

    def __call__(self, path: Path) -> Iterator[Received | Problem]:
        """The article, or why there is none."""
        place = shown(path)
        data = contents(path)
        if data is None:
            yield refused(place, "too_long", limit=LONGEST_TEXT)
            return
        found = received_page(data, stem(path), place)
        yield found or refused(place, "binary")


def received_page(data: bytes, id: str, place: str, charset: str | None = None, **values: Any) -> Received | None:
    """The article of a page's bytes; None where they are no text. `charset` is what came with the page (a header of
    HTTP), `values` are further fields of the article."""
    decoded = marked_up(data, charset)
    if decoded is None:
        return None
    page = page_of(decoded.text)
    values["repairs"] = tuple(dict.fromkeys((*values.get("repairs", ()), *decoded.repairs, *page.repairs)))
    sha256 = hashlib.sha256(data).hexdigest()
    return Received(id=id, text=page.text, sha256=sha256, place=place, page=page.known, hints=page.hints, **values)


def marked_up(data: bytes, charset: str | None = None) -> Decoded | None:
    """The characters of a page or feed, in the encoding that came with it or that it declares; None where it is no
    text."""
    declared = DECLARED.search(data[:DECLARED_WITHIN])
    return decode(data, charset or (declared[1].decode("ascii") if declared else None))


def page_of(html: str) -> Page:
    """Reads a page. What cannot be parsed gives an empty text; nothing is raised."""
    repairs = ["cut_off"] if _cut_off(html) else []
    html = XML_DECLARATION.sub("", html, count=1)
    root, whole = _parsed(html)
    if not whole:
        repairs.append("deep")
        html = _flattened(html)
        root, _ = _parsed(html)
    if root is None:
        return Page("", (), Known(), tuple(repairs))
    known = metadata_of(root)
    text, hints = lines_of(root, known.title)
    return Page(text, hints, known, tuple(repairs))


def _parsed(html: str) -> tuple[Any, bool]:
    """The tree, and whether the parser went through to the end (it gives up on deep nesting)."""
    html = OPENING.sub(_uncrowded, html)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        root = None
    return root, not any("depth" in str(error.message) for error in parser.error_log)


def _uncrowded(tag: re.Match[str]) -> str:
    """A tag without its attributes, where it has too many."""
    crowded = len(tag[1]) > 2 * MOST_ATTRIBUTES and len(ATTRIBUTE.findall(tag[1])) > MOST_ATTRIBUTES
    return tag[0][: tag.start(1) - tag.start()] if crowded else tag[0]


def _flattened(html: str) -> str:
    """The page without the tags that lie too deep; those of blocks leave a line break."""
    depth = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth
        name = match[2].lower()
        if name in UNCOUNTED:
            return match[0] if depth < DEEPEST else "" if name in INLINE else "<br>"
        depth += -1 if match[1] else 1
        depth = max(depth, 0)
        inside = depth < DEEPEST or (depth == DEEPEST and not match[1])
        return match[0] if inside else " " if name in INLINE else "<br>"

    return TAG.sub(kept, html)


def _cut_off(html: str) -> bool:
    """Whether a page ends before its end: inside a tag, or open without being closed."""
    tail = html[-LONGEST_BYTES:].rstrip().lower()
    if re.search(r"<[a-z/!][^<>]*$", tail[-2000:]):
        return True
    opened = "<html" in tail or "<body" in tail
    return opened and "</html" not in tail and "</body" not in tail
