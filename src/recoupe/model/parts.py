"""Relations are found in parts, file by file; here the parts become one whole, in one order."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from .relations import Entity, Relations


def assembled(parts: Iterable[Relations], days: Mapping[str, str]) -> Relations:
    """One whole of parts, each kind in its order: by time or text, then by id. `days` are the dates of publication.

    An entity that several parts know is one, with the label that most mentions give it.
    """
    listed = list(parts)
    return Relations(
        entities=_entities(one for part in listed for one in part.entities),
        happenings=tuple(sorted((x for p in listed for x in p.happenings), key=lambda x: (x.earliest or "", x.id))),
        statements=tuple(sorted((x for p in listed for x in p.statements), key=lambda x: (x.shown, x.id))),
        questions=tuple(sorted((x for p in listed for x in p.questions), key=lambda x: (x.figures[:1], x.id))),
        reuse=tuple(sorted((x for p in listed for x in p.reuse), key=lambda x: (x.a, x.b))),
        origins=tuple(sorted((x for p in listed for x in p.origins), key=lambda x: (x.docs, x.id))),
        stories=tuple(
            sorted((x for p in listed for x in p.stories), key=lambda x: (days.get(x.docs[0], ""), x.docs, x.id))
        ),
        disputes=tuple(
            sorted((x for p in listed for x in p.disputes), key=lambda x: (x.kind, _place(x.answers), x.id))
        ),
        truces=tuple(sorted((x for p in listed for x in p.truces), key=lambda x: (x.earliest or "", x.id))),
    )


def _place(answers: Sequence[object]) -> tuple[str, int]:
    first = answers[0] if answers else None
    return (getattr(first, "doc", ""), getattr(first, "start", 0))


def _entities(found: Iterable[Entity]) -> tuple[Entity, ...]:
    by_id: dict[str, list[Entity]] = defaultdict(list)
    for one in found:
        by_id[one.id].append(one)
    return tuple(by_id[key][0] if len(by_id[key]) == 1 else _one(by_id[key]) for key in sorted(by_id))


def _one(parts: Sequence[Entity]) -> Entity:
    main = min(parts, key=lambda one: (-len(one.mentions), one.label, one.slug))
    forms: Counter[str] = Counter()
    for one in parts:
        forms.update(dict(one.forms))
    rest = sorted({key for one in parts for key in one.keys} - {*main.keys[:1]})
    return replace(
        main,
        forms=tuple(sorted(forms.items(), key=lambda form: (-form[1], form[0]))),
        referents=tuple(sorted({ref for one in parts for ref in one.referents})),
        mentions=tuple(sorted({ref for one in parts for ref in one.mentions})),
        place=main.place or next((one.place for one in parts if one.place), None),
        unsure=tuple(sorted({pair for one in parts for pair in one.unsure})),
        keys=(*main.keys[:1], *rest),
        decided=tuple(sorted({decision for one in parts for decision in one.decided})),
    )
