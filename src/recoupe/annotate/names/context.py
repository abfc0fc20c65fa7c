"""Names given away by what stands before them: places after "près de", people after a title, acronyms."""

import bisect
from collections.abc import Sequence

import msgspec

from ...lang.spelling import is_given
from ...places import is_known, is_large, is_town
from ..tree import Node, Tree
from .mentions import LISTED, MODEL, PATTERN, REPEATED, Mention, free
from .model import begins_sentence
from .row import PREFIXED, Row, Word
from .words import MODEL_NUMBER, Lexicon, person_key

ACRONYM = range(2, 7)


def placed(mentions: Sequence[Mention], found: Row, lexicon: Lexicon) -> list[Mention]:
    """The mentions, with places known to the gazetteer made places where they stand after a word of place."""
    kept = list(mentions)
    for i in found.capitals:
        word = found[i]
        if word.lower in lexicon.no_names or word.lower in lexicon.titles or word.text[-1] == "'":
            continue
        if word.lower in lexicon.openers and begins_sentence(word, found):
            continue
        surely = lexicon.surely_before_places.before(found, i) or _paired(kept, found, i, lexicon)
        if not surely and not lexicon.before_places.before(found, i) and not _listed(kept, found, i, lexicon):
            continue
        run = [word]
        while i + len(run) < len(found) and found[i + len(run)].capital and len(run) < 4:
            run.append(found[i + len(run)])
        for length in range(len(run), 0, -1):
            clash = [m for m in kept if m.start < run[length - 1].end and word.start < m.end]
            inside = all(word.start <= m.start and m.end <= run[length - 1].end and not m.entity for m in clash)
            taken = any(m.type == "LOC" and m.span == (word.start, run[length - 1].end) for m in clash)
            if inside and not taken and ((surely and length == len(run)) or _is_place(run[:length])):
                kept = [m for m in kept if m not in clash]
                kept.append(Mention(start=word.start, end=run[length - 1].end, type="LOC", maker=REPEATED))
                break
    return sorted(kept, key=lambda m: m.start)


def _listed(mentions: Sequence[Mention], found: Row, i: int, lexicon: Lexicon) -> bool:
    """Whether an unmarked word follows a place in a list: "Poltava et Vinnytsia"."""
    if i < 2 or found[i - 1].lower not in lexicon.links or not free(mentions, found[i].span):
        return False
    return any(m.type == "LOC" and m.end == found[i - 2].end for m in mentions)


def _paired(mentions: Sequence[Mention], found: Row, i: int, lexicon: Lexicon) -> bool:
    """Whether an unmarked word goes with a place behind the same preposition: "à Boulkessy et à Mondoro"."""
    if i < 4 or found[i - 2].lower not in lexicon.links or not free(mentions, found[i].span):
        return False
    small = found[i - 1].lower
    if found[i].text.isupper() or not (small in lexicon.of or small in lexicon.lists.metonyms.to):
        return False
    one = next((m for m in mentions if m.type == "LOC" and m.end == found[i - 3].end), None)
    before = found.starts.get(one.start, 0) - 1 if one is not None else -1
    return before >= 0 and found[before].lower[:1] == small[:1] and free(mentions, found[before].span)


def _is_place(run: Sequence[Word]) -> bool:
    name = " ".join(word.text for word in run)
    return len(run[0].text) > 2 and not MODEL_NUMBER.match(run[0].text) and is_known(name)


def speaking(mentions: Sequence[Mention], tree: Tree, lexicon: Lexicon) -> list[Mention]:
    """People whom only their speaking gives away: a proper noun that no list knows, subject of a verb of saying."""
    saying = lexicon.lists.metonyms.saying
    added: list[Mention] = []
    for node in tree.nodes:
        if node.pos != "PROPN" or node.head is None or node.head.lemma not in saying or not node.text[0].isupper():
            continue
        if node.dep not in ("nsubj", "obj") or len(node.text) < 3 or node.text.isupper():
            continue
        if node.lower in lexicon.no_names or node.lower in lexicon.titles or not free([*mentions, *added], node.span):
            continue
        added.append(Mention(start=node.start, end=node.end, type="PER", maker=PATTERN))
    return sorted([*mentions, *added], key=lambda m: m.start)


