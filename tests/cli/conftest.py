"""A store with the examples, as `recoupe add` makes it."""

from pathlib import Path

import pytest

from recoupe.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "recoupe.db"
    with pytest.raises(SystemExit) as end:
        main(["add", "--store", str(path), str(EXAMPLES)])
    assert not end.value.code
    return path
