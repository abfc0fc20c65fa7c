"""What names articles: RSS, Atom, sitemaps of news, indexes of sitemaps, and OPML lists of feeds."""

import io
import struct
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Literal

import feedparser
import msgspec
from lxml import etree

from ...model.moments import written
from ...read.received import Known
from .addresses import address

Kind = Literal["feed", "map", "maps", "list"]
# What the outermost element says of a list; any other may be a feed.
ROOTS: dict[str, Kind] = {"urlset": "map", "sitemapindex": "maps", "opml": "list"}
# Of one list no more is taken than this, the newest first: a news sitemap has 1,000 at most (its protocol says so).
MOST = 1000
# Of an index, the newest sitemaps: the others are the site's past.
MAPS = 20
# A feed of more bytes is not read: the worst of this length take feedparser 20 s, usual ones (200,000 bytes) 0.05 s.
LONGEST = 2_000_000
# RSS counts the time that it may be kept in minutes; of what else it may say, a day is the most that is heeded.
MINUTE, DAY = 60, 86_400
UPDATES = {"hourly": 3_600, "daily": DAY, "weekly": 7 * DAY, "monthly": 30 * DAY, "yearly": 365 * DAY}


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a list names: its address, when it last changed (an instant as the store writes it, empty where
    the list does not say), and what is said of the article."""

    url: str
    stamp: str = ""
    known: Known = Known()


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A list: what it names, the newest first; for how long (seconds) it wants not to be asked for again."""

    kind: Kind
    named: tuple[Named, ...]
    ttl: float = 0.0


def listed(data: bytes, url: str, content_type: str = "") -> Listed | None:
    """A list that was got from an address; None where it is none. Whatever the bytes are, nothing is asked of the net
    and no file is opened."""
    root = _root(data)
    if root in ROOTS:
        kind = ROOTS[root]
        named = _newest(list(_outlines(data, url) if kind == "list" else _located(data, url)))
        return Listed(kind=kind, named=named[:MAPS] if kind == "maps" else named)
    return None if root == "html" or len(data) > LONGEST else _feed(data, url, content_type)


def _newest(found: list[Named]) -> tuple[Named, ...]:
    """Each address once; what has no date stays where the list has it, before what is older than the rest."""
    single: dict[str, Named] = {}
    for one in found:
        if one.url:
            single.setdefault(one.url, one)
    ordered = sorted(single.values(), key=lambda one: one.stamp or "9999", reverse=True)
    return tuple(ordered[:MOST])


def _elements(data: bytes, *events: str) -> Iterator[tuple[str, Any]]:
    """The elements of XML as they begin or end, whatever is wrong with it."""
    walk = etree.iterparse(
        io.BytesIO(data.lstrip()), events=events, recover=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for _, element in walk:
            if isinstance(element.tag, str):
                yield etree.QName(element).localname.lower(), element
    except (etree.LxmlError, ValueError):
        return


def _root(data: bytes) -> str:
    return next((name for name, _ in _elements(data[:65_536], "start")), "")


def _located(data: bytes, base: str) -> Iterator[Named]:
    """The pages of a sitemap, or the sitemaps of an index."""
    for name, element in _elements(data, "end"):
        if name not in ("url", "sitemap"):
            continue
        said = {etree.QName(one).localname.lower(): (one.text or "").strip() for one in element.iter(etree.Element)}
        published = _instant(said.get("publication_date", ""))
        known = Known(
            published=said.get("publication_date") or None,
            lang=said.get("language") or None,
            outlet=said.get("name") or None,
        )
        yield Named(
            url=address(said.get("loc", ""), base), stamp=_instant(said.get("lastmod", "")) or published, known=known
        )
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _outlines(data: bytes, base: str) -> Iterator[Named]:
    """The feeds of an OPML list, however deep they lie."""
    for name, element in _elements(data, "start"):
        said = {key.lower(): value for key, value in element.attrib.items()}
        if name == "outline" and said.get("xmlurl"):
            known = Known(outlet=said.get("title") or said.get("text") or None)
            yield Named(url=address(said["xmlurl"], base), known=known)


def _feed(data: bytes, url: str, content_type: str) -> Listed | None:
    """RSS or Atom. What feedparser is given is a stream of bytes: a text it might take for an address or a path."""
    headers = {"content-location": url} | ({"content-type": content_type} if content_type else {})
    found = feedparser.parse(
        io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not found.get("version") and not found.entries:
        return None
    about = found.feed
    shared = Known(lang=about.get("language") or None, outlet=about.get("title") or None)
    named = [_entry(one, url, shared) for one in found.entries]
    return Listed(kind="feed", named=_newest(named), ttl=_ttl(about))


def _entry(entry: Any, base: str, shared: Known) -> Named:
    """An entry of a feed. Where a service stands between, the address behind it is taken."""
    link = entry.get("feedburner_origlink") or entry.get("link") or ""
    if not link and str(entry.get("id", "")).startswith(("http://", "https://")):
        link = entry["id"]
    published = _struct(entry.get("published_parsed"))
    return Named(
        url=address(str(link), base),
        # Of itself the dictionary gives the one date for the other, with a warning.
        stamp=_struct(dict.get(entry, "updated_parsed")) or published,
        known=msgspec.structs.replace(shared, published=published[:10] or None),
    )


def _ttl(about: Any) -> float:
    """For how long a feed wants to be kept (seconds)."""
    asked = str(about.get("ttl", "")).strip()
    if asked.isdecimal() and len(asked) < 7:
        return float(min(int(asked) * MINUTE, DAY))
    period = UPDATES.get(str(about.get("sy_updateperiod", "")).strip().lower(), 0)
    often = str(about.get("sy_updatefrequency", "")).strip()
    return min(period / max(int(often), 1) if often.isdecimal() and len(often) < 7 else period, DAY)


def _struct(value: Any) -> str:
    """An instant that feedparser has read, in UTC."""
    try:
        return written(datetime(*value[:6], tzinfo=UTC)) if isinstance(value, time.struct_time) else ""
    except (ValueError, OverflowError, struct.error):
        return ""


def _instant(text: str) -> str:
    """An instant of a sitemap (ISO 8601; without a zone in UTC)."""
    try:
        found = datetime.fromisoformat(text)
        return written(found if found.tzinfo else found.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return ""
