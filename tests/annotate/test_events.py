"""Events: the cases of every pack, and the codes of every type."""

import tomllib
from collections.abc import Sequence
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.annotate.draft import Draft, made
from recoupe.annotate.events import Events
from recoupe.annotate.events.coding import coded
from recoupe.annotate.events.words import Words
from recoupe.annotate.parse import Parser
from recoupe.annotate.tree import Tree
from recoupe.lang import available, pack
from recoupe.model.article import Article
from recoupe.model.codes import claim_codes, event_codes
from recoupe.model.records import Block, Claim, Event, EventType, Name, Record, Span, Time

PARSER = Parser()


def located(text: str, words: str) -> dict[str, object]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def claimed(text: str, act: str, polarity: str, words: str, cue: str = "") -> Claim:
    start = text.index(cue)
    span = (start, start + len(cue)) if cue else None
    return Claim(**located(text, words), act=act, polarity=polarity, cue=span, id=words)  # type: ignore


def drafted(lang: str, case: dict[str, object]) -> Draft:
    """The case as a draft with the layers that it gives."""
    text, kind = str(case["text"]), str(case.get("kind", "body"))
    draft = Draft(Article(id="a", text=text, sha256="", lang=lang, published=case.get("published")), pack(lang))  # type: ignore[arg-type]
    layers: dict[str, Sequence[Record]] = {
        "block": [Block(start=0, end=len(text), text=text, kind=kind)],  # type: ignore
        "name": [Name(**located(text, w), type=t, entity=w) for t, w in case.get("names", ())],  # type: ignore
        "time": [Time(**located(text, w), type="DATE", value=v) for v, w in case.get("times", ())],  # type: ignore
        "claim": [claimed(text, *given) for given in case.get("claims", ())],  # type: ignore
    }
    for layer, records in layers.items():
        draft.put(layer, records)  # type: ignore[arg-type]
    draft.trees = [Tree(parse, 0, len(text), kind) for parse in PARSER([text], pack(lang))]
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


@pytest.mark.parametrize("lang", available())
def test_rules_list_single_words(lang: str) -> None:
    """A rule is looked up by one token: what several make is said by what stands around it."""
    rules = pack(lang).words(Words, "events").rules
    assert not [word for rule in rules for word in (*rule.verbs, *rule.nouns) if set(word) & set(" '")]


def test_every_type_and_act_has_codes() -> None:
    for kind in get_args(EventType):
        codes = event_codes(Event(start=0, end=1, text="x", type=kind))
        assert (codes.acled or kind == "casualties") and (codes.plover or kind == "other")
    assert event_codes(Event(start=0, end=1, text="x", type="ceasefire")).cameo == "0871"
    assert event_codes(Event(start=0, end=1, text="x", type="strike", means="drone")).acled == "Air/drone strike"
    assert claim_codes(Claim(start=0, end=1, text="x", act="commit", polarity="-")).plover == "REJECT"
    assert claim_codes(Claim(start=0, end=1, text="x", act="assert")).plover == ""


@pytest.mark.parametrize(
    ("lang", "text", "plover"),
    [
        ("en", "The navy fired two missiles at the port.", "FIGHT"),
        ("en", "Gunmen killed a mayor.", "ASSAULT"),
        ("en", "The junta will release twelve prisoners.", "AGREE"),
        ("en", "The governor lifted the curfew.", "CONCEDE"),
        ("fr", "Le tribunal a interdit la marche.", "COERCE"),
        ("fr", "Le parlement a menacé de rompre le dialogue.", "THREATEN"),
    ],
)
def test_plover(lang: str, text: str, plover: str) -> None:
    draft = drafted(lang, {"text": text})
    draft.put("event", events_of(draft))
    assert coded(draft)[0].plover == plover


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["la trêve", "de", "frappe", "que", "tué", ",", "par l'armée", "qui", "-", "Kiev"]), max_size=30
    )
)
def test_spans_lie_in_the_text(pieces: list[str]) -> None:
    text = " ".join(pieces) or "."
    for event in events_of(drafted("fr", {"text": text})):
        for span in (event.span, event.actor, event.target, event.place, event.time_span):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
