"""An article as the search for shared passages reads it: its text, its paragraphs, who speaks where."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

import msgspec
import numpy as np

from ...lang import pack
from ...model.article import Article, digest
from ...model.records import Annotated, Block, Claim, Span
from ..days import NO_DAY, first_day
from ..reading import WORD, level, sentences

SHINGLE = 3
# A sentence on its own counts as lifted from this many words on.
SENTENCE = 9
# What is not the same in a text's words: to be folded, or between them.
SPECIAL = re.compile("[^A-Za-z0-9_ ]")
# Bits for the words of a text: so many that few words of one paragraph share one.
SIGNS = 1024
# Pairs of texts whose bits are compared at once.
AT_ONCE = 1 << 12
Voice = tuple[int, int, str, str]


class Passages(msgspec.Struct, frozen=True):
    """Where an article's paragraphs lie, and its claims with a known speaker: span, slug and act."""

    paragraphs: tuple[Span, ...]
    voices: tuple[Voice, ...]


def passages(annotated: Annotated) -> Passages:
    """What of an article's records the search for shared passages needs."""
    body = tuple(block.span for block in annotated.layer(Block) if block.kind == "body")
    said = [claim for claim in annotated.layer(Claim) if claim.source_entity]
    return Passages(body, tuple((c.start, c.end, c.source_entity or "", c.act) for c in said))


def order(published: str | None, doc: str) -> tuple[int, int]:
    """Where an article stands in the index: its day (NO_DAY for none) and its number."""
    day = first_day(published)
    return NO_DAY if day is None else day, number(doc)


def number(doc: str) -> int:
    """An article's number (63 bits): whatever the order of arrival, the same."""
    return int(digest(doc), 16) >> 1


@lru_cache(maxsize=1 << 12)
def _letter(c: str) -> str:
    """A character in small type without accent, or a space for one that stands in no word."""
    plain = level(c)
    return plain if WORD.match(plain) else " "


class Page:
    """An article's text in normal characters, with its units."""

    def __init__(self, article: Article, found: Passages) -> None:
        self.id, self.lang, self.published = article.id, article.lang, article.published
        self.raw = article.text
        self.text = pack(article.lang).normal(article.text)
        self.spans, self.voices = found.paragraphs, found.voices

    @cached_property
    def order(self) -> tuple[int, int]:
        """By day of publication, unknown ones first, then by a number made of the id."""
        return order(self.published, self.id)

    @cached_property
    def words(self) -> str:
        """The words of the text where they stand, in small letters without accents; all else is space."""
        text = self.text
        for c in set(SPECIAL.findall(text)):
            text = text.replace(c, _letter(c))
        return text.lower()

    @cached_property
    def paragraphs(self) -> "list[Unit]":
        """Every body paragraph."""
        return [Unit(self, span, True) for span in self.spans]

    @cached_property
    def bags(self) -> "Bags":
        """The words of each paragraph, side by side."""
        return Bags([unit.bag for unit in self.paragraphs])


class Bag:
    """The words of a text, each once, and in `signs` a bit for each: two may have one bit, `more` counts those."""

    __slots__ = ("more", "signs", "size", "words")

    def __init__(self, words: frozenset[str]) -> None:
        self.words, self.size = words, len(words)
        bits = {hash(word) % SIGNS for word in words}
        self.signs = sum(1 << bit for bit in bits)
        self.more = len(words) - len(bits)

    def shares(self, other: "Bag", part: float) -> bool:
        """Whether two share this part of the fewer words."""
        least = part * min(self.size, other.size)
        # The bits alone tell most pairs apart, in a tenth of the time.
        few = (self.signs & other.signs).bit_count() + self.more < least
        return not few and len(self.words & other.words) >= least


class Bags:
    """The signs of some bags in rows, their sizes, and how many words each has more than bits."""

    __slots__ = ("more", "signs", "sizes")

    def __init__(self, bags: Sequence[Bag]) -> None:
        joined = b"".join(bag.signs.to_bytes(SIGNS // 8, "little") for bag in bags)
        self.signs = np.frombuffer(joined, np.uint64).reshape(len(bags), SIGNS // 64)
        self.sizes = np.array([bag.size for bag in bags], np.int64)
        self.more = np.array([bag.more for bag in bags], np.int64)


def sharing(x: Page, y: Page, part: float) -> Iterator[tuple[int, int]]:
    """The pairs of paragraphs of two articles, by their numbers, that share this part of the fewer words."""
    a, b = x.bags, y.bags
    # Most pairs have nothing in common. Their bits say so, of many at once in a third of the time.
    rows = max(1, AT_ONCE // max(1, len(b.sizes)))
    for first in range(0, len(a.sizes), rows):
        some = slice(first, first + rows)
        common = np.bitwise_count(a.signs[some, None] & b.signs).sum(axis=2) + a.more[some, None]
        for i, j in np.argwhere(common >= part * np.minimum(a.sizes[some, None], b.sizes)).tolist():
            if x.paragraphs[first + i].bag.shares(y.paragraphs[j].bag, part):
                yield first + i, j


@lru_cache(maxsize=1 << 13)
def _bag(words: str) -> tuple[int, Bag]:
    """How many words, and which; kept, since copies have the same."""
    found = words.split()
    return len(found), Bag(frozenset(found))


class Unit:
    """A paragraph or sentence in which text may be shared."""

    def __init__(self, page: Page, span: Span, whole: bool) -> None:
        self.page, self.span = page, span
        self.whole = whole  # a paragraph, or else a sentence of one
        self.text = page.text[span[0] : span[1]]
        self.length, self.bag = _bag(page.words[span[0] : span[1]])
        # Whether it has words enough to be compared.
        self.enough = self.length >= (SHINGLE if whole else SENTENCE)

    @property
    def words(self) -> list[str]:
        """Its words, in small letters without accents. Not kept: few comparisons go by their order."""
        return self.page.words[self.span[0] : self.span[1]].split()

    # Kept, because in a set of copies one unit is compared with hundreds.
    @cached_property
    def parts(self) -> "tuple[Unit, ...]":
        """A paragraph and, where it has several, its sentences."""
        parts = sentences(self.page.text, self.span)
        return (self, *(Unit(self.page, part, False) for part in parts)) if len(parts) > 1 else (self,)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(filter(str.isdigit, self.bag.words))

    @cached_property
    def shingles(self) -> frozenset[int]:
        """Numbers for its runs of words."""
        words = self.words
        return frozenset(map(hash, zip(*(words[n:] for n in range(SHINGLE)), strict=False))) or frozenset([0])

    @cached_property
    def arranged(self) -> str:
        """Its words in the order of the alphabet."""
        return " ".join(sorted(self.words))

    @cached_property
    def voice(self) -> tuple[str, str] | None:
        """Who speaks in most of a unit, and how."""
        start, end = self.span
        spoken = [voice for voice in self.page.voices if voice[0] < end and start < voice[1]]
        longest = max(spoken, key=lambda voice: voice[1] - voice[0], default=None)
        if longest is None or (longest[1] - longest[0]) * 2 < end - start:
            return None
        return longest[2], longest[3]


def pages(articles: Iterable[Annotated]) -> list[Page]:
    """The articles as pages, in their order."""
    return sorted((Page(one.article, passages(one)) for one in articles), key=lambda page: page.order)
