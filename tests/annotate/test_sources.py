"""The packs' cases of who a source means, and what must hold of any source."""

import functools
import tomllib
from pathlib import Path

import pytest

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.lang import available
from recoupe.lang.pack import FOLDER
from recoupe.model.article import Article
from recoupe.model.records import Annotated, Claim, Name

NEEDED = tuple(annotator for annotator in ANNOTATORS if annotator.gives in ("block", "time", "name", "claim"))


@functools.cache
def cases(code: str) -> list[dict[str, object]]:
    path = Path(FOLDER) / code / "cases" / "sources.toml"
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["case"])


@functools.cache
def annotated(code: str) -> list[Annotated]:
    texts = [str(case["text"]) for case in cases(code)]
    articles = [
        Article(id=f"case{i}", text=text, sha256="", lang=code, published="2024-05-15") for i, text in enumerate(texts)
    ]
    return list(annotate(articles, NEEDED, Parser()))


def referent(who: str, found: Annotated) -> str | None:
    """The slug that a case means: of a name in its text, or as written."""
    if who == "-" or "/" in who:
        return None if who == "-" else who
    names = [name for name in found.layer(Name) if who in name.text]
    return names[0].entity if names else f"no name: {who}"


@pytest.mark.parametrize("code", available())
def test_cases(code: str) -> None:
    wrong = []
    for case, found in zip(cases(code), annotated(code), strict=True):
        rows = [[cell.strip() for cell in line.split("|")] for line in case["sources"]]  # type: ignore[attr-defined]
        meant = [(source, referent(who, found)) for source, who in rows]
        claims = [claim for claim in found.layer(Claim) if claim.source is not None]
        got = [(found.article.text[slice(*claim.source)], claim.source_entity) for claim in claims if claim.source]
        if sorted(set(meant), key=str) != sorted(set(got), key=str):
            wrong.append((case["text"], meant, got))
    assert not wrong, "\n".join(map(str, wrong))
