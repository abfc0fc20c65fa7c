"""The account in reading order, for renderings that are lines of text: the terminal and Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from ..lang import LanguagePack
from .model import Account, Disagreement, Edit, FigureTable, Frozen, Line, Link, Part, StoryAccount, TruceView
from .wording import Parts, carried, cut, folded, settled, supported

Kind = Literal["story", "part", "head", "item", "text", "folded"]
# Text has no way to fold: what is above these counts is said to be left out, and stands in the HTML and JSON.
LINES, TABLES, MOMENTS, PEOPLE, ANSWERS, ROWS = 8, 8, 15, 12, 4, 12
# A sentence of another version is cut at so many signs.
SENTENCE = 400


class Entry(Frozen, frozen=True):
    """One line of text: a heading, an item with its line, or a remark. `lead` stands before the sentence in bold,
    `depth` is its indentation."""

    kind: Kind
    parts: Parts
    line: Line | None = None
    lead: str = ""
    depth: int = 0


def entries(account: Account, pack: LanguagePack) -> Iterator[Entry]:
    """Everything that a reader of text is told, in order."""

    def say(key: str, **values: object) -> str:
        return pack.phrase(f"brief.{key}", **values)

    yield Entry(kind="text", parts=(Part(held(account, pack)),))
    for story in account.stories:
        made = [made_of(story, pack)]
        for origin in story.origins:
            if len(origin.numbers) > 1:
                made.append(folded(origin, pack))
        yield Entry(kind="story", parts=(Part(story.title),))
        yield Entry(kind="text", parts=(Part(" · ".join(made)),))
        yield from _story(story, pack)


def _story(story: StoryAccount, pack: LanguagePack) -> Iterator[Entry]:
    yield from _lines("lead", story.lead, pack)
    for truce in story.truces:
        yield from _truce(truce, pack)
    if story.disputes:
        yield _heading("disputes", pack)
        for dispute in story.disputes:
            yield from _dispute(dispute, pack)
    for strand in story.strands:
        yield Entry(kind="part", parts=strand.head.parts)
        yield Entry(kind="text", parts=(Part(f"{supported(strand.head.support, pack)} {_cites(strand.head.links)}"),))
        for dispute in strand.disputes:
            yield from _dispute(dispute, pack)
        yield from _tables(strand.figures, pack)
        for line in strand.lines[:ANSWERS]:
            yield Entry(kind="item", parts=line.parts, line=line)
        yield from _left(len(strand.lines) - ANSWERS, pack)
    if story.figures:
        yield _heading("figures", pack)
        yield from _tables(story.figures, pack)
    if story.counted:
        yield Entry(kind="folded", parts=(Part(pack.phrase("brief.page.disputed", n=story.counted)),))
    yield from _lines("denials", story.denials, pack)
    yield from _lines("ahead", story.ahead, pack, pack.phrase("brief.head.ahead_why"))
    if story.timeline:
        yield _heading("timeline", pack)
        for moment in story.timeline[:MOMENTS]:
            yield Entry(kind="item", parts=moment.line.parts, line=moment.line, lead=moment.when)
        yield from _left(len(story.timeline) - MOMENTS, pack)
    if story.background:
        yield Entry(kind="folded", parts=(Part(pack.phrase("brief.page.background", n=len(story.background))),))
    yield from _people(story, pack)
    yield from _rewritten(story, pack)
    yield from _sources(story, pack)


def _tables(tables: Sequence[FigureTable], pack: LanguagePack) -> Iterator[Entry]:
    shown = [one for one in tables[:TABLES] if not one.minor] or list(tables[:1])
    for table in shown:
        stop = (Part(f" · {table.as_of}", "note"),) if table.as_of else ()
        yield Entry(kind="head", parts=(*table.title, *stop))
        for row in table.rows[:LINES]:
            since = (Part(f" · {row.as_of}", "note"),) if row.as_of else ()
            parts = (*row.counted, Part(" — "), *row.line.parts, *since)
            yield Entry(kind="item", parts=parts, line=row.line, lead=row.value)
        yield from _left(len(table.rows) - LINES, pack)
    yield from _left(len(tables) - len(shown), pack)


def _rewritten(story: StoryAccount, pack: LanguagePack) -> Iterator[Entry]:
    """What sources changed in their articles, with the sentences as they were and as they are."""
    for head, found in (
        ("head", [one for one in story.rewritten if not one.notice]),
        ("head_said", [one for one in story.rewritten if one.notice]),
    ):
        if found:
            yield Entry(kind="part", parts=(Part(pack.phrase(f"versions.{head}")),))
        for one in found[:LINES]:
            yield Entry(kind="item", parts=(Part(one.told),), lead=f"[{one.number}]")
            for edit in one.edits[:ANSWERS]:
                yield from _edit(edit, pack)
            yield from _left(len(one.edits) - ANSWERS, pack)
        yield from _left(len(found) - LINES, pack)


def _edit(edit: Edit, pack: LanguagePack) -> Iterator[Entry]:
    for key, words in (("before", edit.before), ("after", edit.after)):
        if words:
            parts = (Part(cut(words, pack, SENTENCE), "words"),)
            yield Entry(kind="item", parts=parts, lead=pack.phrase(f"versions.{key}"), depth=1)


def _sources(story: StoryAccount, pack: LanguagePack) -> Iterator[Entry]:
    """The texts with their articles, and who they go back to."""
    yield _heading("origins", pack)
    for i, origin in enumerate(story.origins, 1):
        told = (
            folded(origin, pack) if len(origin.numbers) > 1 else pack.phrase("brief.page.article", n=origin.numbers[0])
        )
        yield Entry(kind="item", parts=(Part(told),), lead=pack.phrase("brief.page.text", n=i))
    for source in story.sources[:PEOPLE]:
        parts = (*source.line.parts, Part(f" — {carried(source, story.origins, pack)} {_cites(source.line.links)}"))
        yield Entry(kind="item", parts=parts)
    yield from _left(len(story.sources) - PEOPLE, pack)


def _heading(key: str, pack: LanguagePack) -> Entry:
    return Entry(kind="part", parts=(Part(pack.phrase(f"brief.head.{key}")),))


def _left(n: int, pack: LanguagePack, links: Sequence[Link] = ()) -> Iterator[Entry]:
    """How much is left out here, with the passages that it rests on."""
    if n > 0:
        told = pack.phrase("brief.page.show_more", n=n)
        yield Entry(kind="folded", parts=(Part(f"{told} {_cites(dict.fromkeys(links))}".strip()),))


def _cites(links: Iterable[Link]) -> str:
    return " ".join(f"[{link.number} §{link.paragraph}]" for link in links)


def _lines(key: str, lines: Sequence[Line], pack: LanguagePack, remark: str = "") -> Iterator[Entry]:
    if not lines:
        return
    yield _heading(key, pack)
    if remark:
        yield Entry(kind="text", parts=(Part(remark),))
    for line in lines[:LINES]:
        yield Entry(kind="item", parts=line.parts, line=line)
    yield from _left(len(lines) - LINES, pack)


def _truce(truce: TruceView, pack: LanguagePack) -> Iterator[Entry]:
    yield _heading("truces", pack)
    yield Entry(kind="item", parts=truce.head.parts, line=truce.head)
    for row in truce.rows:
        yield Entry(kind="item", parts=row.line.parts, line=row.line, lead=row.label)
    for key, rows, rest in (("answers", truce.answers, truce.rest), ("incidents", truce.incidents, ())):
        if rows:
            yield Entry(kind="head", parts=(Part(pack.phrase(f"brief.head.{key}")),))
        for row in rows[:ROWS]:
            yield Entry(kind="item", parts=row.line.parts, line=row.line, lead=row.label, depth=1)
        left = [*rows[ROWS:], *rest]
        yield from _left(len(left), pack, [link for row in left for link in row.line.links])


def _dispute(dispute: Disagreement, pack: LanguagePack) -> Iterator[Entry]:
    yield Entry(kind="head", parts=dispute.question.parts)
    for one in dispute.settled:
        yield Entry(kind="text", parts=(Part(settled(one, pack)),))
    for column in dispute.columns:
        answer = "".join(part.text for part in column.head)
        for line in column.lines[:ANSWERS]:
            yield Entry(kind="item", parts=line.parts, line=line, lead=answer, depth=1)
        yield from _left(
            len(column.lines) - ANSWERS, pack, [link for one in column.lines[ANSWERS:] for link in one.links]
        )
    why = dispute.why or pack.phrase(f"brief.relation.{dispute.relation}")
    yield Entry(kind="text", parts=(Part(why),))


def _people(story: StoryAccount, pack: LanguagePack) -> Iterator[Entry]:
    if story.people:
        yield _heading("people", pack)
    for person in story.people[:PEOPLE]:
        spelt = [f"{text} ({', '.join(map(str, numbers))})" for text, numbers in person.spellings]
        mark = pack.phrase("entities.by_people") if person.settled else ""
        yield Entry(kind="item", parts=(*person.line.parts, Part(f" — {' · '.join(spelt)}{mark}")))


def made_of(story: StoryAccount, pack: LanguagePack) -> str:
    """How many articles a story has, how many texts they are, and how many first sources its facts go back to."""
    texts = pack.phrase("brief.support.texts", n=story.texts)
    made = pack.phrase("brief.page.made_of", n=len(story.numbers), texts=texts)
    return f"{made}, {pack.phrase('brief.support.sources', n=len(story.sources))}" if story.sources else made


def held(account: Account, pack: LanguagePack) -> str:
    """How many stories, articles and texts an account tells of, and when the articles were last read."""
    texts = pack.phrase("brief.support.texts", n=account.texts)
    made = pack.phrase("brief.page.made_of", n=len(account.articles), texts=texts)
    found = pack.phrase("brief.page.held", n=len(account.stories), made=made)
    told = [pack.phrase("brief.page.read", day=account.read)] if account.read else []
    told += [pack.phrase("brief.page.all_in", language=account.foreign)] if account.foreign else []
    return " · ".join([found, *told])


def foot(line: Line, pack: LanguagePack) -> str:
    """The counts and passages of a line, and its mark where no person has read its records."""
    cites = _cites(line.links)
    mark = f" · {pack.phrase('brief.machine')}" if line.machine else ""
    return f"{supported(line.support, pack)} {cites}{mark}"
