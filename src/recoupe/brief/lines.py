"""Lines out of records: who says what through whom, and what an article states in its own name."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from ..model.records import DOUBTING, Claim, Event, Span, overlapping
from ..model.relations import Happening, Ref
from .index import Index
from .model import Line, Part
from .passages import Passage
from .telling import act_key, said, telling
from .wording import Parts, capital, fill, joined, own_words, with_language
from .words import namer, words_of

# A sentence of one voice is shown whole up to this length, a longer one by its clause.
WIDEST = 240
# Where a clause may begin or end.
CLAUSE = (", ", "; ", " - ", ": ")
# Where a sentence ends, by its punctuation (the account has no parse).
SENTENCE_END = re.compile(r"[.!?…][\"'”»“]? +(?=[\"«“]?[^\W\d_a-zà-ÿ])")
# A role shorter than this is a left-over determiner.
SHORTEST_ROLE = 5
# Fewer words than this tell no event.
FEWEST = 4
# A line names this many passages; the others are in its statement's records.
PASSAGES = 6


def line(
    index: Index, parts: Parts, refs: Iterable[Ref], spans: Sequence[Passage], sources: Iterable[str], texts: int = 0
) -> Line:
    """A line with its counts and its passages, one a text first."""
    distinct = list(dict.fromkeys(spans))
    cited = _cited(index, distinct)
    listed = tuple(dict.fromkeys(refs))
    return Line(
        parts=with_language(capital(parts), index),
        refs=listed,
        links=tuple(index.link(doc, span) for doc, span in cited[:PASSAGES]),
        support=index.support(distinct, sources, texts or None),
        machine=index.unread(listed),
    )


def _cited(index: Index, passages: Sequence[Passage]) -> list[Passage]:
    """One passage a paragraph, the first of each article before the second of any."""
    seen, turns, found = set[tuple[str, int]](), Counter[str](), []
    for doc, span in passages:
        place = doc, index.paragraph(doc, span[0])
        if place not in seen:
            seen.add(place)
            found.append((turns[doc], (doc, span)))
            turns[doc] += 1
    return [passage for _, passage in sorted(found, key=lambda one: one[0])]


def is_many(index: Index, doc: str, text: str) -> bool:
    """Whether a source is many, by its first words: what the verb agrees with."""
    words = words_of(index.words_of(doc))
    tokens = re.findall(r"\w+", index.words_of(doc).normal(text).lower())
    return bool(tokens) and (tokens[0] in words.plural_starts or any(t in words.plural_heads for t in tokens[:2]))


def source_label(index: Index, doc: str, claim: Claim) -> str:
    """Who a claim is credited to, as one label for counting; empty where nobody is named."""
    given = index.raw(doc, claim.source) if claim.source else ""
    if claim.source_entity is None or (given and not _known(index, doc, claim.source_entity)):
        return given
    return index.label_in(doc, claim.source_entity)


def credited(index: Index, claims: Iterable[Ref]) -> list[str]:
    """Who some claims are credited to, where somebody is named."""
    known = ((ref[0], claim) for ref in claims if (claim := index.claim(ref)) is not None)
    return [label for doc, claim in known if (label := source_label(index, doc, claim))]


def _known(index: Index, doc: str, slug: str) -> bool:
    """Whether an article names a referent, so that it has a spelling to be called by."""
    return index.entity(doc, slug) is not None or any(name.entity == slug for name in index.names(doc))


def who(index: Index, doc: str, claim: Claim) -> tuple[Parts, bool]:
    """Who speaks, and whether they are many: a person by name with the role as given, a body as the article calls
    it, an unnamed source in the article's words."""
    given = index.raw(doc, claim.source).strip() if claim.source else ""
    lang = index.by_id[doc].article.lang
    if claim.source_entity is None:
        if claim.source is None:
            return fill(index.reader, "brief.who.unsaid"), False
        if given.lower() in words_of(index.words_of(doc)).nobody:
            return fill(index.reader, "brief.who.unnamed"), False
        return (Part(given, "words", lang),), is_many(index, doc, given)
    entity = index.entity(doc, claim.source_entity)
    if given and not _known(index, doc, claim.source_entity):
        return (Part(given, "words", lang),), is_many(index, doc, given)
    label = index.label_in(doc, claim.source_entity)
    kind = entity.type if entity else next((n.type for n in index.names(doc) if n.entity == claim.source_entity), "")
    if kind == "PER":
        role = role_in(index, doc, claim)
        if role and not index.at_home(doc) and entity is not None and entity.id in _known_at_home(index):
            role = ()  # the articles of the reader's language give one in his
        name = Part(label, "name")
        return (fill(index.reader, "brief.who.role", name=(name,), role=role) if role else (name,)), False
    return _body(index, doc, claim, given)


