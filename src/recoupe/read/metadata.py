"""What a page says about itself: JSON-LD first, then OpenGraph and its kin, then the elements in sight."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from .received import Known

# The names under which pages give the day of publication, the more exact first.
DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article.published",
    "parsely-pub-date", "sailthru.date", "dcterms.created", "dcterms.issued", "dcterms.date", "dc.date.issued",
    "dc.date", "cxenseparse:recs:publishtime", "publishdate", "publish-date", "pubdate", "date",
)  # fmt: skip
TITLES = ("og:title", "twitter:title", "dc.title", "headline")
OUTLETS = ("og:site_name", "application-name", "dc.publisher", "publisher")
ADDRESSES = ("og:url", "twitter:url")
URL_DAY = re.compile(r"/((?:19|20)\d{2})[/-](\d{2})[/-](\d{2})(?=[/-])")
ARTICLE_TYPES = re.compile(r"Article|Report|BlogPosting|LiveBlog|WebPage")
MOST_NODES = 20_000


def metadata_of(root: Any) -> Known:
    """Title, outlet, address, language and date as the page gives them; None where it does not."""
    named = _named(root)
    linked = _linked(root)
    url = _first(_canonical(root), *(named.get(name) for name in ADDRESSES), linked.get("url"))
    dates = [linked.get("datePublished"), *(named.get(name) for name in DATES), _stamped(root)]
    day = URL_DAY.search(url or "")
    return Known(
        published=_first(*dates, "-".join(day.groups()) if day else None),
        lang=_first(root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), linked.get("inLanguage")),
        url=url,
        title=_first(*(named.get(name) for name in TITLES), linked.get("headline"), _heading(root), _title(root)),
        outlet=_first(*(named.get(name) for name in OUTLETS), linked.get("publisher")),
    )


def _named(root: Any) -> dict[str, str]:
    """The page's meta elements by property, name or itemprop; the first of each."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        value = (element.get("content") or "").strip()
        if name and value:
            found.setdefault(name.strip().lower(), value)
    return found


def _linked(root: Any) -> dict[str, str]:
    """What JSON-LD says of the article: the first value of each key, articles before other things."""
    nodes: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                nodes.extend(_nodes(msgspec.json.decode((script.text or "").strip())))
            except (msgspec.DecodeError, RecursionError, UnicodeError):
                continue
    nodes.sort(key=lambda node: not ARTICLE_TYPES.search(str(node.get("@type"))) or "datePublished" not in node)
    found: dict[str, str] = {}
    for node in nodes:
        for key in ("datePublished", "headline", "inLanguage", "url"):
            if isinstance(node.get(key), str):
                found.setdefault(key, node[key])
        publisher = node.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            found.setdefault("publisher", publisher["name"])
    return found


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value, outer before inner, without recursion."""
    queue, seen = [value], 0
    while queue and seen < MOST_NODES:
        item = queue.pop(0)
        seen += 1
        if isinstance(item, dict):
            yield item
            queue.extend(child for child in item.values() if isinstance(child, dict | list))
        elif isinstance(item, list):
            queue.extend(item)


def _canonical(root: Any) -> str | None:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower():
            return link.get("href") or None
    return None


def _stamped(root: Any) -> str | None:
    """The first time element with a machine-readable date."""
    for element in root.iter("time"):
        if re.match(r"\d{4}-\d{2}-\d{2}", element.get("datetime") or ""):
            return str(element.get("datetime"))
    return None


def _heading(root: Any) -> str | None:
    for element in root.iter("h1"):
        return _inner(element)
    return None


def _title(root: Any) -> str | None:
    for element in root.iter("title"):
        return _inner(element)
    return None


def _inner(element: Any) -> str | None:
    return " ".join("".join(element.itertext()).split()) or None


def _first(*values: str | None) -> str | None:
    return next((value.strip() for value in values if value and value.strip()), None)
