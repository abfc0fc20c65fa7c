"""Runs the pure steps in this process: read → annotate, a batch at a time, each article on its own feet."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from ..annotate import ANNOTATORS, Parser, annotate
from ..annotate.parse import model_version
from ..errors import ModelError, PackError, StoreError
from ..lang import available, pack
from ..model.article import Article, digest
from ..model.records import Annotated
from .patience import Patience, limited
from .recent import Recent

if TYPE_CHECKING:
    from ..store.parses import Parses

# Articles handed to the parser at once: enough for its batches, few enough that a kill loses little. So many articles
# at most, or so many characters (16 articles of 500 words, some 2 s on one core): agencies' dispatches of 60 words take
# an eighth less in batches of 32 than of 8.
BATCH, CHARACTERS = 32, 48_000


class Failure(msgspec.Struct, frozen=True):
    """An article that could not be annotated, and why: set aside, the rest goes on."""

    article: Article
    reason: str


def stamps() -> dict[str, str]:
    """What a kept parse hangs on, by language: the model's name and version, and what is read in place of what."""
    about = {code: pack(code).about for code in available()}
    return {
        code: digest(model_version(pack(code)), sorted(one.characters.items()), one.group_mark)
        for code, one in about.items()
    }


def annotated(
    articles: Iterable[Article], parses: "Parses | Recent | None" = None,
    progress: Callable[[int], None] = lambda _: None, patience: Patience = Patience(),  # noqa: B008
) -> Iterator[Annotated | Failure]:  # fmt: skip
    """Every article with its records, in order, or why it has none. `progress` is told how many were finished."""
    parser = Parser(parses.load, parses.save) if parses is not None else Parser()
    for batch in batches(articles):
        yield from batched(batch, parser, patience)
        progress(len(batch))


def batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles in their order, as many together as are handed to the parser at once."""
    batch, size = list[Article](), 0
    for article in articles:
        batch.append(article)
        size += len(article.text)
        if len(batch) == BATCH or size >= CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def batched(
    batch: Sequence[Article], parser: Parser, patience: Patience = Patience()  # noqa: B008
) -> Iterator[Annotated | Failure]:  # fmt: skip
    """The articles of one batch with their records, in order, or why one has none."""
    try:
        with limited(patience.of(batch)):
            found = annotate(batch, ANNOTATORS, parser)
        yield from found
    except (ModelError, PackError, StoreError):
        raise  # no article's fault: none could be annotated, or none kept
    except Exception as error:
        if len(batch) == 1:
            yield Failure(batch[0], f"{type(error).__name__}: {error}")
            return
        # One of them does it: each on its own, so that only that one is set aside.
        for article in batch:
            yield from batched([article], parser, patience)
