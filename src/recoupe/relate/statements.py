"""Claims to statements: one speaker, one content, in however many articles; and whom each one goes back to."""

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from ..model.article import digest
from ..model.records import Claim, Span, overlapping
from ..model.relations import Origin, Passage, Ref, Reuse, Statement
from .origins import joined
from .reading import Reading, Taken

# Likeness of contents from which two claims of one speaker are one statement: of their characters, or of their content
# words (share of the smaller set, with at least this many in common). Inside passages from one text less is enough.
ALIKE, WORDS_SHARED, WORDS_LEAST = 0.8, 0.75, 4
TWINS = 0.55
# Marks in common (entities, figures, kinds of event, words) from which claims in two languages are one, and their share
# of the smaller set.
ACROSS, ACROSS_SHARE = 4, 0.5
# A statement longer than this many times another says more than it does.
LONGER = 2.5


class Said:
    """A claim with what is asked of it over and over."""

    def __init__(self, reading: Reading, claim: Claim) -> None:
        self.reading, self.claim = reading, claim
        self.ref: Ref = reading.ref(claim)
        self.source = reading.speaker(claim)
        spans: tuple[Span, ...] = (claim.span, *claim.more)
        self.text = " ".join(reading.text[start:end] for start, end in spans)
        self.stems = frozenset(term for span in spans for term in reading.terms(span))
        self.figures = frozenset(
            bound for span in spans for figure in overlapping(reading.figures, span)
            for bound in (figure.low, figure.high) if bound is not None
        )  # fmt: skip
        self.key = f"{self.ref[0]} {self.ref[1]}"

    @property
    def taken(self) -> tuple[Taken, ...]:
        """By what it was taken back, once by each who does so."""
        return tuple(self.reading.taken_back.get(self.claim.id, ()))

    def speaker(self) -> str:
        """Who says it: the entity, or the words for an unnamed source; empty where there is neither."""
        if self.source:
            return self.source
        return self.reading.raw(self.claim.source) if self.claim.source else ""


def said(readings: Iterable[Reading]) -> list[Said]:
    """Every claim, in the order of the articles."""
    return [Said(reading, claim) for reading in readings for claim in reading.claims]


def alike(a: Said, b: Said, twins: bool) -> bool:
    """Whether two claims have one content."""
    if a.figures and b.figures and not a.figures & b.figures:
        return False  # the same words with another number are another word of the speaker's
    if a.reading.article.lang != b.reading.article.lang:
        return across(a, b)
    least = TWINS if twins else ALIKE
    if fuzz.ratio(a.text, b.text, score_cutoff=least * 100):
        return True
    small, large = sorted((a.stems, b.stems), key=len)
    enough = len(small) >= WORDS_LEAST and len(large) <= LONGER * len(small)
    return enough and len(small & large) >= WORDS_SHARED * len(small)


def across(a: Said, b: Said) -> bool:
    """Whether claims in two languages have one content: by whom and what they name, count and tell of, and the words
    that the languages share."""
    small, large = sorted((_marks(a), _marks(b)), key=len)
    common = small & large
    named = any(kind == "entity" for kind, _ in common)
    return named and len(common) >= ACROSS and len(common) >= ACROSS_SHARE * len(small)


def _marks(item: Said) -> frozenset[tuple[str, str]]:
    reading = item.reading
    spans: tuple[Span, ...] = (item.claim.span, *item.claim.more)
    found = {("stem", stem) for stem in item.stems} | {("figure", str(bound)) for bound in item.figures}
    for span in spans:
        found |= {("entity", entity) for entity in reading.entities_in(span)}
        found |= {("entity", country) for _, country in reading.countries(span)}
        found |= {("event", event.type) for event in overlapping(reading.events, span)}
    return frozenset(found)


