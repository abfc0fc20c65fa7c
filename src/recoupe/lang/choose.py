"""Which language a person reads: asked for, or the locale's."""

from collections.abc import Mapping

from .pack import DEFAULT, LanguagePack, available, pack


def reader(asked: str | None, environment: Mapping[str, str]) -> LanguagePack:
    """The pack of the language asked for, else of the locale, else the default.

    Raises PackError where a language is asked for that has no pack.
    """
    if asked:
        return pack(asked)
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        code = environment.get(variable, "")[:2].lower()
        if code in available():
            return pack(code)
        if code and code not in ("c", "po", "c."):
            break
    return pack(DEFAULT)
