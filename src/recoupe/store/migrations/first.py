"""The first schema that was released, as it was: what the migrations begin with. It never changes."""

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

FIRST = MetaData()
LINE = String().with_variant(String(collation="C"), "postgresql")
BODY = Text().with_variant(Text(collation="C"), "postgresql")
NUMBER = Integer().with_variant(BigInteger(), "postgresql")

Table("fact", FIRST, Column("key", LINE, primary_key=True), Column("value", BODY, nullable=False))
Table(
    "article",
    FIRST,
    Column("n", NUMBER, primary_key=True, autoincrement=False),
    Column("version", LINE, nullable=False, unique=True),
    Column("id", LINE, nullable=False, index=True),
    Column("text", BODY, nullable=False),
    Column("sha256", LINE, nullable=False),
    Column("lang", LINE, nullable=False),
    Column("published", LINE),
    Column("published_by", LINE, nullable=False),
    Column("source", BODY, nullable=False),
    Column("read", LINE, nullable=False),
    Column("url", BODY, nullable=False),
    Column("title", BODY, nullable=False),
    Column("outlet", BODY, nullable=False),
    Column("translated", Boolean, nullable=False),
    Column("translated_why", BODY, nullable=False),
    Column("hints", BODY, nullable=False),
    Column("seal", LINE, nullable=False),
    Column("chain", LINE, nullable=False),
)
Table(
    "record",
    FIRST,
    Column("version", LINE, ForeignKey("article.version", ondelete="CASCADE"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("id", LINE, nullable=False, index=True),
    Column("layer", LINE, nullable=False),
    Column("body", BODY, nullable=False),
)
Table(
    "relation",
    FIRST,
    Column("n", NUMBER, primary_key=True, autoincrement=False),
    Column("part", LINE, nullable=False, index=True),
    Column("layer", LINE, nullable=False),
    Column("id", LINE, nullable=False),
    Column("body", BODY, nullable=False),
    Index("relation_layer_id", "layer", "id"),
)
Table(
    "about",
    FIRST,
    Column("doc", LINE, primary_key=True),
    Column("n", NUMBER, ForeignKey("relation.n", ondelete="CASCADE"), primary_key=True, index=True),
)
Table(
    "summary",
    FIRST,
    Column("num", BigInteger, primary_key=True, autoincrement=False),
    Column("doc", LINE, nullable=False, unique=True),
    Column("version", LINE, nullable=False),
    Column("low", Integer, nullable=False),
    Column("high", Integer, nullable=False),
    Column("long", Boolean, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("home", LINE, index=True),
)
Table(
    "feature",
    FIRST,
    Column("key", BigInteger, primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("num", BigInteger, primary_key=True),
    Column("weight", Float, nullable=False),
    sqlite_with_rowid=False,
)
Table(
    "mark",
    FIRST,
    Column("key", BigInteger, primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("num", BigInteger, primary_key=True),
    Column("paragraph", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
Table("partner", FIRST, Column("doc", LINE, primary_key=True), Column("body", LargeBinary, nullable=False))
Table(
    "told",
    FIRST,
    Column("key", BigInteger, primary_key=True),
    Column("num", BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)
Table(
    "tie",
    FIRST,
    Column("a", LINE, primary_key=True),
    Column("b", LINE, primary_key=True),
    Column("strength", Integer, nullable=False),
)
Table("bundle", FIRST, Column("home", LINE, primary_key=True), Column("file", LINE, nullable=False, index=True))
Table("parse", FIRST, Column("key", LINE, primary_key=True), Column("tokens", LargeBinary, nullable=False))
Table(
    "decision",
    FIRST,
    Column("n", NUMBER, primary_key=True, autoincrement=False),
    Column("id", LINE, nullable=False, unique=True),
    Column("body", BODY, nullable=False),
    Column("undone_at", LINE),
    Column("undone_by", LINE),
)
Table(
    "identity",
    FIRST,
    Column("key", LINE, primary_key=True),
    Column("entity", LINE, nullable=False, index=True),
    Column("founder", Boolean, nullable=False),
    Column("since", LINE, nullable=False),
)
Table(
    "redirect",
    FIRST,
    Column("old", LINE, primary_key=True),
    Column("new", LINE, nullable=False),
    Column("at", LINE, nullable=False),
)
Table(
    "review",
    FIRST,
    Column("n", NUMBER, primary_key=True, autoincrement=False),
    Column("doc", LINE, nullable=False, index=True),
    Column("record", LINE, nullable=False),
    Column("at", LINE, nullable=False),
    Column("body", BODY, nullable=False),
)
Table(
    "arrival",
    FIRST,
    Column("n", NUMBER, ForeignKey("article.n", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("at", LINE, nullable=False, index=True),
)
Table(
    "alert",
    FIRST,
    Column("n", NUMBER, primary_key=True, autoincrement=False),
    Column("id", LINE, nullable=False, unique=True),
    Column("at", LINE, nullable=False, index=True),
    Column("doc", LINE, nullable=False, index=True),
    Column("body", BODY, nullable=False),
)
Table(
    "sent",
    FIRST,
    Column("target", LINE, primary_key=True),
    Column("alert", LINE, primary_key=True),
    Column("at", LINE, nullable=False),
)
Table(
    "watched",
    FIRST,
    Column("key", LINE, primary_key=True),
    Column("kind", LINE, nullable=False),
    Column("root", LINE, nullable=False, index=True),
    Column("parent", LINE, nullable=False),
    Column("host", LINE, nullable=False),
    Column("stamp", LINE, nullable=False),
    Column("known", BODY, nullable=False),
    Column("etag", BODY, nullable=False),
    Column("modified", LINE, nullable=False),
    Column("mark", LINE, nullable=False),
    Column("doc", LINE, nullable=False),
    Column("at", LINE, nullable=False),
    Column("status", LINE, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("visits", Integer, nullable=False),
    Column("pause", LINE, nullable=False),
    Column("due", LINE, nullable=False, index=True),
)
Table(
    "server",
    FIRST,
    Column("host", LINE, primary_key=True),
    Column("robots", BODY, nullable=False),
    Column("until", LINE, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("due", LINE, nullable=False),
)
