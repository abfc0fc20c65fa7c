"""Addresses of one page, and the id of the article there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.read.address import address_id, address_key, web_address

ONE = "https://www.lefil.example/2023/01/07/treve-rompue.html"


@pytest.mark.parametrize(
    "other",
    [
        "http://lefil.example/2023/01/07/treve-rompue.html",
        "https://LEFIL.example:443/2023/01/07/treve-rompue.html#commentaires",
        "https://www.lefil.example/2023/01/07/treve-rompue.html?utm_source=lettre&xtor=RSS-1",
        "https://www.lefil.example/2023/01/07/treve-rompue.html/",
    ],
)
def test_addresses_of_one_page(other: str) -> None:
    assert address_key(other) == address_key(ONE)
    assert address_id(other) == address_id(ONE)


@pytest.mark.parametrize(
    "other",
    [
        "https://www.lefil.example/2023/01/08/treve-rompue.html",
        "https://www.lefil.example/2023/01/07/treve-rompue.html?page=2",
        "https://blog.lefil.example/2023/01/07/treve-rompue.html",
        "https://www.lefil.example:8080/2023/01/07/treve-rompue.html",
    ],
)
def test_addresses_of_other_pages(other: str) -> None:
    assert address_id(other) != address_id(ONE)


def test_an_id_can_be_read() -> None:
    assert address_id(ONE).startswith("lefil.example-treve-rompue-")
    assert address_id("https://a.example/").startswith("a.example-")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("<http://a.example/1>", "http://a.example/1"),
        (" https://a.example ", "https://a.example"),
        ("javascript:alert(1)", ""),
        ("metadata://a.example/x", ""),
        ("http://[broken/", ""),
        ("file:///a", ""),
        ("", ""),
    ],
)
def test_what_is_an_address(written: str, found: str) -> None:
    assert web_address(written) == found


@given(st.text(max_size=80))
def test_any_address_has_an_id(path: str) -> None:
    url = web_address(f"https://a.example/{path}")
    if url:
        assert address_id(url) == address_id(url) and "/" not in address_id(url) and address_id(url).isprintable()
