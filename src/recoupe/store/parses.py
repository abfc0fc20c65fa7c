"""Keeps parses, so that the parser never sees the same paragraph twice."""

import hashlib
from collections.abc import Iterable

import msgspec
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from ..errors import StoreError
from ..model.article import digest
from ..model.parse import Parse
from .backends import place_of
from .connect import direct, upsert, writing
from .schema import parse

# So many bytes at the beginning of a parse are its digest.
SIGNS = 16


class Parses:
    """Parses in a store, keyed by model, characters and paragraph; `stamp` names the model and the characters."""

    def __init__(self, engine: Engine, stamps: dict[str, str]) -> None:
        self._engine, self._stamps = engine, stamps
        self._decoder = msgspec.msgpack.Decoder(Parse)

    def load(self, code: str, paragraphs: Iterable[str]) -> dict[str, Parse]:
        """The kept parses of those paragraphs in a language that have one. All are asked for at once: one after the
        other took a tenth of the time to annotate an article whose paragraphs are known."""
        by_key = {digest(self._stamps[code], paragraph): paragraph for paragraph in paragraphs}
        with self._engine.connect() as connection:
            query = "SELECT p.key, p.tokens FROM words(?) k JOIN parse p ON p.key = k.value"
            rows = direct(connection, query, list(by_key))
        # One that is no longer what was kept is made again.
        return {by_key[key]: self._decoder.decode(tokens[SIGNS:]) for key, tokens in rows if whole(key, tokens)}

    def save(self, parses: dict[str, Parse], code: str) -> None:
        """Keeps parses by paragraph, all or none. Raises StoreError where they cannot be written."""
        rows = [
            signed(digest(self._stamps[code], paragraph), msgspec.msgpack.encode(tokens))
            for paragraph, tokens in parses.items()
        ]
        try:
            with writing(self._engine, "parses") as connection:
                statement = upsert(connection, parse)
                over = {"tokens": statement.excluded.tokens}
                connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=over), rows)
        except DatabaseError as error:
            place = place_of(self._engine.url)
            raise StoreError("store.cannot_write", place=place, reason=str(error.orig)) from error


def signed(key: str, tokens: bytes) -> dict[str, str | bytes]:
    """A parse as it is kept: its digest before it."""
    return {"key": key, "tokens": hashlib.blake2b(tokens, digest_size=SIGNS, key=key.encode()).digest() + tokens}


def whole(key: str, tokens: bytes) -> bool:
    """Whether a parse is what was kept under its key."""
    return signed(key, tokens[SIGNS:])["tokens"] == tokens
