"""`recoupe watch`: articles of feeds, sitemaps, pages and folders, taken in as they appear."""

import signal
from pathlib import Path
from typing import Annotated as Option

import typer
from msgspec.structs import replace

from ..brief.dates import stamped
from ..errors import InputError
from ..lang import LanguagePack
from ..store import Store
from ..store.sources import Sources
from .codes import REFUSED, USAGE
from .console import out, tell, told
from .opening import store_option

MINUTE = 60


def register(app: typer.Typer, language: LanguagePack) -> None:
    """Adds the command to the program."""
    say = language.phrase

    @app.command(help=say("watch.take.help"))
    def watch(
        store: Option[str, store_option(language, makes=True)],
        sources: Option[
            list[str] | None,
            typer.Argument(help=say("watch.take.sources"), metavar=say("watch.take.sources_name")),
        ] = None,
        once: Option[bool, typer.Option("--once", help=say("watch.take.once"))] = False,
        listing: Option[bool, typer.Option("--list", help=say("watch.take.list"))] = False,
        drop: Option[bool, typer.Option("--drop", help=say("watch.take.drop"))] = False,
        private: Option[bool, typer.Option("--allow-private", help=say("watch.take.private"))] = False,
        every: Option[float, typer.Option("--every", help=say("watch.take.every"), min=1, metavar="MIN")] = 15,
        delay: Option[float, typer.Option("--delay", help=say("watch.take.delay"), min=0, metavar="SEC")] = 5,
    ) -> None:
        if listing or drop:
            kept = Sources(Store(store).engine)
            (_drop if drop else _list)(kept, sources or [], language)
            return
        # Loaded here: only this command needs them.
        from ..watch.coming import Settings, Watcher
        from ..watch.net import Net

        def heard(key: str, values: dict[str, object]) -> None:
            tell(told(language, key, _said(values, language)))

        settings = replace(Settings(), every=every * MINUTE, delay=delay)
        watcher = Watcher(Store(store, create=True), heard, Net(private=private), settings)
        try:
            roots = watcher.add(sources or [])
        except InputError as error:
            tell(told(language, error.key, error.values))
            raise typer.Exit(USAGE) from None
        if not roots:
            tell(say("watch.take.none"))
            raise typer.Exit(USAGE)

        def end(number: int, _: object) -> None:
            """Ends once what was fetched is stored; a second signal ends at once."""
            watcher.clock.stop()
            signal.signal(number, signal.SIG_DFL)

        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, end)
        if not once:
            tell(say("watch.take.watching", n=len(roots)))
        watcher.run(roots, once=once)
        if once and any(row.failures for row in watcher.sources.roots() if row.key in roots):
            raise typer.Exit(REFUSED)


def _list(kept: Sources, asked: list[str], language: LanguagePack) -> None:
    """The sources and how they stand."""
    say = language.phrase
    found = [row for row in kept.roots() if not asked or row.key in asked]
    for row in found:
        articles, waiting = kept.counts(row.root)
        about = say(
            "watch.take.row.about", kind=say(f"watch.take.kind.{row.kind or 'unread'}"), at=_when(row.at, language),
            status=_status(row.status, "", language), due=_when(row.due, language),
        )  # fmt: skip
        parts = [about, say("watch.take.row.articles", articles=articles, waiting=waiting)]
        if row.failures:
            parts.append(say("watch.take.row.failures", n=row.failures))
        out.print(row.key, markup=False)
        out.print(f"    {' · '.join(parts)}", markup=False)
    if not found:
        tell(say("watch.take.none"))


def _drop(kept: Sources, asked: list[str], language: LanguagePack) -> None:
    """Takes sources off the list."""
    unknown = False
    for place in asked:
        row = kept.row(place) or kept.row(str(Path(place).expanduser().absolute()))
        if row is None or row.parent:
            tell(language.phrase("watch.take.unknown", place=place))
            unknown = True
        else:
            kept.forget(row.key)
            tell(language.phrase("watch.take.dropped", place=row.key))
    if unknown or not asked:
        raise typer.Exit(USAGE)


def _said(values: dict[str, object], language: LanguagePack) -> dict[str, object]:
    """Values as a person reads them: how something stands in words, instants by the clock of this machine."""
    made = dict(values)
    if "status" in made:
        made["status"] = _status(str(made["status"]), str(made.get("reason", "")), language)
    if "at" in made:
        made["at"] = _when(str(made["at"]), language)
    return made


def _status(status: str, reason: str, language: LanguagePack) -> str:
    if status.isdecimal():
        return language.phrase("watch.take.status.http", code=status)
    return language.phrase(f"watch.take.status.{status}", reason=reason) if status else "–"


def _when(at: str, language: LanguagePack) -> str:
    return stamped(at, language) if at else language.phrase("watch.take.row.never")
