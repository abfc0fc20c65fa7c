"""The exception tree.

RecoupeError
├── InputError      an input that cannot be read; names the file (and line) and the reason
├── PackError       a language pack that is missing or malformed
├── ModelError      a model that is not the one that was measured
├── ArchiveError    an archive of Parquet files that is damaged, or of something else
├── EngineError     what several processes or machines run on is not installed, out of reach, or lost work
├── OutputError     a file or folder that was asked for and cannot be written
└── StoreError      a store that cannot be opened or written
    └── VerifyError the first record or digest that differs
"""


class RecoupeError(Exception):
    """The root of all errors that Recoupe raises on purpose.

    `key` names the phrase that tells it to a person, `values` fill it in; the text itself is for logs.
    """

    def __init__(self, key: str, /, **values: object) -> None:
        details = ", ".join(f"{name} {value}" for name, value in values.items())
        super().__init__(f"{key}: {details}" if details else key)
        self.key = key
        self.values = values


class InputError(RecoupeError):
    """An input that cannot be read. `values["place"]` is the file, with its line where there is one."""


class PackError(RecoupeError):
    """A language pack that is missing or malformed."""


class ArchiveError(RecoupeError):
    """An archive of Parquet files that is damaged, not complete, or made from something else."""


class EngineError(RecoupeError):
    """What several processes or machines run on (Daft, Ray) is not installed, out of reach, or has lost work."""


class ModelError(RecoupeError):
    """A model whose files are not those that were measured; named with what was expected and found."""


class OutputError(RecoupeError):
    """A file or folder that was asked for and cannot be written."""


class StoreError(RecoupeError):
    """A store that cannot be opened or written."""


class VerifyError(StoreError):
    """A record whose span, or an article whose digest, is not what was sealed."""
