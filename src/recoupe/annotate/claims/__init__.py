"""Finds claims: who says what, in which way, how surely."""

import msgspec

from ...model.records import TEXT_KINDS, AnyRecord, Claim, Name, Span, Time, identified
from ..draft import Draft
from ..shelf import Shelf
from ..tree import Tree
from .conditional import reported
from .contents import Frames
from .cues import verb_cues
from .expressions import Expressions
from .found import Found, Speaker
from .gapped import gapped
from .lexicon import Lexicon, lexicon
from .lists import introduces, item
from .nouns import NounCues
from .passage import Passage, lowered
from .phrases import Phrases
from .quotes import doubled
from .readings import form_of, read
from .relays import relays
from .sources import Referents, channel_of
from .speakers import Reader
from .speech import adopted, after_colon, goes_on, headline, quoted_only
from .unverified import unverified

NEAR = 12  # characters between the start of an object and the noun of speech that heads it: an article, an adjective


class Claims:
    """Cues by the lexicon, direct speech by its quotation marks, extents by the parse, sources by coreference."""

    name = "claims"
    version = "3"
    needs: tuple[str, ...] = ("block", "time", "name")
    gives = "claim"
    parsed = True

    def __call__(self, draft: Draft) -> list[AnyRecord]:
        """The article's claims, in text order, with the links between them."""
        lex = lexicon(draft.pack)
        times = Shelf(draft.layer(Time), lambda time: [time.span])
        named = sorted(draft.layer(Name), key=lambda name: name.start)
        names = Shelf(named, lambda name: [name.span])
        found: list[Found] = []
        last: Found | None = None
        orphan: Passage | None = None
        opened: Found | None = None
        text = doubled(draft.text)
        expressions = lex.expressions.within(lowered(text))
        for tree in draft.trees:
            if tree.kind not in TEXT_KINDS or not tree.nodes:
                continue
            passage = _passage(tree, draft, lex, text, expressions)
            span = tree.start, tree.end
            claims = _told(passage, times.near(span), names.near(span), last, orphan)
            listed = item(passage, opened) if opened is not None else None
            claims += [listed] if listed is not None and not claims else []
            if listed is None:
                opened = introduces(passage, times.near(span), names.near(span))
            found += claims
            orphan = passage if not claims and quoted_only(passage) else None
            speech = [claim for claim in claims if claim.speech]
            last = max(speech, key=lambda claim: claim.parts[-1]) if speech else None
        return list(_records(found, draft, Referents(draft, lex, named, names))) if found else []


def _passage(tree: Tree, draft: Draft, lex: Lexicon, text: str, expressions: Expressions) -> Passage:
    """A paragraph to be walked, laid over the article as its tree is."""
    start, passage = tree.once("passage", lambda: (tree.start, Passage(tree, draft, lex, text, expressions)))
    return passage.at(text, tree.start - start)


def _told(
    passage: Passage, times: list[Time], names: list[Name], last: Found | None, orphan: Passage | None
) -> list[Found]:
    """The claims of one paragraph, read once for the same names and times where no paragraph before has a say."""
    if orphan is not None or (last is not None and passage.quotes):
        return paragraph(passage, times, names, last, orphan)
    first, end = passage.tree.start, passage.tree.end
    dated = tuple((time.start - first, time.end - first) for time in times if time.start < end and first < time.end)
    named = tuple((n.start - first, n.end - first, n.type, n.entity) for n in names if first <= n.start < end)
    key = "claims", dated, named  # nothing else of names and times is read
    start, claims = passage.tree.once(key, lambda: (first, paragraph(passage, times, names, None, None)))
    return [claim.moved(passage, first - start) for claim in claims]


def paragraph(
    passage: Passage, times: list[Time], names: list[Name], last: Found | None, orphan: Passage | None
) -> list[Found]:
    """The claims of one paragraph; `last` is the direct speech that the paragraph before ended with, `orphan` the
    paragraph before where it is a quotation that nobody is said to speak."""
    reader = Reader(passage, times, names)
    cues = verb_cues(passage)
    frames = Frames(passage, reader, cues)
    claims: list[Found] = []
    for cue in cues:
        claims += [claim for claim in frames.claims(cue) if not _echo(passage, claim)]
    _narrated(claims, last)
    phrases = Phrases(passage, reader, frames).claims(claims) + NounCues(passage, reader, frames).claims()
    starts = {part[0] for claim in claims for part in claim.parts}
    named = [part for claim in claims if claim.naming for part in claim.parts]
    unchecked = unverified(passage, reader, frames)
    claims = _apart(claims, unchecked)
    phrases += unchecked
    phrases = [
        claim for claim in phrases
        if not (claim.noun and claim.parts and (claim.start in starts or any(a < claim.start < b for a, b in named)))
    ]  # fmt: skip
    spoken = [claim for claim in phrases if claim.speaker is None]
    if phrases:
        _opened(passage, claims, [claim for claim in phrases if claim not in unchecked])
    claims = _apart(claims, spoken) + phrases
    claims = _heard_from(passage, reader, claims)
    claims += gapped(passage, reader, claims, times)
    claims += relays(passage, reader, cues, claims)
    claims += headline(passage, reader, claims)
    claims += after_colon(passage, reader, claims)
    claims += goes_on(passage, reader, claims, last)
    claims += reported(passage, frames, claims)
    if orphan is not None:
        claims += adopted(orphan, passage, reader, cues, claims)
    return _credited(claims, times, reader)


