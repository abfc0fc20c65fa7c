"""The command line. `main` is the program `recoupe`."""

import os
import sys
from collections.abc import Sequence

from ..errors import PackError
from ..lang import available, reader
from ..run.sweeps import seldom
from .codes import USAGE


def main(argv: Sequence[str] | None = None) -> None:
    """Runs one command and leaves with its exit code (see `recoupe --help`)."""
    arguments, asked = split_language(list(sys.argv[1:] if argv is None else argv))
    try:
        language = reader(asked, os.environ)
    except PackError:
        known = ", ".join(available())
        print(reader(None, os.environ).phrase("cli.no_language", asked=asked, known=known), file=sys.stderr)
        raise SystemExit(USAGE) from None
    seldom()
    from .localize import localize

    localize(language)  # before typer is imported: it translates its titles then
    from .app import build

    command = next((argument for argument in arguments if not argument.startswith("-")), "")
    build(language, command)(arguments, prog_name="recoupe")


def split_language(arguments: list[str]) -> tuple[list[str], str | None]:
    """The arguments without `--lang X`, wherever it stands, and X."""
    kept, asked = list[str](), None
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            kept += [argument, *waiting]
        elif argument == "--lang":
            asked = next(waiting, "")
        elif argument.startswith("--lang="):
            asked = argument.partition("=")[2]
        else:
            kept.append(argument)
    return kept, asked


__all__ = ["main", "split_language"]
