"""Disputes side by side: each answer once, with all who give it and the words of one of them."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from ..lang import available, pack
from ..model import hand as hands
from ..model.records import UNGIVEN, Claim, Event, Figure, overlapping
from ..model.relations import Answer, Dispute, Happening, Ref, Story
from .dates import clock, instant
from .figures import carrying, figure_title
from .index import Index
from .lines import claim_line, event_words, happening_label, line, points_back, small, source_label
from .model import Column, Disagreement, Line, Part, Settled
from .reasons import Counted, reasons
from .strands import Strand, happenings_of, strand_of, strand_with
from .telling import content
from .voices import below_headlines, clearest, doubting, speaker, voiced
from .wording import Parts, capital, fill, interval, joined, own_words, vague

# A disputed number leads with so many of its answers.
VALUES = 4


def disagreements(index: Index, story: Story, found: Sequence[Strand] = ()) -> list[Disagreement]:
    """The disputes of a story, those with the most independent texts first; `found` are its main happenings."""
    made = [_disagreement(index, one, ids, found) for one, ids in _asked(index, story, found)]
    opposed = {"opposed": 0, "compatible": 1}
    return sorted(
        (one for one in made if len(one.columns) > 1),
        key=lambda one: (opposed[one.relation], -one.question.support.texts, one.question.refs),
    )


def _asked(index: Index, story: Story, found: Sequence[Strand]) -> list[tuple[Dispute, tuple[str, ...]]]:
    """The disputes of a story with the ids of those they are made of: numbers that count the same in one main
    happening, with an answer in common, are one, which the relations keep apart where other words or languages tell."""
    made: list[tuple[tuple[int, str, str | None] | None, Dispute, tuple[str, ...]]] = []
    here = [one for one in index.relations.disputes if _belongs(one, story)]
    known_ones = (one for one in here if any(answer.doc in index.by_id for answer in one.answers))
    for one in sorted(known_ones, key=lambda one: one.id):
        key = _counting(index, one, found)
        known = {(answer.low, answer.high) for answer in one.answers}
        # An answer in common says that it is one question; another strike of that day has numbers of its own.
        same = [
            i
            for i, (k, other, _) in enumerate(made)
            if k == key and any((a.low, a.high) in known for a in other.answers)
        ]
        if key is None or not same:
            made.append((key, one, (one.id,)))
            continue
        _, other, ids = made[same[0]]
        relation = "opposed" if "opposed" in (one.relation, other.relation) else one.relation
        whole = msgspec.structs.replace(other, answers=(*other.answers, *one.answers), relation=relation)
        made[same[0]] = key, whole, (*ids, one.id)
    return [(one, ids) for _, one, ids in made]


def _counting(index: Index, dispute: Dispute, found: Sequence[Strand]) -> tuple[int, str, str | None] | None:
    """What a dispute counts, whose, in which main happening; None where it is in none."""
    for answer in dispute.answers:
        figure = _figure(index, answer) if dispute.kind == "number" and answer.doc in index.by_id else None
        ref = (answer.doc, figure.id) if figure is not None else None
        asked = index.question_of.get(ref) if ref else None
        if asked is not None and (i := strand_with(found, asked.happening)) >= 0:
            return i, asked.measure, asked.party
    return None


def summed(index: Index, found: Disagreement) -> Line:
    """A disputed number as a lead fact: what is counted, and the answers that most texts give, side by side."""
    asked = found.question.parts[:-1] if found.question.parts[-1].kind == "ours" else found.question.parts
    exact = [column for column in found.columns if not column.vague] or found.columns
    most = sorted(exact, key=lambda one: -sum(line.support.texts for line in one.lines))[:VALUES]
    values = ["".join(part.text for part in column.head) for column in found.columns if column in most]
    listed = index.reader.phrase("brief.between").join(values)
    key = "counted_of" if len(found.columns) > len(values) else "counted"
    parts = fill(index.reader, f"brief.line.{key}", title=asked, values=listed, n=len(found.columns))
    names = dict.fromkeys(
        one for column in found.columns for line in column.lines for one in line.support.first_sources
    )
    support = msgspec.structs.replace(found.question.support, first_sources=tuple(names))
    return msgspec.structs.replace(found.question, parts=capital(parts), support=support)


def disputed_figures(index: Index, story: Story) -> set[Ref]:
    """The figures that stand in the number disputes of a story, with equal ones that answer the same questions."""
    found = set[Ref]()
    for dispute in index.relations.disputes:
        if dispute.kind == "number" and _belongs(dispute, story) and len({one.group for one in dispute.answers}) > 1:
            for answer in dispute.answers:
                if answer.doc in index.by_id and (figure := _figure(index, answer)) is not None:
                    found.add((answer.doc, figure.id))
    for question in {one.id: one for ref in found if (one := index.question_of.get(ref)) is not None}.values():
        same = {_value(index, ref) for ref in question.figures if ref in found}
        found.update(ref for ref in question.figures if _value(index, ref) in same)
    return found


def _value(index: Index, ref: Ref) -> tuple[object, ...] | None:
    figure = index.figure(ref)
    return (figure.low, figure.high, figure.strict, figure.approx) if figure is not None else None


def _belongs(dispute: Dispute, story: Story) -> bool:
    if dispute.story is not None:
        return dispute.story in (story.id, story.story)
    return any(answer.doc in story.docs for answer in dispute.answers)


def _disagreement(index: Index, dispute: Dispute, ids: tuple[str, ...], found: Sequence[Strand]) -> Disagreement:
    known = [answer for answer in dispute.answers if answer.doc in index.by_id]
    if dispute.kind == "number":
        columns, why = _numbers(index, dispute, known)
    else:
        groups: dict[int, list[Answer]] = defaultdict(list)
        for answer in known:
            groups[answer.group].append(answer)
        columns = [
            Column(head=_head(index, dispute, answers), lines=tuple(_lines(index, answers)))
            for _, answers in sorted(groups.items())
        ]
        why = _why(index, dispute, known)
    refs = [ref for column in columns for one in column.lines for ref in one.refs]
    spans = [(answer.doc, (answer.start, answer.end)) for answer in known]
    figures = [(answer.doc, figure.id) for answer in known if (figure := _figure(index, answer)) is not None]
    told = happenings_of(index, figures or refs)
    told.update(one.happening for ref in figures if (one := index.question_of.get(ref)) is not None and one.happening)
    i = -1 if _about_truce(index, dispute) else strand_of(found, told)
    asked = _question(index, dispute, found[i] if i >= 0 else None)
    return Disagreement(
        question=line(index, asked, refs, spans, ()),
        columns=tuple(columns),
        kind=dispute.kind,
        relation=dispute.relation,
        why=why,
        strand=i,
        ids=ids,
        settled=tuple(_settled(index, one) for each in ids for one in index.hand.settled.get(each, ())),
    )


def _settled(index: Index, found: hands.Settled) -> Settled:
    moment = instant(found.review.at[:16])
    at = clock(moment, index.reader) if moment else found.review.at
    return Settled(who=found.review.who, at=at, note=found.review.note, since=found.since)


def _numbers(index: Index, dispute: Dispute, answers: Sequence[Answer]) -> tuple[list[Column], str]:
    """One column for each interval, vague ones last, all who give it in one row."""
    groups: dict[tuple[object, ...], list[Answer]] = defaultdict(list)
    for answer in answers:
        figure = _counted(index, answer)
        groups[figure.low, figure.high, figure.strict, figure.approx].append(answer)
    found = [(_counted(index, some[0]), some) for some in groups.values()]
    found.sort(
        key=lambda one: (vague(one[0]), one[0].low if one[0].low is not None else one[0].high or 0, one[0].high or 0)
    )
    columns = [
        Column(head=(Part(interval(figure, index.reader)),), lines=(_given(index, some),), vague=vague(figure))
        for figure, some in found
    ]
    rows = [
        Counted(interval(figure, index.reader), figure, tuple(_origin(index, a) for a in some))
        for figure, some in found
    ]
    return columns, reasons(index, rows)


def _given(index: Index, answers: Sequence[Answer]) -> Line:
    """Who gives a number, and who denies it, leaves it open or fears it, who is none of its sources."""
    made = _joint(index, answers)
    figures = [(answer.doc, figure.id) for answer in answers if (figure := _figure(index, answer)) is not None]
    asked = [one for ref in figures if (one := index.question_of.get(ref)) is not None]
    equal = {_value(index, ref) for ref in figures}
    alike = (ref for one in asked for ref in one.figures if ref[0] in index.by_id and _value(index, ref) in equal)
    carried = [(ref[0], claim.id) for ref in dict.fromkeys((*figures, *alike)) for claim in carrying(index, ref)]
    doubts = doubting(index, carried)
    if not doubts:
        return made
    refs = [ref for ref in carried if (claim := index.claim(ref)) is not None and claim.act in UNGIVEN]
    linked = [index.link(ref[0], claim.span) for ref in refs if (claim := index.claim(ref)) is not None]
    return msgspec.structs.replace(
        made,
        parts=joined([made.parts, doubts], index.reader.phrase("brief.between")),
        refs=tuple(dict.fromkeys((*made.refs, *refs))),
        links=(*made.links, *(link for link in dict.fromkeys(linked) if link not in made.links)),
    )


def _origin(index: Index, answer: Answer) -> tuple[Ref | None, Ref | None, str]:
    """The figure, the claim and the article of an answer."""
    figure = _figure(index, answer)
    claim = _claim(index, answer)
    return (answer.doc, figure.id) if figure else None, (answer.doc, claim.id) if claim else None, answer.doc


def _counted(index: Index, answer: Answer) -> Figure:
    """The figure of an answer; one made of its interval where no record is left of it."""
    return _figure(index, answer) or Figure(start=0, end=0, text=answer.text, low=answer.low, high=answer.high)


def _why(index: Index, dispute: Dispute, answers: Sequence[Answer]) -> str:
    """Why the answers of yes and no, or of blame, differ."""
    if dispute.kind == "blame":
        places = defaultdict[int, set[str]](set)
        for answer in answers:
            happening = _happening(index, answer)
            places[answer.group].add(happening.place or "" if happening else "")
        one = set.union(*places.values()) if places else set()
        return index.reader.phrase(f"brief.why.{'blame' if len(one) == 1 and '' not in one else 'blame_places'}")
    return index.reader.phrase(dispute.why) if dispute.why else ""


def _question(index: Index, dispute: Dispute, strand: Strand | None) -> Parts:
    """The question as it is asked in the reader's language; asked in another it is asked anew from the records."""
    first = next(answer for answer in dispute.answers if answer.doc in index.by_id)
    if dispute.kind == "number":
        figure = _figure(index, first)
        if figure is not None:
            return fill(
                index.reader, "brief.question.number", title=figure_title(index, (first.doc, figure.id), strand)
            )
    if dispute.kind == "denial" and not _about_truce(index, dispute):
        return fill(index.reader, "brief.question.denial", what=_denied(index, dispute))
    if dispute.kind == "denial":
        return (Part(index.reader.phrase("brief.question.kept")),)
    if _language(index, dispute) == index.reader.code and " " in dispute.question:
        return (Part(dispute.question),)
    happening = next((h for a in dispute.answers if (h := _happening(index, a)) is not None), None)
    if happening is not None:
        return fill(index.reader, "brief.question.blame", what=happening_label(index, happening))
    words = own_words(index, first.doc, [(first.start, first.end)], longest=140)
    return fill(index.reader, f"brief.question.{dispute.kind}", what=words)


