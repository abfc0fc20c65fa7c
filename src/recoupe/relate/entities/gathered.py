"""All that a set of articles says of each in-article slug."""

import functools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from ...lang import available, pack
from ...lang.demonyms import demonyms
from ...lang.spelling import words
from ...model.records import Annotated, Claim, Figure, Name
from ...model.relations import Ref

Key = Callable[[str, str], str]


@functools.cache
def _country_slugs() -> frozenset[str]:
    return frozenset(slug for code in available() for slug in demonyms(pack(code)).labels)


@functools.cache
def _known_people() -> frozenset[str]:
    """The people of the packs' lists, whom one word may name ("per/hemedti")."""
    tables = (row for code in available() for row in pack(code).table("known"))
    return frozenset(row[1] for row in tables if row[0] == "PER")


class Gathered:
    """One key with all that the articles say of it. The key is the slug, but where a person has split it."""

    def __init__(self, key: str, slug: str) -> None:
        self.key, self.slug = key, slug
        self.type = slug.partition("/")[0].upper()
        self.forms: Counter[str] = Counter()
        self.by_lang: dict[str, Counter[str]] = {}
        self.docs: set[str] = set()
        self.mentions: list[Ref] = []
        self.places = 0

    @functools.cached_property
    def name(self) -> str:
        """The form to compare: the fullest, then the most frequent."""
        return label_of(self.forms, self.type) if self.forms else self.slug.partition("/")[2].replace("-", " ")

    @functools.cached_property
    def told(self) -> bool:
        """Whether the slug says all: a body by its kind and country ("org/russia-defence-ministry")."""
        parts = self.slug.partition("/")[2].split("-")
        return self.type == "ORG" and any("loc/" + "-".join(parts[:n]) in _country_slugs() for n in (1, 2, 3))

    @functools.cached_property
    def lone(self) -> bool:
        """Whether all that is known of a person is a surname, or of a body its kind ("the ministry of health"):
        in another matter it is another's."""
        if self.slug.startswith("org/the-"):
            return True
        return self.type == "PER" and not self.full and self.slug not in _known_people()

    @functools.cached_property
    def full(self) -> bool:
        """Whether a person is named by more than one word."""
        return len(words(self.name)) > 1


def gather(articles: Iterable[Annotated], key: Key) -> dict[str, Gathered]:
    """From each key to what the articles say of it. `key` gives it for an article's id and a slug."""
    found: dict[str, Gathered] = {}

    def of(slug: str, doc: str) -> Gathered:
        own = key(doc, slug)
        item = found.get(own)
        if item is None:
            item = found[own] = Gathered(own, slug)
        item.docs.add(doc)
        return item

    for annotated in articles:
        doc, lang = annotated.article.id, annotated.article.lang
        for record in annotated.records:
            if isinstance(record, Name):
                item = of(record.entity, doc)
                form = " ".join(record.text.split())
                item.forms[form] += 1
                item.by_lang.setdefault(lang, Counter())[form] += 1
                item.mentions.append((doc, record.id))
                item.places += record.stands_for is None
                if record.stands_for:
                    of(record.stands_for, doc)
            elif isinstance(record, Claim) and record.source_entity:
                of(record.source_entity, doc)
            elif isinstance(record, Figure):
                for slug in filter(None, (record.party, record.by)):
                    of(slug, doc)
    return found


def beside(gathered: Iterable[Gathered]) -> dict[str, set[str]]:
    """From an article to the keys named in it."""
    found: dict[str, set[str]] = defaultdict(set)
    for item in gathered:
        for doc in item.docs:
            found[doc].add(item.key)
    return dict(found)


def label_of(forms: Mapping[str, int], kind: str, home: Mapping[str, int] | None = None) -> str:
    """The form to show: for a person the fullest, then one of the language that names it most, then the most frequent.

    Capitals throughout come last, before them what has none at all though another spelling has.
    """
    own = home or forms

    def rank(form: str) -> tuple[bool, bool, int, bool, int, str]:
        shouted = form.isupper() and len(form) > 5
        full = min(len(form.split()), 3) if kind == "PER" else 0
        return (shouted, form.islower(), -full, form not in own, -forms[form], form)

    return min(forms, key=rank)
