"""Loads spaCy's pipelines, quickly and so that they run quickly."""

import functools
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from ..lang.intact import check_package
from .vectors import hasten

# A pattern longer than this many characters is written anew before it is compiled. The French tokenizer's has
# 1,450,000 and the next longest of all models 40,000.
LONG = 100_000
# A class of at least so many characters (all letters) is what makes a pattern slow to compile: each is read anew.
CLASS = re.compile(r"\[[^\]]{200,}\][+*]?")
FLAGS = re.compile(r"(?:\(\?[a-z]+\))?")


@functools.cache
def model(name: str, without: tuple[str, ...], sha256: str) -> Any:
    """The spaCy pipeline of that name, less some components. Raises OSError where it is not installed, ModelError where
    its files are not those of the digest."""
    with ThreadPoolExecutor(1) as beside:
        intact = beside.submit(check_package, name, sha256)
        import spacy
        from thinc.api import NumpyOps, get_current_ops, set_current_ops

        intact.result()
    before = get_current_ops()
    # NumPy's own matrix product (OpenBLAS) is four times as fast as the one that Thinc takes by itself (70 to 19
    # GFLOPS on a core with AVX2), the parse 1.7 times.
    set_current_ops(NumpyOps(use_blis=False))
    try:
        with _factoring():
            found = spacy.load(name, exclude=without)
    finally:
        set_current_ops(before)
    _index(found)
    hasten(found)
    return found


def _index(pipeline: Any) -> None:
    """The lemmatizer looks for each word that it has not met in lists of up to 28,000: as sets they are the same to it,
    and a text whose words are new is parsed in less than half of the time."""
    for name, component in pipeline.pipeline:
        if name == "lemmatizer" and component.lookups.has_table("lemma_index"):
            table = component.lookups.get_table("lemma_index")
            for kind in list(table):
                table[kind] = frozenset(table[kind])


@functools.cache
def threads() -> Any:
    """The thread pools of the loaded libraries: the products are too small for two threads to share one."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@contextmanager
def _factoring() -> Iterator[None]:
    """Long patterns are factored before they are compiled: half of the time that the French model takes to load."""
    whole = re.compile

    def quick(pattern: Any, flags: Any = 0) -> Any:
        return whole(factored(pattern) if isinstance(pattern, str) and len(pattern) > LONG else pattern, flags)

    re.compile = quick
    try:
        yield
    finally:
        re.compile = whole


def factored(pattern: str) -> str:
    """A pattern that matches the same whole words as `(?iu)(?:^one$)|(?:^other$)|…`, with each long class written once
    for all alternatives that begin and end alike; any other pattern as it is."""
    flags, first, rest = pattern.partition("(?:^")
    if not first or not FLAGS.fullmatch(flags) or not rest.endswith("$)"):
        return pattern
    groups: dict[tuple[str, str], list[str]] = {}
    for one in rest[: -len("$)")].split("$)|(?:^"):
        found = CLASS.match(one)
        lead = found[0] if found else ""
        tail = CLASS.search(one, len(lead))
        end = tail.start() if tail else len(one)
        groups.setdefault((lead, one[end:]), []).append(one[len(lead) : end])
    parts = (f"{lead}(?:{'|'.join(middles)}){end}" for (lead, end), middles in groups.items())
    return flags + "^(?:" + "|".join(parts) + ")$"