def _denied(index: Index, dispute: Dispute) -> Parts:
    """What is asked whether it is so: what one side says, in the shortest whole words that tell it."""
    known = [answer for answer in dispute.answers if answer.doc in index.by_id]
    sides = [answer for answer in known if answer.group == known[0].group]
    claims = [(answer.doc, answer.claim) for answer in sides if answer.claim and _claim(index, answer)]
    whole = [ref for ref in claims if _whole(index, ref)] or claims
    if whole:
        shown = clearest(index, whole)
        claim = index.claim(shown)
        assert claim is not None
        return own_words(index, shown[0], [claim.span, *claim.more], longest=140)
    return own_words(index, sides[0].doc, [(sides[0].start, sides[0].end)], longest=140)


def _whole(index: Index, ref: Ref) -> bool:
    """Whether the words of a claim are a statement that can be asked about, and no infinitive or pronoun's."""
    claim = index.claim(ref)
    assert claim is not None
    if points_back(index, ref[0], claim.text):
        return False
    return content(index, ref[0], claim).shape == "that" or claim.text[:1].isupper()


def _about_truce(index: Index, dispute: Dispute) -> bool:
    """Whether a denial is one of a truce's breach: it answers what a side says of keeping it."""
    kept = {one.claim for truce in index.relations.truces for one in truce.answers if one.stance == "kept"}
    return any(answer.claim and (answer.doc, answer.claim) in kept for answer in dispute.answers)


