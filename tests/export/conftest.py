"""What the tests of the formats share: the content of a store, made from a scenario's texts."""

import hashlib
import json
from pathlib import Path

import pytest

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.export import Content
from recoupe.lang import pack
from recoupe.model.article import Article
from recoupe.relate import relate

SCENARIOS = Path(__file__).parent.parent / "relate" / "scenarios"


@pytest.fixture(scope="session")
def content() -> Content:
    """Eleven articles in two languages: a truce and a rising toll; one of them under an address and a title."""
    articles = []
    for name in ("truce", "toll"):
        for line in (SCENARIOS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            digest = hashlib.sha256(told["text"].encode()).hexdigest()
            url = "https://example.org/a?b=1" if not articles else "javascript:alert(1)"
            articles.append(
                Article(
                    id=f"{name}-{told['id']}", text=told["text"], sha256=digest, lang=told["lang"], url=url,
                    published=told["published"], outlet=told["outlet"], title=told["text"].partition("\n")[0],
                )
            )  # fmt: skip
    done = annotate(articles, ANNOTATORS, Parser())
    return Content(done, relate(done), pack("fr"))
