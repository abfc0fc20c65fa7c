"""Names are found in every spelling, and where they are."""

import math

import pytest

from recoupe.places import land, look_up


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    x = math.radians(other_lon - lon) * math.cos(math.radians((lat + other_lat) / 2))
    return 6371 * math.hypot(x, math.radians(other_lat - lat))


@pytest.mark.parametrize(
    ("names", "country", "lat", "lon"),
    [
        ("Kyiv|Kiev|Київ|Киев|كييف", "UA", 50.45, 30.52),
        ("Bakhmut|Bakhmout|Artemivsk|Бахмут", "UA", 48.59, 38.0),
        ("Zaporizhzhia|Zaporijjia|Zaporijia|Zaporojié|Запоріжжя", "UA", 47.84, 35.14),
        ("Kherson|Херсон|خيرسون", "UA", 46.64, 32.61),
        ("Kramatorsk|Краматорск", "UA", 48.74, 37.58),
        ("Sébastopol|Sevastopol|Севастополь", "UA", 44.6, 33.52),
        ("Simferopol", "UA", 44.95, 34.1),
        ("Soudja|Sudzha", "RU", 51.19, 35.27),
        ("Moscou|Moscow|Москва", "RU", 55.75, 37.62),
        ("Minsk|Мінск", "BY", 53.9, 27.57),
        ("Le Caire|Cairo", "EG", 30.05, 31.25),
        ("Pékin|Beijing", "CN", 39.9, 116.4),
        ("El-Fasher|El Fasher", "SD", 13.63, 25.35),
        ("Washington", "US", 38.9, -77.04),
    ],
)
def test_towns(names: str, country: str, lat: float, lon: float) -> None:
    for name in names.split("|"):
        place = look_up(name)
        assert place is not None and place.precision == "town" and place.country == country, (name, place)
        assert kilometres(place.lat, place.lon, lat, lon) < 25, name


@pytest.mark.parametrize(
    ("name", "precision", "lat", "lon"),
    [
        ("Donbass", "region", 48.3, 38.0),
        ("Crimée", "region", 45.3, 34.4),
        ("région de Donetsk", "region", 48.0, 37.7),
        ("Donetsk region", "region", 48.0, 37.7),
        ("région de Minsk", "region", 53.9, 27.6),
        ("Haut-Karabakh", "region", 39.8, 46.7),
        ("Cisjordanie", "region", 32.0, 35.2),
        ("Tigré", "region", 13.8, 39.2),
        ("mer d’Azov", "region", 46.1, 36.6),
        ("Russie", "country", 61.5, 95.0),
        ("Biélorussie", "country", 53.7, 28.0),
    ],
)
def test_regions_and_countries(name: str, precision: str, lat: float, lon: float) -> None:
    place = look_up(name)
    assert place is not None and place.precision == precision
    assert kilometres(place.lat, place.lon, lat, lon) < 150


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
