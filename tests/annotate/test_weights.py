"""A pack's own weights take the place of its model's, or say what is wrong with them."""

import io
from pathlib import Path

import numpy as np
import pytest
import spacy

from recoupe.annotate import parse as parsing
from recoupe.annotate.weights import collected, put, put_file
from recoupe.errors import PackError
from recoupe.lang import pack

FR = pack("fr")


def archive(**weights: object) -> bytes:
    out = io.BytesIO()
    np.savez_compressed(out, **{name: np.asarray(value, dtype=np.float16) for name, value in weights.items()})
    return out.getvalue()


BAD = {
    "no archive": b"weights",
    "empty": b"",
    "cut off": archive(a=np.ones(5000))[:400],
    "of another model": archive(a=[1.0]),
}


@pytest.fixture(scope="module")
def stock() -> spacy.Language:
    return spacy.load(FR.about.model, exclude=["ner", "lemmatizer", "attribute_ruler"])


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_named(case: str, stock: spacy.Language, tmp_path: Path) -> None:
    path = tmp_path / "xx" / "parser.npz"
    path.parent.mkdir()
    path.write_bytes(BAD[case])
    before = {key: value.copy() for key, value in collected(stock).items()}
    with pytest.raises(PackError, match=r"xx/parser\.npz"):
        put_file(stock, path)
    assert all((value == before[key]).all() for key, value in collected(stock).items())


def test_a_missing_file_is_named(stock: spacy.Language, tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"parser\.npz"):
        put_file(stock, tmp_path / "parser.npz")


def test_what_is_put_is_there(stock: spacy.Language) -> None:
    before = {key: value.copy() for key, value in collected(stock).items()}
    doubled = {key: value * 2 for key, value in before.items()}
    put(stock, doubled)
    assert all((value == doubled[key]).all() for key, value in collected(stock).items())
    put(stock, before)


def test_kept_parses_hang_on_the_weights(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = set[str]()
    for content in (None, b"one", b"two"):
        path = tmp_path / f"{content!r}"
        if content is not None:
            path.write_bytes(content)
        monkeypatch.setattr(type(FR), "weights", path if content is not None else None)
        found.add(parsing.model_version(FR))
    assert len(found) == 3 and all(one.startswith(FR.about.model) for one in found)


def test_a_headline_s_verb_is_one() -> None:
    """The stock model takes "dément" for an adverb."""
    found = {token.text: token for token in parsing.parse(["Bamako dément toute implication."], FR)[0].tokens}
    assert found["dément"].pos == "VERB" and found["implication"].dep == "obj"
