"""Bodies whose initials the acronym in brackets behind them gives: "Alliance fleuve Congo (AFC)"."""

from collections.abc import Sequence

from ...lang.skeleton import plain
from .mentions import PATTERN, Mention
from .row import Row, Word
from .words import Lexicon

# Letters of an acronym that tells a name; two are too few.
LETTERS = range(3, 9)
# Words of the longest such name, small ones included.
LONGEST = 16


def spelled(mentions: Sequence[Mention], found: Row, lexicon: Lexicon) -> list[Mention]:
    """The mentions with the bodies whose words the acronym in brackets spells, whole."""
    kept = list(mentions)
    for i in found.capitals:
        if i < 3 or i + 1 >= len(found) or found[i - 1].text != "(" or found[i + 1].text not in (")", ","):
            continue
        run = _run(found, i, lexicon)
        if not run:
            continue
        start, end = run[0].start, run[-1].end
        clash = [m for m in kept if m.start < end and start < m.end]
        inside = all(start <= m.start and m.end <= end and m.span != (start, end) for m in clash)
        if inside and all(m.type == "ORG" or (m.type == "LOC" and m.start > start) for m in clash):
            kept = [m for m in kept if m not in clash]
            kept.append(Mention(start=start, end=end, type="ORG", maker=PATTERN))
    return sorted(kept, key=lambda m: m.start)


def _run(found: Row, i: int, lexicon: Lexicon) -> list[Word]:
    """The words before the bracket that begin with the letters of the acronym, one each; small words have none.

    In any order: "Gouvernement d'union nationale (GNU)" has its acronym from another language.
    """
    acronym = found[i].text
    letters = sorted(plain(acronym))
    if len(letters) not in LETTERS or sum(letter.isupper() for letter in acronym) < 2 or not acronym.isalpha():
        return []
    initials: list[str] = []
    for j in range(i - 2, max(-1, i - 2 - LONGEST), -1):
        word = found[j]
        if not word.text[0].isalpha():
            return []
        if word.lower in lexicon.openers or word.lower in lexicon.joiners:
            continue
        initials += [part[:1] for part in plain(word.text.replace("-", " ")).split()]
        if len(initials) >= len(letters):
            named = word.capital or word.lower in lexicon.corps
            return found[j : i - 1] if named and sorted(initials) == letters else []
    return []
