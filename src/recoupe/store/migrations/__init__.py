"""Brings a store of an older schema up to this one: one Alembic script a version, in versions/.

Which version a store has stands in its table of facts, and nowhere else; a script's revision is the version that it
leads to. A change of a table is one more script, and one more in schema.VERSION; the scripts before stay as they are.
"""

from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select, update

from ..schema import VERSION, fact

SCRIPTS = ScriptDirectory(str(Path(__file__).parent))


def migrated(connection: Connection, to: int = VERSION) -> None:
    """Brings a store to a version, inside a transaction that alone writes to it; nothing where it is there already."""
    found = connection.scalar(select(fact.c.value).where(fact.c.key == "schema"))
    steps = [one for one in SCRIPTS.walk_revisions() if int(found or 0) < int(one.revision) <= to]
    with Operations.context(MigrationContext.configure(connection)):
        for step in reversed(steps):
            step.module.upgrade()
    if steps:
        connection.execute(update(fact).where(fact.c.key == "schema").values(value=str(to)))
