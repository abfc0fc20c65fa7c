"""What tests run in other processes: these find it by name, so it stands in a module of its own."""

import os
import signal
import time
from pathlib import Path

from recoupe.model.article import Article
from recoupe.model.records import Annotated
from recoupe.run import local, stamps
from recoupe.store import Store
from recoupe.store.parses import Parses

DIES, HANGS, ORPHANS = "Ce texte tue.", "Ce texte pend.", "Ce texte laisse orphelin."


def kept(path: Path) -> Parses:
    return Store(path, create=True).parses(stamps())


def hostile(mark: Path | None = None) -> None:
    """In each process: annotating gives no records, and certain texts end it, never end, or end its parent (once: with
    a mark, and where that is not there yet)."""

    def reading(batch: list[Article], *_: object) -> list[Annotated]:
        for one in batch:
            if one.text == DIES:
                os.kill(os.getpid(), signal.SIGKILL)
            if one.text == HANGS:
                time.sleep(600)
            if one.text == ORPHANS and mark is not None and not mark.exists():
                mark.touch()
                os.kill(os.getppid(), signal.SIGKILL)
        return [Annotated(one, ()) for one in batch]

    local.annotate = reading  # type: ignore[assignment]
