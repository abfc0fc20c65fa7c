"""The tables. The schema has a version from the first day; the same tables serve SQLite and PostgreSQL."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    Text,
    column,
    func,
    select,
    table,
)

# What changes a table makes another version, with a migration to it in migrations/versions.
VERSION = 3
metadata = MetaData()

# Words are compared and ordered by their signs, as SQLite does, whatever the language of the server.
Line = String().with_variant(String(collation="C"), "postgresql")
Body = Text().with_variant(Text(collation="C"), "postgresql")
# The number of a row: what SQLite calls an integer is as large.
Number = Integer().with_variant(BigInteger(), "postgresql")


def counted(name: str) -> Column[int]:
    """The number of a row in a log: one more than the last. No sequence of the database gives it, since that leaves
    gaps, and knows nothing of rows that were copied; whoever writes a log is the only one to do so."""
    next_one: Select[tuple[int]] = select(func.coalesce(func.max(column("n")), 0) + 1).select_from(table(name))
    return Column("n", Number, primary_key=True, autoincrement=False, default=next_one.scalar_subquery())


# What is known of the store itself: schema version, the chain of articles that the relations were made of.
fact = Table("fact", metadata, Column("key", Line, primary_key=True), Column("value", Body, nullable=False))

# One row per version of an article; the newest version of an id (the highest n) is the one in force.
article = Table(
    "article",
    metadata,
    counted("article"),
    Column("version", Line, nullable=False, unique=True),
    Column("id", Line, nullable=False, index=True),
    Column("text", Body, nullable=False),
    Column("sha256", Line, nullable=False),
    Column("lang", Line, nullable=False),
    Column("published", Line),
    Column("published_by", Line, nullable=False),
    Column("source", Body, nullable=False),
    Column("read", Line, nullable=False),
    Column("url", Body, nullable=False),
    Column("title", Body, nullable=False),
    Column("outlet", Body, nullable=False),
    Column("translated", Boolean, nullable=False),
    Column("translated_why", Body, nullable=False),
    Column("hints", Body, nullable=False),
    Column("seal", Line, nullable=False),
    # A digest over this seal and the chain of the row before: a row taken out, or put in between, breaks it.
    Column("chain", Line, nullable=False, index=True),
)

# One row per record, in the order the annotators gave; `body` is the record as the guide writes it (JSON).
record = Table(
    "record",
    metadata,
    Column("version", Line, ForeignKey("article.version", ondelete="CASCADE"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("id", Line, nullable=False, index=True),
    Column("layer", Line, nullable=False),
    Column("body", Body, nullable=False),
)

# What stands between articles, part by part; an arrival replaces the parts that it touches.
relation = Table(
    "relation",
    metadata,
    Column("n", Number, primary_key=True, autoincrement=False),
    Column("part", Line, nullable=False, index=True),
    Column("layer", Line, nullable=False),
    Column("id", Line, nullable=False),
    Column("body", Body, nullable=False),
    Index("relation_layer_id", "layer", "id"),
)

# From an article to the shared passages and origins that it is in.
about = Table(
    "about",
    metadata,
    Column("doc", Line, primary_key=True),
    Column("n", Number, ForeignKey("relation.n", ondelete="CASCADE"), primary_key=True, index=True),
)

# Each article in force as the others see it: the days that its date may mean, whether it is long, and the rest (bytes
# that this room does not read). `num` is made of the id; `home` is the group of articles that it is in.
summary = Table(
    "summary",
    metadata,
    Column("num", BigInteger, primary_key=True, autoincrement=False),
    Column("doc", Line, nullable=False, unique=True),
    Column("version", Line, nullable=False),
    Column("low", Integer, nullable=False),
    Column("high", Integer, nullable=False),
    Column("long", Boolean, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("home", Line, index=True),
)

# Inverted indexes over the summaries: what an article is about, the marks of its paragraphs, what it tells of.
feature = Table(
    "feature",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("num", BigInteger, primary_key=True),
    Column("weight", Float, nullable=False),
    sqlite_with_rowid=False,
)
mark = Table(
    "mark",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("num", BigInteger, primary_key=True),
    Column("paragraph", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
# Of each article the earlier ones that have passages of it (bytes that this room does not read).
partner = Table("partner", metadata, Column("doc", Line, primary_key=True), Column("body", LargeBinary, nullable=False))
told = Table(
    "told",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("num", BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)

# Which groups of articles are tied to which, both ways, and how strongly; and the file that each group is in.
tie = Table(
    "tie",
    metadata,
    Column("a", Line, primary_key=True),
    Column("b", Line, primary_key=True),
    Column("strength", Integer, nullable=False),
)
bundle = Table(
    "bundle", metadata, Column("home", Line, primary_key=True), Column("file", Line, nullable=False, index=True)
)

# Parses by model, characters and paragraph: the parser never sees the same paragraph twice.
parse = Table("parse", metadata, Column("key", Line, primary_key=True), Column("tokens", LargeBinary, nullable=False))

# What people have settled about entities; never changed by the machine. `undone_at` is set where it was taken back.
decision = Table(
    "decision",
    metadata,
    counted("decision"),
    Column("id", Line, nullable=False, unique=True),
    Column("body", Body, nullable=False),
    Column("undone_at", Line),
    Column("undone_by", Line),
)

# Permanent ids of entities: from each key of the machine's (relations.Entity.keys) to the entity that it belongs to.
identity = Table(
    "identity",
    metadata,
    Column("key", Line, primary_key=True),
    Column("entity", Line, nullable=False, index=True),
    # The key by which the entity was first known: where an entity falls apart, the part that has it keeps the id.
    Column("founder", Boolean, nullable=False),
    Column("since", Line, nullable=False),
)

# Ids that were joined into another.
redirect = Table(
    "redirect",
    metadata,
    Column("old", Line, primary_key=True),
    Column("new", Line, nullable=False),
    Column("at", Line, nullable=False),
)

# What people say of records and disputes: a log that only grows.
review = Table(
    "review",
    metadata,
    counted("review"),
    Column("doc", Line, nullable=False, index=True),
    Column("record", Line, nullable=False),
    Column("at", Line, nullable=False),
    Column("body", Body, nullable=False),
)

# When the store got each row of `article`; of rows that are older than this table, `read` says it.
arrival = Table(
    "arrival",
    metadata,
    Column("n", Number, ForeignKey("article.n", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("at", Line, nullable=False, index=True),
)

# What has changed in the stories, as it was noticed: a log that only grows. `doc` is the article that brought it.
alert = Table(
    "alert",
    metadata,
    counted("alert"),
    Column("id", Line, nullable=False, unique=True),
    Column("at", Line, nullable=False, index=True),
    Column("doc", Line, nullable=False, index=True),
    Column("body", Body, nullable=False),
)

# Which alerts have been delivered where; of an address only a digest is kept, since it may hold a secret.
sent = Table(
    "sent",
    metadata,
    Column("target", Line, primary_key=True),
    Column("alert", Line, primary_key=True),
    Column("at", Line, nullable=False),
)

# What is watched (sources.py says what the columns mean), one row per address or path. Instants are ISO 8601, UTC, with
# microseconds, so that they sort as they follow one another; empty stands for none, and of `due` for never.
watched = Table(
    "watched",
    metadata,
    Column("key", Line, primary_key=True),
    Column("kind", Line, nullable=False),
    Column("root", Line, nullable=False, index=True),
    Column("parent", Line, nullable=False),
    Column("host", Line, nullable=False),
    Column("stamp", Line, nullable=False),
    Column("known", Body, nullable=False),
    Column("etag", Body, nullable=False),
    Column("modified", Line, nullable=False),
    Column("mark", Line, nullable=False),
    Column("doc", Line, nullable=False),
    Column("at", Line, nullable=False),
    Column("status", Line, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("visits", Integer, nullable=False),
    Column("pause", Line, nullable=False),
    Column("due", Line, nullable=False, index=True),
)

# One row per server: what its robots.txt says and until when that holds, how often in a row it did not answer, and from
# when on it may be asked again.
server = Table(
    "server",
    metadata,
    Column("host", Line, primary_key=True),
    Column("robots", Body, nullable=False),
    Column("until", Line, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("due", Line, nullable=False),
)
