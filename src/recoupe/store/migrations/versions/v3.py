"""Seals over all tables; a digest before each parse."""

import hashlib
from collections.abc import Iterator, Sequence

from alembic import op
from sqlalchemy import Connection, Table, delete, insert, select, update

from recoupe.store.migrations.first import FIRST

revision = "3"
down_revision = "2"
# How version 3 seals, whatever later ones do: these tables, each by the sum of the digests of its rows.
SEALED = (
    "relation", "summary", "partner", "tie", "bundle", "decision", "identity", "redirect", "review", "arrival", "alert",
    "sent", "watched", "server", "fact",
)  # fmt: skip
SEAL, UNSEALED, WHOLE = "seal:", "schema", 1 << 256
# The one seal of version 2: the sum of the digests of what relations say.
BEFORE = "relations_seal"
# So many bytes before a parse are its digest; parses that are changed at once.
SIGNS, AT_ONCE = 16, 1_000


def upgrade() -> None:
    """From 2 to 3. What was not sealed before is sealed as it is; relations that differed from their seal differ from
    the new one by as much, so that verify tells it."""
    bind = op.get_bind()
    FIRST.create_all(bind)  # some stores of version 2 have no tables yet for what is watched
    lost = _kept(bind) - sum(map(_digest, _bodies(bind)))
    fact = FIRST.tables["fact"]
    bind.execute(delete(fact).where(fact.c.key == BEFORE))
    for name in SEALED:
        number = sum(map(_of_row, _rows(bind, name))) + (lost if name == "relation" else 0)
        bind.execute(insert(fact).values(key=SEAL + name, value=f"{number % WHOLE:064x}"))
    _sign_parses(bind, FIRST.tables["parse"])


def _kept(bind: Connection) -> int:
    """The seal over the relations as version 2 kept it."""
    fact = FIRST.tables["fact"]
    try:
        return int(bind.scalar(select(fact.c.value).where(fact.c.key == BEFORE)) or "0", 16)
    except ValueError:
        return -1  # it was changed by another hand


def _digest(body: str) -> int:
    raw = body.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.sha256(len(raw).to_bytes(8, "big") + raw).digest(), "big")


def _of_row(row: Sequence[object]) -> int:
    return int.from_bytes(hashlib.sha256(ascii(tuple(row)).encode()).digest(), "big")


def _bodies(bind: Connection) -> Iterator[str]:
    """What each relation says."""
    yield from bind.scalars(select(FIRST.tables["relation"].c.body).execution_options(yield_per=AT_ONCE))


def _rows(bind: Connection, name: str) -> Iterator[Sequence[object]]:
    """The rows of a table that are sealed."""
    table = FIRST.tables[name]
    query = select(table)
    if name == "fact":
        query = query.where(table.c.key != UNSEALED, ~table.c.key.startswith(SEAL))
    yield from bind.execute(query.execution_options(yield_per=AT_ONCE))


def _sign_parses(bind: Connection, parse: Table) -> None:
    last = ""
    while some := bind.execute(select(parse).where(parse.c.key > last).order_by(parse.c.key).limit(AT_ONCE)).all():
        for key, tokens in some:
            if tokens[:SIGNS] != _signs(key, tokens[SIGNS:]):
                bind.execute(update(parse).where(parse.c.key == key).values(tokens=_signs(key, tokens) + tokens))
        last = some[-1].key


def _signs(key: str, tokens: bytes) -> bytes:
    return hashlib.blake2b(tokens, digest_size=SIGNS, key=key.encode()).digest()
