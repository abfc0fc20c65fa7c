"""`recoupe verify`: whether a store, and what was made from it, is still that."""

from pathlib import Path
from typing import Annotated as Option

import typer

from ..brief import check as check_account
from ..errors import OutputError, VerifyError
from ..lang import LanguagePack
from ..run.checking import check as check_indexes
from ..store import Store, digest, verify
from .again import Again
from .codes import DIFFERS, STORE
from .console import bar, tell, tell_error, told
from .opening import store_option


def register(app: typer.Typer, language: LanguagePack) -> None:
    """Adds the command to the program."""
    say = language.phrase

    @app.command(name="verify", help=say("cli.verify.help"))
    def check(
        store: Option[str, store_option(language)],
        files: Option[
            list[Path] | None, typer.Argument(help=say("cli.verify.files"), metavar=say("cli.verify.files_name"))
        ] = None,
        story: Option[str | None, typer.Option("--story", help=say("cli.verify.story"), metavar="ID")] = None,
    ) -> None:
        kept = Store(store)
        try:
            with bar(say("cli.verifying")) as progress:
                articles, records = verify(kept, lambda _: progress.advance(progress.task_ids[0]))
                check_indexes(kept)
        except VerifyError as error:
            tell_error(language, error)
            raise typer.Exit(DIFFERS) from None
        whole = kept.whole()
        wrong = check_account(*whole, language) if whole else []
        if wrong:
            tell(wrong[0])
            raise typer.Exit(DIFFERS)
        tell(say("cli.verify.done", n=articles, records=records))
        tell(say("cli.verify.digest", digest=digest(kept)))
        again, differ, unread = Again(kept, story), False, False
        for path in files or []:
            try:
                found = again.differs(path)
            except OutputError as error:
                tell_error(language, error)
                unread = True
                continue
            differ |= found is not None
            if found is None:
                tell(told(language, "cli.verify.file", {"file": path}))
            else:
                values = {"file": found.file, "line": found.line, "form": found.form}
                tell(told(language, "cli.verify.file_differs", values))
        if differ or unread:
            raise typer.Exit(DIFFERS if differ else STORE)
