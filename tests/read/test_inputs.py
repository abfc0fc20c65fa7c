"""What goes into read_inputs and what comes out: repairs, refusals, tables, ids, dates, languages."""

import hashlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.lang import available, pack
from recoupe.model.article import Article
from recoupe.read import Problem, read_inputs, safe_name, safe_names
from recoupe.read.decode import decode, unmangled

NOW = "2026-11-22T03:00:00Z"
TEXT = "L’armée a frappé Kherson, où « sept personnes » sont mortes, a déclaré le gouverneur régional.\n\nÀ suivre.\n"


def read(*paths: Path) -> tuple[list[Article], list[Problem]]:
    items = list(read_inputs(paths, now=NOW))
    assert items == list(read_inputs(paths, now=NOW))
    for item in items:
        if isinstance(item, Problem):
            for code in available():
                told = pack(code).phrase(item.key, **item.values)
                assert told.startswith(str(item.values["place"])) and "{" not in told and "\n" not in told
    return [i for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, Problem)]


def keys(problems: list[Problem]) -> list[str]:
    return [problem.key.removeprefix("read.") for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "\n\n  Une trêve de trente-six heures a été décrétée.",
        "Une trêve.\r\nDes tirs.\r\n",
        "Un mot\u2028et\x85un autre\x0b.",
    ],
)
def test_clean_text_is_kept_to_the_character(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode())
    (article,), problems = read(file)
    assert (article.text, article.id, problems) == (text, "a", [])
    assert article.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (article.source, article.read, article.lang) == (str(file), NOW, "fr")


@pytest.mark.parametrize(
    ("data", "repair"),
    [
        (b"\xef\xbb\xbf" + TEXT.encode(), ""),
        (TEXT.encode("utf-16"), "utf16"),
        (TEXT.encode("utf-16-be"), "utf16"),
        (TEXT.encode("utf-16-le"), "utf16"),
        (b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"), "utf16"),
        (TEXT.encode("cp1252"), "encoding"),
        ("".join(chr(b) for b in TEXT.encode()).encode(), "mojibake"),
    ],
)
def test_repaired(tmp_path: Path, data: bytes, repair: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    (article,), problems = read(tmp_path / "a.txt")
    assert article.text == TEXT
    assert article.sha256 == hashlib.sha256(data).hexdigest()
    assert keys(problems) == ([f"repaired.{repair}"] if repair else [])
    assert all(problem.repaired for problem in problems)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n\t", "empty"),
        ("a.txt", bytes(range(256)) * 40, "binary"),
        ("a.txt", b"%PDF-1.4 some text", "binary"),
        ("a.txt", b"un\0deux", "binary"),
        ("a.txt", b"x" * 20_000_001, "too_long"),
        ("a.txt", b"x" * 5_000_001, "too_long"),
        (
            "a.txt",
            b"Die Polizei hat am Freitag in Berlin mehrere Menschen festgenommen, teilte sie mit.",
            "no_pack",
        ),
        ("a.html", b"<html><body><script>var x = 1</script></body></html>", "empty"),
        ("a.docx", b"text", "suffix"),
        ("a.jsonl", b"nope", "not_json"),
        ("a.jsonl", b"[1]", "not_object"),
        ("a.jsonl", b'{"a":' * 100_000, "not_json"),
        ("a.jsonl", b'{"text": "oui"}', "no_id"),
        ("a.jsonl", b'{"id": " ", "text": "oui"}', "no_id"),
        ("a.jsonl", b'{"id": "' + b"x" * 301 + b'", "text": "oui"}', "bad_id"),
        ("a.jsonl", b'{"id": "a\\u0000b", "text": "oui"}', "bad_id"),
        ("a.jsonl", b'{"id": "a"}', "no_text"),
        ("a.jsonl", b'{"id": "a", "text": 5}', "wrong_type"),
        ("a.jsonl", b'{"id": ["a"], "text": "oui"}', "wrong_type"),
        ("a.jsonl", b'{"id": "a", "text": "oui", "published": 2023}', "wrong_type"),
        ("a.jsonl", b'{"id": "a", "text": "oui", "published": "0000-01-01"}', "bad_date"),
        ("a.jsonl", b'{"id": "a", "text": "oui", "published": "2023-13-40"}', "bad_date"),
        ("a.jsonl", b'{"id": "a", "text": "oui", "published": "hier"}', "bad_date"),
        ("a.jsonl", b'{"id": "a", "text": "oui", "lang": "tlh"}', "no_pack"),
        ("a.jsonl", b'{"id": "a", "text": "' + b"x" * 50_000_000 + b'"}', "too_long"),
        ("a.csv", b"nom,corps\n1,2\n", "no_column"),
        ("a.csv", b"id,text\na,b,c\n", "too_many_cells"),
        ("a.csv", b'id,text\na,"b\n', "not_csv"),
        ("a.csv", b"", "empty"),
    ],
)
def test_refused_with_place_and_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    articles, problems = read(tmp_path / name)
    assert (articles, keys(problems)) == ([], [reason])
    assert str(problems[0].values["place"]).startswith(str(tmp_path / name))
    assert not problems[0].repaired


