"""Writes what stands between the articles of an archive: paragraphs that are nearly the same, and stories."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .files import UNDONE, Seal, Written, arrow, sha256, write_json
from .layers import FEATURE, PARAGRAPH
from .making import plan_of, seals_of
from .near import near
from .stories import stories

if TYPE_CHECKING:
    from daft import DataFrame

    from ..run.spread import Daft

NEAR, STORY = "near", "story"
# What names a table whose place another takes.
GONE = ".old"


class Found(NamedTuple):
    """Pairs of paragraphs that are nearly the same, and articles that are in a story (all that have any feature)."""

    pairs: int
    articles: int


def relate(folder: Path, daft: "Daft") -> Found:
    """Writes the tables `near` and `story` of an archive anew, each whole or not at all. Raises ArchiveError where the
    archive is not complete."""
    seals_of(folder, plan_of(folder))
    if not any((folder / FEATURE).glob("*/*.parquet")):
        return Found(0, 0)
    listed = {name: daft.api.read_parquet(str(folder / name / "*" / "*.parquet")) for name in (PARAGRAPH, FEATURE)}
    return Found(
        _written(folder, NEAR, near(daft, listed[PARAGRAPH])), _written(folder, STORY, stories(daft, listed[FEATURE]))
    )


def _written(folder: Path, name: str, frame: "DataFrame") -> int:
    """Writes a table in the place of the one that was there, and its seal; gives how many rows it has."""
    place, undone, gone = folder / name, folder / (name + UNDONE), folder / (name + GONE)
    if gone.exists() and not place.exists():
        os.replace(gone, place)  # a run was stopped between the two renamings
    for left in (undone, gone):
        shutil.rmtree(left, ignore_errors=True)
    undone.mkdir()
    frame.write_parquet(str(undone), write_mode="append")
    if place.exists():
        os.replace(place, gone)  # a folder takes the place of none that has files
    os.replace(undone, place)
    shutil.rmtree(gone, ignore_errors=True)
    files = [
        Written(f"{name}/{path.name}", sha256(path), arrow().parquet.read_metadata(path).num_rows)
        for path in sorted(place.iterdir())
    ]
    rows = sum(one.rows for one in files)
    write_json(folder / f"sealed/{name}.json", Seal(tuple(files), {"rows": rows}))
    return rows
