"""Names across scripts have one skeleton; a word of two alphabets has that of no name."""

import pytest

from recoupe.lang.skeleton import skeleton, slugged


@pytest.mark.parametrize(
    "spellings", [("Choïgou", "Shoigu", "Шойгу"), ("Kherson", "Херсон"), ("Poutine", "Putin", "Путин")]
)
def test_scripts_share_one(spellings: tuple[str, ...]) -> None:
    assert len({skeleton(one) for one in spellings}) == 1


@pytest.mark.parametrize(
    ("word", "like"),
    [
        ("Pоutine", "Poutine"),
        ("Роutine", "Poutine"),
        ("Кyiv", "Kyiv"),
        ("Mаriа", "Maria"),
        ("Αthens", "Athens"),
        ("Zelenskу", "Zelensky"),
    ],
)
def test_two_alphabets_in_a_word_are_told(word: str, like: str) -> None:
    assert word != like and skeleton(word) != skeleton(like) and slugged(word) != slugged(like)


def test_words_of_one_alphabet_each_stay() -> None:
    assert slugged("Су-34 Kyiv Владимир") == "su-34-kyiv-vladimir"
