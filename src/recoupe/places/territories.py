"""Land that news names apart from the state it is of, as the Gaza Strip: whose people it says were hit there."""

import functools
from pathlib import Path
from typing import NamedTuple

from ..model.relations import Place

FILE = Path(__file__).with_name("territories.tsv")


class Territory(NamedTuple):
    """A row of territories.tsv: edges in degrees."""

    slug: str
    state: str
    country: str
    south: float
    west: float
    north: float
    east: float


@functools.cache
def _rows() -> tuple[Territory, ...]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple(Territory(slug, state, code, *map(float, edges)) for slug, state, code, *edges in cells)


@functools.cache
def territories() -> dict[str, str]:
    """The state of each territory, by its slug."""
    return {row.slug: row.state for row in _rows()}


def territory_of(place: Place) -> str | None:
    """The slug of the territory that a place lies in; None elsewhere."""
    for row in _rows():
        inside = row.south <= place.lat <= row.north and row.west <= place.lon <= row.east
        if inside and place.country == row.country:
            return row.slug
    return None