def _language(index: Index, dispute: Dispute) -> str:
    """The language a question is worded in: that of most of the articles that answer, ties by its code."""
    langs = Counter(index.by_id[doc].article.lang for doc in {a.doc for a in dispute.answers} if doc in index.by_id)
    return min(langs, key=lambda code: (-langs[code], code), default="")


def _happening(index: Index, answer: Answer) -> Happening | None:
    events = overlapping(index.layer(answer.doc, Event), (answer.start, answer.end))
    found = (index.happening_of.get((answer.doc, event.id)) for event in events)
    return next((one for one in found if one is not None), None)


def _head(index: Index, dispute: Dispute, answers: Sequence[Answer]) -> Parts:
    """What this column answers: the words for whom it blames, or yes and no to the question."""
    first = answers[0]
    for code in available():
        for key in ("yes", "no"):
            if first.says == pack(code).phrase(f"relate.{key}"):
                return (Part(index.reader.phrase(f"brief.says.{key}")),)
    if dispute.kind == "blame" and first.says:
        known = next((one.id for one in index.relations.entities if one.label == first.says), None)
        said: Parts = (Part(index.subject(known), "name"),) if known else ()
        said = said or small(index, first.doc, (Part(first.says, "words", index.by_id[first.doc].article.lang),))
        return fill(index.reader, "brief.says.blames", who=said)
    return capital((Part(first.says),)) if first.says else fill(index.reader, "brief.says.other")


