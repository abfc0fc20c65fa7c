"""Every regular expression of ours, and whether its time grows faster than its text: python tests/fuzz/patterns.py

Each pattern that Recoupe's code compiles, in modules and from packs, is gathered by standing before `re` while the
whole program runs once over the examples: with the methods that are called on it. Those that this does not reach are
taken from the source, as if every method were called. Each is then given texts made from its own parse (each
repetition pumped, after what must stand before it) and texts that hurt many patterns, at growing lengths.
"""

import ast
import contextlib
import io
import linecache
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import pairwise, product
from pathlib import Path
from re import _compiler, _constants, _parser
from typing import Any

ROOT = Path(__file__).parents[2]
SOURCE = str(ROOT / "src" / "recoupe")
# A text four times as long takes a linear pattern four times as long, a quadratic one sixteen times. At the second
# length a quadratic pattern takes eighty thousand steps: what takes less than SUSPECT seconds is not looked at again.
LENGTHS = (100, 400, 1_600, 6_400)
SUSPECT = 0.00005
GROWTH = 7.5
METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")
PUMPED = "aA1 \n-.,'\"<(é«/:b_%€;XÀ"
REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
BRANCHES = 8  # of alternatives, so many are pumped
# Files whose patterns are given only texts of a bounded length, or none of a stranger's: they may take its square.
BOUNDED = {
    "annotate/loading.py": "the models' own patterns",
    "/telling.py": "what stands between two passages of a sentence",
    "times/grammar.py": "the rows of words within a piece of a paragraph, 3,000 signs",
    "names/words.py": "the same",
}
GENERIC = [
    "a", "A", "1", " ", "\n", '"', "'", "(", "[", "<", "-", ".", ",", "«", "é", "/", ":", "a ", "A ", "1 ", "a-", "a'",
    "A.", "1.", " 111", ", ", "a, ", "A. ", "<a", "1/1 ", "a@", ' "', "\r\n", "a\n", "«»", "http://", "’", "a’",
]  # fmt: skip

Key = tuple[str | bytes, int]


class Watched:
    """A compiled pattern that notes which of its methods are called."""

    def __init__(self, pattern: re.Pattern[Any], methods: set[str]) -> None:
        self._pattern, self._methods = pattern, methods

    def __getattr__(self, name: str) -> Any:
        if name in METHODS:
            self._methods.add(name)
        return getattr(self._pattern, name)


def gathered(work: Callable[[], None]) -> dict[Key, set[str]]:
    """The patterns that our own code compiles while `work` runs, with the methods called on each; where none was, those
    that stand in the source after the name that the pattern was given; where it has no name, all."""
    found: dict[Key, set[str]] = {}
    called: dict[Key, str] = {}
    original = re._compile  # type: ignore[attr-defined]

    def standing(pattern: Any, flags: Any) -> Any:
        if isinstance(pattern, Watched):
            pattern = pattern._pattern
        made = original(pattern, flags)
        frame: Any = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename == re.__file__:
            frame = frame.f_back
        place = frame.f_code.co_filename if frame is not None else ""
        if not place.startswith(SOURCE) or place.endswith(tuple(BOUNDED)):
            return made
        methods = found.setdefault((made.pattern, made.flags), set())
        called[made.pattern, made.flags] = linecache.getline(place, frame.f_lineno)
        return Watched(made, methods)

    re._compile = standing  # type: ignore[attr-defined]
    try:
        work()
    finally:
        re._compile = original  # type: ignore[attr-defined]
    source = "\n".join(path.read_text(encoding="utf-8") for path in Path(SOURCE).rglob("*.py"))
    for key, methods in found.items():
        if not methods and (named := re.search(r"(\w+)(?::[^=]+)? = (?:\w+ and )?re\.compile", called[key])):
            methods |= set(re.findall(rf"\b{named[1]}\.({'|'.join(METHODS)})\b", source))
    return found


