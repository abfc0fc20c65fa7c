"""Numbers come back from digits with every separator and from words, in every pack."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.lang import available, pack
from recoupe.lang.numerals import digits, find_numerals, spell

WHOLE = st.one_of(st.integers(0, 3000), st.integers(0, 10**12 - 1), st.integers(0, 999).map(lambda n: n * 10**6))
SEPARATORS = [" ", "\u202f", "\u00a0", "\u2009", "'", "’", ""]


@pytest.mark.parametrize("code", available())
@given(value=WHOLE)
def test_words_come_back(code: str, value: int) -> None:
    words = spell(value, pack(code))
    (found,) = find_numerals(words, pack(code))
    assert (found.value, found.start, found.end) == (value, 0, len(words))


@pytest.mark.parametrize("code", available())
@pytest.mark.parametrize("separator", [*SEPARATORS, ",", "."])
@given(value=WHOLE)
def test_digits_come_back(code: str, separator: str, value: int) -> None:
    written = digits(value, separator)
    (found,) = find_numerals(pack(code).normal(f"({written})"), pack(code))
    # One group behind the decimal mark reads both ways; the reading as a group is kept beside.
    assert value in (found.value, found.other)
    assert (found.start, found.end) == (1, 1 + len(written))


@pytest.mark.parametrize("code", available())
@given(value=WHOLE, shouted=st.booleans())
def test_words_come_back_with_hyphens_and_capitals(code: str, value: int, shouted: bool) -> None:
    words = spell(value, pack(code)).replace(" ", "-")  # the spelling of 1990
    (found,) = find_numerals(words.upper() if shouted else words.capitalize(), pack(code))
    assert found.value == value


@pytest.mark.parametrize("code", available())
@given(value=WHOLE)
def test_a_number_comes_back_from_inside_a_sentence(code: str, value: int) -> None:
    for written in (digits(value, "\u202f"), spell(value, pack(code))):
        text = pack(code).normal(f"Z {written} Z. Z")
        (found,) = find_numerals(text, pack(code))
        assert (found.value, text[found.start : found.end]) == (value, pack(code).normal(written))


CASES = {
    "fr": [
        ("105 960 soldats", [("105 960", 105960)]),
        ("mil 100 hommes et 2,5 millions d'habitants", [("mil 100", 1100), ("2,5 millions", 2_500_000)]),
        (
            "un million et demi, trois millions et demi",
            [("un million et demi", 1.5e6), ("trois millions et demi", 3.5e6)],
        ),
        ("une bonne centaine de camions", [("une bonne centaine", 100)]),
        ("une centaine de milliers de tonnes", [("une centaine de milliers", 100_000)]),
        ("un demi-million, une demi-douzaine", [("un demi-million", 500_000), ("une demi-douzaine", 6)]),
        ("deux cent mille milliards", [("deux cent mille milliards", 2 * 10**14)]),
        ("le dix-huitième siècle, la vingt et unième brigade", []),
        ("des S-400, un T-72, la 24e brigade, un obus de 155mm", [("un", 1), ("un", 1)]),
        ("30 % ou dix pour cent", [("30 %", 0.3), ("dix pour cent", 0.1)]),
        ("deux tiers, la moitié, un cinquième", [("deux tiers", 2 / 3), ("moitié", 0.5), ("un cinquième", 0.2)]),
    ],
    "en": [
        ("one hundred and sixteen", [("one hundred and sixteen", 116)]),
        ("1,300 men, half a million", [("1,300", 1300), ("half a million", 500_000)]),
        ("one and a half million", [("one and a half million", 1_500_000)]),
        ("near two dozen, half a dozen, a dozen", [("two dozen", 24), ("half a dozen", 6), ("a dozen", 12)]),
        ("three quarters of a million", [("three quarters of a million", 750_000)]),
        ("the twenty-first day, 155mm shells", []),
        ("40 percent, one third", [("40 percent", 0.4), ("one third", 1 / 3)]),
    ],
}
VAGUE = {
    "fr": [
        ("des dizaines de milliers", 20_000, 99_999),
        ("plusieurs centaines", 200, 999),
        ("des millions", 2_000_000, 9_999_999),
    ],
    "en": [("tens of thousands", 20_000, 99_999), ("several hundred", 200, 999), ("a few dozen", 20, 99)],
}


@pytest.mark.parametrize(("code", "text", "wanted"), [(code, *case) for code in CASES for case in CASES[code]])
def test_cases(code: str, text: str, wanted: list[tuple[str, float]]) -> None:
    found = find_numerals(text, pack(code))
    assert [text[numeral.start : numeral.end] for numeral in found] == [words for words, _ in wanted]
    assert [numeral.value for numeral in found] == pytest.approx([value for _, value in wanted])


@pytest.mark.parametrize(("code", "text", "low", "high"), [(code, *case) for code in VAGUE for case in VAGUE[code]])
def test_vague(code: str, text: str, low: int, high: int) -> None:
    (found,) = find_numerals(text, pack(code))
    assert (found.start, found.end, found.low, found.high, found.vague) == (0, len(text), low, high, True)
