"""Blocks: the cases of every pack, and that blocks cover the lines of any text."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.annotate.blocks import Blocks
from recoupe.annotate.draft import Draft
from recoupe.lang import available, pack
from recoupe.model.article import Article
from recoupe.model.records import Block


def blocks_of(text: str, lang: str, hints: tuple[tuple[int, int, str], ...] = (), title: str = "") -> list[Block]:
    draft = Draft(Article(id="a", text=text, sha256="", lang=lang, hints=hints, title=title), pack(lang))
    return [record for record in Blocks()(draft) if isinstance(record, Block)]


def cases() -> list[object]:
    found = []
    for code in available():
        listed = tomllib.loads((pack(code).folder / "cases" / "blocks.toml").read_text(encoding="utf-8"))["case"]
        found += [pytest.param(code, case["lines"], id=f"{code}: {case['name']}") for case in listed]
    return found


@pytest.mark.parametrize(("lang", "lines"), cases())
def test_cases(lang: str, lines: list[tuple[str, str]]) -> None:
    found = blocks_of("\n\n".join(text for _, text in lines), lang)
    assert [(block.kind, block.text) for block in found] == [(kind, text.strip()) for kind, text in lines]


@given(st.text(alphabet=st.sampled_from('aB é.?!:;,\n\r\t\u2028\x0b\x85»›>/-0123456789()[]©"“«’\u00a0'), max_size=400))
def test_blocks_are_the_lines(text: str) -> None:
    for code in available():
        found = blocks_of(text, code)
        assert all(text[block.start : block.end] == block.text == block.text.strip() for block in found)
        assert [block.start for block in found] == sorted({block.start for block in found})
        covered = "".join(block.text for block in found)
        assert "".join(covered.split()) == "".join(text.split())
        assert found == blocks_of(text, code)


def test_markup_decides_where_words_do_not() -> None:
    text = "Le fleuve\nUn pont a sauté dans la nuit près du barrage, a annoncé le gouverneur de la région.\nMarie Duval"
    first, last = (0, 9, "chrome"), (len(text) - 11, len(text), "meta")
    assert [block.kind for block in blocks_of(text, "fr", (first, last))] == ["chrome", "body", "meta"]


def test_title_of_the_metadata() -> None:
    text = "Un pont a sauté.\nLe gouverneur a annoncé vendredi que le pont avait été détruit par une frappe."
    assert [block.kind for block in blocks_of(text, "fr", title="Un pont a sauté")] == ["title", "body"]


@pytest.mark.parametrize("line", ["«" * 200_000, "a " * 200_000, "(" * 100_000, "» > " * 50_000, "1:" * 100_000])
def test_long_lines_take_linear_time(line: str) -> None:
    assert len(blocks_of(line, "fr")) == 1
