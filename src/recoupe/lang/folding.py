"""Letters without their accents."""

import unicodedata
from typing import Literal


def unaccented(text: str, form: Literal["NFD", "NFKD"] = "NFD") -> str:
    """The text without combining marks; NFKD also takes ligatures and raised digits apart. The length may change."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize(form, text) if not unicodedata.combining(c))
