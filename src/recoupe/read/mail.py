"""Letters (.eml): a newsletter's HTML as a page, else its plain text. Attachments are left."""

import email
import email.utils
import hashlib
import re
from collections.abc import Iterator
from email.header import decode_header
from email.message import Message
from pathlib import Path

import msgspec

from .address import web_address
from .decode import codec, decode
from .html import received_page
from .problem import Problem, refused
from .received import LONGEST_BYTES, LONGEST_FILE, LONGEST_TEXT, Known, Received, shown, stem
from .wrapped import paragraphs, unflowed

# The fields with which letters begin.
FIRST = re.compile(
    rb"(?:From |(?:From|To|Subject|Date|Message-ID|Received|Return-Path|Delivered-To|MIME-Version|Reply-To|List-Id|"
    rb"DKIM-Signature|X-[\w-]{1,40}|ARC-[\w-]{1,40}):)", re.I
)  # fmt: skip
SENT = re.compile(rb"^(?:From|Date):.*$", re.I | re.M)
# A letter with more parts is none.
MOST_PARTS = 1_000
LONGEST_FIELD = 2_000


class MailReader:
    """One article a letter."""

    name = "mail"
    suffixes: tuple[str, ...] = (".eml",)

    def takes(self, head: bytes) -> bool:
        """Whether a letter begins so."""
        return bool(FIRST.match(head)) and len(SENT.findall(head)) >= 2

    def __call__(self, path: Path) -> Iterator[Received | Problem]:
        """The article, or why there is none."""
        place = shown(path)
        with path.open("rb") as file:
            data = file.read(LONGEST_FILE + 1)
        if len(data) > LONGEST_FILE:
            yield refused(place, "too_large", limit=LONGEST_FILE // 1_000_000)
            return
        try:
            letter = email.message_from_bytes(data)
            part = _text(letter)
            found = _received(letter, part, stem(path), place) if part is not None else refused(place, "empty")
        except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
            # What the standard library's reader stumbles over; it promises to raise nothing, and does.
            yield refused(place, "not_mail", detail=type(error).__name__)
            return
        yield found


def _received(letter: Message, part: Message, name: str, place: str) -> Received | Problem:
    charset = part.get_content_charset()
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if len(data) > LONGEST_BYTES:
        return refused(place, "too_long", limit=LONGEST_TEXT)
    id = _field(letter, "Message-ID").strip("<> ") or name
    if part.get_content_subtype() == "html":
        page = received_page(data, id, place, charset)
        return msgspec.structs.replace(page, page=_known(letter, page.page)) if page else refused(place, "binary")
    decoded = decode(data, charset)
    if decoded is None:
        return refused(place, "binary")
    text = decoded.text.replace("\r\n", "\n")
    if str(part.get_param("format", "")).lower() == "flowed":
        text = unflowed(text, delete_space=str(part.get_param("delsp", "")).lower() == "yes")
    return Received(
        id=id,
        text="\n".join(paragraphs(text)),
        sha256=hashlib.sha256(data).hexdigest(),
        place=place,
        page=_known(letter, Known()),
        repairs=decoded.repairs,
    )


def _known(letter: Message, page: Known) -> Known:
    """What the letter says of itself, else what its page says."""
    sender, address = email.utils.parseaddr(_field(letter, "From"))
    return Known(
        published=_field(letter, "Date") or page.published,
        lang=_field(letter, "Content-Language").partition(",")[0].strip() or page.lang,
        url=web_address(_field(letter, "Archived-At")) or page.url,
        title=_field(letter, "Subject") or page.title,
        outlet=sender or address.rpartition("@")[2],
    )


def _text(letter: Message) -> Message | None:
    """The part to read: the first HTML that is no attachment, else the first plain text."""
    found: dict[str, Message] = {}
    waiting, seen = [letter], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop()
        seen += 1
        if part.get_content_disposition() == "attachment" or part.get_content_maintype() == "message":
            continue
        below = part.get_payload()
        if isinstance(below, list):
            waiting += reversed([one for one in below if isinstance(one, Message)])
        elif part.get_content_maintype() == "text" and str(below).strip():
            found.setdefault(part.get_content_subtype(), part)
    return found.get("html") or found.get("plain")


def _field(letter: Message, name: str) -> str:
    """A field's words, on one line; empty where the letter has none such."""
    raw = next((value for key, value in letter.raw_items() if key.lower() == name.lower()), "")
    data = str(raw)[:LONGEST_FIELD].encode("ascii", "surrogateescape")
    parts = []
    for part, charset in decode_header(data.decode("utf-8", "replace")):
        if isinstance(part, str):
            parts.append(part)
            continue
        try:
            parts.append(part.decode(codec(charset or "utf-8"), "replace"))
        except LookupError:
            parts.append(part.decode("utf-8", "replace"))
    return " ".join("".join(parts).split())
