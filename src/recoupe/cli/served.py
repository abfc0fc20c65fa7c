"""`recoupe serve`: the desk in a browser, on this machine, or on others with a token."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated as Option

import typer

from ..lang import LanguagePack
from .codes import USAGE
from .console import tell
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
        import uvicorn

        from ..web import create
        from ..web.guard import loopback
        from ..web.live import Server

        token = _token(key, language)
        if not loopback(host) and not token:
            tell(say("cli.serve.elsewhere", host=host))
            raise typer.Exit(USAGE)

        desk = create(store, token)
        tell(say("cli.serve.at", address=f"http://{host}:{port}/"))
        with suppress(KeyboardInterrupt):
            Server(uvicorn.Config(desk, host=host, port=port, log_level="warning", server_header=False)).run()


def _token(file: Path | None, language: LanguagePack) -> str:
    """The token of a file, never of the command line, which others on the machine can read; one that is missing or too
    short ends the program."""
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
