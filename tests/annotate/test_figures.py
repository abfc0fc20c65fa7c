"""Figures: the packs' cases, bounds that hold whatever the number, and links to claims."""

import functools
import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.annotate import ANNOTATORS, annotate
from recoupe.annotate.figures.links import carriers
from recoupe.annotate.figures.quantities import Quantity, find_quantities
from recoupe.annotate.figures.words import lexicon
from recoupe.annotate.parse import Parser
from recoupe.lang import available, pack
from recoupe.lang.numerals import digits, spell
from recoupe.model.article import Article
from recoupe.model.records import Claim, Figure

CHECKED = ("measure", "low", "high", "strict", "approx", "unit", "counts", "per", "party", "by", "cumulative")


@functools.cache
def cases(code: str) -> list[tuple[dict[str, Any], list[Figure]]]:
    """The pack's cases with what comes out of them; all sentences are parsed in one go."""
    path = pack(code).folder / "cases" / "figures.toml"
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    articles = [Article(id=str(i), text=case["sentence"], sha256="", lang=code) for i, case in enumerate(listed)]
    done = annotate(articles, ANNOTATORS, Parser())
    return [(case, annotated.layer(Figure)) for case, annotated in zip(listed, done, strict=True)]


@pytest.mark.parametrize(
    ("code", "i"),
    [
        (code, i)
        for code in available()
        for i in range((pack(code).folder / "cases" / "figures.toml").read_text(encoding="utf-8").count("[[case]]"))
    ],
)
def test_case(code: str, i: int) -> None:
    case, found = cases(code)[i]
    wanted = case.get("figures", [])
    assert [figure.text for figure in found] == [figure["text"] for figure in wanted]
    for expected, figure in zip(wanted, found, strict=True):
        for field in CHECKED:
            if field in expected or field in ("low", "high", "measure"):
                value = expected.get(field, "other" if field == "measure" else None)
                value = None if value == "" else value  # nobody
                assert getattr(figure, field) == (tuple(value) if isinstance(value, list) else value), field
        if "of" in expected:
            assert figure.of is not None
            assert case["sentence"][slice(*figure.of)] == expected["of"]
        earlier = next((one.text for one in found if one.id == figure.supersedes), None)
        assert earlier == expected.get("supersedes")


NUMBERS = st.one_of(st.integers(2, 1999), st.integers(2100, 10**9), st.integers(0, 10**12 - 1))
WRITTEN = {
    "fr": [
        "des dizaines",
        "plusieurs centaines de milliers",
        "une vingtaine",
        "400 à 500",
        "entre 5 et 10",
        "2,5 millions",
    ],
    "en": ["dozens", "hundreds of thousands", "two dozen", "400 to 500", "between 5 and 10", "2.5 million"],
}


def quantities(text: str, code: str) -> list[Quantity]:
    return find_quantities(text, pack(code), [(0, len(text))], lambda _: False)


def joined(phrase: str, number: str) -> str:
    return phrase + ("" if phrase.endswith("'") else " ") + number


@st.composite
def numbers(draw: st.DrawFn, code: str) -> str:
    """A number as a text writes it: digits with a separator, words, rounds, ranges."""
    value = draw(NUMBERS)
    separators = st.sampled_from([" ", "'", "", "."])
    forms = [st.just(spell(value, pack(code))), separators.map(lambda each: digits(value, each))]
    return draw(st.one_of(*forms, st.sampled_from(WRITTEN[code])))


