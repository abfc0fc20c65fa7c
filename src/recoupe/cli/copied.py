"""`recoupe copy`: a store from one database into another."""

from typing import Annotated as Option

import typer

from ..errors import VerifyError
from ..lang import LanguagePack
from ..store import Store, copying, verify
from .codes import DIFFERS
from .console import bar, tell, tell_error
from .opening import store_argument


def register(app: typer.Typer, language: LanguagePack) -> None:
    """Adds the command to the program."""
    say = language.phrase

    @app.command(help=say("cli.copy.help"))
    def copy(
        source: Option[str, store_argument(language, "cli.copy.from", "cli.copy.from_name")],
        target: Option[str, store_argument(language, "cli.copy.to", "cli.copy.to_name")],
        parses: Option[bool, typer.Option("--parses", help=say("cli.copy.parses"))] = False,
    ) -> None:
        give = Store(source)
        take = Store(target, create=True)
        with bar(say("cli.copying"), copying.rows(give, parses)) as progress:
            copying.copy(give, take, parses=parses, progress=lambda n: progress.advance(progress.task_ids[0], n))
        try:
            with bar(say("cli.verifying")) as progress:
                articles, records = verify(take, lambda _: progress.advance(progress.task_ids[0]))
        except VerifyError as error:
            # It is as it was there: what differs, differed before.
            copying.empty(take)
            tell_error(language, error)
            raise typer.Exit(DIFFERS) from None
        tell(say("cli.copy.done", n=articles, records=records, place=take.place))
