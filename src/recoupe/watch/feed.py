"""Alerts as an Atom feed (RFC 4287)."""

import re
import uuid
from collections.abc import Sequence
from urllib.parse import quote
from xml.etree import ElementTree

from ..brief.model import Link, Part
from ..lang import LanguagePack
from .notice import Notice

ATOM = "http://www.w3.org/2005/Atom"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What XML 1.0 cannot hold: control characters and halves of pairs.
OUTSIDE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A title longer than this is cut by readers anyway.
TITLE = 300
TAGS = {"words": "i", "quote": "i", "name": "b", "act": "b", "note": "small"}


def atom(found: Sequence[Notice], pack: LanguagePack, base: str, path: str, title: str, updated: str) -> bytes:
    """A feed of alerts, the newest first. `base` is the desk's address (without a slash at its end), `path` the feed's
    below it; `updated` is the instant of a feed without entries."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {XML_LANG: pack.code})
    _put(feed, "id", _urn(path))
    _put(feed, "title", title)
    _put(feed, "updated", found[0].at if found else updated)
    _put(feed, "link", "", rel="self", href=base + path, type="application/atom+xml")
    _put(feed, "link", "", rel="alternate", href=base + "/changes", type="text/html")
    _put(_put(feed, "author"), "name", "Recoupe")
    for one in found:
        _entry(feed, one, pack, base)
    raw: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return raw


def _entry(feed: ElementTree.Element, one: Notice, pack: LanguagePack, base: str) -> None:
    change, sentence = one.change(pack), one.sentence(pack)
    entry = _put(feed, "entry")
    _put(entry, "id", _urn(one.id))
    _put(entry, "title", sentence if len(sentence) <= TITLE else sentence[:TITLE].rsplit(" ", 1)[0] + " …")
    _put(entry, "updated", one.at)
    _put(entry, "published", one.at)
    _put(entry, "category", "", term=one.kind, label=pack.phrase(f"changes.kind.{one.kind}"))
    first = change.line.links[0] if change.line.links else None
    _put(entry, "link", "", rel="alternate", type="text/html", href=base + (passage(first) if first else "/changes"))
    _put(entry, "link", "", rel="related", type="text/html", href=f"{base}/story/{quote(one.story, safe='')}")
    _put(entry, "content", _content(one, pack, base), type="html")


def passage(link: Link) -> str:
    """Where a passage is read on the desk."""
    return f"/article/{quote(link.doc, safe='')}?at={link.start}-{link.end}#at"


def _content(one: Notice, pack: LanguagePack, base: str) -> str:
    """What an entry says, as HTML: the sentence with its styles, the story, what stands behind it, and the passages."""
    change = one.change(pack)
    body = ElementTree.Element("div")
    told = ElementTree.SubElement(body, "p")
    for part in change.line.parts:
        _part(told, part)
    about = ElementTree.SubElement(body, "p")
    link = ElementTree.SubElement(about, "a", href=f"{base}/story/{quote(one.story, safe='')}")
    link.text = _held(one.title)
    behind = ElementTree.SubElement(body, "p")
    behind.text = _held(one.foot(pack))
    for each in change.line.links:
        there = ElementTree.SubElement(behind, "a", href=base + passage(each))
        there.text = _held(f"{one.outlets.get(each.doc, each.doc)} §{each.paragraph}")
        there.tail = " "
    return ElementTree.tostring(body, encoding="unicode", method="html")


def _part(told: ElementTree.Element, part: Part) -> None:
    tag = TAGS.get(part.kind, "span")
    styled = ElementTree.SubElement(told, tag, {"lang": part.lang} if part.lang else {})
    styled.text = _held(part.text)


def _put(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{ATOM}}}{tag}", {key: _held(value) for key, value in attributes.items()})
    made.text = _held(text) or None
    return made


def _held(text: str) -> str:
    return OUTSIDE.sub(" ", text)


def _urn(name: str) -> str:
    """A permanent name that no address goes into: the same feed on another port is the same."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"recoupe:{name}").urn
