"""One contract over every annotator and every pack."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.annotate.pipeline import LONGEST, ordered, pieces
from recoupe.lang import available
from recoupe.model.article import Article
from recoupe.model.records import Annotated
from sound import check

# Pieces of news and of trouble, to be joined at random: what the annotators read is no one's clean text.
PIECES = [
    "Le ministère a déclaré lundi qu’au moins 89 soldats avaient été tués à Makiïvka.",
    "The ministry said on Monday that at least 89 soldiers had been killed in Makiivka.",
    "Power restored, 12 of at least 15 drones, two injured (Petrov), EU address.",
    "« Nous n’avons rien vu », a-t-il dit.", "“We saw nothing,” he said.", "", "\n", "\n\n", "\t", "\u200b", "\ufeff",
    "«", "»", "“", "”", '"', "’", "…", "24h00 le 7 janvier", "24:00", "99999999999999999999", "31 février 0000",
    "un cinquième de", "entre 5 et", "selon", "d'après", "a annoncé", "\u202e", "😀", "Ё", "قال", "a" * 300, "- " * 40,
    "Crédit : Agence", "Lire aussi", "1 234 567,89 %", "http://example.org/?q=1", "\r", "\x0b", "\u2028", "¿?",
]  # fmt: skip

# The last ones took minutes when chains of heads, pairs of records or the length of a paragraph had no limit.
HOSTILE = [
    "", " ", "\n\n", "\x00", "\u200b", "«" * 500, "x" * 30_000, "9" * 5_000, "mot " * 3_000,
    "12 morts dont " * 300, "il a dit que " * 300, "selon Paris, " * 300, "he said that " * 300,
    "Le ministre a dit à Kyiv que 12 soldats sont morts lundi. " * 200,
]  # fmt: skip


def run(text: str, code: str, published: str | None = "2023-01-06") -> Annotated:
    return annotate([Article(id="a", text=text, sha256="", lang=code, published=published)], ANNOTATORS, Parser())[0]


def test_order_follows_from_needs() -> None:
    assert {a.name for a in ordered(ANNOTATORS)} == {a.name for a in ANNOTATORS}
    with pytest.raises(ValueError, match="nobody gives"):
        ordered([a for a in ANNOTATORS if a.gives != "block"])


@pytest.mark.parametrize("code", available())
@pytest.mark.parametrize("text", HOSTILE)
def test_survives_empty_and_hostile_input(code: str, text: str) -> None:
    check(run(text, code))


@pytest.mark.parametrize("text", ["Une phrase. " * 900, "mot " * 3_000, "x" * 9_000, "court", "a. b" * LONGEST])
def test_a_long_block_is_cut_without_loss(text: str) -> None:
    found = pieces("..." + text, (3, 3 + len(text)))
    assert "".join(("..." + text)[start:end] for start, end in found) == text
    assert all(0 < end - start <= LONGEST for start, end in found)


@pytest.mark.parametrize("code", available())
def test_is_deterministic_and_alone(code: str) -> None:
    """The same article gives the same records, whatever stands beside it in the batch."""
    text = "\n".join(PIECES)
    article = Article(id="a", text=text, sha256="", lang=code, published=None)
    other = Article(id="b", text=PIECES[0], sha256="", lang=code, published="2020-01-01")
    alone = annotate([article], ANNOTATORS, Parser())[0]
    beside = annotate([other, article], ANNOTATORS, Parser())[1]
    assert alone == beside


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=8),
    st.sampled_from(available()),
    st.sampled_from(["2023-01-06", "2023-01", None]),
)
def test_every_record_is_the_articles_slice(pieces: list[str], code: str, published: str | None) -> None:
    check(run(" ".join(pieces), code, published))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200), st.sampled_from(available()))
def test_any_text_at_all(text: str, code: str) -> None:
    clean = text.encode("utf-8", "ignore").decode()  # lone surrogates never come out of a reader
    check(run(clean, code))
