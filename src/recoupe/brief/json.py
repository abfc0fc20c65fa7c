"""The account as JSON: its structs as they are, with nothing left out."""

import msgspec

from ..lang import LanguagePack
from ..model import harmless
from .model import Account


def render(account: Account, pack: LanguagePack) -> str:
    """The account as indented JSON, in the language it was made in."""
    return harmless.json(msgspec.json.format(msgspec.json.encode(account), indent=1)).decode() + "\n"
