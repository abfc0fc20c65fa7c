"""Every command of the manual, on real files and a real store."""

import itertools
import json
import multiprocessing
import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from recoupe.cli import main, split_language
from recoupe.lang import available, pack
from recoupe.model.article import Article
from recoupe.run import local
from recoupe.store import Store

Run = Callable[..., tuple[int, str, str]]

ARTICLES = {
    "a": (
        "2023-05-02",
        "fr",
        "Le ministère ukrainien de la Défense a annoncé mardi que 12 soldats russes "
        "avaient été tués près de Bakhmout.\n"
        "« Nos forces tiennent la ville », a déclaré son porte-parole.\n"
        "Une trêve de 24 heures entrera en vigueur le 4 mai à midi, selon le Kremlin.",
    ),
    "b": (
        "2023-05-02",
        "fr",
        "Le ministère russe de la Défense a nié mardi que ses soldats aient été tués près de Bakhmout.\n"
        "Il a évoqué au moins trois blessés.\n"
        "Une trêve de 24 heures entrera en vigueur le 4 mai à midi, selon le Kremlin.",
    ),
    "c": (
        "2023-05-03",
        "en",
        "Ukraine's defence ministry said on Tuesday that 12 Russian soldiers had been killed near Bakhmut.\n"
        "The Kremlin announced a 24-hour truce from noon on May 4.",
    ),
    "d": ("2023-05-03", "en", "Inflation in the euro zone fell to 6.9 percent in March, Eurostat said on Wednesday."),
}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    rows = [{"id": i, "text": text, "published": day, "lang": lang} for i, (day, lang, text) in ARTICLES.items()]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as raw:
        return list(raw.iterdump())


@pytest.mark.parametrize("lang", available())
@pytest.mark.parametrize("command", ["", "annotate", "add", "brief", "stories", "show", "verify", "export"])
def test_help_is_the_manual_in_the_readers_language(run: Run, command: str, lang: str) -> None:
    code, out, _ = run(*filter(None, [command]), "--help", lang=lang)
    assert code == 0
    said = pack(lang).phrase(f"cli.{command}.help" if command else "cli.help").strip().split(".")[0]
    assert " ".join(said.split()[:4]) in " ".join(out.split())


@pytest.mark.parametrize(
    ("given", "kept", "asked"),
    [
        (["add", "x"], ["add", "x"], None),
        (["--lang", "en", "add"], ["add"], "en"),
        (["add", "--lang=fr", "x"], ["add", "x"], "fr"),
        (["add", "--", "--lang", "x"], ["add", "--", "--lang", "x"], None),
    ],
)
def test_lang_may_stand_anywhere(given: list[str], kept: list[str], asked: str | None) -> None:
    assert split_language(given) == (kept, asked)


def test_an_unknown_language_is_told(run: Run) -> None:
    code, _, err = run("stories", lang="xx")
    assert code == 2 and "xx" in err


