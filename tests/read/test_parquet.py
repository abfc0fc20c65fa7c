"""Parquet tables: the columns of other tables, in the types that writers give them, read some rows at a time."""

import datetime
import sys
from pathlib import Path

import pytest
from samples import ROW, parquet

from recoupe.model.article import Article
from recoupe.read import Problem, read_inputs

NOW = "2026-11-22T03:00:00+00:00"


def read(path: Path, data: bytes) -> tuple[list[Article], list[tuple[str, str]]]:
    """The articles of a table, and (reason, row) of each problem."""
    (path / "a.parquet").write_bytes(data)
    items = list(read_inputs([path / "a.parquet"], now=NOW))
    told = [
        (item.key.removeprefix("read."), str(item.values["place"]).rpartition("parquet")[2])
        for item in items
        if isinstance(item, Problem)
    ]
    return [item for item in items if isinstance(item, Article)], told


@pytest.mark.parametrize(
    "published", ["2023-01-07", datetime.date(2023, 1, 7), datetime.datetime(2023, 1, 7, 23, 30, tzinfo=datetime.UTC)]
)
def test_rows(tmp_path: Path, published: object) -> None:
    rows = [{**ROW, "id": n, "text": f"{ROW['text']} {n}", "published": published, "Score": 0.5} for n in range(200)]
    articles, told = read(tmp_path, parquet(rows))
    assert told == [] and [one.id for one in articles] == [str(n) for n in range(200)]
    assert {one.published for one in articles} == {"2023-01-07"} and articles[0].outlet == "Le Fil"
    assert articles[7].source.endswith("a.parquet:8")


def test_a_bad_row_stops_nothing(tmp_path: Path) -> None:
    rows = [ROW, {**ROW, "id": None}, {**ROW, "id": "b", "text": ""}, {**ROW, "id": "c", "published": "hier"},
            {**ROW, "id": "d", "text": "x" * 1_100_000}, {**ROW, "id": "e"}]  # fmt: skip
    articles, told = read(tmp_path, parquet(rows))
    assert [one.id for one in articles] == ["a", "e"]
    assert told == [("no_id", ":2"), ("empty", ":3"), ("bad_date", ":4"), ("too_long", ":5")]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([{"name": "a", "text": "oui"}], "no_column"),
        ([{"id": "a"}], "no_column"),
        ([{"id": "a", "text": 5}], "wrong_type"),
        ([{"id": "a", "text": ["oui"]}], "wrong_type"),
        ([{"id": {"x": 1}, "text": "oui"}], "wrong_type"),
    ],
)
def test_other_tables(tmp_path: Path, rows: list[dict[str, object]], reason: str) -> None:
    assert [why for why, _ in read(tmp_path, parquet(rows))[1]] == [reason]


@pytest.mark.parametrize("at", range(4, 12))
def test_a_wrong_type_of_a_column(tmp_path: Path, at: int) -> None:
    """What says the columns' types stands at the end of the file; a wrong one must not end the process."""
    data = bytearray(parquet([ROW, {**ROW, "id": "b"}]))
    for place in range(len(data) * at // 12, len(data) * (at + 1) // 12, 5):
        hurt = data[:place] + bytes([data[place] ^ 6]) + data[place + 1 :]
        read(tmp_path, bytes(hurt))


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = parquet([ROW])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert read(tmp_path, data) == ([], [("needs_extra", "")])
