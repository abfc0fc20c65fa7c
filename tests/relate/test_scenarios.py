"""Six scenarios from raw text to account, each field against what a careful editor would write.

Where annotators do not yet give what the account needs, the field carries the reason; the test fails as soon as it
comes out right, so that the reason goes.
"""

import functools
import tomllib
from collections.abc import Iterator

import pytest
from told import FOLDER, Account

NAMES = sorted(path.stem for path in FOLDER.glob("*.jsonl"))


@functools.cache
def account(name: str) -> Account:
    """A scenario, read once."""
    return Account(name)


def fields() -> Iterator[object]:
    """Every field of every scenario; those known to differ must differ."""
    for name in NAMES:
        for row in tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["field"]:
            reason = row.get("differs", "")
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
            label = "-".join(filter(None, (name, row["name"], row.get("of", ""))))
            yield pytest.param(name, row["name"], row.get("of", ""), row["is"], marks=marks, id=label)


@pytest.mark.parametrize(("name", "field", "of", "value"), list(fields()))
def test_a_field_is_as_an_editor_writes_it(name: str, field: str, of: str, value: object) -> None:
    found = account(name).value(field, of)
    if isinstance(found, list):
        found = [list(item) if isinstance(item, tuple) else item for item in found]
    assert found == value


def test_there_are_six() -> None:
    assert len(NAMES) == 6
