"""Names across spellings and scripts: the same, another's, or not to be told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.lang import available, pack
from recoupe.lang.spelling import compare, given_key, skeleton, words

SPELLINGS = [
    "Choïgou Shoigu Шойгу Shoygu Schoigu",
    "Zelensky Zelenskyy Zelenskiy Зеленський Зеленский Zelenski",
    "Loukachenko Lukashenko Лукашенко Lukaschenko",
    "Naïev Nayev Наєв",
    "Khrenin Hrenin Хренин Khrénine",
    "Peskov Песков Peskow",
    "Prigojine Prigozhin Пригожин",
    "Chmyhal Shmyhal",
    "Jytomyr Zhytomyr Житомир",
    "Zaporijjia Zaporizhzhia Запоріжжя",
    "Gerassimov Gerasimov Герасимов",
]


@pytest.mark.parametrize("row", SPELLINGS)
def test_one_skeleton(row: str) -> None:
    assert len({skeleton(form) for form in row.split()}) == 1


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ("Sergueï Choïgou", "Сергей Шойгу", "same"),
        ("Sergei Shoigu", "Sergueï Choïgou", "same"),
        ("Volodymyr Zelensky", "Владимир Зеленский", "same"),
        ("Mykhaïlo Podoliak", "Mykhailo Podolyak", "same"),
        ("Alexandre Loukachenko", "Aliaksandr Lukashenka", "same"),
        ("Bachar al-Assad", "Bashar el-Assad", "same"),
        ("Bachar al-Assad", "Maher al-Assad", "different"),
        ("Serhiy Naïev", "Sergueï Lavrov", "different"),
        ("Sergueï Choïgou", "Sergueï Lavrov", "different"),
        ("Sergueï Choïgou", "Sergueï Sourovikine", "different"),
        ("Vladimir Poutine", "Vladimir Medinski", "different"),
        ("Lavrov", "Sergueï Lavrov", "unsure"),
        ("S. Lavrov", "Sergueï Lavrov", "same"),
        ("Lavrov, Sergueï", "Sergueï Lavrov", "same"),
        ("Vitali Klitschko", "Wladimir Klitschko", "different"),
        ("Kim Jong-un", "Kim Jong Un", "same"),
        ("Kim Jong-un", "Kim Yo-jong", "different"),
        ("Abdallah ben Omar", "Omar ben Abdallah", "different"),
    ],
)
def test_people(a: str, b: str, verdict: str) -> None:
    assert compare(a, b).verdict == verdict
    assert compare(b, a).verdict == verdict


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ("Gazprom SA", "OAO Gazprom", "same"),
        ("Al-Qaïda", "Al Qaeda", "same"),
        ("93e brigade", "92e brigade", "different"),
        ("Bank of Syria", "Bank of Sudan", "different"),
    ],
)
def test_bodies(a: str, b: str, verdict: str) -> None:
    assert compare(a, b, "ORG").verdict == verdict


@given(st.text(max_size=40), st.text(max_size=40))
def test_hostile(a: str, b: str) -> None:
    for kind in ("PER", "ORG", "LOC"):
        found = compare(a, b, kind)
        assert 0 <= found.score <= 1
        assert all(pack(code).phrase(f"spelling.{found.why}") for code in available())
        assert compare(a, a, kind).verdict == "same"


def test_pairs_from_the_news() -> None:
    lines = (Path(__file__).parent / "name_pairs.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    right = [compare(a, b).verdict == verdict for a, b, verdict in rows]
    assert len(rows) >= 200 and sum(right) / len(right) >= 0.95
    others = [(a, b) for a, b, verdict in rows if verdict != "same"]
    shared = [1 for a, b in others if set(map(given_key, words(a))) & set(map(given_key, words(b)))]
    assert len(others) >= 80 and len(shared) / len(others) > 0.75, "hard ones: of one family, or of one given name"
    assert all(compare(a, b) == compare(b, a) for a, b, _ in rows)