def test_a_bad_line_stops_nothing(tmp_path: Path) -> None:
    lines = [b'{"id": "a", "text": "Une tr\xc3\xaave"}', b"nope", b"", b"x" * 25_000_000, b'{"id": 7, "text": "Fin"}']
    (tmp_path / "t.jsonl").write_bytes(b"\n".join(lines))
    articles, problems = read(tmp_path / "t.jsonl")
    assert [(a.id, a.source.rpartition(":")[2]) for a in articles] == [("a", "1"), ("7", "5")]
    assert [str(p.values["place"]).rpartition(":")[2] for p in problems] == ["2", "4"]


def test_a_problem_is_one_line(tmp_path: Path) -> None:
    rows = [
        {"id": "a\n\x1b[31m", "text": "Un."},
        {"id": "a\n\x1b[31m", "text": "Deux."},
        {"id": "b", "text": "x", "lang": "\u202e\n"},
    ]
    (tmp_path / "t.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    articles, problems = read(tmp_path / "t.jsonl")
    assert len(articles) == 1 and keys(problems) == ["duplicate", "no_pack"]
    told = [pack(code).phrase(p.key, **p.values) for p in problems for code in available()]
    assert all(line.isprintable() for line in told)


def test_columns(tmp_path: Path) -> None:
    row = {"id": "a", "text": "Une trêve.", "published": "2023-01", "lang": "fr-CA", "url": "https://a.example/1",
           "title": "La  trêve", "outlet": "Le Fil"}  # fmt: skip
    (tmp_path / "t.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (article,), problems = read(tmp_path / "t.jsonl")
    assert (article.published, article.published_by, article.lang) == ("2023-01", "given", "fr")
    assert (article.url, article.title, article.outlet) == (row["url"], "La trêve", "Le Fil")
    assert article.sha256 == hashlib.sha256("Une trêve.".encode()).hexdigest()
    assert problems == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_as_spreadsheets_write_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    table = delimiter.join(["id", "text"]) + "\r\n" + delimiter.join(["a", '"Une trêve,\n; et\tdes tirs"']) + "\r\n"
    (tmp_path / "t.csv").write_bytes(table.encode(encoding))
    (article,), problems = read(tmp_path / "t.csv")
    assert article.text == "Une trêve,\n; et\tdes tirs"
    assert all(problem.repaired for problem in problems)


def test_same_id(tmp_path: Path) -> None:
    rows = [("a", "Une trêve."), ("a", "Une trêve."), ("a", "Autre chose."), ("b", "Une trêve.")]
    (tmp_path / "t.jsonl").write_text("\n".join(json.dumps({"id": i, "text": t}) for i, t in rows))
    articles, problems = read(tmp_path / "t.jsonl")
    assert [(a.id, a.text) for a in articles] == [("a", "Une trêve."), ("b", "Une trêve.")]
    assert keys(problems) == ["duplicate"]


def test_folders_and_paths(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.html", ".hidden.txt", "note.md"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(f"Une trêve a été annoncée ({name}).")
    (tmp_path / "bare").mkdir()
    articles, problems = read(tmp_path / "in", tmp_path / "bare", tmp_path / "none.txt")
    assert [article.id for article in articles] == ["a", "b", "c"]
    assert keys(problems) == ["nothing_here", "missing"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert keys(read(tmp_path / "a.txt")[1]) == ["no_file"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_permission(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Une trêve.")
    (tmp_path / "a.txt").chmod(0)
    assert keys(read(tmp_path / "a.txt")[1]) == ["denied"]


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_any_bytes_give_text_or_none(data: bytes) -> None:
    decoded = decode(data)
    if decoded is not None:
        assert "\0" not in decoded.text
        decoded.text.encode()


@given(st.text(alphabet="abcéèà’“”«»…–€ \n\u00a0\u2028\x85œŒçÇñØ", max_size=80))
def test_sound_text_is_not_mended(text: str) -> None:
    assert unmangled(text) == text


@given(st.sets(st.text(max_size=300), max_size=8))
def test_safe_names(ids: set[str]) -> None:
    names = safe_names(ids)
    assert len({name.casefold() for name in names.values()}) == len(ids)
    for name in names.values():
        assert 0 < len(name.encode()) <= 250 and not set(name) & set('/\\\0:*?"<>|\n') and name.strip(". ") == name


@pytest.mark.parametrize("name", ["000_494be95dc6817c3d", "Doc1", "2023-01-06-0121", "été", "a b", "annodis.er_00014"])
def test_plain_ids_stay(name: str) -> None:
    assert safe_name(name) == name


@pytest.mark.parametrize(
    "name", ["..", ".", "", "a/b", "../a", "CON", "nul.txt", "cross", "a.", " a", "a\0b", "x" * 999]
)
def test_other_ids_are_escaped(name: str) -> None:
    assert safe_name(name) != name
