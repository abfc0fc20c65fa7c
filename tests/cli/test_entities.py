"""`recoupe entities`: the list, the unsure pairs, and what people settle, on a real store."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

ARTICLES = {
    "a": "Le ministre Dmytro Kouleba s'est rendu à Odessa. L'Ukraine attend une réponse de la Russie.",
    "b": "Le gouverneur Oleksii Kouleba a visité Kiev. L'Ukraine et la Russie négocient.",
    "c": "M. Kouleba a promis une aide. L'Ukraine et la Russie négocient.",
    "d": "Dmytro Kuleba a quitté Kiev. L'Ukraine et la Russie négocient.",
}


@pytest.fixture
def store(tmp_path: Path, run: Run) -> Path:
    path = tmp_path / "articles.jsonl"
    rows = [{"id": i, "text": text, "lang": "fr", "published": "2023-05-02"} for i, text in ARTICLES.items()]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    assert run("add", path, "--store", tmp_path / "s.db")[0] == 0
    return tmp_path / "s.db"


def listed(run: Run, store: Path, *options: object) -> dict[str, list[str]]:
    """From each listed label (its first spelling) to its line's words."""
    _, out, _ = run("entities", "--store", store, *options)
    return {re.split(r"\s{2,}", line)[3].split(" · ")[0]: line.split() for line in out.splitlines()}


def test_the_list_and_the_unsure_pairs(store: Path, run: Run) -> None:
    found = listed(run, store)
    assert {"Dmytro Kouleba", "Oleksii Kouleba", "Kouleba", "Odessa"} <= set(found)
    assert found["Dmytro Kouleba"][1:4] == ["PER", "2", "articles"]
    _, out, _ = run("entities", "--store", store, "--unsure")
    assert out.count("One entity, or two?") == 2 and "it may be someone else's name" in out


def test_merge_is_remembered_and_undone(store: Path, run: Run) -> None:
    ids = {label: words[0] for label, words in listed(run, store).items()}
    code, _, told = run("entities", "--store", store, "--merge", "Kouleba", "Dmytro Kouleba", "--who", "desk")
    assert code == 0 and "Decision 1 kept" in told
    after = listed(run, store)
    assert after["Dmytro Kouleba"][0] == ids["Dmytro Kouleba"] and after["Dmytro Kouleba"][2] == "3"
    assert "Kouleba" not in after and "settled by a person" in run("entities", "--store", store)[1]
    assert "Oleksii" not in run("entities", "--store", store, "--unsure")[1], "settled: no longer in question"
    more = store.parent / "more.jsonl"
    more.write_text(json.dumps({"id": "e", "text": "Odessa a été frappée, dit la Russie.", "lang": "fr"}) + "\n")
    assert run("add", more, "--store", store)[0] == 0
    assert listed(run, store)["Dmytro Kouleba"][2] == "3", "it holds when articles come"
    assert run("entities", "--store", store, "--undo", 1, "--who", "chief")[0] == 0
    assert {label: words[0] for label, words in listed(run, store).items()}["Kouleba"] == ids["Kouleba"]
    _, kept, _ = run("entities", "--store", store, "--decisions")
    assert "desk" in kept and "taken back" in kept and "chief" in kept
    assert run("verify", "--store", store)[0] == 0


def test_split_by_article_and_by_spelling(store: Path, run: Run) -> None:
    assert run("entities", "--store", store, "--split", "Dmytro Kouleba", "d")[0] == 0
    assert {"Dmytro Kouleba", "Dmytro Kuleba"} <= set(listed(run, store))
    assert run("entities", "--store", store, "--undo", 1)[0] == 0
    assert "Dmytro Kuleba" not in listed(run, store)
    assert run("entities", "--store", store, "--split", "Dmytro Kouleba", "Dmytro Kuleba")[0] == 0
    assert {"Dmytro Kouleba", "Dmytro Kuleba"} <= set(listed(run, store))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--merge", "Nobody", "Dmytro Kouleba"], 3),
        (["--merge", "Dmytro Kouleba", "Dmytro Kouleba"], 3),
        (["--split", "Dmytro Kouleba", "Nobody"], 3),
        (["--split", "Odessa", "Odessa"], 3),
        (["--undo", "9"], 3),
        (["--undo", "9", "--unsure"], 2),
        (["--merge", "Odessa"], 2),
    ],
)
def test_what_cannot_be_done_is_said(store: Path, run: Run, arguments: list[str], code: int) -> None:
    assert run("entities", "--store", store, *arguments)[0] == code
    assert run("entities", "--store", store, "--decisions")[1] == ""
