"""Keeps parses, so that the parser never sees the same paragraph twice."""

import sqlite3
from pathlib import Path

import msgspec

from ..annotate.parse import model_version
from ..lang import pack
from ..model.article import digest
from ..model.parse import Parse


class ParseCache:
    """A file of parses keyed by model, characters and paragraph. Safe to share between processes, and to delete."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / "parses.sqlite", timeout=60, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("CREATE TABLE IF NOT EXISTS parse (key TEXT PRIMARY KEY, rows BLOB NOT NULL) WITHOUT ROWID")
        self._decoder = msgspec.msgpack.Decoder(Parse)

    def _key(self, code: str, paragraph: str) -> str:
        language = pack(code)
        return digest(model_version(language), sorted(language.about.characters.items()), paragraph)

    def load(self, code: str, paragraph: str) -> Parse | None:
        """The kept parse, or None."""
        row = self._db.execute("SELECT rows FROM parse WHERE key = ?", (self._key(code, paragraph),)).fetchone()
        return self._decoder.decode(row[0]) if row else None

    def save(self, parses: dict[str, Parse], code: str) -> None:
        """Keeps parses by paragraph, all or none."""
        rows = [(self._key(code, paragraph), msgspec.msgpack.encode(parse)) for paragraph, parse in parses.items()]
        with self._db:
            self._db.execute("BEGIN")
            self._db.executemany("INSERT OR REPLACE INTO parse VALUES (?, ?)", rows)