def towns(
    mentions: Sequence[Mention], by_tree: Sequence[tuple[Tree, Row]], codes: Sequence[str], lexicon: Lexicon
) -> list[Mention]:
    """Towns of the article's countries that the model took for people, or not for names at all.

    Only a word that is no part of a person's name anywhere in the article, and that a verb of saying does not take.
    """
    covered = {i: m for m in mentions for i in range(m.start, m.end)}
    rows = [row for _, row in by_tree if row]
    firsts = [row[0].start for row in rows]
    inside = [rows[max(0, bisect.bisect_right(firsts, m.start) - 1)].begun(*m.span) for m in mentions]
    parts = {
        word.text
        for m, some in zip(mentions, inside, strict=True)
        if m.type == "PER"
        for word in some
        if covered[word.start] is m and (m.span != word.span or m.maker != MODEL)
    }
    kept = {m.span: m for m in mentions}
    for m, some in zip(mentions, inside, strict=True):
        if m.maker != MODEL or m.type == "LOC" or m.entity:
            continue
        name = " ".join(word.text for word in some if word.end <= m.end)
        if " " not in name or (m.type == "PER" and is_given(name.split()[0])):
            continue
        if is_town(name, codes) or (m.type == "PER" and is_large(name)):
            kept[m.span] = Mention(start=m.start, end=m.end, type="LOC", maker=REPEATED)
    for tree, row in by_tree:
        for i in row.capitals:
            word = row[i]
            found = kept.get(word.span)
            doubtful = found is not None and found.maker == MODEL and found.type != "LOC" and not found.entity
            if not doubtful and word.start in covered:
                continue
            node = tree.nodes[bisect.bisect_right(tree.starts, word.start) - 1]
            besieged = doubtful and _besieged(node, lexicon)
            first = not node.i and not besieged
            if first or node.span != word.span or not (doubtful or node.pos == "PROPN") or _says(node, lexicon):
                continue
            lone = (found is None or found.type == "PER") and not word.text.isupper()
            if word.text in parts or person_key(word.text) in lexicon.people:
                continue
            if word.lower in lexicon.no_names or word.lower in lexicon.openers or word.lower in lexicon.titles:
                continue
            at = lone and (besieged or (node.ent and _at(node, lexicon)))
            if len(word.text) > 3 and (is_town(word.text, codes) or at):
                kept[word.span] = Mention(start=word.start, end=word.end, type="LOC", maker=REPEATED)
    return sorted(kept.values(), key=lambda m: m.start)


def _at(node: Node, lexicon: Lexicon) -> bool:
    """Whether a name is where something is: behind "à", and no one is spoken or given to."""
    metonyms, case = lexicon.lists.metonyms, node.find("case")
    if (
        case is None
        or node.left is not case
        or case.lower not in metonyms.to
        or node.head is None
        or node.dep not in ("obl:mod", "obl", "nmod")
    ):
        return False
    above = [node.head, *([node.head.head] if node.head.head is not None else [])]
    left = case.left
    words = {word for item in above for word in (item.lemma.lower(), item.lower)} | {left.lower if left else ""}
    return not words & (metonyms.receivers | metonyms.saying | metonyms.persuading)


def _besieged(node: Node, lexicon: Lexicon) -> bool:
    """Whether a name is what only towns are: bombed, besieged, occupied."""
    verbs = [*node.all("acl"), *([node.head] if node.dep == "nsubj:pass" and node.head is not None else [])]
    return any(verb.lemma in lexicon.lists.metonyms.besieged for verb in verbs)


def _says(node: Node, lexicon: Lexicon) -> bool:
    return node.head is not None and node.dep in ("nsubj", "obj") and node.head.lemma in lexicon.lists.metonyms.saying


