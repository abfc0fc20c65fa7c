"""Commands run in this process, so that the language models are loaded once for all tests."""

from collections.abc import Callable

import pytest

from recoupe.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs a command; gives its exit code, standard output and standard error."""

    def command(*arguments: object, lang: str = "en") -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main([*map(str, arguments), "--lang", lang])
        captured = capfdbinary.readouterr()
        code = end.value.code
        return (code if isinstance(code, int) else 0), captured.out.decode(), captured.err.decode()

    return command
