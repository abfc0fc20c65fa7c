"""`recoupe brief`, `stories`, `show`: the account, the list of stories, one article with its records."""

import sys
from pathlib import Path
from typing import Annotated as Option

import typer

from ..brief import as_html, as_json, as_markdown, as_terminal
from ..errors import StoreError
from ..lang import LanguagePack
from ..model import harmless
from ..model.lines import article_lines
from ..store import Outward, Store
from .again import accounted
from .console import out, tell, written
from .opening import store_option
from .shown import lines


def register(app: typer.Typer, language: LanguagePack) -> None:
    """Adds the commands to the program."""
    say = language.phrase
    from_store = store_option(language)

    def target(flag: str) -> object:
        return typer.Option(flag, help=say(f"cli.brief.{flag[2:]}"), metavar=say("cli.file_name"))

    @app.command(help=say("cli.brief.help"))
    def brief(
        store: Option[str, from_store],
        story: Option[str | None, typer.Option("--story", help=say("cli.brief.story"), metavar="ID")] = None,
        html: Option[Path | None, target("--html")] = None,
        markdown: Option[Path | None, target("--markdown")] = None,
        json: Option[Path | None, target("--json")] = None,
    ) -> None:
        found = accounted(_opened(store, language), language, story)
        chosen = [(html, as_html), (markdown, as_markdown), (json, as_json)]
        if not any(path for path, _ in chosen):
            as_terminal(found, language, out)
        for path, form in chosen:
            if path is not None:
                page = form(found, language)
                with written(path):
                    path.write_text(page, encoding="utf-8")
                tell(say("cli.written", file=path))

    @app.command(help=say("cli.stories.help"))
    def stories(store: Option[str, from_store]) -> None:
        found = Outward(_opened(store, language), leaving=True).stories()
        for story in found:
            out.print(f"{story.id}  {say('cli.articles', n=len(story.docs)):>12}  {story.title}", markup=False)
        if not found:
            tell(say("cli.stories.none"))

    @app.command(help=say("cli.show.help"))
    def show(
        article: Option[str, typer.Argument(help=say("cli.show.article"), metavar="ID")],
        store: Option[str, from_store],
        json: Option[bool, typer.Option("--json", help=say("cli.show.json"))] = False,
    ) -> None:
        kept = Outward(_opened(store, language), leaving=True)
        found = kept.articles(frozenset({article}))
        if not found:
            raise StoreError("cli.show.unknown", article=article)
        relations = kept.around(article)
        if json:
            for raw in article_lines(found[0], relations.entity_of()):
                sys.stdout.buffer.write(harmless.json(raw) + b"\n")
        else:
            for line in lines(found[0], relations, language):
                out.print(line, markup=False)


def _opened(where: str, language: LanguagePack) -> Store:
    """A store; a line says so where its relations lag behind its articles."""
    kept = Store(where)
    if not kept.fresh():
        tell(language.phrase("cli.not_related"))
    return kept
