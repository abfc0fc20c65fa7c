"""Names are found in every spelling, and where they are."""

import math
from pathlib import Path

import pytest

from recoupe.places import land, look_up


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    x = math.radians(other_lon - lon) * math.cos(math.radians((lat + other_lat) / 2))
    return 6371 * math.hypot(x, math.radians(other_lat - lat))


FAR = {"town": 25, "region": 150}


def truth() -> list[object]:
    """The places of truth.tsv: name, precision, countries, latitude, longitude."""
    lines = (Path(__file__).parent / "truth.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [
        pytest.param(name, precision, country, lat, lon, id=name)
        for precision, lat, lon, country, names in rows
        for name in names.split("|")
    ]


@pytest.mark.parametrize(("name", "precision", "countries", "lat", "lon"), truth())
def test_each_is_where_it_is(name: str, precision: str, countries: str, lat: str, lon: str) -> None:
    place = look_up(name)
    assert place is not None and place.precision == precision, place
    assert not countries or place.country in countries.split("|"), place
    if lat:
        assert kilometres(place.lat, place.lon, float(lat), float(lon)) < FAR[precision], place


def test_the_country_of_the_article_decides() -> None:
    first, second = look_up("Tripoli"), look_up("Tripoli", countries=["LB"])
    assert first is not None and second is not None
    assert (first.country, second.country) == ("LY", "LB")


@pytest.mark.parametrize("name", ["", "a", "'", "Qzxvbnw", "\x00", "☃"])
def test_unknown(name: str) -> None:
    assert look_up(name) is None


def test_land() -> None:
    rings = land()
    assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in rings)
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for ring in rings for x, y in ring)