def given(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """A given name that the model cut off from the name behind it ("Hanna" and "Maliar") joined to it again."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.maker in (MODEL, REPEATED)
            and mention.type == "PER"
            and not mention.entity
            and text[last.end : mention.start] == " "
            and is_given(text[last.start : last.end])
        ):
            joined.pop()
            mention = msgspec.structs.replace(mention, start=last.start)
        joined.append(mention)
    return joined


def extended(mentions: Sequence[Mention], tree: Tree, found: Row, lexicon: Lexicon) -> list[Mention]:
    """What the model broke off joined again: a word with an Arabic article ("Aïn" of Aïn el-Héloué), and behind people
    the proper nouns that follow ("Aung" of Aung San Suu Kyi)."""
    nodes = {node.start: node for node in tree.nodes}
    taken = {mention.start for mention in mentions}
    longer: list[Mention] = []
    for mention in mentions:
        end = mention.end
        behind = found.starts.get(end + 1)
        if mention.maker != LISTED and behind is not None and found[behind].start not in taken:
            end = found[behind].end if PREFIXED.match(found[behind].text) else end
        while mention.type == "PER" and not mention.entity and (node := nodes.get(end + 1)) is not None:
            if node.pos != "PROPN" or not node.text[0].isupper() or node.start in taken or node.text.isupper():
                break
            if node.lower in lexicon.no_names:
                break
            end = node.end
        longer.append(mention if end == mention.end else msgspec.structs.replace(mention, end=end))
    return longer


def titled(mentions: Sequence[Mention], found: Row, lexicon: Lexicon) -> list[Mention]:
    """People whom only their title gives away: "M. Rivasseau", "le roi Pierre"."""
    added: list[Mention] = []
    for i in found.capitals:
        if not i:
            continue
        word, before = found[i], found[i - 1].lower
        if before == "." and i > 1 and found[i - 2].end == found[i - 1].start:
            before = found[i - 2].lower
        titled_so = before in lexicon.titles
        if not titled_so and not (i + 1 < len(found) and found[i + 1].capital):
            continue
        run = [word]
        while i + len(run) < len(found) and found[i + len(run)].capital and len(run) < 3:
            run.append(found[i + len(run)])
        whole = len(run) > 1 and (_of_country(found, i, lexicon) or _office_behind(found, i + len(run), lexicon))
        if not (whole or titled_so) or word.lower in lexicon.common or word.lower in lexicon.openers:
            continue
        span = (run[0].start, run[-1].end)
        barred = word.text.isupper() or (whole and is_known(" ".join(part.text for part in run)))
        if not barred and free([*mentions, *added], span):
            added.append(Mention(start=span[0], end=span[1], type="PER", maker=PATTERN))
    return sorted([*mentions, *added], key=lambda m: m.start)


def _of_country(found: Row, i: int, lexicon: Lexicon) -> bool:
    """Whether a title with a nationality stands before a word: "le Premier ministre kosovar"."""
    before = found[i - 1]
    return i > 1 and found[i - 2].lower in lexicon.titles and lexicon.countries.nationality(before.text) is not None


def _office_behind(found: Row, i: int, lexicon: Lexicon) -> bool:
    """Whether an office stands behind a comma: ", ministre de l'Intérieur"."""
    return i + 1 < len(found) and found[i].text == "," and found[i + 1].lower in lexicon.titles


def acronyms(mentions: Sequence[Mention], found: Row, lexicon: Lexicon) -> list[Mention]:
    """Acronyms with a singular article: organisations. Not in a line that is all capitals."""
    added: list[Mention] = []
    for i in found.capitals:
        word = found[i]
        if (
            i
            and len(word.text) in ACRONYM
            and word.text.isupper()
            and word.text.isalpha()
            and found[i - 1].lower in lexicon.before_acronyms
            and word.lower not in lexicon.common
            and free(mentions, (word.start, word.end))
            and sum(other.text.isupper() for other in found if len(other.text) > 1) * 2 <= len(found)
        ):
            added.append(Mention(start=word.start, end=word.end, type="ORG", maker=PATTERN))
    return sorted([*mentions, *added], key=lambda m: m.start)
