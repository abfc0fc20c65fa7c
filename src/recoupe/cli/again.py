"""Files that were made from a store, made again and compared: exports, and the brief in all its forms."""

from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from ..brief import account, as_html, as_json, as_markdown
from ..brief.model import Account
from ..errors import OutputError, StoreError
from ..export import FOLDERS, Content
from ..lang import LanguagePack, available, pack
from ..model.hand import hand
from ..store import Outward, Store
from .exported import STREAMS

# The endings that a format's files go by; a file of another ending may be any of them.
ENDINGS = {
    "jsonl": (".jsonl",), "sqlite": (".db", ".sqlite"), "geojson": (".geojson", ".json"), "timelinejs": (".json",),
    "ics": (".ics",), "claim": (".json", ".jsonld"), "webannotation": (".json", ".jsonld"),
    "ftm": (".json", ".jsonl", ".ijson"), "acled": (".csv",), "cameo": (".csv", ".tsv", ".txt"),
    "plover": (".json", ".jsonl"), "markdown": (".md", ".markdown"), "docx": (".docx",), "json": (".json",),
    "html": (".html", ".htm"),
}  # fmt: skip
# What is worded for a person is in some language.
BRIEFS: dict[str, Callable[[Account, LanguagePack], str]] = {
    "html": as_html, "json": as_json, "markdown": as_markdown
}  # fmt: skip
WORDED = {"docx"}


class Difference(NamedTuple):
    """Where a file differs from what the store gives now: in which of its files, from which line (from 1) or byte on,
    and in which form it is nearest to."""

    file: Path
    line: int
    form: str


class Again:
    """What a store gives now. `story` is the one that a brief is of, if it is of one."""

    def __init__(self, store: Store, story: str | None = None) -> None:
        self._store, self._story = store, story
        self._made: dict[tuple[str, str], dict[str, bytes]] = {}

    def differs(self, path: Path) -> Difference | None:
        """Where a file, or a folder of tables, differs from all that the store gives; None where it is one of these."""
        try:
            if path.is_dir():
                there = {one.name: one.read_bytes() for one in sorted(path.iterdir())}
                known = [name for name in FOLDERS if any(one.endswith(name) for one in there)] or list(FOLDERS)
                every = [self._nearest(path, there, name, "") for name in known]
                return None if None in every else max(every, key=_place)
            there = {path.name: path.read_bytes()}
        except OSError as error:
            raise OutputError("cli.cannot_read", place=str(path), reason=error.strerror or str(error)) from error
        nearest: Difference | None = None
        for form, code in _forms(path.suffix.lower()):
            found = self._nearest(path, there, form, code)
            if found is None:
                return None
            nearest = found if nearest is None or _place(found) > _place(nearest) else nearest
        return nearest

    def _nearest(self, path: Path, there: dict[str, bytes], form: str, code: str) -> Difference | None:
        if (form, code) not in self._made:
            made = FOLDERS[form](self._content(code)) if form in FOLDERS else [("", b"".join(self._stream(form, code)))]
            self._made[form, code] = dict(made)
        made_now = self._made[form, code]
        if form not in FOLDERS:
            made_now = {path.name: made_now[""]}
        for name in sorted(there.keys() | made_now.keys()):
            one, other = there.get(name, b""), made_now.get(name, b"")
            if one != other or (name in there) != (name in made_now):
                return Difference(path / name if form in FOLDERS else path, _line(one, other), form)
        return None

    def _stream(self, form: str, code: str) -> Iterator[bytes]:
        if form in BRIEFS:
            yield BRIEFS[form](accounted(self._store, pack(code), self._story), pack(code)).encode()
        else:
            yield from STREAMS[form](self._content(code))

    def _content(self, code: str) -> Content:
        return Content.of(self._store, pack(code or available()[0]))


def _forms(ending: str) -> Iterator[tuple[str, str]]:
    """The forms that a file may have, each with its language."""
    known = [name for name, endings in ENDINGS.items() if ending in endings] or list(ENDINGS)
    for name in known:
        for code in available() if name in BRIEFS or name in WORDED else ("",):
            yield name, code


def _line(one: bytes, other: bytes) -> int:
    """The first line that differs."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return one.count(b"\n", 0, same) + 1


def _place(found: Difference | None) -> int:
    return found.line if found else 0


def accounted(store: Store, language: LanguagePack, story: str | None) -> Account:
    """The account of a store at one moment, or of one story, as it may be given away."""
    with store.still() as still:
        kept = Outward(still, leaving=True)
        # One story is told from what was read together with it, however many others the store holds.
        articles, relations = (kept.articles(), kept.relations()) if story is None else kept.told(story)
        if story is not None and not relations.stories:
            raise StoreError("store.no_story", place=store.place, story=story)
        said = hand(articles, relations.disputes, (review for _, review in kept.reviews()), kept.needed)
        versions = kept.versions([one.article.id for one in articles])
    return account(articles, relations, language, story, said, versions)
