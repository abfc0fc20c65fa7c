"""What is told to several commands alike: where the store is, what to work on."""

from collections.abc import Callable
from typing import Any, Literal

import typer

from ..lang import LanguagePack
from ..run import Engine
from .codes import USAGE
from .console import tell

Named = Literal["local", "daft"]


def store_option(language: LanguagePack, *, makes: bool = False) -> Any:
    """`--store`, for a command that reads a store, or one that `makes` it where there is none."""
    say = language.phrase
    told = say("cli.store" if makes else "cli.store_read")
    return typer.Option("--store", help=told, metavar=say("cli.store_name"), callback=_checked(language))


def store_argument(language: LanguagePack, key: str, name: str) -> Any:
    """A store as an argument; `key` and `name` are the phrases for its help and for what stands there."""
    return typer.Argument(help=language.phrase(key), metavar=language.phrase(name), callback=_checked(language))


def inputs_argument(language: LanguagePack) -> Any:
    """What a command reads articles from. Whether it can be read is for the reader to say, of each file."""
    say = language.phrase
    return typer.Argument(help=say("cli.input"), metavar=say("cli.input_name"), readable=False)


def jobs_option(language: LanguagePack) -> Any:
    """`--jobs`, for a command that annotates."""
    return typer.Option("--jobs", min=1, help=language.phrase("cli.jobs"), metavar="N")


def engine_option(language: LanguagePack) -> Any:
    """`--engine`, for a command that annotates."""
    return typer.Option("--engine", help=language.phrase("cli.engine.help"))


def ray_option(language: LanguagePack, told: str = "cli.engine.ray") -> Any:
    """`--ray`; `told` is the phrase for its help, that of the commands that annotate unless told."""
    return typer.Option("--ray", help=language.phrase(told), metavar=language.phrase("cli.engine.ray_name"))


def engine_of(language: LanguagePack, name: Named | None, jobs: int | None, ray: str | None) -> Engine:
    """What the three options ask for: a cluster's address says Daft, and there every processor works unless told."""
    if ray and name == "local":
        tell(language.phrase("cli.engine.ray_alone"))
        raise typer.Exit(USAGE)
    if ray:
        return Engine("daft", jobs or 0, ray)
    return Engine(name or "local", jobs or 1)


def _checked(language: LanguagePack) -> Callable[[str], str]:
    """A password in an address is refused: whoever may list the processes of the machine would read it."""

    def checked(where: str) -> str:
        from ..store import holds_password

        if holds_password(where):
            tell(language.phrase("store.password_seen"))
            raise typer.Exit(USAGE)
        return where

    return checked
