"""Re-derives what is stored: every span from the stored article, every digest from what it was sealed over.

That proves the words, not the reading: whether a claim was read rightly is for a person to say.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec
from sqlalchemy import Connection, func, select

from ..errors import VerifyError
from ..model.records import Annotated, AnyRecord, Claim, Event, Figure, Span, identified, layer_of
from ..model.relations import Dispute, Reuse, Story
from . import sealing
from .backends import backend
from .parses import whole
from .relations import found_by
from .rows import Sealed, known, packed, sealed, state
from .schema import VERSION, about, arrival, fact, parse, record, relation
from .seal import joined, seal
from .store import Store, everything
from .transaction import RELATED


def verify(store: Store, progress: Callable[[str], None] = lambda _: None) -> tuple[int, int]:
    """Checks every version of every article, then the relations and all other tables, as they are at one moment;
    returns how many articles and records were checked.

    Raises VerifyError naming the first span, link or digest that differs.
    """
    with store.engine.connect() as connection, _readable(store):
        backend(store.engine.url).sound(connection, store.place)
        found = _Articles()
        for one in sealed(connection):
            found.check(one)
            progress(one.annotated.article.id)
        if (connection.scalar(select(func.count()).select_from(record)) or 0) != found.records:
            raise VerifyError("store.table_differs", table=record.name)
        _check_tables(connection, found)
        _check_relations(connection, found)
    return found.articles, found.records


def digest(store: Store) -> str:
    """One digest over all that is sealed (SHA-256): who keeps it elsewhere sees later whether anything was changed, the
    seals with it."""
    total = hashlib.sha256()
    with store.engine.connect() as connection:
        total.update(state(connection).encode())
        for table in sealing.SEALED:
            total.update(table.name.encode())
            for row in sealing.rows(connection, table):
                total.update(sealing.of_row(row).to_bytes(32, "big"))
    return total.hexdigest()


@contextmanager
def _readable(store: Store) -> Iterator[None]:
    """What cannot be read at all differs too."""
    try:
        yield
    except (msgspec.MsgspecError, UnicodeError, ValueError, TypeError) as error:
        raise VerifyError("store.unreadable_record", reason=str(error)) from error


class _Articles:
    """What has been read of the articles so far."""

    def __init__(self) -> None:
        self.articles = self.records = 0
        self.texts: dict[str, str] = {}
        self.ids: dict[str, set[str]] = {}
        self.chains = [""]

    def check(self, one: Sealed) -> None:
        """Checks the next version, against those before."""
        annotated, row = one.annotated, one.row
        found = annotated.article
        for each in annotated.records:
            _check_record(annotated, each)
        if seal(found, one.bodies) != row.seal or (row.version, row.hints, row.translated_why) != (
            found.version, packed(found.hints), packed(found.translated_why),
        ):  # fmt: skip
            raise VerifyError("store.seal_differs", article=found.id)
        for n, (raw, each) in enumerate(zip(one.records, annotated.records, strict=True)):
            if raw[:3] != (n, each.id, layer_of(each)):
                raise VerifyError("store.seal_differs", article=found.id)
        self.chains.append(joined([self.chains[-1], str(row.seal)]))
        self.articles, self.records = self.articles + 1, self.records + len(one.records)
        if self.chains[-1] != row.chain or row.n != self.articles:
            raise VerifyError("store.chain_broken", article=found.id)
        self.texts[found.id] = found.text
        self.ids[found.id] = {each.id for each in annotated.records}


def _check_record(annotated: Annotated, found: AnyRecord) -> None:
    text, about = annotated.article.text, annotated.article
    if not 0 <= found.start < found.end <= len(text) or text[found.start : found.end] != found.text:
        raise VerifyError("store.span_differs", article=about.id, record=found.id, layer=layer_of(found))
    for start, end in other_spans(found):
        if not 0 <= start < end <= len(text):
            raise VerifyError("store.span_outside", article=about.id, record=found.id, layer=layer_of(found))
    if found.id != identified(found, about).id:
        raise VerifyError("store.id_differs", article=about.id, record=found.id, layer=layer_of(found))


def other_spans(found: AnyRecord) -> list[Span]:
    """The spans that a record names besides its own."""
    spans: list[Span | None] = []
    if isinstance(found, Claim):
        spans = [found.source, found.cue, found.channel, *found.more]
    elif isinstance(found, Event):
        spans = [found.actor, found.target, found.place, found.time_span]
    elif isinstance(found, Figure):
        spans = [found.of]
    return [span for span in spans if span is not None]


def _check_tables(connection: Connection, found: _Articles) -> None:
    """Every other table by its seal; parses by their own."""
    if known(connection, "schema") != str(VERSION):
        raise VerifyError("store.table_differs", table=fact.name)
    kept = connection.scalars(select(fact.c.key).where(fact.c.key.startswith(sealing.SEAL))).all()
    if not {one.removeprefix(sealing.SEAL) for one in kept} <= {one.name for one in sealing.SEALED}:
        raise VerifyError("store.table_differs", table=fact.name)
    for table in sealing.SEALED:
        sealed_as = sealing.shown(sum(map(sealing.of_row, sealing.rows(connection, table))))
        if sealed_as != sealing.known(connection, table):
            key = "relations_differ" if table is relation else "table_differs"
            raise VerifyError(f"store.{key}", table=table.name)
    came = set(connection.scalars(select(arrival.c.n)))
    # Articles that are older than the table of arrivals came unstamped.
    if came != set(range(min(came, default=found.articles + 1), found.articles + 1)):
        raise VerifyError("store.table_differs", table=arrival.name)
    for key, tokens in connection.execute(select(parse).execution_options(yield_per=100)):
        if not whole(key, tokens):
            raise VerifyError("store.table_differs", table=parse.name)


def _check_relations(connection: Connection, found: _Articles) -> None:
    related = known(connection, RELATED) or ""
    if related not in found.chains:
        raise VerifyError("store.article_lost")
    listed = {(doc, n) for n, one in found_by(connection) for doc in one}
    if {(doc, n) for doc, n in connection.execute(select(about))} != listed:
        raise VerifyError("store.table_differs", table=about.name)
    if related != found.chains[-1]:
        return  # articles came after; the relations are made anew by the next add
    relations = everything(connection)
    told: list[Dispute | Reuse | Story] = [*relations.disputes, *relations.reuse, *relations.stories]
    for one in told:
        for doc, start, end, words in _passages(one):
            if doc not in found.texts or not 0 <= start < end <= len(found.texts[doc]):
                raise VerifyError("store.passage_outside", article=doc, record=one.id)
            if words is not None and found.texts[doc][start:end] != words:
                raise VerifyError("store.passage_differs", article=doc, record=one.id)
    for statement in relations.statements:
        for doc, record_id in statement.claims:
            if record_id not in found.ids.get(doc, set()):
                raise VerifyError("store.link_lost", article=doc, record=record_id)


def _passages(found: Dispute | Reuse | Story) -> list[tuple[str, int, int, str | None]]:
    if isinstance(found, Dispute):
        return [(answer.doc, answer.start, answer.end, answer.text) for answer in found.answers]
    if isinstance(found, Reuse):
        return [(*found.a, None), (*found.b, None)]
    return [(*found.title_from, found.title)] if found.title_from else []
