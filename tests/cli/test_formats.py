"""The commands take files of every format, in folders too, and captures of one address as its versions."""

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "read"))

from samples import ADDRESS, HTML, SAMPLES, http, packed, record

from recoupe.store import Store

Run = Callable[..., tuple[int, str, str]]


def taken(year: int, words: str) -> bytes:
    """A capture of one page."""
    html = HTML.replace("sept personnes", words).encode()
    return record(http(html), ADDRESS, taken=f"{year}-01-07T10:00:00Z")


def test_a_folder_with_a_file_of_each_format(run: Run, tmp_path: Path) -> None:
    for reader, (name, data) in SAMPLES.items():
        place = tmp_path / "in" / reader
        place.mkdir(parents=True)
        (place / name).write_bytes(data)
    code, _, said = run("annotate", tmp_path / "in", "--out", tmp_path / "out")
    # Several samples have one id: the first stands.
    assert code == 1 and said.count("was used in this run") == 5 and "broken" not in said
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"a.jsonl", "ax-17.jsonl", "20230107.1@lefil.example.jsonl", "cross.jsonl"} <= names
    assert sum("port-" in name for name in names) == 2 and sum("agence.example" in name for name in names) == 1


def test_captures_of_one_page(run: Run, tmp_path: Path) -> None:
    for year, words in ((2021, "deux personnes"), (2022, "trois personnes"), (2023, "sept personnes")):
        (tmp_path / f"{year}.warc.gz").write_bytes(packed([taken(year, words)]))
    store = tmp_path / "s.db"
    code, _, said = run("add", tmp_path / "2022.warc.gz", tmp_path / "2023.warc.gz", "--store", store)
    assert (code, said.count("repaired")) == (0, 0)
    code, _, said = run("add", tmp_path / "2021.warc.gz", "--store", store)
    assert code == 1 and "an earlier version" in said
    (found,) = Store(store).articles()
    assert "sept personnes" in found.article.text and found.article.read == "2023-01-07T10:00:00+00:00"
    assert run("verify", "--store", store)[0] == 0
    code, _, _ = run("annotate", tmp_path / "2022.warc.gz", tmp_path / "2023.warc.gz", "--out", tmp_path / "out")
    assert code == 0 and len(list((tmp_path / "out").iterdir())) == 2
