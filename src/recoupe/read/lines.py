"""The lines of a page, in reading order, one for each block element, and what its markup says each one is."""

import functools
import re
from collections import Counter
from typing import Any

import msgspec
from lxml import etree
from rapidfuzz import fuzz

from ..lang import available, pack
from ..model.article import Hint


def words(listed: str) -> frozenset[str]:
    """Names written one after another, as a set."""
    return frozenset(listed.split())


SKIPPED = words(
    "head script style noscript template svg math iframe object embed canvas audio video map datalist select textarea "
    "option applet frameset noframes"
)
BLOCK = words(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody tfoot thead "
    "tr ul br caption"
)
CELLS = frozenset(["td", "th"])
HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
TAG_KINDS = {
    "nav": "chrome", "footer": "chrome", "aside": "chrome", "form": "chrome", "button": "chrome", "dialog": "chrome",
    "menu": "chrome", "label": "chrome", "figcaption": "caption", "time": "meta", "address": "meta",
}  # fmt: skip
ROLE_KINDS = {
    "navigation": "chrome", "banner": "chrome", "contentinfo": "chrome", "search": "chrome", "dialog": "chrome",
    "complementary": "chrome", "alertdialog": "chrome", "menu": "chrome", "menubar": "chrome",
}  # fmt: skip
WORDS = re.compile(r"[a-z]+")
SPACES = re.compile(r"[ \t\r\n\f]+")
ABOVE_ALL = ("chrome", "related")
# A container with more than this share of the page's text is the page itself, whatever its class is called.
SHARE_MOST = 0.4
SENTENCE = 80
# Trafilatura's time grows faster than the page: past this many elements it is left out.
MOST_ELEMENTS = 20_000
HALF = 0.6


def lines_of(root: Any, title: str | None) -> tuple[str, tuple[Hint, ...]]:
    """The text of a page, lines joined by \\n, and (start, end, kind) for the lines whose kind the markup tells."""
    walk = _Walk(root)
    main = _main_text(root)
    titles = _titles(walk.lines, title)
    text, hints, offset = [], [], 0
    for i, line in enumerate(walk.lines):
        kind = "title" if i in titles else line.kind(main)
        if kind:
            hints.append((offset, offset + len(line.text), kind))
        text.append(line.text)
        offset += len(line.text) + 1
    return "\n".join(text), tuple(hints)


class _Line:
    """A line with the kinds that its characters stand in."""

    def __init__(self, text: str, kinds: Counter[str], linked: int, tag: str) -> None:
        self.text, self.kinds, self.linked, self.tag = text, kinds, linked, tag

    def kind(self, main: frozenset[str]) -> str:
        """What most of the line's characters are by their markup; empty where the markup does not say."""
        total = sum(self.kinds.values()) or 1
        kind, count = self.kinds.most_common(1)[0] if self.kinds else ("", 0)
        if count < HALF * total:
            kind = ""
        in_main = _folded(self.text) in main
        if kind in ABOVE_ALL and in_main and len(self.text) >= SENTENCE and self.linked < HALF * total:
            return "body"
        if kind:
            return kind
        if self.linked >= 0.9 * total and self.tag not in HEADINGS:
            return "related" if len(self.text) >= 30 else "chrome"
        if self.tag in HEADINGS:
            return "heading" if in_main else ""
        return "body" if in_main and len(self.text) >= SENTENCE else ""


