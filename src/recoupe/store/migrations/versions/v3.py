"""Seals over all tables; a digest before each parse."""

from alembic import op
from sqlalchemy import delete, select, update

from recoupe.store import parses, sealing
from recoupe.store.migrations.first import FIRST
from recoupe.store.schema import fact, parse

revision = "3"
down_revision = "2"
# Parses that are changed at once.
AT_ONCE = 1_000


def upgrade() -> None:
    """From 2 to 3. What was there before it was sealed is sealed as it is."""
    bind = op.get_bind()
    FIRST.create_all(bind)  # some stores of version 2 have no tables yet for what is watched
    bind.execute(delete(fact).where(fact.c.key == "relations_seal"))
    sealing.anew(bind)
    last = ""
    while some := bind.execute(select(parse).where(parse.c.key > last).order_by(parse.c.key).limit(AT_ONCE)).all():
        for key, tokens in some:
            if not parses.whole(key, tokens):
                bind.execute(update(parse).where(parse.c.key == key).values(parses.signed(key, tokens)))
        last = some[-1].key
