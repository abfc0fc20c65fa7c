"""The first schema. Stores of its first days lack some of its tables."""

from alembic import op

from recoupe.store.migrations.first import FIRST

revision = "1"
down_revision = None


def upgrade() -> None:
    """The tables that are not there yet."""
    FIRST.create_all(op.get_bind())
