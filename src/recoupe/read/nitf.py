"""NITF, the older XML of agencies, by itself or within NewsML-G2 and ninjs; and how XML of agencies is read at all.

No entity, no definition of a document type and nothing outside the file is ever read.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from .agency import Item, received
from .lines import words
from .problem import Problem, refused
from .received import LONGEST_FILE, Received, shown, stem

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BEGINNING = re.compile(rb"<(?:[\w.-]{1,40}:)?nitf[\s>]")
# NITF's elements that are no HTML elements, as these; others that HTML does not know are marks within a line.
NITF = {
    "hl1": "h1", "hl2": "h2", "hedline": "div", "body.head": "div", "body.content": "div", "body.end": "div",
    "block": "div", "abstract": "div", "byline": "p", "dateline": "p", "distributor": "p", "tagline": "p",
    "media": "figure", "media-caption": "figcaption", "media-producer": "p", "note": "aside", "nitf-table": "table",
}  # fmt: skip
# What these hold, by the class names that pages give it.
CLASSES = {"byline": "byline", "dateline": "dateline", "distributor": "byline", "media-producer": "credit"}
DROPPED = words(
    "head docdata rights series media-reference media-metadata media-object custom-table nitf-table-metadata"
)
KEPT = words(
    "p h1 h2 h3 h4 h5 h6 div table tr td th thead tbody ul ol li dl dt dd pre br hr a em strong sub sup blockquote"
)


class NitfReader:
    """One article for each document."""

    name = "nitf"
    suffixes: tuple[str, ...] = (".xml", ".nitf")

    def takes(self, head: bytes) -> bool:
        """Whether a document begins so."""
        return begins(head, BEGINNING)

    def __call__(self, path: Path) -> Iterator[Received | Problem]:
        """The article, or why there is none."""
        data, root = document(path)
        if isinstance(root, Problem):
            yield root
        elif local(root) != "nitf":
            yield refused(shown(path), "no_item")
        else:
            item = _item(root, stem(path))
            yield from received(item, shown(path), hashlib.sha256(data).hexdigest())


def begins(head: bytes, element: re.Pattern[bytes]) -> bool:
    """Whether a file that begins so is XML with this element among the first."""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and bool(element.search(head))


def document(path: Path) -> tuple[bytes, Any]:
    """A file and the root of its XML, or why it has none. Raises OSError."""
    place = shown(path)
    with path.open("rb") as file:
        data = file.read(LONGEST_FILE + 1)
    if len(data) > LONGEST_FILE:
        return b"", refused(place, "too_large", limit=LONGEST_FILE // 1_000_000)
    try:
        return data, parsed(data)
    except (etree.LxmlError, ValueError) as error:
        return data, refused(place, "not_xml", detail=str(error)[:200])


def parsed(data: bytes) -> Any:
    """The root of an XML document. Raises LxmlError, or ValueError where it declares entities."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, dtd_validation=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root = etree.fromstring(data, parser)
    definition = root.getroottree().docinfo.internalDTD
    if definition is not None and next(iter(definition.iterentities()), None) is not None:
        raise ValueError("<!ENTITY")
    return root


def html_of(root: Any) -> str:
    """XHTML or NITF as HTML; nothing of other formats."""
    name = local(root)
    if name == "nitf":
        root = next((one for one in root if local(one) == "body"), None)
        if root is None:
            return ""
    elif name not in KEPT and name not in ("html", "body", "section", "article", "main"):
        return ""
    for element in list(root.iter(etree.Element)):
        own = local(element)
        if own in DROPPED:
            tail, element.text = element.tail, None
            for child in list(element):
                element.remove(child)
            element.tag, element.tail = "span", tail
            continue
        element.tag = NITF.get(own) or (own if name != "nitf" or own in KEPT else "span")
        for key in list(element.attrib):
            if key.startswith("{") or own in CLASSES:
                del element.attrib[key]
        if own in CLASSES:
            element.set("class", CLASSES[own])
        if own == "byttl":
            element.text = f" {element.text or ''}"
    root.tag = "div"
    return str(etree.tostring(root, encoding="unicode", method="html", with_tail=False))


def _item(root: Any, name: str) -> Item:
    """What a document says of itself. `name` is its id where it has none."""
    marks = {local(one): one for one in root.iter(etree.Element)}

    def said(element: str, attribute: str) -> str:
        found = marks.get(element)
        return str(found.get(attribute) or "") if found is not None else ""

    status, release = said("docdata", "management-status"), said("date.release", "norm")
    lines = [words_of(one) for one in root.iter(etree.Element) if local(one) == "hl1"]
    provider = words_of(marks.get("distributor")) or said("doc.copyright", "holder") or said("doc-id", "regsrc")
    return Item(
        id=said("doc-id", "id-string") or name,
        html=html_of(root),
        headlines=tuple(dict.fromkeys(line for line in (*lines, words_of(marks.get("title"))) if line))[:1],
        lang=root.get("baselang") or root.get(LANG),
        made=said("date.issue", "norm") or said("pubdata", "date.publication"),
        provider=provider,
        status=status.lower(),
        embargoed=release if status.lower() == "embargoed" or release else None,
    )


def local(element: Any) -> str:
    """An element's name without its namespace; empty for what is no element."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def words_of(element: Any) -> str:
    """The characters in an element, on one line; none where there is no element."""
    return "" if element is None else " ".join("".join(element.itertext()).split())
