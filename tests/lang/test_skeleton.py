"""Names across scripts have one skeleton; a word of two alphabets has that of no name."""

import pytest

from recoupe.lang.skeleton import seen, skeleton, slugged
from recoupe.lang.spelling import compare


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
    assert seen(word) == like
    for one, two in (
        (word, like),
        (f"Jean {word}", f"Jean {like}"),
        (f"Jean {word}", like),
        (f"{word} Petit", f"{like} Petit"),
    ):
        for kind in ("PER", "ORG"):
            found = compare(one, two, kind)
            assert (found.verdict, found.why) == ("unsure", "look_alike"), (one, two, kind)
    assert compare(word, "Zapotek").verdict == "different"


def test_words_of_one_alphabet_each_stay() -> None:
    assert slugged("Су-34 Kyiv Владимир") == "su-34-kyiv-vladimir"


@pytest.mark.parametrize("name", ["Poutine", "Путин", "Су-34 Kyiv", "Éric", "Αθήνα"])
def test_other_names_look_as_they_are(name: str) -> None:
    assert seen(name) == name


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"])
def test_what_nobody_sees_is_none_of_a_name(sign: str) -> None:
    hidden = f"Vladimir Pou{sign}tine"
    assert slugged(hidden) == slugged("Vladimir Poutine") and skeleton(f"Pou{sign}tine") == skeleton("Poutine")
    assert compare(hidden, "Vladimir Poutine").verdict == "same"
