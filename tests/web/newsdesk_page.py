"""The page of a brief, made of the set of articles that the tests of the brief are about."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "brief"))

from newsdesk import written

from recoupe.brief import account, as_html
from recoupe.lang import pack


def brief_page() -> str:
    """One HTML file."""
    return as_html(account(*written(), pack("fr")), pack("fr"))
