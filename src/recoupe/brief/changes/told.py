"""Changes in words: of one story or several, in a terminal or as Markdown."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from ...lang import LanguagePack
from ...model.article import Article
from ...model.harmless import plain
from ...model.relations import Story
from ..markdown import escaped
from ..markdown import sentence as marked
from ..model import Frozen, Link
from ..terminal import BULLET, wrapped
from ..terminal import sentence as styled
from ..wording import supported
from .change import Change

TEXTS = frozenset({"story", "text", "revised"})


class Told(Frozen, frozen=True):
    """What changed in one story: the ids of the articles that came, and outlet and date of those that are cited."""

    story: str
    title: str
    came: tuple[str, ...]
    changes: tuple[Change, ...]
    outlets: dict[str, str]


def told(story: Story, came: Sequence[str], found: Sequence[Change], articles: Sequence[Article]) -> Told:
    """The changes of a story with what they are shown by; `articles` are those of both states."""
    cited = {link.doc for one in found for link in (*one.line.links, *one.was)} | {one.doc for one in found}
    outlets = {one.id: f"{one.outlet or one.id} {one.published or ''}".strip() for one in articles if one.id in cited}
    title = story.title or story.story
    return Told(story=story.id, title=title, came=tuple(came), changes=tuple(found), outlets=outlets)


def nothing(one: Told, pack: LanguagePack) -> str:
    """What is said of a story of which articles came and nothing else changed."""
    return pack.phrase("changes.copies" if one.came else "changes.none")


def made_of(one: Told, pack: LanguagePack) -> str:
    """How many articles came, and how much changed."""
    came = pack.phrase("changes.came", n=len(one.came))
    return f"{came} · {pack.phrase('changes.count', n=len(one.changes))}"


def foot(change: Change, of: Told, pack: LanguagePack) -> str:
    """The counts, the passages, those that stood for it before, and its mark where no person has read its records."""
    line = change.line
    # A text is no claim: nothing stands behind it but itself.
    parts = [supported(line.support, pack) if change.kind not in TEXTS else "", _cites(line.links, of)]
    gone = [link for link in change.was if link not in line.links]
    if gone:
        parts.append(f"{pack.phrase('changes.before')} {_cites(gone, of)}")
    if line.machine and change.kind not in TEXTS:
        parts.append(pack.phrase("brief.machine"))
    return " · ".join(part for part in parts if part)


def _cites(links: Sequence[Link], of: Told) -> str:
    return ", ".join(f"{of.outlets.get(link.doc, link.doc)} §{link.paragraph}" for link in links)


def kind(change: Change, pack: LanguagePack) -> str:
    """What kind of change it is."""
    return pack.phrase(f"changes.kind.{change.kind}")


def row(change: Change) -> dict[str, object]:
    """A change for programs, in the words of the guide."""
    line = change.line

    def passages(links: Sequence[Link]) -> list[dict[str, object]]:
        return [{"doc": link.doc, "start": link.start, "end": link.end} for link in links]

    return {
        "id": change.id, "kind": change.kind, "article": change.doc, "sentence": line.text, "records": line.refs,
        "passages": passages(line.links), "before": passages(change.was), "texts": line.support.texts,
        "first_sources": line.support.first_sources, "machine": line.machine,
    }  # fmt: skip


def rows(found: Sequence[Told]) -> list[dict[str, object]]:
    """The changes of stories for programs."""
    return [
        {"story": one.story, "title": one.title, "articles": one.came, "changes": [row(each) for each in one.changes]}
        for one in found
    ]


def show(found: Sequence[Told], pack: LanguagePack, console: Console) -> None:
    """Writes changes to a console."""
    for one in found:
        console.print()
        wrapped(console, Text(plain(one.title), style="bold"))
        wrapped(console, Text(f"{one.story} · {made_of(one, pack)}", style="dim"), 2)
        for change in one.changes:
            line = Text(f"{kind(change, pack)} — ", style="bold").append_text(styled(change.line.parts))
            wrapped(console, line, 2, BULLET)
            wrapped(console, Text(plain(foot(change, one, pack)), style="dim"), 4)
        if not one.changes:
            wrapped(console, Text(nothing(one, pack), style="dim"), 2)


def markdown(found: Sequence[Told], pack: LanguagePack) -> Iterator[str]:
    """Changes as lines of Markdown."""
    for one in found:
        yield from (f"## {escaped(one.title)}", "", escaped(f"{one.story} · {made_of(one, pack)}"), "")
        for change in one.changes:
            yield f"- **{escaped(kind(change, pack))}** — {marked(change.line.parts)}  "
            yield f"  {escaped(foot(change, one, pack))}"
        if not one.changes:
            yield escaped(nothing(one, pack))
        yield ""
