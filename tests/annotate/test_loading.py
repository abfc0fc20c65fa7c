"""A factored pattern is quicker to compile and matches the same words."""

import re
import subprocess
import sys
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.annotate import loading
from recoupe.lang import pack

ABOUT = pack("fr").about
LETTERS = "a-zà-öø-ÿœ" + "".join(chr(code) for code in range(0x0101, 0x0250))
CASES = [
    "(?iu)(?:^a[-–]sexu[{l}]+$)|(?:^black[-–]out[{l}]*$)|(?:^bas(?:ses?)?[-–][{l}][-–{l}'’]*$)",
    "(?iu)(?:^[{l}]+[-–]de[-–](?:l['’])?[{l}]+$)|(?:^[{l}]+[-–]du[-–](?:l['’])?[{l}]+$)|(?:^r['’][{l}]+$)",
]
HEADS = ("a-sexu", "black-out", "BAS-", "basse–", "r’", "saut-de-", "pied-du-l'", "", "-")


@pytest.mark.parametrize("case", CASES)
@given(head=st.sampled_from(HEADS), tail=st.text("abéŒ-–'’1", max_size=6), lead=st.text("aÉ-", max_size=2))
def test_the_same_words_match(case: str, head: str, tail: str, lead: str) -> None:
    whole = case.replace("{l}", LETTERS)
    short = loading.factored(whole)
    assert bool(re.match(short, lead + head + tail)) == bool(re.match(whole, lead + head + tail))


def test_a_class_is_written_once_for_many_alternatives() -> None:
    one = "^{}[-–][{}]+$"
    whole = "(?iu)" + "|".join(f"(?:{one.format(word, LETTERS)})" for word in ("sous", "sur", "vice", "non"))
    assert loading.factored(whole).count(LETTERS) == 1


@pytest.mark.parametrize(
    ("alternatives", "ahead"),
    [
        (["a[-–]b+", "c['’](?:d[/])?"], r"(?=[^'\-–’]*['\-–’])"),
        (["a[-–]b+", "c(?:['’]d)?"], ""),
        (["a[-–]b+", "c[-–]?d"], ""),
        (["a[-–]b+", "c[a-d]d"], ""),
        (["a[-–]b+", "c[^-–]d"], ""),
        (["a[-–]b+", "c[-–]d|e"], ""),
    ],
)
def test_signs_that_every_alternative_asks_for(alternatives: list[str], ahead: str) -> None:
    assert loading._signed(alternatives) == ahead


@pytest.mark.parametrize("pattern", ["", "abc", "^abc$", "(?:^abc$)x", "(?:abc$)|(?:^d$)"])
def test_another_pattern_stays(pattern: str) -> None:
    assert loading.factored(pattern) == pattern


def test_the_french_tokenizer_keeps_its_words_whole() -> None:
    tokenizer = loading.model(ABOUT.model, (), ABOUT.sha256).tokenizer
    whole = ["sous-sol", "Vice-président", "saut-de-ski", "bas-côté", "entr’ouvert", "États-Unis", "arc-en-ciel"]
    split = ["dit-il", "Moscou-Kyiv", "l'armée", "d’Ukraine"]
    assert [len(tokenizer(word)) for word in whole] == [1] * len(whole)
    assert all(len(tokenizer(word)) > 1 for word in split)
    assert import_module("re").compile is re.compile and re.compile.__module__ == "re"


def test_spacy_keeps_its_commands() -> None:
    code = f"""
import sys
from recoupe.annotate.loading import model
model({ABOUT.model!r}, {tuple(ABOUT.unread)!r}, {ABOUT.sha256!r})
assert not any(name.startswith("spacy.cli") for name in sys.modules)
import spacy, spacy.cli
assert callable(spacy.cli.download) and spacy.info(silent=True)["spacy_version"] == spacy.__version__
"""
    subprocess.run([sys.executable, "-c", code], check=True)
