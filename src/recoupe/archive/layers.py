"""The tables of an archive: a column for each field of a record, so that any program that reads Parquet can ask."""

import types
from collections.abc import Iterable, Mapping
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from ..lang import pack
from ..model.article import Article
from ..model.records import LAYERS, Annotated, layer_of
from ..read import Problem
from ..relate import Summary
from ..relate.reading import stems
from ..relate.reuse import Page, Passages
from ..relate.words import RelateWords
from .files import arrow
from .reading import PROBLEM

ARTICLE, PARAGRAPH, FEATURE = "article", "paragraph", "feature"
# What the relating across the archive reads, beside the records; and what was refused or mended of the inputs: where,
# the phrase that says it, and what fills that in (JSON).
FOUND: dict[str, dict[str, Any]] = {
    PROBLEM: {"place": str, "key": str, "values": str, "repaired": bool},
    PARAGRAPH: {"doc": str, "lang": str, "start": int, "end": int, "words": str},
    FEATURE: {
        "doc": str, "number": int, "published": str, "low": int, "high": int, "long": bool, "kind": str, "value": str,
        "weight": float,
    },
}  # fmt: skip
KINDS: dict[str, type] = {ARTICLE: Article, **{str(kind.__struct_config__.tag): kind for kind in LAYERS}}
# Columns that every record has besides its own.
OF_RECORD = {"doc": str, "version": str, "n": int}


def columns(table: str) -> dict[str, Any]:
    """The columns of a table and their types."""
    if table in FOUND:
        return FOUND[table]
    own = {name: kind for name, kind in get_type_hints(KINDS[table]).items() if not name.startswith("__")}
    return {**({"version": str} if table == ARTICLE else OF_RECORD), **own}


TABLES: tuple[str, ...] = (*KINDS, *FOUND)


def schema(table: str) -> Any:
    """The schema of a table, as pyarrow has it."""
    return arrow().schema([(name, _type(kind)) for name, kind in columns(table).items()])


def _type(kind: Any) -> Any:
    """The type of a column: of several numbers the widest, of a tuple a list."""
    at = arrow()
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        wide = [one for one in inner if one is not type(None)]
        return at.float64() if float in wide else _type(wide[0])
    if origin is Literal:
        return at.string()
    if origin is tuple:
        if len(set(inner) - {Ellipsis}) > 1:  # an article's hints: two offsets and a kind
            return at.struct([(f"f{n}", _type(one)) for n, one in enumerate(inner)])
        return at.list_(_type(inner[0]))
    return {str: at.string(), int: at.int64(), float: at.float64(), bool: at.bool_()}[kind]


def rows(found: Annotated, summary: Summary | None) -> Iterable[tuple[str, Mapping[str, object]]]:
    """The rows of an article and its records, by table. With its summary also those that relating reads: it is that of
    the version in force."""
    article = found.article
    yield ARTICLE, {"version": article.version, **_fields(article), "hints": [_named(hint) for hint in article.hints]}
    for n, record in enumerate(found.records):
        yield layer_of(record), {"doc": article.id, "version": article.version, "n": n, **_fields(record)}
    if summary is not None:
        yield from _relating(found, summary)


def problem(found: Problem) -> Mapping[str, object]:
    """The row of what was refused or mended."""
    values = msgspec.json.encode(found.values).decode()
    return {"place": found.values.get("place", ""), "key": found.key, "values": values, "repaired": found.repaired}


def _relating(found: Annotated, summary: Summary) -> Iterable[tuple[str, Mapping[str, object]]]:
    article = found.article
    stopped = pack(article.lang).words(RelateWords, "relate").stopped
    page = Page(article, Passages(summary.passages.paragraphs, ()))
    for start, end in page.spans:
        words = " ".join(stems(page.text[start:end], stopped))
        yield PARAGRAPH, {"doc": article.id, "lang": article.lang, "start": start, "end": end, "words": words}
    about = {
        "doc": article.id, "number": summary.number, "published": article.published, "low": summary.low,
        "high": summary.high, "long": summary.long,
    }  # fmt: skip
    for (kind, value), weight in summary.vector.items():
        yield FEATURE, {**about, "kind": kind, "value": value, "weight": weight}


def _fields(one: msgspec.Struct) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__struct_fields__}


def _named(hint: tuple[object, ...]) -> dict[str, object]:
    return {f"f{n}": value for n, value in enumerate(hint)}
