"""`recoupe diff`, on a real store."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from growing import SCENARIOS, Grown

Run = Callable[..., tuple[int, str, str]]
Scenario = Callable[[str], Grown]
SPAN = ("--from", "2031-03-03T02:30Z", "--to", "2031-03-03T04:30Z")


def test_the_changes_between_two_instants(run: Run, scenario: Scenario) -> None:
    found = scenario("truce")
    code, out, said = run("diff", "--store", found.path, *SPAN)
    assert code == 0 and said == ""
    assert found.story.title in out and "2 articles came" in out
    assert "Incident alleged inside the truce" in out and "New dispute" not in out
    assert "Trêve" in run("diff", "--store", found.path, *SPAN, lang="fr")[1]


def test_formats_hold_the_same(run: Run, scenario: Scenario) -> None:
    found = scenario("truce")
    code, out, _ = run("diff", "--store", found.path, *SPAN, "--format", "json")
    told = json.loads(out)
    assert code == 0 and told["from"] == "2031-03-03T02:30:00.000000+00:00"
    (story,) = told["stories"]
    assert story["articles"] == ["03", "04"] and story["changes"]
    texts = {one.article.id: one.article.text for one in found.store.articles()}
    for change in story["changes"]:
        assert change["records"] and change["sentence"] and change["machine"] is True
        assert all(texts[one["doc"]][one["start"] : one["end"]] for one in change["passages"])
    markdown = run("diff", "--store", found.path, *SPAN, "--format", "markdown")[1]
    assert markdown.startswith("# ") and markdown.count("\n- **") == len(story["changes"])


def test_one_story_only(run: Run, scenario: Scenario) -> None:
    found = scenario("truce")
    assert run("diff", "--store", found.path, *SPAN, "--story", found.story.id)[0] == 0
    code, _, said = run("diff", "--store", found.path, *SPAN, "--story", "nothing")
    assert code == 3 and "nothing" in said


def test_a_quiet_time_says_so(run: Run, scenario: Scenario) -> None:
    code, _, said = run("diff", "--store", scenario("truce").path, "--from", "2031-04-01", "--to", "2031-04-02")
    assert code == 0 and "No article came" in said


def test_copies_are_said_to_be_copies(run: Run, scenario: Scenario) -> None:
    path = scenario("agency").path
    out = run("diff", "--store", path, "--from", "2031-03-03T01:30Z", "--to", "2031-03-03T05:30Z")[1]
    assert "4 articles came" in out and "0 changes" in out and "repeat texts read before" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "soon"), "soon"),
        (("--from", "2031-13-01"), "2031-13-01"),
        (("--from", "24h", "--to", "now"), "now"),
        (("--from", "2031-03-04", "--to", "2031-03-02"), "before"),
        (("--from", "24h", "--format", "pdf"), "pdf"),
        ((), ""),
    ],
)
def test_wrong_use_is_told(run: Run, scenario: Scenario, arguments: tuple[str, ...], words: str) -> None:
    code, out, said = run("diff", "--store", scenario("truce").path, *arguments)
    assert code == 2 and out == "" and words in said


def test_adding_notices(run: Run, tmp_path: Path) -> None:
    """`add` keeps alerts of what an arrival changes, and none of what was first in the store."""
    lines = (SCENARIOS / "toll.jsonl").read_text(encoding="utf-8").splitlines()
    for n, some in enumerate((lines[:2], lines[2:3])):
        (tmp_path / f"{n}.jsonl").write_text("\n".join(some), encoding="utf-8")
        assert run("add", tmp_path / f"{n}.jsonl", "--store", tmp_path / "s.db")[0] == 0
        listed = run("alert", "--store", tmp_path / "s.db")[1]
        assert ("New dispute" in listed) is bool(n)
