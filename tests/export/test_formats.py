"""Each format is read back by a reader of it that is not ours, and leads to the records it was made from."""

import asyncio
import csv
import io
import json
import os
import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow.parquet as parquet
import pytest
from datasette.app import Datasette
from geojson_pydantic import FeatureCollection
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from recoupe.export import EXPORTERS, FOLDERS, Content
from recoupe.export.csv import cell
from recoupe.export.tables import TABLES, rows_of
from recoupe.model.records import Claim, Event

PEERS = Path(__file__).parents[2] / ".venv-peers" / "bin" / "python"


def whole(content: Content, name: str) -> bytes:
    return b"".join(EXPORTERS[name](content))


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_format_is_the_same_each_time(name: str, content: Content) -> None:
    first = whole(content, name)
    assert first and first == whole(content, name)


@pytest.mark.parametrize("name", [name for name in EXPORTERS if name not in ("claim", "ics", "timelinejs")])
def test_a_format_names_its_records(name: str, content: Content) -> None:
    raw = whole(content, name)
    events = [record for one in content.articles for record in one.layer(Event) if record.status == "actual"]
    claims = [record for one in content.articles for record in one.layer(Claim) if record.act == "accuse"]
    assert any(record.id.encode() in raw for record in (*events, *claims))


def test_jsonl_holds_every_record(content: Content) -> None:
    rows = [json.loads(line) for line in whole(content, "jsonl").splitlines()]
    assert len([row for row in rows if row["layer"] == "article"]) == len(content.articles)
    ids = {(row["doc"], row["id"]) for row in rows if row["doc"]}
    assert all((one.article.id, record.id) in ids for one in content.articles for record in one.records)


def test_csv_reads_back_as_the_tables(content: Content) -> None:
    for name, raw in FOLDERS["csv"](content):
        rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        table = TABLES[name.removesuffix(".csv")]
        expected = [{key: str(cell(value)) for key, value in row.items()} for row in rows_of(content, table)]
        assert rows == expected


@given(st.text())
def test_no_cell_begins_as_a_formula(text: str) -> None:
    assert not str(cell(text)).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_parquet_keeps_types(content: Content) -> None:
    files = dict(FOLDERS["parquet"](content))
    figures = parquet.read_table(io.BytesIO(files["figures.parquet"]))
    assert figures.num_rows == sum(1 for _ in rows_of(content, TABLES["figures"]))
    assert str(figures.schema.field("low").type) == "double" and str(figures.schema.field("start").type) == "int64"
    assert figures.to_pylist() == [*rows_of(content, TABLES["figures"])]


def test_datasette_opens_the_sqlite_file(content: Content, tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    file.write_bytes(whole(content, "sqlite"))

    async def asked() -> dict[str, object]:
        answer = await Datasette(files=[str(file)]).client.get("/desk/claims.json?_shape=objects&_search=treve")
        found: dict[str, object] = answer.json()
        return found

    # In a thread of its own: the browser of other tests keeps a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        rows = pool.submit(lambda: asyncio.run(asked())).result()["rows"]
    assert isinstance(rows, list) and rows and all("tr" in row["words"].lower() for row in rows)
    with sqlite3.connect(file) as database:
        counts = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in TABLES}
    assert counts == {name: sum(1 for _ in rows_of(content, table)) for name, table in TABLES.items()}


def test_geojson_is_of_points_on_the_map(content: Content) -> None:
    found = FeatureCollection.model_validate_json(whole(content, "geojson"))
    assert found.features
    for feature in found.features:
        lon, lat = feature.geometry.coordinates[:2]
        assert -180 <= lon <= 180 and -90 <= lat <= 90
        assert feature.properties["precision"] in ("town", "region", "country")
    khartoum = [f for f in found.features if f.properties["place"] == "Khartoum"]
    assert khartoum and abs(khartoum[0].geometry.coordinates[0] - 32.5) < 1


def test_a_timeline_draws_uncertain_times_as_ranges(content: Content) -> None:
    page = json.loads(whole(content, "timelinejs"))
    events = page["events"]
    assert page["title"]["text"]["headline"] and len({event["unique_id"] for event in events}) == len(events) > 0
    for event in events:
        start, end = event["start_date"], event.get("end_date", event["start_date"])
        order = ("year", "month", "day", "hour", "minute")
        assert [start[k] for k in order if k in start] <= [end[k] for k in order if k in end]
    assert any("end_date" in event for event in events)


