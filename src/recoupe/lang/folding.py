"""Letters without their accents."""

import re
import unicodedata
from typing import Literal

# The marks of Latin, Greek and Cyrillic letters, taken out at once; scripts that have others are read by the letter.
_MARKS = re.compile("[\u0300-\u036f]+")
_OTHERS = re.compile("[\u0483-\u1dff\u20d0-\u20f0\u2c00-\U0010ffff]")


def unaccented(text: str, form: Literal["NFD", "NFKD"] = "NFD") -> str:
    """The text without combining marks; NFKD also takes ligatures and raised digits apart. The length may change."""
    if text.isascii():
        return text
    apart = unicodedata.normalize(form, text)
    if _OTHERS.search(apart):
        return "".join(c for c in apart if not unicodedata.combining(c))
    return _MARKS.sub("", apart)
