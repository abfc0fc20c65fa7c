"""A model that is not the one that was measured is not loaded."""

import re
from pathlib import Path

import pytest

from recoupe.annotate import Parser, loading, parse
from recoupe.errors import ModelError
from recoupe.lang import available, intact, pack
from recoupe.read import language

FILES = {"meta.json": b"{}", "m-1/parser/model": bytes(range(256)) * 20, "__init__.py": b"raise SystemExit\n"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "a_model_of_ours"
    for name, data in FILES.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(data)
    monkeypatch.syspath_prepend(tmp_path)
    return made


@pytest.mark.parametrize("code", available())
def test_the_models_are_those_of_the_packs(code: str) -> None:
    intact.check_package(pack(code).about.model, pack(code).about.sha256)


def test_any_change_is_found_before_anything_is_run(folder: Path) -> None:
    sealed = intact.digest(folder)
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "x.pyc").write_bytes(b"what Python made")
    assert intact.digest(folder) == sealed
    intact.check_package(folder.name, sealed)
    for name, data in FILES.items():
        for other in (data[:-1] + b"!", data + b" ", b""):
            (folder / name).write_bytes(other)
            with pytest.raises(ModelError, match=r"cli\.other_model.*a_model_of_ours"):
                loading.model(folder.name, (), sealed)
        (folder / name).write_bytes(data)
    (folder / "meta.json").rename(folder / "meta2.json")
    with pytest.raises(ModelError):
        intact.check_package(folder.name, sealed)


def test_one_that_is_not_there_is_its_loaders_to_tell_of() -> None:
    with pytest.raises(OSError, match="no_such_model"):
        loading.model("no_such_model", (), "")


def test_the_detector(monkeypatch: pytest.MonkeyPatch) -> None:
    assert re.fullmatch("[0-9a-f]{64}", language.DETECTOR)
    monkeypatch.setattr(language, "DETECTOR", "0" * 64)
    language._detector.cache_clear()
    with pytest.raises(ModelError, match=r"lid\.176\.ftz"):
        language.settle("Le gouverneur a déclaré que sept personnes sont mortes dans le port.", None, None)
    language._detector.cache_clear()


def test_it_is_told_in_one_line(run: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def other(*_: object) -> object:
        raise ModelError("cli.other_model", name="m", place="/p/m", expected="a" * 12, actual="b" * 12)

    monkeypatch.setattr(parse, "model", other)
    monkeypatch.setattr(Parser, "__call__", lambda self, texts, pack: parse.parse(texts, pack))
    (tmp_path / "a.txt").write_text("Le gouverneur a déclaré que sept personnes sont mortes dans le port de Kherson.")
    code, _, told = run("add", "--store", tmp_path / "s.db", tmp_path / "a.txt")  # type: ignore[operator]
    assert code == 3 and "/p/m: this is not the model" in told and "Traceback" not in told
