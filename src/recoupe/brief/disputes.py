"""Disputes side by side: each answer with who gives it and in which words."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from ..lang import available, pack
from ..model.records import Claim, Event, Figure, overlapping
from ..model.relations import Answer, Dispute, Happening, Ref, Story
from .figures import figure_title
from .index import Index
from .lines import claim_line, event_words, happening_label, line, small, source_label
from .model import Column, Disagreement, Line, Part
from .wording import Parts, capital, fill, interval, own_words


def disagreements(index: Index, story: Story) -> list[Disagreement]:
    """The disputes of a story, those with the most independent texts first."""
    found = [one for one in index.relations.disputes if _belongs(one, story)]
    made = [_disagreement(index, one) for one in found]
    opposed = {"opposed": 0, "compatible": 1}
    return sorted(
        (one for one in made if len(one.columns) > 1),
        key=lambda one: (opposed[one.relation], -sum(len(column.lines) for column in one.columns), one.question.refs),
    )


def _belongs(dispute: Dispute, story: Story) -> bool:
    if dispute.story is not None:
        return dispute.story in (story.id, story.story)
    return any(answer.doc in story.docs for answer in dispute.answers)


def _disagreement(index: Index, dispute: Dispute) -> Disagreement:
    groups: dict[int, list[Answer]] = defaultdict(list)
    for answer in dispute.answers:
        if answer.doc in index.by_id:
            groups[answer.group].append(answer)
    columns = tuple(
        Column(head=_head(index, dispute, answers), lines=tuple(_lines(index, answers)))
        for _, answers in sorted(groups.items())
    )
    refs = [ref for column in columns for one in column.lines for ref in one.refs]
    spans = [(answer.doc, (answer.start, answer.end)) for answers in groups.values() for answer in answers]
    question = line(index, _question(index, dispute), refs, spans, ())
    return Disagreement(
        question=question, columns=columns, kind=dispute.kind, relation=dispute.relation, why=_why(index, dispute)
    )


def _why(index: Index, dispute: Dispute) -> str:
    """Why the answers differ, and of numbers whether they can hold together."""
    why = index.reader.phrase(dispute.why) if dispute.why else ""
    if dispute.kind == "number":
        why = f"{why} {index.reader.phrase(f'brief.why.{dispute.relation}')}".strip()
    return why


def _question(index: Index, dispute: Dispute) -> Parts:
    """The question as it is asked in the reader's language; asked in another it is asked anew from the records."""
    first = next(answer for answer in dispute.answers if answer.doc in index.by_id)
    if dispute.kind == "number":
        figures = overlapping(index.by_id[first.doc].layer(Figure), (first.start, first.end))
        found = next((f for f in figures if (f.low, f.high) == (first.low, first.high)), None)
        if found is not None:
            title = figure_title(index, (first.doc, found.id))
            return fill(index.reader, "brief.question.number", title=title)
    if dispute.kind == "denial" and not _about_truce(index, dispute):
        words = own_words(index, first.doc, [(first.start, first.end)], longest=140)
        return fill(index.reader, "brief.question.denial", what=words)
    if dispute.kind == "denial":
        return (Part(index.reader.phrase("brief.question.kept")),)
    if _language(index, dispute) == index.reader.code and " " in dispute.question:
        return (Part(dispute.question),)
    happening = next((h for a in dispute.answers if (h := _happening(index, a)) is not None), None)
    if happening is not None:
        return fill(index.reader, "brief.question.blame", what=happening_label(index, happening))
    words = own_words(index, first.doc, [(first.start, first.end)], longest=140)
    return fill(index.reader, f"brief.question.{dispute.kind}", what=words)


def _about_truce(index: Index, dispute: Dispute) -> bool:
    """Whether a denial is one of a truce's breach: it answers what a side says of keeping it."""
    kept = {one.claim for truce in index.relations.truces for one in truce.answers if one.stance == "kept"}
    return any(answer.claim and (answer.doc, answer.claim) in kept for answer in dispute.answers)


def _language(index: Index, dispute: Dispute) -> str:
    """The language a question is worded in: that of most of the articles that answer, ties by its code."""
    langs = Counter(index.by_id[doc].article.lang for doc in {a.doc for a in dispute.answers} if doc in index.by_id)
    return min(langs, key=lambda code: (-langs[code], code), default="")


def _happening(index: Index, answer: Answer) -> Happening | None:
    events = overlapping(index.by_id[answer.doc].layer(Event), (answer.start, answer.end))
    found = (index.happening_of.get((answer.doc, event.id)) for event in events)
    return next((one for one in found if one is not None), None)


def _head(index: Index, dispute: Dispute, answers: Sequence[Answer]) -> Parts:
    """What this column answers: the interval, the words for whom it blames, or yes and no to the question."""
    first = answers[0]
    if dispute.kind == "number":
        figure = _figure(index, first) or Figure(start=0, end=0, text=first.text, low=first.low, high=first.high)
        return (Part(interval(figure, index.reader)),)
    for code in available():
        for key in ("yes", "no"):
            if first.says == pack(code).phrase(f"relate.{key}"):
                return (Part(index.reader.phrase(f"brief.says.{key}")),)
    if dispute.kind == "blame" and first.says:
        said = small(index, first.doc, (Part(first.says, "words", index.by_id[first.doc].article.lang),))
        return fill(index.reader, "brief.says.blames", who=said)
    return capital((Part(first.says),)) if first.says else fill(index.reader, "brief.says.other")


def _figure(index: Index, answer: Answer) -> Figure | None:
    inside = overlapping(index.by_id[answer.doc].layer(Figure), (answer.start, answer.end))
    return next((figure for figure in inside if (figure.low, figure.high) == (answer.low, answer.high)), None)


def _claim(index: Index, answer: Answer) -> Claim | None:
    return index.claim((answer.doc, answer.claim)) if answer.claim else None


def _lines(index: Index, answers: Sequence[Answer]) -> list[Line]:
    """One line per speaker, in the reader's language where some article is; articles in their own name say so."""
    groups: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for answer in sorted(answers, key=lambda one: not index.at_home(one.doc)):
        claim = _claim(index, answer)
        label = source_label(index, answer.doc, claim) if claim else ""
        statement = index.statement_of.get((answer.doc, claim.id)) if claim else None
        happening = _happening(index, answer)
        # What an article tells in its own name of one happening is told once, whatever the article's language.
        own = happening.id if happening else statement.id if statement else f"{answer.doc}:{answer.start}"
        groups[label.lower(), "" if label else own].append(answer)
    return [_line(index, group) for group in groups.values()]


def _line(index: Index, answers: Sequence[Answer]) -> Line:
    first = answers[0]
    claims = [(answer.doc, answer.claim) for answer in answers if answer.claim and _claim(index, answer)]
    if claims:
        statement = index.statement_of.get(claims[0])
        same = [ref for ref in statement.claims if index.claim(ref)] if statement else []
        shown = statement.shown if statement and statement.shown in same else claims[0]
        if index.at_home(claims[0][0]) and not index.at_home(shown[0]):
            shown = claims[0]
        return claim_line(index, [*claims, *same], shown)
    refs: list[Ref] = [ref for answer in answers for ref in _refs(index, answer)]
    spans = [(answer.doc, (answer.start, answer.end)) for answer in answers]
    events = overlapping(index.by_id[first.doc].layer(Event), (first.start, first.end))
    told = event_words(index, (first.doc, events[0].id)) if events else (first.start, first.end)
    words = own_words(index, first.doc, [told])
    parts = fill(index.reader, "brief.line.outlet", words=words, n=index.texts(spans)[0])
    return line(index, parts, refs, spans, ())


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
