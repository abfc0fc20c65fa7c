"""Several processes give what one gives, and outlive an article that kills or hangs the one that reads it."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from processes import DIES, HANGS, hostile, kept
from recoupe.model.article import Article, digest
from recoupe.run import Failure, annotated, pooled
from recoupe.run.patience import Patience

SENTENCES = (
    "Selon le ministère de la Défense, {n} soldats ont été tués mardi près de Bakhmout.",
    "« Nous tiendrons », a affirmé le général {n} fois devant la presse.",
    "Le gouverneur dément : {n} maisons auraient été endommagées par un drone.",
)


def article(text: str) -> Article:
    return Article(id=digest(text), text=text, sha256=digest(text), lang="fr", published="2023-01-10")


def articles(count: int) -> list[Article]:
    return [article("\n\n".join(one.format(n=2 + n % 40) for one in SENTENCES) + f"\n\nFin {n}.") for n in range(count)]


def test_two_processes_give_what_one_gives(tmp_path: Path) -> None:
    listed = articles(24)
    done: list[int] = []
    found = list(pooled(listed, 2, partial(kept, tmp_path / "store.db"), done.append))
    assert found == list(annotated(listed))
    assert sum(done) == len(listed)
    # What they parsed is kept for the next run.
    sentence = SENTENCES[0].format(n=2)
    assert list(kept(tmp_path / "store.db").load("fr", [sentence, "?"])) == [sentence]


def test_an_article_that_kills_or_hangs_is_set_aside(tmp_path: Path) -> None:
    listed = articles(20)
    listed[3:3] = [article(DIES)]
    listed[12:12] = [article(HANGS)]
    found = list(pooled(listed, 2, hostile, patience=Patience(start=3.0)))
    assert [one.article for one in found] == listed
    reasons = {one.article.text: one.reason for one in found if isinstance(one, Failure)}
    assert reasons == {DIES: "ProcessExpired: -9", HANGS: "TimeoutError: 3 s"}


def test_whoever_stops_reading_ends_the_processes() -> None:
    def told() -> Iterator[Article]:
        yield from articles(8)
        raise RuntimeError("no more")

    running = pooled(told(), 2)
    with pytest.raises(RuntimeError, match="no more"):
        list(running)
