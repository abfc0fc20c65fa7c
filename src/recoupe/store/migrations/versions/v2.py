"""An index over the links of the chain of articles, which relate asks for first; the index of search made anew."""

from alembic import op
from sqlalchemy import inspect

from recoupe.store.migrations.first import FIRST

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """From 1 to 2."""
    bind = op.get_bind()
    # Relations that are older than the table which finds them by article are made anew by the next add.
    if not inspect(bind).has_table("about"):
        op.execute("DROP TABLE IF EXISTS relation")
        op.execute("DELETE FROM fact WHERE key IN ('related', 'relations_seal')")
    FIRST.create_all(bind)
    op.create_index("ix_article_chain", "article", ["chain"])
    op.execute("DROP TABLE IF EXISTS search")
    op.execute("DROP TABLE IF EXISTS searched")
