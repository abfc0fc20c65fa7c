"""Who and what the articles name: in-article referents joined across articles, languages and spellings.

Names of one slug are one entity. Other people are compared where they share a family name's skeleton, other bodies
where they share a word; two that cannot be told apart stay two, each `unsure` of the other, for a person to settle.
"""

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from ..lang import LanguagePack, available, pack
from ..lang.demonyms import country_code, demonyms
from ..lang.spelling import Comparison, compare, given_key, skeleton, slugged, telling, words
from ..model.article import digest
from ..model.records import Annotated, Claim, Figure, Name
from ..model.relations import Entity, Place, Ref
from ..places import look_up

# Below this score two spellings are joined only where their articles name the same others (or are left unsure).
SURE = 0.85
# So many other entities in common make two articles speak of one matter.
SHARED = 2
# A block of more names than this is a common word ("forces"): comparing all its pairs would tell nothing.
LARGEST_BLOCK = 60


@functools.cache
def _country_slugs() -> frozenset[str]:
    return frozenset(slug for code in available() for slug in demonyms(pack(code)).labels)


class Gathered:
    """One slug with all that the articles say of it."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
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
    def full(self) -> bool:
        """Whether a person is named by more than one word."""
        return len(words(self.name)) > 1


def entities(articles: Sequence[Annotated]) -> tuple[Entity, ...]:
    """All entities of the articles, ordered by id; the same for any order of the articles."""
    gathered = _gathered(articles)
    beside = _beside(gathered.values())
    groups, unsure = _joined(gathered, beside)
    packs = {annotated.article.id: pack(annotated.article.lang) for annotated in articles}
    countries = {doc: _countries(slugs, packs[doc]) for doc, slugs in beside.items()}
    ids = {slug: digest("entity", _main(group, gathered)) for group in groups for slug in group}
    found = [
        _entity([gathered[slug] for slug in group], ids[group[0]], packs, countries, _settled(group, unsure, ids))
        for group in groups
    ]
    return tuple(sorted(_named_apart(found, gathered), key=lambda entity: entity.id))


def _named_apart(found: Sequence[Entity], gathered: Mapping[str, Gathered]) -> list[Entity]:
    """The entities with readable slugs; where two would have one, each keeps the key that joined it."""
    readable = [_readable(entity) for entity in found]
    taken = Counter([*readable, *gathered])
    return [
        entity if slug == entity.slug or taken[slug] > 1 else msgspec.structs.replace(entity, slug=slug)
        for entity, slug in zip(found, readable, strict=True)
    ]


def _readable(entity: Entity) -> str:
    """The label as a slug ("per/kyrylo-tymoshenko") where the slug is but the skeletons of some spelling."""
    kind, _, rest = entity.slug.partition("/")
    forms = [form for form, _ in entity.forms]
    bare = rest.replace("-", "")
    bones = any("".join(map(skeleton, form.split())) == bare for form in forms)
    if not bones or any(slugged(form) == rest for form in forms):
        return entity.slug
    return f"{kind}/{slugged(entity.label) or rest}"


def _gathered(articles: Iterable[Annotated]) -> dict[str, Gathered]:
    found: dict[str, Gathered] = {}

    def of(slug: str, doc: str) -> Gathered:
        item = found.setdefault(slug, Gathered(slug))
        item.docs.add(doc)
        return item

    for annotated in articles:
        doc = annotated.article.id
        for record in annotated.records:
            if isinstance(record, Name):
                item = of(record.entity, doc)
                form = " ".join(record.text.split())
                item.forms[form] += 1
                item.by_lang.setdefault(annotated.article.lang, Counter())[form] += 1
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


def _beside(gathered: Iterable[Gathered]) -> dict[str, set[str]]:
    """From an article to the slugs named in it."""
    beside: dict[str, set[str]] = defaultdict(set)
    for item in gathered:
        for doc in item.docs:
            beside[doc].add(item.slug)
    return dict(beside)


def _joined(
    gathered: Mapping[str, Gathered], beside: Mapping[str, set[str]]
) -> tuple[list[list[str]], dict[str, dict[str, str]]]:
    """Slugs in groups of one entity each, and who is unsure of whom, and why."""
    groups = {slug: [slug] for slug in gathered}
    unsure: dict[str, dict[str, str]] = defaultdict(dict)
    verdicts: dict[tuple[str, str], Comparison] = {}
    for one, two in _pairs(gathered.values()):
        verdicts[one.slug, two.slug] = compare(one.name, two.name, one.type)
    lone: dict[str, list[str]] = defaultdict(list)
    for (a, b), verdict in sorted(verdicts.items(), key=lambda entry: (-entry[1].score, entry[0])):
        if verdict.verdict == "different" or _apart(groups[a], groups[b], verdicts):
            continue
        if verdict.verdict == "unsure" and verdict.score > 0.5 and gathered[a].full != gathered[b].full:
            short, long = (b, a) if gathered[a].full else (a, b)
            lone[short].append(long)
        elif verdict.verdict == "same" and (verdict.score >= SURE or _related(gathered[a], gathered[b], beside)):
            _join(groups, a, b)
        elif verdict.verdict == "same" or verdict.score > 0.5:
            unsure[a][b] = unsure[b][a] = verdict.why
    for short, longer in sorted(lone.items()):
        owners = {groups[slug][0] for slug in longer}
        if len(owners) == 1 and any(_related(gathered[short], gathered[slug], beside) for slug in longer):
            _join(groups, short, longer[0])
        else:
            for slug in longer:
                unsure[short][slug] = unsure[slug][short] = "surname_alone"
    distinct = {id(group): group for group in groups.values()}
    return sorted(distinct.values()), unsure


def _pairs(gathered: Iterable[Gathered]) -> list[tuple[Gathered, Gathered]]:
    """The pairs worth comparing: people who share a family name, or its beginning and the initial of the given name
    in whatever language; bodies that share a word."""
    blocks: dict[tuple[str, str], list[Gathered]] = defaultdict(list)
    for item in sorted(gathered, key=lambda item: item.slug):
        if item.type in ("PER", "ORG") and item.forms and not item.told:
            found = words(item.name, item.type)
            for word in {skeleton(word) for word in (found[-1:] if item.type == "PER" else telling(found))}:
                blocks[item.type, word].append(item)
            if item.type == "PER" and len(found) > 1:
                blocks[item.type, given_key(found[0])[:1] + " " + skeleton(found[-1])[:4]].append(item)
    pairs = {
        (a.slug, b.slug): (a, b)
        for block in blocks.values()
        if len(block) <= LARGEST_BLOCK
        for i, a in enumerate(block)
        for b in block[i + 1 :]
    }
    return [pairs[key] for key in sorted(pairs)]


def _apart(one: Sequence[str], two: Sequence[str], verdicts: Mapping[tuple[str, str], Comparison]) -> bool:
    """Whether some name of one group is surely not some name of the other."""
    found = (verdicts.get((min(a, b), max(a, b))) for a in one for b in two)
    return any(verdict is not None and verdict.verdict == "different" for verdict in found)


def _related(a: Gathered, b: Gathered, beside: Mapping[str, set[str]]) -> bool:
    """Whether their articles name the same others."""
    if a.docs & b.docs:
        return False  # one article that writes two ways means two
    one = set().union(*(beside[doc] for doc in a.docs)) - {a.slug}
    two = set().union(*(beside[doc] for doc in b.docs)) - {b.slug}
    return len(one & two) >= SHARED


def _join(groups: dict[str, list[str]], a: str, b: str) -> None:
    if groups[a] is not groups[b]:
        union = sorted([*groups[a], *groups[b]])
        for slug in union:
            groups[slug] = union


def _main(group: Sequence[str], gathered: Mapping[str, Gathered]) -> str:
    """The slug that names the entity: the fullest, then the most mentioned, then the first."""
    return min(group, key=lambda slug: (-slug.count("-"), -len(gathered[slug].mentions), slug))


def _settled(
    group: Sequence[str], unsure: Mapping[str, Mapping[str, str]], ids: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Whom a group is unsure of, by id, once each."""
    own = ids[group[0]]
    found = {ids[other]: why for slug in group for other, why in sorted(unsure.get(slug, {}).items())}
    return tuple(sorted((other, why) for other, why in found.items() if other != own))


