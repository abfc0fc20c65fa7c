"""Loads spaCy's pipelines, quickly and so that they run quickly."""

import functools
import re
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from ..lang.intact import check_package
from .vectors import hasten
from .weights import put_file

# A pattern longer than this many characters is written anew before it is compiled. The French tokenizer's has
# 1,450,000 and the next longest of all models 40,000.
LONG = 100_000
# A class of at least so many characters (all letters) is what makes a pattern slow to compile: each is read anew.
CLASS = re.compile(r"\[[^\[\]]{200,}\][+*]?")
# What is read of a word: the models' features, the English rules' patterns, and what is white space.
READ = ("LANG", "LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE")
# A quotation mark behind an elision, and an elision alone.
QUOTED = re.compile(r"(?<=\w')[\"«»“”](?=\w)")
ELIDED = re.compile(r"(?:[cdjlmnst]|(?:jus|lors|puis|quel|quoi)?qu)'", re.I)
FLAGS = re.compile(r"(?:\(\?[a-z]+\))?")
GROUP = re.compile(r"\(\?:[^()]*\)[?*+]?")
# A class of a few signs, of which any match holds one.
SIGNS = re.compile(r"\[(?!\^)(-?[^-\]\\\w]+)\](?![?*{])")


@functools.cache
def model(name: str, without: tuple[str, ...], sha256: str, weights: Path | None = None) -> Any:
    """The spaCy pipeline of that name, less some components, with the weights of a file instead of its own. Raises
    OSError where it is not installed, ModelError where its files are not those of the digest, PackError where the
    weights are not those of such a model."""
    with ThreadPoolExecutor(1) as beside:
        intact = beside.submit(check_package, name, sha256)
        with _without_commands():
            import spacy  # noqa: F401  while the digest is made
        from thinc.api import NumpyOps, get_current_ops, set_current_ops

        intact.result()
    before = get_current_ops()
    # NumPy's own matrix product (OpenBLAS) is four times as fast as the one that Thinc takes by itself (70 to 19
    # GFLOPS on a core with AVX2), the parse 1.7 times.
    set_current_ops(NumpyOps(use_blis=False))
    try:
        with _factoring():
            found = _loaded(name, without)
    finally:
        set_current_ops(before)
    if weights is not None:
        put_file(found, weights)
    _cut_quotes(found.tokenizer)
    _spare(found)
    hasten(found)
    return found


def _cut_quotes(tokenizer: Any) -> None:
    """Has a tokenizer cut a quotation mark off behind an elision (`l'"opération`, `qu'« il`): the French one takes
    what stands around it for one word, or the elision's apostrophe for a word of its own."""
    infixes, suffix = tokenizer.infix_finditer, tokenizer.suffix_search

    def inside(text: str) -> list[re.Match[str]]:
        found = list(infixes(text))
        quoted = [match for match in QUOTED.finditer(text) if all(other.start() != match.start() for other in found)]
        return sorted([*found, *quoted], key=lambda match: match.start()) if quoted else found

    def ending(text: str) -> re.Match[str] | None:
        return None if ELIDED.fullmatch(text) else suffix(text)

    tokenizer.infix_finditer, tokenizer.suffix_search = inside, ending


def _loaded(name: str, without: tuple[str, ...]) -> Any:
    """As `spacy.load` does, but for the tables, which are read quickly, and for the vocabulary's strings, which nothing
    needs: a word that is met brings its own."""
    from spacy import util

    from . import tables

    folder = _folder(name)
    settings = util.load_config(folder / "config.cfg")
    without = (*without, *settings["nlp"].get("disabled", ()))
    pipeline: Any = util.load_model_from_config(settings, exclude=without, meta=util.get_model_meta(folder))
    lemmatizers = [part for part, one in pipeline.components if hasattr(one, "lookups")]
    pipeline.from_disk(folder, exclude=[*without, "strings", "vectors", *lemmatizers])
    tables.vectors(pipeline.vocab.vectors, folder / "vocab")
    for part in lemmatizers:
        tables.lemmas(pipeline.get_pipe(part).lookups, folder / part / "lookups" / "lookups.bin")
    return pipeline


def _folder(name: str) -> Path:
    from spacy import util
    from spacy.errors import Errors

    if not util.is_package(name):
        raise OSError(Errors.E050.format(name=name))
    package = util.get_package_path(name)
    about = util.get_model_meta(package)
    return package / f"{about['lang']}_{about['name']}-{about['version']}"


def _spare(pipeline: Any) -> None:
    """Of a word that is new, only what is read is worked out: not whether it looks like an address, a number …"""
    from spacy.attrs import IDS

    read = {IDS[name] for name in READ}
    for unread in pipeline.vocab.lex_attr_getters.keys() - read:
        del pipeline.vocab.lex_attr_getters[unread]


@functools.cache
def threads() -> Any:
    """The thread pools of the loaded libraries: the products are too small for two threads to share one."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@contextmanager
def _without_commands() -> Iterator[None]:
    """Importing spaCy imports its command line for one function, a third of the time that it takes: that function gets
    a stand-in, which imports it when it is called."""
    names = ("spacy.cli", "spacy.cli.info")
    if "spacy" in sys.modules:
        yield
        return
    for name in names:
        stand_in: Any = ModuleType(name)
        stand_in.info = lambda *given, **named: import_module(names[-1]).info(*given, **named)
        sys.modules[name] = stand_in
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]


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
    for all alternatives that begin and end alike; any other pattern as it is.

    Where each alternative asks for a sign (the French ones for a hyphen or an apostrophe), words without any are let go
    at once, in a fifth of the time."""
    flags, first, rest = pattern.partition("(?:^")
    if not first or not FLAGS.fullmatch(flags) or not rest.endswith("$)"):
        return pattern
    groups: dict[tuple[str, str], list[str]] = {}
    alternatives = rest[: -len("$)")].split("$)|(?:^")
    for one in alternatives:
        found = CLASS.match(one)
        lead = found[0] if found else ""
        tail = CLASS.search(one, len(lead))
        end = tail.start() if tail else len(one)
        groups.setdefault((lead, one[end:]), []).append(one[len(lead) : end])
    parts = (f"{lead}(?:{'|'.join(middles)}){end}" for (lead, end), middles in groups.items())
    return flags + "^" + _signed(alternatives) + "(?:" + "|".join(parts) + ")$"


def _signed(alternatives: Sequence[str]) -> str:
    """A look ahead for the signs of which each alternative asks for one; nothing where one asks for none."""
    signs = set[str]()
    for one in alternatives:
        bare = one
        while bare != (bare := GROUP.sub("", bare)):
            pass
        found = SIGNS.search(bare)
        if not found or "|" in bare:
            return ""
        signs.update(found[1])
    listed = re.escape("".join(sorted(signs)))
    return f"(?=[^{listed}]*[{listed}])"
