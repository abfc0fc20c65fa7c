"""`recoupe diff`, `versions`, `alert`: what changed between two moments, or in an article, and who is told of it."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated as Option

import msgspec
import typer

from ..brief.changes.told import markdown, rows, show
from ..brief.dates import stamped
from ..brief.markdown import escaped
from ..brief.versions import show as show_versions
from ..errors import StoreError
from ..lang import LanguagePack
from ..model import harmless
from ..model.harmless import quiet
from ..model.moments import moment, written
from ..model.relations import Story
from ..run import State
from ..store import Outward, Store
from ..watch import Diff, Notice, between, notice, notices, shown
from ..watch.webhook import Hook, HookError
from .codes import REFUSED, USAGE
from .console import out, tell, told
from .opening import store_option

FORMATS = ("terminal", "markdown", "json")
# How far back the first call to an address goes.
FIRST = "24h"


def register(app: typer.Typer, language: LanguagePack) -> None:
    """Adds the commands to the program."""
    say = language.phrase
    from_store = store_option(language)
    formats = ", ".join(FORMATS)

    @app.command(help=say("watch.diff.help"))
    def diff(
        store: Option[str, from_store],
        start: Option[str, typer.Option("--from", help=say("watch.diff.from"), metavar="TIME")],
        end: Option[str | None, typer.Option("--to", help=say("watch.diff.to"), metavar="TIME")] = None,
        story: Option[str | None, typer.Option("--story", help=say("watch.diff.story"), metavar="ID")] = None,
        form: Option[
            str, typer.Option("--format", help=say("watch.diff.format", known=formats), metavar="NAME")
        ] = FORMATS[0],
    ) -> None:
        if form not in FORMATS:
            tell(say("watch.diff.bad_format", asked=form, known=formats))
            raise typer.Exit(USAGE)
        now = datetime.now(UTC)
        since = _moment(start, now, language)
        kept = Store(store)
        until = _moment(end, now, language, end=True) if end else max(written(now), kept.came())
        if since >= until:
            tell(say("watch.diff.order", start=stamped(since, language), end=stamped(until, language)))
            raise typer.Exit(USAGE)
        if not kept.fresh():
            tell(say("cli.not_related"))
        away = Outward(kept, leaving=True)
        found = between(kept, since, until, language, _stories(kept, story), lambda state: State(*away.of(*state)))
        _written(found, form, language)

    @app.command(help=say("versions.help"))
    def versions(
        article: Option[str, typer.Argument(help=say("cli.show.article"), metavar="ID")],
        store: Option[str, from_store],
    ) -> None:
        away = Outward(Store(store), leaving=True)
        if not away.articles(frozenset({article})):
            raise StoreError("cli.show.unknown", article=article)
        show_versions(away.versions([article]).get(article, []), out, language)

    @app.command(help=say("watch.alert.help"))
    def alert(
        store: Option[str, from_store],
        to: Option[str | None, typer.Option("--to", help=say("watch.alert.to"), metavar="URL")] = None,
        since: Option[str | None, typer.Option("--since", help=say("watch.alert.since"), metavar="TIME")] = None,
        private: Option[bool, typer.Option("--private", help=say("watch.alert.private"))] = False,
        limit: Option[int, typer.Option("--limit", help=say("watch.alert.limit"), min=1, max=1000, metavar="N")] = 50,
    ) -> None:
        now = datetime.now(UTC)
        asked = _moment(since, now, language) if since else ""
        kept = Store(store)
        if to is None:
            notice(kept)
            away = Outward(kept, leaving=True)
            every = (shown(one, away) for one in notices(kept.alerts(limit=limit)) if one.at >= asked)
            found = [one for one in every if one is not None]
            for one in found:
                out.print(f"{stamped(one.at, language)}  {one.sentence(language)}", markup=False)
                out.print(f"    {one.title} · {one.foot(language)}", markup=False)
            if not found:
                tell(say("watch.alert.none"))
            return
        try:
            hook = Hook(to, private=private)
        except HookError as error:
            tell(told(language, error.key, error.values))
            raise typer.Exit(USAGE) from None
        notice(kept)
        _sent(kept, hook, asked or _moment(FIRST, now, language), bool(asked), language)


def _moment(text: str, now: datetime, language: LanguagePack, *, end: bool = False) -> str:
    """An instant as it was asked for; one that cannot be read ends the program."""
    try:
        return moment(text, now, end=end)
    except ValueError:
        tell(language.phrase("watch.diff.bad_time", asked=text))
        raise typer.Exit(USAGE) from None


def _stories(kept: Store, asked: str | None) -> list[Story]:
    if asked is None:
        return kept.stories()
    found = kept.story(asked)
    if found is None:
        raise StoreError("store.no_story", place=kept.place, story=asked)
    return [found]


def _written(found: Diff, form: str, language: LanguagePack) -> None:
    head = language.phrase("watch.diff.head", start=stamped(found.start, language), end=stamped(found.end, language))
    if form == "json":
        whole = {"from": found.start, "to": found.end, "stories": rows(found.stories)}
        sys.stdout.buffer.write(harmless.json(msgspec.json.format(msgspec.json.encode(whole), indent=1)) + b"\n")
    elif form == "markdown":
        lines: Iterator[str] = markdown(found.stories, language)
        text = "\n".join([f"# {escaped(head)}", "", *lines])
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    else:
        out.print(head, markup=False)
        show(found.stories, language, out)
    if not found.stories:
        tell(language.phrase("changes.none_new"))


def _sent(kept: Store, hook: Hook, since: str, asked: bool, language: LanguagePack) -> None:
    """Delivers what waits, the oldest first; what one try does not bring through waits for the next call."""
    away = Outward(kept, leaving=True)
    # What is held back waits for its hour.
    every = (shown(one, away) for one in notices(kept.waiting(hook.target, since, asked)))
    waiting = [one for one in every if one is not None]
    for done, one in enumerate(waiting):
        try:
            hook.post(payload(one, language), one.id)
        except HookError as error:
            reason = told(language, error.key, error.values)
            tell(language.phrase("watch.alert.failed", sent=done, left=len(waiting) - done, reason=reason))
            raise typer.Exit(REFUSED) from None
        kept.delivered(hook.target, one.id)
    tell(language.phrase("watch.alert.sent", n=len(waiting)))


def payload(one: Notice, language: LanguagePack) -> bytes:
    """An alert as it is posted: `text` is the whole of it in one line, as chat rooms show it; the rest is for
    programs."""
    text = quiet(f"{one.sentence(language)} ({one.title}; {one.foot(language)})")
    return msgspec.json.encode({"text": text, "lang": language.code, **one.row(language)})
