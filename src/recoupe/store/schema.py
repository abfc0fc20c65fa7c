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
    String,
    Table,
    Text,
)

VERSION = 1
# Tables that came later without a change to the others: a store that lacks them gets them when it is opened.
ADDED = frozenset(
    {
        "decision", "identity", "redirect", "about", "summary", "feature", "mark", "told", "tie", "bundle", "review",
        "arrival", "alert", "sent", "partner",
    }
)  # fmt: skip
metadata = MetaData()

# What is known of the store itself: schema version, the chain of articles that the relations were made of.
fact = Table("fact", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

# One row per version of an article; the newest version of an id (the highest n) is the one in force.
article = Table(
    "article",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=True),
    Column("version", String, nullable=False, unique=True),
    Column("id", String, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("sha256", String, nullable=False),
    Column("lang", String, nullable=False),
    Column("published", String),
    Column("published_by", String, nullable=False),
    Column("source", Text, nullable=False),
    Column("read", String, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("translated", Boolean, nullable=False),
    Column("translated_why", Text, nullable=False),
    Column("hints", Text, nullable=False),
    Column("seal", String, nullable=False),
    # A digest over this seal and the chain of the row before: a row taken out, or put in between, breaks it.
    Column("chain", String, nullable=False),
)

# One row per record, in the order the annotators gave; `body` is the record as the guide writes it (JSON).
record = Table(
    "record",
    metadata,
    Column("version", String, ForeignKey("article.version", ondelete="CASCADE"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("id", String, nullable=False, index=True),
    Column("layer", String, nullable=False),
    Column("body", Text, nullable=False),
)

# What stands between articles, part by part; an arrival replaces the parts that it touches.
relation = Table(
    "relation",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("part", String, nullable=False, index=True),
    Column("layer", String, nullable=False),
    Column("id", String, nullable=False),
    Column("body", Text, nullable=False),
    Index("relation_layer_id", "layer", "id"),
)

# From an article to the shared passages and origins that it is in.
about = Table(
    "about",
    metadata,
    Column("doc", String, primary_key=True),
    Column("n", Integer, ForeignKey("relation.n", ondelete="CASCADE"), primary_key=True, index=True),
)

# Each article in force as the others see it: the days that its date may mean, whether it is long, and the rest (bytes
# that this room does not read). `num` is made of the id; `home` is the group of articles that it is in.
summary = Table(
    "summary",
    metadata,
    Column("num", BigInteger, primary_key=True, autoincrement=False),
    Column("doc", String, nullable=False, unique=True),
    Column("version", String, nullable=False),
    Column("low", Integer, nullable=False),
    Column("high", Integer, nullable=False),
    Column("long", Boolean, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("home", String, index=True),
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
partner = Table(
    "partner", metadata, Column("doc", String, primary_key=True), Column("body", LargeBinary, nullable=False)
)
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
    Column("a", String, primary_key=True),
    Column("b", String, primary_key=True),
    Column("strength", Integer, nullable=False),
)
bundle = Table(
    "bundle", metadata, Column("home", String, primary_key=True), Column("file", String, nullable=False, index=True)
)

# Parses by model, characters and paragraph: the parser never sees the same paragraph twice.
parse = Table("parse", metadata, Column("key", String, primary_key=True), Column("tokens", LargeBinary, nullable=False))

# What people have settled about entities; never changed by the machine. `undone_at` is set where it was taken back.
decision = Table(
    "decision",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Column("undone_at", String),
    Column("undone_by", String),
)

# Permanent ids of entities: from each key of the machine's (relations.Entity.keys) to the entity that it belongs to.
identity = Table(
    "identity",
    metadata,
    Column("key", String, primary_key=True),
    Column("entity", String, nullable=False, index=True),
    # The key by which the entity was first known: where an entity falls apart, the part that has it keeps the id.
    Column("founder", Boolean, nullable=False),
    Column("since", String, nullable=False),
)

# Ids that were joined into another.
redirect = Table(
    "redirect",
    metadata,
    Column("old", String, primary_key=True),
    Column("new", String, nullable=False),
    Column("at", String, nullable=False),
)

# What people say of records and disputes: a log that only grows.
review = Table(
    "review",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=True),
    Column("doc", String, nullable=False, index=True),
    Column("record", String, nullable=False),
    Column("at", String, nullable=False),
    Column("body", Text, nullable=False),
)

# When the store got each row of `article`; of rows that are older than this table, `read` says it.
arrival = Table(
    "arrival",
    metadata,
    Column("n", Integer, ForeignKey("article.n", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("at", String, nullable=False, index=True),
)

# What has changed in the stories, as it was noticed: a log that only grows. `doc` is the article that brought it.
alert = Table(
    "alert",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("at", String, nullable=False, index=True),
    Column("doc", String, nullable=False, index=True),
    Column("body", Text, nullable=False),
)

# Which alerts have been delivered where; of an address only a digest is kept, since it may hold a secret.
sent = Table(
    "sent",
    metadata,
    Column("target", String, primary_key=True),
    Column("alert", String, primary_key=True),
    Column("at", String, nullable=False),
)
