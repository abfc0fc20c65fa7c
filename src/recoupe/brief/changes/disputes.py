"""Disputes that are new or found no longer, denials, and what was taken back."""

from collections.abc import Collection, Iterator

from ...model.relations import Answer, Ref, Statement
from ..disputes import disagreements
from ..index import Index
from ..lines import claim_line
from ..model import Column, Disagreement, Line, Part
from ..strands import strands
from ..voices import clearest
from ..wording import Parts, fill, joined, own_words
from .change import Change, Sides, linked


def disputes(sides: Sides, denied: Collection[Ref]) -> tuple[list[Change], set[Ref]]:
    """The disputes that are new and those found no longer, and the new records that they rest on. Of a dispute that a
    denial opens (`denied` are the claims of denials) the denial tells."""
    now = disagreements(sides.after, sides.story, strands(sides.after, sides.story))
    then = []
    if sides.earlier is not None:
        then = disagreements(sides.before, sides.earlier, strands(sides.before, sides.earlier))
    known, found, told = [(one, _refs(one)) for one in then], list[Change](), set[Ref]()
    kept = set[int]()
    for one in now:
        refs = _refs(one)
        same = [i for i, (other, before) in enumerate(known) if other.kind == one.kind and refs & before]
        kept.update(same)
        new = set(sides.new(refs))
        if not same and new and not (one.kind == "denial" and new & set(denied)):
            told |= new
            found.append(sides.change("dispute", _line(sides, one), linked(sides.after, refs - new)))
        elif not same and new:
            told |= new
    revised = set(sides.revised)
    for i, (one, refs) in enumerate(known):
        if i not in kept:
            # As it was: its passages are those of the state before.
            found.append(sides.change("over", one.question))
            told |= {ref for ref in refs if ref[0] in revised}
    return found, told


def _refs(one: Disagreement) -> set[Ref]:
    return {ref for column in one.columns for line in column.lines for ref in line.refs}


def _line(sides: Sides, one: Disagreement) -> Line:
    """What is asked and what is answered, side by side."""
    answers = joined([_answer(sides, column) for column in one.columns], sides.reader.phrase("brief.between"))
    parts = fill(sides.reader, "changes.dispute", question=one.question.parts, answers=answers)
    sources = [name for column in one.columns for line in column.lines for name in line.support.first_sources]
    return sides.line(parts, list(dict.fromkeys(_ordered(one))), dict.fromkeys(sources))


def _answer(sides: Sides, column: Column) -> Parts:
    """An answer with those who give it."""
    names = dict.fromkeys(name for line in column.lines for name in line.support.first_sources)
    if not names:
        return column.head
    listed: list[Parts] = [(Part(name, "name"),) for name in names]
    by = joined(listed, sides.reader.phrase("brief.then"))
    return fill(sides.reader, "changes.answer", answer=column.head, by=by)


def _ordered(one: Disagreement) -> Iterator[Ref]:
    for column in one.columns:
        for line in column.lines:
            yield from line.refs


def denials(sides: Sides) -> Iterator[Change]:
    """What was not denied before: statements that deny, all of whose claims are new."""
    index = sides.after
    found = []
    for statement in index.relations.statements:
        refs = [ref for ref in statement.claims if index.claim(ref) is not None]
        if statement.act == "deny" and refs and not sides.old(refs):
            found.append(refs)
    bodies = {doc for refs in found for doc, record in refs if not sides.headline((doc, record))}
    for refs in found:
        again = all(sides.headline(ref) and ref[0] in bodies for ref in refs)
        if not again and not _repeated(sides, refs):
            told = claim_line(index, refs, clearest(index, refs))
            yield sides.change("denial", told, linked(index, _denied(index, refs)))


def _repeated(sides: Sides, refs: Collection[Ref]) -> bool:
    """Whether the one who denies has denied the same before, in other words."""
    for dispute in sides.after.relations.disputes:
        mine = [one for one in dispute.answers if one.claim and (one.doc, one.claim) in refs]
        said = {(one.group, one.source_entity) for one in mine if one.source_entity}
        for one in dispute.answers:
            if (one.group, one.source_entity) in said and one.claim and not sides.is_new((one.doc, one.claim)):
                return True
    return False


def _denied(index: Index, refs: Collection[Ref]) -> list[Ref]:
    """The claims that stand on the other side of a dispute from some."""
    found: list[Ref] = []
    for dispute in index.relations.disputes:
        mine = {answer.group for answer in dispute.answers if answer.claim and (answer.doc, answer.claim) in refs}
        if dispute.kind == "denial" and mine:
            others = [one for one in dispute.answers if one.group not in mine and one.claim]
            found += [(one.doc, one.claim or "") for one in others]
    return found


def withdrawn(sides: Sides) -> Iterator[Change]:
    """What was taken back: each record by which something is, with the words that are."""
    index = sides.after
    taken: dict[Ref, list[Ref]] = {}
    for statement in index.relations.statements:
        for by in _taken(sides, statement):
            taken.setdefault(by, []).extend(statement.claims)
    for dispute in index.relations.disputes:
        for answer in dispute.answers:
            for by in _taken(sides, answer) if answer.claim else ():
                taken.setdefault(by, []).append((answer.doc, answer.claim or ""))
    for by, claims in taken.items():
        record, refs = index.record(by), [ref for ref in dict.fromkeys(claims) if index.claim(ref) is not None]
        if record is None or not refs:
            continue
        shown = clearest(index, refs)
        claim = index.claim(shown)
        assert claim is not None
        outlet = index.by_id[by[0]].article.outlet or by[0]
        parts = fill(
            sides.reader, "changes.withdrawn", by=own_words(index, by[0], [record.span]),
            outlet=(Part(outlet, "name"),), what=own_words(index, shown[0], [claim.span, *claim.more]),
        )  # fmt: skip
        yield sides.change("withdrawn", sides.line(parts, [by, *refs]), linked(index, refs))


def _taken(sides: Sides, one: Statement | Answer) -> list[Ref]:
    """The new records by which something is taken back."""
    return sides.new([one.withdrawn, *one.withdrawn_too]) if one.withdrawn else []
