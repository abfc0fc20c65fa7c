"""The words that the cross-check needs of a language: relate.toml in each pack."""

import functools
import re

import msgspec


class RelateWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """relate.toml.

    `stop` are words without content; `agencies` names of news agencies as they sign their copy.
    """

    stop: tuple[str, ...]
    agencies: tuple[str, ...]

    @functools.cached_property
    def stopped(self) -> frozenset[str]:
        """The words without content, without accents."""
        from .reading import folded

        return frozenset(folded(word) for word in self.stop)

    @functools.cached_property
    def agency(self) -> re.Pattern[str]:
        """Matches an agency's name."""
        return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(self.agencies, key=len, reverse=True))) + r")\b")
