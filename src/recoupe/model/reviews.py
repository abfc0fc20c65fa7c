"""What a person says of a record, and how it finds the record again after the machine has run anew."""

import unicodedata
from collections.abc import Iterable
from typing import Literal

import msgspec

from .records import Annotated, AnyRecord

Verdict = Literal["confirmed", "rejected", "corrected", "noted", "settled", "set", "withdrawn"]
Status = Literal["to_check", "checked", "published"]
# So much text before and after a quotation tells it from its repeats.
AROUND = 32


class Review(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of the log. `doc` and `record` name what it is about: a record of an article, or, with `doc` empty,
    what `layer` says: a dispute, an entity, a story, an outlet (by its name), the store. `quote`, `prefix` and `suffix`
    are the record's characters and what stands around them, `about` what a relation is made of (article id and words
    of each answer of a dispute, articles of a story, spellings of an entity), so that each is found again where ids
    have changed. `fields` are the corrected values, or, with `set`, the settings of model/care.py; `withdrawn` takes
    back what the same person said before. `at` is an ISO 8601 instant, `program` the version that showed the record."""

    doc: str
    record: str
    layer: str
    verdict: Verdict
    who: str
    at: str
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    note: str = ""
    fields: dict[str, str] = {}
    status: Status = "to_check"
    program: str = ""
    about: tuple[tuple[str, str], ...] = ()


def quoted(found: Annotated, record: AnyRecord) -> dict[str, str]:
    """The characters of a record and those around them, as a review keeps them."""
    text = found.article.text
    return {
        "quote": text[record.start : record.end], "prefix": text[max(0, record.start - AROUND) : record.start],
        "suffix": text[record.end : record.end + AROUND],
    }  # fmt: skip


def attached(found: Annotated, reviews: Iterable[Review]) -> tuple[dict[str, list[Review]], list[Review]]:
    """Which record each review of an article is about: by id, else by its quotation and what stands around it; and the
    orphans, which neither finds. What is set of the article itself is about no record."""
    by_id = {record.id: record for record in found.records}
    held: dict[str, list[Review]] = {}
    orphans = []
    for review in reviews:
        if not review.record:
            continue
        record = by_id.get(review.record) or _again(found, review)
        if record is None:
            orphans.append(review)
        else:
            held.setdefault(record.id, []).append(review)
    return held, orphans


def by_record(articles: Iterable[Annotated], reviews: Iterable[Review]) -> dict[tuple[str, str], list[Review]]:
    """What is said of each record of some articles, by article and record."""
    said: dict[str, list[Review]] = {}
    for review in reviews:
        said.setdefault(review.doc, []).append(review)
    return {
        (one.article.id, record): some
        for one in articles
        if one.article.id in said
        for record, some in attached(one, said[one.article.id])[0].items()
    }


def _again(found: Annotated, review: Review) -> AnyRecord | None:
    """The record of the same layer on the quoted characters, where these stand once between the same neighbours."""
    text, whole = found.article.text, review.prefix + review.quote + review.suffix
    if not review.quote:
        return None
    at = text.find(whole)
    if at < 0 or text.find(whole, at + 1) >= 0:
        return None
    start = at + len(review.prefix)
    span = (start, start + len(review.quote))
    return next((one for one in found.records if one.span == span and one.__struct_config__.tag == review.layer), None)


def in_force(reviews: Iterable[Review]) -> list[Review]:
    """The last word of each person on one thing, those taken back left out."""
    last: dict[str, Review] = {}
    for review in reviews:
        who = person(review.who)
        last.pop(who, None)
        if review.verdict != "withdrawn":
            last[who] = review
    return list(last.values())


def person(who: str) -> str:
    """Who signs, however the name was typed: capitals, spaces and signs that nobody sees make no second person."""
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", who) if unicodedata.category(sign) != "Cf")
    return " ".join(seen.casefold().split())
