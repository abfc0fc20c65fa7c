"""The house keeps its shape: who may import whom, where words of a language may stand, how long a file may be."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "recoupe"
FILES = sorted(SRC.rglob("*.py"))
MAY_IMPORT = {
    "model": set(),
    "errors": set(),
    "lang": {"errors", "model"},
    "places": {"errors", "model", "lang"},
    "read": {"errors", "model", "lang", "places"},
    "annotate": {"errors", "model", "lang", "places"},
    "relate": {"errors", "model", "lang", "places"},
    "store": {"errors", "model"},
    "run": {"errors", "model", "lang", "read", "annotate", "relate", "store"},
    "archive": {"errors", "model", "lang", "read", "relate", "run"},
    "brief": {"errors", "model", "lang", "store", "places"},
    "export": {"errors", "model", "lang", "store"},
    "watch": {"errors", "model", "lang", "read", "store", "run", "brief"},
    "web": {"errors", "model", "lang", "store", "run", "brief", "export", "watch"},
}
LONGEST = 420  # lines; about 400


def room(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The rooms that a file imports, as dotted paths below recoupe."""
    package = ["recoupe", *path.relative_to(SRC).with_suffix("").parts]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = package[: -node.level] if node.level else []
            found.add(".".join([*base, *([node.module] if node.module else [])]))
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name.removeprefix("recoupe.") for name in found if name.startswith("recoupe.")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SRC)))
def test_imports_go_one_way(path: Path) -> None:
    own = room(path)
    if own not in MAY_IMPORT:
        return  # the command line and the package itself may import all
    others = {name.split(".")[0] for name in imported(path)} - {own}
    assert others <= MAY_IMPORT[own]


def test_annotators_do_not_import_each_other() -> None:
    layers = {"blocks", "times", "names", "claims", "events", "figures"}
    for path in (SRC / "annotate").rglob("*.py"):
        own = path.relative_to(SRC / "annotate").parts[0].removesuffix(".py")
        if own in layers:
            used = {name.split(".")[1] for name in imported(path) if name.startswith("annotate.")}
            assert not used & (layers - {own}), path


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SRC)))
def test_no_language_outside_its_folder(path: Path) -> None:
    if room(path) == "lang":
        return
    codes = {found.parent.name for found in (SRC / "lang").glob("*/pack.toml")}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert node.value not in codes, f"line {node.lineno}"
    # An accented letter within a word: data that belongs in a pack (character classes of patterns are none).
    literals = [text for text in strings(path) if re.search(r"[^\W\d_][àâçèêëîïôùûœé][^\W\d_]", text)]
    assert not literals


def strings(path: Path) -> list[str]:
    """The string constants of a file that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SRC)))
def test_files_are_short_and_named_for_a_thing(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
    assert path.stem not in {"util", "utils", "helper", "helpers", "common", "misc", "manager"}


def test_packs_have_the_same_files_and_phrases() -> None:
    import tomllib

    def keys(value: object, prefix: str = "") -> set[str]:
        if not isinstance(value, dict):
            return {prefix}
        return set().union(*(keys(below, f"{prefix}.{key}") for key, below in value.items()), set())

    packs = sorted(path.parent for path in (SRC / "lang").glob("*/pack.toml"))
    names = [{path.name for path in pack.glob("*.toml")} for pack in packs]
    assert all(found == names[0] for found in names)
    for name in sorted(path.name for path in (packs[0] / "phrases").glob("*.toml")):
        if name == "typer.toml":
            continue  # what another program says, which speaks one of the languages itself
        found = [keys(tomllib.loads((pack / "phrases" / name).read_text(encoding="utf-8"))) for pack in packs]
        assert all(one == found[0] for one in found), name


def test_a_command_loads_neither_the_web_nor_the_parser() -> None:
    """Those who need them load them: they take longer than all the rest of the program."""
    heavy = {"fastapi", "uvicorn", "spacy", "pandas", "pyarrow", "daft", "ray"}
    script = f"import sys, recoupe.cli.app; print(*sorted({heavy} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not loaded.stdout.split()