def _known_at_home(index: Index) -> set[str]:
    """The people to whom some article of the reader's language gives a role."""
    if index.roled is None:
        index.roled = set()
        for doc in index.by_id:
            for claim in index.claims(doc) if index.at_home(doc) else []:
                entity = index.entity(doc, claim.source_entity) if claim.source_entity else None
                if entity is not None and entity.id not in index.roled and role_in(index, doc, claim):
                    index.roled.add(entity.id)
    return index.roled


def _body(index: Index, doc: str, claim: Claim, given: str) -> tuple[Parts, bool]:
    """A country or a body: in the article's words where these are the reader's language and no bare headline name,
    else by its name in the reader's language, else in the article's words, marked as these."""
    lang = index.by_id[doc].article.lang
    own = [name for name in index.names_in(doc, claim.source or (0, 0)) if claim.source]
    at_home = lang == index.reader.code
    if own and given and at_home and not namer(index.reader).is_name(given):
        return (Part(given, "name"),), is_many(index, doc, given)
    slug = claim.source_entity or ""
    if own and given:
        # "Moscow" stays a capital though it stands for its country; "the spokesman of …" is more than a name.
        rest = given.replace(own[0].text, "", 1).strip().lower()
        if rest and rest not in words_of(index.words_of(doc)).determiners:
            return (Part(given, "words", lang),), is_many(index, doc, given)
        slug = own[0].entity
    entity = index.entity(doc, slug)
    named = index.named(entity.slug if entity else slug)
    if named is not None:
        return (Part(named.subject, "name"),), named.many
    if given and not at_home:
        return (Part(given, "words", lang),), is_many(index, doc, given)
    if entity is None:
        label = given if own and given else index.label_in(doc, slug)
        return (Part(label, "name"),), is_many(index, doc, label)
    label = index.subject(entity.id)
    return (Part(label, "name"),), is_many(index, doc, label)


def points_back(index: Index, doc: str, text: str) -> bool:
    """Whether words begin with a possessive, so that they cannot be read without what stands before."""
    first = re.match(r"\W*(\w+)", text)
    return first is not None and first.group(1).lower() in words_of(index.words_of(doc)).possessives


def small(index: Index, doc: str, parts: Parts) -> Parts:
    """The parts with a small first letter where they begin with a determiner, as in the middle of a sentence."""
    first = re.match(r"\w+", parts[0].text) if parts else None
    if first is None or first.group().lower() not in words_of(index.words_of(doc)).determiners:
        return parts
    text = parts[0].text
    return (msgspec.structs.replace(parts[0], text=text[0].lower() + text[1:]), *parts[1:])


def role_in(index: Index, doc: str, claim: Claim) -> Parts:
    """The role of a person as this article gives it: what its fullest mention as a source has beside the name."""
    return index.once(("role", doc, claim.source_entity), lambda: _role(index, doc, claim))


def _role(index: Index, doc: str, claim: Claim) -> Parts:
    best = ""
    for other in index.claims(doc):
        if other.source is None or other.source_entity != claim.source_entity:
            continue
        names = [name for name in index.names_in(doc, other.source) if name.entity == claim.source_entity]
        if not names:
            continue
        text = index.raw(doc, other.source)
        start, end = names[0].start - other.source[0], names[0].end - other.source[0]
        sides = (text[:start].strip(" ,"), text[end:].strip(" ,"))
        role = max(sides, key=len)
        if points_back(index, doc, role) or not role[:1].isalpha():
            continue
        best = max(best, role, key=len)
    if len(best) < SHORTEST_ROLE:
        return ()
    return small(index, doc, (Part(best, "words", index.by_id[doc].article.lang),))


def through(index: Index, doc: str, claim: Claim) -> Parts:
    """The relay and the channel, in brackets."""
    known = {one.id: one for one in index.claims(doc)}
    relays = [known[one] for one in (*claim.via, claim.within or "") if one in known]
    asides: list[Parts] = []
    for relay in relays:
        if relay.source is not None and source_label(index, doc, relay) != source_label(index, doc, claim):
            asides.append(fill(index.reader, "brief.relay", who=small(index, doc, who(index, doc, relay)[0])))
    if claim.channel is not None:
        told = index.raw(doc, claim.channel)
        # "Dans un communiqué, …" began a sentence and stands in ours.
        first = re.match(r"\w+", told)
        if first is not None and first.group().lower() in words_of(index.words_of(doc)).prepositions:
            told = told[0].lower() + told[1:]
        words = (Part(told, "words", index.by_id[doc].article.lang),)
        asides.append(fill(index.reader, "brief.channel", channel=words))
    inside = joined(list(dict.fromkeys(asides)), index.reader.phrase("brief.between"))
    return fill(index.reader, "brief.aside", inside=inside) if inside else ()


