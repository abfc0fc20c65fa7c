"""Times: every pack's own cases, and what must hold of all times."""

import tomllib

import pytest

from recoupe.annotate.draft import Draft
from recoupe.annotate.times import Times
from recoupe.lang import available, pack
from recoupe.model.article import Article
from recoupe.model.records import Block, Time


def times(text: str, lang: str, published: str | None) -> list[Time]:
    """The times of a text, without a parse (tenses are unknown then)."""
    draft = Draft(Article(id="a", text=text, sha256="", lang=lang, published=published), pack(lang))
    draft.put("block", [Block(start=0, end=len(text), text=text, kind="body")])
    return [record for record in Times()(draft) if isinstance(record, Time)]


def cases() -> list[object]:
    found: list[object] = []
    for code in available():
        path = pack(code).folder / "cases" / "times.toml"
        listed = tomllib.loads(path.read_text(encoding="utf-8"))
        for case in listed["case"]:
            published = case.get("published", listed["published"])
            found.append(pytest.param(code, published, case, id=f"{code}: {case['text'][:40]}"))
    return found


@pytest.mark.parametrize(("lang", "published", "case"), cases())
def test_case(lang: str, published: str, case: dict[str, object]) -> None:
    found = times(str(case["text"]), lang, published)
    assert [[time.text, time.value] for time in found] == case["times"]
