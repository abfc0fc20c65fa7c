"""`recoupe serve`, `token`: the desk in a browser, on this machine, or on others with a token."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Annotated as Option

import typer

from ..lang import LanguagePack
from .codes import USAGE
from .console import out, tell, written
from .opening import store_option


def register(app: typer.Typer, language: LanguagePack) -> None:
    """Adds the command to the program."""
    say = language.phrase

    @app.command(help=say("cli.serve.help"))
    def serve(
        store: Option[str, store_option(language)],
        port: Option[int, typer.Option("--port", help=say("cli.serve.port"), min=0, max=65535, metavar="N")] = 8123,
        host: Option[str, typer.Option("--host", help=say("cli.serve.host"), metavar="IP")] = "127.0.0.1",
        key: Option[
            Path | None, typer.Option("--token", help=say("cli.serve.token"), metavar=say("cli.file_name"))
        ] = None,
    ) -> None:
        # The web is loaded by those who serve only: it takes .4 s.
        from ..web import create
        from ..web.guard import loopback
        from ..web.live import server

        token = _token(key, language)
        if not loopback(host) and not token:
            tell(say("cli.serve.elsewhere", host=host))
            raise typer.Exit(USAGE)

        desk = create(store, token)
        tell(say("cli.serve.at", address=f"http://{host}:{port}/"))
        with suppress(KeyboardInterrupt):
            server(desk, host, port).run()

    @app.command(help=say("cli.token.help"))
    def token(
        file: Option[Path, typer.Argument(help=say("cli.token.file"), metavar=say("cli.file_name"))],
    ) -> None:
        from ..web.entering import Key

        made = secrets.token_urlsafe(32)
        with written(file), open(file, "x", encoding="utf-8", opener=_own) as kept:
            kept.write(Key(made).sealed + "\n")
        tell(say("cli.token.made", file=file))
        out.print(made, markup=False)


def _own(file: str, flags: int) -> int:
    """Opens a new file that nobody else reads."""
    return os.open(file, flags, 0o600)


def _token(file: Path | None, language: LanguagePack) -> str:
    """The token of a file, or what stands for it there; never of the command line, which others on the machine can
    read. One that is missing or too short ends the program."""
    from ..web.entering import SHORTEST

    if file is None:
        return ""
    try:
        found = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        found = ""
    if len(found) < SHORTEST:
        tell(language.phrase("cli.serve.no_token", file=file, n=SHORTEST))
        raise typer.Exit(USAGE)
    return found
