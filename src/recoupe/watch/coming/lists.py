"""What names articles: RSS, Atom, sitemaps of news, indexes of sitemaps, and OPML lists of feeds."""

import io
import itertools
import re
import struct
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Literal

import feedparser
import msgspec
from lxml import etree

from ...model.moments import written
from ...read.html import marked_up
from ...read.lines import words
from ...read.received import Known
from .addresses import address
from .taking import media

Kind = Literal["feed", "map", "maps", "list"]
# What the outermost element says of a list; any other may be a feed.
ROOTS: dict[str, Kind] = {"urlset": "map", "sitemapindex": "maps", "opml": "list"}
# Of one list no more is taken than this, the newest first: a news sitemap has 1,000 at most (its protocol says so).
MOST = 1000
# No more than this are looked at: the protocol of sitemaps allows no list more.
LOOKED_AT = 50_000
# Of an index, the newest sitemaps: the others are the site's past.
MAPS = 20
# A feed of more bytes is not read: the worst of this length take feedparser 20 s, usual ones (200,000 bytes) 0.05 s.
LONGEST = 2_000_000
# Of what a list says of its articles (an outlet, a language, a date) so many characters are kept, with each of them.
SAID = 300
# What a sitemap says of a page, by its local names.
OF_PAGES = frozenset({"loc", "lastmod", "publication_date", "language", "name"})
# What may stand before the first element of a list: declarations and comments.
PROLOG = re.compile(
    r"(?:\s++|<\?(?:(?!\?>).)*+\?>|<!--(?:(?!-->).)*+-->"
    r"|<!DOCTYPE(?:[^\[>\"']++|\"[^\"]*+\"|'[^']*+')*+(?:\[(?:[^\]\"']++|\"[^\"]*+\"|'[^']*+')*+\]\s*+)?+>)*+",
    re.I | re.S,
)
# What a list is made of: text that is no markup (its end may be missing), comments, tags (their name and attributes).
PIECES = re.compile(
    r"<!\[CDATA\[(?:(?!\]\]>).)*+(?P<data>\]\]>)?+|<!--(?:(?!-->).)*+(?:-->)?+"
    r"|</?(?P<name>[^\W\d][^\s'\"<>/]*+)(?P<said>(?:[^'\">]++|'[^']*+'|\"[^\"]*+\")*+)>?",
    re.S,
)
# The elements of lists that are read, by their local names, and those that keep such of others apart.
ELEMENTS = words(
    "rss rdf channel feed item entry title link origlink guid id pubdate published updated issued modified created "
    "date language ttl updateperiod updatefrequency source image textinput description content summary encoded "
    "urlset sitemapindex sitemap url loc lastmod news publication name publication_date opml body outline"
)
# A tag with longer attributes has none: expat and libxml2 compare each with all before it.
LONGEST_TAG = 4_000
# Where none is declared, these stand for nothing; each would be held.
ENTITY = re.compile("&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z_][A-Za-z0-9_.-]{0,30};")
# Each relative base within another makes the address of both longer: of so many it is heeded.
BASE, BASES = re.compile(r"base(?=\s*+=\s*+[\"']?\s*+(?!https?://))", re.I), 100
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
    text = marked_up(data, media(content_type)[1])
    root, bare = _bare(text.text) if text else ("", "")
    if root in ROOTS:
        kind = ROOTS[root]
        made = ENTITY.sub("", bare).encode()
        named = _newest(_outlines(made, url) if kind == "list" else _located(made, url))
        return Listed(kind=kind, named=named[:MAPS] if kind == "maps" else named)
    return None if root in ("", "html") or len(data) > LONGEST else _feed(bare.encode(), url)