def _figure(index: Index, answer: Answer) -> Figure | None:
    inside = overlapping(index.layer(answer.doc, Figure), (answer.start, answer.end))
    return next((figure for figure in inside if (figure.low, figure.high) == (answer.low, answer.high)), None)


def _claim(index: Index, answer: Answer) -> Claim | None:
    return index.claim((answer.doc, answer.claim)) if answer.claim else None


def _lines(index: Index, answers: Sequence[Answer]) -> list[Line]:
    """One line per speaker, in the reader's language where some article is; articles in their own name in one."""
    groups: dict[object, list[Answer]] = defaultdict(list)
    for answer in sorted(answers, key=lambda one: not index.at_home(one.doc)):
        claim = _claim(index, answer)
        groups[speaker(index, (answer.doc, claim.id)) if claim else ""].append(answer)
    made = [_line(index, group) for key, group in groups.items() if key]
    made.sort(key=lambda one: -one.support.texts)
    return [*made, *(_joint(index, group) for key, group in groups.items() if not key)]


def _line(index: Index, answers: Sequence[Answer]) -> Line:
    """What one speaker answers, told by the shortest words that tell it."""
    claims = [(answer.doc, answer.claim) for answer in answers if answer.claim and _claim(index, answer)]
    same = [ref for one in claims if (known := index.statement_of.get(one)) for ref in known.claims if index.claim(ref)]
    return claim_line(index, [*claims, *same], clearest(index, claims))


def _joint(index: Index, answers: Sequence[Answer]) -> Line:
    """One answer of several: who gives it, and the words of one of them. All its passages are linked."""
    claims = [(answer.doc, answer.claim) for answer in answers if answer.claim and _claim(index, answer)]
    if claims and len({speaker(index, ref) for ref in claims}) == 1 and len(claims) == len(answers):
        return (
            _line(index, answers) if speaker(index, claims[0]) else claim_line(index, claims, clearest(index, claims))
        )
    own = [answer for answer in answers if not answer.claim or _claim(index, answer) is None]
    if claims:
        shown = clearest(index, claims)
        claim = index.claim(shown)
        assert claim is not None
        words, doc = own_words(index, shown[0], [claim.span, *claim.more], claim.form == "direct"), shown[0]
    else:
        doc = min(own, key=lambda one: (not index.at_home(one.doc), one.end - one.start)).doc
        words = _own(index, next(answer for answer in own if answer.doc == doc))
    giving = below_headlines(index, claims)
    voices = voiced(index, giving, [answer.doc for answer in own])
    refs = [*claims, *(ref for answer in own for ref in _refs(index, answer))]
    spans = [(answer.doc, (answer.start, answer.end)) for answer in sorted(answers, key=lambda one: one.doc != doc)]
    labels = [label for ref in giving if (one := index.claim(ref)) and (label := source_label(index, ref[0], one))]
    return line(index, (*voices, Part(index.reader.phrase("brief.colon")), *words), refs, spans, labels)


def _own(index: Index, answer: Answer) -> Parts:
    """What an article says in its own name."""
    events = overlapping(index.layer(answer.doc, Event), (answer.start, answer.end))
    told = event_words(index, (answer.doc, events[0].id)) if events else (answer.start, answer.end)
    return own_words(index, answer.doc, [told])


def _refs(index: Index, answer: Answer) -> list[Ref]:
    """The records an answer rests on: its claim, else the figures and events in its words."""
    if answer.claim:
        return [(answer.doc, answer.claim)]
    span = (answer.start, answer.end)
    of = index.by_id[answer.doc]
    inside = [*overlapping(of.layer(Figure), span), *overlapping(of.layer(Event), span)]
    if not inside:
        block = index.block_at(answer.doc, answer.start)
        return [(answer.doc, block.id)] if block else []
    return [(answer.doc, record.id) for record in inside]