def test_a_calendar_holds_the_declared_windows(content: Content) -> None:
    calendar = Calendar.from_ical(whole(content, "ics"))
    windows = list(calendar.walk("VEVENT"))
    declared = [truce for truce in content.relations.truces if truce.earliest]
    assert len(windows) == len(declared) > 0
    for window, truce in zip(windows, declared, strict=True):
        assert window.decoded("dtstart").isoformat(timespec="minutes") == truce.earliest
        assert window["uid"] == f"{truce.id}@recoupe" and window["status"] == "TENTATIVE"


# What schema.org gives a Claim, of its own and as a CreativeWork and Thing, as far as it is used here.
CLAIM = {"@type", "@id", "text", "inLanguage", "appearance", "identifier", "author"}
ARTICLE = {"@type", "@id", "headline", "url", "datePublished", "publisher"}


def test_claims_are_no_verdicts(content: Content) -> None:
    raw = whole(content, "claim")
    page = json.loads(raw)
    assert page["@context"] == "https://schema.org" and b"ClaimReview" not in raw and b"Rating" not in raw
    assert len(page["@graph"]) == len(content.relations.statements)
    for claim in page["@graph"]:
        assert claim["@type"] == "Claim" and set(claim) <= CLAIM and claim["appearance"]
        assert all(set(one) <= ARTICLE and one["@type"] == "NewsArticle" for one in claim["appearance"])
        assert all(one.get("url", "https:").startswith("https:") for one in claim["appearance"])
    assert any(claim.get("author", {}).get("@type") == "Organization" for claim in page["@graph"])


def test_annotations_select_the_characters_themselves(content: Content) -> None:
    page = json.loads(whole(content, "webannotation"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationCollection"
    items = page["first"]["items"]
    assert page["total"] == len(items) == len({item["id"] for item in items})
    text = {f"urn:recoupe:article:{one.article.id}": one.article.text for one in content.articles}
    text |= {one.article.url: one.article.text for one in content.articles if one.article.url.startswith("https:")}
    for item in items:
        assert item["type"] == "Annotation" and item["target"]
        for target in item["target"]:
            quotation, position = target["selector"]
            around = text[target["source"]]
            start, end = position["start"], position["end"]
            assert around[start:end] == quotation["exact"]
            assert around[:start].endswith(quotation["prefix"]) and around[end:].startswith(quotation["suffix"])


def test_followthemoney_reads_its_entities(content: Content, tmp_path: Path) -> None:
    if not PEERS.exists() and os.environ.get("RECOUPE_REQUIRE_PEERS") != "1":
        pytest.skip("no .venv-peers; `make peers` makes it, RECOUPE_REQUIRE_PEERS=1 makes this a failure")
    file = tmp_path / "entities.json"
    file.write_bytes(whole(content, "ftm"))
    reader = Path(__file__).with_name("read_ftm.py")
    answer = subprocess.run([PEERS, reader, file], capture_output=True, text=True, check=True)
    told = json.loads(answer.stdout)
    assert told["unknown"] == [] and told["bare"] == 0
    assert {"Article", "Mention", "Event", "Person", "Organization", "Address"} <= set(told["schemas"])


def test_an_event_table_gives_no_number_where_texts_differ(content: Content) -> None:
    rows = list(csv.DictReader(io.StringIO(whole(content, "acled").decode("utf-8-sig"), newline="")))
    assert rows
    for row in rows:
        assert row["time_precision"] in ("", "1", "2", "3") and row["geo_precision"] in ("", "1", "2", "3")
        assert row["event_type"] and row["sub_event_type"]
        if row["fatalities"]:
            assert row["fatalities_low"] == row["fatalities_high"] == row["fatalities"]
    assert any(row["sub_event_type"] == "Agreement" for row in rows)


def test_codes_stand_beside_what_was_said_of_them(content: Content) -> None:
    lines = whole(content, "cameo").decode().splitlines()
    head, *rows = (line.split("\t") for line in lines)
    assert all(len(row) == len(head) for row in rows) and rows
    coded = [json.loads(line) for line in whole(content, "plover").splitlines()]
    text = {one.article.id: one.article.text for one in content.articles}
    assert coded and all(text[row["source"]][row["start"] : row["end"]] == row["text"] for row in coded)
    assert {"AGREE", "DISAPPROVE"} <= {row["type"] for row in coded}