def claim_line(index: Index, refs: Sequence[Ref], shown: Ref) -> Line:
    """The line of one claim that stands in `refs`, told by the one in `shown`."""
    doc = shown[0]
    claim = index.claim(shown)
    assert claim is not None
    name, many = who(index, doc, claim)
    key = act_key(index, doc, claim)
    if claim.form == "conditional" and claim.source is None:
        key = "conditional"
    aside = through(index, doc, claim)
    nobody = key == "assert" and claim.source is None and claim.source_entity is None
    if nobody or key in ("open", "conditional"):
        said_by = "brief.who.unsaid" if nobody else f"brief.act.{key}"
        act = (Part(index.reader.phrase(said_by, n=1), "act"),)
        parts = fill(index.reader, "brief.line.unsourced", act=act, words=said(index, doc, claim), aside=aside)
    else:
        parts = telling(index, shown, name, many, aside)
    statement = index.statement_of.get(shown)
    sources = [index.label(one) for one in statement.first_sources] if statement else []
    ordered = sorted(dict.fromkeys(refs), key=lambda ref: (ref != shown, index.numbers.get(ref[0], 0)))
    found = [(ref[0], one.span) for ref in ordered if (one := index.claim(ref)) is not None]
    if not sources:
        sources = [label for label in [source_label(index, doc, claim)] if label]
    whole = statement is not None and set(statement.claims) == set(refs)
    return line(index, parts, ordered, found, sources, statement.texts if statement and whole else 0)


def carried_by(index: Index, ref: Ref) -> list[Claim]:
    """The claims that an event stands in: those it names, and those whose words hold it."""
    event = index.event(ref)
    if event is None:
        return []
    around = overlapping(index.claims(ref[0]), event.span)
    return [claim for claim in index.claims(ref[0]) if claim.id in event.claims or claim in around]


def event_words(index: Index, ref: Ref) -> Span:
    """The words that tell an event: its sentence where that is short and nobody else speaks in it; otherwise its
    clause, which ends at the commas around its arguments and where someone's words begin, if it has its subject;
    else the whole sentence."""
    return index.once(("event", ref), lambda: _event_words(index, ref))


def _event_words(index: Index, ref: Ref) -> Span:
    event = index.event(ref)
    assert event is not None
    doc = ref[0]
    whole = start, end = sentence_at(index, doc, event.start)
    around = {claim.id for claim in carried_by(index, ref)}
    others = [c for c in overlapping(index.claims(doc), (start, end)) if c.id not in around]
    if not others and end - start <= WIDEST:
        return start, end
    for claim in others:
        if claim.end <= event.start:
            start = max(start, claim.end)
        elif event.end <= claim.start:
            end = min(end, claim.start, *(s[0] for s in (claim.cue, claim.source) if s and s[0] >= event.end))
    spans = [event.span, *(s for s in (event.actor, event.target, event.place, event.time_span) if s)]
    inside = [s for s in spans if start <= s[0] and s[1] <= end] or [event.span]
    first, last = min(s[0] for s in inside), max(s[1] for s in inside)
    text = index.words_of(doc).normal(index.by_id[doc].article.text)
    left = max(text.rfind(sign, start, first) + len(sign) for sign in CLAUSE)
    right = min((at for sign in CLAUSE if (at := text.find(sign, last, end)) >= 0), default=end)
    found = _ended(index, doc, _trimmed(text, max(start, left), right))
    if found[0] >= found[1]:
        return event.span
    # A whole sentence in which others speak is not the article's word: then the clause stays, which cannot stand alone.
    return found if others or _has_subject(index, doc, event, found, whole) else whole


def _ended(index: Index, doc: str, span: Span) -> Span:
    """A clause without the word that hands over to the next ("… et")."""
    last = re.search(r"\s(\w+)$", index.raw(doc, span))
    if last is not None and last.group(1).lower() in words_of(index.words_of(doc)).hanging:
        return span[0], span[0] + last.start()
    return span


def _has_subject(index: Index, doc: str, event: Event, span: Span, whole: Span) -> bool:
    """Whether a clause holds the event and who or what it is of before it, and begins its sentence or with these; or
    is its sentence."""
    if not span[0] <= event.start < span[1]:
        return False
    if span[0] <= whole[0] and span[1] + 1 >= whole[1]:
        return True
    subjects = [one[0] for one in (event.actor, event.target) if one and span[0] <= one[0] < event.start]
    if not subjects:
        return False
    before = re.findall(r"\w+", index.raw(doc, (span[0], min(subjects))).lower())
    return span[0] <= whole[0] or all(word in words_of(index.words_of(doc)).noun_starts for word in before)


def _hangs(index: Index, doc: str, clause: str) -> bool:
    """Whether a clause begins with a word that hangs it on what stands before."""
    first = re.match(r"\W*(\w+)", clause)
    return first is not None and first.group(1).lower() in words_of(index.words_of(doc)).hanging


