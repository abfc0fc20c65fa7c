"""The examples: all are read, dated, and only the translation looks like one."""

from pathlib import Path

from recoupe.lang import available
from recoupe.read import Problem, read_inputs

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_examples() -> None:
    items = list(read_inputs([EXAMPLES], now="2026-11-22T03:00:00Z"))
    problems = [item for item in items if isinstance(item, Problem)]
    articles = [item for item in items if not isinstance(item, Problem)]
    assert [problem.key for problem in problems] == ["read.repaired.mojibake"]
    assert len(articles) == 17 and {article.lang for article in articles} == set(available())
    assert all(article.published for article in articles)
    assert {article.published_by for article in articles} == {"given", "metadata", "text"}
    assert [article.id for article in articles if article.translated] == ["treve-05-mondeinfo"]
    assert not any("Ã" in article.text for article in articles)
