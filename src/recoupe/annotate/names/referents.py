"""One slug for one referent of the article, and what a capital stands for."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from ...lang.demonyms import country_code
from ...lang.spelling import skeleton, slugged
from ...places import look_up, region_of
from ..draft import Draft
from .mentions import Mention
from .metonyms import acts
from .people import People
from .row import Row, words
from .words import Lexicon

# Stands in a body's slug for the country that the article does not say: "the ministry of health".
UNSAID = "the"


def article_countries(mentions: Sequence[Mention], draft: Draft) -> list[str]:
    """ISO 3166-1 codes of the countries that an article names, or whose places, the most named first."""
    codes: Counter[str] = Counter()
    for m in mentions:
        slugs = (m.entity, m.country, m.stands_for)
        own = [code for slug in slugs if slug and (code := country_code(slug, draft.pack))]
        for code in own:
            codes[code] += 1
        if m.type == "LOC" and not own and (place := look_up(draft.text[m.start : m.end])) is not None:
            codes[place.country] += 1
    return [code for code, _ in sorted(codes.items(), key=lambda entry: (-entry[1], entry[0])) if code]


class Referents:
    """The referents of one article."""

    def __init__(self, mentions: Sequence[Mention], by_tree: Sequence[Row], draft: Draft, lexicon: Lexicon):
        self.mentions, self.draft, self.lexicon = mentions, draft, lexicon
        self.words = [word for row in by_tree for word in row]
        self.starts = {word.start: i for i, word in enumerate(self.words)}
        forms = [self.text(m) for m in mentions if m.type == "PER"]
        self.people = People(forms, lexicon)
        self.countries = article_countries(mentions, draft)
        self.acronyms = self._acronyms()

    def text(self, mention: Mention) -> str:
        return self.draft.text[mention.start : mention.end]

    def __iter__(self) -> Iterator[tuple[Mention, str, str | None]]:
        """Each mention with its slug and what it stands for."""
        for mention in self.mentions:
            if mention.type == "PER":
                yield mention, self.people.slug(self.text(mention)), None
            elif mention.type == "ORG":
                yield self._body(mention)
            else:
                yield self._place(mention)

    def _acronyms(self) -> dict[str, Mention]:
        """From an acronym to the name it stands beside: "Forces de soutien rapide (FSR)", either way round."""
        found: dict[str, Mention] = {}
        bodies = [m for m in self.mentions if m.type == "ORG"]
        for one, two in itertools.pairwise(bodies):
            between = self.draft.text[one.end : two.start]
            if between.strip() == "(" and self.draft.text[two.end : two.end + 1] == ")":
                short, full = (two, one) if len(self.text(two)) < len(self.text(one)) else (one, two)
                if " " not in self.text(short) and " " in self.text(full):
                    found.setdefault(self.text(short), full)
        return found

    def _body(self, mention: Mention) -> tuple[Mention, str, str | None]:
        full = self.acronyms.get(self.text(mention))
        if full is not None:
            return mention, self._body(full)[1], None
        if mention.entity:
            return self._seat(mention)
        if not mention.concepts:
            return mention, "org/" + _key(self.text(mention)), None
        country = mention.country or self._whose(mention)
        whose = country[4:] or UNSAID
        return mention, "org/" + "-".join((whose, *sorted(mention.concepts))), None

    def _seat(self, mention: Mention) -> tuple[Mention, str, str | None]:
        """A seat of power is a place where someone is received in it: "au Kremlin"."""
        i = self.starts.get(mention.start)
        before = self.words[i - 1].lower if i else ""
        if mention.stands_for and before in self.lexicon.at and not self._acts(mention):
            return msgspec.structs.replace(mention, type="LOC"), mention.stands_for, None
        return mention, mention.entity, None

    def _whose(self, mention: Mention) -> str:
        """The country of a body named without one: its seat's, or that of the same body elsewhere in the article."""
        i = self._after(mention)
        if i is not None and i + 1 < len(self.words) and self.words[i].lower in self.lexicon.seat:
            place = next((m for m in self.mentions if m.start == self.words[i + 1].start), None)
            if place is not None and (place.stands_for or place.entity) and place.type == "LOC":
                return place.stands_for or place.entity
        same = {m.country for m in self.mentions if m.country and m.concepts == mention.concepts}
        return same.pop() if len(same) == 1 else ""

    def _after(self, mention: Mention) -> int | None:
        return next((self.starts[e] for e in range(mention.end, mention.end + 3) if e in self.starts), None)

    def _place(self, mention: Mention) -> tuple[Mention, str, str | None]:
        text = self.text(mention)
        if self._of_region(mention):
            region = region_of(text)
            if region is not None:
                return mention, "loc/" + slugged(region.name), None
        if mention.stands_for:
            return mention, mention.entity, mention.stands_for if self._acts(mention) else None
        if mention.entity:
            return mention, mention.entity, None
        place = look_up(text, countries=self.countries)
        if place is not None and place.precision == "country":
            return mention, self.lexicon.countries.named(text) or "loc/" + slugged(place.name), None
        return mention, "loc/" + (slugged(place.name) if place is not None else _key(text)), None

    def _of_region(self, mention: Mention) -> bool:
        i = self.starts.get(mention.start)
        return i is not None and self.lexicon.of_region.before(self.words, i)

    def _acts(self, mention: Mention) -> bool:
        """Any word of the name that hangs on one outside it may show that it acts: the parser splits "Tel-Aviv"."""
        tree = self.draft.tree_at(mention.start)
        inside = tree.within(mention.span) if tree is not None else []
        members = {node.i for node in inside}
        outer = [node for node in inside if node.head is None or node.head.i not in members]
        return any(acts(node, self.lexicon) for node in outer if node.pos in ("PROPN", "NOUN", "X", "ADJ"))


def _key(text: str) -> str:
    parts = (part for word in words(text) for part in word.text.split("-") if part[:1].isalnum())
    found = "-".join(filter(None, map(skeleton, parts)))
    return found or slugged(text) or "x"
