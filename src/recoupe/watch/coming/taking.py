"""From what was fetched or found to articles in the store: read, annotated, stored, and only then noted as done."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from email.message import Message
from pathlib import Path

import msgspec

from ...model.article import Article
from ...model.records import TEXT_KINDS, Annotated, Block
from ...read import HeldBack, Problem, read_inputs
from ...read.address import address_id, address_key
from ...read.article import articles
from ...read.decode import decode
from ...read.html import HtmlReader, received_page
from ...read.problem import refused
from ...read.received import HEAD, Known, Received
from ...run import Failure, annotated, hold, related, stamps
from ...run.searching import search
from ...store import Store
from ..notice import notice
from .polite import Fetched

# What happened, as a phrase of the commands and what fills it in.
Say = Callable[[str, dict[str, object]], None]
# What a page may be. Many servers say nothing, or call all of it text.
PAGES = frozenset({"", "text/html", "application/xhtml+xml", "text/plain"})
_known = msgspec.json.Decoder(Known).decode


def media(content_type: str) -> tuple[str, str | None]:
    """What the header says that a body is, in small letters, and its encoding."""
    header = Message()
    header["Content-Type"] = content_type or "text/html"
    return header.get_content_type() if content_type else "", header.get_content_charset()


def page(key: str, known: str, got: Fetched, now: str) -> tuple[Article | None, list[Problem]]:
    """The article of a page that was asked for at an address, and what is to be said of it. What the page says of
    itself goes before what a list says of it (`known`, as it was kept); the address is the one that gave it."""
    kind, charset = media(got.answer.headers.get("content-type", ""))
    if kind not in PAGES:
        return None, [Problem(key="watch.take.media", values={"place": key, "kind": kind})]
    found = _received(kind, charset, key, got)
    if found is None:
        return None, [refused(key, "binary")]
    own, listed = found.page, _known(known) if known else Known()
    merged = {name: getattr(own, name) or getattr(listed, name) for name in ("published", "lang", "title", "outlet")}
    made = list(articles(msgspec.structs.replace(found, page=Known(url=own.url, **merged)), now))
    said = [one for one in made if isinstance(one, Problem)]
    return next((one for one in made if isinstance(one, Article)), None), said


def _received(kind: str, charset: str | None, key: str, got: Fetched) -> Received | None:
    """A page, or plain text where it is called so and does not begin as a page; None where it is neither."""
    body, given = got.answer.body, Known(url=got.url)
    if kind != "text/plain" or HtmlReader().takes(body[:HEAD]):
        return received_page(body, address_id(key), key, charset, given=given)
    text = decode(body, charset)
    if text is None:
        return None
    sha256 = hashlib.sha256(body).hexdigest()
    return Received(id=address_id(key), text=text.text, sha256=sha256, place=key, given=given, repairs=text.repairs)


class Taking:
    """Puts articles into a store."""

    def __init__(self, store: Store, say: Say) -> None:
        self._store, self._say = store, say
        self._parses = store.parses(stamps())

    def begin(self) -> None:
        """From here on, what changes is noticed; what came before the program was killed is related first."""
        notice(self._store)
        if not self._store.fresh():
            self._relate()

    def pages(self, found: Iterable[Article]) -> Iterator[str]:
        """Stores the articles of pages, and tells of each, once it is stored, how that ended. A page whose own words
        are as they were is no new version, whatever stands around them; nor is one that leads elsewhere by now and
        has nothing of what it had."""
        came = False
        for one in annotated(found, self._parses):
            if isinstance(one, Failure):
                self._say("cli.cannot_annotate", {"place": one.article.source, "reason": one.reason})
                yield "failed"
                continue
            before = next(iter(self._store.articles(frozenset({one.article.id}))), None)
            if before is not None and own_words(before) == own_words(one):
                yield "same"
            elif before is not None and _elsewhere(before, one):
                self._say("watch.take.moved", {"doc": one.article.id, "url": one.article.url})
                yield "moved"
            else:
                came |= self._put(one, before)
                yield "200"
        if came:
            self._relate()

    def files(self, paths: list[Path], now: str, stopped: Callable[[], bool]) -> bool:
        """Stores the articles of files, as they would be added; False where the end was asked for in between."""
        came = False
        for one in annotated(self._unknown(paths, now, stopped), self._parses):
            if isinstance(one, Failure):
                self._say("cli.cannot_annotate", {"place": one.article.source, "reason": one.reason})
            else:
                before = next(iter(self._store.articles(frozenset({one.article.id}))), None)
                came |= self._put(one, before)
        if came:
            self._relate()
        return not stopped()

    def _unknown(self, paths: list[Path], now: str, stopped: Callable[[], bool]) -> Iterator[Article]:
        for found in read_inputs(paths, now=now):
            if stopped():
                return
            if isinstance(found, Problem):
                self._say(found.key, dict(found.values))
                if isinstance(found, HeldBack):
                    hold(self._store, found)
            elif not self._store.has(found.version):
                yield found

    def _put(self, one: Annotated, before: Annotated | None) -> bool:
        about = one.article
        put = self._store.put(one)
        if put:
            values: dict[str, object] = {"doc": about.id, "title": about.title or about.text[:80]}
            self._say("watch.take.new" if before is None else "watch.take.version", values)
        return put

    def _relate(self) -> None:
        related(self._store)
        notice(self._store)
        search(self._store).renew()


def own_words(found: Annotated) -> list[str]:
    """The lines of an article that are its own words, without the page around them."""
    return [" ".join(block.text.split()) for block in found.layer(Block) if block.kind in TEXT_KINDS]


def _elsewhere(before: Annotated, now: Annotated) -> bool:
    """Whether an address now leads to a page that has none of the words that were there: it was taken down, or is kept
    behind another. That is no change of the article."""
    asked, given = before.article.url or before.article.source, now.article.url
    return address_key(asked) != address_key(given) and not set(own_words(before)) & set(own_words(now))
