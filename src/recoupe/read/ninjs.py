"""ninjs, the JSON that agencies send (IPTC, 1.0 to 3.1): one item, an array of items, or an item a line.

The names differ by generation (body_text, bodies; versioncreated, versionCreated; embargoed, embargoedUntil): all are
read, whichever an item says it is. Pictures, sound and events hold no text and are passed over.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from lxml import etree

from .agency import Item, received
from .lines import words
from .nitf import html_of, parsed
from .problem import Problem, refused
from .received import HEAD, LONGEST_BYTES, LONGEST_FILE, LONGEST_TEXT, Received, shown, stem
from .table import decoded_json, lines_in

# What an item has among its first fields, and a table of ours has not.
MARKS = re.compile(
    rb'"(?:\$?standard"\s*:\s*\{[^{}]{0,200}"ninjs"|version_?created"|pubstatus"|body_(?:x?html5?|text)"|bodies"\s*:|'
    rb'headlines"\s*:\s*\[)', re.I
)  # fmt: skip
NAMED = re.compile(rb'"(?:uri|guid)"\s*:', re.I)
# Under what services that hand out items put them.
WRAPPERS = ("item", "items", "_items", "data")
DEEPEST = 6
WITHOUT_TEXT = words("audio video picture graphic event planning component")
FIELDS = words("headline headlines versioncreated bodies pubstatus descriptions") | {"$standard"}


class NinjsReader:
    """One article for each item with a text."""

    name = "ninjs"
    suffixes: tuple[str, ...] = (".json", ".jsonl", ".ndjson")

    def takes(self, head: bytes) -> bool:
        """Whether an item, an array of items or a line with one begins so."""
        begins = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
        return begins in (b"{", b"[") and bool(MARKS.search(head)) and bool(NAMED.search(head))

    def __call__(self, path: Path) -> Iterator[Received | Problem]:
        """The articles, or why there are none."""
        found = False
        for item in _lines(path) if _is_lined(path) else _whole(path):
            found = True
            yield item
        if not found:
            yield refused(shown(path), "no_item")


def _is_lined(path: Path) -> bool:
    """Whether it is an item a line: by the suffix, or where the first line is one and others follow."""
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return True
    with path.open("rb") as file:
        first = file.readline(LONGEST_BYTES + 1)
        more = bool(file.read(HEAD).strip())
    try:
        return more and isinstance(msgspec.json.decode(first), dict)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return False


def _lines(path: Path) -> Iterator[Received | Problem]:
    for line in lines_in(path):
        place = f"{shown(path)}:{line.number}"
        if line.text is None:
            yield refused(place, line.why, limit=LONGEST_TEXT)
        elif line.text.strip():
            sha256 = hashlib.sha256(line.text.encode("utf-8", "surrogatepass")).hexdigest()
            yield from _decoded(line.text, place, sha256, "")


def _whole(path: Path) -> Iterator[Received | Problem]:
    with path.open("rb") as file:
        data = file.read(LONGEST_FILE + 1)
    if len(data) > LONGEST_FILE:
        yield refused(shown(path), "too_large", limit=LONGEST_FILE // 1_000_000)
        return
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    yield from _decoded(text, shown(path), hashlib.sha256(data).hexdigest(), stem(path))


def _decoded(text: str, place: str, sha256: str, name: str) -> Iterator[Received | Problem]:
    """What a JSON text gives. `name` is the id of an item that has none and stands alone."""
    try:
        value, _ = decoded_json(text)
    except (ValueError, RecursionError) as error:
        yield refused(place, "not_json", detail=str(error)[:200])
        return
    items = list(_items(value))
    if not items:
        yield refused(place, "no_item")
    for n, fields in enumerate(items, 1):
        if str(fields.get("type") or "").lower() not in WITHOUT_TEXT:
            here = place if len(items) == 1 else f"{place}:{n}"
            yield from received(_item(fields, name if len(items) == 1 else ""), here, sha256)


def _items(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The items in a value, with their names in small letters; those inside another item (its pictures) are its own."""
    if isinstance(value, list):
        for one in value:
            yield from _items(one, depth + 1) if depth < DEEPEST else ()
    elif isinstance(value, dict):
        fields = {name.lower(): one for name, one in value.items()}
        if FIELDS & set(fields) or any(name.startswith("body_") for name in fields):
            yield fields
        else:
            for name in WRAPPERS:
                yield from _items(fields.get(name), depth + 1) if depth < DEEPEST else ()


def _item(fields: Mapping[str, Any], name: str) -> Item:
    """What an item says."""
    html, text = _body(fields)
    embargo = fields.get("embargoeduntil", fields.get("embargoed"))
    sources = [*_listed(fields, "infosources"), *_listed(fields, "infosource")]
    named = [_text(one, "name") or _text(one, "literal") for one in sources]
    provider = next((one for one in (*named, _text(fields, "source"), _text(fields, "copyrightholder")) if one), "")
    headlines = [_text(fields, "headline"), *(_text(one, "value") for one in _listed(fields, "headlines"))]
    found = [" ".join(line.split()) for line in headlines if line.strip()]
    return Item(
        id=_text(fields, "uri") or _text(fields, "guid") or name,
        html=html,
        text=text,
        headlines=tuple(dict.fromkeys(found or [_text(fields, "title")])),
        byline=_text(fields, "by") or _text(fields, "byline"),
        lang=_text(fields, "language") or None,
        made=_text(fields, "versioncreated"),
        provider=provider,
        status=_text(fields, "pubstatus").lower(),
        embargoed=None if embargo is None else str(embargo),
    )


def _body(fields: Mapping[str, Any]) -> tuple[str, str]:
    """The text as HTML, or as it stands: marked up before plain, a body before a description."""
    bodies = [
        (f"{_text(one, 'role')} {_text(one, 'contenttype')}", _text(one, "value")) for one in _listed(fields, "bodies")
    ]
    bodies += [(name, value) for name, value in fields.items() if name.startswith("body_") and isinstance(value, str)]
    bodies = [(kind.lower(), value) for kind, value in bodies if value.strip()]
    html = next((value for kind, value in bodies if "html" in kind), "")
    nitf = next((value for kind, value in bodies if "nitf" in kind), "")
    plain = [value for kind, value in bodies if "html" not in kind and "nitf" not in kind]
    html = html or _from_nitf(nitf)
    if html or plain:
        return html, next(iter(plain), "")
    told = [
        _text(one, "value") for one in _listed(fields, "descriptions") if _text(one, "role").lower() != "creditline"
    ]
    return "", next((one for one in (*told, _text(fields, "description_text")) if one), "")


def _from_nitf(text: str) -> str:
    try:
        return html_of(parsed(text.encode())) if text else ""
    except (etree.LxmlError, ValueError):
        return ""


def _listed(fields: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects of a list, with their names in small letters."""
    value = fields.get(name)
    listed = value if isinstance(value, list) else []
    return [{str(key).lower(): part for key, part in one.items()} for one in listed if isinstance(one, dict)]


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""
