"""From what a reader hands on to an article: its language, its date, its text mended where it was mangled."""

from collections.abc import Iterator

from ..lang import available, pack
from ..model.article import Article
from .decode import unmangled
from .language import settle
from .problem import Problem, held_back, refused, repaired
from .published import given_date, page_date, stamped_date
from .received import LONGEST_ID, LONGEST_TEXT, Received
from .translated import signs


def articles(received: Received, now: str) -> Iterator[Article | Problem]:
    """What was mended, then the article; or why there is none. `now` is when it was read (ISO 8601, UTC); what an
    archive holds was read when it was captured."""
    place, text = received.place, received.text
    now = min(received.captured or now, now)
    reason = _refusal(text)
    if reason:
        yield refused(place, reason, limit=LONGEST_TEXT)
        return
    if len(received.id) > LONGEST_ID or "\0" in received.id:
        yield refused(place, "bad_id", limit=LONGEST_ID)
        return
    given, page = received.given, received.page
    published = given_date(given.published) if given.published else None
    if given.published and published is None:
        yield refused(place, "bad_date", value=given.published[:40])
        return
    hints, repairs = received.hints, list(received.repairs)
    mended = unmangled(text)
    if mended != text:
        repairs.append("mojibake")
        hints = _moved(hints, text, mended)
        text = mended
    code, language = settle(text, given.lang, page.lang)
    if code is None:
        yield refused(
            place, "no_pack", language=language[:40], known=", ".join(pack(c).about.name for c in available())
        )
        return
    for repair in dict.fromkeys(repairs):
        yield repaired(place, repair)
    if received.embargo is not None:
        yield held_back(place, received.id, received.embargo.until, received.embargo.by)
    published_by = "given" if published else ""
    if not published and (published := page_date(page.published, now)):
        published_by = "metadata"
    if not published:
        packs = [pack(code), *(pack(other) for other in available() if other != code)]
        published = stamped_date(text, packs, now)
        published_by = "text" if published else ""
    why = signs(text, pack(code))
    yield Article(
        id=received.id,
        text=text,
        sha256=received.sha256,
        lang=code,
        published=published,
        published_by=published_by,
        source=place,
        read=now,
        url=_one_line(given.url or page.url),
        title=_one_line(given.title or page.title),
        outlet=_one_line(given.outlet or page.outlet),
        translated=bool(why),
        translated_why=why,
        hints=hints,
    )


def _refusal(text: str) -> str:
    if not any(character.isprintable() and not character.isspace() for character in text):
        return "binary" if "\0" in text else "empty"
    if len(text) > LONGEST_TEXT:
        return "too_long"
    return "binary" if "\0" in text else ""


def _moved(hints: tuple[tuple[int, int, str], ...], before: str, after: str) -> tuple[tuple[int, int, str], ...]:
    """Hints are of whole lines, and mending keeps the lines: each moves with its line."""
    spans = dict(zip(_lines(before), _lines(after), strict=True))
    return tuple((*spans[start, end], kind) for start, end, kind in hints if (start, end) in spans)


def _lines(text: str) -> list[tuple[int, int]]:
    spans, offset = [], 0
    for line in text.split("\n"):
        spans.append((offset, offset + len(line)))
        offset += len(line) + 1
    return spans


def _one_line(value: str | None) -> str:
    # A zero is no sign of any writing, and not every database takes it.
    return " ".join((value or "").replace("\0", " ").split())
