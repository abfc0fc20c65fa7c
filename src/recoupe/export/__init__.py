"""One file per format. An exporter makes one stream of bytes, or several files that belong together, from a store."""

from collections.abc import Callable, Iterator

from . import acled, claim, coded, csv, ftm, geojson, ics, jsonl, parquet, sqlite, timelinejs, webannotation
from .content import Content

EXPORTERS: dict[str, Callable[[Content], Iterator[bytes]]] = {
    "jsonl": jsonl.export,
    "sqlite": sqlite.export,
    "geojson": geojson.export,
    "timelinejs": timelinejs.export,
    "ics": ics.export,
    "claim": claim.export,
    "webannotation": webannotation.export,
    "ftm": ftm.export,
    "acled": acled.export,
    "plover": coded.plover,
    "cameo": coded.cameo,
}
# Formats of several files; they are written into a folder.
FOLDERS: dict[str, Callable[[Content], Iterator[tuple[str, bytes]]]] = {"csv": csv.export, "parquet": parquet.export}

__all__ = ["EXPORTERS", "FOLDERS", "Content"]
