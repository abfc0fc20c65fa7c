"""The packs' claim cases, and what must hold of any text."""

import functools
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.annotate.claims import Claims
from recoupe.annotate.claims.quotes import quotes_in
from recoupe.annotate.draft import Draft, made
from recoupe.annotate.names import Names
from recoupe.annotate.parse import parse
from recoupe.annotate.times import Times
from recoupe.annotate.tree import Tree
from recoupe.lang import pack
from recoupe.lang.pack import FOLDER, available
from recoupe.model.article import Article
from recoupe.model.records import Act, Block, Claim, Form, Span

PLAIN = {"indirect", "assert", "+", "certain"}
LEAST = {"fr": 150, "en": 80}  # sentences of a pack


@functools.cache
def cases(code: str) -> list[dict[str, object]]:
    path = Path(FOLDER) / code / "cases" / "claims.toml"
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["case"]) if path.is_file() else []


def drafted(text: str, code: str, kind: str = "body") -> Draft:
    draft = Draft(Article(id="case", text=text, sha256="", lang=code, published="2024-05-15"), pack(code))
    blocks, offset = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(start=offset, end=offset + len(line), text=line, kind=kind))  # type: ignore[arg-type]
        offset += len(line) + 1
    draft.put("block", blocks)
    return draft


def claims_of(drafts: list[Draft]) -> list[list[Claim]]:
    lines = [(draft, block) for draft in drafts for block in draft.layer(Block)]
    parses = parse([draft.raw(block.span) for draft, block in lines], drafts[0].pack)
    for (draft, block), found in zip(lines, parses, strict=True):
        draft.trees.append(Tree(found, block.start, block.end, block.kind))
    out = []
    for draft in drafts:
        for annotator in (Times(), Names(), Claims()):
            draft.put(annotator.gives, made(annotator(draft), draft, annotator))
        out.append(draft.layer(Claim))
    return out


def row(draft: Draft, claim: Claim) -> tuple[str, str, str, frozenset[str]]:
    def words(span: Span | None) -> str:
        return draft.raw(span) if span else "-"

    parts = " / ".join(draft.raw(part) for part in (claim.span, *claim.more))
    marks = frozenset({claim.form, claim.act, claim.polarity, claim.certainty} - PLAIN)
    return words(claim.source), words(claim.cue), parts, marks


def expected(line: str) -> tuple[str, str, str, frozenset[str]]:
    cells = [cell.strip() for cell in line.split("|")]
    return cells[0], cells[1], cells[2], frozenset(cells[3].split()) if len(cells) > 3 else frozenset()


@pytest.mark.parametrize("code", available())
def test_cases_are_many_and_of_every_kind(code: str) -> None:
    """The public record of what is understood: both polarities, every form, act and certainty, and plain sentences."""
    listed = cases(code)
    found = [expected(line)[3] for case in listed for line in case["claims"]]  # type: ignore[attr-defined]
    assert len(listed) >= LEAST[code] and sum(not case["claims"] for case in listed) >= LEAST[code] // 10
    for mark in get_args(Form) + get_args(Act) + ("-", "probable", "possible"):
        assert mark in PLAIN or any(mark in marks for marks in found), mark
    for act in set(get_args(Act)) - PLAIN:
        marked = [marks for marks in found if act in marks]
        assert len(marked) >= 5 and any(marks & {"direct", "mixed"} for marks in marked), act


@pytest.mark.parametrize("code", available())
def test_cases(code: str) -> None:
    listed = cases(code)
    drafts = [drafted(str(case["text"]), code, str(case.get("kind", "body"))) for case in listed]
    wrong = []
    for case, draft, found in zip(listed, drafts, claims_of(drafts), strict=True):
        wanted = sorted(expected(line) for line in case["claims"])  # type: ignore[attr-defined]
        got = sorted(row(draft, claim) for claim in found)
        if [item[:3] for item in wanted] != [item[:3] for item in got] or {i[3] for i in wanted} != {i[3] for i in got}:
            wrong.append((case["text"], wanted, got))
    assert not wrong, wrong


def test_speech_over_paragraphs_is_one_record_each() -> None:
    text = "Le maire a déclaré : « Nous avons tout perdu.\n« Il faut reconstruire les écoles. »"
    draft = drafted(text, "fr")
    first, second = claims_of([draft])[0]
    assert first.source == second.source and first.cue == second.cue
    assert second.text == "Il faut reconstruire les écoles"


def test_links_name_records_of_the_article() -> None:
    text = (
        "Le chef de la police a affirmé que le maire avait accusé la presse de mentir. "
        "L’hôpital a été touché, a rapporté l’agence Reuters, citant le ministère de la Santé."
    )
    draft = drafted(text, "fr")
    found = claims_of([draft])[0]
    ids = {claim.id for claim in found}
    assert any(claim.within for claim in found) and any(claim.via for claim in found)
    assert all(link in ids for claim in found for link in (*claim.via, *filter(None, [claim.within])))


@given(st.text(alphabet="ab .,:«»“”\"'’\n-", max_size=80))
@settings(max_examples=200, deadline=None)
def test_quotations_lie_in_bounds_and_apart(raw: str) -> None:
    text = pack("fr").normal(raw)
    found = quotes_in(text, raw, 0, len(raw))
    ends = [0]
    for quote in found:
        assert 0 <= quote.outer[0] < quote.start < quote.end <= quote.outer[1] <= len(raw)
        assert quote.outer[0] >= ends[-1]
        ends.append(quote.outer[1])
