"""Bodies told by the noun before them ("la chaîne Newzroom Afrika"), and what the model cut up or took for another."""

from collections.abc import Sequence

import msgspec

from ...lang.spelling import is_given
from ...model.records import NameType
from ...places import is_known, is_large
from ..tree import Node, Tree
from .mentions import MODEL, PATTERN, REPEATED, Mention, free
from .model import begins_sentence
from .row import PREFIXED, Row, Word
from .words import Lexicon, person_key

# Adjectives between the noun and the name: "l'agence de presse russe", "le groupe armé islamiste".
BETWEEN = 4
# Words of a body's name behind such a noun.
LONGEST = 4
# Letters of an acronym that is no town in capitals.
ACRONYM = 3
# Letters of one that stands in brackets behind its name: "(Monusco)".
LONGEST_ACRONYM = 8


def introduced(mentions: Sequence[Mention], tree: Tree, found: Row, lexicon: Lexicon) -> list[Mention]:
    """The mentions with the bodies that a noun introduces; what a list knows stays as it is."""
    kept = list(mentions)
    for node in tree.nodes:
        if node.lower not in lexicon.lists.introducers:
            continue
        first = _name_behind(node, lexicon)
        run = (
            _run(found, found.starts[first.start], lexicon) if first is not None and first.start in found.starts else []
        )
        if not run:
            continue
        span = (run[0].start, run[-1].end)
        clash = [m for m in kept if m.start < span[1] and span[0] < m.end]
        doubtful = all(m.maker in (MODEL, REPEATED) and not m.entity and m.end <= span[1] for m in clash)
        if len(run) > 1 and _said_on(node, lexicon):
            doubtful = doubtful and not any(m.type == "PER" and m.start == span[0] for m in clash)
        if doubtful and not is_large(" ".join(word.text for word in run)):
            kept = [m for m in kept if m not in clash]
            kept.append(Mention(start=span[0], end=span[1], type="ORG", maker=PATTERN))
    return sorted(kept, key=lambda m: m.start)


def _said_on(node: Node, lexicon: Lexicon) -> bool:
    """Whether the noun is where someone speaks, who may be named right behind: "a résumé à la télévision X"."""
    before = node.left.left if node.left is not None and node.left.pos == "DET" else node.left
    return before is not None and before.pos == "ADP" and before.lower not in lexicon.of


def _name_behind(node: Node, lexicon: Lexicon) -> Node | None:
    """The capitalised word behind a noun, past its adjectives and what kind it is ("chaîne de télévision")."""
    after = node.right
    for _ in range(BETWEEN):
        if after is None or after.sentence != node.sentence:
            return None
        if after.text[0].isupper() or PREFIXED.match(after.text):
            return after
        if not _describes(after, node, lexicon):
            return None
        after = after.right
    return None


def _describes(word: Node, noun: Node, lexicon: Lexicon) -> bool:
    """Whether a word says what kind the noun is: "chaîne de télévision panarabe", but not "télévision de Damas"."""
    left, right = word.left, word.right
    if word.lower in lexicon.of:
        return right is not None and right.text[0].islower() and PREFIXED.match(right.text) is None
    if word.pos == "NOUN" and left is not None and (left is noun or left.lower in lexicon.of):
        return True
    return word.pos == "ADJ" or lexicon.countries.nationality(word.text) is not None


def _run(found: Row, i: int, lexicon: Lexicon) -> list[Word]:
    run: list[Word] = []
    for word in found[i : i + LONGEST]:
        if not word.capital or (run and word.start != run[-1].end + 1):
            break
        run.append(word)
    if not run or lexicon.countries.nationality(run[0].text) or is_given(run[0].text):
        return []
    return [] if run[0].lower in lexicon.no_names | lexicon.titles | lexicon.openers else run


def institutions(mentions: Sequence[Mention], found: Row, lexicon: Lexicon) -> list[Mention]:
    """Parliaments and high courts, which a capital alone makes names: "devant le Parlement"."""
    added = list(mentions)
    listed = lexicon.institutions
    forms = [word.lower for word in found]
    for i in found.capitals:
        word = found[i]
        match = listed.at(forms, i) if forms[i] in listed.by_first else None
        if match is None or word.text.isupper() or (match[0] == 1 and begins_sentence(word, found)):
            continue
        span = (word.start, found[i + match[0] - 1].end)
        behind = found[i + match[0]] if i + match[0] < len(found) else None
        longer = behind is not None and behind.capital and behind.start == span[1] + 1
        if not longer and free(added, span):
            added.append(Mention(start=span[0], end=span[1], type="ORG", maker=PATTERN, concepts=(match[1],)))
    return sorted(added, key=lambda m: m.start)


def called(mentions: Sequence[Mention], found: Row, lexicon: Lexicon) -> list[Mention]:
    """People told by "alias" and its like, and bodies by the acronym in brackets behind them: "… (Fama)"."""
    kept = list(mentions)
    for i in found.capitals:
        word = found[i]
        if not i:
            continue
        kind: NameType | None = "PER" if found[i - 1].lower in lexicon.lists.aliases else None
        if found[i - 1].text == "(" and i + 1 < len(found) and found[i + 1].text in (")", ","):
            body = any(m.type == "ORG" and m.end == found[i - 2].end for m in kept) if i > 1 else False
            kind = "ORG" if body and len(word.text) <= LONGEST_ACRONYM else None
        clash = [m for m in kept if m.start < word.end and word.start < m.end]
        doubtful = all(m.maker in (MODEL, REPEATED) and not m.entity for m in clash)
        inside = all(m.span == word.span or kind == "PER" for m in clash)
        if kind is not None and doubtful and inside and word.lower not in lexicon.no_names:
            end = max((m.end for m in clash), default=word.end)
            kept = [m for m in kept if m not in clash]
            kept.append(Mention(start=word.start, end=end, type=kind, maker=PATTERN))
    return sorted(kept, key=lambda m: m.start)


