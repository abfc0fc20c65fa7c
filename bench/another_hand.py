"""What another hand changes: one thing in a row of a table, or in a file."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from sqlalchemy import Boolean, LargeBinary, Table

# Values of closed lists, one of which is put for another.
CLOSED = {
    "polarity": "+-", "act": ("assert", "deny", "accuse"), "certainty": ("certain", "probable", "possible"),
    "status": ("actual", "claimed", "denied", "planned"), "verdict": ("confirmed", "rejected"),
    "kind": ("same", "apart"), "form": ("direct", "indirect"), "means": ("missile", "drone"),
    "cumulative": (True, False),
}  # fmt: skip
SOURCES = ("source", "source_entity", "outlet", "url", "published_by", "by", "party", "who", "channel")
SIGNS = "abcdefghijklmnopqrstuvwxyzéàABCXYZ0123456789 .,;:'-_/"
Row = dict[str, Any]
# A change: the row's columns as they are then, None where it cannot be made there.
Change = Callable[["Table", Row, random.Random], Row | None]


def character(_: Table, row: Row, draw: random.Random) -> Row | None:
    """One character of one text is another, is gone, or is one more."""
    names = [name for name, value in row.items() if isinstance(value, str) and value]
    if not names:
        return None
    name = draw.choice(names)
    return {**row, name: _another(row[name], draw)}


def _another(text: str, draw: random.Random) -> str:
    at, sign = draw.randrange(len(text)), draw.choice(SIGNS)
    made = draw.choice((text[:at] + sign + text[at + 1 :], text[:at] + text[at + 1 :], text[:at] + sign + text[at:]))
    return made if made != text else text + "x"


def number(_: Table, row: Row, draw: random.Random) -> Row | None:
    """A number is another, in a column or in JSON."""
    names = [name for name, value in row.items() if isinstance(value, int | float) and not isinstance(value, bool)]
    if names and (draw.random() < 0.5 or "body" not in row):
        name = draw.choice(names)
        return {**row, name: row[name] + draw.choice((-7, -1, 1, 2, 10))}
    return _within(row, draw, lambda path, value: _plain(value) and not _spanned(path), lambda value: value + 1)


def offset(_: Table, row: Row, draw: random.Random) -> Row | None:
    """A span begins or ends elsewhere."""
    by = draw.choice((-3, -1, 1, 2))
    return _within(row, draw, lambda path, value: _plain(value) and _spanned(path), lambda value: value + by)


def source(_: Table, row: Row, draw: random.Random) -> Row | None:
    """Another is named as the source."""
    names = [name for name in SOURCES if isinstance(row.get(name), str)]
    if names:
        name = draw.choice(names)
        return {**row, name: _another(row[name], draw) if row[name] else "x"}
    return _within(row, draw, lambda path, value: path[-1] in SOURCES and isinstance(value, str), lambda one: one + "x")


def polarity(of: Table, row: Row, draw: random.Random) -> Row | None:
    """Another word of a closed list; yes for no."""
    yes = [one.name for one in of.columns if isinstance(one.type, Boolean)]
    if yes:
        return {**row, yes[0]: not row[yes[0]]}

    def other(path: tuple[Any, ...], value: Any) -> bool:
        return path[-1] in CLOSED and value in CLOSED[path[-1]]

    body = _decoded(row)
    places = [path for path, value in _leaves(body) if other(path, value)]
    if not places:
        return None
    path = draw.choice(places)
    value = _at(body, path)
    return _put(row, body, path, draw.choice([one for one in CLOSED[path[-1]] if one != value]))


def digest(of: Table, row: Row, draw: random.Random) -> Row | None:
    """One sign of a digest."""
    names = [name for name in ("seal", "chain", "version", "id", "key", "value", "entity") if row.get(name)]
    if not names:
        return None
    name = draw.choice(names)
    text = str(row[name])
    at = draw.randrange(len(text))
    return {
        **row,
        name: text[:at] + draw.choice([one for one in "0123456789abcdef" if one != text[at]]) + text[at + 1 :],
    }


def byte(of: Table, row: Row, draw: random.Random) -> Row | None:
    """One byte of what is no text."""
    names = [one.name for one in of.columns if isinstance(one.type, LargeBinary) and row[one.name]]
    if not names:
        return None
    raw = bytearray(row[names[0]])
    raw[draw.randrange(len(raw))] ^= 1 << draw.randrange(8)
    return {**row, names[0]: bytes(raw)}


CHANGES: tuple[Change, ...] = (character, number, offset, source, polarity, digest, byte)
ROWS = ("row out", "row in", "rows exchanged")


def _plain(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _spanned(path: tuple[Any, ...]) -> bool:
    return path[-1] in ("start", "end") or (len(path) > 1 and isinstance(path[-1], int))


def _decoded(row: Row) -> Any:
    try:
        return msgspec.json.decode(row["body"]) if isinstance(row.get("body"), str) else {}
    except msgspec.DecodeError:
        return {}


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(one, (*path, key))
    elif path:
        yield path, value


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def _put(row: Row, body: Any, path: tuple[Any, ...], value: Any) -> Row:
    _at(body, path[:-1])[path[-1]] = value
    return {**row, "body": msgspec.json.encode(body).decode()}


def _within(
    row: Row, draw: random.Random, fits: Callable[[tuple[Any, ...], Any], bool], over: Callable[[Any], Any]
) -> Row | None:
    body = _decoded(row)
    places = [path for path, value in _leaves(body) if fits(path, value)]
    if not places:
        return None
    path = draw.choice(places)
    return _put(row, body, path, over(_at(body, path)))


def of_file(raw: bytes, draw: random.Random) -> tuple[str, bytes]:
    """A file's bytes with a change, and its kind."""
    kind = draw.choice(("character", "number", "line out", "lines exchanged", "byte"))
    if kind == "byte":
        at = draw.randrange(len(raw))
        return kind, raw[:at] + bytes([raw[at] ^ 1 << draw.randrange(8)]) + raw[at + 1 :]
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return kind, raw
    if kind == "character":
        return kind, _another(text, draw).encode()
    if kind == "number":
        places = [at for at, sign in enumerate(text) if sign.isdecimal()]
        at = draw.choice(places) if places else -1
        return kind, (text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :] if places else text).encode()
    lines = text.splitlines(keepends=True)
    one, other = draw.randrange(len(lines)), draw.randrange(len(lines))
    if kind == "line out":
        del lines[one]
    else:
        lines[one], lines[other] = lines[other], lines[one]
    return kind, "".join(lines).encode()
