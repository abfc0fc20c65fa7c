"""One file per format. An exporter makes one stream of bytes, or several files that belong together, from a store."""

from collections.abc import Callable, Iterator

from ..model import harmless
from . import acled, claim, coded, csv, ftm, geojson, ics, jsonl, parquet, sqlite, timelinejs, webannotation
from .content import Content


def _quiet(export: Callable[[Content], Iterator[bytes]]) -> Callable[[Content], Iterator[bytes]]:
    """An exporter of JSON whose strings hold no sign that is obeyed, or divided at, where they are shown."""
    return lambda content: map(harmless.json, export(content))


EXPORTERS: dict[str, Callable[[Content], Iterator[bytes]]] = {
    "jsonl": _quiet(jsonl.export),
    "sqlite": sqlite.export,
    "geojson": _quiet(geojson.export),
    "timelinejs": _quiet(timelinejs.export),
    "ics": ics.export,
    "claim": _quiet(claim.export),
    "webannotation": _quiet(webannotation.export),
    "ftm": _quiet(ftm.export),
    "acled": acled.export,
    "plover": _quiet(coded.plover),
    "cameo": coded.cameo,
}
# Formats of several files; they are written into a folder.
FOLDERS: dict[str, Callable[[Content], Iterator[tuple[str, bytes]]]] = {"csv": csv.export, "parquet": parquet.export}

__all__ = ["EXPORTERS", "FOLDERS", "Content"]
