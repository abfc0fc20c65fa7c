"""The exception tree.

RecoupeError
├── InputError      an input that cannot be read; names the file (and line) and the reason
├── PackError       a language pack that is missing or malformed
└── StoreError      a store that cannot be opened, or whose content is not what was sealed
    └── VerifyError the first record or digest that differs
"""


class RecoupeError(Exception):
    """The root of all errors that Recoupe raises on purpose."""


class InputError(RecoupeError):
    """An input that cannot be read. `place` is the file, with the line where there is one."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


class PackError(RecoupeError):
    """A language pack that is missing or malformed."""


class StoreError(RecoupeError):
    """A store that cannot be opened or written."""


class VerifyError(StoreError):
    """A record whose span, or an article whose digest, is not what was sealed."""
