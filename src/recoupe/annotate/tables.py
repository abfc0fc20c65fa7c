"""Reads the large tables of spaCy's pipelines: the words of the vectors and of the lemmatizers.

A single article must not wait for them: the French ones are 16 MB, for which spaCy takes 1.5 s on a core.
"""

from pathlib import Path
from typing import Any

import msgspec
import numpy
from spacy.strings import get_string_id
from spacy.vectors import Vectors


class Table(dict[int, Any]):
    """A table by the hashes of words, that is asked by word or hash: spaCy's own without its filter, which is dear to
    fill."""

    def __getitem__(self, key: str | int) -> Any:
        return super().__getitem__(get_string_id(key))

    def __contains__(self, key: Any) -> bool:
        return super().__contains__(get_string_id(key))

    def get(self, key: str | int, default: Any = None) -> Any:
        """What stands for the word, or the default."""
        return super().get(get_string_id(key), default)


# The lemmatizer looks for each word that it has not met in lists of up to 66,000: as sets they are the same to it, and
# a text of new words is parsed in less than half of the time.
KINDS: dict[str, Any] = {
    "lemma_lookup": dict[int, str | tuple[str, ...]],
    "lemma_index": dict[int, frozenset[str]],
    "lemma_exc": dict[int, dict[str, tuple[str, ...]]],
}
KIND: Any = dict[int, Any]


def lemmas(lookups: Any, path: Path) -> None:
    """Fills the `Lookups` of a lemmatizer from their file, where there is one."""
    if path.is_file():
        for name, raw in msgspec.msgpack.decode(path.read_bytes(), type=dict[str, msgspec.Raw]).items():
            lookups.set_table(name, Table(msgspec.msgpack.decode(raw, type=KINDS.get(name, KIND))))


def vectors(found: Vectors, folder: Path) -> None:
    """Fills the vectors from their folder, where there are any; of the numbers themselves each is read when a word asks
    for it."""
    found.from_disk(folder, exclude=["strings", "vectors", "key2row"])
    if (folder / "key2row").is_file():
        found.key2row = msgspec.msgpack.decode((folder / "key2row").read_bytes(), type=dict[int, int])
    if (folder / "vectors").is_file():
        found.data = numpy.asarray(numpy.load(folder / "vectors", mmap_mode="r"))