def test_annotate_writes_the_guides_records(run: Run, table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, _, err = run("annotate", table, "--out", out)
    assert code == 0, err
    assert sorted(path.name for path in out.iterdir()) == ["a.jsonl", "b.jsonl", "c.jsonl", "cross.jsonl", "d.jsonl"]
    found = lines(out / "a.jsonl")
    about = found[0]
    assert about["layer"] == "article" and about["id"] == "a" and about["published"] == "2023-05-02"
    assert {"block", "time", "name", "figure", "claim", "event"} <= {record["layer"] for record in found}
    text = str(about["text"])
    for record in found[1:]:
        assert text[record["start"] : record["end"]] == record["text"]  # type: ignore[misc]
    layers = {record["layer"] for record in lines(out / "cross.jsonl")}
    assert {"reuse", "story"} <= layers


def test_add_twice_changes_nothing(run: Run, table: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    assert run("add", "--store", store, table)[0] == 0
    before = dump(store)
    code, _, err = run("add", "--store", store, table)
    assert code == 0 and "4 known" in err
    assert dump(store) == before
    assert run("verify", "--store", store)[0] == 0


def test_order_of_arrival_changes_nothing(run: Run, table: Path, tmp_path: Path) -> None:
    """All at once, and one by one in several orders: the same account to the last character."""
    rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
    accounts = set()
    orders = [None, *random.Random(3).sample(list(itertools.permutations(range(len(rows)))), 3)]
    for n, order in enumerate(orders):
        store, told = tmp_path / f"{n}.db", tmp_path / f"{n}.json"
        for i in order or [None]:
            part = tmp_path / "part.jsonl"
            part.write_text("".join(rows) if i is None else rows[i], encoding="utf-8")
            assert run("add", "--store", store, part)[0] == 0
        assert run("brief", "--store", store, "--json", told)[0] == 0
        accounts.add(told.read_text(encoding="utf-8").replace(str(part), str(table)))
    assert len({contents(account) for account in accounts}) == 1


def contents(account: str) -> str:
    """The account without the places articles were read from and when, and without the label of a story, which lasts
    from its first article on: these do differ."""

    def without(value: object) -> object:
        if isinstance(value, dict):
            return {key: without(below) for key, below in value.items() if key not in {"source", "read", "story"}}
        return [without(below) for below in value] if isinstance(value, list) else value

    return json.dumps(without(json.loads(account)), sort_keys=True)


def test_a_changed_text_is_a_new_version(run: Run, tmp_path: Path) -> None:
    store, page = tmp_path / "s.db", tmp_path / "page.txt"
    for text in ("Le maire a annoncé lundi 3 blessés.", "Le maire a annoncé lundi 4 blessés."):
        page.write_text(text, encoding="utf-8")
        assert run("add", "--store", store, page)[0] == 0
    assert [found.article.text for found in Store(store).articles()] == ["Le maire a annoncé lundi 4 blessés."]
    assert Store(store).reached() == 2


def test_show_stories_brief_export(run: Run, table: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    run("add", "--store", store, table)
    code, out, _ = run("show", "a", "--store", store, "--json")
    assert code == 0 and json.loads(out.splitlines()[0])["id"] == "a"
    for lang in available():
        code, out, _ = run("show", "a", "--store", store, lang=lang)
        assert code == 0 and ARTICLES["a"][2].split("\n")[0] in out and "12–12" in out and "2023-05-02" in out
    assert run("show", "nothing", "--store", store)[0] == 3
    code, out, _ = run("stories", "--store", store)
    assert code == 0 and len(out.splitlines()) >= 2
    story = out.split()[0]
    code, out, _ = run("brief", "--store", store, "--story", story)
    assert code == 0 and out.strip()
    assert run("brief", "--store", store, "--story", "nothing")[0] == 3
    for option in ("--html", "--markdown", "--json"):
        target = tmp_path / f"brief{option}"
        assert run("brief", "--store", store, option, target)[0] == 0
        assert target.stat().st_size > 500
    code, out, _ = run("export", "--store", store, "--format", "jsonl")
    exported = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and all("doc" in line for line in exported)
    assert {line["doc"] for line in exported} == {*ARTICLES, None}
    assert run("export", "--store", store, "--format", "nothing")[0] == 2
    assert run("export", "--store", store, "--format", "csv")[0] == 2
    assert run("export", "--store", store, "--format", "csv", "--out", str(tmp_path / "tables"))[0] == 0
    assert (tmp_path / "tables" / "claims.csv").read_text(encoding="utf-8-sig").startswith("article,id,")
    for form in ("docx", "markdown", "sqlite"):
        assert run("export", "--store", store, "--format", form, "--out", str(tmp_path / form))[0] == 0
        assert (tmp_path / form).stat().st_size > 1000


@pytest.mark.parametrize("command", ["brief", "stories", "verify", "export"])
def test_a_missing_store_is_one_line(run: Run, tmp_path: Path, command: str) -> None:
    code, _, err = run(command, "--store", tmp_path / "none.db")
    assert code == 3 and err.count("\n") == 1 and "none.db" in err


def test_bad_input_is_named_and_the_rest_goes_on(run: Run, table: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text("Le maire a annoncé lundi 3 blessés.", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "rows.jsonl").write_text('{"id": "x", "text": "Un mort, selon la police."}\nno json\n', encoding="utf-8")
    store = tmp_path / "s.db"
    code, _, err = run("add", "--store", store, folder)
    assert code == 1
    for name in ("empty.txt", "binary.txt", "rows.jsonl:2"):
        assert sum(name in line for line in err.splitlines()) == 1, (name, err)
    assert [found.article.id for found in Store(store).articles()] == ["good", "x"]


def test_a_failing_article_is_set_aside(run: Run, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from recoupe.annotate.times import Times

    real = Times.__call__

    def breaks(self: Times, draft):  # type: ignore[no-untyped-def]
        if draft.article.id == "b":
            raise RuntimeError("boom")
        return real(self, draft)

    monkeypatch.setattr(Times, "__call__", breaks)
    store = tmp_path / "s.db"
    code, _, err = run("add", "--store", store, table)
    assert code == 1 and "boom" in err and "articles.jsonl:2" in err
    assert [found.article.id for found in Store(store).articles()] == ["a", "c", "d"]


def test_killing_add_loses_no_finished_article(
    run: Run, table: Path, tmp_path: Path, place: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """kill -9 at random moments: the store opens and verifies, and a re-run completes it."""
    monkeypatch.setattr(local, "BATCH", 1)  # so that kills fall between articles too
    whole = tmp_path / "whole.db"
    run("add", "--store", whole, table)  # loads the models too, so that the children fork with them
    store, draw = place(), random.Random(11)
    context = multiprocessing.get_context("fork")
    for _ in range(6):
        child = context.Process(target=quietly, args=(["add", "--store", store, str(table)],))
        child.start()
        time.sleep(draw.uniform(0, 0.8))
        if child.is_alive():
            os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        if run("stories", "--store", store)[0] == 0:
            assert run("verify", "--store", store)[0] == 0
    assert run("add", "--store", store, table)[0] == 0
    assert run("verify", "--store", store)[0] == 0

    def kept(where: Path | str) -> list[tuple[Article, int]]:
        return [(found.article.id, len(found.records)) for found in Store(where).articles()]  # type: ignore[misc]

    assert kept(store) == kept(whole)


def quietly(arguments: list[str]) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    main(arguments)
