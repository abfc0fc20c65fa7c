"""Who speaks, the same in every article and wording: an entity, a body known by its role, or unnamed words."""

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ..lang import available, pack
from ..lang.demonyms import country_code, demonyms
from ..model.records import Claim, Span, overlapping
from ..model.relations import Entity, Story
from .reading import WORD, Reading, folded, owner, stems

Role = frozenset[str]


def identify(readings: Sequence[Reading], entities: Iterable[Entity], stories: Iterable[Story]) -> None:
    """Tells each article whom its claims' sources mean: "the defence ministry" the one of its article's country or the
    only one that its stories know, "the authorities of X" X itself. What stays open keeps its own words. A bare word
    for a body ("the army") means the only one of its kind that its stories know."""
    bodies = _bodies(entities)
    beside: dict[str, set[str]] = defaultdict(set)
    for story in stories:
        for doc in story.docs:
            beside[doc] |= set(story.docs)
    known = {reading.id: _named(reading) for reading in readings} if bodies else {}
    for reading in readings:
        reading.spoken = {}
        near = set().union(*(known.get(doc, ()) for doc in beside[reading.id] | {reading.id}))
        reading.bodies = {
            role: next(iter(known_here))
            for role, fitting in bodies.items()
            if len(known_here := near & fitting.keys()) == 1
        }
        for claim in reading.claims:
            if claim.source is not None:
                found = _body(reading, claim, bodies, near) or _governing(reading, claim)
                if found:
                    reading.spoken[claim.id] = found


def _bodies(entities: Iterable[Entity]) -> dict[Role, dict[str, str]]:
    """The bodies of states by what they are without their country, each with its country: role → entity → country."""
    found: dict[Role, dict[str, str]] = defaultdict(dict)
    for entity in entities:
        country = owner(entity.slug)
        if country is None:
            continue
        roles = {frozenset(stems(entity.slug[len(country) :].replace("-", " "), frozenset()))}
        for code in available():
            words = demonyms(pack(code))
            for form, _ in entity.forms:
                own = [word for word in WORD.findall(form) if not words.country(word)]
                roles.add(frozenset(stems(" ".join(own), _stopped(code))))
        for role in roles:
            if role:
                found[role][entity.id] = country
    return found


@functools.cache
def _stopped(code: str) -> frozenset[str]:
    from .words import RelateWords

    return pack(code).words(RelateWords, "relate").stopped


def _named(reading: Reading) -> set[str]:
    """The entities that an article names or lets speak."""
    speakers = {reading.entity(claim.source_entity) for claim in reading.claims if claim.source_entity}
    return set(reading.named) | {speaker for speaker in speakers if speaker}


def _body(reading: Reading, claim: Claim, bodies: Mapping[Role, Mapping[str, str]], near: set[str]) -> str | None:
    """The body of a state that a source without a country means."""
    assert claim.source is not None
    if next(reading.countries(claim.source), None) is not None:
        return None
    role = frozenset(reading.terms(claim.source))
    fitting = bodies.get(role) if len(role) > 1 else None
    if not fitting or reading.entity(claim.source_entity) in fitting:
        return None
    told = _context(reading)
    best = Counter(
        {entity: told[country_code(country, reading.pack) or country] for entity, country in fitting.items()}
    )
    ranked = best.most_common(2)
    if ranked[0][1] and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        return ranked[0][0]
    beside = sorted(set(fitting) & near)
    return beside[0] if len(beside) == 1 and not told.total() else None


def _context(reading: Reading) -> Counter[str]:
    """How often an article names each country, by its code, outside what its claims say (their towns included)."""
    inside = [claim.span for claim in reading.claims]
    places = reading.register.places

    def told(span: Span) -> bool:
        return not any(start <= span[0] < end for start, end in inside)

    codes = [country_code(slug, reading.pack) for span, slug in _adjectives(reading) if told(span)]
    met = (places.get(reading.meant(name)) for name in reading.names if name.type == "LOC" and told(name.span))
    return Counter(code for code in [*codes, *(place.country for place in met if place)] if code)


def _adjectives(reading: Reading) -> Iterable[tuple[Span, str]]:
    words = demonyms(reading.pack)
    for block in reading.blocks:
        for match in WORD.finditer(reading.text, block.start, block.end):
            country = words.nationality(match.group())
            if country:
                yield match.span(), country


def _governing(reading: Reading, claim: Claim) -> str | None:
    """The place whose authorities a definite wording means ("the authorities of X"); None for anything else."""
    if claim.source is None or claim.source_entity is not None:
        return None
    words = [folded(match.group()) for match in WORD.finditer(reading.text, *claim.source)]
    rule = reading.words
    if not words or words[0] not in rule.definite or not any(w.startswith(rule.authorities) for w in words[:3]):
        return None
    named = [reading.meant(name) for name in overlapping(reading.names, claim.source) if name.type == "LOC"]
    found = dict.fromkeys([*named, *(country for _, country in reading.countries(claim.source))])
    return next(iter(found)) if len(found) == 1 else None
