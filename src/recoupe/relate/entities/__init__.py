"""Who and what the articles name: in-article referents joined across articles, languages and spellings.

Names of one slug are one entity. Other people are compared where they share a family name's skeleton, other bodies
where they share a word; two that cannot be told apart stay two, each `unsure` of the other, for a person to settle.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from ...lang import pack
from ...lang.spelling import skeleton, slugged
from ...model.article import digest
from ...model.decisions import Decision
from ...model.records import Annotated
from ...model.relations import Entity
from .build import Builder, identifying
from .gathered import Gathered, beside, gather
from .groups import Grouping
from .index import EntityIndex, Entry, Match
from .settled import Settled


def entities(articles: Sequence[Annotated], decisions: Sequence[Decision] = ()) -> tuple[Entity, ...]:
    """All entities of the articles, ordered by id; the same for any order of the articles.

    `decisions` are what people have settled, in the order in which they did: a later one holds against an earlier.
    """
    settled = Settled(decisions)
    gathered = gather(articles, settled.key)
    around = beside(gathered.values())
    same, _ = settled.bind(gathered)
    found = Grouping(gathered, around, settled, same).grouped()
    packs = {one.article.id: pack(one.article.lang) for one in articles}
    builder = Builder(gathered, packs, around, settled.elsewhere)
    ids = {key: digest("entity", identifying(group, gathered)) for group in found.groups for key in group}
    made = []
    for group in found.groups:
        unsure = {ids[other]: why for key in group for other, why in sorted(found.unsure.get(key, {}).items())}
        unsure.pop(ids[group[0]], None)
        decided = {decision for key in group for decision in found.decided.get(key, ())} | {*settled.shaping(group)}
        made.append(builder.entity(group, ids[group[0]], tuple(sorted(unsure.items())), tuple(sorted(decided))))
    return tuple(sorted(_named_apart(made, gathered), key=lambda entity: entity.id))


def orphans(articles: Sequence[Annotated], decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions of which some side is found in no article any more."""
    settled = Settled(decisions)
    return settled.bind(gather(articles, settled.key))[1]


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
    bare = rest.replace("-", "")
    forms = [form for form, _ in entity.forms]
    bones = any("".join(map(skeleton, form.split())) == bare for form in forms)
    if not bones or any(slugged(form) == rest for form in forms):
        return entity.slug
    return f"{kind}/{slugged(entity.label) or rest}"


__all__ = ["EntityIndex", "Entry", "Match", "entities", "orphans"]
