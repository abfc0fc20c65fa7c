"""The codes of events and claims: ACLED sub-event, CAMEO code, PLOVER type, as codes.toml has them."""

import functools
from pathlib import Path

import msgspec
import tomli

from .records import Claim, Event


class Codes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The codes of one record; empty where a code book has none."""

    acled: str = ""
    cameo: str = ""
    plover: str = ""


class Announced(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The event types whose announcement is a threat."""

    hostile: frozenset[str]


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """codes.toml."""

    types: dict[str, Codes]
    means: dict[str, Codes]
    acts: dict[str, Codes]
    announced: Announced


@functools.cache
def table() -> Table:
    """The code table, read once."""
    return msgspec.convert(tomli.loads(Path(__file__).with_name("codes.toml").read_text(encoding="utf-8")), Table)


def event_codes(event: Event) -> Codes:
    """The codes of what an event is; its status stands beside them and is not coded away."""
    found = table().types[event.type]
    finer = table().means.get(event.means or "") if event.type == "strike" else None
    return msgspec.structs.replace(found, acled=finer.acled) if finer is not None else found


def claim_codes(claim: Claim) -> Codes:
    """The codes of what a claim does; none for what is only stated, expected or open. A refusal is a rejection."""
    if claim.act == "commit" and claim.polarity == "-":
        return table().acts["deny"]
    return table().acts.get(claim.act, Codes())
