"""A place lies in a territory or in none."""

import pytest

from recoupe.places import look_up, territories, territory_of


@pytest.mark.parametrize(
    ("name", "territory"),
    [
        ("Gaza", "loc/gaza-strip"),
        ("Khan Younès", "loc/gaza-strip"),
        ("Rafah", "loc/gaza-strip"),
        ("Naplouse", None),
        ("Ashkelon", None),
        ("Kyiv", None),
    ],
)
def test_territory(name: str, territory: str | None) -> None:
    place = look_up(name)
    assert place is not None and territory_of(place) == territory


def test_each_has_a_state() -> None:
    assert all(state.startswith("loc/") and state != slug for slug, state in territories().items())
