"""Which forms of people's names in one article are one person."""

from collections.abc import Sequence

from ...lang.spelling import slugged
from .words import Lexicon, person_key


class People:
    """From each form to a slug: that of known.tsv where the whole name is known, else the fullest form's skeleton.

    A surname alone is the article's one person of that surname; where two share it, the known one or its own.
    """

    def __init__(self, forms: Sequence[str], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._keys = {form: person_key(form) for form in forms}
        self._full = sorted({k for k in self._keys.values() if len(k) > 1}, key=lambda k: (-len(k), k))

    def slug(self, form: str) -> str:
        """The slug of one form."""
        found = self._keys[form]
        if not found:
            return "per/" + (slugged(form) or "x")
        if found not in self._lexicon.people or len(found) == 1:
            longer = [full for full in self._full if len(full) > len(found)]
            matches = [full for full in longer if full[-len(found) :] == found]
            if len(found) == 1:
                matches = matches or [full for full in longer if found[0] in full]
            if matches and (len(matches) == 1 or found not in self._lexicon.people):
                found = matches[0]
        known_slug = self._lexicon.people.get(found)
        return known_slug or "per/" + "-".join(found)