@pytest.mark.parametrize("code", available())
@settings(deadline=None)
@given(data=st.data())
def test_at_least_opens_the_high_end_and_nothing_else(code: str, data: st.DataObject) -> None:
    number = data.draw(numbers(code))
    bounds = lexicon(pack(code)).words.bounds
    (plain,) = quantities(f"{number} !", code)
    before, after = bounds.at_least, bounds.after_at_least
    phrase = data.draw(st.sampled_from([*((True, each) for each in before), *((False, each) for each in after)]))
    text = joined(phrase[1], number) if phrase[0] else f"{number} {phrase[1]}"
    (opened,) = quantities(f"{text} !", code)
    assert opened.high is None
    assert (opened.start, opened.end) == (0, len(text))
    kept = ("low", "strict", "approx", "unit", "ratio", "changed")
    assert [getattr(opened, field) for field in kept] == [getattr(plain, field) for field in kept]
    assert [each.value for each in opened.numerals] == [each.value for each in plain.numerals]


@pytest.mark.parametrize("code", available())
@settings(deadline=None)
@given(data=st.data())
def test_bounds_are_ordered(code: str, data: st.DataObject) -> None:
    bounds = lexicon(pack(code)).words.bounds
    kinds = (bounds.at_least, bounds.more_than, bounds.at_most, bounds.less_than, bounds.about, ("",))
    phrase = data.draw(st.sampled_from([each for kind in kinds for each in kind]))
    first, second = data.draw(numbers(code)), data.draw(numbers(code))
    between = data.draw(st.sampled_from([" ! ", " - ", *(f" {word} " for word in bounds.range_to)]))
    led = data.draw(st.sampled_from(["", f"{bounds.between[0]} "]))
    found = quantities(led + joined(phrase, first) + between + second + " !", code)
    assert found
    for quantity in found:
        assert quantity.low is not None or quantity.high is not None
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high


@pytest.mark.parametrize("code", available())
@settings(deadline=None)
@given(value=NUMBERS)
def test_more_than_leaves_the_number_itself_out(code: str, value: int) -> None:
    for phrase in lexicon(pack(code)).words.bounds.more_than:
        (opened,) = quantities(f"{joined(phrase, digits(value, ' '))} !", code)
        assert (opened.low, opened.high, opened.strict) == (value, None, True)


def test_the_innermost_content_carries() -> None:
    text = "x" * 80
    outer = Claim(start=0, end=60, text=text[:60], id="outer")
    one = Claim(start=20, end=50, text=text[20:50], id="one")
    other = Claim(start=20, end=50, text=text[20:50], id="other")
    split = Claim(start=62, end=64, text="xx", id="split", more=((66, 72),))
    assert carriers((30, 33), [outer, one, other, split]) == ("one", "other")
    assert carriers((5, 8), [outer, one, other, split]) == ("outer",)
    assert carriers((67, 69), [outer, one, other, split]) == ("split",)
    assert carriers((75, 77), [outer, one, other, split]) == ()


TWO_SOURCES = [
    ("fr", "Kyiv parle de 400 morts, Moscou de 89.", {"400": "Kyiv", "89": "Moscou"}),
    ("fr", "Bakou évoque 70 morts et Erevan 45.", {"70": "Bakou", "45": "Erevan"}),
    ("fr", "L'armée fait état de 12 tués, les rebelles, eux, de plus de 40.",
     {"12": "L'armée", "plus de 40": "les rebelles"}),
    ("fr", "La marche a réuni 20 000 personnes selon les organisateurs, 4 000 selon la préfecture.",
     {"20 000": "les organisateurs", "4 000": "la préfecture"}),
    ("en", "Kyiv said 400 were killed, Moscow 89.", {"400": "Kyiv", "89": "Moscow"}),
    ("en", "Baku reported 70 dead and Yerevan 45.", {"70": "Baku", "45": "Yerevan"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "wanted"), TWO_SOURCES)
def test_each_answer_has_its_own_source(code: str, text: str, wanted: dict[str, str]) -> None:
    (done,) = annotate([Article(id="a", text=text, sha256="", lang=code)], ANNOTATORS, Parser())
    claims = {claim.id: claim for claim in done.layer(Claim)}
    sources = {
        figure.text: [text[slice(*source)] for each in figure.claims if (source := claims[each].source)]
        for figure in done.layer(Figure)
    }
    assert sources == {number: [source] for number, source in wanted.items()}
