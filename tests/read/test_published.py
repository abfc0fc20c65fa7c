"""Dates of publication: given, on the page, in the text; and never today's."""

import pytest

from recoupe.lang import available, pack
from recoupe.read.language import settle
from recoupe.read.published import given_date, page_date, stamped_date
from recoupe.read.translated import signs

NOW = "2026-11-22T03:00:00Z"
PACKS = [pack(code) for code in available()]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("La trêve\nPublié le 6 janvier 2023 à 12h04\nDes tirs.", "2023-01-06"),
        ("Publié le : 19/12/2022 - 06:32 Modifié le : 20/12/2022", "2022-12-19"),
        ("Publié19 décembre 2022, 06:12", "2022-12-19"),
        ("Mis à jour le 1er janv. 2023", "2023-01-01"),
        ("Kyiv, 6 janv. 2023 (AFP) - Les tirs ont repris.", "2023-01-06"),
        (" date 2023-01-25 Les tirs ont repris.", "2023-01-25"),
        (" date 2023-01 Les tirs ont repris.", "2023-01"),
        (" date 2023-01 KYIV, 6 janv. (AFP) - Les tirs ont repris.", "2023-01-06"),
        ("KYIV, 6 janv. (AFP) - Les tirs ont repris.", None),
        ("Vendredi 6 janvier 2023\nLes tirs ont repris.", "2023-01-06"),
        ("Published on December 19th, 2022 by Admin", "2022-12-19"),
        ("Jan 26, 2025 - 16:16", "2025-01-26"),
        ("12/19/2022 4:05 pm EST", "2022-12-19"),
        ("Publié le 30 février 2023", None),
        ("Publié le 6 janvier 2099", None),
        ("Le 6 janvier 2023, la Russie a ordonné une trêve de trente-six heures.", None),
        ("Un rapport publié en janvier 2023 le disait déjà.", None),
        ("", None),
    ],
)
def test_stamps(text: str, day: str | None) -> None:
    assert stamped_date(text, PACKS, NOW) == day


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2023-01-06T23:30:00+01:00", "2023-01-06"),
        ("20230106", "2023-01-06"),
        ("Fri, 06 Jan 2023 12:00:00 GMT", "2023-01-06"),
        ("2099-01-01", None),
        ("soon", None),
        (None, None),
    ],
)
def test_page_dates(value: str | None, day: str | None) -> None:
    assert page_date(value, NOW) == day


@pytest.mark.parametrize("value", ["2023-01", "2023-01-06", "2023-01-06T12:00:00Z", "2023-01-06 12:00"])
def test_given(value: str) -> None:
    assert given_date(value) == value[:10]


@pytest.mark.parametrize(
    "value", ["0000-01-01", "0000-01", "2023-13", "2023-02-30", "2023", "6 janvier", "2023-1-6", "x"]
)
def test_not_given(value: str) -> None:
    assert given_date(value) is None


ENGLISH = "The governor said on Friday that rockets had hit the city twice after the truce began, but nobody was hurt."


@pytest.mark.parametrize(
    ("text", "given", "declared", "expected"),
    [
        (ENGLISH, None, None, "en"),
        (ENGLISH, None, "fr", "en"),
        (ENGLISH, "fr", None, "fr"),
        ("Oui.", None, "en-GB", "en"),
        ("Oui.", None, None, available()[0]),
        ("Oui.", "English", None, "en"),
        ("Oui.", "xx", None, None),
        ("Oui.", None, "de", None),
    ],
)
def test_language(text: str, given: str | None, declared: str | None, expected: str | None) -> None:
    assert settle(text, given, declared)[0] == expected


@pytest.mark.parametrize(
    ("lang", "text", "code"),
    [
        (
            "fr",
            "La ville a été touchée pendant [the second night], a dit le gouverneur de la région à la presse.",
            "foreign_words",
        ),
        (
            "fr",
            "“Nous tiendrons jusqu’au bout, quoi qu’il en coûte”, il a dit devant les journalistes réunis.",
            "inverted",
        ),
        (
            "fr",
            "Le convoi est arrivé dans la nuit, selon l'agence de presse russe Tasse, qui cite le ministère.",
            "agency",
        ),
        (
            "en",
            "Le ministre [a été reçu dans la capitale], according to the statement that the office released on Friday.",
            "foreign_words",
        ),
        (
            "fr",
            "« Nous tiendrons », a-t-il dit, cité par l'agence Tass, avant de se rendre auprès des blessés de Kherson.",
            "",
        ),
        (
            "fr",
            "Selon le New York Times et l'Institute for the Study of War, les combats pourraient durer tout l'hiver.",
            "",
        ),
        (
            "en",
            '"We will hold," he said, according to the Agence France-Presse correspondent who travelled with him.',
            "",
        ),
    ],
)
def test_signs_of_translation(lang: str, text: str, code: str) -> None:
    found = signs(text, pack(lang))
    assert [reason.partition(":")[0] for reason in found][:1] == ([code] if code else [])
    for reason in found:
        name, _, words = reason.partition(":")
        assert words in pack(lang).phrase(f"read.translated.{name}", words=words)