def _entity(
    items: Sequence[Gathered],
    entity_id: str,
    packs: Mapping[str, LanguagePack],
    countries: Mapping[str, Sequence[str]],
    unsure: tuple[tuple[str, str], ...],
) -> Entity:
    forms: Counter[str] = sum((item.forms for item in items), Counter())
    kind = items[0].type
    slug = _main([item.slug for item in items], {item.slug: item for item in items})
    docs = sorted(doc for item in items for doc in item.docs)
    label = label_of(forms, kind, _home(items)) if forms else _told(slug, [packs[doc] for doc in docs])
    around = Counter(code for doc in docs for code in countries[doc])
    return Entity(
        id=entity_id,
        slug=slug,
        type=kind,
        label=label,
        forms=tuple(sorted(forms.items(), key=lambda entry: (-entry[1], entry[0]))),
        referents=tuple(sorted({(doc, item.slug) for item in items for doc in item.docs})),
        mentions=tuple(sorted(mention for item in items for mention in item.mentions)),
        place=_place(items, label, forms, [code for code, _ in sorted(around.items(), key=lambda e: (-e[1], e[0]))]),
        unsure=unsure,
    )


def _home(items: Sequence[Gathered]) -> Counter[str]:
    """The spellings of the language that names them most."""
    by_lang: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        for lang, forms in item.by_lang.items():
            by_lang[lang] += forms
    return by_lang[min(by_lang, key=lambda lang: (-by_lang[lang].total(), lang))] if by_lang else Counter()


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


def _told(slug: str, packs: Sequence[LanguagePack]) -> str:
    """A label for what no article names outright ("russe" alone): the country's name in the article's language."""
    names = (demonyms(found).labels.get(slug) for found in packs)
    return next((name for name in names if name), slug.partition("/")[2].replace("-", " "))


def _countries(slugs: Iterable[str], found: LanguagePack) -> list[str]:
    return sorted(filter(None, (country_code(slug, found) for slug in slugs)))


def _place(items: Sequence[Gathered], label: str, forms: Mapping[str, int], countries: Sequence[str]) -> Place | None:
    """Where a place is; none for what is only ever named as an actor."""
    if items[0].type != "LOC" or not (any(item.places for item in items) or not forms):
        return None
    for form in (label, *sorted(forms, key=lambda form: (-forms[form], form))):
        place = look_up(form, countries=countries)
        if place is not None:
            return place
    return None
