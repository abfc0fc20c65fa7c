"""What people have settled about entities, kept apart from what the machine finds.

A decision names its two sides by the machine's own keys (in-article slugs, which depend on the text alone) and by a
spelling, so that it finds them again after the lists that make slugs have changed.
"""

from typing import Literal

import msgspec


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """A key of an entity, and a spelling by which what it stands for is found where the key is gone."""

    key: str
    form: str


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person holds that what goes by the keys of `a` and what goes by those of `b` is one, or is apart.

    With `docs`, what these articles call by the keys of `a` is apart from what all others call so: two people of one
    name. `at` is an ISO 8601 instant, `who` a name.
    """

    id: str
    kind: Literal["same", "apart"]
    a: tuple[Side, ...]
    b: tuple[Side, ...]
    docs: tuple[str, ...] = ()
    who: str = ""
    at: str = ""
