"""The option that says where the store is, for all commands alike."""

from typing import Any

import typer

from ..lang import LanguagePack
from ..store import holds_password
from .codes import USAGE
from .console import tell


def store_option(language: LanguagePack, *, makes: bool = False) -> Any:
    """`--store`, for a command that reads a store, or one that `makes` it where there is none. A password in an address
    is refused: whoever may list the processes of the machine would read it."""
    say = language.phrase

    def checked(where: str) -> str:
        if holds_password(where):
            tell(say("store.password_seen"))
            raise typer.Exit(USAGE)
        return where

    told = say("cli.store" if makes else "cli.store_read")
    return typer.Option("--store", help=told, metavar=say("cli.store_name"), callback=checked)
