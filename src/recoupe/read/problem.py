"""What is said about an input that could not be read, or only after a repair."""

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One plain sentence about an input. `key` names the phrase ("read.empty"), `values` fill it in.

    `values["place"]` is the file, with its line for a table, its record for an archive. `repaired` is True where the
    article was kept (mended, or as it is); False where it was refused.
    """

    key: str
    values: dict[str, object]
    repaired: bool = False


class HeldBack(Problem, frozen=True, kw_only=True):
    """What is said before an article that its provider asks to hold back, or in the place of one that it has canceled.
    `doc` is its id, `until` an instant (ISO 8601, UTC), `by` the provider, `made` when it said so (empty: unknown)."""

    doc: str
    until: str
    by: str
    made: str = ""


def refused(place: str, what: str, **values: object) -> Problem:
    """What could not be read."""
    return Problem(key=f"read.{what}", values=_plain({"place": place, **values}))


def repaired(place: str, what: str, **values: object) -> Problem:
    """What was mended."""
    return Problem(key=f"read.repaired.{what}", values=_plain({"place": place, **values}), repaired=True)


def held_back(place: str, doc: str, until: str, by: str) -> HeldBack:
    """That an article is under its provider's embargo."""
    values: dict[str, object] = {"place": place, "until": until, "by": by}
    return HeldBack(key="read.embargo", values=_plain(values), repaired=True, doc=doc, until=until, by=by)


def canceled(place: str, doc: str, until: str, by: str, made: str) -> HeldBack:
    """That an article was canceled: what was read of it before is held back."""
    values: dict[str, object] = {"place": place, "id": doc[:80], "by": by}
    return HeldBack(key="read.canceled", values=_plain(values), doc=doc, until=until, by=by, made=made)


def _plain(values: dict[str, object]) -> dict[str, object]:
    """The values with characters that would break the line, or steer a terminal, spelled out."""
    return {
        name: "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in value) if isinstance(value, str) else value
        for name, value in values.items()
    }
