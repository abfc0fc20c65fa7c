"""What the whole article says about a name: found once, it is marked wherever it stands."""

from collections.abc import Iterable, Sequence

from ...lang.spelling import without_article
from ...model.records import NameType
from ...places import is_known
from .mentions import LISTED, MODEL, REPEATED, Mention
from .row import Row
from .words import Lexicon, person_key

# A name shorter than this is not looked for inside other words.
GLUED = 5


def repeated(mentions: Sequence[Mention], by_tree: Sequence[Row], lexicon: Lexicon) -> list[Mention]:
    """The mentions with those added, and those types corrected, that the rest of the article calls for."""
    texts = _texts(mentions, by_tree)
    types = _types(mentions, texts, lexicon)
    corrected = [
        mention if mention.maker != MODEL else _with_type(mention, types.get(texts[mention.span], mention.type))
        for mention in mentions
    ]
    forms = _forms(corrected, texts)
    glued = _by_beginning(forms)
    stuck = {m.span for m in corrected if m.maker == MODEL and _stem(texts[m.span], glued)}
    corrected = [mention for mention in corrected if mention.span not in stuck]
    forms = _forms(corrected, texts)
    return sorted([*corrected, *_missed(corrected, by_tree, forms, lexicon)], key=lambda m: m.start)


def _with_type(mention: Mention, kind: NameType) -> Mention:
    if kind == mention.type:
        return mention
    return Mention(start=mention.start, end=mention.end, type=kind, maker=mention.maker)


def _texts(mentions: Sequence[Mention], by_tree: Sequence[Row]) -> dict[tuple[int, int], tuple[str, ...]]:
    """The words of each mention."""
    rows = [word for row in by_tree for word in row]
    starts = {word.start: i for i, word in enumerate(rows)}
    texts: dict[tuple[int, int], tuple[str, ...]] = {}
    for mention in mentions:
        i = starts.get(mention.start)
        words: list[str] = []
        while i is not None and i < len(rows) and rows[i].end <= mention.end:
            words.append(rows[i].text)
            i += 1
        texts[mention.span] = tuple(words)
    return texts


def _types(
    mentions: Sequence[Mention], texts: dict[tuple[int, int], tuple[str, ...]], lexicon: Lexicon
) -> dict[tuple[str, ...], NameType]:
    """The type that each form has in the article: by listed and longer names first, then by majority."""
    votes: dict[tuple[str, ...], dict[NameType, int]] = {}

    def vote(words: tuple[str, ...], kind: NameType, weight: int) -> None:
        count = votes.setdefault(words, {"PER": 0, "LOC": 0, "ORG": 0})
        count[kind] += weight

    for mention in mentions:
        words = texts[mention.span]
        vote(words, mention.type, 10 if mention.maker == LISTED else 1)
        if mention.type == "PER" and len(words) > 1:
            for surname in _surnames(words):
                vote((surname,), "PER", 3)
    for words, count in votes.items():
        if len(words) == 1 and person_key(words[0]) in lexicon.people:
            count["PER"] += 3
    return {words: max(count, key=count.__getitem__) for words, count in votes.items()}


def _forms(
    mentions: Sequence[Mention], texts: dict[tuple[int, int], tuple[str, ...]]
) -> dict[tuple[str, ...], Mention]:
    """The forms to look for: every name, and the surname of every full name."""
    forms: dict[tuple[str, ...], Mention] = {}
    for mention in mentions:
        words = texts[mention.span]
        if words and words[0][0].isupper():
            forms.setdefault(words, mention)
            if mention.type == "PER" and len(words) > 1:
                for surname in _surnames(words):
                    forms.setdefault((surname,), mention)
    return forms


def _surnames(words: tuple[str, ...]) -> list[str]:
    """The family name, and the same without its article: "al-Burhane", "Burhane"."""
    bare = without_article(words[-1])
    return [name for name in dict.fromkeys((words[-1], bare)) if len(name) > 2]


def _missed(
    mentions: Sequence[Mention],
    by_tree: Sequence[Row],
    forms: dict[tuple[str, ...], Mention],
    lexicon: Lexicon,
) -> list[Mention]:
    upper = {tuple(word.upper() for word in form): mention for form, mention in forms.items()}
    first = {form[0] for form in (*forms, *upper)}
    longest = max((len(form) for form in forms), default=0)
    glued = _by_beginning(forms)
    added: list[Mention] = []
    taken = {position for mention in mentions for position in range(*mention.span)}
    for row in by_tree:
        for i in row.capitals:
            word = row[i]
            if not taken.isdisjoint(range(word.start, word.end)):
                continue
            if word.text in first:
                for length in range(min(longest, len(row) - i), 0, -1):
                    words = tuple(other.text for other in row[i : i + length])
                    model = forms.get(words) or upper.get(words)
                    if model is not None and taken.isdisjoint(range(word.start, row[i + length - 1].end)):
                        added.append(_copy(model, word.start, row[i + length - 1].end, words, forms))
                        taken.update(range(*added[-1].span))
                        break
                continue
            stem = next((form for form in glued.get(word.text[:GLUED], ()) if _is_glued(word.text, form)), None)
            if stem is not None:
                added.append(_copy(forms[stem,], word.start, word.start + len(stem), (stem,), forms))
                taken.update(range(*added[-1].span))
    return added


def _by_beginning(forms: Iterable[tuple[str, ...]]) -> dict[str, list[str]]:
    """The names that others may be stuck to, by their first letters, the longest first."""
    glued: dict[str, list[str]] = {}
    for name in sorted((form[0] for form in forms if len(form) == 1 and len(form[0]) >= GLUED), key=len, reverse=True):
        glued.setdefault(name[:GLUED], []).append(name)
    return glued


def _stem(words: tuple[str, ...], glued: dict[str, list[str]]) -> bool:
    """Whether the model took a name and the word stuck to it, with all that follows, for one name."""
    return any(_is_glued(words[0], form) for form in glued.get(words[0][:GLUED], ()))


def _is_glued(word: str, name: str) -> bool:
    """Whether a word is a name with another word stuck to it ("Bakhmutthéâtre"), not a word derived from it."""
    rest = word[len(name) :]
    stuck = word.startswith(name) and len(rest) >= GLUED and rest.isalpha() and rest.islower()
    return stuck and not is_known(word)


def _copy(
    model: Mention, start: int, end: int, words: tuple[str, ...], forms: dict[tuple[str, ...], Mention]
) -> Mention:
    same = model.end - model.start == end - start
    return Mention(
        start=start, end=end, type=model.type, maker=REPEATED, entity=model.entity if same else "",
        stands_for=model.stands_for if same else "", country=model.country, concepts=model.concepts,
    )  # fmt: skip
