"""Keeps parses, so that the parser never sees the same paragraph twice."""

import msgspec
from sqlalchemy import Engine, select
from sqlalchemy.exc import DatabaseError

from ..errors import StoreError
from ..model.article import digest
from ..model.parse import Parse
from .backends import place_of
from .connect import upsert, writing
from .schema import parse


class Parses:
    """Parses in a store, keyed by model, characters and paragraph; `stamp` names the model and the characters."""

    def __init__(self, engine: Engine, stamps: dict[str, str]) -> None:
        self._engine, self._stamps = engine, stamps
        self._decoder = msgspec.msgpack.Decoder(Parse)

    def load(self, code: str, paragraph: str) -> Parse | None:
        """The kept parse of a paragraph in a language, or None."""
        with self._engine.connect() as connection:
            key = digest(self._stamps[code], paragraph)
            tokens = connection.scalar(select(parse.c.tokens).where(parse.c.key == key))
        return None if tokens is None else self._decoder.decode(tokens)

    def save(self, parses: dict[str, Parse], code: str) -> None:
        """Keeps parses by paragraph, all or none. Raises StoreError where they cannot be written."""
        rows = [
            {"key": digest(self._stamps[code], paragraph), "tokens": msgspec.msgpack.encode(tokens)}
            for paragraph, tokens in parses.items()
        ]
        try:
            with writing(self._engine, "parses") as connection:
                connection.execute(upsert(connection, parse).on_conflict_do_nothing(), rows)
        except DatabaseError as error:
            place = place_of(self._engine.url)
            raise StoreError("store.cannot_write", place=place, reason=str(error.orig)) from error