class Lineage:
    """Which articles, and which passages of them, come from one text."""

    def __init__(self, shared: Iterable[Reuse], origins: Iterable[Origin]) -> None:
        self.passages: dict[str, list[Reuse]] = defaultdict(list)
        for record in shared:
            self.passages[record.a[0]].append(record)
        self.origins: dict[str, list[str]] = defaultdict(list)
        for origin in origins:
            for doc in origin.docs:
                self.origins[doc].append(origin.id)

    def independent(self, group: Sequence[Said]) -> int:
        """How many independent texts carry the claims: articles of one origin, or claims in one passage, are one."""
        docs = sorted({item.ref[0] for item in group})
        first: dict[str, str] = {}
        pairs = [(first.setdefault(origin, doc), doc) for doc in docs for origin in self.origins.get(doc, ())]
        groups = joined(docs, pairs)
        if len(groups) == 1:
            return 1
        home = {doc: at for at, members in enumerate(groups) for doc in members}
        spans: dict[str, list[Span]] = defaultdict(list)
        for item in group:
            spans[item.ref[0]].append(item.claim.span)
        for doc in docs:
            for record in self.passages.get(doc, ()):
                if home.get(record.b[0], home[doc]) == home[doc]:
                    continue  # of one origin, or not among these articles
                sides = (record.a, record.b)
                if all(any(s < side[2] and side[1] < e for s, e in spans.get(side[0], ())) for side in sides):
                    pairs.append((record.a[0], record.b[0]))
        return len(joined(docs, pairs))


def statements(
    readings: Sequence[Reading], shared: Sequence[Reuse], origins: Sequence[Origin]
) -> tuple[Statement, ...]:
    """Every claim in one statement."""
    listed = said(readings)
    by_key = {item.key: item for item in listed}
    twins = _twins(readings, shared)
    texts = {doc: origin.id for origin in sorted(origins, key=lambda o: o.id) if origin.sure for doc in origin.docs}
    links = _links(listed, twins, texts)
    lineage = Lineage(shared, origins)
    found = [_record([by_key[key] for key in group], lineage) for group in joined(by_key, links)]
    return tuple(sorted(found, key=lambda s: (s.shown, s.id)))


