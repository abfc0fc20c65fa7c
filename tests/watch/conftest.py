"""Stores that grew: the scenarios of tests/relate, an article an hour."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from growing import Grown, grown

from recoupe.cli import main


@pytest.fixture(scope="session")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Grown]:
    """A scenario by its name, read and related once."""
    made: dict[str, Grown] = {}

    def found(name: str) -> Grown:
        if name not in made:
            made[name] = grown(name, tmp_path_factory.mktemp(name) / "s.db")
        return made[name]

    return found


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command; gives its exit code, standard output and standard error."""

    def command(*arguments: object, lang: str = "en") -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main([*map(str, arguments), "--lang", lang])
        captured = capfdbinary.readouterr()
        code = end.value.code
        return (code if isinstance(code, int) else 0), captured.out.decode(), captured.err.decode()

    return command
