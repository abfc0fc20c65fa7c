"""The program, with its help in the reader's language. The help is the manual."""

from typing import Annotated as Option

import typer

from ..errors import RecoupeError
from ..lang import LanguagePack, available
from . import account, files, stored
from .codes import STORE
from .console import tell_error


class Program(typer.Typer):
    """Typer, with our own errors told in one line."""

    def __init__(self, language: LanguagePack) -> None:
        super().__init__(
            help=language.phrase("cli.help"),
            no_args_is_help=True,
            add_completion=False,
            pretty_exceptions_enable=False,
            context_settings={"help_option_names": ["-h", "--help"]},
        )
        self.language = language

    def __call__(self, *arguments: object, **options: object) -> object:
        """Runs; an error of ours becomes one line and an exit code."""
        try:
            return super().__call__(*arguments, **options)
        except RecoupeError as error:
            tell_error(self.language, error)
            raise SystemExit(STORE) from None


def build(language: LanguagePack) -> Program:
    """The program with all its commands."""
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

    for group in (files, stored, account):
        group.register(app, language)
    return app
