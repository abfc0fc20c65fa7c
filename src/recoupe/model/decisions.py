"""What people have settled about entities, kept apart from what the machine finds.

A decision names its two sides by the machine's own keys (in-article slugs, which depend on the text alone) and by a
spelling, so that it finds them again after the lists that make slugs have changed.
"""

from typing import Literal

import msgspec


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a decision: the key of a referent, and a spelling by which it is found where the key is gone."""

    key: str
    form: str


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Two referents that a person holds to be the same, or apart. `at` is an ISO 8601 instant, `who` a name.

    With `docs` it says that what these articles call by the key of `a` is another than `b`, though the key is one:
    two people of one name.
    """

    id: str
    kind: Literal["same", "apart"]
    a: Side
    b: Side
    docs: tuple[str, ...] = ()
    who: str = ""
    at: str = ""