def _narrated(claims: list[Found], last: Found | None) -> None:
    """The speaker before goes on in an infinitive without a subject ("Et d'ajouter : « … »")."""
    for claim in claims:
        if claim.speaker is None and claim.narrates:
            earlier = [
                each for each in claims if each.cue and claim.cue and each.cue[0] < claim.cue[0] and each.speaker
            ]
            host = earlier[-1] if earlier else last
            claim.speaker = host.speaker if host is not None else None


def _trimmed(passage: Passage, part: Span) -> Span:
    """Content without blanks and commas at its edges and without its final full stop."""
    start, end = part
    text = passage.text
    while start < end and text[start] in " ,;:.-":
        start += 1
    while end > start and text[end - 1] in " ,;:.-":
        end -= 1
    return _balanced(passage, (start, end)) if start < end else part


def _balanced(passage: Passage, part: Span) -> Span:
    """Content with both marks of a quotation at its edge that does not fill it, so that none stands alone inside."""
    start, end = part
    for quote in passage.quotes:
        if quote.closed and quote.start == start and quote.outer[1] < end:
            start = quote.outer[0]
        if quote.closed and quote.end == end and start < quote.outer[0]:
            end = quote.outer[1]
    return start, end


def _meet(cue: Span | None, other: Span) -> bool:
    return cue is not None and cue[0] < other[1] and other[0] < cue[1]


def _apart(claims: list[Found], others: list[Found]) -> list[Found]:
    """The claims whose cue shares nothing with the cues of others."""
    cues = [other.cue for other in others if other.cue is not None]
    return [claim for claim in claims if not any(_meet(claim.cue, cue) for cue in cues)] if cues else claims


def _opened(passage: Passage, claims: list[Found], phrases: list[Found]) -> None:
    """What is denied, admitted or blamed in "a rejeté l'idée selon laquelle P" is P, not the idea. A verb that only
    bears its noun ("a exprimé la crainte que") is no claim of its own."""
    borne = [claim.cue for claim in phrases if claim.borne and claim.cue is not None]
    claims[:] = [
        claim for claim in claims
        if not any(_meet(claim.cue, cue) and claim.parts[0][0] >= claim.cue[1] for cue in borne if claim.cue)
    ]  # fmt: skip
    for claim in claims:
        for inner in phrases:
            if inner.cue is None or claim.cue is None or claim.act == "request" or inner.borne:
                continue
            if claim.cue[0] > inner.cue[0]:
                continue
            start = claim.parts[0][0]
            verbal = any(node.pos == "VERB" for node in passage.between(start, inner.cue[0]))
            if not verbal and start <= inner.cue[0] <= start + NEAR and inner.parts and inner.cue[1] <= inner.start:
                claim.parts = list(inner.parts)
                break


def _echo(passage: Passage, claim: Found) -> bool:
    """Whether a cue stands inside someone's quotation: their words, not a new claim (an aside is one)."""
    assert claim.cue is not None
    quote = passage.quote_at(claim.cue[0])
    if quote is None:
        return False
    return not any(part[0] == quote.start for part in claim.parts)


def _credited(claims: list[Found], times: list[Time], reader: Reader) -> list[Found]:
    """Without claims whose subject is no speaker (pictures, happenings), or that repeat another."""
    kept: list[Found] = []
    seen = set()
    timed = {time.span for time in times} if claims else set()
    for claim in claims:
        head = claim.speaker.head if claim.speaker else None
        if claim.speaker is not None and claim.speaker.span in timed:
            continue
        if claim.speaker is None and claim.mute:
            continue
        mute = claim.passage.lex.words.speakers.not_speakers
        if head is not None and head.tree is claim.passage.tree and claim.passage.words[head.i] in mute:
            continue
        if claim.speaker is not None and not claim.speech and reader.thing(claim.speaker):
            continue
        key = (claim.cue, tuple(claim.parts), claim.speaker.span if claim.speaker else None)
        if key not in seen:
            seen.add(key)
            kept.append(claim)
    return kept


