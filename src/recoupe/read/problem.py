"""What is said about an input that could not be read, or only after a repair."""

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One plain sentence about an input. `key` names the phrase ("read.empty"), `values` fill it in.

    `values["place"]` is the file, with its line for a table. `repaired` is True where the article was kept, mended;
    False where it was refused.
    """

    key: str
    values: dict[str, object]
    repaired: bool = False


def refused(place: str, what: str, **values: object) -> Problem:
    """What could not be read."""
    return Problem(key=f"read.{what}", values={"place": place, **values})


def repaired(place: str, what: str, **values: object) -> Problem:
    """What was mended."""
    return Problem(key=f"read.repaired.{what}", values={"place": place, **values}, repaired=True)
