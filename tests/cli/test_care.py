"""`recoupe care`: what the forms of the desk set, set by a script; one log, one implementation."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from recoupe.store import Store

Run = Callable[..., tuple[int, str, str]]
TEXTS = {
    "a": "Le ministre Dmytro Kouleba s'est rendu à Odessa. Il y a eu trois morts, a dit M. Kouleba.",
    "b": "Le gouverneur Oleksii Kouleba a visité Kiev. L'Ukraine et la Russie négocient.",
}
LATER = (datetime.now() + timedelta(hours=3)).isoformat(timespec="minutes")


@pytest.fixture
def store(tmp_path: Path, run: Run) -> Path:
    rows = [
        {"id": i, "text": text, "lang": "fr", "published": "2023-05-02", "outlet": "Le Port"}
        for i, text in TEXTS.items()
    ]
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    assert run("add", path, "--store", tmp_path / "s.db")[0] == 0
    return tmp_path / "s.db"


def test_a_name_is_masked_and_shown_again(store: Path, run: Run) -> None:
    care = ("care", "--store", store, "--who", "A. Martin")
    assert run(*care, "--entity", "Dmytro Kouleba", "--mask", "prisoner")[0] == 0
    assert "Dmytro" not in run("export", "--store", store, "--format", "jsonl")[1]
    assert "prisoner" in run("care", "--store", store)[1]
    # Once more says nothing new.
    assert "so already" in run(*care, "--entity", "Dmytro Kouleba", "--mask", "prisoner")[2]
    assert run(*care, "--entity", "Dmytro Kouleba", "--lift", "mask")[0] == 0
    assert "Dmytro" in run("export", "--store", store, "--format", "jsonl")[1]
    assert run("care", "--store", store)[1] == ""


def test_what_was_set_before_a_merge_is_lifted_after_it(store: Path, run: Run) -> None:
    care = ("care", "--store", store, "--who", "A. Martin")
    for one in ("Dmytro Kouleba", "Oleksii Kouleba"):
        assert run(*care, "--entity", one, "--mask", "victim")[0] == 0
        assert run(*care, "--entity", one, "--note", f"Note sur {one}.")[0] == 0
    assert run("entities", "--store", store, "--merge", "Dmytro Kouleba", "Oleksii Kouleba")[0] == 0
    kept = Store(store)
    joined = next(
        one.id for one in kept.relations().entities if any(form == "Oleksii Kouleba" for form, _ in one.forms)
    )
    kept.close()
    assert run(*care, "--entity", joined, "--lift", "mask")[0] == 0
    told = run("export", "--store", store, "--format", "jsonl")[1]
    assert "Dmytro" in told and "Oleksii" in told
    assert "victim" not in run("care", "--store", store)[1]
    # The last note of one person is hers, whichever of the two it was on.
    assert run(*care, "--entity", joined, "--withdraw")[0] == 0
    assert "Note sur" not in run("care", "--store", store)[1]


def test_a_story_and_a_record_are_held_back(store: Path, run: Run) -> None:
    kept = Store(store)
    story = next(one.id for one in kept.stories() if "a" in one.docs)
    record = next(one.id for one in kept.articles(frozenset({"a"}))[0].records if one.text.startswith("trois"))
    kept.close()
    assert run("care", "--store", store, "--record", "a", record, "--embargo", LATER)[0] == 0
    assert "trois" not in run("export", "--store", store, "--format", "jsonl")[1]
    assert run("care", "--store", store, "--article", "b", "--embargo", LATER)[0] == 0
    assert '"doc":"b"' not in run("export", "--store", store, "--format", "jsonl")[1]
    assert run("care", "--store", store, "--article", "b", "--lift", "embargo")[0] == 0
    assert run("care", "--store", store, "--story", story, "--embargo", LATER, "--grain", 0.5, "--delay", 6)[0] == 0
    assert '"doc":"a"' not in run("export", "--store", store, "--format", "jsonl")[1]
    assert run("care", "--store", store, "--story", story, "--lift", "embargo", "--lift", "grain")[0] == 0
    listed = run("care", "--store", store)[1]
    assert "delay 6" in listed and "grain" not in listed and listed.count("embargo") == 1


def test_notes_and_signatures_are_logged_and_slips_refused(store: Path, run: Run) -> None:
    care = ("care", "--store", store, "--who", "A. Martin")
    assert run(*care, "--outlet", "Le Port", "--note", "Reprend les dépêches sans le dire.")[0] == 0
    assert run(*care, "--signatures", 2)[0] == 0
    listed = run("care", "--store", store)[1]
    assert "Reprend les dépêches" in listed and "signatures 2" in listed and "A. Martin" in listed
    for wrong in (
        ("--outlet", "None", "--note", "x"), ("--signatures", 9), ("--mask", "minor"),
        ("--entity", "Kiev", "--mask", "x"), ("--entity", "Kiev"),
        ("--entity", "Kiev", "--outlet", "Le Port", "--note", "x"), ("--story", "x", "--grain", 1),
        ("--note", "x"), ("--entity", "Kiev", "--withdraw"), ("--entity", "Kiev", "--note", "x", "--mask", "minor"),
    ):  # fmt: skip
        assert run(*care, *wrong)[0] == 2, wrong
