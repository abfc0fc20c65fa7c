"""One contract over every reader: it reads its own sample, by suffix and by content, and survives anything else."""

import random
from pathlib import Path

import pytest
from samples import SAMPLES

from recoupe.model.article import Article
from recoupe.read import READERS, Problem
from recoupe.read.received import HEAD
from sound import soundly_read

TOLD_BY_CONTENT = [reader for reader in READERS if reader.name not in ("text", "jsonl", "csv")]


def items(path: Path) -> list[Article | Problem]:
    """What a path gives; the same each time."""
    found = soundly_read(path)
    assert found == soundly_read(path)
    return found


def test_readers_are_named_and_have_samples() -> None:
    assert sorted(reader.name for reader in READERS) == sorted(SAMPLES)
    for reader in READERS:
        assert reader.suffixes and all(one.startswith(".") and one == one.lower() for one in reader.suffixes)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_its_sample(tmp_path: Path, reader: object) -> None:
    name, data = SAMPLES[reader.name]  # type: ignore[attr-defined]
    (tmp_path / name).write_bytes(data)
    found = items(tmp_path / name)
    assert found and all(isinstance(item, Article) for item in found)
    assert all(item.lang == "fr" and "Kherson" in item.text for item in found if isinstance(item, Article))
    assert items(tmp_path) == found


@pytest.mark.parametrize("reader", TOLD_BY_CONTENT, ids=lambda reader: reader.name)
def test_its_content_is_its_own(tmp_path: Path, reader: object) -> None:
    data = SAMPLES[reader.name][1]  # type: ignore[attr-defined]
    assert [one.name for one in READERS if one.takes(data[:HEAD])] == [reader.name]  # type: ignore[attr-defined]
    (tmp_path / "ohne").mkdir()
    (tmp_path / "ohne" / "received").write_bytes(data)
    assert any(isinstance(item, Article) for item in items(tmp_path / "ohne"))


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_damage(tmp_path: Path, reader: object) -> None:
    """Cut anywhere, with bytes changed, doubled, taken out: problems or articles, nothing else."""
    name, data = SAMPLES[reader.name]  # type: ignore[attr-defined]
    file, chance = tmp_path / name, random.Random(name)
    for n in range(60):
        hurt = bytearray(data)
        kind = n % 5
        at, to = sorted(chance.randrange(len(data)) for _ in range(2))
        if kind == 0:
            del hurt[at:]
        elif kind == 1:
            for _ in range(1 + n // 10):
                hurt[chance.randrange(len(hurt))] = chance.randrange(256)
        elif kind == 2:
            del hurt[at:to]
        elif kind == 3:
            hurt[at:at] = hurt[at:to]
        else:
            hurt[at:to] = bytes(chance.choices(b"\0\xff<>\"'{}[]0\r\n", k=to - at))
        file.write_bytes(bytes(hurt))
        items(file)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@pytest.mark.parametrize(
    "data",
    [b"\0" * 5_000, b"\xff\xfe", b"[" * 20_000, b"<a>" * 20_000, b"\x1f\x8b\x08" * 2_000, b"PK\x03\x04" * 2_000,
     b"WARC/1.0\r\n" * 2_000, b"PAR1" * 2_000, b"From: a\n" * 2_000, b'{"uri":' * 20_000, b"-" * 70_000],
    ids=lambda data: data[:4].hex(),
)  # fmt: skip
def test_what_looks_like_something(tmp_path: Path, reader: object, data: bytes) -> None:
    file = tmp_path / SAMPLES[reader.name][0]  # type: ignore[attr-defined]
    file.write_bytes(data)
    items(file)
