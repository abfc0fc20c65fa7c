"""The rows of a parse say what spaCy's own pipeline says, component by component and token by token."""

import pytest
import spacy

from recoupe.annotate.parse import ENTITIES, parse
from recoupe.annotate.weights import put_file
from recoupe.lang import LanguagePack, available, pack

TEXTS = {
    "fr": [
        "Selon le ministère de la Défense, 12 soldats ont été tués à Bakhmout. « Nous tiendrons », a dit le général.",
        "  Le  cessez-le-feu\tdécrété par Moscou\n n'a pas tenu .  Kyiv dément.",
        "VFX0N17 - Photo : A. Martin / AFP",
        "",
    ],
    "en": [
        "The ministry said 12 soldiers were killed by a strike on Bakhmut. \"We will hold\", the general said.",
        "  The  truce\tdeclared by Moscow\n did not hold .  Kyiv denies it.",
        "",
    ],
}  # fmt: skip


@pytest.mark.parametrize("code", available())
def test_rows_say_what_the_model_says(code: str) -> None:
    language = pack(code)
    whole = spacy.load(language.about.model)
    if language.weights is not None:
        put_file(whole, language.weights)
    for text, found in zip(TEXTS[code], parse(TEXTS[code], language), strict=True):
        tokens = [token for token in whole(language.normal(text)) if not token.is_space]
        assert [(row.start, row.end) for row in found.tokens] == [(one.idx, one.idx + len(one)) for one in tokens]
        for row, token in zip(found.tokens, tokens, strict=True):
            assert text[row.start : row.end] == row.text
            assert row.lemma == token.lemma_
            assert (row.pos, row.morph) == (token.pos_, str(token.morph))
            assert (row.ent, row.ent_start) == (ENTITIES.get(token.ent_type_, ""), token.ent_iob_ == "B")
            if not language.about.head_prepositions:
                assert row.dep == language.about.labels.get(token.dep_, token.dep_)


@pytest.mark.parametrize("code", available())
def test_a_paragraph_is_parsed_the_same_alone_and_among_others(code: str) -> None:
    language: LanguagePack = pack(code)
    assert parse(TEXTS[code], language) == [parse([text], language)[0] for text in TEXTS[code]]


@pytest.mark.parametrize("number", ["4 707", "4\u202f707", "1 300 000"])
def test_a_number_with_its_thousands_apart_is_one_word(number: str) -> None:
    text = f"L'armée a perdu {number} véhicules en 2022 230 jours durant."
    row = parse([text], pack("fr"))[0].tokens
    tokens = {token.text: token for token in row}
    start = text.index(number)
    assert (tokens[number].start, tokens[number].end) == (start, start + len(number))
    assert tokens[number].pos == "NUM" and row[tokens[number].head].text == "véhicules"
    assert "2022" in tokens and "230" in tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('riposte à l\'"opération"', ["riposte", "à", "l'", '"', "opération", '"']),
        ("parle d’“apartheid”", ["parle", "d’", "“", "apartheid", "”"]),
        ("dit qu'« il part »", ["dit", "qu'", "«", "il", "part", "»"]),
        ('a dit lorsqu\'"il" part', ["a", "dit", "lorsqu'", '"', "il", '"', "part"]),
        ("l'armée", ["l'", "armée"]),
        ("aujourd'hui", ["aujourd'hui"]),
    ],
)
def test_an_elision_is_cut_off_from_a_quotation_mark(text: str, words: list[str]) -> None:
    assert [token.text for token in parse([text], pack("fr"))[0].tokens] == words


@pytest.mark.parametrize("word", ["évacué", "évacuée"])
def test_a_participle_that_the_tagger_takes_for_an_infinitive_is_one(word: str) -> None:
    person = "Une femme" if word.endswith("e") else "Un homme"
    row = parse([f"{person} {word} vers Kherson a pleuré."], pack("fr"))[0].tokens
    told = next(token for token in row if token.text == word)
    assert "VerbForm=Part" in told.morph and "Tense=Past" in told.morph