class _Walk:
    """Goes through a page once, without recursion, and gathers its lines."""

    def __init__(self, root: Any) -> None:
        self.lines: list[_Line] = []
        self._parts: list[str] = []
        self._kinds: Counter[str] = Counter()
        self._linked = 0
        self._tag = ""
        self._after_inline = False
        body = next(iter(root.iter("body")), root)
        self._total = sum(len(text) for text in body.itertext()) or 1
        stack: list[tuple[str, bool, bool]] = [("", False, False)]
        walk = etree.iterwalk(body, events=("start", "end"))
        for event, element in walk:
            name = element.tag.lower() if isinstance(element.tag, str) else "script"
            if event == "end":
                stack.pop()
                self._close(name)
                self._text(element.tail, *stack[-1][:2], name)
                continue
            kind, linked, inside = stack[-1]
            if name in SKIPPED or element.get("hidden") is not None:
                walk.skip_subtree()
                stack.append((kind, linked, inside))
                continue
            own = "" if kind in ABOVE_ALL else self._kind(element, name, inside)
            stack.append((own or kind, linked or name == "a", inside or name in ("article", "main")))
            self._open(name)
            self._text(element.text, *stack[-1][:2], name)
        self._flush()

    def _open(self, name: str) -> None:
        if name in BLOCK:
            self._flush()
            self._tag = name
        elif name in CELLS or (name in ("a", "button", "label", "input") and self._after_inline and self._parts):
            self._parts.append(" ")
        self._after_inline = False

    def _close(self, name: str) -> None:
        if name in BLOCK:
            self._flush()
            self._tag = ""
        self._after_inline = name not in BLOCK

    def _text(self, text: str | None, kind: str, linked: bool, name: str) -> None:
        if not text:
            return
        if name == "pre" and "\n" in text:
            for part in text.split("\n"):
                self._add(part, kind, linked)
                self._flush()
            return
        self._add(text, kind, linked)

    def _add(self, text: str, kind: str, linked: bool) -> None:
        self._parts.append(SPACES.sub(" ", text))
        seen = len(text.strip())
        if seen:
            self._after_inline = False
            self._kinds[kind] += seen
            self._linked += seen if linked else 0

    def _flush(self) -> None:
        text = SPACES.sub(" ", "".join(self._parts)).strip()
        if text:
            self.lines.append(_Line(text, self._kinds, self._linked, self._tag))
        self._parts, self._kinds, self._linked = [], Counter(), 0

    def _kind(self, element: Any, name: str, inside: bool) -> str:
        """What an element's tag, role or class says of the text in it."""
        kind = TAG_KINDS.get(name, "") or ROLE_KINDS.get((element.get("role") or "").lower(), "")
        if name == "header" and not inside and next(iter(element.iter("h1")), None) is None:
            kind = "chrome"
        if not kind and name not in ("body", "html", "main", "article", "h1"):
            tokens = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
            known = _class_kinds()
            kind = next((known[word] for word in _class_words(tokens) if word in known), "")
        if kind and sum(len(text) for text in element.itertext()) > SHARE_MOST * self._total:
            return ""
        return kind


class Markup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """markup.toml: class names and ids, by the kind of the text in what bears them."""

    chrome: list[str]
    related: list[str]
    meta: list[str]
    credit: list[str]
    caption: list[str]


@functools.cache
def _class_kinds() -> dict[str, str]:
    """The kind that a class name tells, in the words of every pack."""
    packs = [pack(code).words(Markup, "markup") for code in available()]
    return {token: kind for kind in Markup.__struct_fields__ for words in packs for token in getattr(words, kind)}


def _class_words(tokens: str) -> list[str]:
    """The words of class names, and each name with its marks left out (read-more → readmore)."""
    return [word for token in words(tokens) for word in (re.sub(r"[^a-z]", "", token), *WORDS.findall(token))]


def _titles(lines: list[_Line], title: str | None) -> set[int]:
    """The lines that are the article's title: the heading nearest to the title the metadata gives, else the h1s."""
    headings = [i for i, line in enumerate(lines) if line.tag in HEADINGS or line.tag == "h1"]
    if title:
        near = [i for i in headings if fuzz.ratio(_folded(lines[i].text), _folded(title)) >= 90]
        if near:
            return set(near[:1])
    return {i for i in headings if lines[i].tag == "h1" and "chrome" not in lines[i].kinds}


def _main_text(root: Any) -> frozenset[str]:
    """The lines of the page's main text by trafilatura, folded."""
    import trafilatura

    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        return frozenset()
    try:
        html = etree.tostring(root, encoding="unicode", method="html")
        text = trafilatura.extract(html, include_comments=False, include_tables=True, fast=True)
    except Exception:  # a page that its heuristics stumble over is read without their opinion
        text = None
    return frozenset(_folded(line) for line in (text or "").split("\n") if line.strip())


def _folded(line: str) -> str:
    return "".join(line.split()).casefold()
