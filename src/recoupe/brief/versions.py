"""What a source has changed in an article since it was first read: sentence by sentence, and whether it says so.

Only the article's own words count, not the page around them. That a sentence stands elsewhere, or is set in other
quotation marks, is no change.
"""

import functools
import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

import msgspec
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel
from rich.console import Console
from rich.text import Text

from ..lang import LanguagePack, pack
from ..lang.folding import unaccented
from ..model.harmless import plain
from ..model.records import TEXT_KINDS, Annotated, Block
from ..store.versions import Version
from .dates import stamped
from .index import Index
from .lines import SENTENCE_END
from .model import Edit, Rewritten
from .terminal import wrapped
from .wording import cut

# A sentence that keeps this share of another's signs (0 to 100) is that one, changed.
ALIKE = 55
# Of more sentences than this in one place it is not looked for which became which: a text was put in another's place.
MOST = 200
# A notice of a correction stands in a short line; it is quoted up to this many signs.
NOTICE = 160
# Words and signs, each with the spaces after it.
WORDS = re.compile(r"\w+\s*|[^\w\s]\s*")
# What of a sentence is compared: words, figures and their signs.
SIGNS = re.compile(r"\w+|[%€$£+−]")

# In what order changes are counted.
KINDS: tuple[Literal["changed", "gone", "came"], ...] = ("changed", "gone", "came")

Mark = Literal["same", "gone", "came"]

# The versions of articles that have several, by their ids, the oldest first.
Versions = Mapping[str, Sequence[Version]]
NONE: Versions = MappingProxyType({})


class NoticeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """versions.toml: beginnings of words, without accents, by which an outlet says that it changed an article: `first`
    at the beginning of a line or sentence, `own` anywhere (they name the article itself)."""

    first: tuple[str, ...]
    own: tuple[str, ...]


def rewritten(doc: str, versions: Sequence[Version]) -> list[Rewritten]:
    """What changed from each version of an article to the next, the oldest first; nothing of those alike."""
    found = []
    for one, other in itertools.pairwise(versions):
        made = edits(one.found, other.found)
        if made:
            words = notice(one.found, other.found)
            found.append(Rewritten(doc=doc, earlier=one.at, later=other.at, edits=tuple(made), notice=words))
    return found


def of_story(index: Index, docs: Sequence[str], versions: Versions) -> tuple[Rewritten, ...]:
    """What sources changed in the articles of a story, first what they changed without a word."""
    found = [one for doc in docs if doc in index.by_id for one in rewritten(doc, versions.get(doc, ()))]
    shown = []
    for one in found:
        outlet = index.by_id[one.doc].article.outlet or one.doc
        number = index.numbers[one.doc]
        shown.append(msgspec.structs.replace(one, number=number, told=told(one, outlet, index.reader)))
    return tuple(sorted(shown, key=lambda one: (bool(one.notice), one.number, one.later)))


def edits(before: Annotated, after: Annotated) -> list[Edit]:
    """The sentences that went, came or were changed, in the order of the later text."""
    old, new = _sentences(before), _sentences(after)
    left, right = [_flat(one) for one in old], [_flat(one) for one in new]
    stayed = Counter(left) & Counter(right)
    found: list[Edit] = []
    gone, came = list[str](), list[str]()
    for step in Indel.opcodes(left, right):
        if step.tag == "equal":
            found += _paired(gone, came)
            gone, came = [], []
        gone += [old[i] for i in range(step.src_start, step.src_end) if step.tag == "delete" and not stayed[left[i]]]
        came += [new[i] for i in range(step.dest_start, step.dest_end) if step.tag == "insert" and not stayed[right[i]]]
    return found + _paired(gone, came)


def notice(before: Annotated, after: Annotated) -> str:
    """The line by which an article says that it was changed, where it did not stand there before; empty where there is
    none."""
    known = {_flat(block.text) for block in before.layer(Block)}
    pattern = _noticing(pack(after.article.lang))
    for block in after.layer(Block):
        lines = [block.text] if block.kind not in TEXT_KINDS else _split(block.text)
        for line in lines:
            if _flat(block.text) not in known and pattern.search(unaccented(line.casefold(), "NFKD")):
                return " ".join(line.split())[:NOTICE]
    return ""


