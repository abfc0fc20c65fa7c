"""The program, with its help in the reader's language. The help is the manual."""

import gettext
from importlib import import_module
from typing import Annotated as Option
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from ..errors import RecoupeError
from ..lang import LanguagePack, available
from .codes import STORE
from .console import tell_error

# The file of each group of commands. That of the command asked for is loaded alone: all of them take half a second.
GROUPS = {
    "files": ("annotate",),
    "stored": ("add",),
    "archived": ("archive", "near", "load"),
    "verified": ("verify",),
    "copied": ("copy",),
    "account": ("brief", "stories", "show"),
    "exported": ("export",),
    "entities": ("entities",),
    "care": ("care",),
    "served": ("serve", "token"),
    "watched": ("diff", "versions", "alert"),
    "coming": ("watch",),
    "about": ("about",),
}


class Command(TyperCommand):
    """A command whose `--help` is explained in the reader's language too."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option, its help translated: typer leaves that one in English."""
        return _translated(super().get_help_option(ctx))


class Group(TyperGroup):
    """The program itself, likewise."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option, its help translated."""
        return _translated(super().get_help_option(ctx))


def _translated(option: Any) -> Any:
    if option is not None:
        option.help = gettext.gettext(option.help)
    return option


class Program(typer.Typer):
    """Typer, with our own errors told in one line."""

    def __init__(self, language: LanguagePack) -> None:
        super().__init__(
            cls=Group,
            help=language.phrase("cli.help"),
            no_args_is_help=True,
            add_completion=False,
            pretty_exceptions_enable=False,
            context_settings={"help_option_names": ["-h", "--help"]},
        )
        self.language = language

    def command(self, *arguments: Any, **options: Any) -> Any:
        """Registers a command."""
        return super().command(*arguments, cls=Command, **options)

    def __call__(self, *arguments: object, **options: object) -> object:
        """Runs; an error of ours becomes one line and an exit code."""
        try:
            return super().__call__(*arguments, **options)
        except RecoupeError as error:
            tell_error(self.language, error)
            raise SystemExit(STORE) from None


def build(language: LanguagePack, asked: str = "") -> Program:
    """The program with the command asked for and those of its group, or with all where there is no such command."""
    app = Program(language)

    @app.callback()
    def options(
        # Taken out before typer sees it (it chooses the language of this very help); here so that the help shows it.
        lang: Option[
            str | None,
            typer.Option("--lang", help=language.phrase("cli.lang", known=", ".join(available())), metavar="CODE"),
        ] = None,
    ) -> None:
        pass

    for group in [group for group, commands in GROUPS.items() if asked in commands] or GROUPS:
        import_module(f".{group}", __package__).register(app, language)
    return app
