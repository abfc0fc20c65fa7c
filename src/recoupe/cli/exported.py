"""`recoupe export`: what is in a store, in the formats of others."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated as Option

import typer

from ..brief import account, as_docx, as_markdown
from ..brief.model import Account
from ..export import EXPORTERS, FOLDERS, Content
from ..lang import LanguagePack
from ..store import Store
from .codes import USAGE
from .console import tell, written
from .opening import store_option


def _markdown(content: Content) -> Iterator[bytes]:
    yield as_markdown(_account(content), content.pack).encode()


def _docx(content: Content) -> Iterator[bytes]:
    yield as_docx(_account(content), content.pack)


def _account(content: Content) -> Account:
    return account(content.articles, content.relations, content.pack, hand=content.hand, versions=content.versions)


# The brief is a format like the others.
STREAMS: dict[str, Callable[[Content], Iterator[bytes]]] = {**EXPORTERS, "markdown": _markdown, "docx": _docx}
# These are no text for a terminal.
BINARY = frozenset({"docx", "sqlite"})


def register(app: typer.Typer, language: LanguagePack) -> None:
    """Adds the command to the program."""
    say = language.phrase
    known = ", ".join([*STREAMS, *FOLDERS])

    @app.command(help=say("cli.export.help"))
    def export(
        store: Option[str, store_option(language)],
        form: Option[
            str, typer.Option("--format", help=say("cli.export.format", known=known), metavar="NAME")
        ] = "jsonl",
        out: Option[
            Path | None, typer.Option("--out", help=say("cli.export.out"), metavar=say("cli.file_name"))
        ] = None,
    ) -> None:
        if form not in STREAMS and form not in FOLDERS:
            tell(say("cli.export.unknown", asked=form, known=known))
            raise typer.Exit(USAGE)
        if out is None and (form in FOLDERS or (form in BINARY and sys.stdout.isatty())):
            tell(say("cli.export.where", asked=form))
            raise typer.Exit(USAGE)
        content = Content.of(Store(store), language)
        if form in FOLDERS:
            assert out is not None
            with written(out):
                out.mkdir(parents=True, exist_ok=True)
                for name, raw in FOLDERS[form](content):
                    (out / name).write_bytes(raw)
        elif out is None:
            for chunk in STREAMS[form](content):
                sys.stdout.buffer.write(chunk)
            return
        else:
            with written(out), out.open("wb") as file:
                file.writelines(STREAMS[form](content))
        tell(say("cli.written", file=out))
