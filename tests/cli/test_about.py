"""Whose work Recoupe stands on is said, in each language, and of every package under which licence."""

from collections.abc import Callable
from importlib.metadata import distribution

import pytest
from packaging.requirements import Requirement

from recoupe.lang import available, pack
from recoupe.places.gazetteer import SOURCES


def test_the_version_alone(run: Callable[..., tuple[int, str, str]]) -> None:
    assert run("about") == (0, f"recoupe {distribution('recoupe').version}: MIT\n", "")


@pytest.mark.parametrize("code", available())
def test_licences(run: Callable[..., tuple[int, str, str]], code: str) -> None:
    status, told, _ = run("about", "--licences", lang=code)
    assert status == 0
    for name in (
        *SOURCES,
        "https://www.geonames.org",
        "CC BY 4.0",
        "wordfreq",
        "CC BY-SA 4.0",
        "lid.176.ftz",
        "CC BY-SA 3.0",
    ):
        assert name in told, name
    models = [pack(one).about.model for one in available()]
    for model in models:
        assert f"{model} 3.8.0: " in told
    packages = told.partition(pack(code).phrase("about.packages"))[2].lower().replace("_", "-")
    for line in distribution("recoupe").requires or ():
        need = Requirement(line)
        if need.marker is None and not need.name.replace("-", "_").endswith(tuple(models)):
            assert f"  {need.name.lower()} " in packages, need.name
    assert "  pydantic-core " in packages and "pytest" not in packages
    assert pack(code).phrase("about.unknown") not in told