def whole_program() -> None:
    """All modules, and the commands over the examples: read, annotated, related, told, exported, shown."""
    for path in sorted(Path(SOURCE).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
        if not name.endswith(("__main__", "compile", "versions.script")):
            import_module(name)
    from samples import SAMPLES

    from recoupe.cli import main

    with tempfile.TemporaryDirectory() as folder:
        for name, data in SAMPLES.values():
            Path(folder, name).write_bytes(data)
        store = f"{folder}/s.db"
        for command in (
            ["add", "--store", store, str(ROOT / "examples"), folder],
            ["brief", "--store", store, "--html", f"{folder}/b.html"],
            ["brief", "--store", store, "--lang", "en"],
            ["entities", "--store", store],
            ["verify", "--store", store],
        ):
            with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
                main(command)


def written() -> Iterator[Key]:
    """The patterns that stand in the source as such."""
    for path in Path(SOURCE).rglob("*.py"):
        if path.as_posix().endswith(tuple(BOUNDED)):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            first = node.args[0]
            if getattr(node.func.value, "id", "") == "re" and isinstance(first, ast.Constant):
                with contextlib.suppress(re.error, TypeError):
                    made = re.compile(first.value)
                    yield made.pattern, made.flags


def sample(node: Any, state: Any, prefer: str) -> str:
    """Some text that a part of a pattern matches, of preferred signs where it may be any."""
    kind, value = node
    if kind is _constants.LITERAL:
        return chr(value)
    if kind in (_constants.ANY, _constants.IN, _constants.NOT_LITERAL):
        one = _compiler.compile(_parser.SubPattern(state, [node]), state.flags & ~re.DEBUG)
        wide = state.flags & re.UNICODE  # no pattern of bytes has it
        return next((c for c in prefer + PUMPED if one.fullmatch(c if wide else c.encode("latin-1", "replace"))), "")
    if kind in REPEATS:
        return texts(value[2], state, prefer) * value[0]
    if kind is _constants.SUBPATTERN:
        return texts(value[3], state, prefer)
    if kind is _constants.ATOMIC_GROUP:
        return texts(value, state, prefer)
    if kind is _constants.BRANCH:
        return texts(value[1][0], state, prefer)
    return ""


def texts(parts: Any, state: Any, prefer: str) -> str:
    """A text that a sequence of parts matches."""
    return "".join(sample(node, state, prefer) for node in parts)


def pumps(parts: Any, state: Any, prefer: str, before: str = "") -> Iterator[tuple[str, str]]:
    """What stands before each repetition, and what it repeats."""
    for node in parts:
        kind, value = node
        if kind in REPEATS:
            if value[1] > 1:
                yield before, texts(value[2], state, prefer)
            yield from pumps(value[2], state, prefer, before)
        elif kind is _constants.SUBPATTERN:
            yield from pumps(value[3], state, prefer, before)
        elif kind is _constants.ATOMIC_GROUP:
            yield from pumps(value, state, prefer, before)
        elif kind is _constants.BRANCH:
            for branch in value[1][:BRANCHES]:
                yield from pumps(branch, state, prefer, before)
        elif kind in (_constants.ASSERT, _constants.ASSERT_NOT):
            yield from pumps(value[1], state, prefer, before)
        before += sample(node, state, prefer)


def hostile(pattern: str | bytes, flags: int) -> set[tuple[str, str]]:
    """Pairs of a beginning and of what is to be repeated after it."""
    tree = _parser.parse(pattern, flags & ~re.DEBUG)
    found = {("", text) for text in GENERIC}
    for prefer in ("a", "A", "1", " "):
        whole = texts(tree, tree.state, prefer)
        for before, body in pumps(tree, tree.state, prefer):
            found |= {(before, body), ("", body), ("", before + body)}
        found |= {("", whole), ("", whole[:-1])}
    return {(before, body) for before, body in found if body}


def took(pattern: re.Pattern[Any], way: str, parts: tuple[str, str, str], length: int, times: int = 1) -> float:
    """Seconds of processor time for a text of that length, the least of some times."""
    before, body, after = parts
    text: Any = before + body * (length // len(body)) + after
    text = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
    least = float("inf")
    for _ in range(times):
        start = time.process_time()
        if way == "finditer":
            for _ in pattern.finditer(text):
                pass
        else:
            getattr(pattern, way)(text)
        least = min(least, time.process_time() - start)
    return least


def worse_than_linear(pattern: str | bytes, flags: int, methods: set[str]) -> str:
    """The method and text that a pattern takes too long for; empty where there is none."""
    made: re.Pattern[Any] = re.compile(pattern, flags)
    called = methods or {"finditer", "match"}
    ways = {one if one in ("match", "fullmatch", "search") else "finditer" for one in called}
    for (before, body), after, way in product(sorted(hostile(pattern, flags)), ("", "\0"), sorted(ways)):
        parts = before, body, after
        first = took(made, way, parts, LENGTHS[1])
        if first < SUSPECT or first < GROWTH * took(made, way, parts, LENGTHS[0]):
            continue
        if all(
            took(made, way, parts, long, 3) > GROWTH * took(made, way, parts, short, 3)
            for short, long in pairwise(LENGTHS)
        ):
            return f"{way}: {before!r} + {body!r} * n + {after!r}: {took(made, way, parts, LENGTHS[-1]):.2f} s"
    return ""


def main() -> int:
    """Prints the patterns that take too long; 1 where there are any."""
    sys.path[:0] = [str(ROOT / "tests" / "read")]
    found = gathered(whole_program)
    reached = {pattern for pattern, _ in found}
    every = {**{key: set[str]() for key in written() if key[0] not in reached}, **found}
    print(f"{len(every)} patterns", flush=True)
    bad = 0
    for (pattern, flags), methods in every.items():
        if trouble := worse_than_linear(pattern, flags, methods):
            bad += 1
            print(f"{str(pattern)[:300]}\n    {trouble}", flush=True)
    print(f"{bad} of {len(every)} patterns are worse than linear")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
