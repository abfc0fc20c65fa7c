"""Events: the cases of every pack, and the codes of every type."""

import tomllib
from collections.abc import Sequence

import pytest

from recoupe.annotate.draft import Draft, made
from recoupe.annotate.events import Events
from recoupe.annotate.parse import Parser
from recoupe.annotate.tree import Tree
from recoupe.lang import available, pack
from recoupe.model.article import Article
from recoupe.model.records import Block, Claim, Event, Name, Record, Span, Time

PARSER = Parser()


def located(text: str, words: str) -> dict[str, object]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def drafted(lang: str, case: dict[str, object]) -> Draft:
    """The case as a draft with the layers that it gives."""
    text = str(case["text"])
    draft = Draft(Article(id="a", text=text, sha256="", lang=lang, published=case.get("published")), pack(lang))  # type: ignore[arg-type]
    layers: dict[str, Sequence[Record]] = {
        "block": [Block(start=0, end=len(text), text=text, kind="body")],
        "name": [Name(**located(text, w), type=t, entity=w) for t, w in case.get("names", ())],  # type: ignore
        "time": [Time(**located(text, w), type="DATE", value=v) for v, w in case.get("times", ())],  # type: ignore
        "claim": [Claim(**located(text, w), act=a, polarity=p, id=w) for a, p, w in case.get("claims", ())],  # type: ignore
    }
    for layer, records in layers.items():
        draft.put(layer, records)  # type: ignore[arg-type]
    draft.trees = [Tree(parse, 0, len(text), "body") for parse in PARSER([text], pack(lang))]
    return draft


def events_of(draft: Draft) -> list[Event]:
    return [record for record in made(Events()(draft), draft, Events()) if isinstance(record, Event)]


def rows(draft: Draft) -> list[list[str]]:
    def words(span: Span | None) -> str:
        return draft.raw(span) if span else ""

    return [
        [e.text, e.type, e.status, words(e.actor), words(e.target), words(e.place)] for e in events_of(draft)
    ]  # fmt: skip


def cases() -> list[object]:
    found: list[object] = []
    for code in available():
        listed = tomllib.loads((pack(code).folder / "cases" / "events.toml").read_text(encoding="utf-8"))["case"]
        found += [pytest.param(code, case, id=f"{code}: {case['name']}") for case in listed]
    return found


@pytest.mark.parametrize(("lang", "case"), cases())
def test_cases(lang: str, case: dict[str, object]) -> None:
    assert rows(drafted(lang, case)) == case["events"]
