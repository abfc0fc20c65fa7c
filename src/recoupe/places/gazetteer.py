"""Where a name is: the look-up in the compiled gazetteer."""

import functools
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import msgspec

from ..lang.spelling import article_prefixes
from ..model.relations import Place, Precision
from .keys import REGION, key

Row = tuple[str, str, int, int, int, int, int]
FILE = Path(__file__).with_name("gazetteer.sqlite")
AREAS = Path(__file__).with_name("areas.tsv")
PRECISIONS: tuple[Precision, ...] = ("town", "region", "country")
SOURCES = ("GeoNames", "Natural Earth", "Recoupe", "Unicode CLDR")
# A name shorter than this as a key tells nothing; "UK" and "US" do.
SHORTEST = 2
# A country of the article is worth more than any difference of population; a main name is worth a tenfold population.
MAIN_NAME = 10
# Many a hamlet is called like a person (Lavrove): below so many people a name alone is not taken for a town's.
SIZE = 2000
# So many people make a town that is known by its name alone, whatever the country.
LARGE = 100_000
# The article of names from Arabic, as gazetteers write it.
ARTICLES = ("al", "el", "ad", "ar", "as", "ax", "az", "an", "at")


@functools.cache
def _base() -> sqlite3.Connection:
    return sqlite3.connect(f"{FILE.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


@functools.lru_cache(maxsize=20_000)
def _candidates(found: str) -> tuple[Row, ...]:
    if len(found) < SHORTEST:
        return ()
    rows = _base().execute(
        "SELECT p.name, p.country, p.people, p.lat, p.lon, p.kind, n.main FROM name n JOIN place p ON p.id = n.place "
        "WHERE n.key = ? ORDER BY p.id",
        (found,),
    )
    return tuple(rows.fetchall())


@functools.cache
def _areas() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """areas.tsv: the words before and behind a name that make it a region's ("région de", "oblast")."""
    lines = AREAS.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    before = sorted((words for side, words in rows if side == "before"), key=len, reverse=True)
    behind = sorted((words for side, words in rows if side == "behind"), key=len, reverse=True)
    return tuple(before), tuple(behind)


def _region_of(name: str) -> str:
    """The name within a region's ("région de Minsk" → "Minsk"), or nothing."""
    lower = name.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    before, behind = _areas()
    for words in before:
        if lower.startswith(words) and len(lower) > len(words):
            return name[len(words) :].strip()
    for words in behind:
        if lower.endswith(" " + words):
            return name[: -len(words)].strip()
    return ""


def look_up(name: str, *, countries: Sequence[str] = ()) -> Place | None:
    """The likeliest place of that name, in any spelling that the gazetteer knows; None where it knows none.

    `countries` are ISO 3166-1 codes of the article's countries, the likeliest first: of several places of one name,
    one there comes before a larger one elsewhere. A listed region or a country comes before a town of the same name.
    """
    return _looked_up(name, tuple(countries))


@functools.lru_cache(maxsize=20_000)
def _looked_up(name: str, countries: tuple[str, ...]) -> Place | None:
    rows = _candidates(key(name)) or _with_article(name)
    if rows:
        return _best(rows, name, countries)
    inner = _region_of(name)
    if not inner:
        return None
    rows = _candidates(f"{key(REGION)} {key(inner)}") or _candidates(key(inner))
    found = _best(rows, inner, countries) if rows else None
    return msgspec.structs.replace(found, precision="region") if found and found.precision == "town" else found


def _with_article(name: str) -> tuple[Row, ...]:
    """The places of a name whose Arabic article is written in another way: "Al-Fasher", "El Fasher"."""
    first, *rest = key(name).split(" ")
    if not rest or first not in article_prefixes():
        return ()
    return next(filter(None, (_candidates(" ".join([other, *rest])) for other in ARTICLES)), ())


def region_of(town: str) -> Place | None:
    """The region called after a town ("Kiev" → Kyiv Oblast); None where there is none."""
    rows: tuple[Row, ...] = ()
    for words in _areas()[0]:
        rows = rows or tuple(row for row in _candidates(key(words + town)) if row[5] % 10 == 1)
    rows = rows or _candidates(f"{key(REGION)} {key(town)}")
    return _best(rows, town, ()) if rows else None


def is_area(name: str) -> bool:
    """Whether a name with a region's word ("région de Donetsk", "Donetsk region") is that of a known region."""
    inner = _region_of(name)
    inners = (*_candidates(f"{key(REGION)} {key(inner)}"), *_candidates(key(inner))) if inner else ()
    rows = (*_candidates(key(name)), *inners)
    return any(row[5] % 10 == PRECISIONS.index("region") for row in rows)


def is_region(name: str) -> bool:
    """Whether a region is called so by its own name, and no town of some size is."""
    rows = _candidates(key(name))
    return any(row[5] % 10 == 1 for row in rows) and not any(row[5] % 10 == 0 and row[2] >= SIZE for row in rows)


def is_town(name: str, countries: Sequence[str]) -> bool:
    """Whether a town of some size in one of these countries is called so."""
    return any(row[5] % 10 == 0 and row[1] in countries and row[2] >= SIZE for row in _candidates(key(name)))


def is_large(name: str) -> bool:
    """Whether a country, a region or a town of some size is called so: no hamlet that shares a family's name."""
    return any(row[5] % 10 or row[2] >= LARGE for row in _candidates(key(name)))


def is_known(name: str) -> bool:
    """Whether any place is called so."""
    return bool(_candidates(key(name)))


def _best(rows: Sequence[Row], name: str, countries: Sequence[str]) -> Place:
    rank = {code: len(countries) - i for i, code in enumerate(countries)}
    exact = name.casefold()

    def weight(row: Row) -> tuple[bool, bool, int, int]:
        label, country, people, _, _, kind, main = row
        size = people * (MAIN_NAME if main else 1) * (2 if label.casefold() == exact else 1)
        return (kind % 10 == 2, country in rank, size, rank.get(country, 0))

    label, country, _, lat, lon, kind, _ = max(rows, key=weight)
    return Place(
        lat=lat / 1e4, lon=lon / 1e4, precision=PRECISIONS[kind % 10], country=country, name=label,
        source=SOURCES[kind // 10],
    )  # fmt: skip
