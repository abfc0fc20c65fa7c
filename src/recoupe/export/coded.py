"""Events and claims by the codes of two event data sets: CAMEO as a table, PLOVER as records.

Both code what is told to have been done or said by whom to whom: events from their own code, claims from their act.
What is only feared or supposed is left out; what is announced or denied keeps its status beside the code.
"""

import json
from collections.abc import Iterator
from typing import NamedTuple

from ..model.codes import Codes, claim_codes, event_codes
from ..model.harmless import plain
from ..model.records import Annotated, Claim, Event, Name, Span, overlapping
from .content import Content
from .csv import cell


class Coded(NamedTuple):
    """One coded act: who, to whom, where, when, in which words."""

    article: Annotated
    record: Event | Claim
    codes: Codes
    status: str
    source: str
    target: str
    place: str
    date: str


def coded(content: Content) -> Iterator[Coded]:
    """Every act of every article that has a code."""
    for one in content.articles:
        doc = one.article.id
        names = one.layer(Name)

        def who(span: Span | None, names: list[Name] = names, doc: str = doc) -> str:
            found = overlapping(names, span) if span else []
            entity = content.entity(doc, found[0].stands_for or found[0].entity) if found else None
            return entity.label if entity else content.raw(doc, span)

        for record in one.records:
            if isinstance(record, Event) and record.status != "possible":
                happening = content.happening_of.get((doc, record.id))
                date = (happening.earliest or "")[:10] if happening else ""
                yield Coded(
                    one, record, event_codes(record), record.status, who(record.actor), who(record.target),
                    who(record.place), date,
                )  # fmt: skip
            elif isinstance(record, Claim) and claim_codes(record).plover:
                speaker = content.entity(doc, record.source_entity)
                source = speaker.label if speaker else content.raw(doc, record.source)
                yield Coded(one, record, claim_codes(record), record.act, source, "", "", one.article.published or "")


def cameo(content: Content) -> Iterator[bytes]:
    """Tab-separated: record, date, source, target, CAMEO code, status, place, article, words; safe in spreadsheets as
    the tables are."""
    columns = ("record", "date", "source", "target", "cameo", "status", "place", "article", "outlet", "text")
    yield ("\t".join(columns) + "\n").encode()
    for found in coded(content):
        if found.codes.cameo:
            about = found.article.article
            cells = (
                found.record.id, found.date, found.source, found.target, found.codes.cameo, found.status, found.place,
                about.id, about.outlet, found.record.text,
            )  # fmt: skip
            yield ("\t".join(str(cell(" ".join(plain(one).split()))) for one in cells) + "\n").encode()


def plover(content: Content) -> Iterator[bytes]:
    """One JSON object a line, with PLOVER's field names."""
    for found in coded(content):
        if found.codes.plover:
            about = found.article.article
            row = {
                "id": found.record.id, "date": found.date or None, "type": found.codes.plover, "mode": found.status,
                "actor": [found.source] if found.source else [], "recipient": [found.target] if found.target else [],
                "location": found.place or None, "text": found.record.text, "start": found.record.start,
                "end": found.record.end, "source": about.id, "publication": about.outlet or None, "lang": about.lang,
            }  # fmt: skip
            yield json.dumps(row, ensure_ascii=False).encode() + b"\n"