def undertaken(mentions: Sequence[Mention], found: Row, lexicon: Lexicon) -> list[Mention]:
    """The mentions without what is but the name of an operation, a ship or a storm, in quotation marks or behind the
    noun."""
    barred: list[tuple[int, int]] = []
    for j in found.capitals:
        quoted = j > 1 and found[j - 1].text == '"'
        i = j - 2 if quoted else j - 1
        if i > 0 and lexicon.countries.nationality(found[i].text) is not None:
            i -= 1
        if i >= 0 and found[i].lower in lexicon.lists.undertakings:
            end = next((k for k in range(j, len(found)) if found[k].text == '"'), j) if quoted else j + 1
            barred.append((found[j].start, found[max(j, end - 1)].end))
    if not barred:
        return list(mentions)
    return [m for m in mentions if not any(m.start < end and start < m.end for start, end in barred)]


def alone(mentions: Sequence[Mention], tree: Tree, lexicon: Lexicon) -> list[Mention]:
    """Given names alone that the model did not mark: "Ahmed et Fatima ont marché"."""
    added = list(mentions)
    for node in tree.nodes:
        if node.pos == "PROPN" and node.dep in ("nsubj", "conj", "ROOT", "nsubj:pass") and is_given(node.text):
            plain = node.text[0].isupper() and not node.text.isupper() and node.lower not in lexicon.no_names
            if plain and free(added, node.span):
                added.append(Mention(start=node.start, end=node.end, type="PER", maker=REPEATED))
    return sorted(added, key=lambda m: m.start)


def mended(mentions: Sequence[Mention], text: str, lexicon: Lexicon) -> list[Mention]:
    """What the model cut in two joined, and what it took for a place or a person given its type.

    A town or a person in two mentions side by side; an organisation told by its first word ("Alliance fleuve Congo")
    or written as an acronym.
    """
    found: list[Mention] = []
    for mention in mentions:
        last = found[-1] if found else None
        if last is not None and _halves(last, mention, text):
            found[-1] = msgspec.structs.replace(last, end=mention.end)
        else:
            found.append(mention)
    return [_typed(mention, text[mention.start : mention.end], lexicon) for mention in found]


def harmonised(mentions: Sequence[Mention], text: str, lexicon: Lexicon) -> list[Mention]:
    """The mentions, the odd one of a list of places made a place ("Goris, Sotk et Djermouk")."""
    return [_as_neighbours(i, mentions, text, lexicon) for i in range(len(mentions))]


def _halves(one: Mention, two: Mention, text: str) -> bool:
    if one.end + 1 != two.start or text[one.end] != " " or one.maker != MODEL or one.type != two.type:
        return False
    if one.type == "LOC":
        return two.maker in (MODEL, REPEATED) and is_known(text[one.start : two.end])
    first = text[one.start : one.end]
    return one.type == "PER" and " " not in first and not first.isupper()


def _typed(mention: Mention, form: str, lexicon: Lexicon) -> Mention:
    if mention.maker != MODEL or mention.type == "ORG":
        return mention
    first, _, rest = form.partition(" ")
    body = rest and first.lower() in lexicon.corps and first.lower() not in lexicon.of_place
    acronym = form.isupper() and form.isalpha() and 1 < len(form) <= ACRONYM and mention.type == "LOC"
    if (body or (acronym and lexicon.countries.named(form) is None)) and not is_large(form):
        return msgspec.structs.replace(mention, type="ORG")
    return mention


def _as_neighbours(i: int, mentions: Sequence[Mention], text: str, lexicon: Lexicon) -> Mention:
    """A doubtful person between two places of one list, or joined to one by a conjunction, is a place."""
    mention = mentions[i]
    form = text[mention.start : mention.end]
    if mention.maker != MODEL or mention.type != "PER" or " " in form or person_key(form) in lexicon.people:
        return mention
    before = _link(mentions[i - 1], mention, text, lexicon) if i else ""
    behind = _link(mention, mentions[i + 1], text, lexicon) if i + 1 < len(mentions) else ""
    joined = any(link and link.isalpha() for link in (before, behind)) and not any(
        form in text[m.start : m.end].split() for m in mentions if m.type == "PER" and m.span != mention.span
    )
    if (before and behind) or joined:
        return msgspec.structs.replace(mention, type="LOC")
    return mention


def _link(one: Mention, two: Mention, text: str, lexicon: Lexicon) -> str:
    """What links two mentions of one list of which one is a place."""
    between = text[one.end : two.start].strip().lower()
    link, _, small = between.replace("'", "' ").partition(" ")
    place = one if two.type == "PER" else two
    alike = not small or small.strip() in lexicon.of or small in lexicon.lists.metonyms.to
    return link if place.type == "LOC" and link in lexicon.links and alike else ""
