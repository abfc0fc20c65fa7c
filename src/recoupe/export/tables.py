"""The store as flat tables, one row a record: what CSV, Parquet and SQLite files hold.

Spans are two columns, `…_start` and `…_end` (code points, end exclusive); lists are joined by " | "; an entity is named
by its id, with its label beside it where a reader needs one. Every table has the columns given here and no others.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from ..model.codes import claim_codes, event_codes
from ..model.records import Annotated, Claim, Event, Figure, Name, Record, Span, Time
from ..model.relations import Passage, Ref
from .content import Content

Cell = str | int | float | bool | None
Row = dict[str, Cell]
Kind = type[str] | type[int] | type[float] | type[bool]
SEPARATOR = " | "


class Table(NamedTuple):
    """A table: its columns with their types, in order, and its rows."""

    columns: Mapping[str, Kind]
    rows: Callable[[Content], Iterator[Row]]


def rows_of(content: Content, table: Table) -> Iterator[Row]:
    """The rows of a table, each with all its columns."""
    for row in table.rows(content):
        yield {column: row.get(column) for column in table.columns}


def _spans(name: str, span: Span | None) -> Row:
    return {f"{name}_start": span[0] if span else None, f"{name}_end": span[1] if span else None}


def _joined(parts: Sequence[str]) -> str:
    return SEPARATOR.join(parts)


def _refs(refs: Sequence[Ref]) -> str:
    return _joined([f"{doc}#{record}" for doc, record in refs])


def _passage(name: str, passage: Passage) -> Row:
    return {f"{name}_article": passage[0], f"{name}_start": passage[1], f"{name}_end": passage[2]}


def _articles(content: Content) -> Iterator[Row]:
    for one in content.articles:
        about = one.article
        row: Row = {name: getattr(about, name) for name in _ARTICLE if hasattr(about, name)}
        row["translated_why"] = _joined(about.translated_why)
        row["stories"] = _joined([story.id for story in content.stories_of.get(about.id, ())])
        yield row


def _record(one: Annotated, record: Record) -> Row:
    return {"article": one.article.id, "id": record.id, "start": record.start, "end": record.end, "text": record.text}


def _claims(content: Content) -> Iterator[Row]:
    for one in content.articles:
        doc = one.article.id
        for claim in one.layer(Claim):
            entity, codes = content.entity(doc, claim.source_entity), claim_codes(claim)
            statement = content.statement_of.get((doc, claim.id))
            yield {
                **_record(one, claim), **_spans("source", claim.source), **_spans("cue", claim.cue),
                **_spans("channel", claim.channel), "words": content.words_of(doc, claim),
                "source": content.raw(doc, claim.source), "source_entity": entity.id if entity else None,
                "source_label": entity.label if entity else None, "cue": content.raw(doc, claim.cue),
                "channel": content.raw(doc, claim.channel), "form": claim.form, "act": claim.act,
                "polarity": claim.polarity, "certainty": claim.certainty, "within": claim.within,
                "via": _joined(claim.via), "statement": statement.id if statement else None,
                "texts": statement.texts if statement else None, "cameo": codes.cameo, "plover": codes.plover,
                "review": content.status(doc, claim.id),
            }  # fmt: skip


def _figures(content: Content) -> Iterator[Row]:
    for one in content.articles:
        doc = one.article.id
        for figure in one.layer(Figure):
            row: Row = {name: getattr(figure, name) for name in _FIGURE if hasattr(figure, name)}
            party, by = content.entity(doc, figure.party), content.entity(doc, figure.by)
            happening = content.happening_of.get((doc, figure.event or ""))
            yield {
                **row, **_record(one, figure), **_spans("of", figure.of), "counts": _joined(figure.counts),
                "claims": _joined(figure.claims), "party": party.id if party else figure.party,
                "by": by.id if by else figure.by, "happening": happening.id if happening else None,
                "review": content.status(doc, figure.id),
            }  # fmt: skip


def _events(content: Content) -> Iterator[Row]:
    for one in content.articles:
        doc = one.article.id
        for event in one.layer(Event):
            happening, codes = content.happening_of.get((doc, event.id)), event_codes(event)
            yield {
                **_record(one, event), "type": event.type, "status": event.status, "means": event.means,
                "actor": content.raw(doc, event.actor), "target": content.raw(doc, event.target),
                "place": content.raw(doc, event.place), "time": content.raw(doc, event.time_span),
                **_spans("actor", event.actor), **_spans("target", event.target), **_spans("place", event.place),
                **_spans("time", event.time_span), "claims": _joined(event.claims),
                "happening": happening.id if happening else None, **msgspec.structs.asdict(codes),
                "review": content.status(doc, event.id),
            }  # fmt: skip


def _names(content: Content) -> Iterator[Row]:
    for one in content.articles:
        doc = one.article.id
        for name in one.layer(Name):
            entity, meant = content.entity(doc, name.entity), content.entity(doc, name.stands_for)
            yield {
                **_record(one, name), "type": name.type, "entity": entity.id if entity else name.entity,
                "stands_for": meant.id if meant else name.stands_for,
            }  # fmt: skip


def _times(content: Content) -> Iterator[Row]:
    for one in content.articles:
        for time in one.layer(Time):
            row: Row = {name: getattr(time, name) for name in _TIME if hasattr(time, name)}
            yield {**row, **_record(one, time)}


def _entities(content: Content) -> Iterator[Row]:
    for entity in content.relations.entities:
        place = entity.place
        yield {
            "id": entity.id, "slug": entity.slug, "type": entity.type, "label": entity.label,
            "forms": _joined([form for form, _ in entity.forms]), "mentions": len(entity.mentions),
            "articles": len({doc for doc, _ in entity.mentions}), "lat": place.lat if place else None,
            "lon": place.lon if place else None, "precision": place.precision if place else None,
            "country": place.country if place else None, "unsure": _joined([other for other, _ in entity.unsure]),
        }  # fmt: skip


def _statements(content: Content) -> Iterator[Row]:
    for one in content.relations.statements:
        yield {
            "id": one.id, "claims": _refs(one.claims), "shown": _refs([one.shown]), "act": one.act,
            "polarity": one.polarity, "source": one.source, "source_label": content.label(one.source) or None,
            "texts": one.texts, "first_sources": _joined([content.label(first) for first in one.first_sources]),
            "withdrawn": _refs([one.withdrawn, *one.withdrawn_too]) if one.withdrawn else None,
        }  # fmt: skip


def _happenings(content: Content) -> Iterator[Row]:
    for one in content.relations.happenings:
        yield {
            "id": one.id, "type": one.type, "means": one.means, "actor": one.actor,
            "actor_label": content.label(one.actor) or None, "target": one.target,
            "target_label": content.label(one.target) or None, "place": one.place,
            "place_label": content.label(one.place) or None, "earliest": one.earliest, "latest": one.latest,
            "mentions": _refs(one.mentions),
        }  # fmt: skip


def _stories(content: Content) -> Iterator[Row]:
    for one in content.relations.stories:
        yield {
            "id": one.id, "story": one.story, "title": one.title, "articles": _joined(one.docs), "texts": one.texts,
            "happenings": _joined(one.happenings),
        }  # fmt: skip


def _reuse(content: Content) -> Iterator[Row]:
    for one in content.relations.reuse:
        yield {"id": one.id, "kind": one.kind, "first": one.first, **_passage("a", one.a), **_passage("b", one.b)}


def _origins(content: Content) -> Iterator[Row]:
    for one in content.relations.origins:
        yield {"id": one.id, "articles": _joined(one.docs), "evidence": _joined(one.evidence), "sure": one.sure}


def _disputes(content: Content) -> Iterator[Row]:
    for one in content.relations.disputes:
        yield {
            "id": one.id, "question": one.question, "kind": one.kind, "relation": one.relation, "why": one.why,
            "story": one.story, "answers": len(one.answers),
        }  # fmt: skip


def _answers(content: Content) -> Iterator[Row]:
    for one in content.relations.disputes:
        for answer in one.answers:
            row: Row = {name: getattr(answer, name) for name in _ANSWER if hasattr(answer, name)}
            entity = content.entity(answer.doc, answer.source_entity)
            yield {
                **row, "dispute": one.id, "article": answer.doc, "source": entity.id if entity else None,
                "source_label": entity.label if entity else None,
                "withdrawn": _refs([answer.withdrawn, *answer.withdrawn_too]) if answer.withdrawn else None,
            }  # fmt: skip


def _truces(content: Content) -> Iterator[Row]:
    for one in content.relations.truces:
        yield {
            "id": one.id, "stage": one.stage, "mutual": one.mutual, "by": _joined(one.by),
            "by_label": _joined([content.label(who) for who in one.by]), "earliest": one.earliest,
            "latest": one.latest, "zone": one.zone, "scope": _joined([content.raw(p[0], p[1:]) for p in one.scope]),
            "mentions": _refs(one.mentions), "story": one.story,
        }  # fmt: skip


def _stances(content: Content) -> Iterator[Row]:
    for truce in content.relations.truces:
        for one in truce.answers:
            yield {
                "truce": truce.id, "side": one.side, "side_label": content.label(one.side) or None,
                "stance": one.stance, "article": one.claim[0], "record": one.claim[1],
            }  # fmt: skip


def _incidents(content: Content) -> Iterator[Row]:
    for truce in content.relations.truces:
        for one in truce.incidents:
            yield {
                "truce": truce.id, "when": one.when, "article": one.event[0], "event": one.event[1],
                "claim": one.claim[1] if one.claim else None, "actor": one.actor,
                "actor_label": content.label(one.actor) or None, "place": one.place,
                "place_label": content.label(one.place) or None,
            }  # fmt: skip


def _reviews(content: Content) -> Iterator[Row]:
    for one in content.said:
        fields = _joined([f"{key}: {value}" for key, value in one.fields.items()])
        yield {
            "article": one.doc or None, "record": one.record, "layer": one.layer, "verdict": one.verdict,
            "status": one.status, "who": one.who, "at": one.at, "note": one.note, "fields": fields,
            "quote": one.quote, "program": one.program,
        }  # fmt: skip


def _typed(*names: str, **others: Kind) -> dict[str, Kind]:
    """Columns of text, in order; `others` are those of another type, at the end."""
    return {**dict.fromkeys(names, str), **others}


def _span(*names: str) -> dict[str, Kind]:
    return {f"{name}_{edge}": int for name in names for edge in ("start", "end")}


_HEAD: dict[str, Kind] = {"article": str, "id": str, "start": int, "end": int, "text": str}
_ARTICLE = _typed(
    "id", "version", "sha256", "lang", "published", "published_by", "source", "read", "url", "title", "outlet",
    "translated_why", "stories", "text", translated=bool,
)  # fmt: skip
_FIGURE: dict[str, Kind] = {
    **_HEAD, "low": float, "high": float, "strict": bool, "approx": bool, "unit": str, "counts": str, "measure": str,
    "party": str, "by": str, "per": str, "claims": str, "event": str, "happening": str, "as_of": str,
    "cumulative": bool, "supersedes": str, "review": str, **_span("of"),
}  # fmt: skip
_TIME = {**_HEAD, **_typed("type", "value", "quant", "mod", "zone", "earliest", "latest", "grain")}
_ANSWER: dict[str, Kind] = {
    "dispute": str, "group": int, "article": str, "start": int, "end": int, "text": str, "voice": str, "claim": str,
    "source": str, "source_label": str, "low": float, "high": float, "says": str, "withdrawn": str,
}  # fmt: skip
TABLES: dict[str, Table] = {
    "articles": Table(_ARTICLE, _articles),
    "claims": Table(
        {
            **_HEAD, **_typed("words", "source", "source_entity", "source_label", "cue", "channel", "form", "act",
            "polarity", "certainty", "within", "via", "statement", "cameo", "plover", "review"), "texts": int,
            **_span("source", "cue", "channel"),
        },
        _claims,
    ),
    "figures": Table(_FIGURE, _figures),
    "events": Table(
        {
            **_HEAD, **_typed("type", "status", "means", "actor", "target", "place", "time", "claims", "happening",
            "acled", "cameo", "plover", "review"), **_span("actor", "target", "place", "time"),
        },
        _events,
    ),
    "names": Table({**_HEAD, **_typed("type", "entity", "stands_for")}, _names),
    "times": Table(_TIME, _times),
    "entities": Table(
        {**_typed("id", "slug", "type", "label", "forms", "precision", "country", "unsure"), "mentions": int,
         "articles": int, "lat": float, "lon": float},
        _entities,
    ),
    "statements": Table(
        {**_typed("id", "shown", "claims", "act", "polarity", "source", "source_label", "first_sources", "withdrawn"),
         "texts": int},
        _statements,
    ),
    "happenings": Table(
        _typed("id", "type", "means", "actor", "actor_label", "target", "target_label", "place", "place_label",
               "earliest", "latest", "mentions"),
        _happenings,
    ),
    "stories": Table({**_typed("id", "story", "title", "articles", "happenings"), "texts": int}, _stories),
    "reuse": Table({**_typed("id", "kind", "first", "a_article", "b_article"), **_span("a", "b")}, _reuse),
    "origins": Table(_typed("id", "articles", "evidence", sure=bool), _origins),
    "disputes": Table({**_typed("id", "question", "kind", "relation", "why", "story"), "answers": int}, _disputes),
    "answers": Table(_ANSWER, _answers),
    "truces": Table(
        _typed(
            "id", "stage", "by", "by_label", "earliest", "latest", "zone", "scope", "mentions", "story", mutual=bool
        ),
        _truces,
    ),
    "stances": Table(_typed("truce", "side", "side_label", "stance", "article", "record"), _stances),
    "reviews": Table(
        _typed("article", "record", "layer", "verdict", "status", "who", "at", "note", "fields", "quote", "program"),
        _reviews,
    ),
    "incidents": Table(
        _typed("truce", "when", "article", "event", "claim", "actor", "actor_label", "place", "place_label"), _incidents
    ),
}  # fmt: skip