def stands_alone(index: Index, ref: Ref) -> bool:
    """Whether the words that tell an event can be read without what stands before them: a sentence, or a clause with
    its subject, that points back at nothing and asks nothing."""
    doc, span, event = ref[0], event_words(index, ref), index.event(ref)
    if event is None or not _has_subject(index, doc, event, span, sentence_at(index, doc, event.start)):
        return False
    told = index.words_of(doc).normal(index.raw(doc, span)).strip()
    bare = told.lstrip('"( ')
    begins = span[0] == sentence_at(index, doc, span[0])[0]
    if told.count('"') % 2 or told.endswith("?") or points_back(index, doc, told) or span[1] - span[0] > WIDEST:
        return False
    whole = bare[:1].isupper() or bare[:1].isdigit() if begins else not _hangs(index, doc, told)
    return whole and len(re.findall(r"\w+", told)) >= FEWEST


def _trimmed(text: str, start: int, end: int) -> Span:
    """A span without the spaces and stops at its ends."""
    while start < end and text[start] in " ,;:.)":
        start += 1
    while end > start and text[end - 1] in " ,;:":
        end -= 1
    return start, end


def sentence_at(index: Index, doc: str, offset: int) -> Span:
    """The sentence that holds an offset, by its punctuation (the account has no parse)."""
    return index.once(("sentence", doc, offset), lambda: _sentence(index, doc, offset))


def _sentence(index: Index, doc: str, offset: int) -> Span:
    block = index.block_at(doc, offset)
    if block is None:
        return offset, offset + 1
    text = index.raw(doc, block.span)
    start = 0
    for stop in SENTENCE_END.finditer(text):
        if block.start + stop.end() > offset:
            end = stop.start() + 1
            break
        start = stop.end()
    else:
        end = len(text.rstrip())
    return block.start + start, block.start + max(end, start + 1)


def happening_key(happening: Happening) -> str:
    """The phrase of a kind of happening: of a strike by its means, where these are known."""
    by_means = happening.type == "strike" and happening.means not in (None, "unknown")
    return f"{happening.type}_{happening.means}" if by_means else happening.type


def happening_label(index: Index, happening: Happening) -> Parts:
    """What kind of happening it is and where, in our words."""
    kind = index.reader.phrase(f"brief.event.{happening_key(happening)}")
    if happening.place is None:
        return (Part(kind),)
    return fill(index.reader, "brief.placed", what=kind, place=(Part(index.label(happening.place), "name"),))


def voices(index: Index, refs: Sequence[Ref]) -> list[str]:
    """The labels of those who say that an event happened; an article in its own name is no first source, nor is who
    denies it or leaves it open."""
    given = ((ref[0], claim) for ref in refs for claim in carried_by(index, ref) if claim.act not in DOUBTING)
    return [label for doc, claim in given if (label := source_label(index, doc, claim))]


def doubted(index: Index, ref: Ref) -> bool:
    """Whether an event is told only by those who deny it or leave it open."""
    carriers = carried_by(index, ref)
    return bool(carriers) and all(claim.act in DOUBTING for claim in carriers)


def event_line(
    index: Index, refs: Sequence[Ref], shown: Ref, labelled: Happening | None = None, ahead: bool = False
) -> Line:
    """The line of what articles state in their own name; of a happening for the timeline with its label, and of one
    that is only announced or feared with both."""
    doc = shown[0]
    words = own_words(index, doc, [event_words(index, shown)])
    ordered = sorted(dict.fromkeys(refs), key=lambda ref: (ref != shown, index.numbers.get(ref[0], 0)))
    spans = [(ref[0], event_words(index, ref)) for ref in ordered if isinstance(index.record(ref), Event)]
    texts, _ = index.texts([(ref[0], event_words(index, ref)) for ref in ordered if not doubted(index, ref)])
    if labelled is not None and not ahead:
        carrier = min(carried_by(index, shown), key=lambda c: (c.source is None, c.end - c.start), default=None)
        if carrier is not None:
            telling = claim_line(index, [(doc, carrier.id)], (doc, carrier.id))
            parts = fill(index.reader, "brief.line.ahead", label=happening_label(index, labelled), told=telling.parts)
            refs_told = [(doc, carrier.id), *ordered]
            return line(index, parts, refs_told, [(doc, carrier.span), *spans[1:]], voices(index, ordered), texts)
        parts = fill(index.reader, "brief.line.moment", label=happening_label(index, labelled), words=words)
    else:
        parts = fill(index.reader, "brief.line.outlet", words=words, n=len({ref[0] for ref in ordered}))
        if labelled is not None:
            parts = fill(index.reader, "brief.line.ahead", label=happening_label(index, labelled), told=parts)
    return line(index, parts, ordered, spans, voices(index, ordered), texts)
