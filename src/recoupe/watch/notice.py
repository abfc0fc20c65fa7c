"""Alerts: what changes as articles come, kept once, as it was told then, in every language."""

from collections.abc import Callable, Iterable, Sequence

import msgspec
from msgspec.structs import replace

from ..brief.changes.change import Change, Kind
from ..brief.changes.told import Told, foot, kind, row
from ..brief.model import Link
from ..lang import LanguagePack, available, pack
from ..run import touched
from ..store import Outward, Store
from ..store.alerts import Alert
from .diff import changed


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """An alert: when it was noticed (ISO 8601, UTC), of which kind, which article of which story brought it, and the
    change itself by language."""

    id: str
    at: str
    kind: Kind
    doc: str
    story: str
    title: str
    told: dict[str, Change]
    outlets: dict[str, str]

    def change(self, reader: LanguagePack) -> Change:
        """The change in a reader's language, else in the first that there is."""
        return self.told.get(reader.code) or next(iter(self.told.values()))

    def sentence(self, reader: LanguagePack) -> str:
        """What changed, in one line."""
        change = self.change(reader)
        return f"{kind(change, reader)} — {change.line.text}"

    def foot(self, reader: LanguagePack) -> str:
        """What stands behind it, and where."""
        of = Told(story=self.story, title=self.title, came=(), changes=(), outlets=self.outlets)
        return foot(self.change(reader), of, reader)

    def row(self, reader: LanguagePack) -> dict[str, object]:
        """The alert for programs."""
        about = {"at": self.at, "story": self.story, "title": self.title, "outlets": self.outlets}
        return {**row(self.change(reader)), **about}


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Notice).decode


def notice(store: Store) -> int:
    """Notices what has changed with the articles that have come since the last time; gives how many alerts are new.
    The first time there is nothing to compare with."""
    until, last = store.related_until(), store.noticed()
    if last is None and until:
        store.notice([], None, until)
    if last is None or until <= last:
        return 0
    packs = [pack(code) for code in available()]
    found: list[Notice] = []
    for story in touched(store, store.stories(), last, until):
        found += _notices(changed(store, story, last, until, packs), packs)
    return store.notice([(one.id, one.doc, _encode(one).decode()) for one in found], last, until)


def _notices(told: Sequence[Told], packs: Sequence[LanguagePack]) -> list[Notice]:
    """The changes of a story as alerts: those of the first language, with what the others say of the same."""
    by_lang = {pack.code: {change.id: change for change in one.changes} for pack, one in zip(packs, told, strict=True)}
    first = told[0]
    return [
        Notice(
            id=one.id, at="", kind=one.kind, doc=one.doc, story=first.story, title=first.title,
            told={code: found[one.id] for code, found in by_lang.items() if one.id in found},
            outlets={link.doc: first.outlets[link.doc] for link in (*one.line.links, *one.was)},
        )
        for one in first.changes
    ]  # fmt: skip


def notices(rows: Iterable[Alert]) -> list[Notice]:
    """The alerts of rows of a store."""
    return [replace(_decode(row.body), at=row.at) for row in rows]


def shown(one: Notice, through: Outward) -> Notice | None:
    """An alert as it may be shown, or given away: names masked, and nothing of what is held back."""
    refs = [ref for change in one.told.values() for ref in change.line.refs]
    docs = {one.doc, *(doc for doc, _ in refs)}
    if through.leaving and (any(through.held(doc) for doc in docs) or any(through.held(*ref) for ref in refs)):
        return None
    if not through.mask:
        return one

    def masked(text: str) -> str:
        # A title, or a source that is called by its full name, may be of another article: each word of a name goes.
        return through.mask.text(text, True)

    told = {code: _masked(change, masked, through.shown) for code, change in one.told.items()}
    outlets = {through.shown(doc): masked(outlet) for doc, outlet in one.outlets.items()}
    return replace(one, doc=through.shown(one.doc), title=masked(one.title), told=told, outlets=outlets)


def _masked(change: Change, masked: Callable[[str], str], named: Callable[[str], str]) -> Change:
    """A change with its words and the ids of its articles as they are shown."""

    def links(found: tuple[Link, ...]) -> tuple[Link, ...]:
        return tuple(replace(link, doc=named(link.doc)) for link in found)

    line = change.line
    parts = tuple(replace(part, text=masked(part.text)) for part in line.parts)
    support = replace(line.support, first_sources=tuple(masked(one) for one in line.support.first_sources))
    refs = tuple((named(doc), record) for doc, record in line.refs)
    line = replace(line, parts=parts, refs=refs, links=links(line.links), support=support)
    return replace(change, doc=named(change.doc), line=line, was=links(change.was))
