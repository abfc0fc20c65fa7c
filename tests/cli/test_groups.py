"""A command is loaded alone, and waits for nothing that it does not need."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import recoupe.cli
from recoupe.cli.app import GROUPS, Program, build
from recoupe.lang import available, pack

HEAVY = ("sqlalchemy", "spacy", "jinja2", "docx", "icalendar", "starlette", "pyarrow")


def names(program: Program) -> list[str]:
    """The program's commands, in order."""
    told = [command.name or getattr(command.callback, "__name__", "") for command in program.registered_commands]
    return [name.replace("_", "-") for name in told]


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_is_named_by_its_commands(group: str) -> None:
    language = pack(available()[0])
    program = Program(language)
    import_module(f"recoupe.cli.{group}").register(program, language)
    assert tuple(names(program)) == GROUPS[group]
    assert names(build(language, GROUPS[group][-1])) == list(GROUPS[group])


def test_all_commands_stand_in_the_help() -> None:
    files = {path.stem for path in Path(recoupe.cli.__file__).parent.glob("[!_]*.py")}
    assert set(GROUPS) == {name for name in files if hasattr(import_module(f"recoupe.cli.{name}"), "register")}
    assert names(build(pack(available()[0]))) == [name for commands in GROUPS.values() for name in commands]


def test_annotating_waits_for_no_store() -> None:
    code = "import sys; from recoupe.cli.app import build; from recoupe.lang import pack, available;"
    code += "build(pack(available()[0]), 'annotate'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not set(HEAVY) & set(loaded)
