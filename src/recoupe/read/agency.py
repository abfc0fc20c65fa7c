"""An agency's item, from whichever format: what it says of itself, and its text as that of a page."""

import datetime
import html
import re
from collections.abc import Iterator

import msgspec

from .address import web_address
from .html import page_of
from .problem import Problem, canceled, refused
from .received import LONGEST_ID, LONGEST_TEXT, Embargo, Known, Received
from .wrapped import paragraphs

# Until a person says otherwise.
WITHOUT_END = "9999-01-01T00:00:00+00:00"
# An hour without a zone is reached last where the day ends last, twelve hours after Greenwich.
LAST_ZONE = datetime.timezone(datetime.timedelta(hours=-12))
# A headline or byline that stands in the first characters of the body is not written above it again.
TOP = 3_000
TAG = re.compile(r"<[^<>]*>")
MARKUP = re.compile(r"<(?:p|div|br|html|body|section)\b[^<>]{0,500}>", re.I)
PARAGRAPH = re.compile(r"(<p\b[^<>]{0,500}>)([^<>]*)(</p>)", re.I)


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """What an agency sends. The body is `html`, else `text`; `made` is when this version was made, `embargoed` until
    when it is held back (None: it is not; empty: nobody says), both as the item has them."""

    id: str
    html: str = ""
    text: str = ""
    headlines: tuple[str, ...] = ()
    byline: str = ""
    dateline: str = ""
    lang: str | None = None
    made: str = ""
    provider: str = ""
    status: str = ""
    embargoed: str | None = None


def received(item: Item, place: str, sha256: str) -> Iterator[Received | Problem]:
    """The article of an item, or why there is none."""
    if not item.id or len(item.id) > LONGEST_ID:
        yield refused(place, "no_id")
        return
    if item.status in ("canceled", "cancelled"):
        yield canceled(place, item.id, WITHOUT_END, item.provider[:80], _instant(item.made))
        return
    body = _laid_out(item.html) or (_laid_out(item.text) if MARKUP.search(item.text[:TOP]) else _marked(item.text))
    if not body.strip():
        yield refused(place, "empty")
        return
    if len(body) > LONGEST_TEXT:
        yield refused(place, "too_long", limit=LONGEST_TEXT)
        return
    page = page_of(_page(item, body))
    title = next(iter(item.headlines), None)
    yield Received(
        id=item.id,
        text=page.text,
        sha256=sha256,
        place=place,
        page=Known(
            published=item.made, lang=item.lang, url=web_address(item.id) or None, title=title, outlet=item.provider
        ),
        hints=page.hints,
        repairs=page.repairs,
        made=_instant(item.made),
        embargo=_embargo(item),
    )


def _embargo(item: Item) -> Embargo | None:
    """What is withheld has no hour, and what has an hour that cannot be read is held back as well."""
    if item.status == "withheld":
        return Embargo(WITHOUT_END, item.provider[:80])
    if item.embargoed is None:
        return None
    return Embargo(_instant(item.embargoed) or WITHOUT_END, item.provider[:80])


def _instant(value: str) -> str:
    """An instant in ISO 8601, UTC; empty where it is none."""
    try:
        found = datetime.datetime.fromisoformat(value.strip())
        found = found.replace(tzinfo=LAST_ZONE) if found.tzinfo is None else found
        return found.astimezone(datetime.UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return ""


def _laid_out(body: str) -> str:
    """A body whose paragraphs are laid out as wires do (only the first line of each is indented), with breaks."""
    return PARAGRAPH.sub(lambda match: f"{match[1]}{_broken(match[2])}{match[3]}", body)


def _broken(text: str) -> str:
    lines = [line for line in text.split("\n")[1:] if line.strip()]
    wire = any(line[0].isspace() for line in lines) and not all(line[0].isspace() for line in lines)
    return "<br>".join(paragraphs(text)) if wire else text


def _marked(text: str) -> str:
    return "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs(text))


def _page(item: Item, body: str) -> str:
    """The item as a page: headlines, byline and dateline above the body, where they are not in it."""
    top = _folded(html.unescape(TAG.sub(" ", body[:TOP])))
    parts = [(f"h{min(n, 2)}", "", line) for n, line in enumerate(item.headlines, 1)]
    parts += [("p", "byline", item.byline), ("p", "dateline", item.dateline)]
    head = "".join(
        f'<{tag} class="{kind}">{html.escape(line)}</{tag}>'
        for tag, kind, line in parts
        if line.strip() and _folded(line) not in top
    )
    title = html.escape(next(iter(item.headlines), ""))
    return f"<html><head><title>{title}</title></head><body><article>{head}{body}</article></body></html>"


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()
