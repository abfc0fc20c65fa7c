"""Signs that a text was translated by machine."""

from ..lang import LanguagePack


def signs(text: str, pack: LanguagePack) -> tuple[str, ...]:
    """The reasons to think so, none for an ordinary text."""
    return ()
