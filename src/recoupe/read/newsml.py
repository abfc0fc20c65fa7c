"""NewsML-G2, the XML that agencies send: a news item, or a message of several, with its text as NITF, XHTML or plain.

Pictures, packages, plans and catalogues hold no text and are passed over. No entity, no definition of a document type
and nothing outside the file is ever read.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .agency import Item, received
from .lines import words
from .nitf import LANG, begins, document, html_of, local, words_of
from .problem import Problem, refused
from .received import Received, shown, stem

BEGINNING = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:newsItem|newsMessage)[\s>]")
TEXTS = words("text composite")


class NewsmlReader:
    """One article for each item with a text."""

    name = "newsml"
    suffixes: tuple[str, ...] = (".xml",)

    def takes(self, head: bytes) -> bool:
        """Whether an item or a message begins so."""
        return begins(head, BEGINNING)

    def __call__(self, path: Path) -> Iterator[Received | Problem]:
        """The articles, or why there are none."""
        place = shown(path)
        data, root = document(path)
        if isinstance(root, Problem):
            yield root
            return
        found = False
        sha256 = hashlib.sha256(data).hexdigest()
        items = [root] if local(root) == "newsItem" else [one for one in root.iter() if local(one) == "newsItem"]
        for item in items:
            if _kind(item) in TEXTS:
                found = True
                here = place if item is root else f"{place}:{item.sourceline}"
                yield from received(_item(item, stem(path) if item is root else ""), here, sha256)
        if not found:
            yield refused(place, "no_item")


def _item(item: Any, name: str) -> Item:
    """What an item says. `name` is its id where it has none."""
    status = _code(_first(item, "itemMeta", "pubStatus"))
    embargo = _first(item, "itemMeta", "embargoed")
    language = _first(item, "contentMeta", "language")
    headlines = [words_of(one) for one in _all(item, "contentMeta", "headline")] or [
        words_of(one) for one in _all(item, "itemMeta", "title")
    ]
    provider = _first(item, "itemMeta", "provider")
    html, text = _body(item)
    return Item(
        id=item.get("guid") or name,
        html=html,
        text=text,
        headlines=tuple(dict.fromkeys(line for line in headlines if line)),
        byline=words_of(_first(item, "contentMeta", "by")),
        dateline=words_of(_first(item, "contentMeta", "dateline")),
        lang=(language.get("tag") if language is not None else None) or item.get(LANG),
        made=words_of(_first(item, "itemMeta", "versionCreated")),
        provider=_party(provider),
        status=status,
        embargoed=None if embargo is None else words_of(embargo),
    )


def _body(item: Any) -> tuple[str, str]:
    """The text of an item as HTML, or as it stands; what is marked up before what is not."""
    plain = ""
    for content in _all(item, "contentSet", None):
        if local(content) == "inlineXML":
            if (body := "".join(html_of(child) for child in content if isinstance(child.tag, str))).strip():
                return body, ""
        elif local(content) == "inlineData":
            data = "".join(content.itertext())
            if "html" in (content.get("contenttype") or "") and data.strip():
                return data, ""
            plain = plain or data
    return "", plain


def _all(item: Any, group: str, name: str | None) -> list[Any]:
    """The elements of a name (or all) in a group of an item."""
    return [one for part in item if local(part) == group for one in part if name is None or local(one) == name]


def _first(item: Any, group: str, name: str) -> Any:
    return next(iter(_all(item, group, name)), None)


def _code(element: Any) -> str:
    """The last part of a code ("stat:usable", or an address that ends so)."""
    value = "" if element is None else element.get("qcode") or element.get("uri") or element.get("literal") or ""
    return str(re.split(r"[:/]", value)[-1]).lower()


def _kind(item: Any) -> str:
    """Text, picture, video …; an item that does not say is taken for a text."""
    return _code(_first(item, "itemMeta", "itemClass")) or "text"


def _party(element: Any) -> str:
    """Who provides: by name, as written, by code, by address."""
    if element is None:
        return ""
    names = [words_of(child) for child in element if local(child) == "name"]
    code = str(element.get("qcode") or "").rpartition(":")[2]
    try:
        host = urlsplit(element.get("uri") or "").hostname or ""
    except ValueError:
        host = ""
    return next((one for one in (*names, element.get("literal") or "", code, host) if one), "")
