"""An article that never ends is set aside in one process too, and the rest goes on."""

import signal
import threading
import time

import pytest

from recoupe.model.article import Article, digest
from recoupe.model.records import Annotated
from recoupe.run import Failure, annotated, local
from recoupe.run.patience import Patience, limited

ENDLESS = "Ce texte ne finit pas."


def article(text: str) -> Article:
    return Article(id=digest(text), text=text, sha256=digest(text), lang="fr")


def test_an_article_that_never_ends_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    def reading(batch: list[Article], *_: object) -> list[Annotated]:
        while any(one.text == ENDLESS for one in batch):
            time.sleep(0)
        return [Annotated(one, ()) for one in batch]

    monkeypatch.setattr(local, "annotate", reading)
    listed = [article(text) for text in ("Un.", "Deux.", ENDLESS, "Trois.", *map(str, range(8)))]
    before = signal.getsignal(signal.SIGALRM)
    found = list(annotated(listed, patience=Patience(start=0.2, per_character=0.0)))
    assert [one.article for one in found] == listed
    assert [(one.article.text, one.reason) for one in found if isinstance(one, Failure)] == [
        (ENDLESS, "TimeoutError: 0 s")
    ]
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_no_time_counts_but_that_of_the_work() -> None:
    with limited(0.05):
        pass
    time.sleep(0.1)  # nothing ends what comes after
    with pytest.raises(TimeoutError, match=r"^0 s$"), limited(0.05):
        time.sleep(5.0)


def test_another_thread_has_no_limit() -> None:
    done: list[bool] = []

    def work() -> None:
        with limited(0.01):
            time.sleep(0.05)
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
