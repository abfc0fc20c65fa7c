"""People told by a given name, or by what is said beside the name."""

from collections.abc import Sequence

import msgspec

from ...lang.spelling import is_given
from ...places import is_known
from .mentions import MODEL, PATTERN, REPEATED, Mention
from .row import PREFIXED, Row, Word
from .words import Lexicon

# Words in a person's name, particles included.
LONGEST = 5
# Words from an office to the comma behind it: "le chef adjoint du bureau politique du mouvement, X, …".
OFFICE = 9
CLOSING = frozenset({",", ".", ")", ";"})


def christened(mentions: Sequence[Mention], found: Row, lexicon: Lexicon) -> list[Mention]:
    """The mentions with people told by a given name and the capitalised words behind it, whole.

    A name of another kind that a list or a pattern gave stays; what the model took for something else does not.
    """
    kept = list(mentions)
    i = 0
    while i + 1 < len(found):
        run = _run(found, i, lexicon) if found[i].capital else []
        if not run:
            i += 1
            continue
        start, end = run[0].start, run[-1].end
        clash = [m for m in kept if m.start < end and start < m.end]
        inside = all(start <= m.start and m.end <= end and (m.type == "PER" or _doubtful(m)) for m in clash)
        if inside and all(m.span != (start, end) or m.type != "PER" for m in clash):
            kept = [m for m in kept if m not in clash]
            kept.append(Mention(start=start, end=end, type="PER", maker=PATTERN))
        i += len(run)
    return sorted(kept, key=lambda m: m.start)


def _doubtful(mention: Mention) -> bool:
    return mention.maker in (MODEL, REPEATED) and not mention.entity


def _run(found: Row, i: int, lexicon: Lexicon) -> list[Word]:
    """The words of a person's name that begins at a given name, or nothing."""
    first = found[i]
    if first.text.isupper() or not is_given(first.text) or first.lower in lexicon.no_names:
        return []
    if i and found[i - 1].capital and found[i - 1].end + 1 == first.start and found[i - 1].lower not in lexicon.titles:
        return []
    run = [first]
    for word in found[i + 1 : i + LONGEST]:
        if word.start != run[-1].end + 1 or not (_part(word, lexicon) or word.lower in lexicon.particles):
            break
        run.append(word)
    while run and not run[-1].capital:
        run.pop()
    return run if len(run) > 1 else []


def _part(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word can be part of a person's name."""
    if not word.capital or len(word.text) < 2 or word.text.isupper():
        return False
    barred = word.lower in lexicon.no_names or word.lower in lexicon.closers or word.lower in lexicon.titles
    return not barred and lexicon.countries.country(word.text) is None


def apposed(mentions: Sequence[Mention], found: Row, lexicon: Lexicon) -> list[Mention]:
    """The mentions with people told by the office before them, a comma on either side ("le maire de Derna,
    Abdel-Moneim al-Ghaithi, a été suspendu"): names of two words or more, which are no known place's."""
    kept = list(mentions)
    for i in (j + 1 for j, word in enumerate(found) if word.text == "," and _office_before(found, j, lexicon)):
        run: list[Word] = []
        for word in found[i : i + LONGEST]:
            if not (word.capital or PREFIXED.match(word.text) or (run and word.lower in lexicon.particles)):
                break
            run.append(word)
        closed = i + len(run) >= len(found) or found[i + len(run)].text in CLOSING
        while run and run[0].lower in lexicon.titles:
            run.pop(0)  # "le porte-parole, Colonel X Y,"
        if len(run) < 2 or not closed or not all(_free(word, lexicon) for word in run):
            continue
        start, end = run[0].start, run[-1].end
        clash = [m for m in kept if m.start < end and start < m.end]
        if all(_doubtful(m) for m in clash) and not is_known(" ".join(word.text for word in run)):
            kept = [m for m in kept if m not in clash]
            kept.append(Mention(start=start, end=end, type="PER", maker=PATTERN))
    return sorted(kept, key=lambda m: m.start)


def _office_before(found: Row, j: int, lexicon: Lexicon) -> bool:
    """Whether an office stands before a comma, with no other mark between."""
    for word in reversed(found[max(0, j - OFFICE) : j]):
        if not word.text[-1].isalnum() and word.text[-1] != "'":
            return False
        if word.lower in lexicon.titles:
            return True
    return False


def _free(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word may stand in the name of someone whom nothing else tells."""
    known = word.lower in lexicon.corps or word.lower in lexicon.no_names or word.lower in lexicon.openers
    return not known and not word.text.isupper() and lexicon.countries.country(word.text) is None


def cited(mentions: Sequence[Mention], found: Row, lexicon: Lexicon) -> list[Mention]:
    """People whom the model took for something else: cited in brackets or by "selon", or with their office behind."""
    return [
        msgspec.structs.replace(mention, type="PER")
        if mention.maker == MODEL
        and mention.type != "PER"
        and not mention.entity
        and (inside := found.within(mention.start, mention.end))
        and inside[0].start == mention.start
        and _is_person(found, i := found.starts[mention.start], i + len(inside) - 1, mention.type == "LOC", lexicon)
        else mention
        for mention in mentions
    ]


def _is_person(found: Row, i: int, j: int, place: bool, lexicon: Lexicon) -> bool:
    if any(word.text.isupper() or not word.capital for word in found[i : j + 1]):
        return False
    if is_known(" ".join(word.text for word in found[i : j + 1])):
        return False
    if place and i and found[i - 1].lower in lexicon.before_people:
        return True
    behind = [word.lower for word in found[j + 1 : j + 3]]
    return j > i and len(behind) == 2 and behind[0] == "," and behind[1] in lexicon.titles
