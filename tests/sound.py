"""What holds of whatever is read and of whatever is found in it, however hostile: the contracts and fuzzing ask it."""

import json
from pathlib import Path

import msgspec

from recoupe.lang import available, pack
from recoupe.model.article import Article
from recoupe.model.records import Annotated, layer_of
from recoupe.read import Problem, read_inputs
from recoupe.store.verify import other_spans

NOW = "2026-11-22T03:00:00+00:00"


def soundly_read(path: Path) -> list[Article | Problem]:
    """What a path gives: each problem in every language, with its place first; articles that a store can keep."""
    found = list(read_inputs([path], now=NOW))
    for item in found:
        if isinstance(item, Problem):
            for code in available():
                told = pack(code).phrase(item.key, **item.values)
                assert told.startswith(str(path)) and told.isprintable(), told
        else:
            assert item.source.startswith(str(path)) and item.id and item.text.strip() and "\0" not in item.text
            assert all(0 <= start < end <= len(item.text) for start, end, _ in item.hints)
            msgspec.json.encode(item)  # raises where a half character stands in it
    return found


def check(found: Annotated) -> None:
    """Every record is the article's slice, points only at what is there, and survives being written."""
    text = found.article.text
    seen = set()
    ids = {record.id for record in found.records}
    for record in found.records:
        assert 0 <= record.start < record.end <= len(text)
        assert text[record.start : record.end] == record.text
        assert record.id and record.maker
        assert (layer_of(record), record.id) not in seen
        seen.add((layer_of(record), record.id))
        for start, end in other_spans(record):
            assert 0 <= start < end <= len(text)
        for link in (*getattr(record, "claims", ()), *getattr(record, "via", ())):
            assert link in ids
        for field in ("event", "within"):
            assert getattr(record, field, None) in {None, *ids}
        msgspec.convert(json.loads(msgspec.json.encode(record)), type(record))
