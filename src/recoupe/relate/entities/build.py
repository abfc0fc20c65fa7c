"""An entity's record from the keys that are one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ...lang import LanguagePack
from ...lang.demonyms import country_code, demonyms
from ...model.relations import Entity, Place
from ...places import look_up
from .gathered import Gathered, label_of


def main(group: Sequence[str], gathered: Mapping[str, Gathered]) -> str:
    """The key that names the entity: the fullest, then the most mentioned, then the first."""
    return min(group, key=lambda key: (-key.count("-"), -len(gathered[key].mentions), key))


def identifying(group: Sequence[str], gathered: Mapping[str, Gathered]) -> str:
    """What an entity's id is made of: its main key; a surname alone with its first article, since in another part of
    the articles it may be another's."""
    key = main(group, gathered)
    item = gathered[key]
    return f"{key}@{min(item.docs)}" if item.lone else key


class Builder:
    """Makes entities of groups of keys."""

    def __init__(
        self,
        gathered: Mapping[str, Gathered],
        packs: Mapping[str, LanguagePack],
        beside: Mapping[str, Iterable[str]],
        elsewhere: Mapping[str, Iterable[str]],
    ) -> None:
        self._gathered, self._packs, self._elsewhere = gathered, packs, elsewhere
        self._countries = {doc: _countries(keys, packs[doc]) for doc, keys in beside.items()}

    def entity(
        self, group: Sequence[str], entity_id: str, unsure: tuple[tuple[str, str], ...], decided: tuple[str, ...]
    ) -> Entity:
        """The entity of one group."""
        items = [self._gathered[key] for key in group]
        forms: Counter[str] = Counter()
        for item in items:
            forms.update(item.forms)
        key = main(group, self._gathered)
        kind = _kind(items)
        docs = sorted({doc for item in items for doc in item.docs})
        label = label_of(forms, kind, _home(items)) if forms else _told(key, [self._packs[doc] for doc in docs])
        return Entity(
            id=entity_id,
            slug=key,
            type=kind,
            label=label,
            forms=tuple(sorted(forms.items(), key=lambda entry: (-entry[1], entry[0]))),
            referents=tuple(sorted({(doc, item.slug) for item in items for doc in item.docs})),
            mentions=tuple(sorted(mention for item in items for mention in item.mentions)),
            place=self._place(items, kind, label, forms, docs),
            unsure=unsure,
            keys=self._keys(key, group, decided),
            decided=decided,
        )

    def _keys(self, first: str, group: Sequence[str], decided: Iterable[str]) -> tuple[str, ...]:
        """The keys that the entity is known by, here and in other parts of the articles, its main one first.

        A surname alone is one for each article; a person's merge adds what is joined from elsewhere.
        """
        found: list[str] = []
        for key in (first, *(other for other in group if other != first)):
            item = self._gathered[key]
            found += [f"{key}@{doc}" for doc in sorted(item.docs)] if item.lone else [key]
        return tuple(dict.fromkeys([*found, *(key for one in decided for key in self._elsewhere.get(one, ()))]))

    def _place(
        self, items: Sequence[Gathered], kind: str, label: str, forms: Mapping[str, int], docs: Sequence[str]
    ) -> Place | None:
        """Where a place is; none for what is only ever named as an actor."""
        if kind != "LOC" or not (any(item.places for item in items) or not forms):
            return None
        around = Counter(code for doc in docs for code in self._countries[doc])
        countries = [code for code, _ in sorted(around.items(), key=lambda entry: (-entry[1], entry[0]))]
        for form in (label, *sorted(forms, key=lambda form: (-forms[form], form))):
            place = look_up(form, countries=countries)
            if place is not None:
                return place
        return None


def _kind(items: Sequence[Gathered]) -> str:
    """The type of most mentions: people may have joined what articles took for a place and for a body."""
    if len(items) == 1:
        return items[0].type
    counted: Counter[str] = Counter()
    for item in items:
        counted[item.type] += len(item.mentions)
    return min(counted, key=lambda kind: (-counted[kind], kind))


def _home(items: Sequence[Gathered]) -> Counter[str]:
    """The spellings of the language that names them most."""
    if len(items) == 1 and len(items[0].by_lang) == 1:
        return items[0].forms
    by_lang: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        for lang, forms in item.by_lang.items():
            by_lang[lang].update(forms)
    return by_lang[min(by_lang, key=lambda lang: (-by_lang[lang].total(), lang))] if by_lang else Counter()


def _told(slug: str, packs: Sequence[LanguagePack]) -> str:
    """A label for what no article names outright ("russe" alone): the country's name in the article's language."""
    names = (demonyms(found).labels.get(slug) for found in packs)
    return next((name for name in names if name), slug.partition("/")[2].replace("-", " "))


def _countries(slugs: Iterable[str], found: LanguagePack) -> list[str]:
    return sorted(filter(None, (country_code(slug, found) for slug in slugs)))