def told(one: Rewritten, outlet: str, reader: LanguagePack) -> str:
    """What was changed, in one line."""
    values = {"outlet": outlet, "earlier": _when(one.earlier, reader), "later": _when(one.later, reader)}
    what = summary(one.edits, reader)
    if one.notice:
        return reader.phrase("versions.said", what=what, notice=cut(one.notice, reader, NOTICE), **values)
    return reader.phrase("versions.silent", what=what, **values)


def show(versions: Sequence[Version], console: Console, reader: LanguagePack) -> None:
    """Writes the versions of an article to a console, each with what it changes in the one before."""
    if len(versions) < 2:
        console.print(reader.phrase("versions.only"), markup=False)
    for n, one in enumerate(versions):
        article = one.found.article
        about = reader.phrase("versions.at", at=_when(one.at, reader), version=article.version)
        wrapped(console, Text(plain(f"{about} · {article.title or article.id}"), style="bold"))
        for step in rewritten(article.id, versions[n - 1 : n + 1]) if n else ():
            wrapped(console, Text(plain(told(step, article.outlet or article.id, reader))), 2)
            for edit in step.edits:
                for sign, words, style in (("− ", edit.before, "red"), ("+ ", edit.after, "green")):
                    if words:
                        wrapped(console, Text(plain(words), style=style), 4, sign)


def _when(at: str, reader: LanguagePack) -> str:
    return stamped(at, reader) if at else "–"


def summary(found: Sequence[Edit], reader: LanguagePack) -> str:
    """How many sentences went, came and were changed."""
    counts = Counter(one.kind for one in found)
    return ", ".join(reader.phrase(f"versions.{kind}", n=counts[kind]) for kind in KINDS if counts[kind])


def _marked(before: str, after: str) -> tuple[tuple[Mark, str], ...]:
    """A changed sentence word by word, what went before what came for it."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    parts: list[tuple[Mark, str]] = []
    waiting = ""
    for step in Indel.opcodes([word.strip() for word in old], [word.strip() for word in new]):
        if step.tag == "insert":
            waiting += "".join(new[step.dest_start : step.dest_end])
            continue
        if step.tag == "equal":
            parts += [("came", waiting)] if waiting else []
            waiting = ""
            parts.append(("same", "".join(new[step.dest_start : step.dest_end])))
        else:
            parts.append(("gone", "".join(old[step.src_start : step.src_end])))
    return (*parts, ("came", waiting)) if waiting else tuple(parts)


def _paired(gone: Sequence[str], came: Sequence[str]) -> list[Edit]:
    """The sentences that went and came in one place, in their order: those that are alike are one that was changed."""
    left = list(gone)
    found: list[Edit] = []
    for after in came:
        like = [(fuzz.ratio(before, after), -at) for at, before in enumerate(left)] if len(left) <= MOST else []
        best, at = max(like, default=(0.0, 0))
        if best < ALIKE:
            found.append(Edit(kind="came", after=after))
            continue
        found += [Edit(kind="gone", before=one) for one in left[:-at]]
        found.append(Edit(kind="changed", before=left[-at], after=after, parts=_marked(left[-at], after)))
        left = left[-at + 1 :]
    return found + [Edit(kind="gone", before=one) for one in left]


def _sentences(found: Annotated) -> list[str]:
    return [one for block in found.layer(Block) if block.kind in TEXT_KINDS for one in _split(block.text)]


def _split(text: str) -> list[str]:
    start, found = 0, []
    for stop in SENTENCE_END.finditer(text):
        found.append(" ".join(text[start : stop.end()].split()))
        start = stop.end()
    return [one for one in (*found, " ".join(text[start:].split())) if one]


def _flat(text: str) -> str:
    """A sentence as it is compared: its words and figures."""
    return " ".join(SIGNS.findall(text.casefold()))


@functools.cache
def _noticing(language: LanguagePack) -> re.Pattern[str]:
    words = language.words(NoticeWords, "versions")
    either = ["|".join(map(re.escape, some)) for some in (words.first, words.own)]
    return re.compile(rf"^\W*(?:{either[0]})|\b(?:{either[1]})")
