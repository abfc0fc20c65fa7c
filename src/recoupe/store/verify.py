"""Re-derives what is stored: every span from the stored article, every digest from what it was sealed over.

That proves the words, not the reading: whether a claim was read rightly is for a person to say.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import msgspec
from sqlalchemy import Connection, func, select

from ..errors import VerifyError
from ..model.records import Annotated, AnyRecord, Claim, Event, Figure, Span, identified, layer_of
from ..model.relations import AnyRelation, Dispute, Reuse, Statement, Story
from . import sealing
from .backends import backend
from .connect import direct
from .parses import whole
from .relations import docs_of, stored
from .rows import Sealed, in_force, known, packed, sealed, state
from .schema import VERSION, about, arrival, fact, parse, record, relation
from .seal import joined, seal
from .store import Store
from .transaction import RELATED


def verify(store: Store, progress: Callable[[str], None] = lambda _: None) -> tuple[int, int]:
    """Checks every version of every article, then the relations and all other tables, as they are at one moment;
    returns how many articles and records were checked. Some rows are in memory at a time, however many there are.

    Raises VerifyError naming the first span, link or digest that differs.
    """
    with store.engine.connect() as connection, _readable(store):
        backend(store.engine.url).sound(connection, store.place)
        found = _Articles(known(connection, RELATED) or "")
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
    """What has been read of the articles so far: how many, the last link of their chain, and whether the link up to
    which they are related was among them."""

    def __init__(self, related: str) -> None:
        self.articles = self.records = 0
        self.chain, self.related, self.met = "", related, not related

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
        self.chain = joined([self.chain, str(row.seal)])
        self.met |= self.chain == self.related
        self.articles, self.records = self.articles + 1, self.records + len(one.records)
        if self.chain != row.chain or row.n != self.articles:
            raise VerifyError("store.chain_broken", article=found.id)


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
    many, first, last = connection.execute(select(func.count(), func.min(arrival.c.n), func.max(arrival.c.n))).one()
    # Articles that are older than the table of arrivals came unstamped.
    if many and (last != found.articles or many != last - first + 1):
        raise VerifyError("store.table_differs", table=arrival.name)
    for key, tokens in connection.execute(select(parse).execution_options(yield_per=100)):
        if not whole(key, tokens):
            raise VerifyError("store.table_differs", table=parse.name)


def _check_relations(connection: Connection, found: _Articles) -> None:
    if not found.met:
        raise VerifyError("store.article_lost")
    # Articles may have come after; then the relations are made anew by the next add.
    fresh, listed = found.related == found.chain, 0
    for some in stored(connection):
        listed += sum(sealing.of_row((doc, n)) for n, one in some for doc in docs_of(one))
        if fresh:
            _check_links(connection, [one for _, one in some])
    if listed != sum(map(sealing.of_row, sealing.rows(connection, about))):
        raise VerifyError("store.table_differs", table=about.name)


def _check_links(connection: Connection, some: Sequence[AnyRelation]) -> None:
    """The passages and records that relations name, in the articles in force."""
    told = [one for one in some if isinstance(one, Dispute | Reuse | Story)]
    passages = [(one, *passage) for one in told for passage in _passages(one)]
    claims = [ref for one in some if isinstance(one, Statement) for ref in one.claims]
    asked = {doc for _, doc, *_ in passages} | {doc for doc, _ in claims}
    articles = {row.id: (row.version, row.text) for row in in_force(connection, asked)}
    for one, doc, start, end, words in passages:
        _, text = articles.get(doc, ("", ""))
        if not 0 <= start < end <= len(text):
            raise VerifyError("store.passage_outside", article=doc, record=one.id)
        if words is not None and text[start:end] != words:
            raise VerifyError("store.passage_differs", article=doc, record=one.id)
    query = "SELECT r.version, r.id FROM words(?) k CROSS JOIN record r WHERE r.id = k.value"
    there = set(direct(connection, query, [record_id for _, record_id in claims]))
    for doc, record_id in claims:
        if (articles.get(doc, ("", ""))[0], record_id) not in there:
            raise VerifyError("store.link_lost", article=doc, record=record_id)


def _passages(found: Dispute | Reuse | Story) -> list[tuple[str, int, int, str | None]]:
    if isinstance(found, Dispute):
        return [(answer.doc, answer.start, answer.end, answer.text) for answer in found.answers]
    if isinstance(found, Reuse):
        return [(*found.a, None), (*found.b, None)]
    return [(*found.title_from, found.title)] if found.title_from else []
