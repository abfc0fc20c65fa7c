"""Names given away by what stands before them: places after "près de", people after a title, acronyms."""

from collections.abc import Sequence

from ...places import is_known
from .mentions import PATTERN, REPEATED, Mention, free
from .words import MODEL_NUMBER, Lexicon, Word

ACRONYM = range(2, 7)


def placed(mentions: Sequence[Mention], found: Sequence[Word], lexicon: Lexicon) -> list[Mention]:
    """The mentions, with places known to the gazetteer made places where they stand after a word of place."""
    kept = list(mentions)
    for i, word in enumerate(found):
        if not word.capital or not _after(found, i, lexicon.before_places):
            continue
        run = [word]
        while i + len(run) < len(found) and found[i + len(run)].capital and len(run) < 4:
            run.append(found[i + len(run)])
        for length in range(len(run), 0, -1):
            span = (run[0].start, run[length - 1].end)
            clash = [m for m in kept if m.start < span[1] and span[0] < m.end]
            same = len(clash) == 1 and clash[0].span == span
            if (clash and not (same and clash[0].type != "LOC" and not clash[0].entity)) or not _is_place(run[:length]):
                continue
            kept = [m for m in kept if m not in clash]
            kept.append(Mention(start=span[0], end=span[1], type="LOC", maker=REPEATED))
            break
    return sorted(kept, key=lambda m: m.start)


def _is_place(run: Sequence[Word]) -> bool:
    name = " ".join(word.text for word in run)
    return len(run[0].text) > 2 and not MODEL_NUMBER.match(run[0].text) and is_known(name)


def _after(found: Sequence[Word], i: int, phrases: Sequence[tuple[str, ...]]) -> bool:
    return any(
        i >= len(phrase) and tuple(word.lower for word in found[i - len(phrase) : i]) == phrase for phrase in phrases
    )


def titled(mentions: Sequence[Mention], found: Sequence[Word], lexicon: Lexicon) -> list[Mention]:
    """People whom only their title gives away: "M. Rivasseau", "le roi Pierre"."""
    added: list[Mention] = []
    for i in range(1, len(found)):
        word, before = found[i], found[i - 1].lower
        if before == "." and i > 1 and found[i - 2].end == found[i - 1].start:
            before = found[i - 2].lower
        if before in lexicon.titles and word.capital and word.lower not in lexicon.common | lexicon.openers:
            run = [word]
            while i + len(run) < len(found) and found[i + len(run)].capital and len(run) < 3:
                run.append(found[i + len(run)])
            span = (run[0].start, run[-1].end)
            if free(mentions, span) and not word.text.isupper():
                added.append(Mention(start=span[0], end=span[1], type="PER", maker=PATTERN))
    return sorted([*mentions, *added], key=lambda m: m.start)


def acronyms(mentions: Sequence[Mention], found: Sequence[Word], lexicon: Lexicon) -> list[Mention]:
    """Acronyms with a singular article: organisations. Not in a line that is all capitals."""
    shouted = sum(word.text.isupper() for word in found if len(word.text) > 1) * 2 > len(found)
    added: list[Mention] = []
    for i in range(1, 0 if shouted else len(found)):
        word = found[i]
        if (
            len(word.text) in ACRONYM
            and word.text.isupper()
            and word.text.isalpha()
            and found[i - 1].lower in lexicon.before_acronyms
            and word.lower not in lexicon.common
            and free(mentions, (word.start, word.end))
        ):
            added.append(Mention(start=word.start, end=word.end, type="ORG", maker=PATTERN))
    return sorted([*mentions, *added], key=lambda m: m.start)
