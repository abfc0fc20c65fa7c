"""The names that `import recoupe` promises."""

from pathlib import Path

import pytest

import recoupe


@pytest.mark.parametrize("name", recoupe.__all__)
def test_each_public_name_is_there(name: str) -> None:
    assert callable(getattr(recoupe, name))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError):
        _ = recoupe.nothing


def test_the_whole_way_in_python(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text(
        "Publié le 3 mai 2023\nLe maire a annoncé mardi que 3 personnes avaient été blessées.", encoding="utf-8"
    )
    articles = list(recoupe.read_inputs([page], now="2023-05-04T00:00:00+00:00"))
    found = list(recoupe.annotated(articles))
    told = recoupe.account(found, recoupe.related(found), recoupe.pack("fr"))
    assert "3 personnes" in recoupe.as_markdown(told, recoupe.pack("fr"))