def _bare(text: str) -> tuple[str, str]:
    """The name of the outermost element of a list, and the list from there on, with the elements that are read alone.

    What is declared before it (entities, where a DTD lies) is left, so that nothing can swell by it: feedparser keeps
    entities that name no other, however often each is used. Some elements (authors, categories) take it the square of
    what they hold.
    """
    prolog = PROLOG.match(text)
    first = next((one for one in PIECES.finditer(text, prolog.end() if prolog else 0) if one["name"]), None)
    if first is None:
        return "", ""
    based = itertools.count()
    kept = PIECES.sub(_piece, text[first.start() :])
    return _local(first), BASE.sub(lambda found: found[0] if next(based) < BASES else "-", kept)


def _piece(found: re.Match[str]) -> str:
    """A piece of a list as it is kept."""
    if not found["name"]:
        return found[0] if found["data"] else ""
    if _local(found) not in ELEMENTS:
        return ""
    return found[0] if len(found["said"]) <= LONGEST_TAG else f"<{found['name']}>"


def _local(found: re.Match[str]) -> str:
    return found["name"].rpartition(":")[2].lower()


def _newest(found: Iterable[Named]) -> tuple[Named, ...]:
    """Each address once; what has no date stays where the list has it, before what is older than the rest."""
    single: dict[str, Named] = {}
    for one in itertools.islice(found, LOOKED_AT):
        if one.url:
            single.setdefault(one.url, one)
    ordered = sorted(single.values(), key=lambda one: one.stamp or "9999", reverse=True)
    return tuple(ordered[:MOST])


def _elements(data: bytes, *events: str) -> Iterator[tuple[str, Any]]:
    """The elements of XML as they begin or end, whatever is wrong with it; one that has ended is not held, nor what
    stands before it."""
    walk = etree.iterparse(
        io.BytesIO(data.lstrip()), events=("start", "end"), recover=True, resolve_entities=False, no_network=True,
        load_dtd=False, remove_pis=True,
    )  # fmt: skip
    try:
        for event, element in walk:
            if not isinstance(element.tag, str):
                continue
            if event in events:
                yield etree.QName(element).localname.lower(), element
            if event == "end":
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except (etree.LxmlError, ValueError):
        return


def _located(data: bytes, base: str) -> Iterator[Named]:
    """The pages of a sitemap, or the sitemaps of an index."""
    said: dict[str, str] = {}
    for name, element in _elements(data, "end"):
        if name in OF_PAGES:
            # The first of a name: an image of the page has an address too.
            said.setdefault(name, (element.text or "").strip())
        elif name in ("url", "sitemap"):
            published = _instant(said.get("publication_date", ""))
            known = _known(said.get("publication_date"), said.get("language"), said.get("name"))
            stamp = _instant(said.get("lastmod", "")) or published
            yield Named(url=address(said.get("loc", ""), base), stamp=stamp, known=known)
            said = {}


def _outlines(data: bytes, base: str) -> Iterator[Named]:
    """The feeds of an OPML list, however deep they lie."""
    for name, element in _elements(data, "start"):
        if name == "outline":
            said = {key.lower(): value for key, value in element.attrib.items()}
            known = _known(outlet=said.get("title") or said.get("text"))
            yield Named(url=address(said.get("xmlurl", ""), base), known=known)


def _feed(data: bytes, url: str) -> Listed | None:
    """RSS or Atom. What feedparser is given is a stream of bytes: a text it might take for an address or a path."""
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    try:
        found = feedparser.parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception:
        return None  # it stumbles over what it was not made for: the name of a namespace with a blank in it
    if not found.get("version") and not found.entries:
        return None
    about = found.feed
    shared = _known(lang=about.get("language"), outlet=about.get("title"))
    named = [_entry(one, url, shared) for one in found.entries]
    return Listed(kind="feed", named=_newest(named), ttl=_ttl(about))


def _known(published: Any = None, lang: Any = None, outlet: Any = None) -> Known:
    """What a list says of an article."""
    kept = [str(one)[:SAID] if one else None for one in (published, lang, outlet)]
    return Known(published=kept[0], lang=kept[1], outlet=kept[2])


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