def _records(found: list[Found], draft: Draft, referents: Referents) -> list[Claim]:
    """Records with ids, nested ones pointing outward and relays inward."""
    records: list[tuple[Found, Claim]] = []
    for claim in sorted(found, key=lambda claim: (claim.cue or claim.parts[0])[0]):
        for speaker in [claim.speaker, *claim.extra]:
            records.append((claim, _record(claim, speaker, referents, draft)))
    shelf = Shelf(records, lambda pair: (pair[1].span, *pair[1].more))
    linked = [_linked(claim, record, shelf) for claim, record in records]
    by_id = {record.id: record for record in reversed(linked)}
    linked = [record for record in linked if not _own_mind(record, by_id, draft, referents.lex)]
    return sorted(linked, key=lambda record: (record.start, record.end))


def _heard_from(passage: Passage, reader: Reader, claims: list[Found]) -> list[Found]:
    """The source named beside a verb whose subject is nobody in particular ("on apprend de source policière que")."""
    nobody = passage.lex.words.speakers.nobody
    dropped: list[Found] = []
    for claim in claims:
        if claim.speaker is None or claim.cue is None or claim.around:
            continue
        start, end = claim.speaker.span
        if passage.text[start:end].lower() not in nobody:
            continue
        unit = passage.unit_at(claim.cue[0])
        named = [
            other for other in claims
            if other.around and other.cue and other.speaker and unit[0] <= other.cue[0] < unit[1]
            and not any(a <= other.cue[0] < b for a, b in claim.parts)
        ]  # fmt: skip
        if named:
            claim.speaker, claim.extra = named[0].speaker, named[0].extra
            dropped.append(named[0])
            continue
        i = max(passage.index(claim.cue[1]), passage.index(claim.speaker.span[1]))
        if i + 1 < len(passage.nodes) and passage.nodes[i].pos == "ADP" and passage.nodes[i].start < unit[1]:
            where = reader.inverted(i + 1, unit[1])
            if where is not None and where.span[0] == passage.nodes[i + 1].start and reader.plausible(where):
                claim.speaker = where  # "indique-t-on à l'état-major", "lit-on dans le communiqué"
    return [claim for claim in claims if not any(claim is each for each in dropped)]


def _own_mind(record: Claim, by_id: dict[str, Claim], draft: Draft, lex: Lexicon) -> bool:
    """Whether a claim only repeats its holder's mind from inside: "Minsk a déclaré qu'elle s'attend à …"."""
    holder = by_id.get(record.within) if record.within is not None else None
    if holder is None or record.source is None or record.act not in ("expect", "commit", "question"):
        return False
    if record.source_entity is None and draft.raw(record.source).lower() not in lex.pronouns:
        return False
    return holder.source_entity == record.source_entity


def _record(claim: Found, speaker: Speaker | None, referents: Referents, draft: Draft) -> Claim:
    passage = claim.passage
    entity = referents.resolve(speaker, claim)
    claim.entity = entity
    official, expert, end = referents.official(speaker), referents.expert(speaker, entity), passage.tree.end
    asked = entity, official, expert, passage.text[end : end + 1]
    if asked not in claim.said:
        claim.said[asked] = read(claim, official, expert)
    act, polarity, certainty = claim.said[asked]
    parts = sorted({_trimmed(passage, part) for part in claim.parts})
    record = Claim(
        start=parts[0][0], end=parts[0][1], text=draft.raw(parts[0]),
        source=speaker.span if speaker else None, source_entity=entity, cue=claim.cue, more=tuple(parts[1:]),
        form=form_of(claim), act=act, polarity=polarity, certainty=certainty, channel=channel_of(claim, passage),
    )  # fmt: skip
    return identified(record, draft.article)


def _linked(claim: Found, record: Claim, shelf: Shelf[tuple[Found, Claim]]) -> Claim:
    """The record with `within` (the smallest claim whose content holds its cue) and `via` (its relays)."""
    holders = [
        other for each, other in (shelf.near(record.cue) if record.cue is not None else ())
        if each is not claim and other.id != record.id and record.cue is not None
        and any(a <= record.cue[0] and record.cue[1] <= b for a, b in [other.span, *other.more])
    ]  # fmt: skip
    within = min(holders, key=lambda other: other.end - other.start).id if holders else None
    via: tuple[str, ...] = ()
    if not claim.relay:
        via = tuple(
            other.id for each, other in shelf.near(record.span)
            if each is not claim and each.relay and other.span == record.span and other.id != record.id
        )  # fmt: skip
    return msgspec.structs.replace(record, within=within, via=via) if within or via else record


__all__ = ["Claims"]
