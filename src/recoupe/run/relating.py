"""Keeps what stands between a store's articles up to date."""

from collections.abc import Callable

from ..lang import available, pack
from ..model.article import digest
from ..relate import FORM, Changes, renew
from ..store import Store
from ..store.relations import FILE
from .shelf import Kept

# Articles related in one transaction: so many that the files which they touch are not made too often (of 355 articles
# in two goes half were read again in the second, a fifth of the time), so few that a kill loses little and another who
# writes waits seconds: in a store of 100,000 articles these take 9.
AT_ONCE = 400


def maker() -> str:
    """What the indexes and relations are made by: the code's form and the packs. Where it changes, all is made anew."""
    return digest(FORM, *(pack(code).digest for code in available()))


def related(store: Store, progress: Callable[[int], None] = lambda _: None) -> int:
    """Relates the articles that have come since the last time, and what they touch; gives how many they were.

    Each batch is one transaction: what a kill leaves undone the next call does. `progress` is told how many were done.
    """
    total, last = 0, False
    while not last:
        with store.changing() as transaction:
            transaction.begin(maker())
            docs, link = transaction.pending(AT_ONCE)
            shelf = Kept(transaction)
            again = {part.removeprefix(FILE) for part in transaction.resettled() if part.startswith(FILE)}
            if docs or again:
                bereft, loosened = set[str](), set[str]()
                for doc in docs:
                    lost, group = shelf.take(doc)
                    bereft |= lost
                    loosened |= {group} - {None}  # type: ignore[arg-type]
                shelf.file(shelf.annotated(docs))
                renew(shelf, Changes(fresh=docs, bereft=bereft - set(docs), loosened=loosened, again=again))
                transaction.finish(link)
            last = len(docs) < AT_ONCE and link == transaction.state()
        total += len(docs)
        progress(len(docs))
    return total
