"""Disputes side by side: each answer with who gives it and in which words."""

from collections import defaultdict
from collections.abc import Sequence

from ..model.records import Claim, Event, Figure, overlapping
from ..model.relations import Answer, Dispute, Ref, Story
from .figures import happening_parts, question_title
from .index import Index
from .lines import act_key, claim_line, line, said, sentence_at, source_label, through, who
from .model import Column, Disagreement, Line, Part
from .wording import Parts, capital, fill, interval, number, own_words


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
    if dispute.why:
        return index.reader.phrase(f"brief.why.{dispute.why}")
    return index.reader.phrase(f"brief.why.{dispute.relation}") if dispute.kind == "number" else ""


def _question(index: Index, dispute: Dispute) -> Parts:
    """The question: of figures, what they count; otherwise the words that are asserted and denied."""
    known = next((one for one in index.relations.questions if one.id == dispute.question), None)
    if known is not None:
        return question_title(index, known)
    first = dispute.answers[0]
    if dispute.kind == "number":
        figures = [f for f in index.by_id[first.doc].layer(Figure) if first.start <= f.start < first.end]
        if figures:
            return fill(
                index.reader,
                "brief.question.number",
                measure=index.reader.phrase(f"brief.measure.{figures[0].measure}"),
            )
    happening = index.happenings.get(dispute.question)
    if happening is not None:
        return fill(index.reader, f"brief.question.{dispute.kind}", what=happening_parts(index, happening))
    words = own_words(index, first.doc, [(first.start, first.end)], longest=140)
    return fill(index.reader, f"brief.question.{dispute.kind}", what=words)


def _head(index: Index, dispute: Dispute, answers: Sequence[Answer]) -> Parts:
    """What this column answers: the interval, the party blamed, or yes and no to the words in question."""
    first = answers[0]
    if dispute.kind == "number":
        figure = _figure(index, first)
        if figure is not None:
            return (Part(interval(figure, index.reader)),)
        low, high = (number(v, index.reader) if v is not None else None for v in (first.low, first.high))
        if low == high and low is not None:
            return (Part(low),)
        key = "between" if low and high else "from.plain" if low else "to.plain"
        return fill(index.reader, f"brief.interval.{key}", value=low or high or "", low=low or "", high=high or "")
    if dispute.kind == "blame" and first.says:
        return (Part(index.label_in(first.doc, first.says), "name"),)
    key = first.says if first.says in ("yes", "no", "maybe") else ""
    return (Part(index.reader.phrase(f"brief.says.{key}")),) if key else capital((Part(first.says),))


def _figure(index: Index, answer: Answer) -> Figure | None:
    inside = overlapping(index.by_id[answer.doc].layer(Figure), (answer.start, answer.end))
    return next((figure for figure in inside if (figure.low, figure.high) == (answer.low, answer.high)), None)


def _claim(index: Index, answer: Answer) -> Claim | None:
    return index.claim((answer.doc, answer.claim)) if answer.claim else None


def _lines(index: Index, answers: Sequence[Answer]) -> list[Line]:
    """One line per speaker; articles in their own name say so."""
    groups: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for answer in answers:
        claim = _claim(index, answer)
        label = source_label(index, answer.doc, claim) if claim else ""
        statement = index.statement_of.get((answer.doc, claim.id)) if claim else None
        groups[label or answer.doc, statement.id if statement else f"{answer.doc}:{answer.start}"].append(answer)
    return [_line(index, group) for group in groups.values()]


def _line(index: Index, answers: Sequence[Answer]) -> Line:
    first = answers[0]
    claim = _claim(index, first)
    refs: list[Ref] = [ref for answer in answers for ref in _refs(index, answer)]
    spans = [(answer.doc, (answer.start, answer.end)) for answer in answers]
    if claim is None:
        words = own_words(index, first.doc, [(first.start, first.end)])
        parts = fill(index.reader, "brief.line.outlet", words=words, n=index.texts(spans)[0])
        return line(index, parts, refs, spans, ())
    refs_of = [(answer.doc, answer.claim) for answer in answers if answer.claim]
    if all(claim.start <= answer.start and answer.end <= claim.end for answer in answers[:1]):
        return claim_line(index, refs_of, refs_of[0])
    name, many = who(index, first.doc, claim)
    act = (Part(index.reader.phrase(f"brief.act.{act_key(index, first.doc, claim)}", n=2 if many else 1), "act"),)
    parts = fill(
        index.reader, "brief.line.claim", who=name, act=act, words=said(index, refs_of[0]),
        aside=through(index, first.doc, claim),
    )  # fmt: skip
    label = source_label(index, first.doc, claim)
    return line(index, parts, refs, spans, [label] if label else [])


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


__all__ = ["disagreements", "sentence_at"]
