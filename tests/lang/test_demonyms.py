"""Countries by name and adjective, the same slug in every language."""

import pytest

from recoupe.lang import available, pack
from recoupe.lang.demonyms import country_code, country_of, demonyms


@pytest.mark.parametrize(
    ("code", "word", "slug"),
    [
        ("fr", "russe", "loc/russia"),
        ("fr", "Russes", "loc/russia"),
        ("fr", "biélorusses", "loc/belarus"),
        ("fr", "Bélarus", "loc/belarus"),
        ("fr", "turques", "loc/turkey"),
        ("fr", "Fédération de Russie", "loc/russia"),
        ("fr", "palestinienne", "loc/palestine"),
        ("fr", "kurdes", "loc/kurdistan"),
        ("fr", "soviétiques", "loc/soviet-union"),
        ("fr", "nord-coréen", "loc/north-korea"),
        ("fr", "États-Unis", "loc/united-states"),
        ("fr", "table", None),
        ("fr", "hexagone", None),
        ("en", "Russians", "loc/russia"),
        ("en", "Ivory Coast", "loc/ivory-coast"),
        ("en", "us", None),
        ("en", "US", "loc/united-states"),
        ("en", "polish", None),
        ("en", "Polish", "loc/poland"),
    ],
)
def test_country_of(code: str, word: str, slug: str | None) -> None:
    assert country_of(word, pack(code)) == slug


def test_same_slugs_in_every_language() -> None:
    slugs = [set(demonyms(pack(code)).labels) for code in available()]
    assert all(found == slugs[0] for found in slugs)
    assert country_code("loc/ukraine", pack(available()[0])) == "UA"