def _links(listed: Sequence[Said], twins: set[tuple[Ref, Ref]], texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """The pairs of claims that are one. Copies of a claim are compared with others once, by the first of them. `texts`
    are the articles that are copies of one text."""
    firsts: dict[tuple[object, ...], Said] = {}
    of = {item.ref: firsts.setdefault(_wording(item, texts), item) for item in listed}
    links = [(of[item.ref].key, item.key) for item in listed if of[item.ref] is not item]
    moved = {(of[a].ref, of[b].ref) for a, b in twins if of[a] is not of[b]}
    moved |= {(b, a) for a, b in moved}
    group = {item.ref: [item.ref] for item in firsts.values()}
    for a, b in _pairs(list(firsts.values()), moved):
        # What is joined through others already need not be compared.
        if group[a.ref] is group[b.ref] or not alike(a, b, (a.ref, b.ref) in moved):
            continue
        links.append((a.key, b.key))
        small, large = sorted((group[a.ref], group[b.ref]), key=len)
        large += small
        group |= dict.fromkeys(small, large)
    return links


def _wording(item: Said, texts: Mapping[str, str]) -> tuple[object, ...]:
    """What makes two claims copies: the speaker, the direction and the words. Without a named speaker each stands
    alone, but in copies of one text."""
    claim, lang = item.claim, item.reading.article.lang
    source = item.source or (item.ref[0] in texts and (texts[item.ref[0]], item.speaker()))
    if not source:
        return (item.ref,)
    return source, claim.polarity, _family(claim), lang, item.text, item.stems, item.figures


def _pairs(listed: Sequence[Said], twins: set[tuple[Ref, Ref]]) -> Iterable[tuple[Said, Said]]:
    """Claims that may be one: the same speaker and direction, and a content word in common; or twins by reuse."""
    by_ref = {item.ref: item for item in listed}
    index: dict[tuple[str | None, str, str, str], list[Said]] = defaultdict(list)
    for item in listed:
        if item.source:
            for stem in item.stems or {""}:
                index[item.source, item.claim.polarity, _family(item.claim), stem].append(item)
    seen: set[tuple[Ref, Ref]] = set()
    for members in index.values():
        for a, b in itertools.combinations(members, 2):
            if (a.ref, b.ref) not in seen:
                seen.add((a.ref, b.ref))
                yield a, b
    for one, other in sorted(twins):
        a, b = by_ref[one], by_ref[other]
        if a.source == b.source and a.claim.polarity == b.claim.polarity and _family(a.claim) == _family(b.claim):
            yield a, b


def _family(claim: Claim) -> str:
    """Acts that state, admit or charge are one: desks vary the verb, not what was said."""
    return "assert" if claim.act in ("assert", "admit", "accuse") else claim.act


def _twins(readings: Sequence[Reading], shared: Sequence[Reuse]) -> set[tuple[Ref, Ref]]:
    """Pairs of claims that stand in two passages from one text."""
    by_id = {reading.id: reading for reading in readings}

    # Kept, because one passage may be shared with many articles.
    @functools.cache
    def held(passage: Passage) -> list[Ref]:
        reading = by_id[passage[0]]
        return [reading.ref(claim) for claim in overlapping(reading.claims, passage[1:])]

    return {pair for record in shared for pair in itertools.product(held(record.a), held(record.b))}


def _record(group: Sequence[Said], lineage: Lineage) -> Statement:
    refs = tuple(sorted(item.ref for item in group))
    shown = min(group, key=_preference)
    # Who only reports the withdrawal does not uphold what is withdrawn.
    taken = [item.taken for item in group if item.claim.id not in item.reading.withdrawing]
    withdrawn = min(some[0].ref for some in taken) if taken and all(taken) else None
    return Statement(
        id=digest("statement", *refs), claims=refs, shown=shown.ref, act=shown.claim.act, polarity=shown.claim.polarity,
        source=shown.source, texts=lineage.independent(group), first_sources=_firsts(group, lineage),
        withdrawn=withdrawn, withdrawn_too=_others(taken, withdrawn) if withdrawn else (),
    )  # fmt: skip


def _others(taken: Iterable[Sequence[Taken]], first: Ref) -> tuple[Ref, ...]:
    """By which records others took claims back than by the first, once for each who does so."""
    by = {one.ref: one.by for some in taken for one in some}
    found, known = list[Ref](), set(by.pop(first))
    for ref in sorted(by):
        if known.isdisjoint(by[ref]):
            found.append(ref)
            known |= by[ref]
    return tuple(found)


def _firsts(group: Sequence[Said], lineage: Lineage) -> tuple[str, ...]:
    """Whom the claims go back to: each named speaker, and of the unnamed one in each independent text."""
    named: set[str] = set()
    unnamed: dict[str, Said] = {}
    for item in sorted(group, key=lambda item: item.ref):
        for first, known in first_sources(item).items():
            if known:
                named.add(first)
            elif first and not any(lineage.independent([other, item]) == 1 for other in unnamed.values()):
                unnamed.setdefault(first, item)
    return tuple(sorted({*named, *unnamed}))


def _preference(item: Said) -> tuple[bool, bool, str, int, Ref]:
    """The claim to quote: the speaker's own words first, untranslated, the earliest, the fullest."""
    claim, article = item.claim, item.reading.article
    return claim.form != "direct", article.translated, article.published or "9999", -len(claim.text), item.ref


def first_sources(item: Said) -> dict[str, bool]:
    """Whom a claim goes back to, and whether that is a known one: where it relays others, them; else its speaker."""
    reading, queue, seen = item.reading, [item.claim], {item.claim.id}
    found: dict[str, bool] = {}
    while queue:
        claim = queue.pop()
        relayed = [c for c in reading.claims if claim.id in c.via and c.id not in seen]
        if relayed:
            seen |= {c.id for c in relayed}
            queue += relayed
        else:
            last = Said(reading, claim)
            found[last.speaker()] = last.source is not None
    return found
